"""Claims: one address for each, which leads to its words."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from counterclaim.serve.rendering import source_link
from counterclaim.serve.request_params import KnownAsked, LedgerAsked

router = APIRouter()


@router.get("/claims/{claim_id}")
def claim(ledger: LedgerAsked, known: KnownAsked, claim_id: str) -> RedirectResponse:
    """Lead to the words that a claim stands on."""
    entry = ledger.claim(claim_id, known=known)
    return RedirectResponse(source_link(entry.claim.document_id, entry.claim.span), 303)
