"""Visits: which reports' addresses are to be looked at, when, and what is remembered of them. A notepad."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.tables import visits
from counterclaim.ledger.visibility import AnyRow, chunks, read_instant, write_instant
from counterclaim.records.feed import Visit

_BODY = ("title", "outlet", "changed")


class Visits:
    """Reads and writes what is remembered of addresses."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, rows: Sequence[Visit]) -> None:
        """Remember addresses: all of them, or none. The projects of an address only grow, whoever else writes beside."""
        with writing(self._engine) as connection:
            for row in rows:
                _note(connection, row)

    def recall(self, addresses: Sequence[str]) -> dict[str, Visit]:
        """Return what is remembered of some addresses."""
        found: dict[str, Visit] = {}
        with reading(self._engine) as connection:
            for some in chunks(sorted(set(addresses))):
                wanted = select(visits).where(visits.c.address.in_(some))
                found |= {row.address: _visit(row) for row in connection.execute(wanted)}
        return found

    def due(self, now: datetime, feeds: Sequence[str], limit: int = 500) -> tuple[Visit, ...]:
        """Return the addresses of some feeds that are to be looked at, the longest due first."""
        wanted = (
            select(visits)
            .where(visits.c.next_at <= write_instant(now), visits.c.feed.in_(feeds))
            .order_by(visits.c.next_at, visits.c.first_at, visits.c.address)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(_visit(row) for row in connection.execute(wanted))

    def next_at(self, feeds: Sequence[str]) -> datetime | None:
        """Return when the next address of some feeds is to be looked at."""
        wanted = (
            select(visits.c.next_at)
            .where(visits.c.next_at.is_not(None), visits.c.feed.in_(feeds))
            .order_by(visits.c.next_at)
            .limit(1)
        )
        with reading(self._engine) as connection:
            found = connection.execute(wanted).scalar()
        return None if found is None else read_instant(found)


def _note(connection: Connection, row: Visit) -> None:
    held = connection.execute(select(visits.c.body).where(visits.c.address == row.address)).scalar()
    before = {} if held is None else _projects(json.loads(held))
    connection.execute(delete(visits).where(visits.c.address == row.address))
    body = {name: getattr(row, name) for name in _BODY}
    body["projects"] = {**row.projects, **before}
    body["published"] = None if row.published is None else row.published.isoformat()
    connection.execute(
        insert(visits),
        {
            "address": row.address,
            "feed": row.feed,
            "etag": row.etag,
            "modified": row.modified,
            "first_at": write_instant(row.first_at),
            "next_at": None if row.next_at is None else write_instant(row.next_at),
            "visits": row.visits,
            "failures": row.failures,
            "body": json.dumps(body, ensure_ascii=False),
        },
    )


def _projects(body: Mapping[str, Any]) -> dict[str, str]:
    """Return the projects that a row names; rows of earlier versions name none."""
    return dict(body.get("projects", {}))


def _visit(row: AnyRow) -> Visit:
    body = json.loads(row.body)
    return Visit(
        address=row.address,
        feed=row.feed,
        etag=row.etag,
        modified=row.modified,
        first_at=read_instant(row.first_at),
        next_at=None if row.next_at is None else read_instant(row.next_at),
        visits=row.visits,
        failures=row.failures,
        projects=_projects(body),
        published=None if body["published"] is None else date.fromisoformat(body["published"]),
        **{name: body[name] for name in _BODY},
    )
