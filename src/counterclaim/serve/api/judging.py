"""Judging by program: the same decisions as on the review pages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import FiledJudgement
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.text import Span
from counterclaim.serve.api.asked import check_parameters
from counterclaim.serve.api.etags import Tagged
from counterclaim.serve.api.routes import (
    ALWAYS,
    SAME,
    KnownGiven,
    Limit,
    Offset,
    RowId,
    Words,
    describe_errors,
    take_slice,
    write_rows,
)
from counterclaim.serve.api.schemas import AgreementShape, JudgementGiven, JudgementShape, Rows
from counterclaim.serve.api.serializers import judgement_shape
from counterclaim.serve.people import require
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.service.ledger_service import judge
from counterclaim.service.reviewer_agreement import agreements
from counterclaim.service.reviewing import undo

WRITING = (403, 404, 413, 429)
"""Refusals that only writing meets."""

router = APIRouter(
    tags=["judgements"],
    dependencies=[Depends(check_parameters)],
    responses=describe_errors(*ALWAYS),
)

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]


def _shape(filed: FiledJudgement) -> JudgementShape:
    return judgement_shape(filed.judgement, filed)


@router.get("/judgements", summary="Judgements, oldest first", responses=SAME)
def judgements(
    request: Request,
    response: Response,
    ledger: LedgerAsked,
    known: KnownGiven,
    _: Tagged,
    *,
    subject: Words = None,
    limit: Limit = 50,
    after: Offset = 0,
) -> Rows[JudgementShape]:
    """Return what was decided about one row, or about all; also what was taken back."""
    found = ledger.judgements(subject, known=known)
    return write_rows(take_slice(found, after, limit), _shape, response, request)


@router.get("/agreement", summary="How far reviewers agree", responses=SAME)
def agreement(ledger: LedgerAsked, _: Tagged) -> list[AgreementShape]:
    """Return, for each two reviewers, the share and Cohen's kappa of the claims that both judged."""
    return [
        AgreementShape(
            first=row.first,
            second=row.second,
            both=row.both,
            same=row.same,
            share=row.share,
            kappa=row.kappa,
        )
        for row in agreements(ledger.judgements())
    ]


@router.post(
    "/judgements", status_code=201, summary="File a judgement", responses=describe_errors(*WRITING)
)
def judge_row(
    response: Response, ledger: LedgerAsked, person: Analyst, given: JudgementGiven
) -> JudgementShape:
    """File a decision under the name of who asks. The same decision twice is one."""
    filed = judge(
        ledger,
        Judgement(
            subject=given.subject,
            verdict=given.verdict,
            by=person.name,
            reason=given.reason,
            other=given.other,
            evidence=given.evidence,
            field=given.field,
            before=given.before,
            after=given.after,
            span=None if given.span is None else Span(*given.span),
            text_sha256=given.text_sha256,
        ),
    )
    response.headers["location"] = f"/api/v1/judgements?subject={given.subject}"
    return _shape(filed)


@router.post(
    "/judgements/{judgement_id}/undo",
    status_code=201,
    summary="Take a judgement back",
    responses=describe_errors(*WRITING),
)
def undo_judgement(ledger: LedgerAsked, person: Analyst, judgement_id: RowId) -> JudgementShape:
    """Take a judgement back by a further row: one's own, or as an admin anybody's."""
    return _shape(undo(ledger, judgement_id, person))
