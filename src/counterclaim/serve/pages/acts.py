"""Who said what: denials, admissions, accusations, demands and all else, of whom, when."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.records.attribution import STANCES
from counterclaim.serve.pages.incidents import month_words
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
    read_day,
    read_month,
)
from counterclaim.service.statement_views import NOBODY, SORTS, SayingAsk, sayings_of
from counterclaim.tell.words import DID

router = APIRouter()


@router.get("/acts", response_class=HTMLResponse)
def acts(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    known: KnownAsked,
    after: AfterAsked,
    *,
    act: Words = "",
    party: Words = "",
    organ: Words = "",
    target: Words = "",
    outlet: Words = "",
    month: Words = "",
    first: Words = "",
    last: Words = "",
    sort: Words = "day",
) -> HTMLResponse:
    """List who did what by saying something, the latest day first; every row opens on its words."""
    for name, given, choices in (("act", act, STANCES), ("sort", sort, tuple(SORTS))):
        if given and given not in choices:
            msg = f"{name} {given[:40]!r} is unknown: choose one of {', '.join(choices)}"
            raise AskingError(msg)
    who = PartyAsked(party, party) if party == NOBODY else ask_for_party(ledger, party)
    whom = ask_for_party(ledger, target)
    ask = SayingAsk(
        act=act,
        party=who.root or who.words,
        organ=organ,
        target=whom.root or whom.words,
        outlet=outlet,
        month=read_month("month", month),
        first=read_day("first", first),
        last=read_day("last", last),
        sort=sort or "day",
    )
    start = int(after or 0)
    found = sayings_of(ledger).find(ask, known=known, start=start, limit=ROWS)
    end = start + len(found.rows)
    return render(
        request,
        "acts.html",
        ask=ask,
        who=who,
        whom=whom,
        suggested=suggested_parties(ledger, shelf, known),
        found=found,
        start=start,
        end=end,
        next=str(end) if end < found.total else None,
        after=after,
        known=known,
        acts=[(name, DID[name]) for name in STANCES],
        sorts=SORTS,
        act_words=lambda name: DID.get(name, name),
        month_words=month_words,
    )
