"""Type and place of events: the level that the neutral scorer lacks."""

import json
from pathlib import Path

import pytest
from bench.eventplaces import match_events, same_place, score

TEXT = "Kestria shelled Ost on Monday. Rebels took Varn."
SHELLED = {"type": "ASSAULT", "span": [8, 15], "place": "Ost"}
TOOK = {"type": "ASSAULT", "span": [38, 47], "place": "Varn"}


@pytest.mark.parametrize(
    ("mine", "gold", "same"),
    [
        ("Ost", "the town of Ost", True),
        ("Ost", "Varn", False),
        (None, None, True),
        (None, "Ost", False),
        ("the city", "Ost", False),
    ],
)
def test_bench_places_agree_by_their_words(
    mine: str | None, gold: str | None, *, same: bool
) -> None:
    assert same_place(mine, gold) == same == same_place(gold, mine)


def test_bench_events_pair_within_their_sentence_only() -> None:
    assert match_events(TEXT, [SHELLED], [TOOK]) == []
    pairs = match_events(TEXT, [TOOK, SHELLED], [SHELLED, TOOK])
    assert sorted(mine["span"] for mine, _ in pairs) == [[8, 15], [38, 47]]
    assert all(mine == gold for mine, gold in pairs)


def test_bench_event_places_score_counts_type_and_place(tmp_path: Path) -> None:
    files = {}
    wrong = TOOK | {"place": "Ost"}
    for name, row in (
        ("out", {"id": "a", "events": [SHELLED, wrong]}),
        ("gold", {"id": "a", "events": [SHELLED, TOOK]}),
        ("texts", {"id": "a", "text": TEXT}),
    ):
        files[name] = tmp_path / f"{name}.jsonl"
        files[name].write_text(json.dumps(row) + "\n", "utf-8")
    found = score(files["out"], files["gold"], files["texts"])
    assert found["type"]["f1"] == 1.0
    assert found["type+place"]["f1"] == 0.5
