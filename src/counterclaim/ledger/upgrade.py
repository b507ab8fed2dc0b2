"""Upgrading: bringing a kept ledger to this version's schema, with a copy of it beside it."""

from contextlib import suppress

from counterclaim.ledger.backup import copy_file
from counterclaim.ledger.database_url import database_url, hide_password, sqlite_file
from counterclaim.ledger.engine import make_engine
from counterclaim.ledger.errors import NoLedgerError, OldSchemaError
from counterclaim.ledger.migrate import check_schema, migrate, newest_schema


def migrate_ledger(address: str) -> tuple[str, ...]:
    """Bring a ledger to this version's schema; a file is copied beside itself first.

    Args:
        address: Of the ledger.

    Returns:
        The schemas gone through, oldest first; empty when there was nothing to do.

    Raises:
        LedgerError: If there is no ledger, or one of a later version.
    """
    where = hide_password(address)
    path = sqlite_file(database_url(address))
    if path is not None and not path.exists():
        raise NoLedgerError(where)
    engine = make_engine(address)
    try:
        with suppress(OldSchemaError):
            check_schema(engine, where)
            return ()
        if path is not None:
            copy_file(path, path.with_name(f"{path.name}.before-{newest_schema()}"))
        return migrate(engine)
    finally:
        engine.dispose()
