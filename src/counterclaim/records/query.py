"""Queries: what a view of the ledger is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Clock = Literal["published", "recorded"]
"""By which day something counts as known: the day its report was published (the day it was added, where
nobody said), or the day this ledger recorded it."""

SearchOrder = Literal["newest", "best"]


@dataclass(frozen=True, slots=True)
class Known:
    """Which knowledge a view shows: all of it, or what was known at the end of a day (UTC)."""

    day: date | None = None
    clock: Clock = "published"


EVERYTHING = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQuery:
    """Which claims. Every field narrows; None does not."""

    kind: str | None = None
    """event, casualty, ceasefire, position or withheld."""
    stance: str | None = None
    party: str | None = None
    """Root of a party that has any role in the claim, speaker included."""
    speaker: str | None = None
    """Root of a party that says it."""
    document_id: str | None = None
    first_day: date | None = None
    """Known on this day or later."""
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuery:
    """Which casualty figures. Every field narrows; None does not."""

    side: str | None = None
    """Roots of whose loss it is, joined by `` & ``."""
    outcome: str | None = None
    category: str | None = None
    measure: str | None = None
    relation: str | None = None
    reporter: str | None = None
    """Roots of who reports, joined by `` & ``; the empty string for the report's own voice."""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentQuery:
    """Which incidents. Every field narrows; None does not."""

    kind: str | None = None
    party: str | None = None
    """Root of a party with any role in one of its claims."""
    status: str | None = None
    """A status that at least one of its slots has."""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemQuery:
    """Which problems. Every field narrows; None does not."""

    code: str | None = None
    of_sources: bool = False
    """Only sources that could not be read, and have not been read since."""
    source: str | None = None
    """Words that the source's name, the report's title or its outlet holds, in any case."""
