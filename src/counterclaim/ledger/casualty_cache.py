"""Casualty cache: what a casualty account rests on, claims and what belongs to their reports, decoded once while the ledger is open."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine, and_, func, select

from counterclaim.ledger.carriers import Carriers
from counterclaim.ledger.claims import ROWS, corrected_numbers, judged_of, make_entries
from counterclaim.ledger.documents import accounts_of
from counterclaim.ledger.engine import reading
from counterclaim.ledger.linking_view import latest_readings, sides_of_readings
from counterclaim.ledger.tables import claim_parties, claims, erasures
from counterclaim.ledger.visibility import CHUNK, Scope, make_scope
from counterclaim.records.account import Account
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.party import Party
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.records.text import Document

ROOM = 16_384
"""Claims kept decoded; the one used longest ago goes first. About 3 KB each."""

REPORTS = 4_096
"""Reports kept with their texts, and readings with their accounts."""

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class _Kept(Generic[_Key, _Value]):
    """What was decoded, by its key. Threads may share it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._held: OrderedDict[_Key, _Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def forget(self) -> None:
        with self._lock:
            self._held.clear()

    def get(
        self, keys: Sequence[_Key], make: Callable[[list[_Key]], Mapping[_Key, _Value]]
    ) -> dict[_Key, _Value]:
        """Return what is held under keys, and make what is not; keys of which nothing is made are left out."""
        with self._lock:
            held = {key: self._held[key] for key in keys if key in self._held}
            for key in held:
                self._held.move_to_end(key)
        missing = [key for key in keys if key not in held]
        if not missing:
            return held
        fresh = make(missing)
        with self._lock:
            self._held.update(fresh)
            while len(self._held) > self._room:
                self._held.popitem(last=False)
        return {**held, **fresh}


class CasualtyCache:
    """Claims about losses, and of what is withheld; their reports. What was decoded holds until an erasure.

    Threads may share it. Which rows are seen, and what was judged of them, is asked of the ledger each time.
    """

    def __init__(self, engine: Engine, room: int = ROOM) -> None:
        self._engine = engine
        self._claims: _Kept[int, Entry] = _Kept(room)
        self._sides: _Kept[int, tuple[Party, ...]] = _Kept(room)
        self._accounts: _Kept[str, Account] = _Kept(REPORTS)
        self._documents: _Kept[str, Document] = _Kept(REPORTS)
        self._lock = Lock()
        self._erasures = 0

    @property
    def erasures(self) -> int:
        """Number of the latest erasure that was met: what was worked out before it is to be forgotten."""
        return self._erasures

    def forget(self) -> None:
        """Let go of all that was decoded."""
        for kept in (self._claims, self._sides, self._accounts, self._documents):
            kept.forget()

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
        with self._lock:
            is_behind, self._erasures = latest != self._erasures, latest
        if is_behind:
            self.forget()

    def sides(self, document_ids: Sequence[str]) -> dict[str, tuple[Party, ...]]:
        """Return the parties to the conflict that each report is about, by its latest reading."""
        with reading(self._engine) as connection:
            self._keep_up(connection)
            latest = latest_readings(connection, document_ids, Scope(None, None))
            found = self._sides.get(
                list(latest.values()), lambda missing: sides_of_readings(connection, missing)
            )
        return {name: found[number] for name, number in latest.items()}

    def accounts(self, reading_ids: Sequence[str]) -> dict[str, Account]:
        """Return the casualty accounts of single readings by id."""
        with reading(self._engine) as connection:
            self._keep_up(connection)
            return self._accounts.get(reading_ids, lambda missing: accounts_of(connection, missing))

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Return reports by id, each as first met."""
        with reading(self._engine) as connection:
            self._keep_up(connection)
        return self._documents.get(ids, Carriers(self._engine).documents)

    def _entries(self, connection: Connection, numbers: Sequence[int], scope: Scope) -> list[Entry]:
        """Return entries as they were filed, in the order of their numbers."""

        def make(missing: list[int]) -> dict[int, Entry]:
            fresh: dict[int, Entry] = {}
            for start in range(0, len(missing), CHUNK):
                some = missing[start : start + CHUNK]
                rows = connection.execute(ROWS.where(claims.c.n.in_(some))).all()
                entries = make_entries(connection, rows, scope, bare=True)
                fresh |= {
                    row.n: replace(entry, judged=())
                    for row, entry in zip(rows, entries, strict=True)
                }
            return fresh

        held = self._claims.get(numbers, make)
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
        rows = connection.execute(wanted.order_by(number.desc()).limit(limit)).scalars()
        found = set(rows.all())
        if also:
            corrected = seen.where(claims.c.kind == kind, claims.c.n.in_(also))
            found |= set(connection.execute(corrected).scalars())
        yield from sorted(found, reverse=True)[:limit]
