"""Copies: a whole ledger into a new file or an empty database, row by row, seals and all."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from counterclaim.ledger.database_url import database_url, hide_password, make_private, sqlite_file
from counterclaim.ledger.engine import make_engine, reading, writing
from counterclaim.ledger.errors import CopyError, LedgerExistsError
from counterclaim.ledger.migrate import migrate, schema_of
from counterclaim.ledger.reindex import index_again
from counterclaim.ledger.tables import (
    SEALED,
    accounts,
    audit,
    bookmarks,
    claim_keys,
    feeds,
    heads,
    outbox,
    postings,
    state_parties,
    visits,
)
from counterclaim.ledger.verify import find_faults
from counterclaim.ledger.words import exact_words

LEFT = re.compile(r"\..+?(?:\.(\d+))?\.partial")
"""What a copy is called until it is whole, with the number of the process that makes it."""

BATCH = 2_000
"""Rows written at a time."""

COPIED = (
    postings,
    *SEALED,
    state_parties,
    claim_keys,
    feeds,
    visits,
    outbox,
    bookmarks,
    accounts,
    audit,
    heads,
)


def copy_ledger(source: Engine, target: str) -> int:
    """Copy a ledger as it stands at this moment, while others may write to it, and prove the copy.

    Args:
        source: The ledger's engine.
        target: A new file, or the address of an empty database.

    Returns:
        Rows copied. The copy appears whole or not at all.

    Raises:
        LedgerExistsError: If there is something at the target.
        CopyError: If the copy has faults; the file is then removed.
    """
    where = hide_password(target)
    path = sqlite_file(database_url(target))
    if path is None:
        return _copy(source, target, where)
    if path.exists():
        raise LedgerExistsError(where)
    clear_left(path.parent)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        _clear(partial)
        make_private(partial)
        rows = _copy(source, str(partial), where)
        partial.replace(path)
    finally:
        _clear(partial)
    return rows


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite ledger of any schema, page by page, while others may write to it."""
    make_private(target)
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target)) as taken:
        given.backup(taken)


def clear_left(folder: Path) -> tuple[str, ...]:
    """Remove what backups that were killed left in a folder; give the names.

    Args:
        folder: Where copies were being made.
    """
    found: list[str] = []
    for path in folder.glob(".*.partial"):
        match = LEFT.fullmatch(path.name)
        if match is not None and not _is_running(int(match[1] or 0)):
            _clear(path)
            found.append(path.name)
    return tuple(sorted(found))


def _is_running(number: int) -> bool:
    """Return whether there is a process of a number; of files without one, nobody can know who makes them."""
    if os.name != "posix" or number <= 0:
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _clear(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _copy(source: Engine, target: str, where: str) -> int:
    engine = make_engine(target)
    try:
        if schema_of(engine) is not None:
            raise LedgerExistsError(where)
        with exact_words(), reading(source) as given:
            migrate(engine)
            with writing(engine) as taken:
                rows = sum(_copy_table(given, taken, table) for table in COPIED)
                index_again(taken)
        with exact_words(), reading(engine) as made:
            fault = next(find_faults(made), None)
        if fault is not None:
            raise CopyError(where, str(fault))
        if engine.dialect.name == "sqlite":
            with engine.connect() as last:
                last.exec_driver_sql("COMMIT")
                last.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return rows
    finally:
        engine.dispose()


def _copy_table(given: Connection, taken: Connection, table: Table) -> int:
    rows = 0
    if table is heads:  # a new ledger has its own
        taken.execute(delete(heads))
    wanted = select(table).order_by(*table.primary_key.columns)
    for part in given.execution_options(yield_per=BATCH).execute(wanted).partitions():
        taken.execute(insert(table), [dict(row._mapping) for row in part])  # noqa: SLF001 - a row's public mapping
        rows += len(part)
    return rows
