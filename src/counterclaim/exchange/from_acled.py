"""ACLED's rows: each an event as ACLED has it, and its dead where it counts any."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from counterclaim.exchange.arrivals import (
    Arrived,
    Cells,
    arrival,
    open_table,
    read_cells,
    read_number,
    with_heads,
)
from counterclaim.exchange.entities import load_table
from counterclaim.exchange.told import Fields, needs_day, read_told
from counterclaim.records.flat import FlatRow

NEEDED = ("event_id_cnty", "event_date", "event_type", "actor1", "fatalities")
FIELDS: Fields = {
    "quote": "event_id_cnty",
    "sentence": "notes",
    "first_day": "event_date",
    "place": "location",
    "place_precision": "geo_precision",
    "latitude": "latitude",
    "longitude": "longitude",
    "outlet": "source",
}
PARTIES: Fields = {"actors": "actor1", "recipients": "actor2"}
PRECISION = {"1": "town", "2": "district", "3": "region"}


def read_acled(path: Path) -> Arrived:
    """Read a file of ACLED, with or without a byte order mark, its days in any of its ways.

    Raises:
        ArrivalError: If it is no file of ACLED.
    """
    cells = with_heads(path, open_table(path), NEEDED)
    return read_cells(cells, "acled", path.name, _read)


def _read(cells: Cells) -> Iterator[FlatRow]:
    shared = needs_day(read_told(cells, FIELDS, words={"place_precision": PRECISION}), "event_date")
    shared |= {"speakers": ["ACLED"], "speaker_evidence": "told"}
    dead = read_number(cells["fatalities"], "fatalities")
    kind, modes = _types().get((cells["event_type"], cells.get("sub_event_type", "")), (None, ()))
    yield arrival(
        kind="event",
        event_type=kind,
        event_modes=list(modes),
        telling="fact",
        object=cells.get("sub_event_type") or cells["event_type"],
        **shared,
        **read_told(cells, PARTIES),
    )
    if dead:  # ACLED writes 0 also where a source tells of no number
        yield arrival(
            kind="casualty",
            low=dead,
            high=dead,
            qualifier="exact",
            said=dead,
            outcome="killed",
            category="mixed",
            measure="incident",
            relation="third",
            **shared,
        )


@cache
def _types() -> dict[tuple[str, str], tuple[str | None, tuple[str, ...]]]:
    """Return PLOVER's type and mode by ACLED's types: the table for writing, read the other way."""
    table = load_table("acled")
    found: dict[tuple[str, str], tuple[str | None, tuple[str, ...]]] = {}
    for mode, (kind, sub) in table["modes"].items():
        type_ = "COERCE" if mode == "arrest" else "ASSAULT"
        found.setdefault((kind, sub), (type_, (mode,)))
    for type_, (kind, sub) in table["types"].items():
        found.setdefault((kind, sub), (type_, ()))
    return found
