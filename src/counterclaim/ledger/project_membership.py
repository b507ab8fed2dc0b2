"""Project membership: of which projects a report is, by what it speaks of, by its feed or by hand, and the index of claims that follows."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, delete, func, insert, or_, select

from counterclaim.ledger.columns import place_of, roles_of
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.table_projects import claim_projects, document_projects, projects
from counterclaim.ledger.tables import (
    claim_parties,
    claims,
    documents,
    incident_members,
    readings,
    sightings,
)
from counterclaim.ledger.visibility import AnyRow, Scope, chunks
from counterclaim.lexicon.conflicts import read_conflict
from counterclaim.records.claim import Claim
from counterclaim.records.project import Basis, ProjectEvent, ProjectScope, projects_of

PROPOSED: Basis = "proposed"
BY_FEED: Basis = "by its feed"
BY_HAND: Basis = "by hand"
MACHINE = "counterclaim"

BATCH = 300
"""Documents taken at a time."""


def reaches_of(connection: Connection) -> dict[str, ProjectScope]:
    """Return what the file of each project names, by the project's id."""
    newest = select(func.max(projects.c.n)).group_by(projects.c.id)
    rows = connection.execute(
        select(projects.c.id, projects.c.body).where(projects.c.n.in_(newest))
    )
    return {row.id: reach_of(row.id, row.body) for row in rows.all()}


@lru_cache(maxsize=128)
def reach_of(project: str, body: str) -> ProjectScope:
    """Return what a conflict file names; files read before are not read again."""
    return ProjectScope(read_conflict(body.encode("utf-8", "replace"), project))


def standing(
    connection: Connection, numbers: Sequence[int] | None = None
) -> dict[int, dict[str, AnyRow]]:
    """Return the row that holds of each report and project, joined or not, by the report's number.

    Args:
        connection: Any.
        numbers: Of documents; None for all.
    """
    found: dict[int, dict[str, AnyRow]] = {}
    wanted = select(document_projects).order_by(document_projects.c.n)
    parts = (
        [wanted]
        if numbers is None
        else [wanted.where(document_projects.c.document.in_(some)) for some in chunks(numbers)]
    )
    for part in parts:
        for row in connection.execute(part):
            found.setdefault(row.document, {})[row.project] = row
    return found


def propose(
    draft: PostingDraft, document: int, read: Sequence[Claim], outlet: str | None, day: date | None
) -> bool:
    """File of which projects a report is by what it speaks of; what was decided by hand or by its feed stays.

    A reading without claims tells nothing: what was proposed before stays too.

    Args:
        draft: An open posting.
        document: The report's number.
        read: The claims of its latest reading.
        outlet: Who published it.
        day: On which it was published.

    Returns:
        Whether there are projects at all.
    """
    reaches = reaches_of(draft.connection)
    if not reaches or not read:
        return bool(reaches)
    told = told_by(read, outlet, day)
    held = standing(draft.connection, [document]).get(document, {})
    for project, reach in reaches.items():
        _propose(draft, document, project, reach.why(told), held.get(project))
    return True


def _propose(
    draft: PostingDraft, document: int, project: str, why: str | None, before: AnyRow | None
) -> bool:
    """File a proposal where it changes what stands; say whether it did."""
    if before is not None and before.basis != PROPOSED:
        return False
    if (why is not None) == (before is not None and before.joined):
        return False
    joined = why is not None
    told = why or "speaks of it no longer, as report and file are read now"
    values = {"project": project, "joined": joined, "basis": PROPOSED, "by": MACHINE, "why": told}
    draft.add(document_projects, document=document, **values)
    return True


def told_by(read: Sequence[Claim], outlet: str | None, day: date | None) -> ProjectEvent:
    """Return what claims of one report speak of."""
    places = (place_of(claim) for claim in read)
    return ProjectEvent(
        roots=tuple(dict.fromkeys(root for claim in read for root, _ in roles_of(claim))),
        places=tuple(dict.fromkeys(place.name for place in places if place is not None)),
        outlet=outlet,
        day=day,
    )


def index_projects(connection: Connection, numbers: Sequence[int] | None = None) -> None:
    """Make the index of claims by project again.

    Args:
        connection: A writing one.
        numbers: Of the documents whose claims are indexed; None for all.
    """
    if numbers is None:
        connection.execute(delete(claim_projects))
    else:
        for some in chunks(numbers):
            own = select(claims.c.n).where(claims.c.document.in_(some))
            connection.execute(delete(claim_projects).where(claim_projects.c.claim.in_(own)))
    rows: list[dict[str, object]] = []
    for claim, project in indexed_projects(connection, numbers):
        rows.append({"project": project, "claim": claim})
        if len(rows) >= 5_000:
            connection.execute(insert(claim_projects), rows)
            rows = []
    if rows:
        connection.execute(insert(claim_projects), rows)


def indexed_projects(
    connection: Connection, numbers: Sequence[int] | None = None
) -> Iterator[tuple[int, str]]:
    """Yield what the index holds: the number of each claim with the id of each project that it is of."""
    reaches = reaches_of(connection)
    held = {
        document: {
            project: reaches[project]
            for project, row in rows.items()
            if row.joined and project in reaches
        }
        for document, rows in standing(connection, numbers).items()
    }
    homes = sorted(document for document, own in held.items() if own)
    for start in range(0, len(homes), BATCH):
        some = homes[start : start + BATCH]
        rows = connection.execute(
            select(claims.c.n, claims.c.document, claims.c.place).where(claims.c.document.in_(some))
        ).all()
        several = [row.n for row in rows if len(held[row.document]) > 1]
        named = _named(connection, several)
        for row in rows:
            for project in projects_of(held[row.document], named.get(row.n, ()), row.place):
                yield row.n, project


def _named(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return the roots that each of some claims names."""
    found: dict[int, list[str]] = {}
    for some in chunks(numbers):
        wanted = select(claim_parties.c.claim, claim_parties.c.root)
        for number, root in connection.execute(wanted.where(claim_parties.c.claim.in_(some))):
            found.setdefault(number, []).append(root)
    return found


def propose_all(draft: PostingDraft, project: str, reach: ProjectScope) -> list[int]:
    """File of each report whether it is of one project; return the numbers of all that are or were of it.

    Args:
        draft: An open posting; the project's own row is not in the database yet.
        project: Its id.
        reach: What its file names.
    """
    connection = draft.connection
    held = standing(connection)
    touched = {number for number, rows in held.items() if project in rows}
    numbers = list(connection.execute(select(documents.c.n).order_by(documents.c.n)).scalars())
    for some in chunks(numbers):
        for document, told in _told(connection, some).items():
            before = held.get(document, {}).get(project)
            if _propose(draft, document, project, reach.why(told), before):
                touched.add(document)
    return sorted(touched)


def _told(connection: Connection, numbers: Sequence[int]) -> dict[int, ProjectEvent]:
    """Return what the latest readings of some reports speak of, by the report's number; nothing of those without claims."""
    roots: dict[int, list[str]] = {}
    places: dict[int, list[str]] = {}
    latest = select(claims.c.n, claims.c.document, claims.c.place).where(
        claims.c.document.in_(numbers), Scope(None, None).latest_reading()
    )
    rows = connection.execute(latest.order_by(claims.c.n)).all()
    named = _named(connection, [row.n for row in rows])
    for row in rows:
        roots.setdefault(row.document, []).extend(named.get(row.n, ()))
        if row.place is not None:
            places.setdefault(row.document, []).append(row.place)
    return {
        document: ProjectEvent(
            roots=roots[document], places=places.get(document, ()), outlet=outlet, day=day
        )
        for document, outlet, day in _seen(connection, numbers)
        if document in roots
    }


def _seen(
    connection: Connection, numbers: Sequence[int]
) -> list[tuple[int, str | None, date | None]]:
    """Return the outlet and the day of some reports, as their latest readings saw them."""
    newest = (
        select(func.max(readings.c.n))
        .where(readings.c.document.in_(numbers))
        .group_by(readings.c.document)
    )
    wanted = (
        select(readings.c.document, sightings.c.outlet, sightings.c.published)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .where(readings.c.n.in_(newest))
    )
    return [
        (document, outlet, None if day is None else date.fromisoformat(day))
        for document, outlet, day in connection.execute(wanted).all()
    ]


def incidents_moved(connection: Connection, after: int) -> set[int]:
    """Return the incidents that hold claims of reports that joined or left a project, or whose project's file changed."""
    anew = select(projects.c.id).where(projects.c.posting > after)
    touched = or_(document_projects.c.posting > after, document_projects.c.project.in_(anew))
    homes = connection.execute(select(document_projects.c.document).where(touched).distinct())
    found: set[int] = set()
    for some in chunks(list(homes.scalars())):
        held = (
            select(incident_members.c.incident)
            .join(claims, claims.c.id == incident_members.c.member)
            .where(claims.c.document.in_(some))
        )
        found |= set(connection.execute(held.distinct()).scalars())
    return found
