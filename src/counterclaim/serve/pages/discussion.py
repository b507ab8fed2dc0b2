"""Discussion: what readers claim under reports, beside the ledger and never in it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.ledger_rows import Thread
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, KnownAsked, LedgerAsked, Words

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
    """Show readers' comments by report: all, or those that do one thing."""
    page = ledger.threads(known=known, limit=THREADS, after=after)
    return render(
        request,
        "discussion.html",
        threads=[(thread.document, rows) for thread in page.rows if (rows := lines(thread, act))],
        acts=ACTS,
        act=act,
        known=known,
        next=page.next,
        after=after,
    )


def lines(thread: Thread, act: str) -> list[dict[str, object]]:
    """Return the comments of one thread that do one thing, with what of them can be checked."""
    text = thread.document.text
    return [
        {
            "number": number,
            "words": text[comment.span.start : comment.span.end],
            "types": comment.types,
            "checkable": [
                " ".join(text[span.start : span.end].split()) for span in comment.checkable
            ],
            "reply_to": comment.reply_to,
            "span": comment.span,
        }
        for number, comment in enumerate(thread.comments, 1)
        if not act or act in comment.types
    ]
