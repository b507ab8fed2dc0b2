"""Imports: files of other data sets, and what each refused."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter(prefix="/imports")


@router.get("", response_class=HTMLResponse)
def imports(request: Request, ledger: LedgerAsked) -> HTMLResponse:
    """List what was imported, the latest first."""
    return render(request, "imports.html", cards=ledger.imports.cards(), card=None)


@router.get("/{import_id}", response_class=HTMLResponse)
def one_import(request: Request, ledger: LedgerAsked, import_id: str) -> HTMLResponse:
    """Show what became of the rows of one import."""
    card = ledger.imports.card(import_id)
    return render(request, "imports.html", cards=(card,), card=card)
