"""Shows the ceasefires of a ledger as lives, and its positions with their answers."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from counterclaim.check import CeasefireLifecycle
from counterclaim.check.positions import ASKING, PositionThread
from counterclaim.cli.options import open_kept
from counterclaim.cli.rows import check_format, open_output, print_table, show_rows
from counterclaim.cli.saying import make_console
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import Known
from counterclaim.service.ceasefire_views import KeptCeasefires, kept_positions, ledger_ceasefires

STEPS = ("day", "told", "by", "words", "id")
POSITIONS = ("first_told", "holder", "act", "to", "words", "answers", "id")
_WORDS = 160
"""Characters of a claim's words in a table."""


def show_ceasefires(
    address: str | None,
    party: str | None,
    known: Known,
    limit: int,
    format_: str,
    output: Path | None,
) -> None:
    """Show each ceasefire's life, in the order of their starts, and count them by broker."""
    check_format(format_)
    with open_kept(address) as ledger:
        found = ledger_ceasefires(ledger, party, known=known)
    lives = found.lives[:limit]
    if format_ != "table":
        show_rows([life_row(life, found.entries) for life in lives], (), format_, output, none="")
        return
    with open_output(output) as stream:
        console = make_console(file=stream, highlight=False, width=None if output is None else 140)
        for life in lives:
            _print_life(console, life, found.entries)
        _print_counts(console, found, len(lives))


def life_row(life: CeasefireLifecycle, entries: Mapping[str, Entry]) -> dict[str, Any]:
    """Return one ceasefire as a row: its state, every step to it, and every breach alleged."""
    return {
        "incident": life.incident_id,
        "start": _iso(life.start),
        "parties": list(life.parties),
        "brokers": list(life.brokers),
        "terms": life.terms,
        "state": life.state,
        "state_since": _iso(life.changes[-1].day),
        "was_agreed": life.was_agreed,
        "steps": list(steps(life, entries)),
        "stands": {party: list(rows) for party, rows in life.stands.items()},
    }


def steps(life: CeasefireLifecycle, entries: Mapping[str, Entry]) -> Iterator[dict[str, Any]]:
    """Yield what was told of a ceasefire, by day: states reached, and breaches alleged beside them."""
    rows = [
        _step(change.day, change.state, change.told, entries.get((*change.claim_ids, "")[0]))
        for change in life.changes
    ]
    for breach in life.breaches:
        against = f", against {' & '.join(breach.accused)}" if breach.accused else ""
        row = _step(breach.day, "alleged broken", "violated", entries.get(breach.claim_id))
        rows.append({**row, "by": f"{breach.alleged_by}{against}"})
    yield from sorted(rows, key=lambda row: row["day"] or "")


def _step(day: date | None, state: str, told: str, entry: Entry | None) -> dict[str, Any]:
    is_over = told == "term over"
    return {
        "day": _iso(day),
        "told": state,
        "by": "its own terms" if is_over or entry is None else _teller(entry),
        "words": None if entry is None else " ".join(entry.claim.quote.split())[:_WORDS],
        "id": None if entry is None else entry.claim.id,
        "outlet": None if entry is None else entry.outlet or entry.document_name,
    }


def _teller(entry: Entry) -> str:
    spoken = " & ".join(map(str, entry.claim.speakers))
    return spoken or entry.outlet or "the report"


def _print_life(console: Console, life: CeasefireLifecycle, entries: Mapping[str, Entry]) -> None:
    parties = " – ".join(life.parties) or "parties not told"
    brokers = " & ".join(life.brokers) or "not told"
    terms = f", {life.terms}" if life.terms else ""
    start = f", from {life.start}" if life.start and life.was_agreed else ""
    console.print(Text(f"{parties}{terms}{start}: {life.state}", style="bold"), soft_wrap=True)
    stands = "; ".join(f"{party} {', '.join(rows)}" for party, rows in life.stands.items())
    console.print(Text(f"broker: {brokers}" + (f"; {stands}" if stands else "")), soft_wrap=True)
    print_table(console, list(steps(life, entries)), STEPS)
    console.print()


def _print_counts(console: Console, found: KeptCeasefires, shown: int) -> None:
    if not found.lives:
        console.print("no ceasefire is reported")
        return
    counted = ", ".join(f"{broker}: {number}" for broker, number in found.by_broker)
    if counted:
        console.print(Text(f"agreed, by broker: {counted}"))
    if shown < len(found.lives):
        console.print(Text(f"{len(found.lives) - shown} more: raise --limit"))
    if found.is_cut:
        console.print(
            Text("not all: the ledger holds more claims of ceasefires than are read at once")
        )


def show_positions(
    address: str | None,
    party: str | None,
    known: Known,
    limit: int,
    format_: str,
    output: Path | None,
) -> None:
    """Show demands, offers, refusals and backing with their answers, the latest first."""
    check_format(format_)
    with open_kept(address) as ledger:
        found = kept_positions(ledger, party, known=known)
    rows = [position_row(item, found.entries) for item in found.stances[:limit]]
    none = "no demand, offer or refusal is reported"
    show_rows(rows, POSITIONS, format_, output, none=none)


def position_row(item: PositionThread, entries: Mapping[str, Entry]) -> dict[str, Any]:
    """Return one position as a row, with what those addressed did about it."""
    first = entries[item.claim_ids[0]]
    is_asked = item.act in ASKING and bool(item.addressees)
    told = [f"{reply.party} {reply.answer} {reply.day or ''}".strip() for reply in item.replies]
    return {
        "first_told": _iso(item.first),
        "last_told": _iso(item.last),
        "holder": " & ".join(item.holders),
        "act": item.act,
        "to": " & ".join(item.addressees),
        "words": " ".join(first.claim.quote.split())[:_WORDS],
        "answers": list(dict.fromkeys(told)) or (["unanswered"] if is_asked else []),
        "answer_claims": [reply.claim_id for reply in item.replies],
        "outlet": first.outlet or first.document_name,
        "id": first.claim.id,
        "claims": list(item.claim_ids),
        "document": first.claim.document_id,
        "incident": first.incident_id,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
