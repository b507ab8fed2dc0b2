"""Queries: what a view of the ledger is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from counterclaim.errors import CounterclaimError
from counterclaim.records.attribution import STANCES
from counterclaim.records.claim import Category, Measure, Outcome, Payload, Relation
from counterclaim.records.finding import Status

Clock = Literal["published", "recorded"]
"""By which day something counts as known: the day its report was published (the day it was added, where
nobody said), or the day this ledger recorded it."""

SearchOrder = Literal["newest", "best"]


KINDS: tuple[str, ...] = tuple(kind.kind for kind in get_args(Payload))


class UnknownValueError(CounterclaimError):
    """A query asks for a value that no row can have."""

    def __init__(self, name: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f"{name} {value[:40]!r} is unknown: choose one of {', '.join(known)}")


def _check(name: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise UnknownValueError(name, value, known)


@dataclass(frozen=True, slots=True)
class Known:
    """Which knowledge a view shows: all of it, or what was known at the end of a day (UTC)."""

    day: date | None = None
    clock: Clock = "published"
    project: str | None = None
    """Id of the project whose reports and claims alone are listed and counted; None for those of all."""

    @property
    def of_all(self) -> "Known":
        """Return the same knowledge of all projects: what is asked for by its id is shown whole."""
        return self if self.project is None else replace(self, project=None)


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

    def __post_init__(self) -> None:
        _check("kind", self.kind, KINDS)
        _check("stance", self.stance, STANCES)


DocumentOrder = Literal["added", "published", "oldest", "claims"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuery:
    """Which reports, and in which order. Every field narrows; an empty one does not."""

    words: str = ""
    """In its title or address, in any case."""
    outlet: str = ""
    first_day: date | None = None
    """Published on this day or later; a report without a day is then left out."""
    last_day: date | None = None
    order: DocumentOrder = "added"
    """The latest added, the latest or earliest published, or those with most claims first."""

    def __post_init__(self) -> None:
        _check("order", self.order, get_args(DocumentOrder))


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

    def __post_init__(self) -> None:
        _check("outcome", self.outcome, get_args(Outcome))
        _check("category", self.category, get_args(Category))
        _check("measure", self.measure, get_args(Measure))
        _check("relation", self.relation, get_args(Relation))


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

    def __post_init__(self) -> None:
        _check("kind", self.kind, KINDS)
        _check("status", self.status, get_args(Status))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemQuery:
    """Which problems. Every field narrows; None does not."""

    code: str | None = None
    of_sources: bool = False
    """Only sources that could not be read, and have not been read since."""
    source: str | None = None
    """Words that the source's name, the report's title or its outlet holds, in any case."""
