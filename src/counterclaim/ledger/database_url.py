"""Where a ledger stands: a file, or a PostgreSQL database."""

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from counterclaim.ledger.errors import LedgerAddressError, NoDriverError, UnreachableError

VARIABLE = "COUNTERCLAIM_LEDGER"
DEFAULT = "counterclaim.db"


def find_address(given: str | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Say which ledger is meant: the one given, else ``COUNTERCLAIM_LEDGER``, else ``./counterclaim.db``.

    Args:
        given: What the caller said.
        environment: Stands in for the process's own.
    """
    return given or (os.environ if environment is None else environment).get(VARIABLE) or DEFAULT


def database_url(address: str) -> URL:
    """Turn an address into what SQLAlchemy connects to.

    Accepts:
      1. a path: ``counterclaim.db``, ``/srv/ledger.db``
      2. ``sqlite:///counterclaim.db``
      3. ``postgresql://user@host/database`` or ``postgres://...``, with any driver name left out

    Raises:
        LedgerAddressError: If it is none of these.
        NoDriverError: If PostgreSQL is meant and psycopg is missing.
    """
    if "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise LedgerAddressError(address) from error
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    if backend in {"postgresql", "postgres"}:
        try:
            import psycopg  # noqa: F401, PLC0415 - an extra, not a dependency
        except ImportError as error:
            raise NoDriverError from error
        return url.set(drivername="postgresql+psycopg")
    raise LedgerAddressError(hide_password(address))


def hide_password(address: str) -> str:
    """Return an address as it may be shown: a path as it is, an URL without its password."""
    if "://" not in address:
        return address
    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "the address"


PRIVATE = 0o600
"""Rights of every file with reports, accounts and the audit log: its owner's alone."""


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read, before a database writes into it; one that is there stays.

    Raises:
        UnreachableError: If it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except FileExistsError:
        return
    except OSError as error:
        raise UnreachableError(str(path), error.strerror or str(error)) from error


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite ledger; None for a server's."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
