"""Search: claims by the words of their sentences."""

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.ledger_rows import Entry, Hit, Page
from counterclaim.records.query import SearchOrder
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import (
    ROWS,
    AfterAsked,
    AskingError,
    KnownAsked,
    LedgerAsked,
    Words,
)
from counterclaim.service.corrections import as_corrected

router = APIRouter()

ORDERS = {"newest": "latest first", "best": "best fit first"}


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    after: AfterAsked,
    q: Words = "",
    order: Words = "newest",
) -> HTMLResponse:
    """Return the claims whose sentence has the words."""
    if order not in ORDERS:
        msg = f"order {order[:40]!r} is unknown: choose one of {', '.join(ORDERS)}"
        raise AskingError(msg)
    page: Page[Hit] = Page(())
    if q.strip():
        page = ledger.search(
            q, known=known, order=cast("SearchOrder", order), limit=ROWS, after=after
        )
    return render(
        request,
        "search.html",
        groups=by_sentence(page.rows),
        next=page.next,
        q=q,
        order=order,
        orders=ORDERS,
        known=known,
        after=after,
    )


def by_sentence(hits: Sequence[Hit]) -> list[tuple[Hit, list[Entry]]]:
    """Return each sentence once, with its claims, where they follow each other."""
    return [
        (rows[0], [as_corrected(hit.entry) for hit in rows])
        for _, group in groupby(hits, lambda hit: (hit.entry.claim.document_id, hit.words))
        if (rows := list(group))
    ]
