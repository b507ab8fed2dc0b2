"""Sources: the reports, each with its words marked by claim and linked both ways."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from counterclaim.records.people import WorkbenchUser
from counterclaim.serve.people import current_person, require
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import ROWS, AfterAsked, KnownAsked, LedgerAsked, Words, link
from counterclaim.serve.source_view import lay_out_report
from counterclaim.service.corrections import as_corrected
from counterclaim.service.versions import versions_of
from counterclaim.service.withdrawing import as_reading, restore_report, withdraw_report

router = APIRouter(prefix="/sources")

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Reason = Annotated[str, Form(max_length=500)]


@router.get("", response_class=HTMLResponse)
def sources(
    request: Request, ledger: LedgerAsked, known: KnownAsked, after: AfterAsked
) -> HTMLResponse:
    """List reports, the latest added first."""
    page = ledger.documents(known=known, limit=ROWS, after=after)
    return render(
        request, "sources.html", cards=page.rows, next=page.next, known=known, after=after
    )


@router.get("/{document_id}", response_class=HTMLResponse)
def source(
    request: Request,
    ledger: LedgerAsked,
    document_id: str,
    reading: Words = "",
    *,
    kept: Words = "",
) -> HTMLResponse:
    """Show one report: its text with marks, its rows, its discussion apart."""
    gone = ledger.withdrawals.standing(document_id)
    may_decide = current_person(request).may("analyst")
    if not may_decide:
        ledger.withdrawals.check_standing(document_id)
    filed = ledger.document(document_id, reading_id=reading or None)
    entries = ledger.claims_by_id([claim.id for claim in filed.claims])
    return render(
        request,
        "source.html",
        filed=filed,
        report=lay_out_report(as_reading(filed)),
        is_just_kept=bool(kept),
        gone=gone,
        decided=ledger.withdrawals.of(document_id),
        taken=ledger.withdrawals.erasures(document_id),
        may_decide=may_decide,
        versions=versions_of(ledger, filed.document.name)
        if len(ledger.carriers.at(filed.document.name)) > 1
        else (),
        homes={entry.claim.id: entry.incident_id for entry in entries if entry.incident_id},
        belongings={item.project: item for item in ledger.projects.of_document(document_id)},
        judged={entry.claim.id: as_corrected(entry) for entry in entries if entry.judged},
    )


@router.post("/{document_id}/projects")
def assign(
    ledger: LedgerAsked,
    person: Analyst,
    document_id: str,
    of: Reason,
    joined: Reason,
    reason: Reason = "",
) -> RedirectResponse:
    """Put a report into a project by hand, or take it out."""
    ledger.projects.assign(
        document_id, of, joined=joined == "yes", by=person.name, why=reason.strip()
    )
    return RedirectResponse(f"{link(f'/sources/{document_id}')}#projects", 303)


@router.post("/{document_id}/withdraw")
def withdraw(
    ledger: LedgerAsked, person: Analyst, document_id: str, reason: Reason
) -> RedirectResponse:
    """Withdraw a report from every view and total."""
    withdraw_report(ledger, document_id, by=person.name, reason=reason)
    return RedirectResponse(link(f"/sources/{document_id}"), 303)


@router.post("/{document_id}/restore")
def restore(
    ledger: LedgerAsked, person: Analyst, document_id: str, reason: Reason
) -> RedirectResponse:
    """Bring a withdrawn report back."""
    restore_report(ledger, document_id, by=person.name, reason=reason)
    return RedirectResponse(link(f"/sources/{document_id}"), 303)
