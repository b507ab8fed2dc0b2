"""Chart data: what a casualty chart draws, and the table behind it, from an account."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from counterclaim.records.account import Account, AccountFinding, Point, Series
from counterclaim.records.casualty_figure import Line, SeriesKey
from counterclaim.records.claim import Outcome
from counterclaim.records.grades import NOT_COUNTED

Mark = Literal["reported", "at least", "up to", "derived", "gap", "revision"]

LINE_WORDS: dict[Line, str] = {
    "self": "the side’s own count",
    "enemy": "its enemy’s count",
    "third": "others’ count",
}
ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")

NO_REPORTER = "the reports"
"""Who counts where no speaker is named: the reports in their own voice."""

OUTCOME_ORDER: tuple[Outcome, ...] = (
    "killed",
    "unspecified",
    "wounded",
    "missing",
    "captured",
    "displaced",
)
OUTCOME_TITLES: dict[Outcome, str] = {
    "killed": "Killed",
    "wounded": "Wounded",
    "missing": "Missing",
    "captured": "Captured",
    "displaced": "Displaced",
    "unspecified": "Killed or wounded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """One point of a line. Unit of ``low``, ``high`` and ``value``: persons."""

    series: str
    side: str
    line: Line
    day: date
    value: int
    """Where the line runs: the lowest number, or the highest where only that is told."""
    low: int | None
    high: int | None
    mark: Mark
    count: str
    """The number as it is printed."""
    words: str
    """The same, and how it came about."""

    @property
    def is_range(self) -> bool:
        """Return whether both bounds are told, and differ."""
        return self.low is not None and self.high is not None and self.low != self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """One series as drawn."""

    label: str
    side: str
    line: Line
    group: str
    """What tells it from the side's other lines: category and subgroup."""
    points: tuple[ChartPoint, ...]
    marks: tuple[ChartPoint, ...]
    """Gaps and revisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One stretch without disclosure."""

    label: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One figure of the table behind the chart: all that the account holds, drawn or not."""

    side: str
    group: str
    outcome: str
    number: str
    scope: str
    day: str
    reporter: str
    counted_by: str
    kind: str
    """Reported, derived, superseded or weaker."""
    known: str
    figures: int
    """How many texts or cells give it."""


def write_day(day: date) -> str:
    """Write a day for people: ``8 Jul 2014``."""
    return f"{day.day} {day:%b %Y}"


def write_days(words: str) -> str:
    """Write the days of some words for people."""
    return ISO_DAY.sub(lambda found: write_day(date.fromisoformat(found[0])), words)


def names(key: SeriesKey) -> tuple[str, str, str]:
    """Write a key's side, group and reporter for people."""
    side = " and ".join(party.root for party in key.side) or "side not told"
    group = " ".join(
        part for part in (None if key.category == "unknown" else key.category, key.subgroup) if part
    )
    told = [party.root.removeprefix("media: ") for party in key.reporters]
    reporter = " and ".join(told) or NO_REPORTER
    return side, group, reporter


def label_of(series: Series) -> str:
    """Write a series' label: whose loss, and by whom it is counted where that is not the side itself."""
    side, group, reporter = names(series.key)
    label = f"{side} {group}".strip()
    if series.scope_name:
        label += f", {series.scope_name}"
    if series.is_background:
        label += ", earlier war"
    if series.is_inferred:
        label += f", {NOT_COUNTED}"
    if series.key.epoch is not None:
        label += f", since {write_day(series.key.epoch)}"
    return label if series.line == "self" else f"{label}, by {reporter}"


def lines_by_outcome(account: Account) -> dict[Outcome, list[ChartLine]]:
    """Return the lines of each outcome that has some, in their usual order; the longest lines first.

    Losses of earlier wars are drawn only where nothing else is: a number of 1948 would press a war of
    2014 into one column.
    """
    marks = _marks(account.findings)
    drawn = [
        (series, line)
        for series in account.series
        if not (series.is_part or series.is_inferred)
        and (line := _line(series, marks.get(series.key, ()))) is not None
    ]
    own = [pair for pair in drawn if not pair[0].is_background]
    found: dict[Outcome, list[ChartLine]] = {}
    for series, line in own or drawn:
        found.setdefault(series.outcome, []).append(line)
    return {
        outcome: sorted(found[outcome], key=lambda line: (-len(line.points), line.label))
        for outcome in OUTCOME_ORDER
        if outcome in found
    }


def _line(series: Series, findings: Sequence[AccountFinding]) -> ChartLine | None:
    side, group, _ = names(series.key)
    label = label_of(series)
    points = tuple(
        item
        for point in series.points
        if point.measure == "cumulative" and point.standing == "stands"
        if (item := _point(label, side, series.line, point)) is not None
    )
    if not points:
        return None
    totals = {point.day: point for point in points}
    marks = tuple(
        _mark(totals[finding.day], finding) for finding in findings if finding.day in totals
    )
    return ChartLine(
        label=label, side=side, line=series.line, group=group, points=points, marks=marks
    )


def _point(label: str, side: str, line: Line, point: Point) -> ChartPoint | None:
    low, high = point.count.low, point.count.high
    if point.day is None or (low is None and high is None):
        return None
    only_high = not low and high is not None and high != low
    value = high if only_high else low
    assert value is not None
    mark: Mark = (
        "derived"
        if point.is_derived
        else "at least"
        if high is None
        else "up to"
        if only_high
        else "reported"
    )
    words = str(point.count) + (f" ({point.derivation})" if point.derivation else "")
    return ChartPoint(
        series=label,
        side=side,
        line=line,
        day=point.day,
        value=value,
        low=None if only_high else low,
        high=high,
        mark=mark,
        count=str(point.count),
        words=words,
    )


def _marks(findings: Sequence[AccountFinding]) -> dict[SeriesKey, list[AccountFinding]]:
    marks: dict[SeriesKey, list[AccountFinding]] = {}
    for finding in findings:
        if finding.turn in {"gap", "revision"} and finding.key is not None:
            marks.setdefault(finding.key, []).append(finding)
    return marks


def _mark(point: ChartPoint, finding: AccountFinding) -> ChartPoint:
    return ChartPoint(
        series=point.series,
        side=point.side,
        line=point.line,
        day=point.day,
        value=point.value,
        low=None,
        high=None,
        mark="gap" if finding.turn == "gap" else "revision",
        count=point.count,
        words=finding.words,
    )


def kept_back(account: Account) -> list[Kept]:
    """Return the stretches without disclosure that have a start."""
    return [
        Kept(label=str(row).replace(" (not disclosed)", ""), start=row.start, end=row.end)
        for row in account.withheld
        if row.start is not None
    ]


def table_rows(account: Account) -> Iterator[TableRow]:
    """Yield every point of the account as a row of the table behind the chart."""
    for series in account.series:
        side, group, reporter = names(series.key)
        for point in series.points:
            yield TableRow(
                side=side,
                group=group or "all",
                outcome=OUTCOME_TITLES[series.outcome].lower(),
                number=str(point.count),
                scope=point.measure,
                day="" if point.day is None else point.day.isoformat(),
                reporter=reporter,
                counted_by=LINE_WORDS[series.line],
                kind=point.derivation
                or ("reported" if point.standing == "stands" else point.standing),
                known="" if point.known is None else point.known.isoformat(),
                figures=len(point.figure_ids),
            )
