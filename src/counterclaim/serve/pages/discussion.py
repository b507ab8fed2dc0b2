"""Discussion: what readers claim under reports, beside the ledger and never in it."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.ledger_rows import Thread
from counterclaim.records.reader_match import StretchMatch
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, KnownAsked, LedgerAsked, Words
from counterclaim.service.reader_threads import match_thread

router = APIRouter()

THREADS = 10
ACTS = (
    "checkable",
    "prediction",
    "question",
    "proposal",
    "opinion",
    "reply",
    "insult",
    "off_topic",
)
"""What comments do, as people ask for it."""


@router.get("/discussion", response_class=HTMLResponse)
def discussion(
    request: Request, ledger: LedgerAsked, known: KnownAsked, after: AfterAsked, act: Words = ""
) -> HTMLResponse:
    """Show readers' comments by report, all or those that do one thing, beside the rows that speak of the same."""
    page = ledger.threads(known=known, limit=THREADS, after=after)
    return render(
        request,
        "discussion.html",
        threads=[
            (thread.document, rows)
            for thread in page.rows
            if (rows := lines(thread, act, match_thread(ledger, thread, known=known)))
        ],
        acts=ACTS,
        act=act,
        known=known,
        next=page.next,
        after=after,
    )


def lines(
    thread: Thread, act: str, beside: Mapping[int, Sequence[StretchMatch]]
) -> list[dict[str, object]]:
    """Return the comments of one thread that do one thing, with the rows beside what of them can be checked."""
    text = thread.document.text
    return [
        {
            "number": number,
            "words": text[comment.span.start : comment.span.end],
            "types": comment.types,
            "checkable": beside.get(number - 1, ()),
            "reply_to": comment.reply_to,
            "span": comment.span,
        }
        for number, comment in enumerate(thread.comments, 1)
        if not act or act in comment.types
    ]
