"""The outbox: what is to be told to whom, each thing once; claimed before it is sent, and marked when it is."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from counterclaim.ledger.codec import dump, load
from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.tables import bookmarks, documents, outbox, postings
from counterclaim.ledger.visibility import AnyRow, Scope, read_instant, write_instant
from counterclaim.records.alert import Delivery, Matter, State

SAME = timedelta(days=2)
"""What is told again within this time of its last telling is the same thing."""

ALIKE = 0.5
"""Share of the shorter gist's words in common from which two are one."""

LEASE = timedelta(minutes=10)
"""After this, what somebody began to send and never marked is sent again, under the same id."""

KEPT = "(its own feed)"
"""The channel under which every matter is kept for its rule's feed; ``feed`` in rows of earlier versions. Their state
tells them from those of a channel that somebody called so."""

_IS_KEPT = outbox.c.state == "kept"

_GONE = select(documents.c.id).where(~Scope(None, None).stands(documents.c.n))
"""Reports that are withdrawn now."""


class Outbox:
    """Reads and writes what is to be told."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def bookmark(self, name: str) -> datetime | None:
        """Return up to when somebody has gone through what was recorded."""
        with reading(self._engine) as connection:
            found = select(bookmarks.c.at).where(bookmarks.c.name == name)
            at = connection.execute(found).scalar()
        return None if at is None else read_instant(at)

    def last_filed(self) -> datetime | None:
        """Return the instant of the latest posting, UTC; what is filed later is never dated before it."""
        with reading(self._engine) as connection:
            at = connection.execute(select(func.max(postings.c.at))).scalar()
        return None if at is None else read_instant(at)

    def collect(
        self,
        matters: Sequence[Matter],
        due: Mapping[str, Mapping[str, datetime]],
        now: datetime,
        until: Mapping[str, datetime],
    ) -> tuple[Matter, ...]:
        """Put matters in the outbox that are not in it yet, and move the rules' bookmarks: all of it, or nothing.

        Args:
            matters: As found.
            due: When to send, by rule and channel.
            now: The clock.
            until: New bookmarks, by rule.

        Returns:
            Those that are new.
        """
        fresh: list[Matter] = []
        with writing(self._engine) as connection:
            for matter in sorted(matters, key=lambda item: (item.day, item.recorded_at, item.key)):
                if self._is_known(connection, matter):
                    continue
                fresh.append(matter)
                channels = {KEPT: now, **due.get(matter.rule, {})}
                connection.execute(
                    insert(outbox),
                    [_row(matter, channel, at, now) for channel, at in channels.items()],
                )
            for name, at in until.items():
                connection.execute(delete(bookmarks).where(bookmarks.c.name == name))
                connection.execute(insert(bookmarks), {"name": name, "at": write_instant(at)})
        return tuple(fresh)

    def _is_known(self, connection: Connection, matter: Matter) -> bool:
        """Return whether the same thing is in the outbox; if so, remember that it was told again this day."""
        rows = connection.execute(
            select(outbox).where(
                outbox.c.rule == matter.rule, outbox.c.base == matter.base, _IS_KEPT
            )
        ).all()
        for row in rows:
            if is_same(load(Matter, row.body), matter, row.day):
                if matter.day.isoformat() > row.day:
                    connection.execute(
                        update(outbox)
                        .where(outbox.c.key == row.key, _IS_KEPT)
                        .values(day=matter.day.isoformat())
                    )
                return True
        return False

    def claim(self, now: datetime) -> tuple[Delivery, ...]:
        """Take what is due, so that nobody else sends it; one batch, the longest due first."""
        with writing(self._engine) as connection:
            ready = outbox.c.state.in_(["waiting", "sending"])
            first = connection.execute(
                select(outbox.c.batch, outbox.c.channel)
                .where(ready, outbox.c.due_at <= write_instant(now))
                .order_by(outbox.c.due_at, outbox.c.batch, outbox.c.channel)
                .limit(1)
            ).first()
            if first is None:
                return ()
            mine = (outbox.c.batch == first.batch) & (outbox.c.channel == first.channel) & ready
            rows = connection.execute(select(outbox).where(mine).order_by(outbox.c.key)).all()
            connection.execute(
                update(outbox)
                .where(mine)
                .values(
                    state="sending",
                    attempts=outbox.c.attempts + 1,
                    due_at=write_instant(now + LEASE),
                )
            )
        return tuple(_delivery(row) for row in rows)

    def mark(
        self,
        deliveries: Sequence[Delivery],
        state: State,
        now: datetime,
        again_at: datetime | None = None,
    ) -> None:
        """Say what became of deliveries; ``waiting`` ones are tried again at an instant."""
        with writing(self._engine) as connection:
            for item in deliveries:
                values: dict[str, object] = {"state": state, "done_at": write_instant(now)}
                if again_at is not None:
                    values = {"state": state, "due_at": write_instant(again_at)}
                connection.execute(
                    update(outbox)
                    .where(outbox.c.key == item.matter.key, outbox.c.channel == item.channel)
                    .values(**values)
                )

    def listed(
        self,
        *,
        rule: str | None = None,
        channel: str | None = None,
        states: Sequence[State] = (),
        limit: int = 200,
    ) -> tuple[Delivery, ...]:
        """Return deliveries of reports that stand, the latest made first."""
        wanted = select(outbox).order_by(outbox.c.made_at.desc(), outbox.c.key).limit(limit)
        if rule is not None:
            wanted = wanted.where(outbox.c.rule == rule)
        if channel is not None:
            wanted = wanted.where(outbox.c.channel == channel)
        if states:
            wanted = wanted.where(outbox.c.state.in_(states))
        with reading(self._engine) as connection:
            found = tuple(_delivery(row) for row in connection.execute(wanted).all())
            gone = set(connection.execute(_GONE).scalars())
        return tuple(item for item in found if item.matter.document_id not in gone)


def is_same(known: Matter, other: Matter, last_day: str | None = None) -> bool:
    """Return whether two matters of one rule and base are one thing.

    Args:
        known: The one told first.
        other: Of the same rule and base.
        last_day: The last day on which the first was told again; its own, where none is given.
    """
    first, last = known.day.isoformat(), last_day or known.day.isoformat()
    early = (known.day - SAME).isoformat()
    late = (datetime.fromisoformat(last) + SAME).date().isoformat()
    if not min(early, first) <= other.day.isoformat() <= late:
        return False
    if known.place and other.place and known.place != other.place:
        return False
    mine, theirs = set(known.gist.split()), set(other.gist.split())
    if not mine or not theirs:
        return mine == theirs
    return len(mine & theirs) / min(len(mine), len(theirs)) >= ALIKE


def _row(matter: Matter, channel: str, at: datetime, now: datetime) -> dict[str, object]:
    together = matter.key if at <= now else write_instant(at)
    return {
        "key": matter.key,
        "channel": channel,
        "rule": matter.rule,
        "base": matter.base,
        "day": matter.day.isoformat(),
        "batch": hashlib.sha256(f"{channel}|{together}".encode()).hexdigest(),
        "state": "kept" if channel == KEPT else "waiting",
        "attempts": 0,
        "made_at": write_instant(now),
        "due_at": write_instant(at),
        "body": dump(matter),
    }


def _delivery(row: AnyRow) -> Delivery:
    return Delivery(
        matter=load(Matter, row.body),
        channel=row.channel,
        state=row.state,
        batch=row.batch,
        attempts=row.attempts,
        made_at=read_instant(row.made_at),
        due_at=read_instant(row.due_at),
    )
