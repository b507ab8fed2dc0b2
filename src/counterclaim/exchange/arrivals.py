"""Arrivals: rows of other data sets as claims of those data sets, and what was refused with its reason.

An imported row is a claim of the data set that has it. It has no report and no words of a report, it is filed apart from
what was read, and it corroborates nothing: it is shown beside what was read.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError
from counterclaim.exchange.tables import UNSAFE
from counterclaim.records.flat import FlatRow
from counterclaim.records.flat_columns import COLUMNS
from counterclaim.records.identity import make_id
from counterclaim.records.problem import Problem

Cells = Mapping[str, str]
"""One row of a file, by the names of its columns."""

DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%d %B %Y", "%d-%m-%Y", "%Y%m%d")
"""How the field writes days."""

MOST_NUMBER = 100_000_000
LONGEST_WORDS = 20_000
LONGEST_HEAD = 100_000
PIECE = 1_000_000
"""Characters read at once to see how a file is written."""
DELIMITERS = (",", ";", "\t", "|")
"""The first of them where several part a head alike."""


class ArrivalError(CounterclaimError):
    """A file cannot be read as what it is said to be."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"{path.name}: {what}; {remedy}")


class RefusedError(Exception):
    """A row is not taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file gave."""

    rows: list[FlatRow] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    """Rows that were not taken, and why."""
    doubtful: list[Problem] = field(default_factory=list)
    """Rows that were taken as they are, and what is odd about them."""


Read = Callable[[Cells], Iterable[FlatRow]]
"""Makes claims of one row; raises ``RefusedError`` where it cannot."""

Doubt = Callable[[Cells], str | None]


def read_cells(
    cells: Iterable[tuple[int, Cells]],
    origin: str,
    file: str,
    read: Read,
    doubt: Doubt | None = None,
) -> Arrived:
    """Read rows one by one; each claim is signed with where it came from.

    Args:
        cells: Rows with their numbers in the file.
        origin: Name of the format.
        file: Name of the file.
        read: Makes claims of a row.
        doubt: Says what is odd about a row that is taken.
    """
    found = Arrived()
    for number, row in cells:
        try:
            made = list(read(row))
        except RefusedError as error:
            found.refused.append(Problem("refused", f"{file} row {number}: {error}"))
            continue
        odd = doubt(row) if doubt is not None else None
        if odd:
            found.doubtful.append(Problem("doubtful", f"{file} row {number}: {odd}"))
        for index, claim in enumerate(made):
            own: FlatRow = {
                "id": make_id("x", origin, file, number, index),
                "reader": f"import:{origin}",
                "address": claim["address"] or f"{file} row {number}",
            }
            found.rows.append(claim | own)
    return found


def arrival(**given: Any) -> FlatRow:
    """Return a claim of another data set: every column, empty but for what is given."""
    row: FlatRow = {
        column.name: [] if column.kind == "list" else False if column.kind == "flag" else None
        for column in COLUMNS["claims"]
    }
    return row | {"stance": "state", "evidence": "told"} | given


def open_table(
    path: Path, delimiter: str | None = None, encodings: Sequence[str] = ("utf-8-sig",)
) -> Iterator[list[str]]:
    """Yield the lines of a table, their cells as written; an apostrophe against formulas is taken off.

    Args:
        path: Of the file.
        delimiter: Between cells; None takes the one of ``DELIMITERS`` that parts the first line into most cells.
        encodings: In which it may be written; the first that fits all of it.

    Raises:
        ArrivalError: If the file cannot be read or is no table.
    """
    try:
        encoding = _encoding_of(path, encodings)
        with path.open(encoding=encoding, newline="") as stream:
            mark = delimiter or _delimiter_of(stream.readline(LONGEST_HEAD))
            stream.seek(0)
            reader = csv.reader(
                (line.replace("\0", "") for line in stream),
                delimiter=mark,
                quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
            )
            for line in reader:
                yield [_plain(cell) for cell in line]
    except OSError as error:
        raise ArrivalError(
            path, f"it cannot be read ({error.strerror})", "check the path"
        ) from error
    except csv.Error as error:
        raise ArrivalError(path, f"it is no table ({error})", "save it as CSV in UTF-8") from error


def _encoding_of(path: Path, encodings: Sequence[str]) -> str:
    """Return the first encoding that fits a file: a letter read as another is a name of nobody."""
    for encoding in encodings:
        try:
            with path.open(encoding=encoding, newline="") as stream:
                while stream.read(PIECE):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise ArrivalError(
        path,
        f"it is not written in {' or '.join(encodings).upper()}",
        'save it as CSV in UTF-8, or write encoding = "cp1252" under [import] of --map',
    )


def _delimiter_of(head: str) -> str:
    """Return what parts the cells of a head: in many countries spreadsheets write semicolons."""
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([head], delimiter=mark), [])))


def with_heads(
    path: Path, lines: Iterator[list[str]], needed: Iterable[str]
) -> Iterator[tuple[int, Cells]]:
    """Yield rows by the heads of their columns, with their numbers in the file.

    Raises:
        ArrivalError: If a column that is needed is not there.
    """
    heads = [head.strip() for head in next(lines, [])]
    missing = [name for name in needed if name not in heads]
    if missing:
        raise ArrivalError(
            path, f"it has no column {', '.join(missing)}", "check --as, or use --as csv with --map"
        )
    return _rows(heads, lines)


def _rows(heads: list[str], lines: Iterator[list[str]]) -> Iterator[tuple[int, Cells]]:
    for number, line in enumerate(lines, 2):
        if any(line):
            yield number, dict(zip(heads, line, strict=False))


def _plain(cell: str) -> str:
    words = cell.strip()[:LONGEST_WORDS]
    return words[1:] if words.startswith("'") and words[1:].lstrip().startswith(UNSAFE) else words


def read_day(words: str, name: str, formats: Iterable[str] = DAYS) -> date | None:
    """Return a day; None where the cell is empty.

    Raises:
        RefusedError: If the words are no day.
    """
    if not words:
        return None
    for form in formats:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RefusedError(f"{name} {words[:40]!r} is not a day: write it as 2020-10-14")


def read_number(words: str, name: str) -> int | None:
    """Return a number of persons; None where the cell is empty, which is not zero.

    Raises:
        RefusedError: If the words are no whole number of at least zero.
    """
    if words in {"", "None", "NA"}:
        return None
    plain = words.replace(",", "")
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 9 or int(plain) > MOST_NUMBER:
        raise RefusedError(f"{name} {words[:40]!r} is no number of persons")
    return int(plain)


def read_degrees(words: str, name: str, most: float) -> float | None:
    """Return degrees; None where the cell is empty.

    Raises:
        RefusedError: If they are none on this earth.
    """
    if words in {"", "None", "NA"}:
        return None
    try:
        value = float(words)
    except ValueError as error:
        raise RefusedError(f"{name} {words[:40]!r} is no number of degrees") from error
    if not -most <= value <= most:
        raise RefusedError(f"{name} {words[:40]!r} is outside -{most:g} to {most:g}")
    return value


def split(words: str, mark: str = ";") -> list[str]:
    """Return the names of a cell; ``None``, as some data sets write, is no name."""
    return [part for item in words.split(mark) if (part := item.strip()) and part != "None"]
