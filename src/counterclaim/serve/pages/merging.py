"""Merging: incidents that may be one happening, offered with reasons; merged, parted and split by people."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.ledger import Ledger
from counterclaim.records.ledger_rows import FiledJudgement, IncidentCard, IncidentView
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.query import IncidentQuery
from counterclaim.serve.pages.review import Done, go_on, just_done
from counterclaim.serve.pages.reviewers import reviewers
from counterclaim.serve.people import current_person, require
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, LedgerAsked, ShelfAsked
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.incident_list import brief_of, catalogue_of
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.likely_duplicates import Likely, likely_same
from counterclaim.service.notes import beside
from counterclaim.service.reviewing import ReviewError, merge, part, split

router = APIRouter(prefix="/review")

NEAR = 8
"""Incidents of the same kind and party that are listed below those that are alike."""

STRETCH = 10
"""Incidents of one page of pairs, the latest changed first, each compared with all that is near it."""

MOST_EACH = 3
"""Pairs of one incident that the list of pairs has."""

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]


@router.get("/pairs", response_class=HTMLResponse)
def pairs_page(
    request: Request, ledger: LedgerAsked, shelf: ShelfAsked, after: AfterAsked, done: Done = None
) -> HTMLResponse:
    """List pairs of incidents that may be one, among those that changed last, the likeliest first."""
    page = ledger.incidents(limit=STRETCH, after=after)
    found = shelf.get(("pairs", ledger.last_posting(), after), lambda: _pairs(ledger, [*page.rows]))
    names = [name for item in found for name in (item.incident_id, item.other_id)]
    return render(
        request,
        "pairs.html",
        pairs=found,
        briefs=catalogue_of(ledger).briefs(names),
        quoted=_quoted(ledger, found),
        looked_at=len(page.rows),
        done=just_done(ledger, done, current_person(request).name),
        next=page.next,
        after=after,
    )


def _pairs(ledger: Ledger, cards: Sequence[IncidentCard]) -> list[Likely]:
    """Compare incidents with those near them; a pair is given once."""
    found: dict[frozenset[str], Likely] = {}
    gists = ledger.facts.gists([card.id for card in cards])
    for card in cards:
        gist = gists.get(card.id)
        members = [] if gist is None else [entry.claim.id for entry in gist.entries]
        for item in likely_same(ledger, card.id, members, most=MOST_EACH):
            found.setdefault(item.pair, item)
    return sorted(found.values(), key=lambda item: -item.chance)


@router.get("/incidents/{incident_id}", response_class=HTMLResponse)
def incident_page(
    request: Request, ledger: LedgerAsked, incident_id: str, done: Done = None
) -> HTMLResponse:
    """Show an incident's claims with what it may be one with, and the forms to merge, part and split."""
    view = view_incident(ledger, incident_id)
    alike = likely_same(ledger, view.card.id, view.incident.claim_ids)
    near = _near(ledger, view, {item.other_id for item in alike})
    trail = ledger.judgements(view.entries[0].claim.id) if view.entries else ()
    names = [*(item.other_id for item in alike), *(card.id for card in near)]
    return render(
        request,
        "review_incident.html",
        view=view,
        title=brief_of(view).title.what,
        trail=trail,
        done=just_done(ledger, done, current_person(request).name),
        quoted={**quote_entries(ledger, view.entries), **_quoted(ledger, alike)},
        alike=alike,
        near=near,
        briefs=catalogue_of(ledger).briefs(names),
        beside=beside(ledger.judgements(incident_id), incident_id),
        names=reviewers(request, ledger),
    )


def _quoted(ledger: Ledger, pairs: Sequence[Likely]) -> dict[str, object]:
    return dict(quote_entries(ledger, [row for item in pairs for row in (item.mine, item.yours)]))


def _near(ledger: Ledger, view: IncidentView, shown: set[str]) -> list[IncidentCard]:
    """Return incidents of the same kind that name the same party, the latest changed first: to merge with."""
    card = view.card
    if not card.parties:
        return []
    query = IncidentQuery(kind=card.kind, party=card.parties[0])
    rows = ledger.incidents(query, limit=NEAR + 1 + len(shown)).rows
    return [item for item in rows if item.id != card.id and item.id not in shown][:NEAR]


@router.post("/incidents/{incident_id}")
def judge_incident(
    ledger: LedgerAsked,
    person: Analyst,
    incident_id: str,
    *,
    action: Field = "",
    other: Field = "",
    near: Field = "",
    claims: Annotated[list[str] | None, Form()] = None,
    reason: Field = "",
    back: Field = "",
) -> Response:
    """Merge an incident with another, say that two are two, or split claims off it."""
    made: Sequence[FiledJudgement]
    reason, second = reason.strip(), other.strip() or near
    if action == "merge":
        made = (merge(ledger, incident_id, second, by=person.name, reason=reason),)
    elif action == "part":
        made = (part(ledger, incident_id, second, by=person.name, reason=reason),)
    elif action == "split":
        made = split(ledger, incident_id, claims or [], by=person.name, reason=reason)
    else:
        raise ReviewError(f"{action[:40]!r} is nothing that can be decided about an incident")
    if back == "pairs":
        return go_on("/review/pairs", made)
    home = ledger.claim(made[0].judgement.subject).incident_id or incident_id
    return go_on(f"/review/incidents/{home}", made)
