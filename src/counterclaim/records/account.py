"""Accounts: the casualty figures of one or many sources, in series, with what follows from them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counterclaim.records.casualty_figure import Line, SeriesKey
from counterclaim.records.claim import Category, Measure, Outcome
from counterclaim.records.count import Count
from counterclaim.records.party import Party
from counterclaim.records.time import Time

Standing = Literal["stands", "superseded", "weaker"]
"""``superseded``: a later number of the same origin replaced it (R12). ``weaker``: rounded or vague
beside an exact number for the same day (R19). Both are kept, and neither is counted."""

Turn = Literal[
    "revision",
    "gap",
    "superseded",
    "reclassified",
    "unsure",
    "range",
    "part",
    "ratio",
    "period",
    "day",
]
"""What a finding is about: a falling total; arithmetic that does not close; a later number for one day;
persons moved between outcomes; two incidents that may be one; a best number outside its bounds; parts
over their whole; own count beside the enemy's; a period over the days it may cover; a day after
publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a series, as reported, or as derived from those that were."""

    count: Count
    measure: Measure
    day: date | None = None
    """Last day counted."""
    start: date | None = None
    """First day of the period of a new or incident figure."""
    time: Time | None = None
    """The day as the words have it, or as it was derived; None where it was taken from publication."""
    figure_ids: tuple[str, ...] = ()
    """Every figure that gives this number, the first origin first; empty for a derived one."""
    known: date | None = None
    """From this day on it was public."""
    known_to: date | None = None
    """First day on which a later number stood in its place; None while it stands."""
    standing: Standing = "stands"
    incident: str | None = None
    derivation: str | None = None
    """How a derived figure was computed: "555 less the 23 new"."""

    @property
    def claim_id(self) -> str | None:
        """The first figure's id; None for a derived figure."""
        return self.figure_ids[0] if self.figure_ids else None

    @property
    def as_of(self) -> Time | None:
        """The time that the words tell, or that was derived."""
        return self.time

    @property
    def is_derived(self) -> bool:
        """Return whether nobody reported it."""
        return self.derivation is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures of one key, in order of their days."""

    key: SeriesKey
    points: tuple[Point, ...]
    running: Count | None = None
    """For display: the larger of the latest total and the sum of distinct incidents and new figures."""
    running_basis: str = ""
    """Which of the two, in words."""
    running_day: date | None = None
    scope_name: str | None = None
    """The name of the place that the series is about, where it is not the whole conflict."""
    is_background: bool = False
    """Losses of an earlier war or phase, told for context."""
    is_part: bool = False
    """Numbers that their source calls a part of a larger one."""
    is_inferred: bool = False
    """Whether whose loss it is, or who says so, is inferred: shown, and in no total."""

    @property
    def reporters(self) -> tuple[Party, ...]:
        """Who reports; empty where no reporter is named."""
        return self.key.reporters

    @property
    def side(self) -> tuple[Party, ...]:
        """Whose loss it is."""
        return self.key.side

    @property
    def line(self) -> Line:
        """Who counts: the side itself, its enemy, or anybody else."""
        return self.key.line

    @property
    def category(self) -> Category:
        """Military, civilian and so on."""
        return self.key.category

    @property
    def subgroup(self) -> str | None:
        """Children, women, press and so on."""
        return self.key.subgroup

    @property
    def outcome(self) -> Outcome:
        """Killed, wounded and so on."""
        return self.key.outcome

    def standing(self, *measures: Measure) -> tuple[Point, ...]:
        """Return the reported points that stand, of some measures or of all."""
        return tuple(
            point
            for point in self.points
            if point.standing == "stands"
            and point.derivation is None
            and (not measures or point.measure in measures)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """One source's number inside a range."""

    reporters: tuple[Party, ...]
    line: Line
    count: Count
    day: date | None
    figure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRange:
    """What several sources say of one thing: each number, and the range over those that may be joined."""

    label: str
    """``killed of Kestria, military`` or the incident's day and place."""
    outcome: Outcome
    day: date | None
    count: Count
    """Lowest low to highest high. An enemy's number is listed and not joined, unless there is no other."""
    best: int | None
    basis: str
    """Why that number is best: the side's own latest report, most sources, or the lowest."""
    sources: tuple[SourceCount, ...]
    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldRow:
    """A stretch of days in which a party gives no figure."""

    owners: tuple[Party, ...]
    category: Category | None
    start: date | None
    """First report that it gives none."""
    end: date | None
    """First day of an own figure; None while it is kept back. Nothing before it is filled in."""
    ids: tuple[str, ...]
    words: str = ""

    def __str__(self) -> str:
        owner = " & ".join(party.root for party in self.owners) or "nobody named"
        return f"{owner}{f' {self.category}' if self.category else ''} (not disclosed)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFinding:
    """Something that the figures show by a numbered rule, with the figures it rests on."""

    rule: str
    """``C1`` to ``C8``, or ``R10``, ``R12``, ``R13``, ``R18``."""
    turn: Turn
    words: str
    day: date | None = None
    amount: int | None = None
    """Persons, signed: what is over (positive) or missing (negative)."""
    figure_ids: tuple[str, ...] = ()
    key: SeriesKey | None = None

    def __str__(self) -> str:
        day = "" if self.day is None else f"{self.day.isoformat()} "
        return f"{day}{self.rule} {self.turn}: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLine:
    """The sum of the latest figures of all sides, with what it leaves out."""

    outcome: Outcome
    count: Count
    parts: tuple[int, ...]
    """The numbers summed, largest first."""
    claim_ids: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    excludes: tuple[str, ...]
    """What is not in it, in words: "Azerbaijan military (not disclosed)"."""
    part_words: tuple[str, ...] = ()
    """The numbers summed as their sources have them: "more than 1,500"."""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day of the numbers summed, where any has one."""
        if self.first_day is None or self.last_day is None:
            return None
        return date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)

    def __str__(self) -> str:
        number = str(self.count)
        words = self.part_words or [f"{part:,}" for part in self.parts]
        sum_of = f" ({' + '.join(words)})" if len(words) > 1 else ""
        days = (
            ""
            if self.first_day is None
            else f", {self.first_day}"
            if self.first_day == self.last_day
            else f", {self.first_day} to {self.last_day}"
        )
        left_out = f"; excludes {', '.join(self.excludes)}" if self.excludes else ""
        return f"{number}{sum_of}{days}{left_out}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All series as known on one day, and what follows from them."""

    series: tuple[Series, ...]
    totals: tuple[TotalLine, ...]
    ranges: tuple[SourceRange, ...] = ()
    withheld: tuple[WithheldRow, ...] = ()
    findings: tuple[AccountFinding, ...] = ()
    known_on: date | None = None
    """Figures first public after this day are left out; None for all that is known."""
