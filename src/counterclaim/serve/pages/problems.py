"""Problems: what could not be read, and why."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.ledger import Ledger
from counterclaim.records.ledger_rows import FiledProblem
from counterclaim.records.query import ProblemQuery
from counterclaim.serve.rendering import flat, render
from counterclaim.serve.request_params import (
    ROWS,
    AfterAsked,
    KnownAsked,
    LedgerAsked,
    ShelfAsked,
    Words,
)

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
        at=_words(ledger, page.rows),
        next=page.next,
        after=after,
        codes=[(name, f"{name.replace('-', ' ')} ({number:,})") for name, number in codes.items()],
        kinds=OF.items(),
        of=of,
        code=code,
        source=source,
        is_narrowed=bool(of or code or source),
        known=known,
    )


def _words(ledger: Ledger, rows: Sequence[FiledProblem]) -> dict[FiledProblem, str]:
    """Return the words at which problems stand, where they stand at any."""
    texts = ledger.texts([row.document_id for row in rows if row.document_id is not None])
    return {
        row: flat(texts[row.document_id][row.problem.span.start : row.problem.span.end], 60)
        for row in rows
        if row.document_id is not None and row.problem.span is not None
    }
