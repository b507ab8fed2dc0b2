"""Problems: what could not be read, in pages, and how many there are of each sort."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, true

from counterclaim.ledger.codec import load
from counterclaim.ledger.paging import Candidates, index_walk, latest_page
from counterclaim.ledger.tables import (
    documents,
    feeds,
    postings,
    problems,
    readings,
    sightings,
    visits,
)
from counterclaim.ledger.visibility import AnyRow, Scope, read_instant
from counterclaim.records.ledger_rows import FiledProblem, Page
from counterclaim.records.problem import Problem
from counterclaim.records.query import ProblemQuery

_later_reading = readings.alias("later_reading")
_later_sighting = sightings.alias("later_sighting")

ROWS = (
    select(
        problems,
        postings.c.at,
        documents.c.id.label("document_id"),
        sightings.c.title,
        sightings.c.outlet,
    )
    .join(postings, postings.c.n == problems.c.posting)
    .outerjoin(readings, readings.c.n == problems.c.reading)
    .outerjoin(sightings, sightings.c.n == readings.c.sighting)
    .outerjoin(documents, documents.c.n == readings.c.document)
)


def list_problems(
    connection: Connection, scope: Scope, *, of_sources: bool, limit: int
) -> tuple[FiledProblem, ...]:
    """Return problems, the latest first, those of earlier readings too.

    Args:
        connection: Any.
        scope: What is seen.
        of_sources: Only sources that could not be read and have not been read since.
        limit: The most.
    """
    stands = or_(problems.c.reading.is_(None), scope.stands(readings.c.document))
    wanted = ROWS.where(scope.posted(problems.c.posting), stands, _of_project(scope))
    if of_sources:
        wanted = wanted.where(_of_sources(scope))
    rows = connection.execute(wanted.order_by(problems.c.n.desc()).limit(limit))
    return tuple(_filed(row) for row in rows)


def page_problems(
    connection: Connection, query: ProblemQuery, scope: Scope, limit: int, after: str | None
) -> Page[FiledProblem]:
    """Return problems of the latest readings and of sources, the latest first."""
    narrowed = (
        scope.posted(problems.c.posting),
        _of_latest(scope),
        _of_project(scope),
        *_narrow(query, scope),
    )

    def fetch(numbers: Sequence[int]) -> Sequence[AnyRow]:
        return connection.execute(ROWS.where(problems.c.n.in_(numbers), *narrowed)).all()

    rows, follows = latest_page(_candidates(connection, query), fetch, limit, after)
    return Page(tuple(_filed(row) for row in rows), follows)


def count_problems(connection: Connection, scope: Scope) -> dict[str, int]:
    """Count the problems of the latest readings and of sources by code, the most frequent first."""
    wanted = (
        select(problems.c.code, func.count())
        .outerjoin(readings, readings.c.n == problems.c.reading)
        .where(scope.posted(problems.c.posting), _of_latest(scope), _of_project(scope))
        .group_by(problems.c.code)
        .order_by(func.count().desc(), problems.c.code)
    )
    return dict(connection.execute(wanted).all())


def _candidates(connection: Connection, query: ProblemQuery) -> Candidates:
    if query.of_sources:
        return index_walk(connection, problems.c.n, problems.c.reading.is_(None))
    if query.code is not None:
        return index_walk(connection, problems.c.n, problems.c.code == query.code)
    return index_walk(connection, problems.c.n)


def _narrow(query: ProblemQuery, scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.of_sources:
        found.append(_of_sources(scope))
    if query.code is not None:
        found.append(problems.c.code == query.code)
    if query.source is not None:
        named = (problems.c.source, sightings.c.title, sightings.c.outlet)
        found.append(or_(*(name.icontains(query.source, autoescape=True) for name in named)))
    return found


def _of_sources(scope: Scope) -> ColumnElement[bool]:
    """Hold for sources that could not be read and have not been read since."""
    mended = select(_later_sighting.c.n).where(
        _later_sighting.c.name == problems.c.source,
        _later_sighting.c.posting > problems.c.posting,
        scope.posted(_later_sighting.c.posting),
    )
    return and_(
        problems.c.reading.is_(None), ~mended.correlate(problems).exists(), ~_answers_again(scope)
    )


def _answers_again(scope: Scope) -> ColumnElement[bool]:
    """Hold for what is watched and had failed, and was had since, as ``watch`` remembers; of earlier days it knows nothing."""
    if scope.last_posting is not None:
        return false()
    feed = select(feeds.c.address).where(
        feeds.c.address == problems.c.source, feeds.c.failures == 0
    )
    report = select(visits.c.address).where(
        visits.c.address == problems.c.source, visits.c.failures == 0, visits.c.visits > 0
    )
    return or_(
        and_(problems.c.code == "feed", feed.correlate(problems).exists()),
        and_(problems.c.code == "source", report.correlate(problems).exists()),
    )


def _of_project(scope: Scope) -> ColumnElement[bool]:
    """Hold for problems of a project's reports, and of sources that could not be read: nobody knows whose those are."""
    if scope.project is None:
        return true()
    return or_(problems.c.reading.is_(None), scope.document_seen(readings.c.document))


def _of_latest(scope: Scope) -> ColumnElement[bool]:
    """Hold for what is told of no reading, or of its document's latest."""
    newer = select(_later_reading.c.n).where(
        _later_reading.c.document == readings.c.document,
        _later_reading.c.n > readings.c.n,
        scope.posted(_later_reading.c.posting),
    )
    is_latest = ~newer.correlate(readings).exists() & scope.stands(readings.c.document)
    return or_(problems.c.reading.is_(None), is_latest)


def _filed(row: AnyRow) -> FiledProblem:
    return FiledProblem(
        source=row.source,
        problem=load(Problem, row.body),
        document_id=row.document_id,
        recorded_at=read_instant(row.at),
        title=row.title,
        outlet=row.outlet,
    )
