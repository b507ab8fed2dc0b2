"""UCDP GED's rows: the dead of one incident, by side, and the range of all."""

from collections.abc import Iterator
from pathlib import Path

from counterclaim.exchange.arrivals import (
    Arrived,
    Cells,
    RefusedError,
    arrival,
    open_table,
    read_cells,
    read_number,
    split,
    with_heads,
)
from counterclaim.exchange.told import Fields, read_told
from counterclaim.exchange.ucdp import COLUMNS
from counterclaim.records.flat import FlatRow

NEEDED = ("id", "date_start", "date_end", "best", "low", "high")
FIELDS: Fields = {
    "quote": "id",
    "incident": "id",
    "sentence": "source_headline",
    "title": "source_headline",
    "via": "source_original",
    "outlet": "source_office",
    "first_day": "date_start",
    "last_day": "date_end",
    "place": "where_coordinates",
    "place_precision": "where_prec",
    "latitude": "latitude",
    "longitude": "longitude",
}
PRECISION = {"1": "town", "2": "town", "3": "district", "4": "region", "5": "area", "6": "country"}
DEATHS = (
    ("deaths_a", "side_a", "unknown"),
    ("deaths_b", "side_b", "unknown"),
    ("deaths_civilians", None, "civilian"),
    ("deaths_unknown", None, "unknown"),
)


def read_ucdp(path: Path) -> Arrived:
    """Read a file of GED; one without a head, as some releases are, has GED's columns in their order.

    Raises:
        ArrivalError: If it is no file of GED.
    """
    lines = open_table(path)
    first = next(lines, [])
    is_headless = len(first) == len(COLUMNS) and first[0].isdecimal()

    def with_first() -> Iterator[list[str]]:
        if is_headless:
            yield list(COLUMNS)
        yield first
        yield from lines

    return read_cells(with_heads(path, with_first(), NEEDED), "ucdp", path.name, _read, _doubt)


def _read(cells: Cells) -> Iterator[FlatRow]:
    shared = read_told(cells, FIELDS, words={"place_precision": PRECISION})
    if not {"first_day", "last_day"} <= shared.keys() or not cells["date_end"]:
        raise RefusedError("it has no date_start or no date_end")
    low, high, best = (read_number(cells[name], name) for name in ("low", "high", "best"))
    shared |= {
        "kind": "casualty",
        "speakers": ["UCDP"],
        "speaker_evidence": "told",
        "outcome": "killed",
        "measure": "incident",
        "relation": "third",
        "place_within": "near" if cells.get("where_prec") == "2" else None,
    }
    parts = [
        (number, split(cells.get(side, "")) if side else [], category)
        for column, side, category in DEATHS
        if (number := read_number(cells.get(column, ""), column))
    ]
    if low is not None and not (len(parts) == 1 and low == high == best):
        yield arrival(
            low=low,
            high=high,
            qualifier="exact" if low == high else "range" if high is not None else "at_least",
            said=best,
            category="mixed",
            **shared,
        )
    for number, side, category in parts:
        yield arrival(
            low=number,
            high=number,
            qualifier="exact",
            said=number,
            category=category,
            side=side,
            side_evidence="told" if side else None,
            part_of=None if len(parts) == 1 and low == high == best else cells["best"],
            **shared,
        )


def _doubt(cells: Cells) -> str | None:
    """Say where a row breaks GED's own rule; it is taken as it is."""
    low, best, high = (read_number(cells[name], name) for name in ("low", "best", "high"))
    known = [value for value in (low, best, high) if value is not None]
    return None if known == sorted(known) else f"low {low}, best {best}, high {high} do not rise"
