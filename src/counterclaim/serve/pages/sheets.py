"""Sheets: an incident or an account as a page to print, written by a room above this one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, cast

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.ledger import Ledger
from counterclaim.records.query import Known
from counterclaim.serve.request_params import KnownAsked, LedgerAsked

router = APIRouter(prefix="/sheets")

STYLE = "/sheets/sheet.css"


class WriteSheet(Protocol):
    """Writes a sheet."""

    def __call__(
        self,
        ledger: Ledger,
        row: str,
        *,
        known: Known,
        site: str,
        made_at: datetime,
        stylesheet: str,
    ) -> str:
        """Return the page of an incident or an account; raise an error where there is none."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """How sheets are written, and their style sheet."""

    write: WriteSheet
    style: Callable[[], str]


def _sheets(request: Request) -> Sheets:
    found = cast("Sheets | None", request.app.state.sheets)
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/sheet.css")
def stylesheet(request: Request) -> Response:
    """Return the style of sheets, on the screen and in print."""
    return Response(_sheets(request).style(), media_type="text/css")


@router.get("/{row}", response_class=HTMLResponse)
def sheet(request: Request, ledger: LedgerAsked, known: KnownAsked, row: str) -> HTMLResponse:
    """Show an incident or an account as it is printed: with its lasting address, the day and the ledger's seal."""
    write = _sheets(request).write
    site, now = str(request.base_url), datetime.now(UTC)
    return HTMLResponse(write(ledger, row, known=known, site=site, made_at=now, stylesheet=STYLE))
