"""Rules: corrections made for every claim that has the same, seen before they are made, undone as one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.records.people import WorkbenchUser
from counterclaim.serve.people import require
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.correction_rules import (
    SHOWN,
    made_by,
    make_rule,
    preview_rule,
    standing_rules,
)

router = APIRouter(prefix="/rules")

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]


@router.get("", response_class=HTMLResponse)
def rules_page(request: Request, ledger: LedgerAsked, made: int = 0) -> HTMLResponse:
    """List the rules that hold, with how many claims each corrected."""
    rules = [
        (item, len({back.judgement.subject for back in made_by(ledger, item.judgement.id)}))
        for item in standing_rules(ledger)
    ]
    return render(request, "rules.html", rules=rules, made=made)


@router.get("/new/{judgement_id}", response_class=HTMLResponse)
def preview(
    request: Request, ledger: LedgerAsked, person: Analyst, judgement_id: str
) -> HTMLResponse:
    """Show what a rule made of a correction would change."""
    del person
    found = preview_rule(ledger, ledger.judgement(judgement_id))
    shown = found.changes[:SHOWN]
    return render(
        request,
        "rule_preview.html",
        preview=found,
        shown=shown,
        quoted=quote_entries(ledger, [item.entry for item in shown]),
    )


@router.post("/new/{judgement_id}")
def make(ledger: LedgerAsked, person: Analyst, judgement_id: str, reason: Field = "") -> Response:
    """Make the rule, and correct all claims that it meets."""
    make_rule(ledger, judgement_id, by=person.name, reason=reason.strip())
    return RedirectResponse("/rules?made=1", 303)
