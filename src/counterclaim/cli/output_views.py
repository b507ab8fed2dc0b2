"""Shows views of a ledger as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.text import Text

from counterclaim.cli.options import open_kept
from counterclaim.cli.origins import print_told
from counterclaim.cli.rows import check_format, open_output, print_table, show_rows
from counterclaim.cli.saying import make_console
from counterclaim.export.plain import plain
from counterclaim.ledger import Ledger
from counterclaim.records.finding import Voice, status_words
from counterclaim.records.grades import inferred_fields
from counterclaim.records.ledger_rows import (
    Change,
    Entry,
    FiledFigure,
    Hit,
    IncidentCard,
    IncidentView,
    every_row,
)
from counterclaim.records.link import Told
from counterclaim.records.party import Party
from counterclaim.records.query import ClaimQuery, IncidentQuery, Known, SearchOrder
from counterclaim.service.incident_list import Brief, brief_of, briefs_of
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.parties import find_party
from counterclaim.service.report_view import party_names
from counterclaim.service.told import incident_told

PAGE = 500
"""Rows asked of the ledger at a time."""


def show_incidents(
    address: str | None,
    query: IncidentQuery,
    known: Known,
    limit: int,
    format_: str,
    output: Path | None,
) -> None:
    """List incidents."""
    check_format(format_)
    with open_kept(address) as ledger:
        if query.party is not None:
            query = replace(query, party=find_party(ledger, query.party))
        cards = list(_incidents(ledger, query, known, limit))
        briefs = briefs_of(ledger, [card.id for card in cards], known=known)
    show_rows(
        [incident_row(card, briefs.get(card.id)) for card in cards],
        ("id", "what", "days", "documents", "status"),
        format_,
        output,
        none="no incident; add reports with: counterclaim add SOURCES...",
    )


def _incidents(
    ledger: Ledger, query: IncidentQuery, known: Known, limit: int
) -> Iterator[IncidentCard]:
    size = min(limit, PAGE)
    every = every_row(lambda after: ledger.incidents(query, known=known, limit=size, after=after))
    return islice(every, limit)


def claims_of(ledger: Ledger, query: ClaimQuery, known: Known, limit: int) -> Iterator[Entry]:
    """Return claims page by page, the latest filed first."""
    size = min(limit, PAGE)
    every = every_row(lambda after: ledger.claims(query, known=known, limit=size, after=after))
    return islice(every, limit)


def incident_row(card: IncidentCard, brief: Brief | None = None) -> dict[str, Any]:
    """Return an incident as a row; called as pages call it, where its brief is at hand."""
    return {
        "id": card.id,
        "kind": card.kind,
        "what": card.label if brief is None else str(brief.title),
        "parties": list(card.parties),
        "days": _days(card.first_day, card.last_day),
        "claims": card.claims,
        "documents": card.documents,
        "status": next((status_words(slot.status) for slot in card.slots), None),
        "statuses": {slot.slot: status_words(slot.status) for slot in card.slots},
        "recorded_at": card.recorded_at.isoformat(),
    }


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        return str(first or last or "")
    return f"{first} to {last}"


def names(parties: Sequence[Party]) -> str:
    """Return parties in their normal form, joined."""
    return " & ".join(str(party) for party in parties)


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return a claim as a row: who says what, in which words, where and when."""
    claim = entry.claim
    return {
        "id": claim.id,
        "kind": claim.kind,
        "speakers": names(claim.speakers) or "the report",
        "stance": claim.stance,
        "quote": claim.quote,
        "known_on": entry.known_on.isoformat(),
        "outlet": entry.outlet or entry.document_name,
        "document": claim.document_id,
        "span": [claim.span.start, claim.span.end],
        "incident": entry.incident_id,
        "recorded_at": entry.recorded_at.isoformat(),
        "inferred": list(inferred_fields(claim)),
        "judgements": [f"{item.verdict} by {item.by}" for item in entry.judgements],
    }


def full_row(entry: Entry) -> dict[str, Any]:
    """Return a claim as a row with all that it says."""
    return {**entry_row(entry), "payload": plain(entry.claim.payload)}


def _voice_line(voice: Voice) -> str:
    """Write who stands how on a slot, and by which claim."""
    stand = {True: "affirms", False: "denies", None: "takes no stand"}[voice.affirms]
    who = party_names(() if voice.party is None else (voice.party.known(voice.evidence),))
    wider = "; wider denial" if voice.scope_inferred else ""
    return f"{who} {stand} ({voice.stance}; {voice.alignment}{wider}) {voice.claim_id}"


def figure_row(figure: FiledFigure) -> dict[str, Any]:
    """Return a casualty figure as a row."""
    return cast("dict[str, Any]", plain(figure))


def show_incident(
    address: str | None, incident: str, known: Known, format_: str, output: Path | None
) -> None:
    """Show one incident: each slot with its status and reason, then the claims it rests on."""
    check_format(format_)
    with open_kept(address) as ledger:
        view = view_incident(ledger, incident, known=known)
        texts = ledger.texts(sorted({item.document_id for item in view.attributions}))
        told = incident_told(ledger, view)
    if format_ in {"csv", "jsonl"}:
        show_rows([full_row(entry) for entry in view.entries], (), format_, output, none="")
        return
    if format_ == "json":
        show_rows([{**view_row(view), "told": plain(told)}], (), "json", output, none="")
        return
    with open_output(output) as stream:
        console = make_console(file=stream, highlight=False, width=None if output is None else 140)
        _print_view(console, view, texts, told)


def view_row(view: IncidentView) -> dict[str, Any]:
    """Return one incident with all that bears on it as plain data."""
    return {
        **incident_row(view.card, brief_of(view)),
        "merged_into": view.merged_into,
        "findings": [{"id": item.id, **plain(item)} for item in view.findings],
        "members": [full_row(entry) for entry in view.entries],
        "judgements": [plain(item) for item in view.judgements],
    }


def _print_view(
    console: Console, view: IncidentView, texts: Mapping[str, str], carried: Told
) -> None:
    card = view.card
    told = {entry.claim.id: entry.claim.quote for entry in view.beside}
    told |= {
        item.id: " … ".join(
            texts[item.document_id][span.start : span.end] for span in (item.cue, *item.content)
        )
        for item in view.attributions
    }
    console.print(Text(f"{card.id}  {brief_of(view).title}", style="bold"))
    if view.merged_into is not None:
        console.print(Text(f"part of {view.merged_into} now"))
    print_told(console, carried)
    for finding in view.findings:
        status = status_words(finding.status)
        console.print()
        console.print(Text(finding.proposition, style="bold"))
        console.print(Text(f"  {status} (rule {finding.rule}): {finding.reason}"))
        for voice in finding.voices:
            console.print(Text(f"  {_voice_line(voice)}"))
            words = told.get(voice.claim_id)
            if words:
                console.print(Text(f"    “{words}”", style="dim"))
    if view.entries:
        console.print()
        rows = [entry_row(entry) for entry in view.entries]
        print_table(console, rows, ("id", "speakers", "stance", "quote", "known_on", "outlet"))
    for item in view.judgements:
        console.print(Text(f"judged {item.verdict} by {item.by}: {item.reason}"))


def show_hits(
    address: str | None,
    words: str,
    order: str,
    known: Known,
    limit: int,
    format_: str,
    output: Path | None,
) -> None:
    """List claims found by their words."""
    check_format(format_)
    with open_kept(address) as ledger:
        page = ledger.search(words, known=known, order=cast("SearchOrder", order), limit=limit)
    rows = [_hit(hit) for hit in page.rows]
    columns = ("known_on", "speakers", "stance", "words", "id")
    show_rows(rows, columns, format_, output, none="no claim has these words")


def _hit(hit: Hit) -> dict[str, Any]:
    return {**entry_row(hit.entry), "words": " ".join(hit.words.split())}


def show_changes(
    address: str | None,
    since: date,
    limit: int,
    format_: str,
    output: Path | None,
    project: str | None = None,
) -> None:
    """List what is new, of one project where it is named."""
    check_format(format_)
    with open_kept(address) as ledger:
        start = datetime.combine(since, time(), UTC)
        changes = ledger.changes(start, limit=limit, project=project)
    rows = [_change(change) for change in changes]
    columns = ("recorded", "kind", "told", "subject")
    show_rows(rows, columns, format_, output, none=f"nothing is new since {since}")


def _tell(change: Change) -> str:
    words = " ".join(change.what.split())
    if change.kind != "status":
        return words
    before = status_words(change.before or "nothing")
    return f"{words}: {before} → {(change.after or '').replace('_', ' ')}"


def _change(change: Change) -> dict[str, Any]:
    return {
        "recorded": change.recorded_at.strftime("%Y-%m-%d %H:%M"),
        "kind": change.kind,
        "what": " ".join(change.what.split()),
        "told": _tell(change),
        "before": change.before,
        "after": change.after,
        "subject": change.subject,
        "document": change.document_id,
        "incident": change.incident_id,
    }
