"""Audit: what was changed or tried, in words, the latest first."""

import re
from collections.abc import Callable
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.people import WorkbenchUser
from counterclaim.serve.people import require
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, LedgerAsked

router = APIRouter()

Admin = Annotated[WorkbenchUser, Depends(require("admin"))]

DEEDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(path), words)
    for path, words in (
        (r"/add/(?:text|address|file)", "had a report read"),
        (r"/add/[^/]+/again", "had it read again"),
        (r"/add/[^/]+/keep", "kept a report"),
        (r"/add/[^/]+/drop", "dropped a report"),
        (r"/review/beside/.+", "put a note, tag or name beside a row"),
        (r"/rules/new/.+", "made a rule"),
        (r"/account", "changed their own account"),
        (r"/api/v1/documents", "added a report by program"),
        (r"/review/undo/.+", "took a judgement back"),
        (r"/review/incidents/.+", "merged or split an incident"),
        (r"/review/.+", "judged a claim"),
        (r"/api/v1/judgements/.+/undo", "took a judgement back by program"),
        (r"/api/v1/judgements", "judged by program"),
        (r"/people", "changed accounts"),
        (r"/password", "changed the password"),
        (r"/logout", "logged out"),
    )
)
"""What writing to an address does, the first that fits."""

ROW = re.compile(r"/review/(?:c|incidents/i)-[0-9a-f]{12}")
"""Addresses of a row's own page."""


@router.get("/audit", response_class=HTMLResponse)
def audit_page(
    request: Request, ledger: LedgerAsked, admin: Admin, after: AfterAsked
) -> HTMLResponse:
    """Show what was done and tried, the latest first."""
    del admin
    page = ledger.people.audit(after=after)
    return render(
        request,
        "audit.html",
        rows=page.rows,
        next=page.next,
        after=cast("str", after),
        deed=deed,
        outcome=outcome,
        is_page=cast("Callable[[str], object]", ROW.fullmatch),
    )


def deed(action: str, subject: str) -> str:
    """Say what was done: a request that writes in words, all else as it was noted."""
    if action != "POST":
        return action
    return next((words for path, words in DEEDS if path.fullmatch(subject)), action)


def outcome(noted: str) -> str:
    """Say how it ended: an HTTP status in words, all else as it was noted."""
    if not re.fullmatch(r"[1-5][0-9][0-9]", noted):
        return noted
    if noted < "400":
        return "done"
    return f"{'refused' if noted < '500' else 'failed'} ({noted})"
