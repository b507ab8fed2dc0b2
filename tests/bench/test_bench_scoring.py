"""Scoring on the corpus: gold against itself is whole, and each wrong field costs its own level."""

import copy
from typing import Any

import pytest
from bench.scoring import f1, match, score, summary

TEXT = "Lowland said on Monday that 12 soldiers were killed by the Upland army. Upland denied it. A truce broke."


def words(part: str) -> list[int]:
    start = TEXT.index(part)
    return [start, start + len(part)]


GOLD: dict[str, Any] = {
    "text": TEXT,
    "parties": [
        {"party": "Lowland", "role": "A", "mentions": [words("Lowland")]},
        {"party": "Upland/Army", "role": "B", "mentions": [words("the Upland army")]},
    ],
    "claims": [
        {"speaker": "Lowland", "speaker_span": words("Lowland"), "cue_span": words("said"), "span": words("12 soldiers were killed"), "stance": "state"},
        {"speaker": "Upland", "speaker_span": [words("Upland denied")[0], words("Upland denied")[0] + 6], "cue_span": words("denied"), "span": words("it"), "stance": "deny"},
    ],
    "casualties": [
        {"quote": words("12"), "value_low": 12, "value_high": 12, "kind": "killed", "victim_side": "Lowland", "category": "military", "scope": "incident", "reported_by": "Lowland", "explicit": True},
    ],
    "events": [
        {"span": words("killed"), "type": "ASSAULT", "agent": "Upland/Army", "target": "Lowland", "told": "alleged"},
    ],
    "ceasefires": [{"span": words("A truce broke"), "status": "collapsed", "parties": None}],
    "undisclosed": [],
}  # fmt: skip


def test_scoring_gold_against_itself_is_whole() -> None:
    found = summary(score(GOLD, copy.deepcopy(GOLD)))
    assert {value for name, value in found.items() if name != "withheld"} == {1.0}


@pytest.mark.parametrize(
    ("field", "value", "right", "wrong"),
    [
        ("victim_side", "Upland", "casualties +kind", "casualties +side"),
        ("category", "civilian", "casualties +side", "casualties +category"),
        ("scope", "new", "casualties +category", "casualties +scope"),
        ("reported_by", None, "casualties +scope", "casualties +reporter"),
    ],
)
def test_scoring_a_wrong_field_costs_its_level(
    field: str, value: str | None, right: str, wrong: str
) -> None:
    found = copy.deepcopy(GOLD)
    found["casualties"][0][field] = value
    counts = score(GOLD, found)
    assert f1(counts, right) == 1.0
    assert f1(counts, wrong) == 0.0


def test_scoring_names_agree_by_the_words_that_mean_them() -> None:
    found = copy.deepcopy(GOLD)
    found["events"][0]["agent"] = "Upland army"
    assert f1(score(GOLD, found), "events +target") == 1.0
    found["events"][0]["agent"] = "Lowland"
    assert f1(score(GOLD, found), "events +agent") == 0.0


def test_scoring_what_is_found_too_much_costs_precision() -> None:
    found = copy.deepcopy(GOLD)
    found["events"] *= 2
    assert f1(score(GOLD, found), "events type") == pytest.approx(0.667)


def test_scoring_an_inferred_party_is_not_among_what_counts() -> None:
    found = copy.deepcopy(GOLD)
    found["casualties"][0]["victim_side_evidence"] = "inferred"
    assert ("counted side", "n") not in score(GOLD, found)
    found["casualties"][0]["victim_side_evidence"] = "told"
    assert score(GOLD, found)["counted side", "ok"] == 1


def test_scoring_pairs_are_one_to_one_the_heaviest_first() -> None:
    found = [{"a": 1}, {"a": 2}]
    assert match(found, found, lambda one, other: 2.0 if one == other else 1.0) == [(1, 1), (0, 0)]
