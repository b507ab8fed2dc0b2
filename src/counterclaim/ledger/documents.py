"""Documents: pages of them, and one with its reading, as it was filed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from counterclaim.ledger.codec import load
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.ledger.judge import judgements_of
from counterclaim.ledger.linking_view import ReadingBody
from counterclaim.ledger.paging import Candidates, index_walk, latest_page
from counterclaim.ledger.sightings import make_document
from counterclaim.ledger.table_projects import document_projects
from counterclaim.ledger.tables import (
    attributions,
    claims,
    documents,
    erasures,
    postings,
    problems,
    readings,
    sightings,
    signatures,
)
from counterclaim.ledger.visibility import AnyRow, Scope, chunks, read_day, read_instant
from counterclaim.records.account import Account
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.ledger_rows import DocumentCard, Filed, Page, Provenance, Sighting, Thread
from counterclaim.records.problem import Problem
from counterclaim.records.text import Document

SUPERSEDED = "superseded by"
"""Name under which a reading without claims says which text stands in the place of its own."""

_later = readings.alias("later_reading")
_TEXT = (documents.c.text, documents.c.id.label("document_id"))


def list_documents(
    connection: Connection, scope: Scope, limit: int, after: str | None
) -> Page[DocumentCard]:
    """Return documents, the latest added first."""

    def fetch(numbers: Sequence[int]) -> Sequence[AnyRow]:
        return connection.execute(select_cards(scope).where(documents.c.n.in_(numbers))).all()

    shown, follows = latest_page(_candidates(connection, scope), fetch, limit, after)
    return Page(as_cards(connection, shown, scope), follows)


def as_cards(
    connection: Connection, shown: Sequence[AnyRow], scope: Scope
) -> tuple[DocumentCard, ...]:
    """Make cards of the rows that ``select_cards`` gives."""
    counted = select(readings.c.document, func.count()).where(
        readings.c.document.in_([row.n for row in shown]), scope.posted(readings.c.posting)
    )
    times: dict[int, int] = dict(connection.execute(counted.group_by(readings.c.document)).all())
    return tuple(
        DocumentCard(
            id=row.id,
            name=row.name,
            title=row.title,
            outlet=row.outlet,
            published=read_day(row.published),
            recorded_at=read_instant(row.at),
            claims=row.claims,
            readings=times[row.n],
        )
        for row in shown
    )


def _candidates(connection: Connection, scope: Scope) -> Candidates:
    """Walk down all reports, or those that are or were of a project."""
    if scope.project is None:
        return index_walk(connection, documents.c.n)
    own = document_projects.c.project == scope.project
    return index_walk(connection, document_projects.c.document, own)


def select_cards(scope: Scope) -> Select[Any]:
    """Write the query for documents with their latest reading."""
    wanted = (
        select(
            documents.c.n,
            documents.c.id,
            sightings.c.name,
            sightings.c.title,
            sightings.c.outlet,
            sightings.c.published,
            readings.c.claims,
            postings.c.at,
        )
        .join(readings, readings.c.document == documents.c.n)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .join(postings, postings.c.n == documents.c.posting)
        .where(_latest(scope), scope.document_seen(documents.c.n))
    )
    if scope.last_day is None:
        return wanted
    return wanted.where(readings.c.known_on <= scope.last_day.isoformat())


def _latest(scope: Scope) -> Any:
    newer = select(_later.c.n).where(
        _later.c.document == readings.c.document,
        _later.c.n > readings.c.n,
        scope.posted(_later.c.posting),
    )
    is_latest = scope.posted(readings.c.posting) & ~newer.correlate(readings).exists()
    return is_latest & scope.stands(readings.c.document)


def find_document(
    connection: Connection, document_id: str, scope: Scope, reading_id: str | None = None
) -> Filed:
    """Return a document with its latest reading, or with the one named.

    Raises:
        UnknownRowError: If there is no such document or reading.
    """
    wanted = (
        select(
            readings.c.n,
            readings.c.id,
            readings.c.document,
            readings.c.body,
            documents.c.text,
            documents.c.id.label("document_id"),
            sightings,
            signatures.c.body.label("signature_body"),
            postings.c.at,
        )
        .select_from(readings)
        .join(documents, documents.c.n == readings.c.document)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .join(signatures, signatures.c.n == readings.c.signature)
        .join(postings, postings.c.n == readings.c.posting)
        .where(documents.c.id == document_id, scope.posted(readings.c.posting))
    )
    if reading_id is not None:
        wanted = wanted.where(readings.c.id == reading_id)
    row = connection.execute(wanted.order_by(readings.c.n.desc()).limit(1)).first()
    if row is None:
        raise UnknownRowError(reading_id or document_id)
    body = load(ReadingBody, row.body)
    spoken = _rows(connection, attributions, row.n)
    coded = _rows(connection, claims, row.n)
    told = _rows(connection, problems, row.n)
    filed = judgements_of(connection, [document_id], scope)
    return Filed(
        id=row.id,
        document=make_document(row),
        division=body.division,
        attributions=tuple(load(Attribution, item.body).known_as(item.id) for item in spoken),
        claims=tuple(load(Claim, item.body).known_as(item.id) for item in coded),
        comments=body.comments,
        reader_claims=body.reader_claims,
        sides=body.sides,
        wordings=body.wordings,
        account=body.account,
        problems=tuple(load(Problem, item.body) for item in told),
        signature=load(dict[str, str], row.signature_body),
        recorded_at=read_instant(row.at),
        sightings=_sightings(connection, row.document, scope),
        reading_ids=_reading_ids(connection, row.document, scope),
        judgements=tuple(item.judgement for item in filed if not item.taken_back),
    )


def texts_of(connection: Connection, document_ids: Sequence[str]) -> dict[str, str]:
    """Return the texts of documents by id."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(document_ids))):
        wanted = select(documents.c.id, documents.c.text).where(documents.c.id.in_(some))
        found |= dict(connection.execute(wanted).all())
    return found


def provenance_of(connection: Connection, reading_ids: Sequence[str]) -> dict[str, Provenance]:
    """Return by whom the report of each reading was written, and what read it."""
    found: dict[str, Provenance] = {}
    read: dict[int, Mapping[str, str]] = {}
    for some in chunks(sorted(set(reading_ids))):
        wanted = (
            select(readings.c.id, sightings.c.author, signatures.c.n, signatures.c.body)
            .join(sightings, sightings.c.n == readings.c.sighting)
            .join(signatures, signatures.c.n == readings.c.signature)
            .where(readings.c.id.in_(some))
        )
        for name, author, number, body in connection.execute(wanted):
            if number not in read:
                read[number] = load(dict[str, str], body)
            found[name] = Provenance(author=author, signature=read[number])
    return found


THREADS_LOOKED_AT = 300
"""Readings that one page of discussions looks through: most reports have no thread under them."""


def list_threads(
    connection: Connection, scope: Scope, limit: int, after: str | None
) -> Page[Thread]:
    """Return the discussions under reports, the latest read first; a page may be empty and still go on."""
    wanted = (
        select(readings.c.n, readings.c.body)
        .where(_latest(scope), scope.document_seen(readings.c.document))
        .order_by(readings.c.n.desc())
        .limit(THREADS_LOOKED_AT)
    )
    if scope.last_day is not None:
        wanted = wanted.where(readings.c.known_on <= scope.last_day.isoformat())
    if after is not None:
        wanted = wanted.where(readings.c.n < int(after))
    held: dict[int, ReadingBody] = {}
    looked = 0
    last = None
    for number, body in connection.execute(wanted):
        looked, last = looked + 1, number
        found = load(ReadingBody, body)
        if found.comments:
            held[number] = found
        if len(held) == limit:
            break
    texts = (
        select(readings.c.n.label("reading_n"), *_TEXT, sightings)
        .select_from(readings)
        .join(documents, documents.c.n == readings.c.document)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .where(readings.c.n.in_(held))
        .order_by(readings.c.n.desc())
    )
    rows = tuple(
        Thread(
            document=make_document(row),
            comments=held[row.reading_n].comments,
            reader_claims=held[row.reading_n].reader_claims,
        )
        for row in connection.execute(texts)
    )
    ended = looked < THREADS_LOOKED_AT and len(held) < limit
    return Page(rows, None if ended or last is None else str(last))


def accounts_of(connection: Connection, reading_ids: Sequence[str]) -> dict[str, Account]:
    """Return the casualty accounts of readings by id."""
    found: dict[str, Account] = {}
    for some in chunks(sorted(set(reading_ids))):
        wanted = select(readings.c.id, readings.c.body).where(readings.c.id.in_(some))
        for name, body in connection.execute(wanted):
            found[name] = load(ReadingBody, body).account
    return found


def _rows(connection: Connection, table: Table, reading: int) -> Sequence[AnyRow]:
    wanted = select(table).where(table.c.reading == reading).order_by(table.c.n)
    return connection.execute(wanted).all()


def _sightings(connection: Connection, document: int, scope: Scope) -> tuple[Sighting, ...]:
    before = sightings.alias("before")
    revised = documents.alias("revised")
    wanted = (
        select(sightings, postings.c.at, revised.c.id.label("revised_id"))
        .join(postings, postings.c.n == sightings.c.posting)
        .outerjoin(before, before.c.n == sightings.c.revises)
        .outerjoin(revised, revised.c.n == before.c.document)
        .where(sightings.c.document == document, scope.posted(sightings.c.posting))
        .order_by(sightings.c.n)
    )
    return tuple(
        Sighting(
            name=row.name,
            title=row.title,
            outlet=row.outlet,
            author=row.author,
            published=read_day(row.published),
            recorded_at=read_instant(row.at),
            revises=row.revised_id,
        )
        for row in connection.execute(wanted)
    )


def _reading_ids(connection: Connection, document: int, scope: Scope) -> tuple[str, ...]:
    wanted = select(readings.c.id).where(
        readings.c.document == document, scope.posted(readings.c.posting)
    )
    return tuple(connection.execute(wanted.order_by(readings.c.n)).scalars())


def stale_documents(connection: Connection, signature_mark: str) -> Iterator[Document]:
    """Yield the documents whose latest reading was made by other code, lexicons or models, and that still stand."""
    wanted = (
        select(*_TEXT, sightings)
        .select_from(readings)
        .join(documents, documents.c.n == readings.c.document)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .join(signatures, signatures.c.n == readings.c.signature)
        .where(
            _latest(Scope(None, None)),
            documents.c.n.not_in(select(erasures.c.document)),
            signatures.c.id != signature_mark,
            ~signatures.c.body.contains(f'"{SUPERSEDED}"', autoescape=True),
        )
        .order_by(documents.c.n)
    )
    for row in connection.execute(wanted):
        yield make_document(row)
