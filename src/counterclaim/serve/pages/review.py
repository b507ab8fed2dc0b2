"""Review: a queue by doubt, one claim at a time, and each decision a row that can be taken back."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from counterclaim.desk.doubting import agreements, doubts_of
from counterclaim.desk.filing import judge
from counterclaim.desk.mending import as_mended
from counterclaim.desk.reviewing import (
    ReviewError,
    corrections_in,
    fields_of,
    is_judged_by,
    merge,
    queue_for,
    split,
    undo,
)
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.ledger.post import sha256
from counterclaim.records.attribution import STANCES
from counterclaim.records.filed import Entry, FiledJudgement
from counterclaim.records.judgement import MENDABLES, Judgement, Mendable, Verdict
from counterclaim.records.people import Person
from counterclaim.serve.asking import AfterAsked, LedgerAsked, Words
from counterclaim.serve.people import current_person, require
from counterclaim.serve.quoting import quote_entries
from counterclaim.serve.rendering import KIND_WORDS, render

router = APIRouter(prefix="/review")

SHOWN = 50
"""Claims of a stretch that the page lists; those below are the least doubtful."""

DOUBTS = {
    "model": "the model was unsure",
    "scope": "scope inferred",
    "side": "whose loss, inferred or not told",
    "contested": "contested or denied",
    "speaker": "speaker not named",
    "time": "day inferred",
    "hedged": "hedged",
    "number": "vague number",
}
"""Doubts by which the queue can be narrowed, in words."""

MOST_DONE = 8
"""Decisions that a page tells of as just made; a claim has fewer fields."""

ACTIONS: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected", "note": "note"}

Analyst = Annotated[Person, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]
Done = Annotated[list[str] | None, Query(max_length=MOST_DONE)]
"""Ids of the judgements that the page before this one filed."""


@router.get("", response_class=HTMLResponse)
def queue(
    request: Request,
    ledger: LedgerAsked,
    after: AfterAsked,
    kind: Words = "",
    doubt: Words = "",
    then: Words = "",
    done: Done = None,
) -> HTMLResponse:
    """List what waits for a look, and how far reviewers agree."""
    name = current_person(request).name
    found = queue_for(ledger, name, kind=kind or None, doubt=doubt or None, after=after)
    return render(
        request,
        "review.html",
        queue=found,
        shown=found.waiting[:SHOWN],
        quoted=quote_entries(ledger, [item.entry for item in found.waiting[:SHOWN]]),
        after=cast("str", after),
        kind=kind,
        doubt=doubt,
        kinds=KIND_WORDS,
        doubts=DOUBTS,
        then=then,
        done=_just_done(ledger, done, name),
        agreements=agreements(ledger.judgements()),
    )


@router.get("/incidents/{incident_id}", response_class=HTMLResponse)
def incident_page(
    request: Request, ledger: LedgerAsked, incident_id: str, done: Done = None
) -> HTMLResponse:
    """Show an incident's claims with the forms to merge and split it."""
    view = ledger.incident(incident_id)
    trail = ledger.judgements(view.entries[0].claim.id) if view.entries else ()
    just = _just_done(ledger, done, current_person(request).name)
    return render(request, "review_incident.html", view=view, trail=trail, done=just)


@router.post("/incidents/{incident_id}")
def judge_incident(
    ledger: LedgerAsked,
    person: Analyst,
    incident_id: str,
    *,
    action: Field = "",
    other: Field = "",
    claims: Annotated[list[str] | None, Form()] = None,
    reason: Field = "",
) -> Response:
    """Merge an incident with another, or split claims off it."""
    made: Sequence[FiledJudgement]
    if action == "merge":
        reason = reason.strip()
        made = (merge(ledger, incident_id, other.strip(), by=person.name, reason=reason),)
    elif action == "split":
        made = split(ledger, incident_id, claims or [], by=person.name, reason=reason.strip())
    else:
        raise ReviewError(f"{action[:40]!r} is nothing that can be decided about an incident")
    home = ledger.claim(made[0].judgement.subject).incident_id or incident_id
    return _go(f"/review/incidents/{home}", made)


@router.post("/undo/{judgement_id}")
def take_back(ledger: LedgerAsked, person: Analyst, judgement_id: str) -> Response:
    """Take a judgement back."""
    filed = undo(ledger, judgement_id, person)
    undone = ledger.judgement(filed.judgement.subject)
    subject = undone.judgement.subject
    return _go(f"/review/{subject}" if subject.startswith("c-") else "/review", [undone])


@router.get("/{claim_id}", response_class=HTMLResponse)
def claim_page(
    request: Request,
    ledger: LedgerAsked,
    claim_id: str,
    *,
    kind: Words = "",
    doubt: Words = "",
    after: Words = "",
    then: Words = "",
    done: Done = None,
) -> HTMLResponse:
    """Show one claim on its sentence, why to doubt it, and the forms to decide."""
    name = current_person(request).name
    entry = ledger.claim(claim_id)
    claim = entry.claim
    text = ledger.texts([claim.document_id])[claim.document_id]
    home = entry.incident_id
    findings = ledger.findings([home]).get(home, ()) if home else ()
    return render(
        request,
        "review_claim.html",
        entry=entry,
        mended=as_mended(claim, entry.judgements),
        fields=fields_of(entry),
        stances=STANCES,
        before=text[claim.sentence.start : claim.span.start],
        behind=text[claim.span.end : claim.sentence.end],
        sha256=sha256(text),
        doubts=doubts_of(entry, findings),
        findings=findings,
        trail=ledger.judgements(claim_id),
        judged=is_judged_by(entry, name),
        asked={"kind": kind, "doubt": doubt, "after": after},
        then=then,
        done=_just_done(ledger, done, name),
    )


@router.post("/{claim_id}")
async def judge_claim(
    request: Request, ledger: LedgerAsked, person: Analyst, claim_id: str
) -> Response:
    """File what was decided about a claim."""
    async with request.form() as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_judge_claim, ledger, person, claim_id, given)


def _judge_claim(ledger: Ledger, person: Person, claim_id: str, given: dict[str, str]) -> Response:
    entry = ledger.claim(claim_id)
    action, reason = given.get("action", ""), given.get("reason", "").strip()[:2_000]
    seen = given.get("text_sha256", "")
    if action == "correct":
        made = _correct(ledger, entry, given, by=person.name, reason=reason, seen=seen)
    elif action in ACTIONS:
        said = Judgement(
            subject=claim_id,
            verdict=ACTIONS[action],
            by=person.name,
            reason=reason,
            text_sha256=seen,
        )
        made = [judge(ledger, said)]
    else:
        raise ReviewError(f"{action[:40]!r} is nothing that can be decided about a claim")
    asked = {name: given.get(name, "")[:300] for name in ("kind", "doubt", "after")}
    if given.get("then") != "next":
        return _go(f"/review/{claim_id}", made, **asked)
    return _go(_next(ledger, person.name, asked), made, **asked, then="next")


def _correct(
    ledger: Ledger, entry: Entry, given: dict[str, str], *, by: str, reason: str, seen: str
) -> list[FiledJudgement]:
    changed: dict[Mendable, tuple[str, str]] = {
        name: (given.get(f"was_{name}", ""), given[name]) for name in MENDABLES if name in given
    }
    found = list(corrections_in(entry, changed, by=by, reason=reason, seen=seen))
    if not found:
        raise ReviewError("nothing was changed: write the right words into a field, then correct")
    return [judge(ledger, said) for said in found]


def _go(path: str, made: Sequence[FiledJudgement], **asked: str) -> Response:
    """Go on to a page that tells what was just decided."""
    given = [(name, value) for name, value in asked.items() if value]
    given += [("done", item.judgement.id) for item in made[:MOST_DONE]]
    return RedirectResponse(f"{path}?{urlencode(given)}", 303)


def _just_done(ledger: Ledger, ids: list[str] | None, name: str) -> list[FiledJudgement]:
    """Give a person's own judgements of these ids as they stand; an address may name anything."""
    found = []
    for id_ in ids or ():
        with suppress(UnknownRowError):
            found.append(ledger.judgement(id_))
    return [item for item in found if item.judgement.by == name]


def _next(ledger: Ledger, name: str, asked: dict[str, str]) -> str:
    """Give the path of the next claim of the queue, or of the queue where none is left."""
    after = asked["after"] if asked["after"].isascii() and asked["after"].isdecimal() else None
    found = queue_for(
        ledger, name, kind=asked["kind"] or None, doubt=asked["doubt"] or None, after=after
    )
    if not found.waiting:
        return "/review"
    return f"/review/{found.waiting[0].entry.claim.id}"
