"""Incidents: what is claimed to have happened, and each party's words side by side."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.exchange.beside import side_by_side
from counterclaim.records.finding import RULE_NUMBERS
from counterclaim.serve.list_feed import MOST, FeedRow, list_feed
from counterclaim.serve.parties import PartyAsked, ask_for_party, suggested_parties
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
    read_flag,
    read_month,
)
from counterclaim.serve.rules import RULES
from counterclaim.service.incident_list import SORTS, IncidentAsk, brief_of, catalogue_of
from counterclaim.service.incident_view import build_incident_view
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.told import incident_told
from counterclaim.tell.words import KINDS

router = APIRouter(prefix="/incidents")


def ask_incidents(
    ledger: LedgerAsked,
    *,
    kind: Words = "",
    party: Words = "",
    status: Words = "",
    place: Words = "",
    outlet: Words = "",
    month: Words = "",
    both: Words = "",
    two: Words = "",
    first: Words = "",
    last: Words = "",
    q: Words = "",
    single: Words = "",
    sort: Words = "changed",
) -> tuple[IncidentAsk, PartyAsked]:
    """Read which incidents are asked for, and the party as it was typed."""
    for name, given, known in (
        ("kind", kind, KINDS),
        ("status", status, RULE_NUMBERS),
        ("sort", sort, SORTS),
    ):
        if given and given not in known:
            msg = f"{name} {given[:40]!r} is unknown: choose one of {', '.join(known)}"
            raise AskingError(msg)
    named = ask_for_party(ledger, party)
    ask = IncidentAsk(
        kind=kind,
        status=status,
        party=named.root or named.words,
        place=place,
        outlet=outlet,
        month=read_month("month", month),
        both=read_flag("both", both),
        two=read_flag("two", two),
        first=read_day("first", first),
        last=read_day("last", last),
        words=q.strip(),
        single=read_flag("single", single),
        sort=sort or "changed",
    )
    return ask, named


IncidentsAsked = Annotated[tuple[IncidentAsk, PartyAsked], Depends(ask_incidents)]


@router.get("", response_class=HTMLResponse)
def incidents(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    known: KnownAsked,
    after: AfterAsked,
    asked: IncidentsAsked,
) -> HTMLResponse:
    """List incidents by what a person would call them, narrowed by facets, the latest changed first."""
    ask, party = asked
    catalogue = catalogue_of(ledger)
    start = int(after or 0)
    found = catalogue.find(ask, known=known, start=start, limit=ROWS)
    end = start + len(found.facts)
    return render(
        request,
        "incidents.html",
        ask=ask,
        party=party,
        suggested=suggested_parties(ledger, shelf, known),
        found=found,
        briefs=catalogue.briefs([item.id for item in found.facts]),
        start=start,
        end=end,
        next=str(end) if end < found.total else None,
        after=after,
        known=known,
        kinds=KINDS,
        feed=link("/incidents/feed.atom", **dict(request.query_params)),
        sorts=SORTS,
        month_words=month_words,
    )


@router.get("/feed.atom")
def feed(
    request: Request, ledger: LedgerAsked, known: KnownAsked, asked: IncidentsAsked
) -> Response:
    """Return the incidents asked for as a feed, the latest changed first: a search to be kept and followed."""
    ask, _ = asked
    catalogue = catalogue_of(ledger)
    found = catalogue.find(
        replace(ask, sort="changed"), known=known, limit=MOST, is_counted=False
    ).facts
    briefs = catalogue.briefs([item.id for item in found])
    return list_feed(
        request,
        "Counterclaim: incidents",
        (
            FeedRow(
                id=f"incident:{item.id}:{item.state}",
                path=f"/incidents/{item.id}",
                title=str(briefs[item.id].title),
                summary=f"{item.claims} statements in {item.documents} reports: "
                + ", ".join(item.outlets[:3]),
                day=date.fromisoformat(item.known_on),
            )
            for item in found
            if item.id in briefs
        ),
    )


def month_words(month: str) -> str:
    """Write a month as people do: ``October 2020``."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


@router.get("/{incident_id}", response_class=HTMLResponse)
def incident(
    request: Request, ledger: LedgerAsked, known: KnownAsked, incident_id: str
) -> HTMLResponse:
    """Show one incident: positions side by side, question by question, then the claims they rest on."""
    view = view_incident(ledger, incident_id, known=known)
    documents = {entry.claim.document_id for entry in view.entries}
    documents |= {item.document_id for item in view.attributions}
    texts = ledger.texts(sorted(documents))
    return render(
        request,
        "incident.html",
        view=view,
        brief=brief_of(view),
        sheet=build_incident_view(view, texts),
        texts=texts,
        told=incident_told(ledger, view),
        known=known,
        mended={entry.claim.id: entry for entry in view.entries if entry.judged},
        rules={rule.status: rule for rule in RULES},
        heirs=ledger.lineage.heirs(incident_id),
        imported=list(side_by_side(ledger, view, known=known)),
    )
