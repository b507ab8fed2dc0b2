"""Proof: the chain of seals, the texts' hashes, every quote's words, every column taken from a record."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from counterclaim.ledger.codec import load
from counterclaim.ledger.columns import claim_columns, figure_columns, roles_of
from counterclaim.ledger.draft import GENESIS, digest_rows, seal_posting
from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.people import find_audit_faults
from counterclaim.ledger.post import sha256
from counterclaim.ledger.raw import find_raw_faults
from counterclaim.ledger.scope import Scope
from counterclaim.ledger.tables import (
    SEALED,
    attributions,
    claim_parties,
    claims,
    documents,
    figures,
    incident_members,
    incident_states,
    postings,
    readings,
)
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.filed import Fault
from counterclaim.records.identity import make_id

STREAM = 2_000
"""Rows fetched at a time, so that a ledger of any size is proved in little memory."""

Read = TypeVar("Read")

TAKEN = ("id", "kind", "stance", "speakers", "first_day", "last_day", "place", "act", "body")
"""Columns of ``claims`` that follow from the record alone."""


def find_faults(connection: Connection, expect: str | None = None) -> Iterator[Fault]:
    """Check everything; give each fault.

    Args:
        connection: One that sees a single state of the ledger.
        expect: A seal that must be in the chain.
    """
    checks: tuple[tuple[str, Callable[[], Iterator[Fault]]], ...] = (
        ("the database", lambda: _database(connection)),
        ("its form", lambda: find_raw_faults(connection)),
        ("the chain", lambda: _chain(connection, expect)),
        ("the texts", lambda: _texts(connection)),
        ("the claims", lambda: _claims(connection)),
        ("the attributions", lambda: _attributions(connection)),
        ("the incidents", lambda: _memberships(connection)),
        ("the indices", lambda: _indices(connection)),
        ("the audit log", lambda: find_audit_faults(connection)),
    )
    for name, check in checks:
        yield from _told(name, check)


def _told(name: str, check: Callable[[], Iterator[Fault]]) -> Iterator[Fault]:
    """Yield a check's faults; what it stumbles over is a fault too, and the other checks go on."""
    try:
        yield from check()
    except (
        SQLAlchemyError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
    ) as error:
        what = f"it cannot be read to its end ({type(error).__name__}): keep this file as it is, and restore a backup"
        yield Fault(kind="unreadable", where=name, what=what)


def _database(connection: Connection) -> Iterator[Fault]:
    """Ask SQLite to check its own pages and references; PostgreSQL does so by itself."""
    if not is_sqlite(connection):
        return
    for (words,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if words != "ok":
            yield Fault(kind="database", where="integrity_check", what=str(words))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        where = f"{row[0]} row {row[1]}"
        yield Fault(
            kind="dangling", where=where, what=f"it points to a row of {row[2]} that is gone"
        )


def _chain(connection: Connection, expect: str | None) -> Iterator[Fault]:
    """Compute each posting's digest and seal anew from its rows."""
    streams = {table: _grouped(connection, table) for table in SEALED}
    waiting = {table: next(stream, None) for table, stream in streams.items()}
    before, number, found = GENESIS, 0, expect is None or expect == GENESIS
    for row in _stream(connection, select(postings).order_by(postings.c.n)):
        number += 1
        if row.n != number:
            what = f"posting {number} is missing"
            yield Fault(kind="broken-chain", where=f"posting {row.n}", what=what)
            number = row.n
        rows: list[tuple[Table, list[list[Any]]]] = []
        for table in SEALED:
            group = waiting[table]
            while group is not None and group[0] < row.n:
                what = f"{len(group[1])} rows belong to posting {group[0]}, which is missing"
                yield Fault(kind="dangling", where=table.name, what=what)
                group = next(streams[table], None)
            if group is not None and group[0] == row.n:
                rows.append((table, group[1]))
                group = next(streams[table], None)
            waiting[table] = group
        if digest_rows(rows) != row.digest:
            what = f"the rows posted at {row.at} ({row.kind} {row.subject}) are not those sealed"
            yield Fault(kind="changed-rows", where=f"posting {row.n}", what=what)
        seal = seal_posting(before, row._mapping)  # noqa: SLF001 - a row's public mapping
        if seal != row.seal:
            what = "its seal does not follow from the posting before it"
            yield Fault(kind="broken-chain", where=f"posting {row.n}", what=what)
        before = row.seal
        found = found or row.seal == expect
    for table, group in waiting.items():
        if group is not None:
            what = f"rows belong to posting {group[0]}, which is missing"
            yield Fault(kind="dangling", where=table.name, what=what)
    if not found:
        yield Fault(kind="seal-not-found", where=str(expect), what="no posting has this seal")


def _stream(connection: Connection, wanted: Any) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=STREAM).execute(wanted)


def _grouped(connection: Connection, table: Table) -> Iterator[tuple[int, list[list[Any]]]]:
    key = table.c[table.primary_key.columns.keys()[0]]
    rows = _stream(connection, select(table).order_by(table.c.posting, key))
    for posting, group in groupby(rows, key=lambda row: row.posting):
        yield posting, [list(row) for row in group]


def _texts(connection: Connection) -> Iterator[Fault]:
    for row in _stream(connection, select(documents).order_by(documents.c.n)):
        if sha256(row.text) != row.sha256 or make_id("d", row.text) != row.id:
            yield Fault(kind="changed-text", where=row.id, what="the text is not the one hashed")


def _read(kind: type[Read], body: str) -> Read | None:
    """Read a record; None when it was changed into something that is none."""
    try:
        return load(kind, body)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None


def _unreadable(where: str) -> Fault:
    return Fault(kind="unreadable", where=where, what="its record cannot be read")


def _claims(connection: Connection) -> Iterator[Fault]:
    """Prove each claim's words in its document, and its columns by its record."""
    wanted = (
        select(claims, documents.c.text, documents.c.id.label("document_id"))
        .join(documents, documents.c.n == claims.c.document)
        .order_by(claims.c.n)
    )
    for row in _stream(connection, wanted):
        claim = _read(Claim, row.body)
        where = f"{row.id} in {row.document_id}"
        if claim is None:
            yield _unreadable(where)
            continue
        if claim.span.end > len(row.text) or claim.sentence.end > len(row.text):
            yield Fault(kind="span-outside", where=where, what="its words lie beyond the text")
        elif row.text[claim.span.start : claim.span.end] != claim.quote:
            what = f"the document does not say {claim.quote!r} there"
            yield Fault(kind="wrong-quote", where=where, what=what)
        columns = claim_columns(claim, row.known_on)
        wrong = [name for name in TAKEN if columns[name] != getattr(row, name)]
        if wrong or claim.document_id != row.document_id:
            what = f"columns do not follow from the record: {', '.join(wrong) or 'document'}"
            yield Fault(kind="wrong-columns", where=where, what=what)
    yield from _figures(connection)


def _figures(connection: Connection) -> Iterator[Fault]:
    wanted = (
        select(claims.c.id.label("of"), claims.c.body, claims.c.known_on.label("day"), figures)
        .outerjoin(figures, figures.c.claim == claims.c.n)
        .where(claims.c.kind == "casualty")
        .order_by(claims.c.n)
    )
    for row in _stream(connection, wanted):
        claim = _read(Claim, row.body)
        columns = {} if claim is None else figure_columns(claim, row.day) or {}
        wrong = [name for name, value in columns.items() if getattr(row, name) != value]
        if wrong:
            what = f"the figure's columns do not follow from the claim: {', '.join(wrong)}"
            yield Fault(kind="wrong-columns", where=row.of, what=what)


def _attributions(connection: Connection) -> Iterator[Fault]:
    wanted = (
        select(attributions.c.id, attributions.c.body, documents.c.text)
        .add_columns(documents.c.id.label("document_id"))
        .join(readings, readings.c.n == attributions.c.reading)
        .join(documents, documents.c.n == readings.c.document)
        .order_by(attributions.c.n)
    )
    for row in _stream(connection, wanted):
        item = _read(Attribution, row.body)
        where = f"{row.id} in {row.document_id}"
        if item is None:
            yield _unreadable(where)
            continue
        if any(span.end > len(row.text) for span in (item.cue, *item.content)):
            yield Fault(kind="span-outside", where=where, what="its words lie beyond the text")
        if item.id != row.id or item.document_id != row.document_id:
            yield Fault(
                kind="wrong-columns", where=where, what="the id does not follow from the record"
            )


def _memberships(connection: Connection) -> Iterator[Fault]:
    """Every claim of a latest reading is in one incident, and no open incident is empty."""
    scope = Scope(None, None)
    homes = (
        select(func.count())
        .where(incident_members.c.member == claims.c.id, scope.is_member())
        .correlate(claims)
        .scalar_subquery()
    )
    wanted = select(claims.c.id, homes.label("homes")).where(scope.latest_reading(), homes != 1)
    for row in _stream(connection, wanted):
        what = f"the claim is in {row.homes} incidents, not in one"
        yield Fault(kind="dangling", where=row.id, what=what)
    empty = (
        select(incident_states.c.n)
        .where(scope.latest_state(), incident_states.c.is_open)
        .where(
            ~select(incident_members.c.n)
            .where(incident_members.c.incident == incident_states.c.incident, scope.is_member())
            .correlate(incident_states)
            .exists()
        )
    )
    for (number,) in _stream(connection, empty):
        yield Fault(kind="dangling", where=f"incident state {number}", what="it holds no claim")


def _indices(connection: Connection) -> Iterator[Fault]:
    """Compare the indices with what they index."""
    total = int(connection.execute(select(func.count()).select_from(claims)).scalar_one())
    texts = int(connection.execute(select(func.count()).select_from(documents)).scalar_one())
    for index, wanted in (("claim_words", total), ("document_words", texts)):
        held = f"{index}_docsize" if is_sqlite(connection) else index
        found = connection.execute(text(f"SELECT count(*) FROM {held}")).scalar()  # noqa: S608 - fixed names
        if found != wanted:
            what = (
                f"{found} rows are indexed and {wanted} are there; run: counterclaim ledger reindex"
            )
            yield Fault(kind="lost-index", where=index, what=what)
    expected: Counter[tuple[int, str, str]] = Counter()
    for number, body in _stream(connection, select(claims.c.n, claims.c.body)):
        claim = _read(Claim, body)
        if claim is not None:
            expected.update((number, root, role) for root, role in roles_of(claim))
    for row in _stream(
        connection, select(claim_parties.c.claim, claim_parties.c.root, claim_parties.c.role)
    ):
        expected.subtract([(row.claim, row.root, row.role)])
    wrong = sum(abs(count) for count in expected.values())
    if wrong:
        what = f"{wrong} rows are lacking or do not belong there; run: counterclaim ledger reindex"
        yield Fault(kind="lost-index", where="claim_parties", what=what)
