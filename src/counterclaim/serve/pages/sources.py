"""Sources: the reports, each with its words marked by claim and linked both ways."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.desk.corrections import as_corrected
from counterclaim.desk.versions import versions_of
from counterclaim.desk.withdrawing import as_reading
from counterclaim.serve.asking import ROWS, AfterAsked, KnownAsked, LedgerAsked, Words
from counterclaim.serve.rendering import render
from counterclaim.serve.report import lay_out_report

router = APIRouter(prefix="/sources")


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
    filed = ledger.document(document_id, reading_id=reading or None)
    entries = ledger.claims_by_id([claim.id for claim in filed.claims])
    return render(
        request,
        "source.html",
        filed=filed,
        report=lay_out_report(as_reading(filed)),
        is_just_kept=bool(kept),
        versions=versions_of(ledger, filed.document.name)
        if len(ledger.carriers.at(filed.document.name)) > 1
        else (),
        homes={entry.claim.id: entry.incident_id for entry in entries if entry.incident_id},
        judged={entry.claim.id: as_corrected(entry) for entry in entries if entry.judged},
    )
