"""Totals across sides: the sum of what each side says of itself, with what the sum leaves out.

Source: docs/casualties.md, rules R1, R6, R7, R16, R20, R22.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from counterclaim.records.account import Point, Series, TotalLine, WithheldRow
from counterclaim.records.casualty_figure import Figure
from counterclaim.records.claim import Category
from counterclaim.records.count import Count

_WHOLE: frozenset[Category] = frozenset({"unknown", "mixed"})


@dataclass(frozen=True, slots=True)
class TotalPart:
    """One number of a sum: a side's latest total of one category."""

    side: str
    category: Category
    count: Count
    day: date | None
    ids: tuple[str, ...]
    is_floor: bool = False
    """True where the side is known to have lost more than this number tells."""


LONG_APART = timedelta(days=366)
"""A number counted up to a day this long before the newest is of another phase of the war: not added."""


def find_wars(figures: Iterable[Figure]) -> Mapping[str, str]:
    """Return the war of each side, named by one of its parties: no total adds two wars.

    Sides are of one war where a source tells them as parties to one, or where sources that say nothing of
    parties, as tables, count both.
    """
    found: dict[str, str] = {}

    def top(name: str) -> str:
        while found.setdefault(name, name) != name:
            name = found[name]
        return name

    links: dict[tuple[str, ...], None] = {}
    for figure in figures:
        sides = tuple(party.root for party in figure.key.side)
        source = ("a source without parties",) if figure.parties is None else figure.parties
        links[(*sides, *source)] = None
    for names in links:
        for name in names[1:]:
            one, two = sorted((top(names[0]), top(name)))
            found[two] = one
    return {name: top(name) for name in found}


def total_over_sides(
    series: Sequence[Series],
    withheld: Sequence[WithheldRow],
    wars: Mapping[str, str] | None = None,
) -> Iterator[TotalLine]:
    """Sum the latest totals of killed over sides and categories, war by war (R16).

    Nothing is summed unless at least two numbers can be. What a party keeps back, what only an enemy
    counts and what no running total tells are named as left out, and make the sum "at least".

    Args:
        series: All of an account.
        withheld: Its stretches of keeping back.
        wars: The war of each side, by root; all are of one, if none are given.
    """
    known = wars or {}
    usable = [
        item
        for item in series
        if item.outcome == "killed"
        and len(item.side) == 1
        and not item.is_background
        and not item.is_part
        and not item.is_inferred
    ]
    by_war: dict[str, list[Series]] = {}
    for item in usable:
        by_war.setdefault(known.get(_root(item), ""), []).append(item)
    for war, items in by_war.items():
        rows = [row for row in withheld if {known.get(p.root, war) for p in row.owners} <= {war}]
        yield from _total_of(items, rows)


def _total_of(usable: Sequence[Series], withheld: Sequence[WithheldRow]) -> Iterator[TotalLine]:
    """Sum one war."""
    every = sorted(
        (part for side in _by_side(usable) for part in _side_parts(side)),
        key=lambda part: (-(part.count.low or 0), part.side, part.category),
    )
    newest = max((part.day for part in every if part.day is not None), default=None)
    parts = [part for part in every if not _is_long_before(part, newest)]
    if len(parts) < 2:
        return
    summed = {(part.side, part.category) for part in parts}
    open_rows = [
        row for row in withheld if row.end is None and (owners_of(row), row.category) not in summed
    ]
    kept_back = list(dict.fromkeys(str(row) for row in open_rows))
    old = [
        f"{part.side} {part.category} (counted to {part.day})"
        for part in every
        if part not in parts
    ]
    left_out = [*kept_back, *old, *_left_out(usable, every, open_rows)]
    is_open = bool(left_out) or any(part.is_floor or part.count.high is None for part in parts)
    low = sum(part.count.low or 0 for part in parts)
    high = None if is_open else sum(part.count.high or 0 for part in parts)
    days = sorted(part.day.isoformat() for part in parts if part.day is not None)
    yield TotalLine(
        outcome="killed",
        count=Count(low, high, "at_least" if is_open else "exact" if low == high else "range", low),
        parts=tuple(part.count.low or 0 for part in parts),
        claim_ids=tuple(part.ids[0] for part in parts),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        excludes=tuple(left_out),
        part_words=tuple(_part_words(part.count) for part in parts),
    )


def _part_words(count: Count) -> str:
    """Write one number of a sum: its low, or "more than" the number that was said."""
    words = str(count)
    return words if words.startswith("more than") else f"{count.low or 0:,}"


def _is_long_before(part: TotalPart, newest: date | None) -> bool:
    return part.day is not None and newest is not None and newest - part.day > LONG_APART


def _by_side(series: Iterable[Series]) -> list[list[Series]]:
    ordered = sorted(series, key=_root)
    return [list(items) for _, items in groupby(ordered, key=_root)]


def _root(series: Series) -> str:
    return series.side[0].root


def _side_parts(series: Sequence[Series]) -> list[TotalPart]:
    """Return the numbers of one side that add up: its categories, or its undivided total if that is more.

    A total of "people" equals the sum of its categories only where the source says so (R6), so the two
    are never added: the larger stands, as a floor.
    """
    parts = [
        part
        for category in sorted({item.category for item in series})
        if (part := _category_part([s for s in series if s.category == category])) is not None
    ]
    whole = [part for part in parts if part.category in _WHOLE]
    divided = [part for part in parts if part.category not in _WHOLE]
    if not whole or not divided:
        return sorted(whole, key=lambda part: -(part.count.low or 0))[:1] or divided
    most = max(whole, key=lambda part: part.count.low or 0)
    chosen = [most] if (most.count.low or 0) >= sum(p.count.low or 0 for p in divided) else divided
    return [
        TotalPart(p.side, p.category, p.count, p.day, p.ids, is_floor=True)
        if chosen is divided
        else p
        for p in chosen
    ]


def _category_part(series: Sequence[Series]) -> TotalPart | None:
    """Choose one side's number for one category: whole before parts, own before nobody's."""
    told = [
        (item, point)
        for item in series
        if _is_own(item) and (point := latest_total(item)) is not None
    ]
    chosen = max(_of_whole_war(told), key=lambda pair: _preference(*pair), default=None)
    if chosen is None:
        return None
    item, point = chosen
    floor = item.subgroup is not None or item.key.scope is not None
    return TotalPart(_root(item), item.category, point.count, point.day, point.figure_ids, floor)


def _of_whole_war(told: Sequence[tuple[Series, Point]]) -> list[tuple[Series, Point]]:
    """Leave out totals of a stretch: with a beginning, and less than an older one that names none.

    "40 since Monday" is no newer count of a war in which 555 fell; "772 since 27 September" is.
    """
    return [
        (item, point)
        for item, point in told
        if item.key.epoch is None
        or not any(
            other.key.epoch is None
            and _kind(other) == _kind(item)
            and (total.day or date.min) <= (point.day or date.min)
            and (total.count.low or 0) > (point.count.low or 0)
            for other, total in told
        )
    ]


def _kind(item: Series) -> tuple[bool, bool, bool]:
    return item.subgroup is None, item.key.scope is None, item.line == "self"


def _is_own(series: Series) -> bool:
    """Return whether a side's own part may rest on it: its own report, or one that nobody is named for.

    An enemy's count never is (R22), nor that of a third party (R1).
    """
    return series.line == "self" or (series.line == "third" and not series.reporters)


def _preference(item: Series, point: Point) -> tuple[object, ...]:
    """Rank the numbers for one part: the last is taken."""
    return (
        *_kind(item),
        point.day or date.min,
        point.known or date.min,
        point.count.low or 0,
        item.key.epoch is None,
    )


def latest_total(series: Series) -> Point | None:
    """Return the standing total of the last day; of undated ones, the last that arrived."""
    latest: Point | None = None
    for point in series.points:
        if point.measure != "cumulative" or point.standing != "stands" or point.is_derived:
            continue
        if point.count.low is None:
            continue
        if latest is None or (latest.day or date.min) <= (point.day or date.min):
            latest = point
    return latest


def owners_of(row: WithheldRow) -> str:
    """Write who keeps a figure back."""
    return " & ".join(party.root for party in row.owners)


def _left_out(
    series: Sequence[Series], parts: Sequence[TotalPart], withheld: Sequence[WithheldRow]
) -> Iterator[str]:
    """Name the sides' categories that have figures and no part in the sum."""
    summed = {(part.side, part.category) for part in parts}
    whole = {part.side for part in parts if part.category in _WHOLE}
    told = {(owners_of(row), row.category) for row in withheld}
    missing: dict[tuple[str, Category], list[Series]] = {}
    for item in series:
        key = (_root(item), item.category)
        if (
            key not in summed
            and key not in told
            and item.category not in _WHOLE
            and _root(item) not in whole
        ):
            missing.setdefault(key, []).append(item)
    for (side, category), items in sorted(missing.items()):
        totals = [item for item in items if item.standing("cumulative")]
        if totals:
            enemy = all(item.line == "enemy" for item in totals)
            yield f"{side} {category} (counted by {'its enemy' if enemy else 'others'} alone)"
