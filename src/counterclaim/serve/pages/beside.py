"""Beside: notes, tags and who looks, put beside a claim or an incident."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from counterclaim.records.people import WorkbenchUser
from counterclaim.serve.pages.reviewers import reviewers
from counterclaim.serve.people import require
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.service.ledger_service import judge
from counterclaim.service.notes import make_note

router = APIRouter(prefix="/review/beside")

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]


@router.post("/{subject}")
def put_beside(
    request: Request,
    ledger: LedgerAsked,
    person: Analyst,
    subject: str,
    *,
    sort: Field = "",
    words: Field = "",
) -> Response:
    """Put a remark, a tag or somebody's name beside a row."""
    said = make_note(subject, sort, words, by=person.name, names=reviewers(request, ledger))
    judge(ledger, said)
    path = f"/review/incidents/{subject}" if subject.startswith("i-") else f"/review/{subject}"
    return RedirectResponse(f"{path}#beside", 303)
