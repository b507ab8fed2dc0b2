"""Rows as CSV that no spreadsheet takes for formulas."""

import csv
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of what stands around them; tabs and line breaks do not."""

Row = Mapping[str, Any]

UNSAFE = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a cell for a formula."""


def write_csv(rows: Iterable[Row], stream: TextIO) -> None:
    """Write rows as CSV; lists are joined, and no cell is taken for a formula."""
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(stream, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({name: _csv_cell(value) for name, value in row.items()})


def _csv_cell(value: object) -> object:
    if isinstance(value, (bool, int, float)):
        return value
    words = cell_words(value)
    return f"'{words}" if words.startswith(UNSAFE) else words


def cell_words(value: object) -> str:
    """Return a value as a reader sees it."""
    match value:
        case None | "":
            return ""
        case str():
            return UNSHOWN.sub("�", value)
        case bool():
            return "yes" if value else ""
        case Mapping():
            return ", ".join(f"{key}: {cell_words(item)}" for key, item in value.items())
        case list() | tuple():
            return "; ".join(cell_words(item) for item in value)
    return str(value)
