"""Proof of what a database really holds: its tables, triggers and indices, and the form of every value.

SQL reads values otherwise than this program does: 2 is true to one and no truth to the other, and one character can
be written in two ways. What is not as the ledger writes it is a fault, though it read alike.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Boolean, Column, Connection, Integer, Table, create_engine, text
from sqlalchemy.pool import StaticPool

from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.migrate import migrate
from counterclaim.ledger.tables import LEAD, SEALED, Words, postings
from counterclaim.records.filed import Fault

PARTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic%'"

NEEDLESS = re.compile(f"{LEAD}(?!0000|d[89a-f][0-9a-f]{{2}}|f8ff)")
"""An escape of a character that needs none, or that is none."""


def find_raw_faults(connection: Connection) -> Iterator[Fault]:
    """Check the database's own parts, and each value's form; SQLite's, for PostgreSQL holds columns to their types."""
    if not is_sqlite(connection):
        return
    yield from _parts(connection)
    for table in (postings, *SEALED):
        for column in table.columns:
            yield from _forms(connection, table, column)


def _parts(connection: Connection) -> Iterator[Fault]:
    """Compare tables, indices and triggers with those of a ledger newly made."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        migrate(engine)
        with engine.connect() as made:
            wanted = _read_parts(made)
    finally:
        engine.dispose()
    found = _read_parts(connection)
    for kind, name in sorted(wanted.keys() | found.keys()):
        have, want = found.get((kind, name)), wanted.get((kind, name))
        if have != want:
            what = (
                "is missing" if have is None else "is not ours" if want is None else "was changed"
            )
            yield Fault(
                kind="changed-schema",
                where=f"{kind} {name}",
                what=f"the {kind} {what}: restore a backup, or find out who changed the database",
            )


def _read_parts(connection: Connection) -> dict[tuple[str, str], str]:
    return {
        (kind, name): " ".join((sql or "").replace('"', "").split())
        for kind, name, sql in connection.execute(text(PARTS))
    }


def _forms(connection: Connection, table: Table, column: Column[object]) -> Iterator[Fault]:
    name = f'"{column.name}"'
    if isinstance(column.type, Boolean):
        wrong = f"typeof({name}) NOT IN ('integer', 'null') OR {name} NOT IN (0, 1)"
    elif isinstance(column.type, Integer):
        wrong = f"typeof({name}) NOT IN ('integer', 'null')"
    else:
        wrong = f"typeof({name}) NOT IN ('text', 'null')"
    count = connection.execute(
        text(f"SELECT count(*) FROM {table.name} WHERE {wrong}")  # noqa: S608 - our own tables
    ).scalar()
    if count:
        yield Fault(
            kind="odd-value",
            where=f"{table.name}.{column.name}",
            what=f"{count} values are not of the column's form: restore a backup",
        )
    if isinstance(column.type, Words):
        rows = connection.execute(
            text(f"SELECT {name} FROM {table.name} WHERE instr({name}, :lead) > 0"),  # noqa: S608
            {"lead": LEAD},
        )
        if any(isinstance(words, str) and NEEDLESS.search(words) for (words,) in rows):
            yield Fault(
                kind="odd-value",
                where=f"{table.name}.{column.name}",
                what="words are written otherwise than this program writes them: restore a backup",
            )
