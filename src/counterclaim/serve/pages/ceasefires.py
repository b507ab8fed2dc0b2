"""Ceasefires: each one's life by the table of states, who alleges a breach, and the count by broker."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.check import CeasefireLifecycle
from counterclaim.records.ledger_rows import Entry
from counterclaim.serve.parties import ask_for_party, suggested_parties
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AfterAsked, KnownAsked, LedgerAsked, ShelfAsked, Words
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.ceasefire_views import KeptCeasefires, ledger_ceasefires

router = APIRouter()

MOST = 25
"""Ceasefires of one page, and tellings of earlier wars' and of what was left out."""


@dataclass(frozen=True, slots=True)
class LifecycleStep:
    """One step of a ceasefire's life: a state reached, or a breach that somebody alleges."""

    state: str
    """Empty for a breach, which changes no state."""
    day: date | None
    entry: Entry | None
    """The claim whose words it stands on; None where its own stated term ran out."""
    alleged_by: str = ""
    accused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CeasefireView:
    """One ceasefire with its steps by day."""

    life: CeasefireLifecycle
    steps: tuple[LifecycleStep, ...]
    start: date | None
    """None where it is not told, or only the day on which a report was added stands for it."""
    incident_id: str | None
    """None for one whose claims no incident holds."""


@router.get("/ceasefires", response_class=HTMLResponse)
def ceasefires(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    after: AfterAsked,
    *,
    party: Words = "",
) -> HTMLResponse:
    """Show ceasefires, the latest first, and count the agreements by broker."""
    named = ask_for_party(ledger, party)
    root = named.root or named.words
    kept = shelf.get(
        ("ceasefires", ledger.last_posting(), root, known),
        lambda: ledger_ceasefires(ledger, root or None, known=known),
    )
    start = int(after or 0)
    lives = kept.lives[::-1][start : start + MOST]
    shown = [show_life(kept, life) for life in lives]
    steps = [step for item in shown for step in item.steps]
    beside = [] if start else [*kept.earlier[:MOST], *kept.left_out[:MOST]]
    return render(
        request,
        "ceasefires.html",
        lives=shown,
        kept=kept,
        beside=beside,
        most=MOST,
        quoted=quote_entries(ledger, [*(step.entry for step in steps if step.entry), *beside]),
        known=known,
        party=named,
        suggested=suggested_parties(ledger, shelf, known),
        next=str(start + MOST) if start + MOST < len(kept.lives) else None,
        after=after,
    )


def show_life(kept: KeptCeasefires, life: CeasefireLifecycle) -> CeasefireView:
    """Set the states that a ceasefire reached and the breaches alleged of it in order of their days."""
    steps = sorted(_steps(kept, life), key=lambda step: step.day or date.min)
    home = next((step.entry.incident_id for step in steps if step.entry is not None), None)
    added = {step.entry.known_on for step in steps if step.entry and not step.entry.published}
    is_told = life.was_agreed and life.start not in added
    return CeasefireView(life, tuple(steps), life.start if is_told else None, home)


def _steps(kept: KeptCeasefires, life: CeasefireLifecycle) -> Iterator[LifecycleStep]:
    for change in life.changes:
        entry = next((kept.entries[id_] for id_ in change.claim_ids), None)
        yield LifecycleStep(change.state, change.day, entry)
    for breach in life.breaches:
        entry = kept.entries[breach.claim_id]
        yield LifecycleStep("", breach.day, entry, breach.alleged_by, breach.accused)
