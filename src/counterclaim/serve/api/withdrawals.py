"""Withdrawals by program: which reports are withdrawn, and withdrawing and bringing back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from counterclaim.records.people import WorkbenchUser
from counterclaim.records.withdrawn import Withdrawal
from counterclaim.serve.api.asked import check_parameters
from counterclaim.serve.api.etags import Tagged
from counterclaim.serve.api.routes import ALWAYS, SAME, RowId, describe_errors
from counterclaim.serve.api.schemas import ROW_ID, Shape
from counterclaim.serve.people import require
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.service.withdrawing import restore_report, withdraw_report

WRITING = (403, 404, 413, 429)

router = APIRouter(
    tags=["withdrawals"],
    dependencies=[Depends(check_parameters)],
    responses=describe_errors(*ALWAYS),
)

Analyst = Annotated[WorkbenchUser, Depends(require("analyst"))]


class WithdrawalShape(Shape):
    """A decision that a report counts no longer, or counts again."""

    document: str
    withdrawn: bool = Field(description="False where it was brought back.")
    by: str
    reason: str
    recorded_at: datetime


class ReasonGiven(Shape):
    """Why a report is brought back. Who decides is who asks."""

    reason: str = Field(min_length=1, max_length=2_000)


class WithdrawalGiven(ReasonGiven):
    """Which report is withdrawn, and why."""

    document: str = Field(pattern=ROW_ID)


def _shape(item: Withdrawal) -> WithdrawalShape:
    return WithdrawalShape(
        document=item.document_id,
        withdrawn=item.withdrawn,
        by=item.by,
        reason=item.reason,
        recorded_at=item.recorded_at,
    )


@router.get("/withdrawals", summary="Reports that are withdrawn, the latest first", responses=SAME)
def withdrawals(tagged: Tagged, ledger: LedgerAsked) -> list[WithdrawalShape]:
    """Return the withdrawals that hold."""
    del tagged
    return [_shape(item) for item in ledger.withdrawals.now()]


@router.post(
    "/withdrawals",
    status_code=201,
    summary="Withdraw a report",
    responses=describe_errors(*WRITING),
)
def withdraw(ledger: LedgerAsked, person: Analyst, given: WithdrawalGiven) -> WithdrawalShape:
    """Withdraw a report from every view and total, under the name of who asks."""
    return _shape(withdraw_report(ledger, given.document, by=person.name, reason=given.reason))


@router.post(
    "/withdrawals/{document_id}/restore",
    status_code=201,
    summary="Bring a report back",
    responses=describe_errors(*WRITING),
)
def restore(
    ledger: LedgerAsked, person: Analyst, document_id: RowId, given: ReasonGiven
) -> WithdrawalShape:
    """Bring a withdrawn report back, as it was read."""
    return _shape(restore_report(ledger, document_id, by=person.name, reason=given.reason))
