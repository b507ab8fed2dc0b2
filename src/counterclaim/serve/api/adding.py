"""Adding by program: a report is read and kept in one call."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from counterclaim.pipeline.reader_process import lent_reader
from counterclaim.records.people import WorkbenchUser
from counterclaim.serve.api.asked import check_parameters
from counterclaim.serve.api.routes import ALWAYS, describe_errors
from counterclaim.serve.api.schemas import DocumentGiven, DocumentWhole
from counterclaim.serve.api.serializers import document_whole
from counterclaim.serve.people import require
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.service.ledger_service import file_reading
from counterclaim.service.projects import conflict_of, put_into

WRITING = (403, 413, 429)

HELD: dict[int | str, dict[str, Any]] = {
    200: {"model": DocumentWhole, "description": "The ledger had it already."}
}

router = APIRouter(
    tags=["documents"],
    dependencies=[Depends(check_parameters)],
    responses=describe_errors(*ALWAYS),
)

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]


@router.post(
    "/documents",
    status_code=201,
    summary="Add a report",
    responses=HELD | describe_errors(*WRITING),
)
def add_document(
    request: Request, response: Response, ledger: LedgerAsked, person: Analyst, given: DocumentGiven
) -> DocumentWhole:
    """Read a report and keep it, linked with what the ledger has. It takes as long as reading takes: seconds."""
    if given.project is not None:
        ledger.projects.check(given.project)
    with lent_reader(None) as reader:
        opened = reader.open_text(
            given.name,
            given.text,
            published=given.published,
            outlet=given.outlet,
            title=given.title,
        )
        ledger.withdrawals.check(opened.document.id)
        if ledger.holds(opened.document):
            response.status_code = 200
        else:
            own = (
                reader
                if given.project is None
                else reader.within(conflict_of(ledger, given.project))
            )
            file_reading(ledger, own.read(opened))
    if given.project is not None:
        put_into(ledger, opened.document.id, given.project, by=person.name)
    ledger.people.note(person.name, "add by program", opened.document.id, "done", _origin(request))
    response.headers["location"] = f"/api/v1/documents/{opened.document.id}"
    return document_whole(ledger.document(opened.document.id))


def _origin(request: Request) -> str:
    return request.client.host if request.client else "unknown"
