"""Routes: what the pages show, as JSON."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BeforeValidator

from counterclaim.ledger import Ledger
from counterclaim.records.attribution import Stance
from counterclaim.records.claim import (
    Category,
    Ceasefire,
    Measure,
    Outcome,
    Position,
    Relation,
)
from counterclaim.records.finding import Status
from counterclaim.records.ledger_rows import Entry, Page, Thread
from counterclaim.records.query import (
    ClaimQuery,
    Clock,
    FigureQuery,
    IncidentQuery,
    Known,
    SearchOrder,
)
from counterclaim.serve.api.asked import check_parameters
from counterclaim.serve.api.etags import Tagged
from counterclaim.serve.api.schemas import (
    CeasefireShape,
    ClaimShape,
    DocumentShape,
    DocumentWhole,
    FigureShape,
    HitShape,
    IncidentShape,
    IncidentWhole,
    PositionShape,
    ProblemShape,
    Rows,
    SessionShape,
    ThreadShape,
)
from counterclaim.serve.api.serializers import (
    ceasefire_shape,
    claim_shape,
    document_shape,
    document_whole,
    figure_shape,
    incident_shape,
    incident_whole,
    position_shape,
    sentences_of,
    thread_shape,
)
from counterclaim.serve.people import csrf_token, current_person
from counterclaim.serve.problem_json import MEDIA_TYPE
from counterclaim.serve.request_params import LedgerAsked, ProjectAsked, url_with
from counterclaim.service.figures import corrected_figures
from counterclaim.service.incident_list import catalogue_of
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.predictions import predictions_in
from counterclaim.service.reader_threads import match_thread

Row = TypeVar("Row")
Given = TypeVar("Given")

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST = 2**31 - 1
MOST_OFFSET = 100_000


def describe_errors(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Describe refusals for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": ProblemShape.model_json_schema()}}
    return {code: {"description": "Refused, and why.", "content": content} for code in codes}


ALWAYS = (400, 401, 421, 422, 503)
"""Refusals that any address can give; docs/api.md says when."""

SAME: dict[int | str, dict[str, Any]] = {
    304: {"description": "As the answer with this `If-None-Match` was; no body."}
}

router = APIRouter(
    tags=["views"],
    dependencies=[Depends(check_parameters)],
    responses=SAME | describe_errors(*ALWAYS),
)


def _written_day(given: object) -> object:
    """Pass what is written as a day; a bare number would be taken for seconds since 1970."""
    if isinstance(given, str) and not DAY.fullmatch(given):
        raise ValueError("write it as 2020-10-14")
    return given


Day = Annotated[date | None, BeforeValidator(_written_day)]
Words = Annotated[str | None, Query(max_length=300)]
PartyAsked = Annotated[
    str | None, Query(max_length=300, description="Root of any party to it: `Armenia`.")
]
SpeakerAsked = Annotated[str | None, Query(max_length=300, description="Root of who says it.")]
Kind = Annotated[str | None, Query(pattern="^(event|casualty|ceasefire|position|withheld)$")]
First = Annotated[Day, Query(alias="from", description="First day, as 2020-10-14.")]
Last = Annotated[Day, Query(alias="to", description="Last day.")]


def _whole(given: object) -> object:
    """Refuse a number of rows that is written as a fraction: ``0.0`` is none."""
    if isinstance(given, str) and not given.strip().isdigit():
        raise ValueError("write it as a whole number")
    return given


Whole = BeforeValidator(_whole)
Limit = Annotated[int, Query(ge=1, le=500, description="Maximum number of rows."), Whole]
After = Annotated[int | None, Query(ge=0, le=MOST, description="`next` of the rows before."), Whole]
Offset = Annotated[
    int, Query(ge=0, le=MOST_OFFSET, description="`next` of the rows before."), Whole
]
RowId = Annotated[str, Path(max_length=40, description="Id of the row.")]


def _known(
    project: ProjectAsked,
    known_on: Annotated[Day, Query(description="As known at the end of this day.")] = None,
    clock: Annotated[Clock, Query(description="By which day something counts.")] = "published",
) -> Known:
    return Known(known_on, clock, project)


KnownGiven = Annotated[Known, Depends(_known)]


def write_rows(
    page: Page[Given], write: Callable[[Given], Row], response: Response, request: Request
) -> Rows[Row]:
    """Write a page, and name the next one in a ``Link`` header too."""
    follows = None if page.next is None else int(page.next)
    if follows is not None:
        response.headers["link"] = f'<{url_with(request, after=follows)}>; rel="next"'
    return Rows(rows=[write(row) for row in page.rows], next=follows)


def texts_of(ledger: Ledger, entries: Sequence[Entry]) -> Mapping[str, str]:
    """Return the texts that some claims stand in, by document id."""
    return ledger.texts([entry.claim.document_id for entry in entries])


def _after(cursor: int | None) -> str | None:
    return None if cursor is None else str(cursor)


@router.get("/session", summary="Who asks, and the token to write with")
def session(request: Request) -> SessionShape:
    """Return the name and role of who asks, and the form token of the session."""
    person = current_person(request)
    return SessionShape(name=person.name, role=person.role, csrf_token=csrf_token(request))


@router.get("/claims", summary="Claims, the latest filed first")
def claims(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    kind: Kind = None,
    stance: Stance | None = None,
    party: PartyAsked = None,
    speaker: SpeakerAsked = None,
    document: Words = None,
    first: First = None,
    last: Last = None,
    limit: Limit = 50,
    after: After = None,
) -> Rows[ClaimShape]:
    """Return claims narrowed by kind, stance, party, speaker, document and day of knowledge."""
    query = ClaimQuery(
        kind=kind,
        stance=stance,
        party=party,
        speaker=speaker,
        document_id=document,
        first_day=first,
        last_day=last,
    )
    page = ledger.claims(query, known=known, limit=limit, after=_after(after))
    texts = texts_of(ledger, page.rows)
    return write_rows(page, lambda entry: claim_shape(entry, texts), response, request)


@router.get("/claims/{claim_id}", summary="One claim", responses=describe_errors(404, 410))
def claim(ledger: LedgerAsked, known: KnownGiven, claim_id: RowId, _: Tagged) -> ClaimShape:
    """Return one claim, of the latest reading that has it."""
    entry = ledger.claim(claim_id, known=known)
    ledger.withdrawals.check_standing(entry.claim.document_id, known=known)
    return claim_shape(entry, texts_of(ledger, [entry]))


@router.get("/incidents", summary="Incidents, the latest changed first")
def incidents(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    kind: Kind = None,
    party: PartyAsked = None,
    status: Status | None = None,
    first: First = None,
    last: Last = None,
    limit: Limit = 50,
    after: After = None,
) -> Rows[IncidentShape]:
    """Return incidents narrowed by kind, party, status of a slot and days."""
    query = IncidentQuery(kind=kind, party=party, status=status, first_day=first, last_day=last)
    page = ledger.incidents(query, known=known, limit=limit, after=_after(after))
    briefs = catalogue_of(ledger).briefs([card.id for card in page.rows], known=known)
    return write_rows(
        page, lambda card: incident_shape(card, briefs.get(card.id)), response, request
    )


@router.get("/incidents/{incident_id}", summary="One incident", responses=describe_errors(404))
def incident(
    ledger: LedgerAsked, known: KnownGiven, incident_id: RowId, _: Tagged
) -> IncidentWhole:
    """Return one incident: each slot's status with its rule and voices, and the claims it rests on."""
    view = view_incident(ledger, incident_id, known=known)
    return incident_whole(view, texts_of(ledger, view.entries))


@router.get("/figures", summary="Casualty figures, in the order in which they were known")
def figures(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    side: Words = None,
    outcome: Outcome | None = None,
    category: Category | None = None,
    measure: Measure | None = None,
    relation: Relation | None = None,
    reporter: Words = None,
    first: First = None,
    last: Last = None,
    limit: Limit = 50,
    after: Offset = 0,
) -> Rows[FigureShape]:
    """Return figures as people corrected them. `side` and `reporter` are roots joined by ` & `; empty is the report."""
    query = FigureQuery(
        side=side,
        outcome=outcome,
        category=category,
        measure=measure,
        relation=relation,
        reporter=reporter,
        first_day=first,
        last_day=last,
    )
    found = corrected_figures(ledger, query, known=known, limit=after + limit + 1)
    page = take_slice(found, after, limit)
    entries = ledger.claims_by_id([row.claim_id for row in page.rows])
    words = sentences_of(entries, texts_of(ledger, entries))
    return write_rows(
        page, lambda row: figure_shape(row, words.get(row.claim_id)), response, request
    )


def take_slice(rows: Sequence[Given], start: int, limit: int) -> Page[Given]:
    """Return some of the rows, and where the next begin."""
    end = start + limit
    follows = str(end) if len(rows) > end and end <= MOST_OFFSET else None
    return Page(tuple(rows[start:end]), follows)


@router.get("/ceasefires", summary="What is told of ceasefires, the latest filed first")
def ceasefires(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    party: PartyAsked = None,
    limit: Limit = 50,
    after: After = None,
) -> Rows[CeasefireShape]:
    """Return each telling of a ceasefire with its state, parties and brokers."""
    query = ClaimQuery(kind="ceasefire", party=party)
    page = ledger.claims(query, known=known, limit=limit, after=_after(after))
    told = [(entry, entry.claim.payload) for entry in page.rows]
    found = tuple((entry, item) for entry, item in told if isinstance(item, Ceasefire))
    texts = texts_of(ledger, page.rows)
    return write_rows(
        Page(found, page.next), lambda row: ceasefire_shape(*row, texts), response, request
    )


@router.get("/positions", summary="Demands, offers, refusals and backing, the latest filed first")
def positions(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    party: PartyAsked = None,
    limit: Limit = 50,
    after: After = None,
) -> Rows[PositionShape]:
    """Return each position with who holds it, towards whom, and what, as worded."""
    query = ClaimQuery(kind="position", party=party)
    page = ledger.claims(query, known=known, limit=limit, after=_after(after))
    texts = ledger.texts([entry.claim.document_id for entry in page.rows])
    told = [(entry, entry.claim.payload) for entry in page.rows]
    found = tuple((entry, item) for entry, item in told if isinstance(item, Position))
    return write_rows(
        Page(found, page.next), lambda row: position_shape(*row, texts), response, request
    )


@router.get("/documents", summary="Documents, the latest added first")
def documents(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    limit: Limit = 50,
    after: After = None,
) -> Rows[DocumentShape]:
    """Return documents in short."""
    page = ledger.documents(known=known, limit=limit, after=_after(after))
    return write_rows(page, document_shape, response, request)


@router.get("/documents/{document_id}", summary="One document", responses=describe_errors(404, 410))
def document(
    ledger: LedgerAsked, known: KnownGiven, document_id: RowId, _: Tagged
) -> DocumentWhole:
    """Return one document: its text, what was read from it, and what read it."""
    ledger.withdrawals.check_standing(document_id, known=known)
    return document_whole(ledger.document(document_id, known=known))


@router.get(
    "/documents/{document_id}/thread",
    summary="What readers say under a document",
    responses=describe_errors(404, 410),
)
def document_thread(
    ledger: LedgerAsked, known: KnownGiven, document_id: RowId, _: Tagged
) -> ThreadShape:
    """Return the comments under a document, with the rows that speak of the same as what can be checked in them."""
    ledger.withdrawals.check_standing(document_id, known=known)
    filed = ledger.document(document_id, known=known)
    thread = Thread(
        document=filed.document, comments=filed.comments, reader_claims=filed.reader_claims
    )
    return thread_shape(
        thread,
        match_thread(ledger, thread, known=known),
        predictions_in(ledger, thread, known=known),
    )


@router.get("/search", summary="Claims by the words of their sentences")
def search(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    q: Annotated[str, Query(min_length=1, max_length=300, description="Words to find.")],
    order: SearchOrder = "newest",
    limit: Limit = 50,
    after: After = None,
) -> Rows[HitShape]:
    """Return claims whose sentence has the words: all of them, `"a phrase"`, `-not`, `begun*`."""
    page = ledger.search(q, known=known, order=order, limit=limit, after=_after(after))
    return write_rows(
        page,
        lambda hit: HitShape(
            words=hit.words, claim=claim_shape(hit.entry).model_copy(update={"words": hit.words})
        ),
        response,
        request,
    )


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> dict[str, Any]:
    """Return the OpenAPI description of this API."""
    found: dict[str, Any] = request.app.openapi()
    return found
