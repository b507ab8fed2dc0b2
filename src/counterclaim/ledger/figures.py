"""Figures: the casualty claims of the ledger, flat, for series and tables."""

from sqlalchemy import ColumnElement, Connection, select

from counterclaim.ledger.scope import AnyRow, Scope, read_day, read_instant
from counterclaim.ledger.tables import figures, postings, readings, sightings
from counterclaim.records.filed import Figure
from counterclaim.records.query import FigureQuery

ROWS = (
    select(figures, sightings.c.outlet, postings.c.at)
    .join(readings, readings.c.n == figures.c.reading)
    .join(sightings, sightings.c.n == readings.c.sighting)
    .join(postings, postings.c.n == figures.c.posting)
)


def list_figures(
    connection: Connection, query: FigureQuery, scope: Scope, limit: int
) -> tuple[Figure, ...]:
    """Give figures in the order in which they were known, then of filing."""
    wanted = ROWS.where(scope.claim_seen(figures), *_narrow(query))
    rows = connection.execute(wanted.order_by(figures.c.known_on, figures.c.claim).limit(limit))
    return tuple(_figure(row) for row in rows)


def _narrow(query: FigureQuery) -> list[ColumnElement[bool]]:
    asked = {
        "side": query.side,
        "outcome": query.outcome,
        "category": query.category,
        "measure": query.measure,
        "relation": query.relation,
        "reporters": query.reporter,
    }
    found = [figures.c[name] == value for name, value in asked.items() if value is not None]
    if query.first_day is not None:
        found.append(figures.c.known_on >= query.first_day.isoformat())
    if query.last_day is not None:
        found.append(figures.c.known_on <= query.last_day.isoformat())
    return found


def _figure(row: AnyRow) -> Figure:
    known_on = read_day(row.known_on)
    assert known_on is not None
    return Figure(
        claim_id=row.id,
        document_id=row.document_id,
        outlet=row.outlet,
        reporters=row.reporters,
        side=row.side,
        relation=row.relation,
        outcome=row.outcome,
        category=row.category,
        subgroup=row.subgroup,
        measure=row.measure,
        low=row.low,
        high=row.high,
        qualifier=row.qualifier,
        first_day=read_day(row.first_day),
        last_day=read_day(row.last_day),
        place=row.place,
        background=row.background,
        is_part=row.is_part,
        quote=row.quote,
        known_on=known_on,
        recorded_at=read_instant(row.at),
    )
