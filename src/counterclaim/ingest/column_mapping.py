"""Column mapping: a small TOML file that says what the columns of somebody's count table mean.

Source: docs/series.md, which shows one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from counterclaim.errors import CounterclaimError
from counterclaim.records.casualty_figure import Line
from counterclaim.records.claim import Category, Measure, Outcome

QUALIFIERS = ("exact", "at_least", "more_than", "at_most")
"""What a table may say of a number without bounds. For "about", give columns for low and high."""

CLOSED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "measure": get_args(Measure),
        "outcome": get_args(Outcome),
        "category": get_args(Category),
        "line": get_args(Line),
        "qualifier": QUALIFIERS,
    }
)
"""Fields whose values are one of a few."""

FREE = ("reporter", "side", "subgroup", "place", "incident")
"""Fields that take any text."""

TABLE_KEYS = frozenset(
    {
        "name",
        "data",
        "day",
        "day_format",
        "known",
        "hours",
        "delimiter",
        "opponents",
        "ignore",
        "licence",
    }
)
FIGURE_KEYS = frozenset({*CLOSED, *FREE, "number", "low", "high", "epoch", "derived"})


class TableMapError(CounterclaimError):
    """A map says something that cannot be used."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        """Build the message.

        Args:
            path: The map.
            what: What is wrong, with the key it stands under.
            remedy: What to write.
        """
        super().__init__(f"{path}: {what}; {remedy} (docs/series.md shows a map)")


@dataclass(frozen=True, slots=True)
class MappedValue:
    """A field's value: the same for all rows, or what a column says."""

    constant: str | None = None
    column: str | None = None
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the cells mean; empty where the cell is the value. ``*`` stands for all other cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMap:
    """What one column, or one low and high pair, counts."""

    name: str
    """The column that gives its cells their name."""
    number: str | None
    low: str | None
    high: str | None
    fields: Mapping[str, MappedValue]
    epoch: date | None
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMap:
    """What a table means: its days, its figures, the columns that mean nothing here."""

    path: Path
    name: str
    data: Path | None
    """The table itself, beside the map, where the map names it."""
    day: str
    day_format: str | None
    known: str | None
    hours: MappedValue | None
    """Hours that a row's new figures cover; 24 where nothing says so. Unit: hours, a multiple of 24."""
    delimiter: str | None
    opponents: frozenset[str]
    figures: tuple[FigureMap, ...]
    ignore: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """All columns that the map reads."""
        read = {self.day, self.known, None if self.hours is None else self.hours.column}
        for figure in self.figures:
            read |= {figure.number, figure.low, figure.high}
            read |= {value.column for value in figure.fields.values()}
        return frozenset(column for column in read if column is not None)


def read_map(path: Path) -> TableMap:
    """Read and check a map.

    Args:
        path: A TOML file with a ``[table]``, perhaps ``[defaults]``, and one ``[[figure]]`` or more.

    Raises:
        TableMapError: If it cannot be read, or says something that cannot be used; the message names
            the key.
    """
    content = _content(path)
    for section in content.keys() - {"table", "defaults", "figure"}:
        raise TableMapError(
            path, f"[{section}] is unknown", "use [table], [defaults] and [[figure]]"
        )
    table = content.get("table", {})
    _known_keys(path, "[table]", table, TABLE_KEYS)
    day = _text(path, "[table] day", table.get("day"))
    if day is None:
        raise TableMapError(path, "[table] names no day", 'write day = "the column of days"')
    figures = tuple(
        _figure(path, position, {**content.get("defaults", {}), **item})
        for position, item in enumerate(content.get("figure", ()), 1)
    )
    if not figures:
        raise TableMapError(path, "there is no [[figure]]", "write one for each column that counts")
    data = _text(path, "[table] data", table.get("data"))
    return TableMap(
        path=path,
        name=_text(path, "[table] name", table.get("name")) or path.stem,
        data=None if data is None else path.parent / data,
        day=day,
        day_format=_text(path, "[table] day_format", table.get("day_format")),
        known=_text(path, "[table] known", table.get("known")),
        hours=None if "hours" not in table else _hours(table["hours"]),
        delimiter=_text(path, "[table] delimiter", table.get("delimiter")),
        opponents=frozenset(map(str, table.get("opponents", ()))),
        figures=figures,
        ignore=tuple(map(str, table.get("ignore", ()))),
    )


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise TableMapError(path, "there is no such map", "give the path of a TOML file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise TableMapError(
            path, f"it cannot be read ({error})", "give a UTF-8 text file"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise TableMapError(path, f"it is not TOML ({error})", "mend that line") from error


def _known_keys(path: Path, where: str, found: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in found:
        if key not in known:
            raise TableMapError(
                path, f"{where} {key} is unknown", f"use {', '.join(sorted(known))}"
            )


def _text(path: Path, where: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TableMapError(path, f"{where} is {value!r}", "write a text in quotes")


def _hours(value: object) -> MappedValue:
    """Read the hours: a number for all rows, or the column that has them."""
    return MappedValue(column=value) if isinstance(value, str) else MappedValue(constant=str(value))


def _figure(path: Path, position: int, item: Mapping[str, Any]) -> FigureMap:
    where = f"[[figure]] {position}"
    _known_keys(path, where, item, FIGURE_KEYS)
    number, low, high = (
        _text(path, f"{where} {key}", item.get(key)) for key in ("number", "low", "high")
    )
    name = number or low or high
    if name is None:
        raise TableMapError(path, f"{where} names no column", "write number, or low and high")
    if "measure" not in item:
        raise TableMapError(
            path, f"{where} has no measure", f"write one of {', '.join(CLOSED['measure'])}"
        )
    fields = {
        key: _value(path, f"{where} {key}", key, item[key])
        for key in (*CLOSED, *FREE)
        if key in item
    }
    return FigureMap(
        name=name,
        number=number,
        low=low,
        high=high,
        fields=MappingProxyType(fields),
        epoch=_epoch(path, where, item.get("epoch")),
        derived=item.get("derived", False) is True,
    )


def _value(path: Path, where: str, key: str, value: object) -> MappedValue:
    """Read a field: a text, or a table with a column and perhaps what its cells mean."""
    if isinstance(value, str):
        _closed(path, where, key, value)
        return MappedValue(constant=value)
    if not isinstance(value, dict) or not isinstance(value.get("column"), str):
        raise TableMapError(
            path,
            f"{where} is {value!r}",
            'write a text, or { column = "…", values = { cell = "…" } }',
        )
    _known_keys(path, where, value, frozenset({"column", "values"}))
    values = {str(cell).lower(): str(meaning) for cell, meaning in value.get("values", {}).items()}
    for meaning in values.values():
        _closed(path, where, key, meaning)
    return MappedValue(column=value["column"], values=MappingProxyType(values))


def _closed(path: Path, where: str, key: str, value: str) -> None:
    allowed = CLOSED.get(key)
    if allowed is not None and value not in allowed:
        raise TableMapError(path, f"{where} is {value!r}", f"write one of {', '.join(allowed)}")


def _epoch(path: Path, where: str, value: object) -> date | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TableMapError(
            path, f"{where} epoch is {value!r}", "write a day as 2023-10-07"
        ) from None
