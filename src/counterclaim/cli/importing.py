"""Imports rows of other data sets: filed and shown beside what was read, or written in any format of ours."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from counterclaim.cli.export_tables import write_flat, write_format
from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.rows import check_format, open_output, print_rows, show_rows
from counterclaim.cli.saying import say, say_aside
from counterclaim.errors import unknown_word
from counterclaim.exchange.arrivals import Arrived
from counterclaim.exchange.beside import beside, beside_incident
from counterclaim.exchange.cells import words
from counterclaim.exchange.formats import format_names
from counterclaim.exchange.imports import file_import, import_names, read_import
from counterclaim.exchange.tables import STREAMED, TABLE_FORMATS
from counterclaim.records.flat import FlatRow
from counterclaim.records.imported import ImportCard
from counterclaim.records.problem import Problem
from counterclaim.records.query import EVERYTHING
from counterclaim.records.shown import shown
from counterclaim.service.ledger_service import view_incident

MOST_TOLD = 20
"""Rows refused that are told one by one."""

PLURALS = {
    "event": "events",
    "casualty": "casualty figures",
    "ceasefire": "ceasefires",
    "position": "positions",
    "withheld": "silences",
}
CARDS = ("id", "as", "file", "claims", "refused", "by", "taken_back")
BESIDE = ("first_day", "place", "what", "parties", "number", "says", "row")
SHOWN = ("first_day", "place", "what", "parties", "number", "says", "beside")


def run_import(
    path: Path,
    format_as: str,
    meaning: Path | None,
    format_: str,
    output: Path | None,
    address: str | None,
    *,
    by: str | None,
) -> None:
    """Read a file of others, and file or write its claims; what was refused is told, and the code is then 2.

    Args:
        path: The file.
        format_as: As what it is read.
        meaning: The map of a CSV.
        format_: ``table`` shows the claims beside what was read; another format writes them, and files nothing.
        output: Where to.
        address: The ledger's.
        by: Who takes them in; None to file nothing.

    Raises:
        UsageError: If there is no such format.
    """
    known = import_names()
    if format_as not in known:
        raise UsageError(unknown_word("--as", format_as, known))
    check_format(format_, ("table", *TABLE_FORMATS, *format_names()))
    if output is None and format_ in TABLE_FORMATS and format_ not in STREAMED:
        raise UsageError(f"--format {format_} needs a file: add --output claims.{format_}")
    arrived = read_import(path, format_as, meaning)
    if format_ == "table":
        _show(arrived.rows, output, address)
        if by is not None:
            _file(path, format_as, meaning, arrived, address, by)
    elif format_ not in TABLE_FORMATS:
        write_format(arrived.rows, format_, output)
    else:
        write_flat(arrived.rows, "claims", format_, output)
    kinds = Counter(words(row, "kind") for row in arrived.rows)
    told = (
        ", ".join(
            f"{count:,} {PLURALS[kind].removesuffix('s') if count == 1 else PLURALS[kind]}"
            for kind, count in sorted(kinds.items())
        )
        or "no claims"
    )
    sys.stderr.write(shown(f"{path.name}: {told}; {len(arrived.refused):,} rows refused\n"))
    _tell([*arrived.doubtful, *arrived.refused])
    if arrived.refused:
        raise SystemExit(2)


def _file(
    path: Path,
    format_as: str,
    meaning: Path | None,
    arrived: Arrived,
    address: str | None,
    by: str,
) -> None:
    with open_kept(address) as ledger:
        card, is_new = file_import(ledger, path, format_as, arrived, meaning=meaning, by=by)
    how = "filed" if is_new else "known: filed before"
    say_aside(f"{path.name}: {how} as {card.id}, beside what was read: it corroborates nothing")


def show_imports(address: str | None, name: str | None, format_: str, output: Path | None) -> None:
    """List imports, or the rows that one refused or found odd."""
    check_format(format_)
    with open_kept(address) as ledger:
        if name is None:
            rows = [_card_row(card) for card in ledger.imports.cards()]
            show_rows(rows, CARDS, format_, output, none="nothing was imported")
            return
        card = ledger.imports.card(name)
    told = [{"what": item.code, "why": item.message} for item in card.problems]
    show_rows(told, ("what", "why"), format_, output, none="every row was taken")


def _card_row(card: ImportCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "as": card.format,
        "file": card.file,
        "claims": card.claims,
        "refused": card.refused,
        "by": card.by,
        "recorded_at": card.recorded_at.isoformat(timespec="seconds"),
        "taken_back": f"{card.withdrawn_by}: {card.reason}" if card.withdrawn_by else "",
    }


def withdraw_import(address: str | None, name: str, by: str, reason: str) -> None:
    """Take an import back."""
    with open_kept(address) as ledger:
        card = ledger.imports.withdraw(name, by=by, reason=reason)
    say(f"{card.id}: {card.file} taken back by {by}; its rows stay in the record")


def show_beside(address: str | None, incident: str, format_: str, output: Path | None) -> None:
    """Show the imported claims that stand beside an incident."""
    check_format(format_)
    with open_kept(address) as ledger:
        found = beside_incident(ledger, view_incident(ledger, incident))
    rows = [_line(row) | {"id": row["id"], "row": words(row, "address")} for row in found]
    show_rows(rows, BESIDE, format_, output, none="no imported row stands beside it")


def _tell(problems: list[Problem]) -> None:
    for problem in problems[:MOST_TOLD]:
        sys.stderr.write(shown(f"counterclaim: {problem.message}\n"))
    if len(problems) > MOST_TOLD:
        sys.stderr.write(shown(f"counterclaim: and {len(problems) - MOST_TOLD:,} more\n"))


def _show(rows: list[FlatRow], output: Path | None, address: str | None) -> None:
    with open_kept(address) as ledger, open_output(output) as stream:
        shown: list[dict[str, Any]] = []
        for row, near in beside(ledger, rows, known=EVERYTHING):
            shown.append(_line(row) | {"beside": f"{len(near)} read" if near else "nothing read"})
            shown += [_line(read) | {"beside": words(read, "id")} for read in near]
        print_rows(shown, SHOWN, stream, none="no row was taken")


def _line(row: FlatRow) -> dict[str, Any]:
    low, high = row["low"], row["high"]
    number = (
        "" if low is None else str(low) if low == high else f"{low}-{'' if high is None else high}"
    )
    parties = [*_names(row, "actors"), *_names(row, "recipients"), *_names(row, "side")]
    act = row["outcome"] or row["event_type"] or row["object"] or row["kind"]
    return {
        "first_day": words(row, "first_day"),
        "place": row["place"],
        "what": f"{act} {row['category'] or ''}".strip(),
        "parties": parties,
        "number": number,
        "says": words(row, "speakers") or "the report",
    }


def _names(row: FlatRow, name: str) -> list[str]:
    value = row[name]
    return value if isinstance(value, list) else []
