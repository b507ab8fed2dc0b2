"""Opening: a ledger by its address, made first where that is asked."""

from typing import TypeVar, overload

from counterclaim.ledger.database_url import database_url, hide_password, make_private, sqlite_file
from counterclaim.ledger.engine import make_engine
from counterclaim.ledger.errors import NoLedgerError
from counterclaim.ledger.ledger import CLOCK, Ledger, Now
from counterclaim.ledger.migrate import check_schema, make_schema

Form = TypeVar("Form", bound=Ledger)


@overload
def open_ledger(address: str, *, create: bool = False, now: Now = CLOCK) -> Ledger: ...


@overload
def open_ledger(
    address: str, *, create: bool = False, now: Now = CLOCK, form: type[Form]
) -> Form: ...


def open_ledger(
    address: str,
    *,
    create: bool = False,
    now: Now = CLOCK,
    form: type[Ledger] | None = None,
) -> Ledger:
    """Open a ledger.

    Args:
        address: A file, or ``postgresql://user@host/database``.
        create: Make it, in a new file or an empty database.
        now: The clock, UTC.
        form: What more the ledger is to be able to do, in a room above this one.

    Raises:
        LedgerError: If it cannot be opened, or is of another schema; the message says what to do.
    """
    where = hide_password(address)
    path = sqlite_file(database_url(address))
    if path is not None and not create and not path.exists():
        raise NoLedgerError(where)
    if path is not None and create:
        make_private(path)
    engine = make_engine(address)
    try:
        if create:
            make_schema(engine, where)
        else:
            check_schema(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return (form or Ledger)(engine, now)
