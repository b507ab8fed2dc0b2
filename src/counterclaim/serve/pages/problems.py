"""Problems: what could not be read, and why."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.query import ProblemQuery
from counterclaim.serve.asking import ROWS, AfterAsked, KnownAsked, LedgerAsked, ShelfAsked, Words
from counterclaim.serve.rendering import render

router = APIRouter()

OF = {"sources": "sources not read yet"}


@router.get("/problems", response_class=HTMLResponse)
def problems(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    after: AfterAsked,
    *,
    of: Words = "",
    code: Words = "",
    source: Words = "",
) -> HTMLResponse:
    """List problems, the latest first: of readings, and of sources that could not be read."""
    query = ProblemQuery(code=code or None, of_sources=of == "sources", source=source or None)
    page = ledger.problem_page(query, known=known, limit=ROWS, after=after)
    codes = shelf.get(
        ("problems", ledger.last_posting(), known), lambda: ledger.problem_codes(known=known)
    )
    return render(
        request,
        "problems.html",
        rows=page.rows,
        next=page.next,
        after=after,
        codes=[(name, f"{name} ({number:,})") for name, number in codes.items()],
        kinds=OF.items(),
        of=of,
        code=code,
        source=source,
        is_narrowed=bool(of or code or source),
        known=known,
    )
