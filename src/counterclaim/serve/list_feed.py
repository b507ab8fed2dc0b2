"""List feeds: a narrowed list as Atom, so that whoever saves its address is told of what is new in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from xml.sax.saxutils import quoteattr

from fastapi import Request
from fastapi.responses import Response

from counterclaim.alerts.messages import xml_words

MOST = 50
"""Entries of a feed, the latest filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """One row of a list."""

    id: str
    """Changes when the row does: a reader of feeds then shows it again."""
    path: str
    title: str
    summary: str
    day: date


def list_feed(request: Request, title: str, entries: Iterable[FeedRow]) -> Response:
    """Write rows of a list as an Atom feed whose own address is the one that was asked for."""
    site = f"{request.url.scheme}://{request.url.netloc}"
    rows = list(entries)
    latest = max((row.day for row in rows), default=datetime.now(UTC).date())
    written = "".join(_entry(row, site) for row in rows)
    words = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{xml_words(title)}</title><id>{xml_words(str(request.url))}</id>"
        f'<link rel="self" href={quoteattr(str(request.url))}/>'
        f"<updated>{_instant(latest)}</updated><author><name>Counterclaim</name></author>{written}</feed>\n"
    )
    return Response(words, media_type="application/atom+xml")


def _entry(row: FeedRow, site: str) -> str:
    return (
        f"<entry><title>{xml_words(row.title)}</title><id>urn:counterclaim:{xml_words(row.id)}</id>"
        f"<updated>{_instant(row.day)}</updated><link href={quoteattr(site + row.path)}/>"
        f"<summary>{xml_words(row.summary)}</summary></entry>"
    )


def _instant(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat()
