"""Redacted postings: which hold other rows than were sealed because words were taken out, and what holds there since."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from counterclaim.ledger.tables import SEALED, documents, erased, erasures, witnesses
from counterclaim.ledger.witness import digest_lines, read_lines
from counterclaim.records.ledger_rows import Fault

ROWS = "rows"
"""Name under which an erasure vouches for a posting's own rows; others are names of indices."""


def vouched_digests(connection: Connection, name: str) -> dict[int, str]:
    """Return the digests for which erasures vouch, by posting; of several the latest.

    Args:
        connection: Any.
        name: ``ROWS``, or one of ``witness.MADE``.
    """
    wanted = select(erased.c.touched, erased.c.digest).where(erased.c.name == name)
    return dict(connection.execute(wanted.order_by(erased.c.n)).all())


def rows_of(connection: Connection, posting: int) -> list[tuple[Table, list[list[Any]]]]:
    """Return a posting's rows as they are hashed, by table."""
    found: list[tuple[Table, list[list[Any]]]] = []
    for table in SEALED:
        key = table.c[table.primary_key.columns.keys()[0]]
        wanted = select(table).where(table.c.posting == posting).order_by(key)
        rows = [list(row) for row in connection.execute(wanted)]
        if rows:
            found.append((table, rows))
    return found


def sealed_lines(
    connection: Connection, name: str, postings: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Yield the postings that seal what some postings added to an index, each with the digest of what stands now."""
    sealing = list(
        connection.execute(
            select(witnesses.c.posting).where(witnesses.c.name == name).order_by(witnesses.c.n)
        ).scalars()
    )
    wanted = {min((one for one in sealing if one >= item), default=0) for item in postings} - {0}
    lines = read_lines(connection, name)
    waiting = next(lines, None)
    for posting in sealing:
        group = []
        while waiting is not None and waiting[0] <= posting:
            group.append(waiting[1])
            waiting = next(lines, None)
        if posting in wanted:
            yield posting, digest_lines(group)[1]


def erased_documents(connection: Connection) -> frozenset[int]:
    """Return the numbers of the documents of which words were taken out."""
    return frozenset(connection.execute(select(erasures.c.document).distinct()).scalars())


def find_erasure_faults(connection: Connection) -> Iterator[Fault]:
    """Compare the text that the first erasure of each document found with the text that was filed."""
    first = select(func.min(erasures.c.n)).group_by(erasures.c.document)
    wanted = (
        select(documents.c.id)
        .join(erasures, erasures.c.document == documents.c.n)
        .where(erasures.c.n.in_(first), erasures.c.sha256 != documents.c.sha256)
    )
    for name in connection.execute(wanted).scalars():
        what = "the text from which words were taken out was not the one filed: restore a backup"
        yield Fault(kind="changed-text", where=name, what=what)


def tell_erasures(connection: Connection) -> str | None:
    """Say how much of the ledger stands by the word of erasures alone; None where nothing was taken out."""
    taken = connection.execute(select(func.count()).select_from(erasures)).scalar_one()
    if not taken:
        return None
    touched = connection.execute(select(func.count(erased.c.touched.distinct()))).scalar_one()
    return (
        f"{taken:,} erasures vouch for {touched:,} postings: their rows are not those that were sealed, and are exactly "
        "those that the erasures left"
    )
