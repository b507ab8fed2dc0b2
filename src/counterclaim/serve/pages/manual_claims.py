"""Manual claims: a claim made by hand on words of a report, found by a form that searches them; no script needed."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import JudgementError
from counterclaim.ledger.post import sha256
from counterclaim.records.attribution import STANCES
from counterclaim.records.ledger_rows import Filed
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.text import Span
from counterclaim.serve.parties import suggested_parties
from counterclaim.serve.people import require
from counterclaim.serve.rendering import KIND_WORDS, render
from counterclaim.serve.request_params import LedgerAsked, Words, ask_shelf
from counterclaim.service.ledger_service import file_made
from counterclaim.service.manual_claims import (
    SAMPLES,
    MakingError,
    fields_to_fill,
    find_words,
    make_claim,
    sentence_of,
)
from counterclaim.service.spelling import CorrectionError

router = APIRouter(prefix="/sources")

LONGEST_FIELD = 600
"""Characters of one field that are taken."""

ACT_KIND = "act_kind"
"""How the form calls the field *kind* of an act, beside the kind of claim."""

PARTY_FIELDS = frozenset(
    {
        "side",
        "doer",
        "target",
        "parties",
        "broker",
        "breach",
        "holder",
        "addressee",
        "owner",
    }
)
"""Fields for which parties are suggested."""

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]


@router.get("/{document_id}/claim", response_class=HTMLResponse)
def making_page(
    request: Request,
    ledger: LedgerAsked,
    person: Analyst,
    document_id: str,
    *,
    words: Words = "",
    kind: Words = "event",
) -> HTMLResponse:
    """Find the words that a claim is to stand on, and show the form to fill it in."""
    del person
    given = {"words": words, "kind": kind}
    return _page(request, ledger, ledger.document(document_id), given)


@router.post("/{document_id}/claim")
async def make(
    request: Request, ledger: LedgerAsked, person: Analyst, document_id: str
) -> Response:
    """File a claim made by hand."""
    async with request.form() as form:
        given = {
            name: value[:LONGEST_FIELD] for name, value in form.items() if isinstance(value, str)
        }
    return await run_in_threadpool(_make, request, ledger, person, document_id, given)


def _make(
    request: Request,
    ledger: Ledger,
    person: WorkbenchUser,
    document_id: str,
    given: Mapping[str, str],
) -> Response:
    filed = ledger.document(document_id)
    try:
        span = _chosen(filed, given)
        claim, said = make_claim(filed, span, given.get("kind", ""), _fields(given), by=person.name)
        seen = given.get("text_sha256", "")
        made = file_made(ledger, filed, claim, said, by=person.name, seen=seen)
    except (CorrectionError, JudgementError, MakingError) as error:
        return _page(request, ledger, filed, given, wrong=str(error), status=400)
    asked = urlencode({"done": made.judgement.id})
    return RedirectResponse(f"/review/{claim.id}?{asked}", 303)


def _fields(given: Mapping[str, str]) -> dict[str, str]:
    """Return what was filled in, by field: the kind of an act has another name than the kind of claim."""
    fields = {name: words for name, words in given.items() if name != "kind"}
    return fields if ACT_KIND not in given else {**fields, "kind": given[ACT_KIND]}


def _chosen(filed: Filed, given: Mapping[str, str]) -> Span:
    """Return the place that was chosen: one of those where the words stand, and no other."""
    places = find_words(filed.document, given.get("words", ""))
    found = next((item for item in places if _place(item) == given.get("at", "")), None)
    if found is None:
        raise MakingError("choose where in the report the words stand")
    return found


def _place(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _page(
    request: Request,
    ledger: Ledger,
    filed: Filed,
    given: Mapping[str, str],
    *,
    wrong: str = "",
    status: int = 200,
) -> HTMLResponse:
    kind = given.get("kind", "")
    kind = kind if kind in SAMPLES else "event"
    words = given.get("words", "")
    places = [_shown(filed, span) for span in find_words(filed.document, words)]
    return render(
        request,
        "making.html",
        status_code=status,
        filed=filed,
        words=words,
        kind=kind,
        kinds=[(name, KIND_WORDS[name]) for name in SAMPLES],
        places=places,
        fields=fields_to_fill(kind),
        party_fields=PARTY_FIELDS,
        stances=STANCES,
        sides=[str(party) for party in filed.sides],
        suggested=suggested_parties(ledger, ask_shelf(request)),
        sha256=sha256(filed.document.text),
        given=given,
        wrong=wrong,
    )


def _shown(filed: Filed, span: Span) -> dict[str, Any]:
    """Return a place with the sentence around it."""
    text, sentence = filed.document.text, sentence_of(filed, span)
    return {
        "at": _place(span),
        "span": span,
        "before": text[sentence.start : span.start],
        "words": text[span.start : span.end],
        "behind": text[span.end : sentence.end],
        "is_report": filed.division.report.covers(span),
    }
