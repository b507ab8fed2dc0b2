"""Proof of what a database really holds: the form of every value.

SQL reads values otherwise than this program does: 2 is true to one and no truth to the other, and one character can
be written in two ways. What is not as the ledger writes it is a fault, though it read alike.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Boolean, Column, Connection, Integer, Table, select, text

from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.table_metadata import metadata
from counterclaim.ledger.tables import NOTEPADS
from counterclaim.ledger.words import LEAD, EscapedText
from counterclaim.records.ledger_rows import Fault

NEEDLESS = re.compile(f"{LEAD}(?!0000|d[89a-f][0-9a-f]{{2}}|f8ff)")
"""An escape of a character that needs none, or that is none."""


def find_raw_faults(connection: Connection) -> Iterator[Fault]:
    """Check each value's form; that of words alone on PostgreSQL, which holds columns to their types."""
    for table in metadata.sorted_tables:
        yield from _forms(connection, table)
    for table in NOTEPADS:  # which no other check reads
        connection.execute(select(table)).all()


def _forms(connection: Connection, table: Table) -> Iterator[Fault]:
    """Count, in one look at a table, the values of each column that are of another form."""
    checks = [(column, kind) for column in table.columns for kind in _kinds(connection, column)]
    if not checks:
        return
    counts = ", ".join(
        f"coalesce(sum(CASE WHEN {_condition(connection, column, kind)} THEN 1 ELSE 0 END), 0)"
        for column, kind in checks
    )
    asked = text(f"SELECT {counts} FROM {table.name}")  # noqa: S608 - our own tables
    found = connection.execute(asked, {"lead": LEAD} if ":lead" in counts else {}).one()
    for (column, kind), count in zip(checks, found, strict=True):
        where = f"{table.name}.{column.name}"
        if count and kind == "form":
            what = f"{count} values are not of the column's form: restore a backup"
            yield Fault(kind="odd-value", where=where, what=what)
        elif count and _has_needless(connection, table, column):
            what = "words are written otherwise than this program writes them: restore a backup"
            yield Fault(kind="odd-value", where=where, what=what)


def _kinds(connection: Connection, column: Column[object]) -> Iterator[str]:
    if is_sqlite(connection):
        yield "form"
    if isinstance(column.type, EscapedText):
        yield "escaped"


def _condition(connection: Connection, column: Column[object], kind: str) -> str:
    name = f'"{column.name}"'
    if kind == "escaped":
        return f"{'instr' if is_sqlite(connection) else 'strpos'}({name}, :lead) > 0"
    if isinstance(column.type, Boolean):
        return f"typeof({name}) NOT IN ('integer', 'null') OR {name} NOT IN (0, 1)"
    form = "integer" if isinstance(column.type, Integer) else "text"
    return f"typeof({name}) NOT IN ('{form}', 'null')"


def _has_needless(connection: Connection, table: Table, column: Column[object]) -> bool:
    """Return whether a column's words hold an escape that they need not."""
    holds = _condition(connection, column, "escaped")
    rows = connection.execute(
        text(f'SELECT "{column.name}" FROM {table.name} WHERE {holds}'),  # noqa: S608 - our own tables
        {"lead": LEAD},
    )
    return any(isinstance(words, str) and NEEDLESS.search(words) for (words,) in rows)
