"""The projects of one ledger: wars that are followed, which reports are theirs, and decisions by hand about it."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from counterclaim.ledger.documents import SUPERSEDED
from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.errors import LedgerError, UnknownRowError
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.project_membership import (
    BY_HAND,
    PROPOSED,
    index_projects,
    propose_all,
    reach_of,
    reaches_of,
)
from counterclaim.ledger.table_projects import claim_projects, document_projects, projects
from counterclaim.ledger.tables import claims, documents, postings, readings, signatures
from counterclaim.ledger.visibility import AnyRow, Scope, check_project, read_instant, write_instant
from counterclaim.lexicon.conflicts import read_conflict
from counterclaim.records.project import (
    EVERY,
    PROJECT_ID,
    Basis,
    Belonging,
    ProjectCard,
    ProjectScope,
)

LARGEST = 256 * 1024
"""Bytes of a conflict file that a ledger takes; a long one has ten thousand."""


_later = readings.alias("later_reading_of_it")
_SUPERSEDED = (
    select(readings.c.document)
    .join(signatures, signatures.c.n == readings.c.signature)
    .where(
        signatures.c.body.contains(f'"{SUPERSEDED}"', autoescape=True),
        ~select(_later.c.n)
        .where(_later.c.document == readings.c.document, _later.c.n > readings.c.n)
        .correlate(readings)
        .exists(),
    )
)
"""Texts in whose place another stands at their address: a report that was edited is one report."""


class Projects:
    """The projects of one ledger. Threads may share it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine
        self._now = now

    def add(self, project: str, content: bytes, *, by: str) -> tuple[ProjectCard, int]:
        """Add a project, or its newer file, and propose which of the reports at hand are of it.

        The same file again changes nothing.

        Args:
            project: Its id.
            content: Its conflict file as read, UTF-8.
            by: Who adds it.

        Returns:
            The project, and how many reports are or were of it.

        Raises:
            LedgerError: If the id or the file cannot be used; the message says why.
            ConflictError: If the file is no conflict file.
        """
        check_id(project)
        if len(content) > LARGEST:
            raise LedgerError(f"{project}: the file is larger than {LARGEST:,} bytes")
        if not by.strip():
            raise LedgerError(f"{project}: say who adds it")
        read_conflict(content, project)
        body = content.decode("utf-8")
        reach = reach_of(project, body)
        digest = hashlib.sha256(content).hexdigest()
        with writing(self._engine) as connection:
            held = _latest(connection).get(project)
            if held is not None and held.digest == digest:
                return _card(connection, project), 0
            draft = PostingDraft(connection, self._now())
            draft.add(
                projects, id=project, name=reach.conflict.name, digest=digest, by=by, body=body
            )
            touched = propose_all(draft, project, reach)
            draft.close("project", project, by)
            index_projects(connection, touched)
            return _card(connection, project), len(touched)

    def assign(
        self,
        document_id: str,
        project: str,
        *,
        joined: bool,
        by: str,
        why: str,
        basis: Basis = BY_HAND,
    ) -> bool:
        """Put a report into a project, or take it out; say whether that changed anything.

        What was decided by hand stays, whatever is proposed afterwards and whatever feed it came by.

        Args:
            document_id: The report's.
            project: The project's.
            joined: Whether it is of it.
            by: Who decides.
            why: In words; may be empty.
            basis: By hand, or by its feed: that changes nothing that a person decided.

        Raises:
            UnknownRowError: If there is no such report.
            UnknownProjectError: If there is no such project.
        """
        if not by.strip():
            raise LedgerError(f"{document_id}: say who decides")
        with writing(self._engine) as connection:
            check_project(connection, project)
            number = connection.execute(
                select(documents.c.n).where(documents.c.id == document_id)
            ).scalar()
            if number is None:
                raise UnknownRowError(document_id)
            last = connection.execute(
                select(document_projects)
                .where(
                    document_projects.c.document == number, document_projects.c.project == project
                )
                .order_by(document_projects.c.n.desc())
                .limit(1)
            ).first()
            if last is not None and last.basis == basis and last.joined == joined:
                return False
            if last is not None and last.basis == BY_HAND != basis:
                return False
            draft = PostingDraft(connection, self._now())
            values = {"project": project, "joined": joined, "basis": basis, "by": by, "why": why}
            draft.add(document_projects, document=number, **values)
            draft.close("belonging", document_id, by)
            index_projects(connection, [number])
            return True

    def names(self) -> tuple[tuple[str, str], ...]:
        """Return the id and the name of each project, by id."""
        with reading(self._engine) as connection:
            return tuple((row.id, row.name) for row in _latest(connection).values())

    def check(self, project: str) -> None:
        """Pass if there is a project of an id.

        Raises:
            UnknownProjectError: If there is none; the message offers those that are near.
        """
        with reading(self._engine) as connection:
            check_project(connection, project)

    def cards(self) -> tuple[ProjectCard, ...]:
        """Return all projects as they stand, by id."""
        with reading(self._engine) as connection:
            return tuple(_card(connection, name) for name in _latest(connection))

    def card(self, project: str) -> ProjectCard:
        """Return one project as it stands.

        Raises:
            UnknownProjectError: If there is none; the message offers those that are near.
        """
        with reading(self._engine) as connection:
            check_project(connection, project)
            return _card(connection, project)

    def file(self, project: str) -> bytes:
        """Return a project's conflict file as it was read.

        Raises:
            UnknownProjectError: If there is none.
        """
        with reading(self._engine) as connection:
            check_project(connection, project)
            row = _latest(connection)[project]
            body = select(projects.c.body).where(projects.c.n == row.n)
            return str(connection.execute(body).scalar_one()).encode("utf-8", "replace")

    def reaches(self) -> dict[str, ProjectScope]:
        """Return what the file of each project names, by id."""
        with reading(self._engine) as connection:
            return reaches_of(connection)

    def of_document(self, document_id: str) -> tuple[Belonging, ...]:
        """Return what was last decided or proposed of a report and each project that it was held to, by project."""
        with reading(self._engine) as connection:
            where = documents.c.id == document_id
            return tuple(sorted(_belongings(connection, where), key=lambda item: item.project))

    def documents_of(self, project: str) -> tuple[Belonging, ...]:
        """Return the reports that are of a project, or that were, by when it was last decided; the latest first."""
        with reading(self._engine) as connection:
            check_project(connection, project)
            return tuple(_belongings(connection, document_projects.c.project == project))[::-1]

    def joined_since(self, project: str, since: datetime) -> frozenset[str]:
        """Return the ids of reports that a person or a feed put into a project from an instant on, UTC.

        What is proposed for a newer file is not among them: nobody said anything new.
        """
        wanted = (
            select(documents.c.id)
            .join(document_projects, document_projects.c.document == documents.c.n)
            .join(postings, postings.c.n == document_projects.c.posting)
            .where(
                document_projects.c.project == project,
                document_projects.c.basis != PROPOSED,
                postings.c.at >= write_instant(since),
                Scope(None, None).belongs(),
            )
        )
        with reading(self._engine) as connection:
            return frozenset(connection.execute(wanted).scalars())

    def homes(self) -> dict[int, tuple[str, ...]]:
        """Return the ids of the projects of each report that is of any, by the report's number."""
        found: dict[int, tuple[str, ...]] = {}
        with reading(self._engine) as connection:
            wanted = select(document_projects.c.document, document_projects.c.project).where(
                Scope(None, None).belongs()
            )
            for document, project in connection.execute(wanted.order_by(document_projects.c.n)):
                found[document] = (*found.get(document, ()), project)
        return found


def check_id(project: str) -> None:
    """Pass if a project may be called so.

    Raises:
        LedgerError: If it may not.
    """
    if project == EVERY or PROJECT_ID.fullmatch(project) is None:
        raise LedgerError(
            f"a project cannot be called {project[:60]!r}: write a short name of small letters, digits and hyphens, "
            f"as sudan-2023, and not {EVERY!r}"
        )


def _latest(connection: Connection) -> dict[str, AnyRow]:
    """Return the latest row of each project without its file, by id."""
    newest = select(func.max(projects.c.n)).group_by(projects.c.id)
    columns = (projects.c.n, projects.c.id, projects.c.name, projects.c.digest)
    rows = connection.execute(select(*columns).where(projects.c.n.in_(newest))).all()
    return {row.id: row for row in sorted(rows, key=lambda row: row.id)}


def _belongings(connection: Connection, where: ColumnElement[bool]) -> Iterator[Belonging]:
    """Yield the rows that hold, joined or not, in the order of filing."""
    wanted = (
        select(document_projects, documents.c.id.label("document_id"), postings.c.at)
        .join(documents, documents.c.n == document_projects.c.document)
        .join(postings, postings.c.n == document_projects.c.posting)
        .where(where)
        .order_by(document_projects.c.n)
    )
    latest = {(row.document, row.project): row for row in connection.execute(wanted)}
    for row in sorted(latest.values(), key=lambda row: row.n):
        yield Belonging(
            project=row.project,
            document_id=row.document_id,
            joined=row.joined,
            basis=row.basis,
            by=row.by,
            why=row.why,
            recorded_at=read_instant(row.at),
        )


def _card(connection: Connection, project: str) -> ProjectCard:
    row = connection.execute(
        select(projects, postings.c.at)
        .join(postings, postings.c.n == projects.c.posting)
        .where(projects.c.id == project)
        .order_by(projects.c.n.desc())
        .limit(1)
    ).one()
    scope = Scope(None, None)
    reports = select(func.count()).where(
        document_projects.c.project == project,
        scope.belongs(),
        scope.stands(document_projects.c.document),
        document_projects.c.document.not_in(_SUPERSEDED),
    )
    own = (
        select(func.count())
        .select_from(claim_projects)
        .join(claims, claims.c.n == claim_projects.c.claim)
        .where(claim_projects.c.project == project, scope.latest_reading())
    )
    return ProjectCard(
        id=row.id,
        name=row.name,
        conflict=reach_of(row.id, row.body).conflict,
        digest=row.digest,
        by=row.by,
        recorded_at=read_instant(row.at),
        documents=connection.execute(reports).scalar_one(),
        claims=connection.execute(own).scalar_one(),
    )
