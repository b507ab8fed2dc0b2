"""Heirs: where the claims of an incident are now, after merging and splitting, and whose claims it has."""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, select

from counterclaim.ledger.claims import incidents_holding
from counterclaim.ledger.engine import reading
from counterclaim.ledger.tables import incident_members, incidents
from counterclaim.ledger.visibility import Scope

NOW = Scope(None, None)


class Lineage:
    """How the incidents of one ledger descend from each other. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine

    def heirs(self, incident_id: str) -> tuple[str, ...]:
        """Return the other incidents that hold claims which this one once held, after merging and splitting."""
        with reading(self._engine) as connection:
            return heirs_of(connection, incident_id)

    def forebears(self, incident_id: str) -> tuple[str, ...]:
        """Return the other incidents that once held claims which this one holds now."""
        with reading(self._engine) as connection:
            return forebears_of(connection, incident_id)


def heirs_of(connection: Connection, incident_id: str) -> tuple[str, ...]:
    """Return the other incidents that hold claims which this one once held, those with most first."""
    held = (
        select(incident_members.c.member)
        .join(incidents, incidents.c.n == incident_members.c.incident)
        .where(incidents.c.id == incident_id)
        .distinct()
    )
    members = list(connection.execute(held).scalars())
    return _others(incidents_holding(connection, members, NOW).values(), incident_id)


def forebears_of(connection: Connection, incident_id: str) -> tuple[str, ...]:
    """Return the other incidents that once held a claim which this one holds now: their addresses lead on to it."""
    members = (
        select(incident_members.c.member)
        .join(incidents, incidents.c.n == incident_members.c.incident)
        .where(incidents.c.id == incident_id, NOW.is_member())
        .distinct()
    )
    once = (
        select(incidents.c.id)
        .join(incident_members, incident_members.c.incident == incidents.c.n)
        .where(incident_members.c.member.in_(members))
        .order_by(incident_members.c.n)
    )
    return _others(connection.execute(once).scalars(), incident_id)


def _others(found: Iterable[str], incident_id: str) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    for name in found:
        if name != incident_id:
            counted[name] = counted.get(name, 0) + 1
    return tuple(sorted(counted, key=lambda name: (-counted[name], name)))
