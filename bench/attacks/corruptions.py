"""Corruptions: every table, column, index and trigger of a ledger damaged in turn, and the proof asked.

Each damage is done inside a transaction that is taken back, by somebody who may do anything to the database and has
put its triggers back where they were. Nothing here knows how the proof works: the list is made from the database itself.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    Row,
    String,
    Table,
    and_,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.table_metadata import metadata
from counterclaim.ledger.verify import find_faults
from counterclaim.ledger.words import exact_words
from counterclaim.records.ledger_rows import Fault

NOTEPADS = frozenset({"feeds", "visits", "outbox", "bookmarks", "sessions", "tickets"})
"""Tables that are written over: the proof says that it leaves them out."""

WORDS = ("claim_words", "document_words")

Act = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that somebody does to a database."""

    name: str
    table: str
    act: Act
    is_of_rows: bool = True
    """Whether it changes rows, and not what the tables are made of."""
    is_outside: bool = False
    """Whether the proof says that it does not cover it."""


def list_damages(connection: Connection) -> list[Damage]:
    """List all damages to a ledger whose tables are all filled.

    Args:
        connection: Any.
    """
    found = [item for table in metadata.sorted_tables for item in _rows(connection, table)]
    found += [item for table in metadata.sorted_tables for item in _make(table)]
    found += _of_sqlite(connection) if is_sqlite(connection) else _of_postgresql(connection)
    return found


def try_damage(engine: Engine, damage: Damage) -> tuple[Fault, ...]:
    """Do a damage, ask the proof, and take the damage back."""
    with _unhindered(engine) as connection, exact_words():
        triggers = _take_triggers(connection, damage)
        damage.act(connection)
        for statement in triggers:
            connection.exec_driver_sql(statement)
        if not is_sqlite(connection):
            connection.execute(text("SET LOCAL session_replication_role = origin"))
        return tuple(find_faults(connection))


@contextmanager
def _unhindered(engine: Engine) -> Iterator[Connection]:
    """Open a connection that no reference and no trigger hinders, and roll back all that it does."""
    with engine.connect() as connection:
        if is_sqlite(connection):
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        try:
            yield connection
        finally:
            connection.rollback()
            connection.invalidate()


def _take_triggers(connection: Connection, damage: Damage) -> list[str]:
    """Take a table's triggers away; give the statements that put them back."""
    if not is_sqlite(connection) or not damage.is_of_rows:
        return []
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
        {"table": damage.table},
    ).all()
    for name, _ in rows:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [sql for _, sql in rows]


def _run(*statements: str, **values: Any) -> Act:
    def act(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement), values)

    return act


def _rows(connection: Connection, table: Table) -> Iterator[Damage]:
    """Rows taken out, altered and added."""
    key = list(table.primary_key.columns)
    rows = connection.execute(select(table).order_by(*key)).all()
    assert rows, f"{table.name} is empty: nothing can be tried on it"
    chosen, last = rows[len(rows) // 2], rows[-1]
    name = table.name
    acts = {
        f"{name}: a row deleted": _delete(table, chosen),
        f"{name}: the last row deleted": _delete(table, last),
        f"{name}: emptied": _run(f"DELETE FROM {name}"),
        f"{name}: a row added": _add(table, last),
    } | {f"{name}.{column.name} altered": _alter(table, chosen, column) for column in table.columns}
    for what, act in acts.items():
        yield Damage(what, name, act, is_outside=name in NOTEPADS)
    if not is_sqlite(connection):
        return
    for column in table.columns:
        if not isinstance(column.type, Integer | Boolean):
            for form, value in (("no words", "x'ff'"), ("broken words", "CAST(x'41ff' AS TEXT)")):
                change = table.update().where(_at(table, chosen)).values({column.name: text(value)})
                yield Damage(f"{name}.{column.name}: {form}", name, _do(change))


def _at(table: Table, row: Row[Any]) -> Any:
    values = row._mapping
    return and_(*(column == values[column.name] for column in table.primary_key.columns))


def _do(statement: Any) -> Act:
    def act(connection: Connection) -> None:
        connection.execute(statement)

    return act


def _delete(table: Table, row: Row[Any]) -> Act:
    return _do(table.delete().where(_at(table, row)))


def _other(column: Column[Any], value: Any) -> Any:
    """Return another value of the column's own form."""
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Integer):
        return 1 if value is None else value + 1_000
    words = "2031-05-04" if value is None and isinstance(column.type, String) else value or ""
    return ("b" if words.startswith("a") else "a") + words[1:]


def _alter(table: Table, row: Row[Any], column: Column[Any]) -> Act:
    value = _other(column, row._mapping[column.name])
    change = table.update().where(_at(table, row)).values({column.name: value})
    return _do(change)


def _add(table: Table, row: Row[Any]) -> Act:
    """Add a copy of a row under another key."""
    values = dict(row._mapping)
    for column in table.columns:
        if column.primary_key or column.unique:
            values[column.name] = _other(column, values[column.name])
    return _do(table.insert().values(values))


def _make(table: Table) -> Iterator[Damage]:
    """A table made otherwise."""
    name, column = (
        table.name,
        next(item for item in table.columns if not item.primary_key or len(table.columns) < 4),
    )
    for what, statement in (
        ("column added", f"ALTER TABLE {name} ADD COLUMN extra TEXT"),
        ("column renamed", f"ALTER TABLE {name} RENAME COLUMN {column.name} TO renamed"),
        ("table renamed", f"ALTER TABLE {name} RENAME TO other_{name}"),
    ):
        yield Damage(f"{name}: {what}", name, _run(statement), is_of_rows=False)


def _of_sqlite(connection: Connection) -> Iterator[Damage]:
    parts = connection.exec_driver_sql(
        "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('index', 'trigger', 'table') "
        "AND sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '*_words_*'"
    ).all()
    for kind, name, table in parts:
        if name != "alembic_version":
            drop = _run(f"DROP {kind} {name}")
            yield Damage(f"{kind} {name} dropped", table, drop, is_of_rows=False)
    for table in metadata.sorted_tables:
        for name in (f"t_{table.name}", f"alembic_{table.name}", f"sqliter_{table.name}"):
            made = f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name} BEGIN SELECT RAISE(IGNORE); END"
            yield Damage(f"trigger {name} added", table.name, _run(made), is_of_rows=False)
    for index in WORDS:
        for what, statement in (
            (
                "words taken out",
                f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', 1, 'soldiers')",
            ),
            ("a row added", f"INSERT INTO {index} (rowid, words) VALUES (9000, 'peace')"),
            ("a row of other words", f"INSERT INTO {index} (rowid, words) VALUES (1, 'peace')"),
            ("emptied", f"INSERT INTO {index} ({index}) VALUES ('delete-all')"),
            ("pages deleted", f"DELETE FROM {index}_data WHERE id > 10"),
            (
                "pages zeroed",
                f"UPDATE {index}_data SET block = zeroblob(length(block)) WHERE id > 10",
            ),
            ("averages altered", f"UPDATE {index}_data SET block = x'0101' WHERE id = 1"),
            ("structure altered", f"UPDATE {index}_data SET block = x'00' WHERE id = 10"),
            ("lengths altered", f"UPDATE {index}_docsize SET sz = x'01'"),
            ("a length deleted", f"DELETE FROM {index}_docsize WHERE id = 1"),
        ):
            yield Damage(f"{index}: {what}", index, _run(statement), is_of_rows=False)
    yield Damage(
        "the schema's mark altered",
        "alembic_version",
        _run("UPDATE alembic_version SET version_num = '0003'"),
    )


def _of_postgresql(connection: Connection) -> Iterator[Damage]:
    for table in metadata.sorted_tables:
        name = table.name
        for what, statement in (
            ("truncated", f"TRUNCATE {name} CASCADE"),
            ("dropped", f"DROP TABLE {name} CASCADE"),
            ("triggers disabled", f"ALTER TABLE {name} DISABLE TRIGGER ALL"),
            ("rows hidden", f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"),
            ("inserts swallowed", f"CREATE RULE r AS ON INSERT TO {name} DO INSTEAD NOTHING"),
        ):
            has_none = what == "triggers disabled" and name in {"heads", *NOTEPADS} - {"sessions"}
            if not has_none and not (what == "truncated" and name in NOTEPADS):
                yield Damage(f"{name}: {what}", name, _run(statement), is_of_rows=False)
    indexes = connection.execute(
        text(
            "SELECT indexname, tablename FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'alembic_version' "
            "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    ).all()
    for name, table in indexes:
        yield Damage(f"index {name} dropped", table, _run(f"DROP INDEX {name}"), is_of_rows=False)
    constraints = connection.execute(
        text(
            "SELECT o.conname, c.relname FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND o.contype IN ('p', 'u', 'f') AND c.relname <> 'alembic_version'"
        )
    ).all()
    for name, table in constraints:
        drop = _run(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
        yield Damage(f"constraint {name} dropped", table, drop, is_of_rows=False)
    triggers = connection.execute(
        text(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    ).all()
    for name, table in triggers:
        yield Damage(
            f"trigger {name} dropped",
            table,
            _run(f"DROP TRIGGER {name} ON {table}"),
            is_of_rows=False,
        )
    body = "$$ BEGIN RETURN NULL; END $$"
    hollow = f"CREATE OR REPLACE FUNCTION rows_are_only_added() RETURNS trigger LANGUAGE plpgsql AS {body}"
    yield Damage("the triggers' function emptied", "audit", _run(hollow), is_of_rows=False)
    for index in WORDS:
        for what, statement in (
            ("a row deleted", f"DELETE FROM {index} WHERE n = 1"),
            ("a row added", f"INSERT INTO {index} VALUES (9000, to_tsvector('english', 'peace'))"),
            (
                "other words",
                f"UPDATE {index} SET words = to_tsvector('english', 'peace') WHERE n = 1",
            ),
            ("emptied", f"TRUNCATE {index}"),
        ):
            yield Damage(f"{index}: {what}", index, _run(statement), is_of_rows=False)
    yield Damage(
        "the schema's mark altered",
        "alembic_version",
        _run("UPDATE alembic_version SET version_num = '0003'"),
    )


def try_all(engine: Engine, damages: Sequence[Damage]) -> Mapping[str, object]:
    """Try damages one by one; count what was found, and name what was not.

    Args:
        engine: Of a filled ledger.
        damages: As listed.
    """
    missed: list[str] = []
    outside = found = 0
    broken: list[str] = []
    for damage in damages:
        try:
            faults = try_damage(engine, damage)
        except (SQLAlchemyError, sqlite3.Error) as error:
            broken.append(f"{damage.name}: {type(error).__name__}")
            continue
        if any(_is_unhelpful(fault) for fault in faults):
            broken.append(f"{damage.name}: {faults[0]}")
        if faults:
            found += 1
        elif damage.is_outside:
            outside += 1
        else:
            missed.append(damage.name)
    return {
        "tried": len(damages),
        "found": found,
        "of notepads, which the proof says it leaves out": outside,
        "missed": missed,
        "ended otherwise than in a sentence that says what to do": broken,
    }


def _is_unhelpful(fault: Fault) -> bool:
    words = str(fault)
    return "\n" in words or not ("restore" in words or "run:" in words)
