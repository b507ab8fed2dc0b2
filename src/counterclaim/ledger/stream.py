"""Rows read for a proof: some at a time, and records that may be none."""

from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection

from counterclaim.ledger.codec import load

STREAM = 2_000
"""Rows fetched at a time, so that a ledger of any size is proved in little memory."""

Read = TypeVar("Read")


def stream(connection: Connection, wanted: Any) -> Iterator[Any]:
    """Yield the rows of a query, some fetched at a time."""
    with connection.execute(wanted, execution_options={"yield_per": STREAM}) as rows:
        yield from rows


def read_record(kind: type[Read], body: str) -> Read | None:
    """Read a record; None when it was changed into something that is none."""
    try:
        return load(kind, body)
    except (ValueError, TypeError, LookupError, AttributeError, RuntimeError):
        return None
