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
    read_day,
    read_degrees,
    split,
    with_heads,
)
from counterclaim.exchange.gdelt import COLUMNS as GDELT_COLUMNS
from counterclaim.lexicon.plover import load_types
from counterclaim.records.flat import FlatRow

POLECAT_NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")

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
    lines = open_table(path, "\t")
    return read_cells(with_heads(path, lines, POLECAT_NEEDED), "polecat", path.name, _polecat)


def _polecat(cells: Cells) -> Iterator[FlatRow]:
    kind = cells["Event Type"]
    if kind not in load_types():
        raise RefusedError(f"Event Type {kind[:40]!r} is none of PLOVER's")
    yield _event(
        "POLECAT",
        cells["Event ID"],
        cells["Event Date"],
        kind,
        split(cells.get("Event Mode", "")),
        parties=(split(cells["Actor Name"]), split(cells["Recipient Name"])),
        where=(cells.get("Placename", ""), cells.get("Latitude", ""), cells.get("Longitude", "")),
        outlet=_told(cells.get("Source", "")),
        published=read_day(_told(cells.get("Publication Date", "")) or "", "Publication Date"),
    )


def _told(words: str) -> str | None:
    return None if words in {"", "None"} else words


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
    yield _event(
        "GDELT",
        cells["GLOBALEVENTID"],
        cells["SQLDATE"],
        kind,
        MODES.get(cells["EventCode"], []),
        parties=(split(cells["Actor1Name"]), split(cells["Actor2Name"])),
        where=(cells["ActionGeo_FullName"], cells["ActionGeo_Lat"], cells["ActionGeo_Long"]),
        address=cells["SOURCEURL"] or None,
    )


def _event(
    data_set: str,
    key: str,
    day_words: str,
    kind: str,
    modes: list[str],
    *,
    parties: tuple[list[str], list[str]],
    where: tuple[str, str, str],
    **given: object,
) -> FlatRow:
    day = read_day(day_words, "the event's day")
    if day is None:
        raise RefusedError("it has no day")
    actors, recipients = parties
    place, north, east = where
    name = _told(place)
    return arrival(
        kind="event",
        quote=key,
        speakers=[data_set],
        speaker_evidence="told",
        event_type=kind,
        event_modes=modes,
        telling="fact",
        actors=actors,
        actor_evidence="told" if actors else None,
        recipients=recipients,
        recipient_evidence="told" if recipients else None,
        first_day=day,
        last_day=day,
        time=day.isoformat(),
        time_evidence="told",
        place=name,
        place_evidence="told" if name else None,
        latitude=read_degrees(north, "latitude", 90),
        longitude=read_degrees(east, "longitude", 180),
        **given,
    )
