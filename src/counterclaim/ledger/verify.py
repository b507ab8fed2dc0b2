"""Proof: the chain of seals, the texts' hashes, every quote's words, every column taken from a record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from counterclaim.ledger.columns import claim_columns, figure_columns
from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.heads import CHAINS, find_chain_faults
from counterclaim.ledger.indices import find_index_faults
from counterclaim.ledger.parts import find_part_faults
from counterclaim.ledger.post import sha256
from counterclaim.ledger.posting import GENESIS, digest_rows, seal_posting
from counterclaim.ledger.raw import find_raw_faults
from counterclaim.ledger.redacted_postings import (
    ROWS,
    erased_documents,
    find_erasure_faults,
    vouched_digests,
)
from counterclaim.ledger.stream import close_streams, read_record, stream
from counterclaim.ledger.table_metadata import metadata
from counterclaim.ledger.tables import (
    SEALED,
    attributions,
    claims,
    documents,
    figures,
    incident_members,
    incident_states,
    postings,
    readings,
)
from counterclaim.ledger.visibility import Scope
from counterclaim.ledger.witness import find_witness_faults
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.identity import make_id
from counterclaim.records.ledger_rows import Fault

TAKEN = ("id", "kind", "stance", "speakers", "first_day", "last_day", "place", "act", "body")
"""Columns of ``claims`` that follow from the record alone."""


def find_faults(connection: Connection, expect: Sequence[str] = ()) -> Iterator[Fault]:
    """Check everything; give each fault.

    Args:
        connection: One that sees a single state of the ledger.
        expect: Seals that must be in the chain of postings, of accounts or of the audit log.
    """
    checks: tuple[tuple[str, Callable[[], Iterator[Fault]]], ...] = (
        ("the database", lambda: _database(connection)),
        ("its parts", lambda: find_part_faults(connection)),
        ("its form", lambda: find_raw_faults(connection)),
        ("the chain", lambda: _chain(connection)),
        ("the texts", lambda: _texts(connection)),
        ("the claims", lambda: _claims(connection)),
        ("the attributions", lambda: _attributions(connection)),
        ("the incidents", lambda: _memberships(connection)),
        ("the indices", lambda: find_index_faults(connection)),
        ("the accounts", lambda: find_chain_faults(connection, "accounts")),
        ("the audit log", lambda: find_chain_faults(connection, "audit")),
        ("what postings saw", lambda: find_witness_faults(connection)),
        ("the seals", lambda: _expected(connection, expect)),
    )
    for name, check in checks:
        yield from _told(connection, name, check)


def _told(
    connection: Connection, name: str, check: Callable[[], Iterator[Fault]]
) -> Iterator[Fault]:
    """Yield a check's faults; what it stumbles over is a fault too, and the other checks go on."""
    try:
        with nullcontext() if is_sqlite(connection) else connection.begin_nested():
            try:
                for fault in check():
                    yield _with_remedy(fault)
            finally:
                close_streams(connection)
    except Exception as error:  # noqa: BLE001 - whatever a damaged value or page leads to is told as what it is
        what = f"it cannot be read to its end ({type(error).__name__}): keep this ledger as it is, and restore a backup"
        yield Fault(kind="unreadable", where=name, what=what)


def _with_remedy(fault: Fault) -> Fault:
    """Say what to do, where a fault does not say it itself."""
    if "restore" in fault.what or "run:" in fault.what:
        return fault
    return replace(fault, what=f"{fault.what}; keep this ledger as it is, and restore a backup")


def _database(connection: Connection) -> Iterator[Fault]:
    """Ask SQLite to check its own pages and references; PostgreSQL checks pages by itself, and is asked for the rest."""
    if not is_sqlite(connection):
        yield from _dangling(connection)
        return
    for (words,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if words != "ok":
            yield Fault(kind="database", where="integrity_check", what=str(words))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        where = f"{row[0]} row {row[1]}"
        yield Fault(
            kind="dangling", where=where, what=f"it points to a row of {row[2]} that is gone"
        )


def _dangling(connection: Connection) -> Iterator[Fault]:
    """Count the rows that point to rows that are gone: whoever may do anything can switch the references off."""
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            other = constraint.referred_table.alias()
            pairs = [(part.parent, other.c[part.column.name]) for part in constraint.elements]
            is_there = select(1).where(*(ours == theirs for ours, theirs in pairs)).correlate(table)
            wanted = select(func.count()).select_from(table)
            wanted = wanted.where(*(ours.is_not(None) for ours, _ in pairs), ~is_there.exists())
            if count := connection.execute(wanted).scalar_one():
                what = f"{count} of its rows point to rows of {constraint.referred_table.name} that are gone"
                yield Fault(kind="dangling", where=table.name, what=what)


def _chain(connection: Connection) -> Iterator[Fault]:
    """Compute each posting's digest and seal anew from its rows."""
    streams = {table: _grouped(connection, table) for table in SEALED}
    waiting = {table: next(stream, None) for table, stream in streams.items()}
    before, number = GENESIS, 0
    vouched = vouched_digests(connection, ROWS)
    for row in stream(connection, select(postings).order_by(postings.c.n)):
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
        if digest_rows(rows) != vouched.get(row.n, row.digest):
            what = f"the rows posted at {row.at} ({row.kind} {row.subject}) are not those sealed"
            yield Fault(kind="changed-rows", where=f"posting {row.n}", what=what)
        seal = seal_posting(before, row._mapping)  # noqa: SLF001 - a row's public mapping
        if seal != row.seal:
            what = "its seal does not follow from the posting before it"
            yield Fault(kind="broken-chain", where=f"posting {row.n}", what=what)
        before = row.seal
    for table, group in waiting.items():
        if group is not None:
            what = f"rows belong to posting {group[0]}, which is missing"
            yield Fault(kind="dangling", where=table.name, what=what)


def _expected(connection: Connection, expect: Sequence[str]) -> Iterator[Fault]:
    """Look for seals that were written down elsewhere."""
    for seal in expect:
        found = seal == GENESIS or any(
            connection.execute(select(table.c.n).where(table.c.seal == seal)).first()
            for table in (postings, *CHAINS.values())
        )
        if not found:
            what = "no posting, account or row of the audit log has this seal: what it sealed is not in this ledger"
            yield Fault(kind="seal-not-found", where=seal, what=what)


def _grouped(connection: Connection, table: Table) -> Iterator[tuple[int, list[list[Any]]]]:
    key = table.c[table.primary_key.columns.keys()[0]]
    rows = stream(connection, select(table).order_by(table.c.posting, key))
    for posting, group in groupby(rows, key=lambda row: row.posting):
        yield posting, [list(row) for row in group]


def _texts(connection: Connection) -> Iterator[Fault]:
    erased = erased_documents(connection)
    yield from find_erasure_faults(connection)
    for row in stream(connection, select(documents).order_by(documents.c.n)):
        if row.n in erased:  # the chain proves what an erasure left
            continue
        if sha256(row.text) != row.sha256 or make_id("d", row.text) != row.id:
            yield Fault(kind="changed-text", where=row.id, what="the text is not the one hashed")


def _unreadable(where: str) -> Fault:
    return Fault(kind="unreadable", where=where, what="its record cannot be read")


def _claims(connection: Connection) -> Iterator[Fault]:
    """Prove each claim's words in its document, and its columns by its record."""
    wanted = (
        select(claims, documents.c.text, documents.c.id.label("document_id"))
        .join(documents, documents.c.n == claims.c.document)
        .order_by(claims.c.n)
    )
    erased = erased_documents(connection)
    for row in stream(connection, wanted):
        claim = read_record(Claim, row.body)
        where = f"{row.id} in {row.document_id}"
        if claim is None:
            yield _unreadable(where)
            continue
        if claim.span.end > len(row.text) or claim.sentence.end > len(row.text):
            yield Fault(kind="span-outside", where=where, what="its words lie beyond the text")
        elif row.text[claim.span.start : claim.span.end] != claim.quote:
            what = f"the document does not say {claim.quote!r} there"
            yield Fault(kind="wrong-quote", where=where, what=what)
        if row.document in erased:
            claim = claim.known_as(row.id)
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
    erased = erased_documents(connection)
    for row in stream(connection, wanted):
        claim = read_record(Claim, row.body)
        if claim is not None and row.document in erased:
            claim = claim.known_as(row.of)
        columns = {} if claim is None else figure_columns(claim, row.day) or {}
        wrong = [name for name, value in columns.items() if getattr(row, name) != value]
        if wrong:
            what = f"the figure's columns do not follow from the claim: {', '.join(wrong)}"
            yield Fault(kind="wrong-columns", where=row.of, what=what)


def _attributions(connection: Connection) -> Iterator[Fault]:
    wanted = (
        select(attributions.c.id, attributions.c.body, documents.c.text)
        .add_columns(documents.c.id.label("document_id"), documents.c.n.label("document"))
        .join(readings, readings.c.n == attributions.c.reading)
        .join(documents, documents.c.n == readings.c.document)
        .order_by(attributions.c.n)
    )
    erased = erased_documents(connection)
    for row in stream(connection, wanted):
        item = read_record(Attribution, row.body)
        where = f"{row.id} in {row.document_id}"
        if item is None:
            yield _unreadable(where)
            continue
        if any(span.end > len(row.text) for span in (item.cue, *item.content)):
            yield Fault(kind="span-outside", where=where, what="its words lie beyond the text")
        if row.document in erased:
            item = item.known_as(row.id)
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
    for row in stream(connection, wanted):
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
    for (number,) in stream(connection, empty):
        yield Fault(kind="dangling", where=f"incident state {number}", what="it holds no claim")
