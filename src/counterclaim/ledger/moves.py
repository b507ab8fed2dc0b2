"""Moves: what a ledger holds now and did not when a posting was done, counted: tolls, contradictions, reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select

from counterclaim.ledger.changes import floor_of
from counterclaim.ledger.engine import reading
from counterclaim.ledger.tables import (
    attributions,
    documents,
    figures,
    findings,
    incident_states,
    incidents,
    sightings,
)
from counterclaim.ledger.visibility import AnyRow, Scope, make_scope, posting_at
from counterclaim.records.query import Known

AGAINST = ("contested", "denied")
"""Statuses of a contradiction."""

MOST_TOLLS = 200
"""New totals that are looked through, the latest filed."""

MOST_SERIES = 30
"""Series of them that are compared with what stood before, those with the latest filed."""

MOST_NAMED = 60
"""Incidents with a contradiction opened or closed that are named; the number beside them counts all."""

Series = tuple[str, str, str, str | None, str]
"""Whose loss, which harm, category, subgroup, who counts: as the table of figures has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TollRow:
    """One running total, flat."""

    claim_id: str
    series: Series
    day: str
    """The day up to which it counts; that on which it was known, where none is told."""
    filed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What moved since a posting. All lists have the latest first."""

    first: int
    """The posting after which things count as new."""
    saying_floor: int
    """Number of the last saying before."""
    state_floor: int
    """Number of the last state of an incident before."""
    tolls: tuple[TollRow, ...]
    """New running totals."""
    tolls_before: tuple[TollRow, ...]
    """Older totals of the same series."""
    opened: tuple[str, ...]
    """Incidents that hold a contradiction now and held none before: the latest ``MOST_NAMED``."""
    opened_number: int
    """How many there are in all."""
    closed: tuple[str, ...]
    """Incidents that held one and hold none any more: the latest ``MOST_NAMED``."""
    closed_number: int
    """How many there are in all."""
    outlets: tuple[tuple[str, int], ...]
    """New reports by outlet, the most first."""
    documents: tuple[tuple[str, str, str], ...]
    """The latest new reports: id, outlet, title."""


def find_moves(
    engine: Engine, since: datetime, *, project: str | None = None, most_documents: int = 60
) -> Moves:
    """Return what moved since an instant.

    Args:
        engine: Of the ledger.
        since: UTC.
        project: Of which project alone; None for all.
        most_documents: Reports named one by one.
    """
    with reading(engine) as connection:
        scope = make_scope(connection, Known(project=project))
        first = posting_at(connection, since)
        tolls = _tolls(connection, scope, first)
        opened, closed = _contradictions(connection, scope, first)
        return Moves(
            first=first,
            saying_floor=floor_of(connection, attributions, first),
            state_floor=floor_of(connection, incident_states, first),
            tolls=tolls,
            tolls_before=_tolls_before(connection, scope, first, {row.series for row in tolls}),
            opened=_named(connection, opened[:MOST_NAMED]),
            opened_number=len(opened),
            closed=_named(connection, closed[:MOST_NAMED]),
            closed_number=len(closed),
            outlets=_outlets(connection, scope, first),
            documents=_documents(connection, scope, first, most_documents),
        )


_COLUMNS = (
    figures.c.id,
    figures.c.side,
    figures.c.outcome,
    figures.c.category,
    figures.c.subgroup,
    figures.c.reporters,
    figures.c.known_on,
    figures.c.last_day,
    figures.c.claim,
)
_TOTAL = and_(
    figures.c.measure == "cumulative",
    figures.c.background.is_(False),
    figures.c.is_part.is_(False),
    figures.c.side != "",
    or_(figures.c.low.is_not(None), figures.c.high.is_not(None)),
)


def _tolls(connection: Connection, scope: Scope, first: int) -> tuple[TollRow, ...]:
    wanted = (
        select(*_COLUMNS)
        .where(figures.c.posting > first, _TOTAL, scope.claim_seen(figures))
        .order_by(figures.c.claim.desc())
        .limit(MOST_TOLLS)
    )
    found = [_toll(row) for row in connection.execute(wanted)]
    named = list(dict.fromkeys(row.series for row in found))[:MOST_SERIES]
    return tuple(row for row in found if row.series in named)


def _tolls_before(
    connection: Connection, scope: Scope, first: int, series: set[Series]
) -> tuple[TollRow, ...]:
    """Return the latest few totals of each series that were filed before."""
    if not first:
        return ()
    found: list[TollRow] = []
    for side, outcome, category, subgroup, reporters in sorted(series, key=str):
        wanted = (
            select(*_COLUMNS)
            .where(
                figures.c.side == side,
                figures.c.outcome == outcome,
                figures.c.category == category,
                figures.c.measure == "cumulative",
                figures.c.reporters == reporters,
                figures.c.subgroup.is_(None)
                if subgroup is None
                else figures.c.subgroup == subgroup,
                figures.c.posting <= first,
                _TOTAL,
                scope.claim_seen(figures),
            )
            .order_by(figures.c.known_on.desc(), figures.c.claim.desc())
            .limit(3)
        )
        found += [_toll(row) for row in connection.execute(wanted)]
    return tuple(found)


def _toll(row: AnyRow) -> TollRow:
    return TollRow(
        claim_id=row.id,
        series=(row.side, row.outcome, row.category, row.subgroup, row.reporters),
        day=row.last_day or row.known_on,
        filed=row.claim,
    )


def _contradictions(
    connection: Connection, scope: Scope, first: int
) -> tuple[list[int], list[int]]:
    """Compare the incidents that changed since a posting with what they were then; return their numbers."""
    changed = select(_later.c.incident).where(_later.c.posting > first)
    now = _contradicted(connection, scope, incident_states.c.posting > first)
    before = (
        _contradicted(
            connection, Scope(first, None, scope.project), incident_states.c.incident.in_(changed)
        )
        if first
        else {}
    )
    opened = sorted(now.keys() - before.keys(), key=now.__getitem__, reverse=True)
    closed = sorted(before.keys() - now.keys(), key=before.__getitem__, reverse=True)
    return opened, closed


_later = incident_states.alias("changed_state")


def _contradicted(
    connection: Connection, scope: Scope, where: ColumnElement[bool]
) -> dict[int, int]:
    """Return the latest state of each incident of which something is contested or denied, both by number."""
    wanted = (
        select(incident_states.c.incident, incident_states.c.n)
        .join(findings, findings.c.state == incident_states.c.n)
        .join(incidents, incidents.c.n == incident_states.c.incident)
        .where(
            findings.c.status.in_(AGAINST),
            incident_states.c.is_open,
            scope.latest_state(),
            scope.incident_seen(),
            where,
        )
    )
    return dict(connection.execute(wanted).all())


def _named(connection: Connection, numbers: Sequence[int]) -> tuple[str, ...]:
    """Return the ids of incidents, in the order of their numbers as given."""
    wanted = select(incidents.c.n, incidents.c.id).where(incidents.c.n.in_(numbers))
    ids = dict(connection.execute(wanted).all())
    return tuple(ids[number] for number in numbers)


def _outlets(connection: Connection, scope: Scope, first: int) -> tuple[tuple[str, int], ...]:
    name = func.coalesce(sightings.c.outlet, "no outlet named")
    wanted = (
        select(name, func.count())
        .join(documents, documents.c.n == sightings.c.document)
        .where(
            sightings.c.posting > first,
            documents.c.posting == sightings.c.posting,
            scope.stands(documents.c.n),
            scope.document_seen(documents.c.n),
        )
        .group_by(name)
        .order_by(func.count().desc(), name)
    )
    return tuple((outlet, number) for outlet, number in connection.execute(wanted))


def _documents(
    connection: Connection, scope: Scope, first: int, most: int
) -> tuple[tuple[str, str, str], ...]:
    wanted = (
        select(documents.c.id, sightings.c.outlet, sightings.c.title, sightings.c.name)
        .join(documents, documents.c.n == sightings.c.document)
        .where(
            sightings.c.posting > first,
            documents.c.posting == sightings.c.posting,
            scope.stands(documents.c.n),
            scope.document_seen(documents.c.n),
        )
        .order_by(sightings.c.n.desc())
        .limit(most)
    )
    return tuple(
        (row.id, row.outlet or "no outlet named", row.title or row.name)
        for row in connection.execute(wanted)
    )


def reading_sequence(rows: Sequence[TollRow]) -> list[TollRow]:
    """Return totals of one series, the one that counts longest first; of one day the latest filed."""
    return sorted(rows, key=lambda row: (row.day, row.filed), reverse=True)
