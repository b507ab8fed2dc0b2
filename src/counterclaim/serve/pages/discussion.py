"""Discussion: what readers claim under reports, beside the ledger and never in it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.records.ledger_rows import Thread
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.reader_match import StretchMatch
from counterclaim.serve.people import require
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, KnownAsked, LedgerAsked, Words
from counterclaim.service.predictions import (
    OUTCOME_WORDS,
    PREDICTION,
    Prediction,
    predictions_in,
    say_outcome,
)
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

GROUNDS = {"c": "/claims/", "i": "/incidents/"}
"""Where the row stands that shows what became of a prediction, by the letter its id begins with."""

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]


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
            if (
                rows := lines(
                    thread,
                    act,
                    match_thread(ledger, thread, known=known),
                    predictions_in(ledger, thread, known=known),
                )
            )
        ],
        outcomes=OUTCOME_WORDS,
        grounds=GROUNDS,
        acts=ACTS,
        act=act,
        known=known,
        next=page.next,
        after=after,
    )


@router.post("/discussion/{document_id}/{number}")
def resolve(
    ledger: LedgerAsked,
    person: Analyst,
    document_id: str,
    number: int,
    *,
    outcome: Field = "",
    ground: Field = "",
    reason: Field = "",
) -> Response:
    """File what became of a reader's prediction."""
    say_outcome(ledger, document_id, number, outcome, ground=ground, by=person.name, reason=reason)
    return RedirectResponse(f"/discussion?act=prediction#{document_id}-{number}", 303)


def lines(
    thread: Thread,
    act: str,
    beside: Mapping[int, Sequence[StretchMatch]],
    foretold: Mapping[int, Prediction],
) -> list[dict[str, object]]:
    """Return the comments of one thread that do one thing, with the rows beside what of them can be checked."""
    text = thread.document.text
    return [
        {
            "number": number,
            "words": text[comment.span.start : comment.span.end],
            "types": comment.types,
            "verifiability": comment.verifiability,
            "checkable": beside.get(number - 1, ()),
            "prediction": foretold.get(number - 1),
            "reply_to": comment.reply_to,
            "span": comment.span,
        }
        for number, comment in enumerate(thread.comments, 1)
        if not act or act in comment.types or (act == PREDICTION and number - 1 in foretold)
    ]
