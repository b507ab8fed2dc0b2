"""Figures: numbers of a casualty account, from a text's claim or a table's cell, in one form."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counterclaim.records.claim import Category, Measure, Outcome
from counterclaim.records.count import Count
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time

Line = Literal["self", "enemy", "third"]
"""Who counts: the side itself, its enemy, or anybody else. The three are never mixed (R1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesKey:
    """What makes figures comparable: one reporter, one kind of loss of one side, one start.

    Source: docs/casualties.md, key K.
    """

    reporters: tuple[Party, ...] = ()
    """Who reports; empty where nobody is named."""
    side: tuple[Party, ...] = ()
    """Whose loss it is."""
    line: Line = "third"
    category: Category = "unknown"
    subgroup: str | None = None
    outcome: Outcome = "killed"
    scope: str | None = None
    """Where the dead were counted: a gazetteer id or a name; None for the whole conflict."""
    epoch: date | None = None
    """First day counted by a running total; None for the start of the conflict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number as one source gave it.

    Days are whole days, inclusive. ``id`` is a claim's id or a cell's name (``file.csv:12:killed``).
    """

    id: str
    key: SeriesKey
    measure: Measure
    count: Count
    day: date | None = None
    """Last day counted: the as-of day of a total, the end of a new figure's period."""
    start: date | None = None
    """First day of a new or incident figure's period. One day after ``day`` for a period of no length,
    as when a table repeats yesterday's row for a day without a report."""
    dated: bool = True
    """False where nobody told the day, and that of publication stands for it."""
    time: Time | None = None
    """The day as the words have it."""
    known: date | None = None
    """First day the number was public; None where nobody knows: it then counts as always known."""
    source: str = ""
    """Document id or file name that carries it."""
    order: int = 0
    """Where it stands in its source: a character or a row."""
    place: Place | None = None
    incident: str | None = None
    """Id of the incident that it counts, where one is known."""
    part_of: str | None = None
    """Id of the larger figure that it divides."""
    includes: tuple[str, ...] = ()
    """Ids of figures that it holds already."""
    supersedes: str | None = None
    """Id of the figure that its source says it replaces."""
    reclassified_from: str | None = None
    """Id of the figure from which these persons moved: missing, later found dead."""
    background: bool = False
    """Losses of an earlier war or phase, told for context: in no total."""
    inferred: bool = False
    """Whether whose loss it is, or who says so, is inferred: it is shown, and in no total."""
    parties: tuple[str, ...] | None = None
    """Roots of the parties to the war that it is a loss of, as its source tells them; the side alone where
    it is none of them. None where the source says nothing of parties, as a table: it is then of one war."""
    derived: bool = False
    """True for a number that a compiler computed and nobody reported."""
    flags: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """One report that a party gives no figure."""

    id: str
    owners: tuple[Party, ...]
    category: Category | None = None
    """None where the words do not say whose losses are kept back."""
    known: date | None = None
    words: str = ""
