"""Feed state: what ``watch`` remembers of feeds. No part of the record: it is written over."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from counterclaim.ledger.tables import feeds, sightings
from counterclaim.ledger.visibility import chunks, read_instant, write_instant
from counterclaim.records.feed import FeedState


def recall_feed(connection: Connection, address: str) -> FeedState:
    """Return what is remembered of a feed; of a new one, nothing."""
    row = connection.execute(select(feeds).where(feeds.c.address == address)).first()
    if row is None:
        return FeedState(address=address)
    return FeedState(
        address=address,
        etag=row.etag,
        modified=row.modified,
        polled_at=None if row.polled_at is None else read_instant(row.polled_at),
        next_at=None if row.next_at is None else read_instant(row.next_at),
        failures=row.failures,
    )


def note_feed(connection: Connection, state: FeedState) -> None:
    """Write down what is to be remembered of a feed."""
    connection.execute(delete(feeds).where(feeds.c.address == state.address))
    connection.execute(
        insert(feeds),
        {
            "address": state.address,
            "etag": state.etag,
            "modified": state.modified,
            "polled_at": None if state.polled_at is None else write_instant(state.polled_at),
            "next_at": None if state.next_at is None else write_instant(state.next_at),
            "failures": state.failures,
        },
    )


def names_held(connection: Connection, names: Sequence[str]) -> frozenset[str]:
    """Return those of some names or addresses under which a document was met."""
    found: set[str] = set()
    for some in chunks(sorted(set(names))):
        held = select(sightings.c.name).where(sightings.c.name.in_(some))
        found |= set(connection.execute(held).scalars())
    return frozenset(found)
