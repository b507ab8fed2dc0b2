"""Activity: what people decided, the latest first: who, what, about which row; also as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.records.judgement import VERDICTS
from counterclaim.records.ledger_rows import FiledJudgement
from counterclaim.serve.pages.chart_files import csv_file
from counterclaim.serve.people import current_person
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, AskingError, LedgerAsked, Words
from counterclaim.serve.snippets import quote_entries

router = APIRouter(prefix="/activity")

ROWS = 50

PATHS = {"c": "/review/", "i": "/incidents/", "d": "/sources/"}
"""Where a row is shown, by the letter its id begins with."""


def _wanted(filed: Sequence[FiledJudgement], by: str, verdict: str) -> list[FiledJudgement]:
    if verdict and verdict not in VERDICTS:
        raise AskingError(f"{verdict[:40]!r} is no decision: choose one of {', '.join(VERDICTS)}")
    return [
        item
        for item in reversed(filed)
        if (not by or item.judgement.by == by)
        and (not verdict or item.judgement.verdict == verdict)
    ]


@router.get("", response_class=HTMLResponse)
def activity_page(
    request: Request, ledger: LedgerAsked, after: AfterAsked, by: Words = "", verdict: Words = ""
) -> HTMLResponse:
    """List decisions, the latest first. Of claims that one has yet to decide, others' are not told."""
    filed = ledger.judgements()
    found = _seen(filed, current_person(request).name, current_person(request).role)
    wanted = _wanted(found, by, verdict)
    start = int(after or 0)
    shown = wanted[start : start + ROWS]
    ids = [item.judgement.subject for item in shown if item.judgement.subject.startswith("c-")]
    entries = {entry.claim.id: entry for entry in ledger.claims_by_id(ids)}
    return render(
        request,
        "activity.html",
        rows=shown,
        entries=entries,
        quoted=quote_entries(ledger, list(entries.values())),
        paths=PATHS,
        people=sorted({item.judgement.by for item in filed}),
        verdicts=VERDICTS,
        hidden=len(filed) - len(found),
        asked={"by": by, "verdict": verdict},
        next=str(start + ROWS) if len(wanted) > start + ROWS else None,
        after=after,
    )


def _seen(filed: Sequence[FiledJudgement], name: str, role: str) -> list[FiledJudgement]:
    """Return the decisions that a person may see: a second reviewer stays blind here as well."""
    if role == "reader":
        return list(filed)
    decided = {
        item.judgement.subject
        for item in filed
        if item.judgement.by == name and item.judgement.subject.startswith("c-")
    }
    return [
        item
        for item in filed
        if not item.judgement.subject.startswith("c-")
        or item.judgement.by == name
        or item.judgement.subject in decided
        or item.judgement.verdict in {"note", "tagged", "assigned"}
    ]


@router.get("/decisions.csv")
def decisions(
    request: Request, ledger: LedgerAsked, by: Words = "", verdict: Words = ""
) -> Response:
    """Return the decisions that one sees as a table."""
    person = current_person(request)
    found = _wanted(_seen(ledger.judgements(), person.name, person.role), by, verdict)
    return csv_file(_rows(found), "decisions")


def _rows(found: Sequence[FiledJudgement]) -> Iterator[dict[str, Any]]:
    for item in found:
        said = item.judgement
        yield {
            "at": item.recorded_at.isoformat(),
            "by": said.by,
            "verdict": said.verdict,
            "subject": said.subject,
            "field": said.field,
            "before": said.before,
            "after": said.after,
            "reason": said.reason,
            "other": said.other,
            "taken_back": item.taken_back,
            "id": said.id,
        }
