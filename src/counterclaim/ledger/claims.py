"""Claims: pages of them, one of them, and those found by their words."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Float, Integer, column, func, or_, select, text

from counterclaim.ledger.codec import load
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.ledger.judge import corrected_to, judged_among, judgements_of
from counterclaim.ledger.paging import LATEST, Candidates, index_walk, latest_page, merge_candidates
from counterclaim.ledger.search import (
    MOST_RANKED,
    key_column,
    match_clause,
    rank_clause,
    write_match,
)
from counterclaim.ledger.table_projects import claim_projects
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
from counterclaim.ledger.visibility import AnyRow, Scope, chunks, read_day, read_instant
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.ledger_rows import Entry, FiledJudgement, Hit, Page
from counterclaim.records.query import ClaimQuery, SearchOrder

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
    connection: Connection,
    query: ClaimQuery,
    scope: Scope,
    limit: int,
    after: str | None,
    *,
    bare: bool = False,
) -> Page[Entry]:
    """Return claims, the latest filed first.

    Of a party, those that were corrected to name it come too; who shows them leaves out what was
    corrected away from it.
    """
    also = corrected_numbers(connection, query, scope)
    narrowed = (scope.claim_seen(), *_narrow(query, also))

    def fetch(numbers: Sequence[int]) -> Sequence[AnyRow]:
        return connection.execute(ROWS.where(claims.c.n.in_(numbers), *narrowed)).all()

    walk = merge_candidates(_candidates(connection, query, scope), also)
    rows, follows = latest_page(walk, fetch, limit, after)
    return Page(make_entries(connection, rows, scope, bare=bare), follows)


def corrected_numbers(connection: Connection, query: ClaimQuery, scope: Scope) -> list[int]:
    """Return the numbers of the claims that people corrected to name the party asked for."""
    fields = ("speaker",) if query.speaker is not None else ("speaker", "side")
    root = query.speaker if query.speaker is not None else query.party
    ids = () if root is None else corrected_to(connection, root, fields, scope)
    found: list[int] = []
    for some in chunks(ids):
        found += connection.execute(select(claims.c.n).where(claims.c.id.in_(some))).scalars()
    return found


def _candidates(connection: Connection, query: ClaimQuery, scope: Scope) -> Candidates:
    """Walk down the index that narrows most; of a project, over its claims alone."""
    root = query.speaker if query.speaker is not None else query.party
    own = scope.of_project(claims.c.n)
    if query.document_id is not None:
        home = select(documents.c.n).where(documents.c.id == query.document_id).scalar_subquery()
        return index_walk(connection, claims.c.n, claims.c.document == home)
    if root is not None and not _is_rare(connection, query):
        number = claim_parties.c.claim
        return index_walk(
            connection, number, claim_parties.c.root == root, scope.of_project(number)
        )
    if query.stance is not None:
        return index_walk(connection, claims.c.n, claims.c.stance == query.stance, own)
    if query.kind is not None:
        return index_walk(connection, claims.c.n, claims.c.kind == query.kind, own)
    if scope.project is not None:
        return index_walk(
            connection, claim_projects.c.claim, claim_projects.c.project == scope.project
        )
    return index_walk(connection, claims.c.n)


RARE = 3_000
"""Claims of a kind up to which it is quicker to look through them than through those of a party."""


def _is_rare(connection: Connection, query: ClaimQuery) -> bool:
    """Return whether there are few claims of the kind asked for."""
    if query.kind is None:
        return False
    some = select(claims.c.n).where(claims.c.kind == query.kind).limit(RARE).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) < RARE


def _narrow(query: ClaimQuery, also: Sequence[int]) -> list[ColumnElement[bool]]:
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
            is_named = named.correlate(claims).exists()
            found.append(or_(is_named, claims.c.n.in_(also)) if also else is_named)
    return found


def find_claim(connection: Connection, claim_id: str, scope: Scope) -> Entry:
    """Return one claim, of the latest reading that has it.

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
    """Return claims by id, in the order of filing; those not seen are left out."""
    rows: list[AnyRow] = []
    for some in chunks(sorted(set(ids))):
        rows += connection.execute(ROWS.where(claims.c.id.in_(some), scope.claim_seen())).all()
    return make_entries(connection, sorted(rows, key=lambda row: row.n), scope)


def make_entries(
    connection: Connection, rows: Sequence[AnyRow], scope: Scope, *, bare: bool = False
) -> tuple[Entry, ...]:
    """Make entries of rows: each with its attribution, its incident and what was judged of it.

    Args:
        connection: Any.
        rows: Of ``ROWS``.
        scope: What is seen.
        bare: Leave attributions and incidents out, for those who only count.
    """
    loaded = [load(Claim, row.body).known_as(row.id) for row in rows]
    wanted = [
        (row.reading, claim.attribution_id)
        for row, claim in zip(rows, loaded, strict=True)
        if claim.attribution_id is not None
    ]
    speech = attributions_of(connection, [] if bare else wanted)
    ids = [row.id for row in rows]
    homes = incidents_holding(connection, [] if bare else ids, scope)
    judged = judged_of(connection, ids, scope)
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
            judged=judged.get(row.id, ()),
        )
        for row, claim in zip(rows, loaded, strict=True)
        if (day := read_day(row.known_on)) is not None
    )


def attributions_of(
    connection: Connection, wanted: Sequence[tuple[int, str]]
) -> dict[tuple[int, str], Attribution]:
    """Return attributions by reading and id."""
    pairs = set(wanted)
    found: dict[tuple[int, str], Attribution] = {}
    for some in chunks(sorted({name for _, name in pairs})):
        here = set(some)
        numbers = sorted({number for number, name in pairs if name in here})
        rows = connection.execute(
            select(attributions.c.reading, attributions.c.id, attributions.c.body).where(
                attributions.c.id.in_(some), attributions.c.reading.in_(numbers)
            )
        )
        for reading, name, body in rows:
            if (reading, name) in pairs:
                found[reading, name] = load(Attribution, body).known_as(name)
    return found


def incidents_holding(
    connection: Connection, members: Sequence[str], scope: Scope
) -> dict[str, str]:
    """Return the id of the incident that holds each claim."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(members))):
        standing = (
            select(incident_members.c.member, incidents.c.id)
            .join(incidents, incidents.c.n == incident_members.c.incident)
            .where(incident_members.c.member.in_(some), scope.is_member())
        )
        found |= dict(connection.execute(standing).all())
    return found


def judged_of(
    connection: Connection, ids: Sequence[str], scope: Scope
) -> dict[str, tuple[FiledJudgement, ...]]:
    """Return what people decided about some rows and have not taken back, by row, oldest first."""
    found: dict[str, tuple[FiledJudgement, ...]] = {}
    wanted = set(ids)
    for filed in judgements_of(connection, judged_among(connection, ids), scope):
        if not filed.taken_back:
            for row in {filed.judgement.subject, filed.judgement.other or ""} & wanted:
                found[row] = (*found.get(row, ()), filed)
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
    """Return the claims whose sentence has the words.

    Raises:
        SearchError: If there is no word in them.
    """
    match = write_match(connection, words)
    if order == "newest":
        rows, follows = _newest_matches(connection, match, scope, limit, after)
    else:
        rows, follows = _best_matches(connection, match, scope, limit, int(after or 0))
    texts = _texts(connection, [row.document for row in rows])
    entries = make_entries(connection, rows, scope)
    hits = tuple(
        Hit(
            entry=entry,
            words=texts[row.document][entry.claim.sentence.start : entry.claim.sentence.end],
        )
        for row, entry in zip(rows, entries, strict=True)
    )
    return Page(hits, follows)


INDEX = "claim_words"


def _matched(connection: Connection, columns: str) -> str:
    key = key_column(connection, INDEX)
    where = match_clause(connection, INDEX)
    return (
        f"SELECT {key} AS n{columns} FROM {INDEX} "  # noqa: S608 - fixed names; words are a parameter
        f"WHERE {where} AND {key} < :before ORDER BY {key} DESC LIMIT :size"
    )


def _newest_matches(
    connection: Connection, match: str, scope: Scope, limit: int, after: str | None
) -> tuple[list[AnyRow], str | None]:
    wanted = text(_matched(connection, ""))

    def candidates(before: int, size: int) -> Sequence[int]:
        given = {"match": match, "before": before, "size": size}
        return list(connection.execute(wanted, given).scalars())

    def fetch(numbers: Sequence[int]) -> Sequence[AnyRow]:
        return connection.execute(ROWS.where(claims.c.n.in_(numbers), scope.claim_seen())).all()

    return latest_page(candidates, fetch, limit, after)


def _best_matches(
    connection: Connection, match: str, scope: Scope, limit: int, start: int
) -> tuple[list[AnyRow], str | None]:
    """Return those of the newest ``MOST_RANKED`` matches that fit best; a page begins at a count."""
    fit = f", {rank_clause(connection, INDEX)} AS fit"
    found = text(_matched(connection, fit)).columns(column("n", Integer), column("fit", Float))
    hits = found.subquery("hits")
    wanted = (
        ROWS.join(hits, hits.c.n == claims.c.n)
        .where(scope.claim_seen())
        .order_by(hits.c.fit, claims.c.n.desc())
        .offset(start)
        .limit(limit + 1)
    )
    given = {"match": match, "before": LATEST, "size": MOST_RANKED}
    rows = list(connection.execute(wanted, given).all())
    return rows[:limit], str(start + limit) if len(rows) > limit else None


def _texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    wanted = select(documents.c.n, documents.c.text).where(documents.c.n.in_(sorted(set(numbers))))
    return dict(connection.execute(wanted).all())
