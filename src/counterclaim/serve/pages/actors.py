"""Actors: who is named, what they say, and what they are said to have done or lost."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.ledger.parties import MOST_COUNTED
from counterclaim.records.query import ClaimQuery, IncidentQuery
from counterclaim.serve.parties import ask_for_party, suggested_parties
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import KnownAsked, LedgerAsked, ShelfAsked, Words
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.corrections import corrected_page
from counterclaim.service.incident_list import catalogue_of

router = APIRouter(prefix="/actors")

ACTORS = 60
MOST = 20


@router.get("", response_class=HTMLResponse)
def actors(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    known: KnownAsked,
    *,
    beginning: Words = "",
    after: Words = "",
) -> HTMLResponse:
    """List actors by name."""
    page = ledger.parties(beginning=beginning, known=known, limit=ACTORS, after=after or None)
    return render(
        request,
        "actors.html",
        rows=page.rows,
        next=page.next,
        after=after,
        beginning=beginning,
        named=ask_for_party(ledger, beginning),
        suggested=suggested_parties(ledger, shelf, known),
        most=MOST_COUNTED,
    )


@router.get("/{root:path}", response_class=HTMLResponse)
def actor(request: Request, ledger: LedgerAsked, known: KnownAsked, root: str) -> HTMLResponse:
    """Show one actor: its latest words, the incidents that name it, its losses as told."""
    cards = ledger.incidents(IncidentQuery(party=root), known=known, limit=MOST).rows
    said = corrected_page(ledger, ClaimQuery(speaker=root), known=known, limit=MOST).rows
    return render(
        request,
        "actor.html",
        root=root,
        said=said,
        quoted=quote_entries(ledger, said),
        incidents=cards,
        briefs=catalogue_of(ledger).briefs([card.id for card in cards], known=known),
        known=known,
    )
