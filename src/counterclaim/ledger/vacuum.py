"""Vacuum: what a database still holds of rows that were changed, overwritten or given back."""

import sqlite3
from contextlib import closing

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from counterclaim.ledger.database_url import sqlite_file
from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.tables import metadata

PATIENCE_SECONDS = 10
"""How long somebody else who reads is waited for."""


def sweep(engine: Engine) -> bool:
    """Write the whole database anew, so that nothing of what was erased is left in its files.

    Args:
        engine: Of the ledger. Nobody may be reading in it for longer than ``PATIENCE_SECONDS``.

    Returns:
        Whether it was done; False where somebody else was at work in it, or this user may not.
    """
    return _sweep_sqlite(engine) if is_sqlite(engine) else _sweep_postgresql(engine)


def _sweep_sqlite(engine: Engine) -> bool:
    path = sqlite_file(engine.url)
    if path is None:
        return True
    engine.dispose()
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as raw:
            raw.execute("PRAGMA secure_delete=ON")
            raw.execute("PRAGMA temp_store=MEMORY")
            raw.execute("VACUUM")
            busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except sqlite3.Error:
        return False


def _sweep_postgresql(engine: Engine) -> bool:
    names = [*(table.name for table in metadata.sorted_tables), "claim_words", "document_words"]
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SET lock_timeout = '{PATIENCE_SECONDS}s'"))
            for name in names:
                connection.execute(text(f"VACUUM FULL {name}"))
            connection.execute(text("RESET lock_timeout"))
    except SQLAlchemyError:
        return False
    return True
