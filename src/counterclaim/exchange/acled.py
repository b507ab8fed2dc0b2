"""ACLED-like event rows: one for each event told as done, with what is known and nothing else.

Not ACLED data: nobody there coded it. Deaths stay empty, for an event's words do not count the dead; they are
never zero.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TextIO

from counterclaim.exchange.cells import (
    days,
    events_done,
    point,
    said_by,
    sides_of,
    words,
)
from counterclaim.exchange.entities import country_of, load_table
from counterclaim.exchange.losses import Losses
from counterclaim.exchange.tables import csv_cell, csv_writer
from counterclaim.records.flat import FlatRow

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""The 31 columns, in ACLED's order."""

CARRIES = (
    "id", "kind", "event_type", "event_modes", "actors", "recipients", "place", "place_country",
    "place_precision", "latitude", "longitude", "first_day", "last_day", "time", "outlet", "sentence", "quote",
    "speakers", "stance", "recorded_at", "telling", "status",
)  # fmt: skip
"""What of a claim has a place in a row; the last ones in ``notes`` and ``tags``."""

EMPTY = (
    "inter1", "inter2", "interaction", "civilian_targeting", "iso", "region", "admin1", "admin2", "admin3",
    "source_scale", "fatalities",
)  # fmt: skip

ASSOCIATED = ("assoc_actor_1", "assoc_actor_2")
"""Where those stand who are told beside the first of their side: ACLED names one actor a column."""

PRECISION = {"point": 1, "town": 1, "district": 2, "region": 3, "area": 3}


def write_acled(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write event rows in ACLED's columns."""
    losses = Losses("acled", CARRIES)
    writer = csv_writer(stream)
    writer.writerow(COLUMNS)
    for row in events_done(rows, losses):
        span = days(row)
        if span is None:
            losses.skip(row, "no day is told")
            continue
        cells, lost = _cells(row, span)
        losses.carry(row, lost)
        losses.leave_empty(*EMPTY, *(name for name in ASSOCIATED if not cells[name]))
        writer.writerow([csv_cell(cells.get(name)) for name in COLUMNS])
    return losses


def _cells(
    row: FlatRow, span: tuple[date, date]
) -> tuple[dict[str, str | int | float | None], list[str]]:
    actors, recipients = sides_of(row)
    kind, sub = _types(row)
    where = point(row)
    precision = PRECISION.get(words(row, "place_precision"))
    is_placed = row["place_evidence"] != "inferred" and precision is not None
    country = (
        country_of(words(row, "place_country")) if row["place_evidence"] != "inferred" else None
    )
    recorded = row["recorded_at"]
    lost = [
        name
        for name, is_lost in (
            ("actors", not actors),
            ("recipients", row["recipient_evidence"] == "inferred" or not recipients),
            ("event_type", not kind),
            ("event_modes", not sub),
            ("place", not is_placed),
            ("place_precision", not is_placed),
            ("latitude", where is None or not is_placed),
            ("longitude", where is None or not is_placed),
            ("place_country", country is None),
        )
        if is_lost
    ]
    disorder = load_table("acled")["disorder"].get(kind, [""])[0]
    return {
        "event_id_cnty": words(row, "id"),
        "event_date": span[0].isoformat(),
        "year": span[0].year,
        "time_precision": _precision(span),
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": "".join(actors[:1]),
        "assoc_actor_1": "; ".join(actors[1:]),
        "actor2": "".join(recipients[:1]),
        "assoc_actor_2": "; ".join(recipients[1:]),
        "country": country.name if country else None,
        "location": words(row, "place") if is_placed else None,
        "latitude": round(where[0], 4) if where and is_placed else None,
        "longitude": round(where[1], 4) if where and is_placed else None,
        "geo_precision": precision if is_placed else None,
        "source": words(row, "outlet"),
        "notes": said_by(row),
        "tags": f"told as {row['telling']}; claims stand: {row['status'] or 'not assessed'}",
        "timestamp": int(recorded.timestamp()) if isinstance(recorded, datetime) else None,
    }, lost


def _types(row: FlatRow) -> tuple[str, str]:
    table = load_table("acled")
    for mode in row["event_modes"] if isinstance(row["event_modes"], list) else ():
        if mode in table["modes"]:
            kind, sub = table["modes"][mode]
            return kind, sub
    kind, sub = table["types"].get(words(row, "event_type"), ["", ""])
    return kind, sub


def _precision(span: tuple[date, date]) -> int:
    length = (span[1] - span[0]).days
    return 1 if length == 0 else 2 if length <= 7 else 3
