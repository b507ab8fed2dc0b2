"""Sources: the reports, each with its words marked by claim and linked both ways."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from counterclaim.records.ledger_rows import DocumentCard, Entry
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.query import DocumentOrder, DocumentQuery
from counterclaim.records.withdrawn import Withdrawal
from counterclaim.serve.people import current_person, require
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import (
    ROWS,
    AfterAsked,
    AskingError,
    KnownAsked,
    LedgerAsked,
    ShelfAsked,
    Words,
    link,
    read_day,
)
from counterclaim.serve.source_view import lay_out_report
from counterclaim.service.corrections import as_corrected
from counterclaim.service.incident_list import Brief, catalogue_of
from counterclaim.service.printed_alike import printed_alike
from counterclaim.service.versions import versions_of
from counterclaim.service.withdrawing import as_reading, restore_report, withdraw_report

router = APIRouter(prefix="/sources")

MOST_HAPPENED = 6
"""Incidents that a report just kept is said to speak of."""

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Reason = Annotated[str, Form(max_length=500)]


ORDERS = {
    "added": "latest added",
    "published": "latest published",
    "oldest": "earliest published",
    "claims": "most claims",
}
"""Orders of the list, in words."""

MOST_OUTLETS = 40
"""Outlets that the list can be narrowed to by a press; any other by its name in the address."""


def ask_sources(
    q: Words = "", outlet: Words = "", first: Words = "", last: Words = "", sort: Words = ""
) -> DocumentQuery:
    """Read which reports are wanted.

    Raises:
        AskingError: If the order is unknown, or a day is none.
    """
    if sort and sort not in ORDERS:
        msg = f"order {sort[:40]!r} is unknown: choose one of {', '.join(ORDERS)}"
        raise AskingError(msg)
    return DocumentQuery(
        words=q.strip(),
        outlet=outlet,
        first_day=read_day("first", first),
        last_day=read_day("last", last),
        order=cast("DocumentOrder", sort or "added"),
    )


SourcesAsked = Annotated[DocumentQuery, Depends(ask_sources)]


@router.get("", response_class=HTMLResponse)
def sources(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    after: AfterAsked,
    query: SourcesAsked,
    show: Words = "",
) -> HTMLResponse:
    """List reports: those that are asked for, or those that people withdrew."""
    cards: Sequence[DocumentCard] = ()
    total: int | None = None
    more: str | None = None
    gone: Sequence[Withdrawal] = ()
    is_withdrawn = show == "withdrawn" and current_person(request).may("analyst")
    if is_withdrawn:
        gone = ledger.withdrawals.now()
    elif query == DocumentQuery():
        page = ledger.documents(known=known, limit=ROWS, after=after)
        cards, more = page.rows, page.next
    else:
        start = int(after or 0)
        cards, total = ledger.carriers.find(query, known=known, limit=ROWS, start=start)
        more = str(start + ROWS) if start + ROWS < total else None
    outlets = shelf.get(
        ("outlets", ledger.last_posting(), known),
        lambda: ledger.carriers.publishers(known=known, limit=MOST_OUTLETS),
    )
    return render(
        request,
        "sources.html",
        gone=gone,
        cards=cards,
        total=total,
        next=more,
        known=known,
        after=after,
        query=query,
        orders=ORDERS,
        outlets=_outlet_choices(outlets, query.outlet),
        is_withdrawn=is_withdrawn,
    )


def _outlet_choices(counted: Sequence[tuple[str, int]], chosen: str) -> list[tuple[str, str]]:
    """Return outlets with how many reports each has, to choose from; what is chosen is always there."""
    found = [(outlet, f"{outlet} ({number:,})") for outlet, number in counted]
    if chosen and all(outlet != chosen for outlet, _ in found):
        found.append((chosen, chosen))
    return found


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
    homes = {entry.claim.id: entry.incident_id for entry in entries if entry.incident_id}
    alike = () if gone else printed_alike(ledger, document_id, list(homes.values()))
    return render(
        request,
        "source.html",
        filed=filed,
        report=lay_out_report(
            as_reading(filed), [item.own_span for item in alike if item.own_span is not None]
        ),
        is_just_kept=bool(kept),
        happened=_happened(ledger, entries) if kept else [],
        most_happened=MOST_HAPPENED,
        gone=gone,
        decided=ledger.withdrawals.of(document_id),
        taken=ledger.withdrawals.erasures(document_id),
        may_decide=may_decide,
        versions=versions_of(ledger, filed.document.name)
        if len(ledger.carriers.at(filed.document.name)) > 1
        else (),
        homes=homes,
        alike=alike,
        belongings={item.project: item for item in ledger.projects.of_document(document_id)},
        judged={entry.claim.id: as_corrected(entry) for entry in entries if entry.judged},
    )


def _happened(ledger: LedgerAsked, entries: Iterable[Entry]) -> list[tuple[str, Brief]]:
    """Return the incidents of which a report's claims speak, those with most of them first."""
    homes = Counter(entry.incident_id for entry in entries if entry.incident_id)
    return list(catalogue_of(ledger).briefs([name for name, _ in homes.most_common()]).items())


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
