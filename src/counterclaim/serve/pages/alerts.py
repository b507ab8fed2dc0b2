"""Alerts: each rule's matters as an Atom feed, as the outbox keeps them."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from counterclaim.alerts.messages import atom_of
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter(prefix="/alerts")


@router.get("/{rule}.atom")
def feed(request: Request, ledger: LedgerAsked, rule: str) -> Response:
    """Return what a rule found, the latest first; a rule that found nothing yet has an empty feed."""
    rows = ledger.outbox.listed(rule=rule, states=("kept",))
    site = f"{request.url.scheme}://{request.url.netloc}"
    words = atom_of(f"Counterclaim: {rule}", rule, rows, site, datetime.now(UTC))
    return Response(words, media_type="application/atom+xml")
