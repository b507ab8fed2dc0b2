"""Sources: the reports, each with its words marked by claim and linked both ways."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.desk.corrections import as_corrected
from counterclaim.desk.versions import versions_of
from counterclaim.records.filed import Filed
from counterclaim.records.people import Person
from counterclaim.records.reading import Reading
from counterclaim.serve.asking import ROWS, AfterAsked, KnownAsked, LedgerAsked, Words
from counterclaim.serve.people import require
from counterclaim.serve.rendering import render
from counterclaim.serve.report import lay_out_report

router = APIRouter(prefix="/sources")

Analyst = Annotated[Person, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]


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
        belongings={item.project: item for item in ledger.projects.of_document(document_id)},
        judged={entry.claim.id: as_corrected(entry) for entry in entries if entry.judged},
    )


@router.post("/{document_id}/projects")
def assign(
    ledger: LedgerAsked,
    person: Analyst,
    document_id: str,
    of: Field,
    joined: Field,
    reason: Field = "",
) -> Response:
    """Put a report into a project by hand, or take it out."""
    ledger.projects.assign(
        document_id, of, joined=joined == "yes", by=person.name, why=reason.strip()
    )
    return RedirectResponse(f"/sources/{quote(document_id, safe='')}#projects", 303)


def as_reading(filed: Filed) -> Reading:
    """Give a filed reading as it was read. Its incidents are the ledger's, and not in it."""
    return Reading(
        document=filed.document,
        division=filed.division,
        attributions=filed.attributions,
        claims=filed.claims,
        incidents=(),
        findings=(),
        account=filed.account,
        wordings=filed.wordings,
        comments=filed.comments,
        sides=filed.sides,
        problems=filed.problems,
        signature=filed.signature,
    )
