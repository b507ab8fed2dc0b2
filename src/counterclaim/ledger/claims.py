"""Claims: pages of them, one of them, and those found by their words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Integer, column, select, text
from sqlalchemy.sql import Select

from counterclaim.ledger.codec import load
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.ledger.judge import judgements_of
from counterclaim.ledger.scope import AnyRow, Scope, chunks, read_day, read_instant
from counterclaim.ledger.search import (
    MOST_RANKED,
    key_column,
    match_clause,
    rank_clause,
    write_match,
)
from counterclaim.ledger.tables import (
    attributions,
    claim_parties,
    claims,
    documents,
    incident_members,
    incidents,
    postings,
    readings,
    sightings,
)
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.filed import Entry, Hit, Page
from counterclaim.records.judgement import Judgement
from counterclaim.records.query import ClaimQuery, SearchOrder

LATEST = 2**31 - 1
"""Above every number a row can have."""

ROWS = (
    select(
        claims.c.n,
        claims.c.id,
        claims.c.body,
        claims.c.known_on,
        claims.c.reading,
        claims.c.document,
        readings.c.id.label("reading_id"),
        sightings.c.title,
        sightings.c.name,
        sightings.c.outlet,
        sightings.c.published,
        postings.c.at,
    )
    .join(readings, readings.c.n == claims.c.reading)
    .join(sightings, sightings.c.n == readings.c.sighting)
    .join(postings, postings.c.n == claims.c.posting)
)


def list_claims(
    connection: Connection, query: ClaimQuery, scope: Scope, limit: int, after: str | None
) -> Page[Entry]:
    """Give claims, the latest filed first."""
    wanted = ROWS.where(scope.claim_seen(), *_narrow(query))
    if after is not None:
        wanted = wanted.where(claims.c.n < int(after))
    rows = connection.execute(wanted.order_by(claims.c.n.desc()).limit(limit + 1)).all()
    follows = str(rows[limit - 1].n) if len(rows) > limit else None
    return Page(make_entries(connection, rows[:limit], scope), follows)


def _narrow(query: ClaimQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.kind is not None:
        found.append(claims.c.kind == query.kind)
    if query.stance is not None:
        found.append(claims.c.stance == query.stance)
    if query.first_day is not None:
        found.append(claims.c.known_on >= query.first_day.isoformat())
    if query.last_day is not None:
        found.append(claims.c.known_on <= query.last_day.isoformat())
    if query.document_id is not None:
        own = select(documents.c.n).where(documents.c.id == query.document_id).scalar_subquery()
        found.append(claims.c.document == own)
    for root, role in ((query.party, None), (query.speaker, "speaker")):
        if root is not None:
            named = select(claim_parties.c.claim).where(
                claim_parties.c.root == root, claim_parties.c.claim == claims.c.n
            )
            if role is not None:
                named = named.where(claim_parties.c.role == role)
            found.append(named.correlate(claims).exists())
    return found


def find_claim(connection: Connection, claim_id: str, scope: Scope) -> Entry:
    """Give one claim, of the latest reading that has it.

    Raises:
        UnknownRowError: If no reading seen has it.
    """
    rows = connection.execute(
        ROWS.where(claims.c.id == claim_id, scope.posted(claims.c.posting))
        .order_by(claims.c.n.desc())
        .limit(1)
    ).all()
    if not rows:
        raise UnknownRowError(claim_id)
    return make_entries(connection, rows, scope)[0]


def entries_by_id(connection: Connection, ids: Sequence[str], scope: Scope) -> tuple[Entry, ...]:
    """Give claims by id, in the order of filing; those not seen are left out."""
    rows: list[AnyRow] = []
    for some in chunks(sorted(set(ids))):
        rows += connection.execute(ROWS.where(claims.c.id.in_(some), scope.claim_seen())).all()
    return make_entries(connection, sorted(rows, key=lambda row: row.n), scope)


def make_entries(connection: Connection, rows: Sequence[AnyRow], scope: Scope) -> tuple[Entry, ...]:
    """Make entries of rows: each with its attribution, its incident and what was judged of it."""
    loaded = [load(Claim, row.body) for row in rows]
    speech = attributions_of(
        connection,
        [
            (row.reading, claim.attribution_id)
            for row, claim in zip(rows, loaded, strict=True)
            if claim.attribution_id is not None
        ],
    )
    ids = [row.id for row in rows]
    homes = incidents_holding(connection, ids, scope)
    judged = _judged(connection, ids, scope)
    return tuple(
        Entry(
            claim=claim,
            attribution=speech.get((row.reading, claim.attribution_id or "")),
            document_title=row.title,
            document_name=row.name,
            outlet=row.outlet,
            published=read_day(row.published),
            known_on=day,
            recorded_at=read_instant(row.at),
            reading_id=row.reading_id,
            incident_id=homes.get(row.id),
            judgements=judged.get(row.id, ()),
        )
        for row, claim in zip(rows, loaded, strict=True)
        if (day := read_day(row.known_on)) is not None
    )


def attributions_of(
    connection: Connection, wanted: Sequence[tuple[int, str]]
) -> dict[tuple[int, str], Attribution]:
    """Give attributions by reading and id."""
    pairs = set(wanted)
    found: dict[tuple[int, str], Attribution] = {}
    for some in chunks(sorted({name for _, name in pairs})):
        rows = connection.execute(
            select(attributions.c.reading, attributions.c.id, attributions.c.body).where(
                attributions.c.id.in_(some)
            )
        )
        for reading, name, body in rows:
            if (reading, name) in pairs:
                found[reading, name] = load(Attribution, body)
    return found


def incidents_holding(
    connection: Connection, members: Sequence[str], scope: Scope
) -> dict[str, str]:
    """Give the id of the incident that holds each claim."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(members))):
        standing = (
            select(incident_members.c.member, incidents.c.id)
            .join(incidents, incidents.c.n == incident_members.c.incident)
            .where(incident_members.c.member.in_(some), scope.is_member())
        )
        found |= dict(connection.execute(standing).all())
    return found


def _judged(
    connection: Connection, ids: Sequence[str], scope: Scope
) -> dict[str, tuple[Judgement, ...]]:
    found: dict[str, tuple[Judgement, ...]] = {}
    for filed in judgements_of(connection, ids, scope):
        if not filed.taken_back:
            about = {filed.judgement.subject, filed.judgement.other or ""}
            for row in about & set(ids):
                found[row] = (*found.get(row, ()), filed.judgement)
    return found


def search_claims(
    connection: Connection,
    words: str,
    scope: Scope,
    *,
    order: SearchOrder,
    limit: int,
    after: str | None,
) -> Page[Hit]:
    """Give the claims whose sentence has the words.

    Raises:
        SearchError: If there is no word in them.
    """
    start = int(after or 0)
    newest_first = order == "newest"
    before = start if after is not None and newest_first else LATEST
    wanted = _matches(connection, order, scope).limit(limit + 1)
    rows = connection.execute(
        wanted if newest_first else wanted.offset(start),
        {"match": write_match(connection, words), "before": before},
    ).all()
    shown = rows[:limit]
    texts = _texts(connection, [row.document for row in shown])
    entries = make_entries(connection, shown, scope)
    hits = tuple(
        Hit(
            entry=entry,
            words=texts[row.document][entry.claim.sentence.start : entry.claim.sentence.end],
        )
        for row, entry in zip(shown, entries, strict=True)
    )
    follows = shown[-1].n if newest_first and shown else start + limit
    return Page(hits, str(follows) if len(rows) > limit else None)


def _matches(connection: Connection, order: SearchOrder, scope: Scope) -> Select[Any]:
    """Select matching claims: newest first, or the newest ``MOST_RANKED`` by how well they fit."""
    index = "claim_words"
    key = key_column(connection, index)
    fit = rank_clause(connection, index) if order == "best" else "0"
    matched = (
        f"SELECT {key} AS n, {fit} AS fit "  # noqa: S608 - fixed names; words are a parameter
        f"FROM {index} WHERE {match_clause(connection, index)} AND {key} < :before "
        f"ORDER BY {key} DESC"
    )
    if order == "best":
        matched += f" LIMIT {MOST_RANKED}"
    found = text(matched).columns(column("n", Integer), column("fit", Float))
    hits = found.subquery("hits")
    by = hits.c.fit if order == "best" else hits.c.n.desc()
    return ROWS.join(hits, hits.c.n == claims.c.n).where(scope.claim_seen()).order_by(by)


def _texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    wanted = select(documents.c.n, documents.c.text).where(documents.c.n.in_(sorted(set(numbers))))
    return dict(connection.execute(wanted).all())
