"""The scores of places and times: what they count, on rows made by hand."""

from typing import Any

import pytest
from bench.resolving import (
    kilometres,
    match_spans,
    score_finding,
    score_placing,
    score_times,
    toponyms,
)

TEXT = "Ost and Vik"
GOLD: list[dict[str, Any]] = [
    {
        "corpus": "own",
        "id": "a",
        "text": TEXT,
        "toponyms": [
            {"start": 0, "end": 3, "phrase": "Ost", "lat": 40.0, "lon": 45.0},
            {"start": 8, "end": 11, "phrase": "Vik", "lat": 41.0, "lon": 46.0},
            {"start": 1, "end": 4, "phrase": "Ost", "lat": 40.0, "lon": 45.0},
            {"start": 4, "end": 7, "phrase": "and", "lat": None, "lon": None},
        ],
    }
]


def place(start: int, end: int, lat: float | None, lon: float | None) -> dict[str, Any]:
    return {"span": [start, end], "lat": lat, "lon": lon}


def test_bench_leaves_out_gold_that_is_shifted_or_has_no_point() -> None:
    assert [item["start"] for item in toponyms(GOLD[0])] == [0, 8]


def test_bench_kilometres_along_a_meridian() -> None:
    assert kilometres((40.0, 45.0), (41.0, 45.0)) == pytest.approx(111.2, abs=0.1)


def test_bench_scores_placing_by_a_hundred_miles() -> None:
    given = {"a": {"places": [place(0, 3, 41.0, 45.0), place(8, 11, None, None)]}}
    assert score_placing(GOLD, given) == {
        "own": {"mentions": 2, "within_161_km": 0.5, "not_placed": 1}
    }
    far = {"a": {"places": [place(0, 3, 43.0, 45.0), place(8, 11, 41.0, 46.0)]}}
    assert score_placing(GOLD, far)["own"]["within_161_km"] == 0.5


def test_bench_scores_finding_by_overlap() -> None:
    found = {"a": {"places": [place(0, 7, 0.0, 0.0), place(4, 6, 0.0, 0.0)]}}
    assert score_finding(GOLD, found)["own"] == {
        "right": 1,
        "gold": 2,
        "found": 2,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
    }


def test_bench_scores_times_strictly_loosely_and_by_value() -> None:
    gold = [
        {
            "corpus": "own",
            "id": "a",
            "timexes": [
                {"start": 0, "end": 6, "value": "2020-10-13"},
                {"start": 10, "end": 14, "value": "2019"},
            ],
        }
    ]
    mine = [{"span": [0, 6], "value": "2020-10-12"}, {"span": [8, 14], "value": "2019"}]
    scores = score_times(gold, {"a": {"times": mine}})
    assert [scores["own"][name]["f1"] for name in ("strict", "relaxed", "value")] == [0.5, 1.0, 0.5]
    assert scores["all"] == scores["own"]


def test_bench_matches_equal_spans_first() -> None:
    assert list(match_spans([(0, 4), (4, 8)], [(3, 6), (4, 8)])) == [(0, 0), (1, 1)]
