"""List facts: one light row for each incident and each saying, for lists that are narrowed and counted."""

from dataclasses import dataclass
from datetime import date

from counterclaim.records.attribution import Attribution
from counterclaim.records.finding import Finding
from counterclaim.records.ledger_rows import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """What a list narrows incidents by. Days are ISO words, as the tables keep them."""

    state: int
    """Number of its present state."""
    id: str
    kind: str
    is_open: bool
    first_day: str | None
    last_day: str | None
    known_on: str
    claims: int
    documents: int
    parties: tuple[str, ...]
    """Roots."""
    statuses: tuple[str, ...]
    """Of all its slots, each once."""
    places: tuple[str, ...]
    outlets: tuple[str, ...]
    both_spoke: bool
    """Whether the side that did it and the other side both have a voice that counts."""
    two_origins: bool
    """Whether two origins or more affirm one slot."""
    projects: tuple[str, ...] = ()
    """Ids of the projects of which its claims are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Who did what by saying something, of or to whom: one attribution in short."""

    number: int
    id: str
    document: int
    reading: int
    stance: str
    speakers: tuple[str, ...]
    """Roots."""
    units: tuple[str, ...]
    """Organs and persons among them."""
    targets: tuple[str, ...]
    """Roots of who is accused, asked or threatened."""
    outlet: str
    known_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFact:
    """A saying with its words, and where it stands."""

    attribution: Attribution
    document_id: str
    outlet: str
    known_on: date
    is_dated: bool
    """Whether the report has a day; without one ``known_on`` is the day it was added."""
    incident_id: str | None = None
    """The incident on which it bears, where it became no claim of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What an incident's title is made of."""

    state: int
    entries: tuple[Entry, ...]
    """Its claims, in the order in which they were published; without attribution and incident."""
    findings: tuple[Finding, ...]
