"""Citing: an incident, a claim or an account of losses as a citation, with its lasting address and today's day."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from counterclaim.exchange.cited import citation_of
from counterclaim.exchange.citing import write_citation
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter(prefix="/cite")

Form = Literal["txt", "bib", "json"]

FORMS: dict[Form, tuple[str, str]] = {
    "txt": ("text", "text/plain"),
    "bib": ("bibtex", "text/plain"),  # so that a browser shows it
    "json": ("csl", "application/json"),
}
"""Endings of addresses: each with the style of citation and its media type."""


@router.get("/{row}.{form}")
def cite(request: Request, ledger: LedgerAsked, row: str, form: Form) -> Response:
    """Return the citation of a row as it stands now: words, BibTeX or CSL-JSON."""
    style, media_type = FORMS[form]
    site = str(request.base_url).rstrip("/")
    cited = citation_of(ledger, row, datetime.now(UTC).date(), site)
    return Response(write_citation(cited, style), media_type=media_type)
