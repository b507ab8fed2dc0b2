"""Follows wars: shows projects, adds their conflict files, drafts one from reports, puts reports where they belong."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.text import Text

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.reading import write_whole
from counterclaim.cli.rows import check_format, open_output, print_table, show_rows
from counterclaim.cli.saying import make_console, say
from counterclaim.ingest.batch import list_sources
from counterclaim.ingest.fetch import make_fetcher
from counterclaim.ingest.sources import take_raw
from counterclaim.ingest.url_safety import is_web_address
from counterclaim.ledger import Ledger
from counterclaim.ledger.projects import check_id
from counterclaim.lexicon.conflicts import conflict_names, load_conflict
from counterclaim.pipeline.reader_process import lent_reader
from counterclaim.records.claim import Claim
from counterclaim.records.conflict import Conflict
from counterclaim.records.project import Belonging, ProjectCard
from counterclaim.service.conflict_drafting import write_project
from counterclaim.service.projects import add_project

Report = tuple[Sequence[Claim], str | None, date | None]


def show_projects(address: str | None, format_: str, output: Path | None) -> None:
    """Show the projects of a ledger, then the shipped conflict files that are none yet."""
    check_format(format_)
    with open_kept(address) as ledger:
        cards = ledger.projects.cards()
    rows = [_card_row(card) for card in cards]
    held = {card.id for card in cards}
    rows += [
        _conflict_row(name, load_conflict(name)) | {"state": "ships, not added"}
        for name in conflict_names()
        if name not in held
    ]
    columns = ("id", "name", "state", "reports", "claims", "sides")
    show_rows(rows, columns, format_, output, none="")


def _card_row(card: ProjectCard) -> dict[str, Any]:
    return _conflict_row(card.id, card.conflict) | {
        "state": "followed",
        "reports": card.documents,
        "claims": card.claims,
        "by": card.by,
        "recorded_at": card.recorded_at.isoformat(),
        "digest": card.digest,
    }


def _conflict_row(name: str, conflict: Conflict) -> dict[str, Any]:
    return {
        "id": name,
        "name": conflict.name,
        "state": "",
        "reports": None,
        "claims": None,
        "sides": " against ".join(map(", ".join, sides_of(conflict).values())),
        "epoch": conflict.epoch.isoformat(),
        "until": None if conflict.until is None else conflict.until.isoformat(),
        "mediators": [party.root for party in conflict.mediators],
        "places": list(conflict.places),
        "source": list(conflict.source),
        "by": None,
        "recorded_at": None,
        "digest": None,
    }


def sides_of(conflict: Conflict) -> dict[str, list[str]]:
    """Return the parties of each side over the whole war, each party once, by the side's letter."""
    found: dict[str, list[str]] = {}
    for member in conflict.members:
        side = member.side or conflict.side_of(member.party.root, member.first) or ""
        if member.party.root not in found.setdefault(side, []):
            found[side].append(member.party.root)
    return found


def show_project(address: str | None, name: str, format_: str, output: Path | None) -> None:
    """Show a project: its file in words, and its reports with why they are of it."""
    check_format(format_)
    with open_kept(address) as ledger:
        card = ledger.projects.card(name)
        belongings = ledger.projects.documents_of(name)
    rows = [_belonging_row(item) for item in belongings]
    if format_ != "table":
        show_rows([_card_row(card) | {"documents": rows}], (), format_, output, none="")
        return
    with open_output(output) as stream:
        console = make_console(file=stream, highlight=False, width=None if output is None else 140)
        for line in _lines(card):
            console.print(Text(line), soft_wrap=True)
        if rows:
            console.print()
            print_table(console, rows, ("document", "is_of_it", "basis", "by", "why"))


def _lines(card: ProjectCard) -> Iterator[str]:
    conflict = card.conflict
    until = "" if conflict.until is None else f" to {conflict.until}"
    yield f"{card.id}: {conflict.name}, from {conflict.epoch}{until}"
    for side, roots in sides_of(conflict).items():
        yield f"  side {side}: {', '.join(roots)}"
    for words, names in (
        ("mediators", [party.root for party in conflict.mediators]),
        ("places", list(conflict.places)),
        ("outlets", list(conflict.outlets)),
        ("source", list(conflict.source)),
    ):
        if names:
            yield f"  {words}: {', '.join(names)}"
    reports = f"{card.documents:,} report{'' if card.documents == 1 else 's'}"
    claims = f"{card.claims:,} claim{'' if card.claims == 1 else 's'}"
    yield f"  {reports}, {claims}; its file was added by {card.by} on {card.recorded_at:%Y-%m-%d}"


def _belonging_row(item: Belonging) -> dict[str, Any]:
    return {
        "document": item.document_id,
        "is_of_it": "yes" if item.joined else "no",
        "basis": item.basis,
        "by": item.by,
        "why": item.why,
        "recorded_at": item.recorded_at.isoformat(),
    }


def run_add_project(address: str | None, file: str, name: str | None, by: str) -> None:
    """Add a project, and say how many reports are of it."""
    with open_kept(address) as ledger:
        card, touched = add_project(ledger, file, by=by, name=name)
    number = card.documents
    told = f"{number} report{'s' if number != 1 else ''} at hand {'are' if number != 1 else 'is'} of it"
    say(f"{card.id}: {card.name}; {told}{'' if touched or not number else '; nothing changed'}")


def run_assign(
    address: str | None, document: str, name: str, *, joined: bool, by: str, reason: str
) -> None:
    """Put a report into a project or take it out, and say so."""
    with open_kept(address) as ledger:
        changed = ledger.projects.assign(document, name, joined=joined, by=by, why=reason)
    word = "is in" if joined else "is not in"
    say(f"{document} {word} {name}, by {by}{'' if changed else '; it was so before'}")


def run_new_project(
    address: str | None, name: str, given: Sequence[str], output: Path | None
) -> None:
    """Write a conflict file from reports.

    Raises:
        UsageError: If the file is there already.
        NoSidesError: If the reports tell of fewer than two parties that fight.
    """
    check_id(name)
    path = output or Path(f"{name}.toml")
    if path.exists():
        raise UsageError(f"{path} is there already: give --output, or move it away")
    ids = [item for item in given if item.startswith("d-")]
    found: list[Report] = []
    if ids:
        with open_kept(address) as ledger:
            found += [_filed(ledger, item) for item in ids]
    found += _read([item for item in given if not item.startswith("d-")])
    write_whole(path, write_project(name, found))
    say(f"wrote {path}: check each line, then run: counterclaim project add {path}")


def _filed(ledger: Ledger, document_id: str) -> Report:
    filed = ledger.document(document_id)
    return filed.claims, filed.document.outlet, filed.document.published


def _read(sources: Sequence[str]) -> list[Report]:
    """Read reports that are not in the ledger; nothing of them is filed."""
    if not sources:
        return []
    found: list[Report] = []
    with lent_reader() as reader:
        for source in list_sources(list(sources)):
            if is_web_address(source):
                opened = [reader.open_raw(take_raw(source, make_fetcher()), source)]
            else:
                taken = list(reader.open_each(source))
                failed = next((item.error for item in taken if item.error is not None), None)
                if failed is not None:
                    raise UsageError(failed)
                opened = [item.opened for item in taken if item.opened is not None]
            for item in opened:
                reading = reader.read(item)
                document = reading.document
                found.append((reading.claims, document.outlet, document.published))
    return found
