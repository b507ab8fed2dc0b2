"""Tables: flat rows as CSV, XLSX, Parquet and JSON lines, written as they come."""

import csv
import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TextIO

from counterclaim.errors import CounterclaimError
from counterclaim.records.flat import Cell, FlatRow
from counterclaim.records.flat_columns import Column

if TYPE_CHECKING:
    import pyarrow as pa

UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these a spreadsheet takes a cell for a formula, the wide forms in some of them."""

SHEET_ROWS = 1_000_000
"""Rows of one worksheet, under the 1,048,576 that spreadsheets hold."""

LONGEST_CELL = 32_000
"""Characters of one cell of a spreadsheet, under the 32,767 that it holds."""

BATCH = 2_000
"""Rows that Parquet is given at a time."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""

TABLE_FORMATS = ("csv", "xlsx", "parquet", "jsonl")


class MissingExtraError(CounterclaimError):
    """A format needs a package that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a further package: pip install 'counterclaim[{extra}]'")


def write_table(
    rows: Iterable[FlatRow], columns: Sequence[Column], format_: str, path: Path
) -> int:
    """Write rows to a file, and return how many there were.

    Args:
        rows: With every column.
        columns: In order.
        format_: One of ``TABLE_FORMATS``.
        path: The file.

    Raises:
        MissingExtraError: If the format needs a package that is not installed.
    """
    with _seldom_collecting():
        if format_ in STREAMED:
            with path.open("w", encoding="utf-8", newline="") as stream:
                return STREAMED[format_](rows, columns, stream)
        return _WHOLE[format_](rows, columns, path)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for unreachable cycles seldom: rows have none, and looking takes a quarter of the time that they do."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, before[1], before[2])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def write_csv_table(rows: Iterable[FlatRow], columns: Sequence[Column], stream: TextIO) -> int:
    """Write rows as CSV that no spreadsheet takes for formulas; lists are joined by ``; ``."""
    writer = csv_writer(stream)
    names = [column.name for column in columns]
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow([csv_cell(row[name]) for name in names])
        count += 1
    return count


def csv_writer(stream: TextIO) -> Any:
    """Return a writer of CSV that quotes every break within a cell and ends lines as text files do."""
    return csv.writer(_Lines(stream), lineterminator="\r\n")


class _Lines:
    """Ends lines as text files do; the writer's own ending makes it quote every break within a cell."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        """Write one row."""
        self._stream.write(line.removesuffix("\r\n") + "\n")


def csv_cell(value: Cell) -> str | int | float:
    """Return a value as a cell of CSV: a word that begins like a formula gets an apostrophe before it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case datetime() | date():
            return value.isoformat()
        case list():
            return _safe("; ".join(value))
    return _safe(value)


def _safe(words: str) -> str:
    return f"'{words}" if words.lstrip(" \u00a0").startswith(UNSAFE) else words


def write_json_lines(rows: Iterable[FlatRow], columns: Sequence[Column], stream: TextIO) -> int:
    """Write rows as JSON lines: one object a row, ``null`` where nothing is said."""
    del columns
    count = 0
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False, default=_iso) + "\n")
        count += 1
    return count


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


STREAMED: Mapping[str, Callable[[Iterable[FlatRow], Sequence[Column], TextIO], int]] = (
    MappingProxyType({"csv": write_csv_table, "jsonl": write_json_lines})
)
"""Writers that can also write to a screen or a pipe."""


def _write_xlsx(rows: Iterable[FlatRow], columns: Sequence[Column], path: Path) -> int:
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra, not a dependency
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("a spreadsheet", "xlsx") from error
    book = Workbook(write_only=True)
    names = [column.name for column in columns]
    left = iter(rows)
    count = 0
    for number in range(1, 2**31):
        first = next(left, None)
        if first is None and number > 1:
            break
        sheet = book.create_sheet(f"rows {number}" if number > 1 else "rows")
        sheet.freeze_panes = "B2"
        sheet.append(names)
        for row in () if first is None else chain((first,), islice(left, SHEET_ROWS - 1)):
            cells = []
            for name in names:
                value = _sheet_value(row[name])
                cell = WriteOnlyCell(sheet, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # words that begin with = are words
                cells.append(cell)
            sheet.append(cells)
            count += 1
    _write_notes(book, columns)
    book.save(path)
    return count


def _write_notes(book: Any, columns: Sequence[Column]) -> None:
    sheet = book.create_sheet("columns")
    sheet.append(["column", "meaning"])
    for column in columns:
        sheet.append([column.name, column.meaning])


def _sheet_value(value: Cell) -> str | int | float | bool | date | None:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case list():
            return _sheet_words("; ".join(value)) if value else None
        case str():
            return _sheet_words(value)
    return value


def _sheet_words(words: str) -> str:
    clean = _CONTROL.sub(" ", words)
    return clean if len(clean) <= LONGEST_CELL else f"{clean[:LONGEST_CELL]} …"


def _write_parquet(rows: Iterable[FlatRow], columns: Sequence[Column], path: Path) -> int:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, not a dependency
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    schema = arrow_schema(columns)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for some in _batches(rows):
            writer.write_batch(pa.RecordBatch.from_pylist(list(some), schema=schema))
            count += len(some)
    return count


def _batches(rows: Iterable[FlatRow]) -> Iterator[Sequence[FlatRow]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some


def arrow_schema(columns: Sequence[Column]) -> "pa.Schema":
    """Return the Arrow schema of some columns; each field bears its meaning."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, not a dependency

    kinds = {
        "words": pa.string(),
        "list": pa.list_(pa.string()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
        "instant": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema(
        [
            pa.field(column.name, kinds[column.kind], metadata={"meaning": column.meaning})
            for column in columns
        ]
    )


_WHOLE: Mapping[str, Callable[[Iterable[FlatRow], Sequence[Column], Path], int]] = MappingProxyType(
    {"xlsx": _write_xlsx, "parquet": _write_parquet}
)
"""Writers that need a file of their own."""
