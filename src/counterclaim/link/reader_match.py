"""Reader match: whether a row speaks of what a reader says, by the factors that linking weighs.

A reader names no day and half of the parties, and stands in no report of his own: the learnt weights, made for pairs
of reports, would find next to nothing. What forbids a link forbids a match too; what speaks for one is counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from counterclaim.link.claim_features import (
    Statement,
    compare,
    make_statement,
    place_relation,
    who_of,
)
from counterclaim.link.document_frequencies import Background
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event
from counterclaim.records.count import Count
from counterclaim.records.evidence import counts
from counterclaim.records.place import Place, distance_km
from counterclaim.records.reader_match import RowMatch
from counterclaim.records.text import Document

ENOUGH = 1.5
"""What two claims must share at least: a party or a place, and something more."""

ALIKE = 0.3
"""Likeness of the two sentences from which on it counts."""

TRUCES = {
    "agreed": "made",
    "in force": "made",
    "violated": "broken",
    "collapsed": "broken",
    "called for": "asked for",
    "proposed": "asked for",
}
"""Statuses of a ceasefire that speak of one act."""

POINTS = {
    "same actor": 1.0,
    "same recipient": 1.0,
    "same place": 1.0,
    "same region": 0.5,
    "place within": 0.5,
    "same day": 0.5,
    "same mode": 0.5,
    "same document": 0.5,
    "same persons": 0.5,
    "same number": 1.0,
    "alike": 0.5,
}
"""What a factor is worth where it speaks for a match; set by hand on half of the cases in the tests."""

AGAINST = {
    "same mode": -1.0,
    "same recipient": -0.5,
    "place left open": -0.5,
    "party left open": -0.5,
}
"""What a factor takes away where it speaks against one."""

WORDS = {
    "same actor": "same party",
    "same recipient": "same party that it was done to",
    "same place": "same place",
    "same region": "same country or region",
    "place within": "one place lies within the other",
    "same day": "same day",
    "same mode": "done in the same way",
    "same document": "in the report that the reader answers",
    "same persons": "same kind of persons",
    "same number": "same number",
    "alike": "worded alike",
}
"""Factors in words, where they speak for a match."""

DIFFERENCES = {
    "same mode": "done in another way",
    "same recipient": "done to another party",
    "place left open": "the row names no place",
    "party left open": "the row names nobody who did it",
}
"""Factors in words, where they speak against one."""


TRIGGER = "trigger:"
"""How the step of a claim's trace begins that names the lexicon's entry."""

GROUND = frozenset({"capture", "advance", "take-over"})
"""Entries of assaults that win ground; the others hit somebody."""

BROUGHT_DOWN = frozenset({"shoot-down", "down"})
"""Entries of assaults on aircraft."""

GROUND_WORDS = ("captur", "seiz", "conquer", "occup", "retak", "retook", "took", "tak", "overr")
"""Beginnings of words for winning ground, where a trained head and no entry found the assault."""

REGION_REACH = 150.0
"""Kilometres from a region's centre beyond which a town is not held to lie in it."""

NARROW = frozenset({"point", "town", "district"})


def _assault(claim: Claim) -> str:
    """Return which assault: one that wins ground, that brings down an aircraft, or any other."""
    entries = {
        step.rule.removeprefix(TRIGGER) for step in claim.trace if step.rule.startswith(TRIGGER)
    }
    if entries & GROUND or (not entries and claim.quote.lower().startswith(GROUND_WORDS)):
        return "ground"
    return "aircraft" if entries & BROUGHT_DOWN else "hit"


def act_of(claim: Claim) -> str:
    """Return what must be equal before two claims are compared: the act, without its running total or past."""
    match claim.payload:
        case Event() as event if event.type == "ASSAULT":
            return f"event {event.type} {_assault(claim)}"
        case Event() as event:
            return f"event {event.type}"
        case Casualty() as figure:
            return f"casualty {figure.outcome}"
        case Ceasefire() as truce:
            return f"ceasefire {TRUCES.get(truce.status, truce.status)}"
        case payload:
            return f"{payload.kind} {getattr(payload, 'act', '')}"


def match_rows(
    document: Document,
    said: Claim,
    rows: Iterable[tuple[Document, Claim]],
    background: Background,
) -> tuple[RowMatch, ...]:
    """Return the rows that speak of the same as a reader's claim, the likeliest first.

    Args:
        document: Under which the reader writes.
        said: What the reader says, read as a report is.
        rows: Claims of the ledger with their reports.
        background: How rare words are.
    """
    act = act_of(said)
    mine = replace(make_statement(document, said, background), sort=act)
    found = (
        match_row(mine, replace(make_statement(home, row, background), sort=act))
        for home, row in rows
        if act_of(row) == act
    )
    return tuple(sorted(filter(None, found), key=lambda item: (-item.weight, item.row.id)))


def match_row(mine: Statement, row: Statement) -> RowMatch | None:
    """Return the match of a reader's statement and a row of the same act; None where they speak of other things."""
    factors = compare(mine, row, 0.0)
    if factors is None or factors["same actor"] < 0 or _is_far(mine.place, row.place):
        return None
    is_here = factors["same place"] > 0
    if factors["same recipient"] < 0 and not is_here:
        return None
    factors |= dict(_more(mine, row, factors))
    points = {name: _points(name, value) for name, value in factors.items()}
    weight = sum(points.values())
    if weight < ENOUGH or not _is_tied(mine, factors):
        return None
    same = _same_number(mine.claim, row.claim)
    shared = [WORDS[name] for name, value in points.items() if value > 0]
    apart = [DIFFERENCES[name] for name, value in points.items() if value < 0]
    return RowMatch(
        row=row.claim,
        reasons=(_act_words(mine), *shared, *apart, *_other_number(mine.claim, row.claim)),
        weight=weight,
        same_number=same,
    )


def _act_words(mine: Statement) -> str:
    return "same harm" if mine.claim.kind == "casualty" else "same act"


def _more(
    mine: Statement, row: Statement, factors: dict[str, float]
) -> Iterator[tuple[str, float]]:
    """Yield what linking has no use for between two reports, and a reader's claim needs."""
    first, second = mine.claim.payload, row.claim.payload
    if isinstance(first, Casualty) and isinstance(second, Casualty):
        yield "same persons", float(first.category == second.category != "unknown")
        yield "same number", float(_same_number(mine.claim, row.claim) is True)
    yield "alike", float(factors["wording"] >= ALIKE)
    is_open = mine.place is not None and place_relation(mine.place, row.place) is None
    yield "place left open", -float(is_open)
    yield "party left open", -float(_leaves_doer_open(mine, row))


def _leaves_doer_open(mine: Statement, row: Statement) -> bool:
    """Return whether the reader names a doer and the row none, not even one that is inferred alike."""
    if not mine.actors or row.actors:
        return False
    doers, _, _, _ = who_of(row.claim)
    return mine.actors.isdisjoint(party.root for party in doers)


def _points(name: str, value: float) -> float:
    if value > 0:
        return POINTS.get(name, 0.0) * min(value, 1.0)
    return AGAINST.get(name, 0.0) if value < 0 else 0.0


def _is_tied(mine: Statement, factors: dict[str, float]) -> bool:
    """Return whether something ties the two: never a number, a wording or a land alone.

    A happening is tied by its doer or its place: much is done to one party by several.
    """
    named = {"same actor", "same place"}
    if mine.claim.kind != "event":
        named.add("same recipient")
    return any(factors[name] > 0 for name in named) or (
        factors["same document"] > 0 and factors.get("same number", 0.0) > 0
    )


def _is_far(mine: Place | None, row: Place | None) -> bool:
    """Return whether a town lies too far from the centre of a region to be in it."""
    if mine is None or row is None or {mine.precision, row.precision}.isdisjoint(NARROW):
        return False
    if {mine.precision, row.precision}.isdisjoint({"region", "area"}):
        return False
    apart = distance_km(mine, row)
    return apart is not None and apart > REGION_REACH


def _count(claim: Claim) -> Count | None:
    payload = claim.payload
    if not isinstance(payload, Casualty):
        return None
    return None if payload.count.low is None and payload.count.high is None else payload.count


def _same_number(mine: Claim, row: Claim) -> bool | None:
    """Return whether two numbers fit each other as worded; None where one names none."""
    first, second = _count(mine), _count(row)
    if first is None or second is None:
        return None
    return _low(first) <= _high(second) and _low(second) <= _high(first)


def _low(count: Count) -> float:
    return count.low or 0


def _high(count: Count) -> float:
    return float("inf") if count.high is None else count.high


def _other_number(mine: Claim, row: Claim) -> Iterator[str]:
    if _same_number(mine, row) is False:
        yield f"another number: {_count(row)} in the row, {_count(mine)} here"


def parties_of(claim: Claim) -> tuple[str, ...]:
    """Return the roots of the parties that a claim is about, as told and not inferred, in the alphabet's order."""
    actors, recipients, _, _ = who_of(claim)
    return tuple(sorted({party.root for party in (*actors, *recipients) if counts(party)}))


def days_of(claim: Claim) -> tuple[date, date] | None:
    """Return the first and last day that a claim tells; None where it tells none."""
    _, _, _, time = who_of(claim)
    if time is None or not counts(time) or time.start is None or time.end is None:
        return None
    return time.start, time.end
