"""Casualty cache: the claims that a casualty account rests on, decoded once while the ledger is open."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Lock

from sqlalchemy import Connection, Engine, and_, func, select

from counterclaim.ledger.claims import ROWS, corrected_numbers, judged_of, make_entries
from counterclaim.ledger.engine import reading
from counterclaim.ledger.tables import claim_parties, claims, erasures
from counterclaim.ledger.visibility import CHUNK, Scope, make_scope
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known

ROOM = 16_384
"""Claims kept decoded; the one used longest ago goes first. About 3 KB each."""


class CasualtyCache:
    """Claims about losses, and of what is withheld. What was decoded holds until an erasure.

    Threads may share it. Which rows are seen, and what was judged of them, is asked of the ledger each time.
    """

    def __init__(self, engine: Engine, room: int = ROOM) -> None:
        self._engine = engine
        self._room = room
        self._kept: OrderedDict[int, Entry] = OrderedDict()
        self._lock = Lock()
        self._erasures = 0

    def forget(self) -> None:
        """Let go of all that was decoded."""
        with self._lock:
            self._kept.clear()

    def of(
        self, root: str | None = None, *, known: Known = EVERYTHING, limit: int
    ) -> tuple[Entry, ...]:
        """Return claims of one side or of all, without attributions and incidents, the latest filed first.

        Args:
            root: Of whose losses are meant, or who withholds; None for everybody's.
            known: As known on which day.
            limit: The most claims of each of the two kinds.
        """
        with reading(self._engine) as connection:
            scope = make_scope(connection, known)
            self._keep_up(connection)
            numbers = list(_numbers(connection, root, scope, limit))
            found = self._entries(connection, numbers, scope)
            judged = judged_of(connection, [entry.claim.id for entry in found], scope)
        return tuple(
            replace(entry, judged=judged[entry.claim.id]) if entry.claim.id in judged else entry
            for entry in found
        )

    def _keep_up(self, connection: Connection) -> None:
        """Let go of what was decoded before the latest erasure: it alone changes rows."""
        latest = int(connection.execute(select(func.max(erasures.c.n))).scalar() or 0)
        if latest != self._erasures:
            self.forget()
            self._erasures = latest

    def _entries(self, connection: Connection, numbers: Sequence[int], scope: Scope) -> list[Entry]:
        """Return entries as they were filed, in the order of their numbers."""
        with self._lock:
            held = {number: self._kept[number] for number in numbers if number in self._kept}
            for number in held:
                self._kept.move_to_end(number)
        missing = [number for number in numbers if number not in held]
        fresh: dict[int, Entry] = {}
        for start in range(0, len(missing), CHUNK):
            some = missing[start : start + CHUNK]
            rows = connection.execute(ROWS.where(claims.c.n.in_(some))).all()
            entries = make_entries(connection, rows, scope, bare=True)
            fresh |= {
                row.n: replace(entry, judged=()) for row, entry in zip(rows, entries, strict=True)
            }
        with self._lock:
            self._kept.update(fresh)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        held |= fresh
        return [held[number] for number in numbers]


def _numbers(connection: Connection, root: str | None, scope: Scope, limit: int) -> Iterator[int]:
    """Yield the numbers of the claims, walking down one index from the latest filed."""
    also = corrected_numbers(connection, ClaimQuery(party=root), scope)
    seen = select(claims.c.n).where(scope.claim_seen())
    for kind, role in (("casualty", "side"), ("withheld", "owner")):
        number = claims.c.n if root is None else claim_parties.c.claim
        wanted = seen.where(claims.c.kind == kind)
        if root is not None:
            named = and_(claim_parties.c.root == root, claim_parties.c.role == role)
            wanted = seen.join(claim_parties, claim_parties.c.claim == claims.c.n).where(named)
        found = set(connection.execute(wanted.order_by(number.desc()).limit(limit)).scalars())
        if also:
            corrected = seen.where(claims.c.kind == kind, claims.c.n.in_(also))
            found |= set(connection.execute(corrected).scalars())
        yield from sorted(found, reverse=True)[:limit]
