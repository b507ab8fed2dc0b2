"""Figures: the casualty claims of the ledger, flat, for series and tables."""

from dataclasses import fields
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, select

from counterclaim.ledger.columns import figure_columns
from counterclaim.ledger.tables import figures, postings, readings, sightings
from counterclaim.ledger.visibility import AnyRow, Scope, read_day, read_instant
from counterclaim.records.ledger_rows import Entry, FiledFigure
from counterclaim.records.query import FigureQuery

ROWS = (
    select(
        figures.c.id,
        figures.c.document_id,
        sightings.c.outlet,
        figures.c.reporters,
        figures.c.side,
        figures.c.relation,
        figures.c.outcome,
        figures.c.category,
        figures.c.subgroup,
        figures.c.measure,
        figures.c.low,
        figures.c.high,
        figures.c.qualifier,
        figures.c.first_day,
        figures.c.last_day,
        figures.c.place,
        figures.c.background,
        figures.c.is_part,
        figures.c.quote,
        figures.c.known_on,
        postings.c.at,
    )
    .join(readings, readings.c.n == figures.c.reading)
    .join(sightings, sightings.c.n == readings.c.sighting)
    .join(postings, postings.c.n == figures.c.posting)
)
"""Columns in the order of the fields of ``FiledFigure`` but for what people changed, which ``desk`` adds: a long series spends its time in taking rows apart."""

_NAMES = tuple(item.name for item in fields(FiledFigure))[: len(ROWS.selected_columns)]
_DAYS = tuple(_NAMES.index(name) for name in ("first_day", "last_day", "known_on"))
_AT = _NAMES.index("recorded_at")


def list_figures(
    connection: Connection, query: FigureQuery, scope: Scope, limit: int
) -> tuple[FiledFigure, ...]:
    """Return figures in the order in which they were known, then of filing."""
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


def _figure(row: AnyRow) -> FiledFigure:
    values = list(row)
    for place in _DAYS:
        values[place] = _day(values[place])
    values[_AT] = _instant(values[_AT])
    return FiledFigure(**dict(zip(_NAMES, values, strict=True)))


def flat_figure(entry: Entry) -> FiledFigure | None:
    """Return a casualty claim, as it is handed over, in the form of the table; None for other claims."""
    columns = figure_columns(entry.claim, entry.known_on.isoformat())
    if columns is None:
        return None
    given = dict(columns) | {"claim_id": entry.claim.id, "outlet": entry.outlet}
    for name in ("first_day", "last_day", "known_on"):
        given[name] = _day(given[name])
    del given["id"]
    return FiledFigure(**given, recorded_at=entry.recorded_at)


_day = lru_cache(maxsize=10_000)(read_day)
_instant = lru_cache(maxsize=10_000)(read_instant)
