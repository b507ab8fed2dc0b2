"""Visibility: which rows a view sees, as conditions on the tables."""

import difflib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Table,
    and_,
    exists,
    func,
    select,
    true,
)

from counterclaim.ledger.errors import UnknownProjectError
from counterclaim.ledger.table_projects import claim_projects, document_projects, projects
from counterclaim.ledger.tables import (
    claims,
    incident_members,
    incident_states,
    postings,
    readings,
    withdrawals,
)
from counterclaim.lexicon.conflicts import conflict_names
from counterclaim.records.query import Known

Item = TypeVar("Item")

INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
CHUNK = 400
"""Ids in one list of a query; SQLite and PostgreSQL both take far more, and plan less well."""


def write_instant(at: datetime) -> str:
    """Write an instant as the tables keep it."""
    return at.astimezone(UTC).strftime(INSTANT)


def read_instant(words: str) -> datetime:
    """Read an instant as the tables keep it."""
    return datetime.fromisoformat(words)


def read_day(words: str | None) -> date | None:
    """Read a day as the tables keep it."""
    return None if words is None else date.fromisoformat(words)


_reading = readings.alias("later_reading")
_state = incident_states.alias("later_state")
_member = incident_members.alias("later_member")
_belonging = document_projects.alias("later_belonging")
_own = claims.alias("own_claim")
_withdrawal = withdrawals.alias("later_withdrawal")


GONE = (
    "SELECT k.n FROM claims k WHERE k.document IN (SELECT w.document FROM withdrawals w WHERE w.withdrawn AND NOT EXISTS "
    "(SELECT 1 FROM withdrawals v WHERE v.document = w.document AND v.n > w.n))"
)
"""The numbers of the claims of reports that are withdrawn now, for queries written as words."""


class Scope:
    """What one view sees: postings up to a number, and claims known by a day; lists, those of one project."""

    def __init__(
        self, last_posting: int | None, last_day: date | None, project: str | None = None
    ) -> None:
        self.last_posting = last_posting
        """None where all postings are seen."""
        self.last_day = last_day
        """None where claims of any day are seen."""
        self.project = project
        """None where claims of all projects, and of none, are seen. Of which project something is, is told as it is now."""

    def posted(self, column: ColumnElement[int]) -> ColumnElement[bool]:
        """Hold for rows of postings that are seen."""
        return true() if self.last_posting is None else column <= self.last_posting

    def stands(self, document: ColumnElement[int]) -> ColumnElement[bool]:
        """Hold where a document, by its number, was not withdrawn, or was brought back."""
        newer = and_(
            _withdrawal.c.document == withdrawals.c.document, _withdrawal.c.n > withdrawals.c.n
        )
        gone = select(withdrawals.c.document).where(
            withdrawals.c.withdrawn,
            self.posted(withdrawals.c.posting),
            ~exists().where(newer, self.posted(_withdrawal.c.posting)).correlate(withdrawals),
        )
        return document.not_in(gone)

    def latest_reading(self, table: FromClause = claims) -> ColumnElement[bool]:
        """Hold for rows of the latest reading of a document that stands: claims, or figures."""
        newer = and_(_reading.c.document == table.c.document, _reading.c.n > table.c.reading)
        is_latest = ~exists().where(newer, self.posted(_reading.c.posting)).correlate(table)
        return and_(is_latest, self.stands(table.c.document))

    def claim_seen(self, table: Table = claims) -> ColumnElement[bool]:
        """Hold for claims, or figures, that are seen."""
        known = true() if self.last_day is None else table.c.known_on <= self.last_day.isoformat()
        own = self.of_project(table.c.claim if "claim" in table.c else table.c.n)
        return and_(self.posted(table.c.posting), known, self.latest_reading(table), own)

    def of_project(self, claim: ColumnElement[int]) -> ColumnElement[bool]:
        """Hold for numbers of claims that are of the project, where one is asked for."""
        if self.project is None:
            return true()
        own = and_(claim_projects.c.project == self.project, claim_projects.c.claim == claim)
        return exists().where(own).correlate_except(claim_projects)

    def belongs(self) -> ColumnElement[bool]:
        """Hold for rows by which a report is of a project: of the one asked for, or of any."""
        newer = and_(
            _belonging.c.document == document_projects.c.document,
            _belonging.c.project == document_projects.c.project,
            _belonging.c.n > document_projects.c.n,
        )
        asked = true() if self.project is None else document_projects.c.project == self.project
        return and_(
            document_projects.c.joined, asked, ~exists().where(newer).correlate(document_projects)
        )

    def document_seen(self, document: ColumnElement[int]) -> ColumnElement[bool]:
        """Hold for numbers of reports that are of the project, where one is asked for."""
        if self.project is None:
            return true()
        own = and_(document_projects.c.document == document, self.belongs())
        return exists().where(own).correlate_except(document_projects)

    def incident_seen(self) -> ColumnElement[bool]:
        """Hold for states of incidents that hold a claim of the project, where one is asked for."""
        if self.project is None:
            return true()
        held = (
            select(incident_members.c.n)
            .join(_own, _own.c.id == incident_members.c.member)
            .join(claim_projects, claim_projects.c.claim == _own.c.n)
            .where(
                incident_members.c.incident == incident_states.c.incident,
                claim_projects.c.project == self.project,
                self.is_member(),
                self.latest_reading(_own),
            )
        )
        return held.correlate(incident_states).exists()

    def latest_state(self) -> ColumnElement[bool]:
        """Hold for the latest state of each incident."""
        newer = and_(
            _state.c.incident == incident_states.c.incident, _state.c.n > incident_states.c.n
        )
        return and_(
            self.posted(incident_states.c.posting),
            ~exists().where(newer, self.posted(_state.c.posting)).correlate(incident_states),
        )

    def is_member(self) -> ColumnElement[bool]:
        """Hold for memberships that stand."""
        newer = and_(
            _member.c.incident == incident_members.c.incident,
            _member.c.member == incident_members.c.member,
            _member.c.n > incident_members.c.n,
        )
        return and_(
            incident_members.c.joined,
            self.posted(incident_members.c.posting),
            ~exists().where(newer, self.posted(_member.c.posting)).correlate(incident_members),
        )


def make_scope(connection: Connection, known: Known) -> Scope:
    """Find what a view may see.

    Raises:
        UnknownProjectError: If it is to be of a project that is not there.
    """
    if known.project is not None:
        check_project(connection, known.project)
    if known.day is None:
        return Scope(None, None, known.project)
    if known.clock == "published":
        return Scope(None, known.day, known.project)
    return Scope(posting_at(connection, end_of(known.day)), None, known.project)


def check_project(connection: Connection, project: str) -> None:
    """Pass if there is a project of an id.

    Raises:
        UnknownProjectError: If there is none; the message offers those that are near.
    """
    found = select(projects.c.n).where(projects.c.id == project).limit(1)
    if connection.execute(found).first() is None:
        known = sorted(set(connection.execute(select(projects.c.id)).scalars()))
        near = difflib.get_close_matches(project.casefold(), known, n=3, cutoff=0.5)
        ships = project in conflict_names()
        raise UnknownProjectError(project, near, known, ships=ships)


def end_of(day: date) -> datetime:
    """Return the first instant after a day, UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def posting_at(connection: Connection, at: datetime) -> int:
    """Return the number of the last posting before an instant; 0 when there is none."""
    before = select(func.max(postings.c.n)).where(postings.c.at < write_instant(at))
    return int(connection.execute(before).scalar() or 0)


def chunks(ids: Sequence[Item]) -> list[Sequence[Item]]:
    """Divide ids into lists of a size that queries take well."""
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]


if TYPE_CHECKING:
    AnyRow = Row[*tuple[Any, ...]]
else:
    AnyRow = Row
"""A row of a query, whatever its columns."""
