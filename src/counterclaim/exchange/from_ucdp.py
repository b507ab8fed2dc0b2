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
    read_day,
    read_degrees,
    read_number,
    split,
    with_heads,
)
from counterclaim.exchange.ucdp import COLUMNS
from counterclaim.records.flat import FlatRow

NEEDED = ("id", "date_start", "date_end", "best", "low", "high")
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
    start, end = (
        read_day(cells["date_start"], "date_start"),
        read_day(cells["date_end"], "date_end"),
    )
    if start is None or end is None:
        raise RefusedError("it has no date_start or no date_end")
    if start > end:
        raise RefusedError(f"date_start {start} is after date_end {end}")
    low, high, best = (read_number(cells[name], name) for name in ("low", "high", "best"))
    time = start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    shared = {
        "quote": cells["id"],
        "sentence": cells.get("source_headline") or None,
        "speakers": ["UCDP"],
        "speaker_evidence": "told",
        "via": split(cells.get("source_original", "")),
        "kind": "casualty",
        "outcome": "killed",
        "measure": "incident",
        "relation": "third",
        "first_day": start,
        "last_day": end,
        "time": time,
        "time_evidence": "told",
        "place": cells.get("where_coordinates") or None,
        "place_evidence": "told" if cells.get("where_coordinates") else None,
        "place_precision": PRECISION.get(cells.get("where_prec", "")),
        "place_within": "near" if cells.get("where_prec") == "2" else None,
        "latitude": read_degrees(cells.get("latitude", ""), "latitude", 90),
        "longitude": read_degrees(cells.get("longitude", ""), "longitude", 180),
        "outlet": cells.get("source_office") or None,
        "title": cells.get("source_headline") or None,
        "incident": cells["id"],
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
