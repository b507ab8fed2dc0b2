"""Positions: who demands, offers, refuses or backs what."""

from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.claim import Position, PositionAct
from counterclaim.records.query import ClaimQuery
from counterclaim.serve.parties import ask_for_party, suggested_parties
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import (
    ROWS,
    AfterAsked,
    KnownAsked,
    LedgerAsked,
    ShelfAsked,
    Words,
)
from counterclaim.serve.snippets import quote_entries, unique_entries
from counterclaim.service.corrections import corrected_page

router = APIRouter()


@router.get("/positions", response_class=HTMLResponse)
def positions(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    known: KnownAsked,
    after: AfterAsked,
    *,
    party: Words = "",
) -> HTMLResponse:
    """List positions, the latest first."""
    named = ask_for_party(ledger, party)
    query = ClaimQuery(kind="position", party=named.root or named.words or None)
    page = corrected_page(ledger, query, known=known, limit=ROWS, after=after)
    return render(
        request,
        "positions.html",
        rows=[
            (entry, entry.claim.payload)
            for entry in unique_entries(page.rows)
            if isinstance(entry.claim.payload, Position)
        ],
        acts=get_args(PositionAct),
        quoted=quote_entries(ledger, page.rows),
        known=known,
        party=named,
        suggested=suggested_parties(ledger, shelf, known),
        next=page.next,
        after=after,
    )
