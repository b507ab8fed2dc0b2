"""Today: what moved since the last visit or a day, in numbers first."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.query import Known
from counterclaim.serve.pages.start import first_steps, is_empty
from counterclaim.serve.people import current_person
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked, ProjectAsked, ShelfAsked, Words, read_day
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.incident_list import Brief, IncidentAsk, catalogue_of
from counterclaim.service.tellings import Telling, tellings_of
from counterclaim.service.today import MOST, tell_today

router = APIRouter()

RECENT = timedelta(days=7)
"""How far back the first visit looks."""

PAUSE = timedelta(minutes=30)
"""Without a page of Today for so long, the next one begins another visit."""

SHOWN = 6
"""Lines of a kind that stand open; the rest is folded."""

MOST_OPEN = 12
VISIT_DAYS = 400


@router.get("/", response_class=HTMLResponse)
def today(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    project: ProjectAsked,
    since: Words = "",
) -> HTMLResponse:
    """Show what moved: tolls, denials, admissions, ceasefires, contradictions, reports; while nothing is there, first steps."""
    if is_empty(ledger):
        return first_steps(request, is_empty=True)
    now = datetime.now(UTC)
    name = _cookie_name(current_person(request).name or "")
    seen, visit = read_visit(request.cookies.get(name, ""), now)
    day = read_day("since", since)
    start = _start(day) if day is not None else visit or now - RECENT
    told = shelf.get(
        ("today", ledger.last_posting(), ledger.posting_at(start), project),
        lambda: tell_today(ledger, start, project=project),
    )
    open_, words = shelf.get(
        ("open", ledger.last_posting(), project), lambda: _open(ledger, Known(project=project))
    )
    entries = [item for toll in told.tolls for item in (toll.entry, toll.before) if item]
    page = render(
        request,
        "today.html",
        today=told,
        start=start,
        day=day or start.date(),
        is_visit=day is None and visit is not None,
        choices=[
            (words, (now - timedelta(days=number)).date())
            for words, number in (("since yesterday", 1), ("7 days", 7), ("30 days", 30))
        ],
        quoted=quote_entries(ledger, entries),
        open_=open_,
        words=words | dict(told.words),
        shown=SHOWN,
        most=MOST,
    )
    page.set_cookie(
        name,
        write_visit(seen, visit),
        max_age=VISIT_DAYS * 86_400,
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.https,
    )
    return page


def _open(
    ledger: LedgerAsked, known: Known
) -> tuple[list[tuple[str, Brief]], dict[str, tuple[Telling, ...]]]:
    """Return what is contested or denied now, whatever moved, the latest changed first, and its words."""
    catalogue = catalogue_of(ledger)
    ids = [
        item.id
        for status in ("contested", "denied")
        for item in catalogue.find(
            IncidentAsk(status=status, single=True), known=known, limit=MOST_OPEN, is_counted=False
        ).facts
    ]
    unique = list(dict.fromkeys(ids))
    return list(catalogue.briefs(unique).items()), dict(tellings_of(ledger, unique))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _cookie_name(person: str) -> str:
    """Name the cookie that remembers a person's last visit: one for each account of a browser."""
    return f"visit-{hashlib.sha256(person.encode()).hexdigest()[:8]}"


def read_visit(words: str, now: datetime) -> tuple[datetime, datetime | None]:
    """Read when Today was last looked at, and when the visit before this one ended.

    Args:
        words: As ``write_visit`` wrote them; anything else counts as a first visit.
        now: The clock, UTC.

    Returns:
        Now, and the end of the visit before; None for a first visit.
    """
    seen, _, before = words.partition("/")
    last, ended = _instant(seen, now), _instant(before, now)
    if last is None:
        return now, None
    return now, last if now - last > PAUSE else ended


def write_visit(seen: datetime, ended: datetime | None) -> str:
    """Write a visit: when it was last seen alive, and when the one before it ended."""
    return f"{int(seen.timestamp())}/{int(ended.timestamp()) if ended else ''}"


def _instant(words: str, now: datetime) -> datetime | None:
    if not (words.isascii() and words.isdecimal() and len(words) <= 11):
        return None
    found = datetime.fromtimestamp(int(words), UTC)
    return found if found <= now else None
