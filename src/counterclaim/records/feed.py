"""Feeds: what is watched, and what must be remembered of it to ask politely."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

SourceKind = Literal["feed", "sitemap", "page", "folder", "mbox"]
"""RSS, Atom or JSON Feed; a sitemap; an HTML page whose links are reports; a folder; a mailbox's export."""

ADDRESS = "{address}"
"""Stands for a report's own address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed to watch."""

    address: str
    outlet: str | None = None
    every_minutes: int = 30
    """How often to ask when all is well."""
    kind: SourceKind = "feed"
    select: str | None = None
    """A pattern that a report's address must have; needed for a page of links."""
    zone: str | None = None
    """In which days of publication are meant, where a stamp has an hour: ``Europe/Kyiv``."""
    revisit: bool = True
    """Whether its reports are looked at again for a while, for what is changed in them."""
    fetch: str = ADDRESS
    """Where a report's text is had, with ``{address}`` for its own address."""
    projects: tuple[str, ...] = ()
    """Ids of the projects into which its reports are put; empty to leave it to what each speaks of."""

    @property
    def told(self) -> str:
        """Return how people are told of it: by its outlet, or its address without what may be a key in it."""
        if self.outlet is not None:
            return self.outlet
        parts = urlsplit(self.address)
        return f"{parts.hostname}{parts.path}" if parts.hostname else Path(self.address).name


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
    outlet: str | None = None
    """The publisher whom an aggregator names (``<source>``)."""
    stamp: str | None = None
    """When it was published, as its feed writes it."""
    changed: str | None = None
    """When it was changed last, as its feed writes it."""
    is_list: bool = False
    """Whether it is a further list: a sitemap under an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is remembered of one report's address."""

    address: str
    feed: str
    """Address of what announced it."""
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    changed: str | None = None
    etag: str | None = None
    modified: str | None = None
    first_at: datetime
    next_at: datetime | None
    """When to look again; None for never."""
    visits: int = 0
    """Times that its text was had."""
    failures: int = 0
    """In a row."""
    projects: Mapping[str, str] = field(default_factory=dict)
    """The projects that feeds put it into, by id, each with the first feed that did, as people are told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What came of asking for a feed."""

    state: FeedState
    entries: tuple[FeedEntry, ...] = ()
    error: str | None = None
    moved: str | None = None
    """Where it stands now, if its server says that it moved for good."""
