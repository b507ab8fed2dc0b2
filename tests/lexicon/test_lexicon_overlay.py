"""Words of one's own stand over and behind the shipped ones, and what nobody would read is refused."""

from pathlib import Path
from typing import Any

import pytest

from counterclaim.lexicon import load_cues
from counterclaim.lexicon.overlay import LexiconError, choose_overlays, merge_rows, read_overlay

SHIPPED = [
    {"id": "say", "verb": "say", "frames": ["quote"], "stance": "state"},
    {"id": "tell", "verb": "tell", "frames": ["clause"], "stance": "state"},
]


def rows(*own: dict[str, Any]) -> list[dict[str, Any]]:
    return merge_rows([dict(row) for row in SHIPPED], own, "own/verbs.yaml")


def test_overlay_adds_a_row_behind() -> None:
    made = rows({"id": "aver", "verb": "aver"})
    assert [row["id"] for row in made] == ["say", "tell", "aver"]


def test_overlay_joins_lists_and_puts_values_over() -> None:
    first = rows({"id": "say", "frames": ["quote", "about"], "stance": "claim"})[0]
    assert first == {"id": "say", "verb": "say", "frames": ["quote", "about"], "stance": "claim"}


def test_overlay_leaves_the_shipped_rows_as_they_were() -> None:
    kept = [dict(row) for row in SHIPPED]
    merge_rows(kept, [{"id": "say", "frames": ["about"]}], "own")
    assert kept == SHIPPED


def test_overlay_refuses_a_field_that_nobody_reads() -> None:
    with pytest.raises(LexiconError, match="aver has 'stanse', which no shipped entry has"):
        rows({"id": "aver", "verb": "aver", "stanse": "deny"})


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (None, "no such folder"),
        ("", "it holds no lexicon"),
        ("words.yaml", "no lexicon is called so"),
    ],
)
def test_overlay_folder_must_be_one_of_lexicons(tmp_path: Path, name: str | None, why: str) -> None:
    folder = tmp_path / "own"
    if name is not None:
        folder.mkdir()
    if name:
        (folder / name).write_text("[]", "utf-8")
    with pytest.raises(LexiconError, match=why):
        read_overlay(folder)


def test_overlay_chosen_too_late_is_refused(tmp_path: Path) -> None:
    load_cues()
    (tmp_path / "verbs.yaml").write_text("[]", "utf-8")
    with pytest.raises(LexiconError, match="read already"):
        choose_overlays([tmp_path])
