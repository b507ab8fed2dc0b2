"""Timeline: what one party said, and what was said with it named, day by day."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.desk.corrections import corrected_page
from counterclaim.records.filed import Entry
from counterclaim.records.query import ClaimQuery
from counterclaim.serve.asking import AfterAsked, KnownAsked, LedgerAsked, Words, read_day
from counterclaim.serve.rendering import KIND_WORDS, render

router = APIRouter()

ROLES = {"speaker": "what it says", "party": "wherever it is named"}
MOST = 100


@router.get("/timeline", response_class=HTMLResponse)
def timeline(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    after: AfterAsked,
    *,
    party: Words = "",
    role: Words = "",
    kind: Words = "",
    first: Words = "",
    last: Words = "",
) -> HTMLResponse:
    """Show claims by day, the latest filed first, of one party or of all."""
    speaks = role == "speaker"
    query = ClaimQuery(
        kind=kind or None,
        party=None if speaks else party or None,
        speaker=party or None if speaks else None,
        first_day=read_day("first", first),
        last_day=read_day("last", last),
    )
    page = corrected_page(ledger, query, known=known, limit=MOST, after=after)
    return render(
        request,
        "timeline.html",
        days=by_day(page.rows),
        query=query,
        party=party,
        role=role,
        roles=ROLES,
        kinds=KIND_WORDS,
        known=known,
        next=page.next,
        after=after,
    )


def by_day(entries: Sequence[Entry]) -> list[tuple[date, list[tuple[str, list[Entry]]]]]:
    """Group claims by the day on which they were known, and within it by who says them."""
    ordered = sorted(entries, key=lambda item: item.known_on, reverse=True)
    return [
        (day, _by_speaker(list(rows))) for day, rows in groupby(ordered, lambda row: row.known_on)
    ]


def _by_speaker(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        who = " & ".join(dict.fromkeys(party.root for party in entry.claim.speakers))
        found.setdefault(who, []).append(entry)
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))
