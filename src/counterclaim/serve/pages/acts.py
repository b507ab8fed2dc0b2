"""Who said what: denials, admissions, accusations, demands and all else, of whom, when."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.records.attribution import STANCES
from counterclaim.serve.list_feed import MOST, FeedRow, list_feed
from counterclaim.serve.pages.incidents import month_words
from counterclaim.serve.parties import PartyAsked, ask_for_party, suggested_parties
from counterclaim.serve.rendering import flat, names, render, source_link
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
    read_month,
)
from counterclaim.service.statement_views import NOBODY, SORTS, SayingAsk, sayings_of
from counterclaim.tell.words import DID

router = APIRouter()


def ask_sayings(
    ledger: LedgerAsked,
    *,
    act: Words = "",
    party: Words = "",
    organ: Words = "",
    target: Words = "",
    outlet: Words = "",
    month: Words = "",
    first: Words = "",
    last: Words = "",
    q: Words = "",
    sort: Words = "day",
) -> tuple[SayingAsk, PartyAsked, PartyAsked]:
    """Read which sayings are asked for, and the parties as they were typed."""
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
        words=q.strip(),
        sort=sort or "day",
    )
    return ask, who, whom


SayingsAsked = Annotated[tuple[SayingAsk, PartyAsked, PartyAsked], Depends(ask_sayings)]


@router.get("/acts", response_class=HTMLResponse)
def acts(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    known: KnownAsked,
    after: AfterAsked,
    asked: SayingsAsked,
) -> HTMLResponse:
    """List who did what by saying something, the latest day first; every row opens on its words."""
    ask, who, whom = asked
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
        feed=link("/acts/feed.atom", **dict(request.query_params)),
        sorts=SORTS,
        act_words=lambda name: DID.get(name, name),
        month_words=month_words,
    )


@router.get("/acts/feed.atom")
def feed(request: Request, ledger: LedgerAsked, known: KnownAsked, asked: SayingsAsked) -> Response:
    """Return the sayings asked for as a feed, the latest filed first: a search to be kept and followed."""
    found = sayings_of(ledger).find(
        replace(asked[0], sort="filed"), known=known, limit=MOST, is_counted=False
    )
    return list_feed(
        request,
        "Counterclaim: who said what",
        (
            FeedRow(
                id=f"saying:{row.said.attribution.id}",
                path=source_link(row.said.document_id, row.span),
                title=f"{names(row.speakers, 'Nobody named')} "
                f"{DID[row.said.attribution.stance]}: {flat(row.words, 150)}",
                summary=f"{flat(row.sentence, 400)} ({row.said.outlet})",
                day=row.said.known_on,
            )
            for row in found.rows
        ),
    )
