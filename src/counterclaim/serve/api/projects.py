"""Projects by program: the wars that the ledger follows, of which a report is, and putting it where it belongs."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from counterclaim.records.people import WorkbenchUser
from counterclaim.records.project import Basis, Belonging, ProjectCard
from counterclaim.serve.api.asked import check_parameters
from counterclaim.serve.api.etags import Tagged
from counterclaim.serve.api.routes import ALWAYS, SAME, RowId, describe_errors
from counterclaim.serve.api.schemas import Shape
from counterclaim.serve.people import require
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter(
    tags=["projects"],
    dependencies=[Depends(check_parameters)],
    responses=describe_errors(*ALWAYS),
)

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]


class ProjectShape(Shape):
    """A war that is followed."""

    id: str
    name: str
    since: date
    until: date | None
    reports: int = Field(description="That are of it now.")
    claims: int


class BelongingShape(Shape):
    """That a report is of a project, or is not."""

    project: str
    document: str
    joined: bool
    basis: Basis = Field(description="Who says so: what it speaks of, its feed, or a person.")
    by: str
    reason: str
    recorded_at: datetime


class BelongingGiven(Shape):
    """A decision that a report is of a project, or is not. Who decides is who asks."""

    project: str = Field(min_length=1, max_length=60)
    joined: bool = True
    reason: str = Field("", max_length=2_000)


def _project(card: ProjectCard) -> ProjectShape:
    return ProjectShape(
        id=card.id,
        name=card.name,
        since=card.conflict.epoch,
        until=card.conflict.until,
        reports=card.documents,
        claims=card.claims,
    )


def _belonging(item: Belonging) -> BelongingShape:
    return BelongingShape(
        project=item.project,
        document=item.document_id,
        joined=item.joined,
        basis=item.basis,
        by=item.by,
        reason=item.why,
        recorded_at=item.recorded_at,
    )


@router.get("/projects", summary="The wars that are followed", responses=SAME)
def projects(tagged: Tagged, ledger: LedgerAsked) -> list[ProjectShape]:
    """Return the projects of the ledger, by id."""
    del tagged
    return [_project(card) for card in ledger.projects.cards()]


@router.get(
    "/documents/{document_id}/projects",
    summary="Of which wars a report is",
    responses=describe_errors(404, 410),
)
def document_projects(ledger: LedgerAsked, document_id: RowId, _: Tagged) -> list[BelongingShape]:
    """Return what was last decided or proposed of a report, project by project, with who and why."""
    ledger.withdrawals.check_standing(document_id)
    ledger.document(document_id)
    return [_belonging(item) for item in ledger.projects.of_document(document_id)]


@router.post(
    "/documents/{document_id}/projects",
    status_code=201,
    summary="Put a report into a project, or take it out",
    responses=describe_errors(403, 404, 413, 429),
)
def assign_document(
    ledger: LedgerAsked, person: Analyst, document_id: RowId, given: BelongingGiven
) -> BelongingShape:
    """Decide of which war a report is, under the name of who asks; whatever is proposed or fed later, it stays so."""
    ledger.projects.assign(
        document_id,
        given.project,
        joined=given.joined,
        by=person.name,
        why=given.reason.strip(),
    )
    held = ledger.projects.of_document(document_id)
    return next(_belonging(item) for item in held if item.project == given.project)
