"""Today: what the ledger learnt since a day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.desk.corrections import as_corrected
from counterclaim.records.filed import Change
from counterclaim.records.query import IncidentQuery
from counterclaim.serve.asking import LedgerAsked, ShelfAsked, Words, read_day
from counterclaim.serve.quoting import quote_entries
from counterclaim.serve.rendering import render

router = APIRouter()

MOST_OF_A_KIND = 30
MOST_OPEN = 12
RECENT = timedelta(days=7)

TOLD = frozenset({"figure", "ceasefire"})
"""Kinds of change that are shown as the claims they are, in their sentences."""

SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("figures", "New figures", ("figure",)),
    ("denials", "Denials and admissions", ("denial", "admission")),
    ("ceasefires", "Ceasefire news", ("ceasefire",)),
    ("statuses", "Changed statuses", ("status", "merged")),
    ("judgements", "Judgements", ("judgement",)),
    ("reports", "Reports", ("document", "revision")),
)
"""Anchor, heading and kinds of change."""


@router.get("/", response_class=HTMLResponse)
def today(
    request: Request, ledger: LedgerAsked, shelf: ShelfAsked, since: Words = ""
) -> HTMLResponse:
    """Show what changed since a day: figures, denials, admissions, ceasefires, open contradictions."""
    day = read_day("since", since) or (datetime.now(UTC) - RECENT).date()
    changes = shelf.get(
        ("today", ledger.last_posting(), day),
        lambda: ledger.changes(_start(day), limit=MOST_OF_A_KIND),
    )
    told = ledger.claims_by_id([item.subject for item in changes if item.kind in TOLD])
    entries = {entry.claim.id: as_corrected(entry) for entry in told}
    return render(
        request,
        "today.html",
        since=day,
        entries=entries,
        quoted=quote_entries(ledger, list(entries.values())),
        sections=_sections(changes),
        open_=[
            card
            for status in ("contested", "denied")
            for card in ledger.incidents(IncidentQuery(status=status), limit=MOST_OPEN).rows
        ],
        most=MOST_OF_A_KIND,
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _sections(changes: Sequence[Change]) -> list[tuple[str, str, list[Change]]]:
    """Sort changes into sections, the latest first."""
    return [
        (anchor, heading, [item for item in reversed(changes) if item.kind in kinds])
        for anchor, heading, kinds in SECTIONS
    ]
