"""POLECAT's and GDELT 2's rows: events with their doers and sufferers."""

from collections.abc import Iterator
from pathlib import Path

from counterclaim.exchange.arrivals import (
    ArrivalError,
    Arrived,
    Cells,
    RefusedError,
    arrival,
    open_table,
    read_cells,
    with_heads,
)
from counterclaim.exchange.gdelt import COLUMNS as GDELT_COLUMNS
from counterclaim.exchange.told import Fields, needs_day, read_told
from counterclaim.lexicon.plover import load_types
from counterclaim.records.flat import FlatRow

POLECAT_NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")
POLECAT_FIELDS: Fields = {
    "quote": "Event ID",
    "first_day": "Event Date",
    "event_modes": "Event Mode",
    "actors": "Actor Name",
    "recipients": "Recipient Name",
    "place": "Placename",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "outlet": "Source",
    "published": "Publication Date",
}
GDELT_FIELDS: Fields = {
    "quote": "GLOBALEVENTID",
    "first_day": "SQLDATE",
    "actors": "Actor1Name",
    "recipients": "Actor2Name",
    "place": "ActionGeo_FullName",
    "latitude": "ActionGeo_Lat",
    "longitude": "ActionGeo_Long",
    "address": "SOURCEURL",
}

ROOTS = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE",
    "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
"""PLOVER's types by CAMEO's roots; 01 and 02 have none, and 08 is two."""

MODES = {"193": ["firearms"], "194": ["heavy-weapons"], "195": ["aerial"]}


def read_polecat(path: Path) -> Arrived:
    """Read a file of POLECAT.

    Raises:
        ArrivalError: If it is no file of POLECAT.
    """
    lines = open_table(path, "\t", ("utf-8-sig", "iso-8859-1"))  # both are about
    return read_cells(with_heads(path, lines, POLECAT_NEEDED), "polecat", path.name, _polecat)


def _polecat(cells: Cells) -> Iterator[FlatRow]:
    kind = cells["Event Type"]
    if kind not in load_types():
        raise RefusedError(f"Event Type {kind[:40]!r} is none of PLOVER's")
    yield _event("POLECAT", kind, read_told(cells, POLECAT_FIELDS))


def read_gdelt(path: Path) -> Arrived:
    """Read a file of GDELT 2 events: 61 columns and no head.

    Raises:
        ArrivalError: If it is no such file.
    """
    lines = open_table(path, "\t")

    def rows() -> Iterator[tuple[int, Cells]]:
        for number, line in enumerate(lines, 1):
            if len(line) != len(GDELT_COLUMNS):
                what = f"line {number} has {len(line)} columns and not {len(GDELT_COLUMNS)}"
                raise ArrivalError(path, what, "give a GDELT 2 events file, unpacked")
            yield number, dict(zip(GDELT_COLUMNS, line, strict=True))

    return read_cells(rows(), "gdelt2", path.name, _gdelt)


def _gdelt(cells: Cells) -> Iterator[FlatRow]:
    kind = ROOTS.get(cells["EventRootCode"])
    if kind is None:
        raise RefusedError(f"CAMEO root {cells['EventRootCode'][:9]!r} is no event of PLOVER's")
    modes = MODES.get(cells["EventCode"], [])
    yield _event("GDELT", kind, read_told(cells, GDELT_FIELDS) | {"event_modes": modes})


def _event(data_set: str, kind: str, found: FlatRow) -> FlatRow:
    return arrival(
        kind="event",
        speakers=[data_set],
        speaker_evidence="told",
        event_type=kind,
        telling="fact",
        **needs_day(found, "day"),
    )
