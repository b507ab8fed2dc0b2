"""Items: one page, text or row of an archive, as it stands there."""

from dataclasses import dataclass
from datetime import date

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveItem:
    """One document of an archive, not yet looked at."""

    name: str
    """What it is called: its address, else its file and row."""
    data: bytes = b""
    """A page's or a file's bytes; empty where ``text`` is given."""
    text: str | None = None
    """Plain text, where the archive holds that."""
    media_type: str = ""
    charset: str | None = None
    published: date | None = None
    crawled: date | None = None
    """When it was fetched: never taken for the day of publication."""
    outlet: str | None = None
    title: str | None = None
    error: str | None = None
    """Why there is nothing to look at."""
