"""Document lists: reports by words, outlet and days, in the order that is asked for; and who published them."""

from typing import Any

from sqlalchemy import Connection, func, or_, select

from counterclaim.ledger.documents import as_cards, select_cards
from counterclaim.ledger.tables import documents, readings, sightings
from counterclaim.ledger.visibility import Scope
from counterclaim.records.ledger_rows import DocumentCard
from counterclaim.records.query import DocumentQuery


def find_documents(
    connection: Connection, query: DocumentQuery, scope: Scope, limit: int, start: int
) -> tuple[tuple[DocumentCard, ...], int]:
    """Return a stretch of the documents that are asked for, in the order that is asked for, and how many there are."""
    wanted = select_cards(scope)
    if query.words:
        wanted = wanted.where(
            or_(
                sightings.c.title.icontains(query.words, autoescape=True),
                sightings.c.name.icontains(query.words, autoescape=True),
            )
        )
    if query.outlet:
        wanted = wanted.where(sightings.c.outlet == query.outlet)
    if query.first_day is not None:
        wanted = wanted.where(sightings.c.published >= query.first_day.isoformat())
    if query.last_day is not None:
        wanted = wanted.where(sightings.c.published <= query.last_day.isoformat())
    day = sightings.c.published
    orders: dict[str, list[Any]] = {
        "added": [],
        "published": [day.is_(None), day.desc()],
        "oldest": [day.is_(None), day],
        "claims": [readings.c.claims.desc()],
    }
    ordered = wanted.order_by(*orders[query.order], documents.c.n.desc())
    numbers = connection.execute(ordered.with_only_columns(documents.c.n)).scalars().all()
    some = numbers[start : start + limit]
    rows = {
        row.n: row for row in connection.execute(select_cards(scope).where(documents.c.n.in_(some)))
    }
    cards = as_cards(connection, [rows[number] for number in some], scope)
    return cards, len(numbers)


def count_outlets(connection: Connection, scope: Scope, limit: int) -> tuple[tuple[str, int], ...]:
    """Return the outlets of the documents that are seen, those with most documents first."""
    cards = select_cards(scope).with_only_columns(sightings.c.outlet).subquery()
    wanted = (
        select(cards.c.outlet, func.count())
        .where(cards.c.outlet.is_not(None))
        .group_by(cards.c.outlet)
        .order_by(func.count().desc(), cards.c.outlet)
        .limit(limit)
    )
    return tuple((outlet, number) for outlet, number in connection.execute(wanted))
