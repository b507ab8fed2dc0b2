"""A draft: the rows of one posting, gathered, numbered, sealed and written together."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from counterclaim.ledger.heads import GENESIS
from counterclaim.ledger.tables import SEALED, postings, witnesses
from counterclaim.ledger.visibility import read_instant, write_instant
from counterclaim.ledger.witness import digest_lines, gather_lines, moved_heads

__all__ = ["GENESIS", "PostingDraft", "date_posting", "digest_rows", "seal_posting"]

SET_BACK = timedelta(days=1)
"""How far a clock may be behind the last posting and be taken for one that was set right by a little."""


class PostingDraft:
    """Rows to be written. Only one writer is at work at a time, so numbers can be given beforehand."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        """Begin.

        Args:
            connection: A writing one.
            now: The clock, which ``date_posting`` judges.
        """
        self.connection = connection
        last = connection.execute(
            select(postings.c.n, postings.c.at, postings.c.seal)
            .order_by(postings.c.n.desc())
            .limit(1)
        ).first()
        self.number = 1 if last is None else last.n + 1
        self.at = (
            now.astimezone(UTC)
            if last is None
            else date_posting(connection, now.astimezone(UTC), read_instant(last.at))
        )
        self._seal = GENESIS if last is None else last.seal
        self._rows: dict[Table, list[dict[str, Any]]] = {}
        self._next: dict[Table, int] = {}
        self._beside: dict[str, list[tuple[int, str]]] = {}

    @property
    def day(self) -> str:
        """The day of the posting, UTC."""
        return self.at.date().isoformat()

    def add(self, table: Table, **values: Any) -> int:
        """Add a row and give its number.

        Args:
            table: One of the sealed tables that are numbered.
            values: Its columns, but for number and posting.
        """
        if table not in self._next:
            self._next[table] = 1 + int(
                self.connection.execute(select(func.max(table.c.n))).scalar() or 0
            )
        number = self._next[table]
        self._next[table] += 1
        self._rows.setdefault(table, []).append({"n": number, "posting": self.number, **values})
        return number

    def hang(self, table: Table, values: Mapping[str, Any]) -> None:
        """Add a row that has no number of its own."""
        self._rows.setdefault(table, []).append({"posting": self.number, **values})

    def witness(self, name: str, pairs: Iterable[tuple[int, str]]) -> None:
        """Have the posting seal rows that it adds to an index which only it could make.

        Args:
            name: One of ``witness.MADE``.
            pairs: The numbers of claims or states, with their keys or roots.
        """
        self._beside.setdefault(name, []).extend(pairs)

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to write."""
        return not self._rows

    def close(self, kind: str, subject: str, signed: str) -> str:
        """Write the posting and all its rows.

        Args:
            kind: What was posted.
            subject: Id or name of what was posted.
            signed: Who or what posted it.

        Returns:
            The posting's seal.
        """
        for name, pairs in self._beside.items():
            if pairs:
                count, digest = digest_lines(gather_lines(pairs))
                self.add(witnesses, name=name, rows=count, digest=digest)
        for name, count, digest in moved_heads(self.connection):
            self.add(witnesses, name=name, rows=count, digest=digest)
        rows = {table: self._rows[table] for table in SEALED if table in self._rows}
        digest = digest_rows(
            (table, [_values(table, row) for row in rows[table]]) for table in rows
        )
        at = write_instant(self.at)
        entry = {
            "n": self.number,
            "at": at,
            "kind": kind,
            "subject": subject,
            "signed": signed,
            "digest": digest,
        }
        seal = seal_posting(self._seal, entry)
        self.connection.execute(insert(postings), [{**entry, "seal": seal}])
        for table, values in rows.items():
            self.connection.execute(insert(table), values)
        return seal


def date_posting(connection: Connection, now: datetime, last: datetime) -> datetime:
    """Return the instant under which a posting is filed.

    Times grow with numbers, also where a clock is set back by a little. Where it stands far behind the last posting,
    one of two clocks was wrong: if earlier postings are of its own time, it was the one that was ahead, and its
    date is not carried on. A clock that stands before every posting is the wrong one itself.

    Args:
        connection: Any.
        now: The clock, UTC.
        last: The last posting's instant.
    """
    if now >= last - SET_BACK:
        return max(now, last)
    likely = write_instant(now + SET_BACK)
    before = connection.execute(select(func.max(postings.c.at)).where(postings.c.at <= likely))
    found = before.scalar()
    return last if found is None else max(now, read_instant(found))


def _values(table: Table, row: Mapping[str, Any]) -> list[Any]:
    return [row.get(column.name) for column in table.columns]


def digest_rows(rows: Iterable[tuple[Table, Sequence[Sequence[Any]]]]) -> str:
    """Hash rows: table by table in the order of ``SEALED``, each in the order of its numbers.

    Args:
        rows: Tables, and their rows as values in the order of the table's columns.
    """
    found = hashlib.sha256()
    for table, values in rows:
        for row in values:
            line = json.dumps([table.name, *row], separators=(",", ":"))
            found.update(line.encode("ascii") + b"\n")
    return found.hexdigest()


def seal_posting(before: str, entry: Mapping[str, Any]) -> str:
    """Hash a posting with the seal of the one before it.

    Args:
        before: That seal; ``GENESIS`` for the first posting.
        entry: The posting's columns.
    """
    values = [entry[name] for name in ("n", "at", "kind", "subject", "signed", "digest")]
    line = json.dumps([before, *values], separators=(",", ":"))
    return hashlib.sha256(line.encode("ascii")).hexdigest()
