"""Problems: what could not be read, and why."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.serve.asking import KnownAsked, LedgerAsked, Words
from counterclaim.serve.rendering import render

router = APIRouter()

MOST = 200


@router.get("/problems", response_class=HTMLResponse)
def problems(
    request: Request, ledger: LedgerAsked, known: KnownAsked, of: Words = "", code: Words = ""
) -> HTMLResponse:
    """List problems, the latest first: of readings, and of sources that could not be read."""
    found = ledger.problems(of_sources=of == "sources", known=known, limit=MOST)
    return render(
        request,
        "problems.html",
        rows=[item for item in found if not code or item.problem.code == code],
        codes=Counter(item.problem.code for item in found).most_common(),
        of=of,
        code=code,
        known=known,
        is_full=len(found) == MOST,
        most=MOST,
    )
