"""Origins: one statement repeated by ten outlets is one number, known from the day of the first.

Source: docs/casualties.md, rules R11, R12, R19, R23.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from counterclaim.records.account import Point, Standing
from counterclaim.records.casualty_figure import Figure
from counterclaim.records.claim import Measure
from counterclaim.records.count import Count

SAME_STATEMENT = timedelta(hours=48)
"""An undated number repeated within this time of its first telling is the same statement."""

Number: TypeAlias = tuple[int | None, int | None, str]
Slot: TypeAlias = tuple[Measure, date | None, date | None, str | None]
_FIRST = date.min


@dataclass(slots=True)
class Origin:
    """One number that one reporter gave for one slot, with all that repeat it."""

    figure: Figure
    """The first to give it."""
    ids: list[str]
    known: date


def arrival(figure: Figure) -> tuple[date, str, int, str]:
    """Order figures by when they became known, whatever the order in which they were read."""
    return figure.known or _FIRST, figure.source, figure.order, figure.id


def find_origins(figures: Iterable[Figure]) -> list[Origin]:
    """Bring together the figures of one series that repeat one statement (R23).

    A dated number is repeated by the same number for the same days. An undated one is repeated by the
    same number told within ``SAME_STATEMENT`` of the first telling.

    Args:
        figures: Of one series, in any order.

    Returns:
        Origins in order of arrival; each keeps the day of its first telling.
    """
    found: dict[tuple[object, ...], Origin] = {}
    undated: list[Figure] = []
    for figure in sorted(figures, key=arrival):
        if not figure.dated:
            undated.append(figure)
            continue
        count = figure.count
        key = (
            figure.measure,
            figure.start,
            figure.day,
            figure.incident,
            count.low,
            count.high,
            count.qualifier,
        )
        origin = found.get(key)
        if origin is None:
            found[key] = Origin(figure, [figure.id], figure.known or _FIRST)
        else:
            origin.ids.append(figure.id)
    origins = list(found.values())
    if undated:
        _join_undated(undated, origins)
        origins.sort(key=lambda origin: arrival(origin.figure))
    return origins


def _join_undated(undated: Sequence[Figure], origins: list[Origin]) -> None:
    """Join each undated number to the same number told shortly before, or let it stand alone."""
    by_number: dict[tuple[Measure, str | None, Number], list[Origin]] = {}
    for origin in origins:
        by_number.setdefault(_same(origin.figure), []).append(origin)
    for figure in undated:
        candidates = by_number.setdefault(_same(figure), [])
        first = next((item for item in candidates if _is_repeat(figure, item)), None)
        if first is None:
            first = Origin(figure, [], figure.known or _FIRST)
            candidates.append(first)
            origins.append(first)
        first.ids.append(figure.id)


def _same(figure: Figure) -> tuple[Measure, str | None, Number]:
    count = figure.count
    return figure.measure, figure.incident, (count.low, count.high, count.qualifier)


def _is_repeat(figure: Figure, origin: Origin) -> bool:
    first, day = origin.figure.day, figure.day
    if first is None or day is None:
        return first is day
    return timedelta(0) <= day - first <= SAME_STATEMENT


def replaced_by(figures: Iterable[Figure]) -> dict[str, date]:
    """Return the days on which numbers were said to be replaced by others, by the ids of those replaced."""
    found: dict[str, date] = {}
    for figure in figures:
        if figure.supersedes is not None:
            day = figure.known or _FIRST
            found[figure.supersedes] = min(day, found.get(figure.supersedes, day))
    return found


def settle(figures: Iterable[Figure], replaced: Mapping[str, date] | None = None) -> list[Point]:
    """Say for every slot of one series which number stands, and keep those that do not.

    Of the exact numbers for one slot, else of all, the one that became known last stands (R12, R19);
    where several became known on that day, they stand together as a range (R11). A number that a
    later one says it supersedes does not stand, whatever day or kind the later one is of.

    Args:
        figures: Of one series.
        replaced: Days on which numbers of any series were replaced, by id; those of ``figures``
            alone, if none are given.

    Returns:
        Points by day; for one day, those that stand first, then the others by arrival.
    """
    every = list(figures)
    if replaced is None:
        replaced = replaced_by(every)
    if replaced:
        replaced = {item.id: replaced[item.id] for item in every if item.id in replaced}
    points: list[Point] = []
    if replaced or any(map(_needs_others, every)):
        for origins in _by_slot(find_origins(every)):
            points += _settle_slot(origins, replaced)
        return points
    slots: dict[Slot, list[Figure]] = {}
    for figure in every:
        slots.setdefault((figure.measure, figure.start, figure.day, figure.incident), []).append(
            figure
        )
    for slot in sorted(slots, key=_slot_order):
        told = slots[slot]
        points += _settle_slot(find_origins(told), replaced) if len(told) > 1 else _alone(told[0])
    return points


def _needs_others(figure: Figure) -> bool:
    """Return whether a figure's slot can only be told from the others: nobody dates it, or names its incident."""
    return not figure.dated or (figure.measure == "incident" and figure.incident is None)


def _alone(figure: Figure) -> tuple[Point]:
    """Return the point of a number that nobody else gives for its slot."""
    return (
        Point(
            count=figure.count,
            measure=figure.measure,
            day=figure.day,
            start=figure.start,
            time=figure.time,
            figure_ids=(figure.id,),
            known=figure.known,
            incident=figure.incident,
        ),
    )


def _by_slot(origins: Iterable[Origin]) -> Iterator[list[Origin]]:
    slots: dict[Slot, list[Origin]] = {}
    for origin in origins:
        slots.setdefault(_slot(origin), []).append(origin)
    for slot in sorted(slots, key=_slot_order):  # stable: undated numbers stay in order of arrival
        yield slots[slot]


def _slot(origin: Origin) -> Slot:
    """Return the slot of an origin; an incident nobody names, and a number nobody dates, is its own."""
    figure = origin.figure
    incident = figure.incident
    if incident is None and (figure.measure == "incident" or figure.day is None):
        incident = origin.ids[0]
    return figure.measure, figure.start, figure.day, incident


_MEASURE_ORDER = {"new": 0, "cumulative": 1, "snapshot": 2, "incident": 3}


def _slot_order(slot: Slot) -> tuple[date, int, date]:
    measure, start, day, _ = slot
    return day or _FIRST, _MEASURE_ORDER[measure], start or _FIRST


def _settle_slot(origins: Sequence[Origin], replaced: Mapping[str, date]) -> Iterator[Point]:
    if len(origins) == 1 and not replaced:
        yield _point(origins, "stands")
        return
    live = [origin for origin in origins if replaced.keys().isdisjoint(origin.ids)]
    exact = [origin for origin in live if is_exact(origin.figure.count)]
    eligible = exact or live
    last = max((origin.known for origin in eligible), default=None)
    standing = [origin for origin in eligible if origin.known == last]
    if standing:
        yield _point(standing, "stands")
    for origin in origins:
        if origin not in standing:
            later = _replaced_on(origin, origins, replaced)
            weaker = later is None
            yield _point([origin], "weaker" if weaker else "superseded", known_to=later)


def _replaced_on(
    origin: Origin, origins: Sequence[Origin], replaced: Mapping[str, date]
) -> date | None:
    """Find the first day on which a later number took the place of this one; None if none may."""
    exact = is_exact(origin.figure.count)
    days = [
        other.known
        for other in origins
        if other.known > origin.known and (is_exact(other.figure.count) or not exact)
    ]
    days += [replaced[name] for name in origin.ids if name in replaced]
    return min(days, default=None)


def is_exact(count: Count) -> bool:
    """Return whether a count is one number without a hedge."""
    return count.low is not None and count.low == count.high


def _point(origins: Sequence[Origin], standing: Standing, known_to: date | None = None) -> Point:
    figure = origins[0].figure
    return Point(
        count=figure.count if len(origins) == 1 else joined([o.figure.count for o in origins]),
        measure=figure.measure,
        day=figure.day,
        start=figure.start,
        time=figure.time,
        figure_ids=tuple(id_ for origin in origins for id_ in origin.ids),
        known=figure.known,
        known_to=known_to,
        standing=standing,
        incident=figure.incident,
    )


def joined(counts: Sequence[Count]) -> Count:
    """Return the range of several counts: lowest low to highest high; open where any is open (R11)."""
    lows = [count.low for count in counts if count.low is not None]
    highs = [count.high for count in counts]
    low = min(lows) if len(lows) == len(counts) else min(lows, default=None)
    high = None if None in highs else max(number for number in highs if number is not None)
    if low is not None and low == high:
        return Count(low, high, "exact", low)
    return Count(low, high, "range" if high is not None else "at_least", None)
