"""Writes tables of a ledger: flat ones of claims in any format, lists of incidents and documents."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.output_views import claims_of, incident_row
from counterclaim.cli.reading import atomic_path, write_whole
from counterclaim.cli.rows import check_format, open_output, open_words, print_rows, write_lines
from counterclaim.cli.saying import say, say_aside, screen
from counterclaim.errors import unknown_word
from counterclaim.exchange.formats import find_format, format_names
from counterclaim.exchange.tables import STREAMED, TABLE_FORMATS, write_table
from counterclaim.export.plain import plain
from counterclaim.export.separated import write_csv
from counterclaim.ledger import Ledger
from counterclaim.records.finding import status_words
from counterclaim.records.flat import FlatRow
from counterclaim.records.flat_columns import COLUMNS, FlatTable
from counterclaim.records.ledger_rows import every_row
from counterclaim.records.notation import print_claim
from counterclaim.records.query import ClaimQuery, Known
from counterclaim.records.shown import shown
from counterclaim.service.flat import ledger_rows

WHOLE = 2**31 - 1
"""No limit."""

FLAT: tuple[FlatTable, ...] = ("claims", "figures", "events", "ceasefires")
LISTS = ("incidents", "documents")
TABLES = (*FLAT, *LISTS)

SHOWN: dict[str, tuple[str, ...]] = {
    "claims": ("known_on", "speakers", "stance", "sentence", "outlet", "status", "id"),
    "figures": (
        "known_on",
        "side",
        "category",
        "outcome",
        "low",
        "high",
        "measure",
        "speakers",
        "id",
    ),
    "events": ("known_on", "event_type", "actors", "recipients", "place", "telling", "id"),
    "ceasefires": ("known_on", "ceasefire_status", "parties", "brokers", "terms", "speakers", "id"),
}
"""Columns of a table on the screen."""


def run_export(
    ledger: Ledger,
    what: str,
    query: ClaimQuery,
    known: Known,
    format_: str,
    output: Path | None,
    site: str | None = None,
) -> None:
    """Write one table of a ledger, page by page, so that its size does not matter.

    Raises:
        UsageError: If there is no such table or format.
    """
    check_table(what, format_, output)
    if format_ == "notation":
        write_notation(ledger, query, known, WHOLE, output)
    elif format_ not in TABLE_FORMATS and what == "claims":
        rows = ledger_rows(ledger, "claims", query, known=known, site=site or "")
        write_format(rows, format_, output)
    elif what in FLAT:
        rows = ledger_rows(ledger, what, query, known=known, site=site or "")
        write_flat(rows, what, format_, output)
    else:
        with open_words(output) as stream:
            listed = _list(ledger, what, known)
            (write_csv if format_ == "csv" else write_lines)(listed, stream)


def check_table(what: str, format_: str, output: Path | None) -> None:
    """Pass if a table can be written in a format.

    Raises:
        UsageError: If it cannot.
    """
    if what not in TABLES:
        raise UsageError(unknown_word("table", what, TABLES))
    formats = TABLE_FORMATS if what in FLAT else ("jsonl", "csv")
    further = (*format_names(), "notation") if what == "claims" else ()
    if what != "claims" and format_ in {*format_names(), "notation"}:
        raise UsageError(f"--format {format_} holds claims: export claims, not {what}")
    check_format(format_, (*formats, *further))
    if output is None and format_ in TABLE_FORMATS and format_ not in STREAMED:
        raise UsageError(f"--format {format_} needs a file: add --output {what}.{format_}")


def write_format(rows: Iterable[FlatRow], format_: str, output: Path | None) -> None:
    """Write claims in a format of the field; what it could not carry is told, and listed beside the file."""
    write = find_format(format_).write
    if output is None:
        losses = write(rows, screen())
    else:
        with atomic_path(output) as path, path.open("w", encoding="utf-8", newline="") as stream:
            losses = write(rows, stream)
        beside = output.with_name(f"{output.name}.losses.json")
        if output.is_file():
            write_whole(beside, losses.as_json())
            say(f"{output}: what {format_} could not carry is listed in {beside.name}", err=True)
    sys.stderr.write(shown(f"{losses}\n"))


def write_flat(
    rows: Iterable[FlatRow], table: FlatTable, format_: str, output: Path | None
) -> None:
    """Write flat rows to a file or the screen."""
    columns = COLUMNS[table]
    if output is None:
        STREAMED[format_](rows, columns, screen())
        return
    with atomic_path(output) as path:
        count = write_table(rows, columns, format_, path)
    sys.stderr.write(shown(f"{output}: {count:,} {table if count != 1 else table[:-1]}\n"))


def show_flat(
    address: str | None,
    table: str,
    ask: Callable[[Ledger], ClaimQuery],
    known: Known,
    limit: int,
    format_: str,
    output: Path | None,
    site: str | None,
) -> None:
    """Show or write claims that fit what is asked, the latest filed first.

    Raises:
        UsageError: If there is no such table or format.
    """
    if table not in FLAT:
        raise UsageError(unknown_word("--table", table, FLAT))
    if format_ != "table":
        check_table(table, format_, output)
    with open_kept(address) as ledger:
        query = ask(ledger)
        if format_ == "notation":
            write_notation(ledger, query, known, limit, output)
            return
        every = ledger_rows(ledger, table, query, known=known, site=site or "")
        rows = islice(every, limit)
        if format_ in TABLE_FORMATS:
            write_flat(rows, table, format_, output)
        elif format_ != "table":
            write_format(rows, format_, output)
        else:
            with open_output(output) as stream:
                print_rows(
                    list(map(_in_words, rows)), SHOWN[table], stream, none="no claim matches"
                )
        if next(every, None) is not None:
            say_aside(f"the latest {limit:,} only: --limit takes more, counterclaim export all")


def _in_words(row: FlatRow) -> FlatRow:
    """Return a row for the screen, its status in words."""
    return row | {"status": status_words(str(row["status"])) if row.get("status") else None}


def write_notation(
    ledger: Ledger, query: ClaimQuery, known: Known, limit: int, output: Path | None
) -> None:
    """Write claims in the ledger's own notation, one a line."""
    with open_words(output) as stream:
        for entry in claims_of(ledger, query, known, limit):
            stream.write(print_claim(entry.claim, entry.published) + "\n")


def _list(ledger: Ledger, what: str, known: Known) -> Iterator[dict[str, Any]]:
    if what == "incidents":
        cards = every_row(lambda after: ledger.incidents(known=known, limit=500, after=after))
        yield from map(incident_row, cards)
    else:
        held = every_row(lambda after: ledger.documents(known=known, limit=500, after=after))
        yield from map(plain, held)
