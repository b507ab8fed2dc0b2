"""Losses as they are told: each side's own count, its enemy's and others' side by side, narrowed by what they count."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from counterclaim.records.account import Point, Series
from counterclaim.records.casualty_figure import Line
from counterclaim.service.facets import FacetCount
from counterclaim.service.ledger_account import KeptAccount
from counterclaim.tell.words import HARMS, PERSONS, listed, plain_name

COUNTERS: Mapping[Line, str] = MappingProxyType(
    {"self": "the side itself", "enemy": "its enemy", "third": "others"}
)
"""Who counts."""

WHOLE = "the whole war"
"""The place of a series that is about no single place."""

_SORTS: Mapping[str, Callable[[Series], str]] = MappingProxyType(
    {
        "harm": lambda series: series.outcome,
        "category": lambda series: series.category,
        "counter": lambda series: series.line,
        "place": lambda series: series.scope_name or WHOLE,
    }
)

FACETS = tuple(_SORTS)


@dataclass(frozen=True, slots=True)
class CounterTotal:
    """One counter's newest total, with how it was chosen."""

    number: str
    day: date | None
    by: str
    claim_id: str
    how: str
    """The rule by which this number stands here, in plain words."""
    left_out: str
    """What stands behind it in the table and not here; empty where nothing does."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One kind of loss of one side, as each counter has it."""

    side: str
    group: str
    harm: str
    place: str
    cells: Mapping[Line, CounterTotal]


def narrow_account(kept: KeptAccount, chosen: Mapping[str, str]) -> KeptAccount:
    """Return an account with the series alone that hold what is chosen; its sums only where nothing is.

    Args:
        kept: The whole.
        chosen: By facet: ``harm``, ``category``, ``counter``, ``place``; empty values choose nothing.
    """
    wanted = {name: value for name, value in chosen.items() if value}
    if not wanted:
        return kept
    series = tuple(
        item
        for item in kept.account.series
        if all(_SORTS[name](item) == value for name, value in wanted.items())
    )
    harm = wanted.get("harm")
    totals = kept.account.totals if wanted.keys() <= {"harm"} else ()
    account = replace(
        kept.account,
        series=series,
        totals=tuple(total for total in totals if harm in {None, total.outcome}),
    )
    return replace(kept, account=account)


def count_series(
    kept: KeptAccount, chosen: Mapping[str, str]
) -> Mapping[str, tuple[FacetCount, ...]]:
    """Count an account's figures by facet, each without its own choice; the most first."""
    found = {}
    for name, sort in _SORTS.items():
        others = {other: value for other, value in chosen.items() if other != name}
        counted: Counter[str] = Counter()
        for series in narrow_account(kept, others).account.series:
            counted[sort(series)] += len(series.points)
        found[name] = tuple(FacetCount(value, rows) for value, rows in counted.most_common(12))
    return found


def side_rows(kept: KeptAccount) -> tuple[SideRow, ...]:
    """Return each side's losses with its own count, its enemy's and others' apart.

    The side with the largest number killed comes first, and of each side the dead before the wounded.
    """
    groups: dict[tuple[str, str, str, str], dict[Line, list[Series]]] = {}
    for series in kept.account.series:
        if series.is_background or series.is_part or series.is_inferred or not series.side:
            continue
        side = listed(plain_name(party.root) for party in series.side)
        group = series.subgroup or PERSONS[series.category][1]
        key = (side, group, HARMS[series.outcome], series.scope_name or "")
        groups.setdefault(key, {}).setdefault(series.line, []).append(series)
    rows = []
    for (side, group, harm, place), lines in groups.items():
        cells = {
            line: cell for line, told in lines.items() if (cell := _cell(line, told)) is not None
        }
        if cells:
            rows.append((_most(lines), SideRow(side, group, harm, place, cells)))
    killed: dict[str, int] = {}
    for most, row in rows:
        if row.harm == HARMS["killed"]:
            killed[row.side] = max(killed.get(row.side, 0), most)
    order = list(HARMS.values())
    rows.sort(
        key=lambda pair: (
            -killed.get(pair[1].side, 0),
            pair[1].side,
            order.index(pair[1].harm),
            pair[1].place,
            -pair[0],
        )
    )
    return tuple(row for _, row in rows)


def _most(lines: Mapping[Line, list[Series]]) -> int:
    points = (point for told in lines.values() for series in told for point in _totals(series))
    return max((point.count.low or point.count.high or 0 for point in points), default=0)


def _totals(series: Series) -> Iterator[Point]:
    for point in series.points:
        if point.measure == "cumulative" and not point.is_derived:
            yield point


def _cell(line: Line, told: list[Series]) -> CounterTotal | None:
    """Return the newest total of one counter that no other number replaced."""
    every = [(series, point) for series in told for point in _totals(series)]
    standing = [pair for pair in every if pair[1].standing == "stands" and pair[1].claim_id]
    if not standing:
        return None
    series, point = max(standing, key=lambda pair: (pair[1].day or date.min, pair[1].figure_ids))
    by = listed(plain_name(party.root) for party in series.reporters) or "the reports"
    replaced = sum(item.standing == "superseded" for _, item in every)
    weaker = sum(item.standing == "weaker" for _, item in every)
    older = len(standing) - 1
    parts = [
        f"{older} earlier or other total{'s' if older != 1 else ''}" if older else "",
        f"{replaced} that a later number of the same origin replaced" if replaced else "",
        f"{weaker} that {'is' if weaker == 1 else 'are'} vaguer than another for the same day"
        if weaker
        else "",
    ]
    return CounterTotal(
        number=str(point.count),
        day=point.day,
        by=by,
        claim_id=point.claim_id or "",
        how=f"The newest total that {COUNTERS[line]} gave and that no later number replaced. "
        f"Nothing is added to it, and it is added to no other count.",
        left_out="; ".join(part for part in parts if part),
    )
