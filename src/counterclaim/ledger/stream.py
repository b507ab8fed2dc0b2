"""Rows read for a proof: some at a time, and records that may be none."""

from collections.abc import Generator, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection

from counterclaim.ledger.codec import load

STREAM = 2_000
"""Rows fetched at a time, so that a ledger of any size is proved in little memory."""

Read = TypeVar("Read")


OPEN = "streams"
"""Where a connection keeps its streams."""


def stream(connection: Connection, wanted: Any) -> Iterator[Any]:
    """Yield the rows of a query, some fetched at a time.

    The connection holds on to the stream until ``close_streams``. One that is left half read would otherwise be closed
    by the garbage collector, maybe while the same connection waits for other rows: psycopg then waits for itself.
    """
    rows = _read(connection, wanted)
    connection.info.setdefault(OPEN, []).append(rows)
    return rows


def close_streams(connection: Connection) -> None:
    """Close what a connection's streams have left open."""
    for rows in connection.info.pop(OPEN, ()):
        rows.close()


def _read(connection: Connection, wanted: Any) -> Generator[Any, None, None]:
    with connection.execute(wanted, execution_options={"yield_per": STREAM}) as rows:
        yield from rows


def read_record(kind: type[Read], body: str) -> Read | None:
    """Read a record; None when it was changed into something that is none."""
    try:
        return load(kind, body)
    except (ValueError, TypeError, LookupError, AttributeError, RuntimeError):
        return None
