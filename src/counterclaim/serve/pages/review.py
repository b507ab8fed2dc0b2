"""Review: a queue by doubt, one claim at a time, and each decision a row that can be taken back."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import JudgementError, UnknownRowError
from counterclaim.ledger.post import sha256
from counterclaim.records.attribution import STANCES
from counterclaim.records.judgement import MENDABLES, OUTCOMES, Judgement, Mendable, Verdict
from counterclaim.records.ledger_rows import Entry, FiledJudgement
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.query import Known
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.pages.reviewers import reviewers
from counterclaim.serve.parties import suggested_parties
from counterclaim.serve.people import current_person, require
from counterclaim.serve.project_choice import choice_of
from counterclaim.serve.rendering import KIND_WORDS, render
from counterclaim.serve.request_params import (
    LONGEST_WORDS,
    AfterAsked,
    LedgerAsked,
    ProjectAsked,
    Words,
    ask_shelf,
)
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.corrected_claims import (
    CorrectionError,
    StaleCorrectionError,
    apply_corrections,
    has_decided,
    is_by_rule,
    seen_by,
)
from counterclaim.service.ledger_service import judge
from counterclaim.service.notes import BESIDE, beside, desk_of, tagged_with, tags_in
from counterclaim.service.review_reasons import review_reasons
from counterclaim.service.reviewer_agreement import agreements
from counterclaim.service.reviewing import (
    ReviewError,
    confirmed,
    corrections_in,
    fields_of,
    queue_for,
    undo,
)

router = APIRouter(prefix="/review")

SHOWN = 50
"""Claims of a stretch that the page lists; those below are the least doubtful."""

DOUBTS = {
    "readers": "two readers differ",
    "inferred": "inferred, not counted",
    "second": "the second reader's",
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

FILTERS = ("kind", "doubt", "after")
"""What the queue is narrowed by; a claim's page carries it on to the next."""

FILTER_PREFIX = "queue_"
"""Begins a filter's name inside the form of a claim, where the fields of the claim have theirs: a claim has a
kind too, and what narrows the queue must never be read as a correction."""

MOST_DONE = 8
"""Decisions that a page tells of as just made; a claim has fewer fields."""

ACTIONS: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected", "note": "note"}

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]
Field = Annotated[str, Form(max_length=2_000)]
Done = Annotated[list[str] | None, Query(max_length=MOST_DONE)]
"""Ids of the judgements that the page before this one filed."""


@router.get("", response_class=HTMLResponse)
def queue(
    request: Request,
    ledger: LedgerAsked,
    after: AfterAsked,
    project: ProjectAsked,
    kind: Words = "",
    doubt: Words = "",
    of: Words = "",
    tag: Words = "",
    then: Words = "",
    done: Done = None,
) -> HTMLResponse:
    """List what waits for a look, and how far reviewers agree."""
    name = current_person(request).name
    known = Known(project=project)
    found = queue_for(
        ledger, name, kind=kind or None, doubt=doubt or None, known=known, after=after
    )
    filed = ledger.judgements()
    waits = desk_of(filed, name)
    ids = _listed(filed, of, tag, name)
    entries = [item.entry for item in found.waiting[:SHOWN]]
    chosen = {entry.claim.id: entry for entry in ledger.claims_by_id(ids[:SHOWN])}
    if of or tag:
        entries = [chosen[id_] for id_ in ids[:SHOWN] if id_ in chosen]
    return render(
        request,
        "review.html",
        queue=found,
        of=of,
        tag=tag,
        waits=waits,
        listed=entries if of or tag else [],
        shown=[] if of or tag else found.waiting[:SHOWN],
        quoted=quote_entries(ledger, entries),
        after=cast("str", after),
        kind=kind,
        doubt=doubt,
        kinds=KIND_WORDS,
        doubts=DOUBTS,
        tags=tags_in(filed),
        then=then,
        done=just_done(ledger, done, name),
        agreements=agreements(filed),
    )


def _listed(filed: Sequence[FiledJudgement], of: str, tag: str, name: str) -> list[str]:
    """Return the ids of the claims of a list that is not the queue."""
    if tag:
        found = list(tagged_with(filed, tag))
    elif of == "mine":
        found = [item.judgement.subject for item in desk_of(filed, name).assigned]
    elif of == "mentions":
        found = [item.judgement.subject for item in desk_of(filed, name).mentions]
    elif of == "differ":
        found = [row for pair in agreements(filed) for row in pair.apart]
    else:
        found = []
    return [row for row in dict.fromkeys(found) if row.startswith("c-")]


@router.post("/undo/{judgement_id}")
def take_back(ledger: LedgerAsked, person: Analyst, judgement_id: str) -> Response:
    """Take a judgement back."""
    filed = undo(ledger, judgement_id, person)
    undone = ledger.judgement(filed.judgement.subject)
    subject = undone.judgement.subject
    if undone.judgement.verdict == "rule":
        return RedirectResponse("/rules", 303)
    if undone.judgement.verdict in OUTCOMES:
        return RedirectResponse("/discussion?act=prediction", 303)
    if subject.startswith("i-"):
        return go_on(f"/review/incidents/{subject}", [undone])
    return go_on(f"/review/{subject}" if subject.startswith("c-") else "/review", [undone])


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
    asked = {"kind": kind, "doubt": doubt, "after": after}
    just = just_done(ledger, done, current_person(request).name)
    entry = ledger.claim(claim_id)
    if not current_person(request).may("analyst"):
        ledger.withdrawals.check_standing(entry.claim.document_id)
    return _claim_page(request, ledger, entry, asked=asked, then=then, done=just)


def _claim_page(
    request: Request,
    ledger: Ledger,
    entry: Entry,
    *,
    asked: dict[str, str],
    then: str = "",
    done: Sequence[FiledJudgement] = (),
    given: dict[str, str] | None = None,
    wrong: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Show a claim as this reviewer sees it; with the words that they typed, where those could not be filed."""
    person = current_person(request)
    claim = entry.claim
    text = ledger.texts([claim.document_id])[claim.document_id]
    home = entry.incident_id
    findings = ledger.findings([home]).get(home, ()) if home else ()
    whole = ledger.judgements(claim.id)
    is_open = person.role == "reader" or has_decided(entry.judgements, person.name)
    trail = [
        item
        for item in whole
        if is_open or item.judgement.by == person.name or is_by_rule(item.judgement)
    ]
    seen = apply_corrections(claim, entry.judgements).claim if is_open else None
    return render(
        request,
        "review_claim.html",
        status_code=status,
        entry=entry,
        claim=seen or seen_by(claim, entry.judgements, person.name),
        fields=fields_of(entry, person.name),
        stances=STANCES,
        sides=_parties(ledger, ask_shelf(request), entry),
        before=text[claim.sentence.start : claim.span.start],
        behind=text[claim.span.end : claim.sentence.end],
        sha256=sha256(text),
        doubts=review_reasons(entry, findings),
        findings=findings,
        trail=[item for item in trail if item.judgement.verdict not in BESIDE],
        hidden=not is_open
        and any(item.judgement.verdict not in BESIDE for item in whole)
        and len(trail) < len(whole),
        beside=beside(whole, claim.id),
        names=reviewers(request, ledger),
        asked=asked,
        filters={FILTER_PREFIX + name: value for name, value in asked.items()},
        then=then,
        done=done,
        given=given or {},
        wrong=wrong,
    )


def _parties(ledger: Ledger, shelf: LruCache, entry: Entry) -> list[str]:
    """Return parties that a field may name: those of the report's conflict, those of losses, then all."""
    sides = ledger.sides([entry.claim.document_id]).get(entry.claim.document_id, ())
    known = [str(party) for party in (*sides, *entry.claim.speakers)]
    known += [item.root for item in ledger.figure_sides(limit=20)]
    return list(dict.fromkeys(item for item in (*known, *suggested_parties(ledger, shelf)) if item))


@router.post("/{claim_id}")
async def judge_claim(
    request: Request, ledger: LedgerAsked, person: Analyst, claim_id: str
) -> Response:
    """File what was decided about a claim."""
    async with request.form() as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_judge_claim, request, ledger, person, claim_id, given)


def _judge_claim(
    request: Request, ledger: Ledger, person: WorkbenchUser, claim_id: str, given: dict[str, str]
) -> Response:
    entry = ledger.claim(claim_id)
    asked = {name: given.get(FILTER_PREFIX + name, "")[:LONGEST_WORDS] for name in FILTERS}
    then = given.get("then", "")
    try:
        made = _decided(ledger, entry, given, by=person.name)
    except (CorrectionError, JudgementError, ReviewError) as error:
        status = 409 if isinstance(error, StaleCorrectionError) else 400
        typed = _conflicting(given) if status == 409 else given
        return _claim_page(
            request,
            ledger,
            entry,
            asked=asked,
            then=then,
            given=typed,
            wrong=str(error),
            status=status,
        )
    if then != "next":
        stay = "stay" if then == "stay" else ""
        return go_on(f"/review/{claim_id}", made, **asked, then=stay)
    known = Known(project=choice_of(request).project)
    return go_on(_next(ledger, person.name, asked, known), made, **asked, then="next")


def _conflicting(given: dict[str, str]) -> dict[str, str]:
    """Return what was typed, without what was only loaded with the page: that is as it stands now."""
    return {
        name: words
        for name, words in given.items()
        if f"was_{name}" not in given or words != given[f"was_{name}"]
    }


def _decided(
    ledger: Ledger, entry: Entry, given: dict[str, str], *, by: str
) -> list[FiledJudgement]:
    action, reason = given.get("action", ""), given.get("reason", "").strip()[:2_000]
    seen, claim_id = given.get("text_sha256", ""), entry.claim.id
    if action == "correct":
        return _correct(ledger, entry, given, by=by, reason=reason, seen=seen)
    if action.startswith("confirm:"):
        field = next((name for name in MENDABLES if action == f"confirm:{name}"), None)
        if field is None:
            raise ReviewError(f"{action[8:48]!r} is no field of a claim")
        return [judge(ledger, confirmed(entry, field, by=by, seen=seen))]
    if action not in ACTIONS:
        raise ReviewError(f"{action[:40]!r} is nothing that can be decided about a claim")
    verdict = ACTIONS[action]
    said = Judgement(subject=claim_id, verdict=verdict, by=by, reason=reason, text_sha256=seen)
    return [judge(ledger, said)]


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


def go_on(path: str, made: Sequence[FiledJudgement], **asked: str) -> Response:
    """Go on to a page that tells what was just decided."""
    given = [(name, value) for name, value in asked.items() if value]
    given += [("done", item.judgement.id) for item in made[:MOST_DONE]]
    return RedirectResponse(f"{path}?{urlencode(given)}", 303)


def just_done(ledger: Ledger, ids: list[str] | None, name: str) -> list[FiledJudgement]:
    """Return a person's own judgements of these ids as they stand; an address may name anything."""
    found = []
    for id_ in ids or ():
        with suppress(UnknownRowError):
            found.append(ledger.judgement(id_))
    return [item for item in found if item.judgement.by == name]


def _next(ledger: Ledger, name: str, asked: dict[str, str], known: Known) -> str:
    """Return the path of the next claim of the queue, or of the queue where none is left."""
    after = asked["after"] if asked["after"].isascii() and asked["after"].isdecimal() else None
    found = queue_for(
        ledger,
        name,
        kind=asked["kind"] or None,
        doubt=asked["doubt"] or None,
        known=known,
        after=after,
    )
    if not found.waiting:
        return "/review"
    return f"/review/{found.waiting[0].entry.claim.id}"
