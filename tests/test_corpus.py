"""The corpus: every mark stands on words of its report, no war is in two parts, and the loader complains."""

import json
from pathlib import Path
from typing import Any

import pytest
from bench.corpus import load_loader

FOLDER = Path(__file__).parent.parent / "corpus"


LOADER = load_loader()


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = LOADER.load()
    return found


def read(tmp_path: Path, words: str) -> tuple[list[dict[str, Any]], list[str]]:
    path = tmp_path / "one.txt"
    path.write_text(words, "utf-8")
    found: tuple[list[dict[str, Any]], list[str]] = LOADER.read_file(path)
    return found


HEAD = "@T1 kind=agency date=2020-01-01 outlet=- conflict=t-x-ost invented=1\n"
TEXT = "Ardenia said 12 soldiers were killed. Kestria denied it, and 12 were hurt.\n=\n"


def test_corpus_is_as_large_as_its_readme_says(reports: list[dict[str, Any]]) -> None:
    counts = LOADER.counts(reports)
    assert counts["reports"] >= 1_000
    assert counts["wars"] >= 60
    assert counts["invented"] * 4 >= counts["reports"]
    assert counts["casualties"] >= 6_000
    assert counts["events"] >= 6_000
    assert counts["ceasefires"] >= 500
    size = LOADER.size(reports)
    assert size in (FOLDER / "README.md").read_text("utf-8"), (
        f"corpus/README.md must say: {size} (python corpus/load.py prints it)"
    )


def test_corpus_parts_share_no_war(reports: list[dict[str, Any]]) -> None:
    parts = json.loads((FOLDER / "splits.json").read_text("utf-8"))
    assert set(parts["dev"]).isdisjoint(parts["test"])
    wars = {report["conflict"] for report in reports}
    assert wars >= {*parts["dev"], *parts["test"]}


def test_corpus_marks_are_spans_of_the_text(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        size = len(report["text"])
        for figure in report["casualties"]:
            start, end = figure["quote"]
            assert 0 <= start < end <= size, report["id"]
        for party in report["parties"]:
            assert all(0 <= start < end <= size for start, end in party["mentions"]), report["id"]


def test_corpus_words_that_are_not_there_are_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, HEAD + TEXT + "S| announced | Ardenia | Ardenia | state | - | -\n")
    assert problems == ["T1: cue: 'announced' is not in the text"]


def test_corpus_words_that_stand_twice_need_context(tmp_path: Path) -> None:
    line = "C| {} | 12 | killed | military | Ardenia | Ardenia | incident | Ardenia | Ardenia | party\n"
    _, problems = read(tmp_path, HEAD + TEXT + line.format("12"))
    assert "stands 2 times" in problems[0]
    (report,), problems = read(tmp_path, HEAD + TEXT + line.format("said [12]"))
    assert problems == []
    assert report["casualties"][0]["quote"] == (13, 15)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("C| and [12] | 12 | hurt | military | - | - | incident | - | - | author", "outcome"),
        ("C| and [12] | twelve | wounded | military | - | - | incident | - | - | author", "value"),
        ("P| Ardenia | side | Ardenia", "role"),
        ("E| killed | WAR | - | - | - | - | - | - | - | fact | -", "type"),
        ("T| denied | broken | - | - | - | -", "status"),
        ("X| what", "known kind"),
        ("S| said | Ardenia", "too few fields"),
    ],
)
def test_corpus_labels_out_of_the_closed_lists_are_told(
    tmp_path: Path, line: str, complaint: str
) -> None:
    _, problems = read(tmp_path, HEAD + TEXT + line + "\n")
    assert complaint in problems[0]


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("16", (16, 16, "exact")),
        ("16-20", (16, 20, "range")),
        (">=16", (16, None, "at_least")),
        (">16", (16, None, "more_than")),
        ("<=550", (None, 550, "at_most")),
        ("~300", (300, 300, "about")),
        ("24+", (24, None, "vague")),
    ],
)
def test_corpus_values_have_bounds(value: str, bounds: tuple[int | None, int | None, str]) -> None:
    assert LOADER.bounds(value) == bounds
