"""Rendering: records into pages. Everything is escaped unless this house wrote it."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from counterclaim.desk.corrections import is_left_out, marks_of
from counterclaim.desk.sheet import VERBS
from counterclaim.export.highlights import anchor
from counterclaim.records.filed import IncidentCard
from counterclaim.records.party import Party
from counterclaim.records.query import EVERYTHING
from counterclaim.serve.asking import CLOCKS, asked_again, link
from counterclaim.serve.people import csrf_token, current_person
from counterclaim.version import __version__

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Today"),
    ("/incidents", "Incidents"),
    ("/casualties", "Casualties"),
    ("/ceasefires", "Ceasefires"),
    ("/positions", "Positions"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/sources", "Sources"),
    ("/actors", "Actors"),
    ("/discussion", "Discussion"),
    ("/problems", "Problems"),
    ("/method", "Method"),
    ("/review", "Review"),
    ("/add", "Add"),
)
"""Pages in the order of an analyst's day: address and name."""

KIND_WORDS = {
    "event": "happening",
    "casualty": "casualties",
    "ceasefire": "ceasefire",
    "position": "position",
    "withheld": "withheld",
}
"""How a claim's kind is called on a page."""


LABEL = re.compile(r"([A-Z]{3,})(?:/([\w-]+))?\b")
"""How an incident's own label begins: ``ASSAULT/heavy-weapons``."""


def render(
    request: Request, template: str, *, status_code: int = 200, **context: Any
) -> HTMLResponse:
    """Write a page.

    Args:
        request: Whose page it is.
        template: Name of its template.
        status_code: HTTP status.
        context: What the template is told.
    """
    page = _environment().get_template(template)
    told = {
        "request": request,
        "path": request.url.path,
        "navigation": NAVIGATION,
        "person": current_person(request),
        "csrf": csrf_token(request),
        "team": request.app.state.settings.team,
        "version": __version__,
        "known": EVERYTHING,
        "clocks": CLOCKS,
        "again": lambda **changed: asked_again(request, **changed),
    }
    return HTMLResponse(page.render(told | context), status_code)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("counterclaim.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": anchor,
        "words": plain_words,
        "flat": flat,
        "names": names,
        "day": day_words,
        "instant": instant_words,
        "kind": lambda kind: KIND_WORDS.get(kind, kind),
        "verb": lambda stance: VERBS.get(stance, stance),
        "path": lambda words: quote(str(words), safe=""),
        "days": days_words,
        "heading": heading,
        "marks": marks_of,
        "left_out": is_left_out,
    }
    environment.globals |= {"link": link, "source_link": source_link}
    return environment


def source_link(document_id: str, span: Any = None, reading_id: str | None = None) -> str:
    """Give the address of words in their report."""
    address = link(f"/sources/{document_id}", reading=reading_id)
    return address if span is None else f"{address}#{anchor(span)}"


def plain_words(name: str) -> str:
    """Write a name of the records as words: ``agreed_by_both`` as ``agreed by both``."""
    return name.replace("_", " ")


def flat(words: str, limit: int = 240) -> str:
    """Write words on one line, cut where they grow too long."""
    one = " ".join(words.split())
    return one if len(one) <= limit else one[: limit - 2].rsplit(" ", 1)[0] + " …"


def names(parties: tuple[Party, ...], none: str = "") -> str:
    """Write parties in their normal form."""
    return " & ".join(map(str, parties)) or none


def heading(card: IncidentCard) -> str:
    """Name an incident in words: what is said to have occurred, or its own label."""
    told = next((slot.proposition for slot in card.slots if slot.slot == "occurred"), None)
    words = card.label if told is None else told.removesuffix(" occurred")
    label = LABEL.match(words)
    if label is not None:
        mode = f" ({label[2].replace('-', ' ')})" if label[2] else ""
        words = f"{label[1].lower()}{mode}{words[label.end() :]}"
    return words[:1].upper() + words[1:]


def day_words(day: date | None) -> str:
    """Write a day as people do: ``14 Oct 2020``."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def days_words(first: date | None, last: date | None) -> str:
    """Write one day or a stretch of days."""
    if first is None or last is None or first == last:
        return day_words(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def instant_words(at: datetime) -> str:
    """Write an instant, UTC."""
    return f"{at.day} {at:%b %Y, %H:%M} UTC"
