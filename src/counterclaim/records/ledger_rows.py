"""Ledger rows: what views of the ledger give. Each says where it stands and when it was known."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from counterclaim.records.account import Account
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.judgement import Judgement
from counterclaim.records.party import Party
from counterclaim.records.place import PlaceWording
from counterclaim.records.problem import Problem
from counterclaim.records.text import Comment, Division, Document

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a view, and where the next begin."""

    rows: tuple[Row, ...]
    next: str | None = None
    """Pass it as ``after`` for the next page; None at the end."""


def every_row(ask: Callable[[str | None], Page[Row]]) -> Iterator[Row]:
    """Yield the rows of all pages of a view, asking for a page when its rows are wanted.

    Args:
        ask: Gives the page that begins after a cursor; None is the first.
    """
    after: str | None = None
    while True:
        page = ask(after)
        yield from page.rows
        after = page.next
        if after is None:
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCard:
    """A document in a list."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    published: date | None
    recorded_at: datetime
    """UTC."""
    claims: int
    """Claims of its latest reading."""
    readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What one reading was made of and with."""

    author: str | None
    signature: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One place where a document's text was met."""

    name: str
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    recorded_at: datetime
    revises: str | None = None
    """Id of the document that stood at the same address before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledJudgement:
    """A judgement as kept."""

    judgement: Judgement
    recorded_at: datetime
    taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim as filed: with its document, its reading and when it was known."""

    claim: Claim
    """As read; as people corrected it, where ``desk`` says so."""
    attribution: Attribution | None
    """Whose words it is; None in the report's own voice."""
    document_title: str | None
    document_name: str
    outlet: str | None
    published: date | None
    known_on: date
    """The day the report was published; the day it was added, where nobody said."""
    recorded_at: datetime
    """UTC."""
    reading_id: str
    incident_id: str | None = None
    judged: tuple[FiledJudgement, ...] = ()
    """What people decided about it and have not taken back, oldest first."""
    as_read: Claim | None = None
    """The claim as read, where ``claim`` was corrected."""

    @property
    def name(self) -> str:
        """The report's file or address."""
        return self.document_name

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided about it, oldest first."""
        return tuple(item.judgement for item in self.judged)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledFigure:
    """One casualty figure as filed: flat, for series and tables."""

    claim_id: str
    document_id: str
    outlet: str | None
    reporters: str
    """Roots joined by `` & ``; empty in the report's own voice."""
    side: str
    """Roots joined by `` & ``; empty where nobody is named."""
    relation: str
    outcome: str
    category: str
    subgroup: str | None
    measure: str
    low: int | None
    high: int | None
    qualifier: str
    first_day: date | None
    """First day of the period, where one is set."""
    last_day: date | None
    """Last day of the period, or the day up to which it counts."""
    place: str | None
    background: bool
    is_part: bool
    """Whether it divides a larger number."""
    quote: str
    known_on: date
    recorded_at: datetime
    corrections: tuple[str, ...] = ()
    """What people changed about it, in words; the columns are then as corrected. Empty where nothing was."""
    left_out: bool = False
    """Whether people left it out: it enters no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotStatus:
    """One slot of an incident, in short."""

    slot: str
    status: str
    proposition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """An incident in a list."""

    id: str
    """Stays the same while claims join it."""
    kind: str
    label: str
    first_day: date | None
    last_day: date | None
    parties: tuple[str, ...]
    claims: int
    documents: int
    slots: tuple[SlotStatus, ...]
    recorded_at: datetime
    """When its present state was recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """One incident with all that bears on it."""

    card: IncidentCard
    incident: Incident
    entries: tuple[Entry, ...]
    attributions: tuple[Attribution, ...]
    """Those without a coded claim that bear on it."""
    findings: tuple[Finding, ...]
    """As recorded with the state shown; under the ``published`` clock they are left to the desk, which
    computes them from ``entries``."""
    judgements: tuple[Judgement, ...]
    beside: tuple[Entry, ...] = ()
    """Claims of other incidents that have a voice in it: wider denials."""
    sides: Mapping[str, tuple[Party, ...]] = field(default_factory=dict)
    """The parties to the conflict that each of its reports is about, by document id."""
    merged_into: str | None = None
    """Id of the incident that holds its claims now."""


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One reading as filed: the document as it was read, and all that was read from it."""

    id: str
    document: Document
    division: Division
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    comments: tuple[Comment, ...]
    sides: tuple[Party, ...]
    wordings: tuple[PlaceWording, ...]
    """Where the report says whose land a place is; none of reports read before they were kept."""
    account: Account
    problems: tuple[Problem, ...]
    signature: Mapping[str, str]
    recorded_at: datetime
    sightings: tuple[Sighting, ...]
    reading_ids: tuple[str, ...]
    """All readings of the document, oldest first."""
    judgements: tuple[Judgement, ...] = ()
    reader_claims: tuple[Claim, ...] = ()
    """What readers say under it: no rows; none of reports read before they were kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCount:
    """A party in a list, and how many rows name it."""

    root: str
    said: int
    """Rows in which it speaks."""
    named: int
    """Rows that name it in any role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The reader discussion under one report."""

    document: Document
    comments: tuple[Comment, ...]
    reader_claims: tuple[Claim, ...] = ()
    """What the comments say, never filed as claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One claim found by its words."""

    entry: Entry
    words: str
    """The sentence that holds it."""


ChangeKind = Literal[
    "document",
    "figure",
    "denial",
    "admission",
    "ceasefire",
    "incident",
    "status",
    "merged",
    "judgement",
    "revision",
    "withdrawal",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that the ledger holds now and did not before."""

    kind: ChangeKind
    recorded_at: datetime
    subject: str
    """Id of the row it is about."""
    what: str
    """In words."""
    before: str | None = None
    after: str | None = None
    document_id: str | None = None
    incident_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledProblem:
    """A problem as kept: of a source that could not be read, or of a reading."""

    source: str
    problem: Problem
    document_id: str | None
    recorded_at: datetime
    title: str | None = None
    """Of the report, for a problem of a reading."""
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """How much the ledger holds."""

    schema: str
    database: str
    """``sqlite`` or ``postgresql``."""
    counts: Mapping[str, int]
    """Rows by table."""
    claims_by_kind: Mapping[str, int]
    """Of the latest readings."""
    first_recorded: datetime | None
    last_recorded: datetime | None
    seal: str | None
    """The latest posting's seal: write it down elsewhere, and ``ledger verify --expect`` proves it."""
    bytes: int | None
    """Size on disk."""


FaultKind = Literal[
    "broken-chain",
    "changed-rows",
    "changed-text",
    "wrong-quote",
    "span-outside",
    "wrong-columns",
    "unreadable",
    "lost-index",
    "dangling",
    "seal-not-found",
    "database",
    "changed-schema",
    "odd-value",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that ``ledger verify`` found wrong."""

    kind: FaultKind
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.what}"
