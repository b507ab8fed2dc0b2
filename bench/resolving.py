"""Scores of places and times against gold mentions, in the measures that their corpora are reported in.

Places: of the gold mentions with a point, how many are placed within 161 km (100 miles); and F1 of finding
them, where two spans match when they overlap. Times: strict F1 (same span), relaxed F1 (overlapping spans)
and value F1 (overlapping, and the same TIMEX3 value), micro-averaged as in TempEval-3.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Scores = dict[str, float | int | None]

NEAR_KM = 161.0
EARTH_KM = 6371.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Measure the great circle between two points (degrees north, degrees east)."""
    north, east = math.radians(b[0] - a[0]), math.radians(b[1] - a[1])
    narrow = math.cos(math.radians(a[0])) * math.cos(math.radians(b[0]))
    half = math.sin(north / 2) ** 2 + narrow * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def toponyms(row: Row) -> list[Row]:
    """Return a document's gold mentions that have a point and stand where the text has them."""
    kept: dict[tuple[int, int], Row] = {}
    for item in row["toponyms"]:
        start, end = item["start"], item["end"]
        if item.get("lat") is not None and row["text"][start:end] == item["phrase"]:
            kept.setdefault((start, end), item)
    return [kept[key] for key in sorted(kept)]


def score_placing(gold: Sequence[Row], given: Mapping[str, Row]) -> dict[str, Scores]:
    """Score the placing of given mentions.

    Args:
        gold: Documents with ``toponyms``.
        given: By id, what the places task gave for exactly those mentions.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in gold:
        placed = {tuple(item["span"]): item for item in given[row["id"]]["places"]}
        for item in toponyms(row):
            found = placed[item["start"], item["end"]]
            tally = counts[row["corpus"]]
            tally[0] += 1
            if found["lat"] is None:
                tally[2] += 1
            else:
                km = kilometres((found["lat"], found["lon"]), (item["lat"], item["lon"]))
                tally[1] += km <= NEAR_KM
    return {
        corpus: {"mentions": total, "within_161_km": _share(near, total), "not_placed": unknown}
        for corpus, (total, near, unknown) in sorted(counts.items())
    }


def score_finding(gold: Sequence[Row], found: Mapping[str, Row]) -> dict[str, Scores]:
    """Score the finding of mentions: spans that overlap match, one to one."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in gold:
        mine = [tuple(item["span"]) for item in found[row["id"]]["places"]]
        yours = [(item["start"], item["end"]) for item in toponyms(row)]
        _tally(counts[row["corpus"]], len(list(match_spans(yours, mine))), len(yours), len(mine))
    return {corpus: _scores(*tally) for corpus, tally in sorted(counts.items())}


def score_times(gold: Sequence[Row], found: Mapping[str, Row]) -> dict[str, dict[str, Scores]]:
    """Score times by corpus: ``strict``, ``relaxed`` and ``value``."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for row in gold:
        yours, mine = row["timexes"], found[row["id"]]["times"]
        gold_spans = [(item["start"], item["end"]) for item in yours]
        spans = [tuple(item["span"]) for item in mine]
        pairs = list(match_spans(gold_spans, spans))
        right = {
            "strict": sum(gold_spans[a] == spans[b] for a, b in pairs),
            "relaxed": len(pairs),
            "value": sum(yours[a]["value"] == mine[b]["value"] for a, b in pairs),
        }
        for measure, number in right.items():
            for corpus in (row["corpus"], "all"):
                _tally(counts[corpus][measure], number, len(yours), len(mine))
    return {
        corpus: {measure: _scores(*tally) for measure, tally in measures.items()}
        for corpus, measures in sorted(counts.items())
    }


def match_spans(
    gold: Sequence[tuple[int, ...]], found: Sequence[tuple[int, ...]]
) -> Iterable[tuple[int, int]]:
    """Pair overlapping spans one to one, from left to right, equal spans first."""
    where = {span: at for at, span in enumerate(found)}
    pairs = {at: where[span] for at, span in enumerate(gold) if span in where}
    taken = set(pairs.values())
    for at, (start, end) in enumerate(gold):
        if at in pairs:
            continue
        for other, (first, last) in enumerate(found):
            if other not in taken and first < end and start < last:
                pairs[at] = other
                taken.add(other)
                break
    return sorted(pairs.items())


def _tally(counts: list[int], right: int, gold: int, found: int) -> None:
    counts[0] += right
    counts[1] += gold
    counts[2] += found


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _scores(right: int, gold: int, found: int) -> Scores:
    total = gold + found
    return {
        "right": right,
        "gold": gold,
        "found": found,
        "precision": _share(right, found),
        "recall": _share(right, gold),
        "f1": round(2 * right / total, 4) if total else None,
    }
