"""Incidents: what is claimed to have happened, and each party's words side by side."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.desk.filing import view_incident
from counterclaim.desk.incident import lay_out_incident
from counterclaim.desk.told import incident_told
from counterclaim.exchange.beside import side_by_side
from counterclaim.records.query import IncidentQuery
from counterclaim.serve.asking import ROWS, AfterAsked, KnownAsked, LedgerAsked, Words, read_day
from counterclaim.serve.rendering import KIND_WORDS, plain_words, render
from counterclaim.serve.rules import RULES

router = APIRouter(prefix="/incidents")


@router.get("", response_class=HTMLResponse)
def incidents(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    after: AfterAsked,
    kind: Words = "",
    party: Words = "",
    status: Words = "",
    first: Words = "",
    last: Words = "",
) -> HTMLResponse:
    """List incidents, the latest changed first."""
    query = IncidentQuery(
        kind=kind or None,
        party=party or None,
        status=status or None,
        first_day=read_day("first", first),
        last_day=read_day("last", last),
    )
    page = ledger.incidents(query, known=known, limit=ROWS, after=after)
    return render(
        request,
        "incidents.html",
        cards=page.rows,
        next=page.next,
        query=query,
        known=known,
        kinds=KIND_WORDS,
        statuses_named=[(rule.status, plain_words(rule.status)) for rule in RULES],
        after=after,
    )


@router.get("/{incident_id}", response_class=HTMLResponse)
def incident(
    request: Request, ledger: LedgerAsked, known: KnownAsked, incident_id: str
) -> HTMLResponse:
    """Show one incident: positions side by side, slot by slot, then the claims they rest on."""
    view = view_incident(ledger, incident_id, known=known)
    documents = {entry.claim.document_id for entry in view.entries}
    documents |= {item.document_id for item in view.attributions}
    texts = ledger.texts(sorted(documents))
    return render(
        request,
        "incident.html",
        view=view,
        sheet=lay_out_incident(view, texts),
        texts=texts,
        told=incident_told(ledger, view),
        known=known,
        mended={entry.claim.id: entry for entry in view.entries if entry.judged},
        rules={rule.status: rule for rule in RULES},
        heirs=ledger.lineage.heirs(incident_id),
        imported=list(side_by_side(ledger, view, known=known)),
    )
