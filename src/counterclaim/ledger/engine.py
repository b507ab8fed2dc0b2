"""Connections: SQLite and PostgreSQL made to behave alike, and their errors told in our words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from counterclaim.ledger.database_url import database_url, hide_password, sqlite_file
from counterclaim.ledger.errors import (
    BusyError,
    ForeignDatabaseError,
    FullError,
    ReadOnlyError,
    StorageError,
    UnreachableError,
    UnreadableCopyError,
)

BUSY_SECONDS = 60
"""A writer holds the ledger for the milliseconds of one posting; a minute outlasts any queue of them."""

CACHE_KIB = 64 * 1024
"""SQLite's page cache. The indices of a million claims are about 300 MB; their upper levels fit."""

WRITER_LOCK = 0x636F756E746572
"""PostgreSQL advisory lock of the one writer ("counter" in ASCII)."""

PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    f"PRAGMA cache_size=-{CACHE_KIB}",
    "PRAGMA temp_store=MEMORY",
)
"""WAL lets readers read while one writes. FULL waits for the disk at each posting, so that a posting told
done outlives a power cut."""


POOL = MappingProxyType({"pool_size": 8, "max_overflow": 40})
"""Connections kept, and opened besides for a while: a server's forty threads all read at once."""


def make_engine(address: str) -> Engine:
    """Make the engine for an address. Nothing is opened yet.

    Args:
        address: A path or a database URL, as ``address.database_url`` accepts it.
    """
    url = database_url(address)
    path = sqlite_file(url)
    if path is not None and path.exists() and not can_write(path):
        if _has_log(path):
            raise UnreadableCopyError(str(path))
        engine = create_engine(url, creator=lambda: _open_unwritable(path))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **POOL)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(url, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def can_write(path: Path) -> bool:
    """Return whether a ledger can be written where it stands: the file, and its log beside it."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _has_log(path: Path) -> bool:
    """Return whether postings stand in a log beside the file that are not in the file yet."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _open_unwritable(path: Path) -> sqlite3.Connection:
    """Open a ledger on a disk that cannot be written, or in a folder of somebody else's, to be read and proved."""
    where = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    raw = sqlite3.connect(where, uri=True, check_same_thread=False)
    raw.isolation_level = None
    raw.execute("PRAGMA temp_store=MEMORY").close()
    return raw


def _prepare_sqlite(raw: sqlite3.Connection, record: object) -> None:
    """Set a new connection up; transactions are begun by ``_begin_sqlite``, never by the driver."""
    del record
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin: a writer takes the lock at once, so that what it read stays true until it has written."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees one state of the ledger throughout."""
    options: dict[str, Any] = (
        {}
        if is_sqlite(engine)
        else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    with translate_errors(engine), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a connection that is the only writer until it ends: all is written, or nothing."""
    with (
        translate_errors(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


def is_sqlite(bound: Engine | Connection) -> bool:
    """Return whether the database is SQLite."""
    return bound.dialect.name == "sqlite"


@contextmanager
def translate_errors(engine: Engine) -> Iterator[None]:
    """Tell the database's errors in our words."""
    where = hide_password(
        engine.url.database or "" if is_sqlite(engine) else engine.url.render_as_string()
    )
    try:
        yield
    except SQLAlchemyError as error:
        raise _translate(where, error) from error


def _translate(where: str, error: SQLAlchemyError) -> Exception:
    if not isinstance(error, DatabaseError) or error.orig is None:
        return error
    why = " ".join(str(error.orig).split()) or type(error.orig).__name__
    name = getattr(error.orig, "sqlite_errorname", None) or type(error.orig).__name__
    if name.startswith("SQLITE_FULL") or name == "DiskFull" or "No space left" in why:
        return FullError(where)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(where)
    if (
        name.startswith("SQLITE_CANTOPEN")
        or "connection failed" in why
        or "could not connect" in why
    ):
        return UnreachableError(where, why)
    if name == "SQLITE_NOTADB":
        return ForeignDatabaseError(where)
    if name.startswith("SQLITE_READONLY") or name == "ReadOnlySqlTransaction":
        return ReadOnlyError(where)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CORRUPT")) or (isinstance(error, OperationalError)):
        return StorageError(where, why)
    return error
