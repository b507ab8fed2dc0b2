"""Incidents: which figures count the same happening, and what they come to together.

Source: docs/casualties.md, rules R9, R10, R11, R22.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from counterclaim.reconcile.origins import arrival, is_exact, joined
from counterclaim.records.account import AccountFinding, SourceCount, SourceRange
from counterclaim.records.casualty_figure import Figure
from counterclaim.records.count import Count
from counterclaim.records.place import Place, distance_km

Sameness = Literal["same", "unsure", "distinct"]

PRECISION_KM = {"point": 1.0, "town": 10.0, "district": 40.0, "region": 150.0}
"""How far from its coordinates a thing of this precision may be; countries and areas have no radius."""

SAME_TIME = timedelta(days=31)
"""Running totals further apart than this count different stretches of a war: a range over both says nothing."""


@dataclass(slots=True)
class Cluster:
    """The figures of one incident, and the clusters that may be the same one."""

    figures: list[Figure]
    maybe: set[int]
    """Positions of clusters that may be the same."""


def same_incident(one: Figure, other: Figure) -> Sameness:
    """Return whether two figures count one incident (R10).

    Named incidents are the same by their names alone. Otherwise the same side must be hit, on days that
    overlap, at places no further apart than the sum of their precisions; a number never decides. With a
    place missing or too large to measure, or a day missing, nobody can be sure.
    """
    if one.incident is not None and other.incident is not None:
        return "same" if one.incident == other.incident else "distinct"
    if one.key.side != other.key.side:
        return "distinct"
    days = _days_overlap(one, other)
    if days == "distinct":
        return "distinct"
    places = same_place(one.place, other.place)
    if places == "distinct":
        return "distinct"
    return "same" if days == places == "same" else "unsure"


def _days_overlap(one: Figure, other: Figure) -> Sameness:
    if one.day is None or other.day is None:
        return "unsure"
    first, second = one.start or one.day, other.start or other.day
    return "same" if first <= other.day and second <= one.day else "distinct"


def same_place(one: Place | None, other: Place | None) -> Sameness:
    """Return whether two places are one, within the sum of their precisions (R10)."""
    if one is None or other is None:
        return "unsure"
    if one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id:
        return "same" if one.precision not in {"country", "area", "region"} else "unsure"
    reach = [PRECISION_KM.get(place.precision or "") for place in (one, other)]
    apart = distance_km(one, other)
    if apart is None or reach[0] is None or reach[1] is None:
        return "unsure" if apart is None or one.country == other.country else "distinct"
    return "same" if apart <= reach[0] + reach[1] else "distinct"


def find_incidents(figures: Sequence[Figure]) -> list[Cluster]:
    """Bring figures of one side, category and outcome into incidents (R10).

    Figures are taken in order of their days, and each is set beside those whose days can still overlap.

    Returns:
        Clusters in order of their first day.
    """
    clusters: list[Cluster] = []
    by_name: dict[str, int] = {}
    open_: list[int] = []
    for figure in sorted(
        figures, key=lambda item: (item.start or item.day or date.min, arrival(item))
    ):
        open_ = [index for index in open_ if _may_meet(clusters[index], figure)]
        index = by_name.get(figure.incident) if figure.incident is not None else None
        maybe: set[int] = set()
        if index is None:
            index, maybe = _place_in(figure, clusters, open_)
        if index is None:
            index = len(clusters)
            clusters.append(Cluster([], set()))
            open_.append(index)
        clusters[index].figures.append(figure)
        clusters[index].maybe |= maybe - {index}
        if figure.incident is not None:
            by_name[figure.incident] = index
    return clusters


def _may_meet(cluster: Cluster, figure: Figure) -> bool:
    start = figure.start or figure.day
    return start is None or any(item.day is None or item.day >= start for item in cluster.figures)


def _place_in(
    figure: Figure, clusters: Sequence[Cluster], open_: Sequence[int]
) -> tuple[int | None, set[int]]:
    """Find the cluster that a figure belongs to, and those it may belong to."""
    maybe: set[int] = set()
    for index in open_:
        answers = {same_incident(figure, other) for other in clusters[index].figures}
        if "same" in answers and "distinct" not in answers:
            return index, set()
        if answers <= {"unsure", "same"}:
            maybe.add(index)
    return None, maybe


def count_incidents(clusters: Sequence[Cluster]) -> Count:
    """Sum distinct incidents; one that may be another is counted once in low and twice in high (R10)."""
    low, high = 0, 0
    is_open = False
    counts = [incident_count(cluster.figures) for cluster in clusters]
    for index, (cluster, count) in enumerate(zip(clusters, counts, strict=True)):
        before = [counts[other].low or 0 for other in cluster.maybe if other < index]
        low += max(0, (count.low or 0) - max(before, default=0))
        is_open |= count.high is None
        high += count.high or 0
    if is_open or not counts:
        return Count(low, None, "at_least", None)
    return Count(low, high, "exact" if low == high else "range", None)


def incident_count(figures: Sequence[Figure]) -> Count:
    """Return one incident's count: the range over its sources' latest numbers (R11, R12)."""
    return joined([figure.count for figure in countable(latest_by_reporter(figures))])


def latest_by_reporter(figures: Sequence[Figure]) -> list[Figure]:
    """Keep each reporter's last number for an incident, an exact one before a rounded one (R12, R19)."""
    last: dict[tuple[object, ...], Figure] = {}
    for figure in sorted(figures, key=lambda item: (is_exact(item.count), arrival(item))):
        last[figure.key.reporters, figure.key.line] = figure
    return sorted(last.values(), key=arrival)


def countable(figures: Sequence[Figure]) -> Sequence[Figure]:
    """Leave out an enemy's numbers, unless there is no other (R1, R22)."""
    return [figure for figure in figures if figure.key.line != "enemy"] or figures


def choose_best(figures: Sequence[Figure]) -> tuple[int | None, str]:
    """Choose the number to print for one thing that several sources count (R11).

    The side's own latest report, else the number that most sources give, else the lowest.

    Returns:
        The number and the reason in words.
    """
    own = [
        figure for figure in figures if figure.key.line == "self" and figure.count.low is not None
    ]
    if own:
        return max(own, key=arrival).count.low, "the side's own latest report"
    lows = [figure.count.low for figure in countable(figures) if figure.count.low is not None]
    if not lows:
        return None, "no source gives a number"
    most = max(lows, key=lambda number: (lows.count(number), -number))
    if lows.count(most) * 2 > len(lows) and len(lows) > 1:
        return most, f"the number of {lows.count(most)} of {len(lows)} sources"
    return min(lows), "the lowest"


def range_of(figures: Sequence[Figure], label: str, incident: str | None = None) -> SourceRange:
    """Set the sources of one thing side by side, with their range and the best number (R11).

    All are listed. Those more than ``SAME_TIME`` before the last are not joined into the range.
    """
    latest = latest_by_reporter(figures)
    days = [figure.day for figure in latest if figure.day is not None]
    recent = [f for f in latest if f.day is None or f.day >= max(days) - SAME_TIME]
    best, basis = choose_best(recent)
    return SourceRange(
        label=label,
        outcome=latest[0].key.outcome,
        day=max(days, default=None),
        count=joined([figure.count for figure in countable(recent)]),
        best=best,
        basis=basis,
        sources=tuple(
            SourceCount(
                reporters=figure.key.reporters,
                line=figure.key.line,
                count=figure.count,
                day=figure.day,
                figure_ids=(figure.id,),
            )
            for figure in latest
        ),
        incident=incident,
    )


def unsure_pairs(clusters: Sequence[Cluster]) -> Iterator[AccountFinding]:
    """List incidents that may be one, for a person to decide (R10)."""
    for index, cluster in enumerate(clusters):
        for other in sorted(cluster.maybe):
            if other < index:
                pair = clusters[other].figures[0], cluster.figures[0]
                yield AccountFinding(
                    rule="R10",
                    turn="unsure",
                    words=f"{pair[0].count} and {pair[1].count} may count one incident: counted once in the low, twice in the high",
                    day=pair[1].day,
                    figure_ids=tuple(figure.id for figure in pair),
                    key=pair[1].key,
                )


def outside(figures: Sequence[Figure], periods: Sequence[tuple[date, date]]) -> list[Figure]:
    """Keep incident figures that no new figure's period holds: those inside are presumed counted (R9)."""
    covered = _merged(periods)
    firsts = [first for first, _ in covered]
    return [
        figure
        for figure in figures
        if figure.day is None or not _is_inside(figure.day, covered, firsts)
    ]


def _is_inside(day: date, covered: Sequence[tuple[date, date]], firsts: Sequence[date]) -> bool:
    index = bisect_right(firsts, day) - 1
    return index >= 0 and day <= covered[index][1]


def _merged(periods: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for first, last in sorted(periods):
        if merged and first <= merged[-1][1] + timedelta(days=1):
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged
