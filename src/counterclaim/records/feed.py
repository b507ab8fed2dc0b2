"""Feeds: what is watched, and what must be remembered of it to ask politely."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed to watch."""

    address: str
    outlet: str | None = None
    every_minutes: int = 30
    """How often to ask when all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed."""

    address: str
    etag: str | None = None
    modified: str | None = None
    polled_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    """Failures in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One report that a feed announces."""

    address: str
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of asking for a feed."""

    state: FeedState
    entries: tuple[FeedEntry, ...] = ()
    error: str | None = None
