"""Tables: daily counts that people already have, taken in as figures.

Takes CSV, TSV, JSON and JSON lines. Nothing is lost: a cell is a figure, or empty, or a Problem that
names its row and column. Source: docs/series.md.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.column_mapping import CLOSED, FigureMap, MappedValue, TableMap
from counterclaim.records.casualty_figure import Figure, Line, SeriesKey
from counterclaim.records.count import Count, Qualifier
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Problem
from counterclaim.records.time import Time

TABLE_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
"""Names of files that are taken for tables and not for reports."""

_GAP = r"[, \u00a0\u202f]"
_NUMBER = re.compile(rf"[+-]?\d{{1,3}}(?:{_GAP}\d{{3}})+|[+-]?\d+(?:\.0+)?")
_NOT_DIGITS = re.compile(rf"{_GAP}|\.0+\Z")
_EMPTY = frozenset({"", "na", "n/a", "nan", "none", "null", "-", "–"})

_EXTRA = "\0extra"
"""Name under which the reader keeps cells beyond the header's."""

Row = Mapping[str, str]


class TableError(CounterclaimError):
    """A table cannot be taken in at all."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"{path}: {what}; {remedy}")


class CellError(Exception):
    """A cell cannot be used; it becomes a Problem."""

    def __init__(self, code: str, column: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigures:
    """What one table gave.

    ``cells`` that the map reads as numbers are figures, empty, or refused: the three add up.
    """

    name: str
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]
    rows: int
    cells: int
    empty: int
    refused: int


def read_table(path: Path, meaning: TableMap) -> TableFigures:
    """Take a table in.

    Args:
        path: A CSV, TSV, JSON (a list of objects) or JSON lines file. Nested objects are columns with
            dots in their names: ``equipment.tank``.
        meaning: What its columns mean.

    Returns:
        Figures in order of rows, and problems.

    Raises:
        TableError: If the file cannot be read as a table, or lacks a column that the map names.

    Problems:
        unread-row: A row without a day that can be read, or no object at all.
        unread-number: A cell that is no whole number of persons.
        negative-number: Less than nobody.
        crossed-range: Low over high.
        unknown-value: A cell that the map does not explain.
        unread-hours: A period that is no whole number of days.
        unmapped-column: A column with content that the map neither reads nor ignores.
    """
    rows = list(_rows(path, meaning))
    _columns_exist(path, meaning, [row for _, row, _ in rows])
    reader = _Reader(path.name, meaning)
    for number, row, problem in rows:
        if problem is not None:
            reader.problems.append(Problem("unread-row", f"{path.name} row {number}: {problem}"))
        else:
            reader.read(number, row)
    reader.problems += _unmapped(path, meaning, [row for _, row, _ in rows])
    return TableFigures(
        name=meaning.name,
        figures=tuple(reader.figures),
        problems=tuple(reader.problems),
        rows=len(rows),
        cells=len(rows) * len(meaning.figures),
        empty=reader.empty,
        refused=len(rows) * len(meaning.figures) - reader.empty - len(reader.figures),
    )


def _rows(path: Path, meaning: TableMap) -> Iterator[tuple[int, Row, str | None]]:
    """Yield rows with their number, and what is wrong with those that are none."""
    try:
        if path.suffix == ".json":
            yield from _json_rows(path)
        elif path.suffix in {".jsonl", ".ndjson"}:
            yield from _json_lines(path)
        else:
            yield from _csv_rows(path, meaning.delimiter)
    except FileNotFoundError:
        raise TableError(path, "there is no such table", "check the path") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(path, f"it cannot be read ({error})", "give a UTF-8 text file") from error


def _csv_rows(path: Path, delimiter: str | None) -> Iterator[tuple[int, Row, str | None]]:
    separator = delimiter or ("\t" if path.suffix == ".tsv" else ",")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=separator, restkey=_EXTRA)
        for row in reader:
            extra = row.pop(_EXTRA, None)
            cells = {key: value or "" for key, value in row.items() if key is not None}
            yield reader.line_num, cells, "it has more cells than the header" if extra else None


def _json_rows(path: Path) -> Iterator[tuple[int, Row, str | None]]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise TableError(path, f"it is not JSON ({error})", "mend it, or name it .jsonl") from error
    if not isinstance(content, list):
        raise TableError(path, "it is not a list of rows", "give a list of objects")
    for number, item in enumerate(content, 1):
        yield number, *_flat_row(item)


def _json_lines(path: Path) -> Iterator[tuple[int, Row, str | None]]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield number, *_flat_row(json.loads(line))
            except ValueError as error:
                yield number, {}, f"it is not JSON ({error})"


def _flat_row(item: object) -> tuple[Row, str | None]:
    if not isinstance(item, dict):
        return {}, f"it is no object: {str(item)[:40]!r}"
    return dict(_flat(item)), None


def _flat(item: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        elif isinstance(value, bool):
            yield f"{before}{key}", str(value).lower()
        else:
            yield f"{before}{key}", "" if value is None else str(value)


def _columns_exist(path: Path, meaning: TableMap, rows: Sequence[Row]) -> None:
    found = {column for row in rows for column in row}
    for column in sorted(meaning.columns - found):
        known = ", ".join(sorted(found)[:12]) or "none"
        raise TableError(
            path, f"it has no column {column!r}, which {meaning.path.name} names", f"it has {known}"
        )


def _unmapped(path: Path, meaning: TableMap, rows: Sequence[Row]) -> Iterator[Problem]:
    used: dict[str, int] = {}
    for row in rows:
        for column, cell in row.items():
            if column not in meaning.columns and not _is_empty(cell):
                used[column] = used.get(column, 0) + 1
    for column, cells in used.items():
        if not any(fnmatchcase(column, pattern) for pattern in meaning.ignore):
            yield Problem(
                "unmapped-column",
                f"{path.name}: column {column!r} ({cells} cells) is in no [[figure]] and not ignored; its numbers are not in the account",
            )


def _is_empty(cell: str) -> bool:
    return cell.strip().lower() in _EMPTY


class _Reader:
    """Reads rows into figures; keys are made once, since a table has few and figures many."""

    def __init__(self, name: str, meaning: TableMap) -> None:
        self.name = name
        self.meaning = meaning
        self.figures: list[Figure] = []
        self.problems: list[Problem] = []
        self.empty = 0
        self._keys: dict[SeriesKey, SeriesKey] = {}

    def read(self, number: int, row: Row) -> None:
        """Read one row."""
        try:
            day = read_day(row.get(self.meaning.day, ""), self.meaning.day, self.meaning.day_format)
            known = self._known(row, day)
            hours = self._hours(row)
        except CellError as error:
            self._refuse(number, error)
            return
        for item in self.meaning.figures:
            try:
                count = _count(item, row)
                if count is None:
                    self.empty += 1
                    continue
                self.figures.append(self._figure(number, row, item, count, (day, known, hours)))
            except CellError as error:
                self._refuse(number, error)

    def _refuse(self, number: int, error: CellError) -> None:
        where = f"{self.name} row {number}, column {error.column!r}"
        self.problems.append(Problem(error.code, f"{where}: {error}"))

    def _known(self, row: Row, day: date) -> date:
        column = self.meaning.known
        if column is None or _is_empty(row.get(column, "")):
            return day
        return read_day(row[column], column, self.meaning.day_format)

    def _hours(self, row: Row) -> int:
        value = self.meaning.hours
        if value is None:
            return 24
        column = value.column or "hours"
        told = value.constant if value.column is None else row.get(value.column, "")
        if told is None or _is_empty(told):
            return 24
        if not told.strip().isdigit() or int(told) % 24:
            raise CellError("unread-hours", column, f"{told!r} is no whole number of days in hours")
        return int(told)

    def _figure(
        self, number: int, row: Row, item: FigureMap, count: Count, when: tuple[date, date, int]
    ) -> Figure:
        day, known, hours = when
        fields = {name: _checked(name, value, row) for name, value in item.fields.items()}
        measure = fields["measure"]
        is_stretch = measure in {"new", "incident"}
        place = fields.get("place")
        return Figure(
            id=f"{self.name}:{number}:{item.name}",
            key=self._key(fields, item.epoch),
            measure=measure,  # type: ignore[arg-type]  # checked by _checked
            count=count,
            day=day,
            start=day - timedelta(days=hours // 24 - 1) if is_stretch else None,
            time=Time(day.isoformat()),
            known=known,
            source=self.name,
            order=number,
            place=None if place is None else Place(name=place),
            incident=fields.get("incident"),
            derived=item.derived,
        )

    def _key(self, fields: Mapping[str, str | None], epoch: date | None) -> SeriesKey:
        reporters, side = _parties(fields.get("reporter")), _parties(fields.get("side"))
        key = SeriesKey(
            reporters=tuple(dict.fromkeys(party.whole() for party in reporters)),
            side=tuple(dict.fromkeys(party.whole() for party in side)),
            line=fields.get("line") or self._line(reporters, side),  # type: ignore[arg-type]  # checked
            category=fields.get("category") or "unknown",  # type: ignore[arg-type]  # checked
            subgroup=fields.get("subgroup"),
            outcome=fields.get("outcome") or "killed",  # type: ignore[arg-type]  # checked
            scope=fields.get("place"),
            epoch=epoch,
        )
        return self._keys.setdefault(key, key)

    def _line(self, reporters: Sequence[Party], side: Sequence[Party]) -> Line:
        """Tell who counts from the parties: the side's own, or one of its opponents, or a third."""
        told, about = {p.root for p in reporters}, {p.root for p in side}
        if told and told <= about:
            return "self"
        opponents = self.meaning.opponents
        return "enemy" if told & opponents and about <= opponents else "third"


def read_day(cell: str, column: str, form: str | None = None) -> date:
    """Read a day: 2023-10-07, 2023-10-7, the beginning of a time stamp, or the map's own form.

    Raises:
        CellError: If it is none.
    """
    words = cell.strip()
    try:
        if form is not None:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        year, month, day = words[:10].split("T")[0].strip().split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("unread-row", column, f"{cell!r} is no day; write 2023-10-07") from None


def _meaning(value: MappedValue, row: Row) -> str | None:
    """Return what a field says of a row."""
    if value.column is None:
        return value.constant
    cell = row.get(value.column, "").strip()
    if value.values:
        found = value.values.get(cell.lower(), value.values.get("*"))
        if found is None:
            raise CellError(
                "unknown-value", value.column, f"{cell!r} is not among the map's values"
            )
        return cell if found == "*" else found
    return cell or None


def _checked(name: str, value: MappedValue, row: Row) -> str | None:
    """Return what a field says of a row, one of the few values that it may have."""
    told = _meaning(value, row)
    allowed = CLOSED.get(name)
    if allowed is not None and told is not None and told not in allowed:
        raise CellError("unknown-value", value.column or name, f"{told!r} is no {name}")
    return told


def _parties(words: str | None) -> tuple[Party, ...]:
    """Read parties in their normal form: ``Ardenia/Ministry of Health``, several joined by ``&``."""
    if not words:
        return ()
    parts = (part.strip().partition("/") for part in words.split(" & "))
    return tuple(Party(root, unit or None) for root, _, unit in parts)


def _count(item: FigureMap, row: Row) -> Count | None:
    """Read the number of a cell, or the range of two; None where they are empty."""
    best = None if item.number is None else _number(row.get(item.number, ""), item.number)
    low = None if item.low is None else _number(row.get(item.low, ""), item.low)
    high = None if item.high is None else _number(row.get(item.high, ""), item.high)
    if best is low is high is None:
        return None
    if low is not None and high is not None and low > high:
        raise CellError("crossed-range", item.low or item.name, f"low {low} is over high {high}")
    if low is None and high is None:
        assert best is not None
        return _qualified(best, _qualifier(item, row))
    return _bounded(best, low, high)


def _bounded(best: int | None, low: int | None, high: int | None) -> Count:
    if low is not None and low == high:
        return Count(low, high, "exact", best)
    if high is None:
        return Count(low, None, "at_least", best if best is not None else low)
    if low is None:
        return Count(0, high, "at_most", best if best is not None else high)
    return Count(low, high, "range", best)


def _qualifier(item: FigureMap, row: Row) -> str:
    value = item.fields.get("qualifier")
    told = "exact" if value is None else _meaning(value, row) or "exact"
    if told not in CLOSED["qualifier"]:
        column = item.name if value is None or value.column is None else value.column
        raise CellError("unknown-value", column, f"{told!r} is no qualifier")
    return told


def _qualified(number: int, qualifier: str) -> Count:
    bounds: dict[str, tuple[int, int | None, Qualifier]] = {
        "exact": (number, number, "exact"),
        "at_least": (number, None, "at_least"),
        "more_than": (number + 1, None, "at_least"),
        "at_most": (0, number, "at_most"),
    }
    return Count(*bounds[qualifier], number)


def _number(cell: str, column: str) -> int | None:
    """Read a whole number of persons; thousands may be set apart by commas or spaces."""
    words = cell.strip()
    if _is_empty(words):
        return None
    if not _NUMBER.fullmatch(words):
        raise CellError("unread-number", column, f"{cell!r} is no whole number of persons")
    number = int(_NOT_DIGITS.sub("", words))
    if number < 0:
        raise CellError("negative-number", column, f"{number} persons: a count is never negative")
    return number
