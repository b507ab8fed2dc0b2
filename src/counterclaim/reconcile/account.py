"""The account: all figures that are known on a day, in series, with what follows from them.

Source: docs/casualties.md; ``rules.RULES`` says which function holds which rule.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from counterclaim.reconcile.checks import check_figures, check_range, check_series
from counterclaim.reconcile.incidents import (
    Cluster,
    count_incidents,
    find_incidents,
    outside,
    range_of,
    unsure_pairs,
)
from counterclaim.reconcile.origins import arrival, replaced_by, settle
from counterclaim.reconcile.series import (
    check_periods,
    derive_previous,
    find_gaps,
    find_revisions,
)
from counterclaim.reconcile.totals import find_wars, latest_total, total_over_sides
from counterclaim.reconcile.withheld import find_withheld
from counterclaim.records.account import Account, AccountFinding, Point, Series, SourceRange
from counterclaim.records.casualty_figure import Figure, SeriesKey, Withholding
from counterclaim.records.count import Count

_RUNNING = frozenset({"cumulative", "snapshot"})


@dataclass(slots=True)
class Family:
    """The figures of one key whatever their epoch: totals by epoch, and what has none."""

    key: SeriesKey
    is_background: bool
    is_part: bool
    is_inferred: bool
    totals: dict[date | None, list[Figure]] = field(default_factory=dict)
    news: list[Figure] = field(default_factory=list)
    incidents: list[Figure] = field(default_factory=list)
    computed: list[Figure] = field(default_factory=list)
    """Numbers of a compiler that nobody reported."""

    def add(self, figure: Figure) -> None:
        """File a figure."""
        if figure.derived:
            self.computed.append(figure)
        elif figure.measure in _RUNNING:
            self.totals.setdefault(figure.key.epoch, []).append(figure)
        elif figure.measure == "new":
            self.news.append(figure)
        else:
            self.incidents.append(figure)

    @property
    def first(self) -> tuple[object, ...]:
        """The arrival of its first figure."""
        every = list(chain(*self.totals.values(), self.news, self.incidents, self.computed))
        day = min(figure.known or date.min for figure in every)
        return min(arrival(figure) for figure in every if (figure.known or date.min) == day)


@dataclass(slots=True)
class _Laid:
    """A family laid out: its series, and what was found in them."""

    series: list[Series]
    findings: list[AccountFinding]


def reconcile(
    figures: Iterable[Figure],
    withheld: Iterable[Withholding] = (),
    *,
    known_on: date | None = None,
) -> Account:
    """Bring figures of any number of sources into one account.

    The order in which they are given does not matter. Ids must be unique: of two figures with one id
    the first in order of arrival is kept.

    Args:
        figures: From texts (``figures_of``) or tables, in any order.
        withheld: Reports that a party gives no figure.
        known_on: Leave out what became public after this day (R12). Figures that nobody dates are
            always known.

    Returns:
        Series in order of their first figure, ranges, withheld stretches, totals, findings by day.
    """
    with _collector_paused():
        return _reconcile(figures, withheld, known_on)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a million live records again and again.

    Records hold no cycles, so nothing waits for it; it halves the time of a large account.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _reconcile(
    figures: Iterable[Figure], withheld: Iterable[Withholding], known_on: date | None
) -> Account:
    known = _once(figure for figure in figures if _is_known(figure.known, known_on))
    replaced = replaced_by(known)
    families = _families(known)
    named = _named(known)
    included = _included(known, named)
    incidents, clusters = _incidents(families, replaced)
    inside = _by_wider_key(families)
    laid = [_lay_out(family, included, inside, replaced) for family in families]
    series = tuple(item for one in laid for item in one.series)
    rows = find_withheld((w for w in withheld if _is_known(w.known, known_on)), known)
    ranges = (*incidents, *_ranges(series))
    findings = [
        *(finding for one in laid for finding in one.findings),
        *check_figures(known, named),
        *check_series(series),
        *(finding for item in ranges for finding in check_range(item)),
        *(finding for group in clusters for finding in unsure_pairs(group)),
    ]
    return Account(
        series=series,
        totals=tuple(total_over_sides(series, rows, find_wars(known))),
        ranges=ranges,
        withheld=rows,
        findings=tuple(sorted(findings, key=_finding_order)),
        known_on=known_on,
    )


def _is_known(known: date | None, on: date | None) -> bool:
    return on is None or known is None or known <= on


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """Keep one figure for each id: one text is one document, whoever carries it."""
    found: dict[str, Figure] = {}
    for figure in figures:
        other = found.setdefault(figure.id, figure)
        if other is not figure and arrival(figure) < arrival(other):
            found[figure.id] = figure
    return list(found.values())


def _finding_order(finding: AccountFinding) -> tuple[object, ...]:
    return finding.day or date.min, finding.rule, finding.figure_ids, finding.words


def _families(figures: Iterable[Figure]) -> list[Family]:
    """File figures by key without epoch; earlier wars, parts of larger numbers (R7), and guesses apart."""
    families: dict[tuple[object, ...], Family] = {}
    by_identity: dict[tuple[int, bool, bool, bool], Family] = {}
    for figure in figures:
        short = id(figure.key), figure.background, figure.part_of is not None, figure.inferred
        family = by_identity.get(short)
        if family is None:
            key = replace(figure.key, epoch=None)
            family = families.setdefault((key, *short[1:]), Family(key, *short[1:]))
            by_identity[short] = family
        family.add(figure)
    return sorted(families.values(), key=lambda family: (family.first, str(family.key)))


def _named(figures: Iterable[Figure]) -> Mapping[str, Figure]:
    """Index the figures that others name."""
    wanted = {
        id_
        for figure in figures
        for id_ in (figure.part_of, figure.reclassified_from, *figure.includes)
        if id_ is not None
    }
    return {figure.id: figure for figure in figures if figure.id in wanted} if wanted else {}


def _included(
    figures: Iterable[Figure], named: Mapping[str, Figure]
) -> Mapping[str, Sequence[Point]]:
    """Return the new figures that each total says it holds, as points (R3)."""
    return {
        figure.id: [
            point
            for id_ in figure.includes
            if id_ in named and named[id_].measure == "new"
            for point in settle([named[id_]])
        ]
        for figure in figures
        if figure.includes and figure.measure == "cumulative"
    }


def _lay_out(
    family: Family,
    included: Mapping[str, Sequence[Point]],
    inside: Mapping[SeriesKey, Sequence[Family]],
    replaced: Mapping[str, date],
) -> _Laid:
    """Lay out one family: a series for each epoch of its totals, and one where there are no totals."""
    news, incidents = settle(family.news, replaced), settle(family.incidents, replaced)
    epochs = sorted(family.totals, key=lambda epoch: (epoch is not None, epoch or date.min)) or [
        None
    ]
    laid = _Laid([], [])
    standing = [point for point in news if point.standing == "stands"]
    for position, epoch in enumerate(epochs):
        key = replace(family.key, epoch=epoch)
        totals = settle(family.totals.get(epoch, ()), replaced)
        current = [p for p in totals if p.standing == "stands" and p.measure == "cumulative"]
        derived = [*derive_previous(current, standing, included)]
        if position == 0:
            derived += [_computed(figure) for figure in family.computed]
        laid.findings += find_revisions(key, current)
        laid.findings += find_gaps(key, current, standing)
        laid.findings += _superseded(key, totals)
        others = [*news, *incidents] if position == 0 else []
        held = [f for f in _contained(family, key, inside) if f.id not in replaced]
        laid.series.append(_series(family, key, [*derived, *others, *totals], held))
    laid.findings += check_periods(family.key, standing)
    laid.findings += _superseded(family.key, news)
    return laid


def _superseded(key: SeriesKey, points: Sequence[Point]) -> Iterator[AccountFinding]:
    """Tell each number that a later one of the same origin replaced (R12)."""
    standing = {(p.measure, p.start, p.day): p for p in points if p.standing == "stands"}
    for point in points:
        if point.standing == "superseded":
            now = standing.get((point.measure, point.start, point.day))
            yield AccountFinding(
                rule="R12",
                turn="superseded",
                words=f"{point.count} for this day was replaced"
                + ("" if now is None else f" by {now.count}"),
                day=point.day,
                amount=None
                if now is None or now.count.low is None or point.count.low is None
                else now.count.low - point.count.low,
                figure_ids=(*point.figure_ids[:1], *(() if now is None else now.figure_ids[:1])),
                key=key,
            )


def _computed(figure: Figure) -> Point:
    """Return a compiler's own number as a derived point (R15)."""
    return Point(
        count=figure.count,
        measure=figure.measure,
        day=figure.day,
        start=figure.start,
        time=figure.time,
        figure_ids=(figure.id,),
        known=figure.known,
        derivation=f"computed by {figure.source or 'its compiler'}",
    )


_MEASURES = {"new": 0, "incident": 1, "snapshot": 2, "cumulative": 3}


def _point_order(point: Point) -> tuple[date, int, bool]:
    return point.day or date.min, _MEASURES[point.measure], point.standing != "stands"


def _series(
    family: Family,
    key: SeriesKey,
    points: Sequence[Point],
    held: Sequence[Figure],
) -> Series:
    series = Series(
        key=key,
        points=tuple(sorted(points, key=_point_order)),
        is_background=family.is_background,
        is_part=family.is_part,
        is_inferred=family.is_inferred,
        scope_name=_scope_name(family),
    )
    count, basis, day = running_total(series, held)
    return replace(series, running=count, running_basis=basis, running_day=day)


def _scope_name(family: Family) -> str | None:
    """Return the name of the place, by which its sources call it; the first in the alphabet of several."""
    if family.key.scope is None:
        return None
    every = chain(*family.totals.values(), family.news, family.incidents, family.computed)
    names = {figure.place.name for figure in every if figure.place is not None}
    return min(names, default=family.key.scope)


def _contained(
    family: Family, key: SeriesKey, inside: Mapping[SeriesKey, Sequence[Family]]
) -> list[Figure]:
    """Find the incidents that a series' period and place hold (R9, R20): its own, and narrower ones.

    The whole conflict holds every place; a town's count is never held by another's.
    """
    if family.is_background or family.is_part or family.is_inferred:
        return list(family.incidents)
    narrower = inside.get(family.key, ()) if key.scope is None else ()
    held = [*family.incidents, *(figure for other in narrower for figure in other.incidents)]
    return [f for f in held if key.epoch is None or f.day is None or f.day >= key.epoch]


def _by_wider_key(families: Iterable[Family]) -> dict[SeriesKey, list[Family]]:
    """Index the families that count incidents in one place by their key without the place."""
    inside: dict[SeriesKey, list[Family]] = {}
    for family in families:
        is_plain = not (family.is_background or family.is_part or family.is_inferred)
        if is_plain and family.key.scope is not None and family.incidents:
            inside.setdefault(replace(family.key, scope=None), []).append(family)
    return inside


def running_total(
    series: Series, incidents: Sequence[Figure]
) -> tuple[Count | None, str, date | None]:
    """Return the number to display (R9): the latest total, or what incidents and new figures sum to.

    The larger of the two, never the sum of both: an incident inside the period is presumed contained.

    Args:
        series: With its points.
        incidents: That its period and place hold.

    Returns:
        The count, which of the two it is, and its last day; nothing where there is neither.
    """
    total = latest_total(series)
    summed, day = _sum_of_parts(series, incidents)
    if total is not None and (summed is None or (summed.low or 0) <= (total.count.low or 0)):
        return total.count, "latest total", total.day
    if summed is None:
        return None, "", None
    return summed, "sum of incidents and new figures", day


def _sum_of_parts(series: Series, incidents: Sequence[Figure]) -> tuple[Count | None, date | None]:
    news = [point for point in series.standing("new") if point.count.low is not None]
    periods = [(p.start or p.day, p.day) for p in news if p.day is not None]
    apart = outside(incidents, periods)
    if not news and not apart:
        return None, None
    low = sum(point.count.low or 0 for point in news)
    if apart:
        low += count_incidents(find_incidents(apart)).low or 0
    days = [day for day in (*(p.day for p in news), *(f.day for f in apart)) if day is not None]
    return Count(low, None, "at_least", low), max(days, default=None)


def _incidents(
    families: Iterable[Family], replaced: Mapping[str, date]
) -> tuple[list[SourceRange], list[list[Cluster]]]:
    """Bring the incident figures of all reporters together, and set out those with several sources."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for family in families:
        key = family.key
        standing = [figure for figure in family.incidents if figure.id not in replaced]
        is_plain = not (family.is_background or family.is_part or family.is_inferred)
        if is_plain and standing:
            about = key.side, key.category, key.subgroup, key.outcome
            groups.setdefault(about, []).extend(standing)
    clusters = [find_incidents(group) for group in groups.values()]
    ranges = [
        range_of(cluster.figures, _incident_label(cluster.figures), cluster.figures[0].incident)
        for group in clusters
        for cluster in group
        if len({(f.key.reporters, f.key.line) for f in cluster.figures}) > 1
    ]
    return ranges, clusters


def _incident_label(figures: Sequence[Figure]) -> str:
    figure = figures[0]
    place = next((f" at {f.place.name}" for f in figures if f.place is not None), "")
    day = f", {figure.day}" if figure.day is not None else ""
    return f"{label_of(figure.key)}{place}{day}"


def label_of(key: SeriesKey) -> str:
    """Write what a key counts: ``killed, Kestria military``."""
    side = " & ".join(party.root for party in key.side) or "side not told"
    group = "" if key.category == "unknown" else f" {key.category}"
    return f"{key.outcome}, {side}{group}" + (f" ({key.subgroup})" if key.subgroup else "")


def _ranges(series: Sequence[Series]) -> list[SourceRange]:
    """Set the latest totals of several reporters side by side, by who counts: the lines never mix (R1)."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for item in series:
        point = latest_total(item)
        if point is None or item.is_background or item.is_part or item.is_inferred:
            continue
        key = item.key
        about = key.side, key.category, key.subgroup, key.outcome, key.scope, key.epoch, key.line
        groups.setdefault(about, []).append(_as_figure(item, point))
    return [
        range_of(group, f"{label_of(group[0].key)}, latest totals")
        for group in groups.values()
        if len(group) > 1
    ]


def _as_figure(series: Series, point: Point) -> Figure:
    return Figure(
        id=point.claim_id or "",
        key=series.key,
        measure=point.measure,
        count=point.count,
        day=point.day,
        known=point.known,
    )
