"""Imports rows of other data sets: shown beside what was read, or written in any format of ours."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from counterclaim.cli.exporting import write_flat, write_format
from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.rows import check_format, open_output, print_rows
from counterclaim.exchange.beside import beside
from counterclaim.exchange.cells import words
from counterclaim.exchange.formats import format_names
from counterclaim.exchange.imports import import_names, read_import
from counterclaim.exchange.tables import STREAMED, TABLE_FORMATS
from counterclaim.records.flat import FlatRow
from counterclaim.records.problem import Problem
from counterclaim.records.query import EVERYTHING

MOST_TOLD = 20
"""Rows refused that are told one by one."""

SHOWN = ("first_day", "place", "what", "parties", "number", "says", "beside")


def run_import(
    path: Path,
    format_as: str,
    meaning: Path | None,
    format_: str,
    output: Path | None,
    address: str | None,
) -> None:
    """Read a file of others and show or write its claims; what was refused is told, and the code is then 2.

    Raises:
        UsageError: If there is no such format.
    """
    known = import_names()
    if format_as not in known:
        raise UsageError(f"--as {format_as!r} is unknown: choose one of {', '.join(known)}")
    check_format(format_, ("table", *TABLE_FORMATS, *format_names()))
    if output is None and format_ in TABLE_FORMATS and format_ not in STREAMED:
        raise UsageError(f"--format {format_} needs a file: add --output claims.{format_}")
    arrived = read_import(path, format_as, meaning)
    if format_ == "table":
        _show(arrived.rows, output, address)
    elif format_ not in TABLE_FORMATS:
        write_format(arrived.rows, format_, output)
    else:
        write_flat(arrived.rows, "claims", format_, output)
    kinds = Counter(words(row, "kind") for row in arrived.rows)
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())) or "no claims"
    sys.stderr.write(f"{path.name}: {told}; {len(arrived.refused):,} rows refused\n")
    _tell([*arrived.doubtful, *arrived.refused])
    if arrived.refused:
        raise SystemExit(2)


def _tell(problems: list[Problem]) -> None:
    for problem in problems[:MOST_TOLD]:
        sys.stderr.write(f"counterclaim: {problem.message}\n")
    if len(problems) > MOST_TOLD:
        sys.stderr.write(f"counterclaim: and {len(problems) - MOST_TOLD:,} more\n")


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
