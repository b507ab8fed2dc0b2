"""An importer: a morgue's tally, one line a day: ``2030-01-02 Testville 14``."""

from collections.abc import Iterator
from pathlib import Path

from counterclaim.exchange.arrivals import (
    Arrived,
    Cells,
    RefusedError,
    arrival,
    read_cells,
    read_day,
    read_number,
)
from counterclaim.records.flat import FlatRow


def read_tally(path: Path) -> Arrived:
    """Read a tally; each line is a figure of the morgue's."""
    lines = path.read_text("utf-8").splitlines()
    rows = ((number, {"line": line}) for number, line in enumerate(lines, 1) if line.strip())
    return read_cells(rows, "tally", path.name, _read)


def _read(cells: Cells) -> Iterator[FlatRow]:
    parts = cells["line"].split()
    if len(parts) != 3:
        raise RefusedError("it is not: day, town, number")
    day, dead = read_day(parts[0], "the day"), read_number(parts[2], "the number")
    yield arrival(
        kind="casualty",
        quote=cells["line"],
        speakers=["the morgue"],
        speaker_evidence="told",
        outcome="killed",
        category="unknown",
        measure="new",
        low=dead,
        high=dead,
        first_day=day,
        last_day=day,
        time=parts[0],
        time_evidence="told",
        place=parts[1],
        place_evidence="told",
    )
