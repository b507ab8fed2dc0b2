"""Remarks beside a proof: what it leaves unproved, and what a clock did."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select

from counterclaim.ledger.heads import CHAINS, head_of
from counterclaim.ledger.posting import SET_BACK
from counterclaim.ledger.redacted_postings import tell_erasures
from counterclaim.ledger.tables import NOTEPADS, postings
from counterclaim.ledger.visibility import write_instant

ENDING = {
    "sessions": "'counterclaim people password NAME' ends what somebody may have put there",
    "tickets": "they are links that let somebody in, and the page People shows and ends each",
}
"""What to do about rows that somebody may have slipped into a notepad."""

MOST = 5
"""Postings named for their times."""


def find_remarks(connection: Connection, now: datetime) -> Iterator[str]:
    """Say in sentences what ``verify`` cannot prove of this ledger.

    Args:
        connection: Any.
        now: The clock.
    """
    for table in NOTEPADS:
        name = table.name
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if count:
            ending = f"; {ENDING[name]}" if name in ENDING else ""
            yield f"not proved: {name}, a notepad of {count:,} rows that is written over{ending}"
    taken = tell_erasures(connection)
    if taken is not None:
        yield taken
    yield from find_clock_remarks(connection, now)
    for chain in CHAINS:
        end = head_of(connection, chain)
        if end is not None and end[0]:
            yield f"{chain}: {end[0]:,} rows; seal {end[1]}"


def find_clock_remarks(connection: Connection, now: datetime) -> Iterator[str]:
    """Say which postings are dated after the clock, or before the one that they follow."""
    ahead = tell_ahead(connection, now)
    if ahead:
        yield ahead
    before = select(
        postings.c.n,
        postings.c.at,
        func.lag(postings.c.at).over(order_by=postings.c.n).label("then"),
    ).subquery()
    back = select(before).where(before.c.at < before.c.then).order_by(before.c.n).limit(MOST)
    for row in connection.execute(back):
        yield (
            f"posting {row.n} ({row.at[:10]}) follows one dated {row.then[:10]}, when a clock was ahead: by "
            "--recorded-by, that one counts as filed by the time of this one"
        )


def tell_ahead(connection: Connection, now: datetime) -> str | None:
    """Say which postings are dated after the clock; None where none is."""
    number, first, last = connection.execute(
        select(func.count(), func.min(postings.c.n), func.max(postings.c.at)).where(
            postings.c.at > write_instant(now + SET_BACK)
        )
    ).one()
    if not number:
        return None
    return (
        f"{number:,} postings from number {first} on are dated up to {last[:10]}, after this machine's clock "
        f"({now.date()}): a clock was ahead then, or this one is behind; set it right before adding more"
    )
