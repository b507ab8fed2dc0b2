"""Rows as tables, JSON, JSON lines and CSV."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from counterclaim.cli.options import UsageError
from counterclaim.cli.reading import atomic
from counterclaim.cli.saying import make_console, screen
from counterclaim.cli.table_widths import fit
from counterclaim.errors import unknown_word
from counterclaim.export.separated import Row, cell_words, write_csv

FORMATS = ("table", "json", "jsonl", "csv")

IDS = frozenset({"id", "subject"})
"""Columns that are copied by hand: never wrapped."""


def check_format(name: str, known: Sequence[str] = FORMATS) -> None:
    """Pass if a format is known.

    Raises:
        UsageError: If it is not.
    """
    if name not in known:
        raise UsageError(unknown_word("--format", name, known))


def open_output(output: Path | None) -> AbstractContextManager[TextIO]:
    """Open where a command writes: a file that appears whole, or the screen."""
    return nullcontext(sys.stdout) if output is None else atomic(output)


def open_words(output: Path | None) -> AbstractContextManager[TextIO]:
    """Open where a command writes words that no table makes harmless."""
    return nullcontext(screen()) if output is None else atomic(output)


def show_rows(
    rows: Sequence[Row], columns: Sequence[str], format_: str, output: Path | None, *, none: str
) -> None:
    """Show rows.

    Args:
        rows: As plain data, all with the same keys.
        columns: Keys that the table shows; the other formats have all.
        format_: One of ``FORMATS``.
        output: File to write to.
        none: What a table says when there is no row.
    """
    if format_ == "table":
        with open_output(output) as stream:
            print_rows(rows, columns, stream, none=none)
        return
    with open_words(output) as stream:
        if format_ == "json":
            stream.write(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")
        elif format_ == "jsonl":
            write_lines(rows, stream)
        else:
            write_csv(rows, stream)


def print_rows(rows: Sequence[Row], columns: Sequence[str], stream: TextIO, *, none: str) -> None:
    """Print rows as a table on the screen or into a file, or say that there is none."""
    console = make_console(
        file=stream, highlight=False, width=None if stream is sys.stdout else 140
    )
    if rows:
        print_table(console, rows, columns)
    else:
        console.print(none)


def print_table(console: Console, rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Print rows as a table in which no column is narrower than its longest word, within reason."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    kept: dict[int, int] = {}
    for number, name in enumerate(columns):
        table.add_column(name.replace("_", " "), overflow="fold", no_wrap=name in IDS)
        if name in IDS:
            kept[number] = max(len(name), *(len(cell_words(row.get(name))) for row in rows))
    for row in rows:
        table.add_row(*(escape(cell_words(row.get(name))) for name in columns))
    fit(console, table, 14, kept)
    console.print(table)


def write_lines(rows: Iterable[Row], stream: TextIO) -> None:
    """Write rows as JSON lines."""
    stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
