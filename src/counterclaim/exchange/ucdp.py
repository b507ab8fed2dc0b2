"""UCDP GED-like rows: one for each happening whose dead somebody counts, in GED's 49 columns.

Not UCDP data: nobody there coded it. Only new deaths with a day make a row; totals of a war do not. Deaths are put
on a side only where words tell whose they are, and a count without an upper bound has no ``high``.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO

from counterclaim.exchange.cells import (
    counted,
    days,
    flat,
    joined,
    number,
    point,
    why_left_out,
    words,
)
from counterclaim.exchange.entities import country_of
from counterclaim.exchange.losses import KINDS, Losses
from counterclaim.exchange.tables import csv_cell, csv_writer
from counterclaim.records.flat import FlatRow

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns, in GED's order."""

CARRIES = (
    "id", "kind", "side", "category", "outcome", "low", "high", "first_day", "last_day", "time", "period",
    "place", "place_within", "place_country", "place_precision", "latitude", "longitude", "outlet", "title",
    "address", "published", "speakers", "incident",
)  # fmt: skip

EMPTY = (
    "relid", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id",
    "side_b_dset_id", "side_b_new_id", "side_b", "adm_1", "adm_2", "country_id", "region", "gwnoa", "gwnob",
    "deaths_b",
)  # fmt: skip

WHERE = {"point": 1, "town": 1, "district": 3, "region": 4, "area": 5, "country": 6}

Cells = dict[str, str | int | float | None]


def write_ucdp(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write deaths by happening in GED's columns."""
    losses = Losses("ucdp", CARRIES)
    writer = csv_writer(stream)
    writer.writerow(COLUMNS)
    groups: dict[tuple[str, str], list[FlatRow]] = {}
    for row in rows:
        why = _misfit(row)
        if why:
            losses.skip(row, why)
        else:
            side = words(row, "side") if counted(row, "side", "side_evidence") else ""
            groups.setdefault((words(row, "incident") or words(row, "id"), side), []).append(row)
    for (home, _), group in groups.items():
        cells = _cells(home, group)
        for row in group:
            losses.carry(row, _lost(row, cells))
        losses.leave_empty(*EMPTY, *(name for name in ("side_a", "high") if cells[name] is None))
        writer.writerow([csv_cell(cells.get(name)) for name in COLUMNS])
    return losses


def _misfit(row: FlatRow) -> str | None:
    """Return why a claim makes no row."""
    if row["left_out"]:
        return why_left_out(row)
    if row["kind"] != "casualty":
        return f"{KINDS[str(row['kind'])]} counts no dead"
    if row["outcome"] != "killed":
        return f"it counts {row['outcome']}, not killed"
    if row["stance"] in {"deny", "reject", "predict", "threaten", "demand", "appeal", "promise"}:
        return f"the speaker does not say that it is so ({row['stance']})"
    if row["measure"] not in {"new", "incident"}:
        return f"a {row['measure']} figure is no single event"
    if row["background"]:
        return "of an earlier war"
    if row["part_of"]:
        return "part of a larger number"
    if days(row) is None:
        return "no day is told"
    return None if number(row, "low") else "no number of one or more is told"


def _cells(home: str, group: Sequence[FlatRow]) -> Cells:
    first = group[0]
    spans = [span for row in group if (span := days(row)) is not None]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    sides = counted(first, "side", "side_evidence")
    deaths, low, high = _deaths(group, is_sided=bool(sides))
    where = next((row for row in group if row["place_evidence"] in {"told", "carried"}), None)
    spot = point(where) if where else None
    country = country_of(words(where, "place_country")) if where else None
    precision = _where(where) if where else None
    return {
        "id": home,
        "year": start.year,
        "side_a": "; ".join(sides) or None,
        "number_of_sources": len({row["document"] for row in group}),
        "source_article": joined(_article(row) for row in group),
        "source_office": joined(words(row, "outlet") for row in group),
        "source_date": joined(words(row, "published") for row in group),
        "source_headline": joined(flat(words(row, "title")) for row in group),
        "source_original": joined(words(row, "speakers") for row in group),
        "where_prec": precision,
        "where_coordinates": words(where, "place") if where else None,
        "where_description": (words(where, "place_within") or None) if where else None,
        "latitude": spot[0] if spot else None,
        "longitude": spot[1] if spot else None,
        "geom_wkt": f"POINT ({spot[1]} {spot[0]})" if spot else None,
        "priogrid_gid": priogrid(*spot) if spot else None,
        "country": country.name if country else None,
        "event_clarity": 1 if start == end else 2,
        "date_prec": _date_precision(start, end),
        "date_start": f"{start.isoformat()} 00:00:00.000",
        "date_end": f"{end.isoformat()} 00:00:00.000",
        **deaths,
        "best": low,
        "low": low,
        "high": high,
    }


def _deaths(group: Sequence[FlatRow], *, is_sided: bool) -> tuple[Cells, int, int | None]:
    """Return deaths by column, the least of all, and the most; several counts of one kind are one."""
    counts: dict[str, list[FlatRow]] = {}
    for row in group:
        counts.setdefault(_column(row, is_sided=is_sided), []).append(row)
    least = {name: min(number(row, "low") or 0 for row in some) for name, some in counts.items()}
    most = {name: [number(row, "high") for row in some] for name, some in counts.items()}
    known = [
        max(value for value in some if value is not None)
        for some in most.values()
        if None not in some
    ]
    high = sum(known) if len(known) == len(most) else None
    return {**least}, sum(least.values()), high


def _column(row: FlatRow, *, is_sided: bool) -> str:
    if row["category"] == "civilian":
        return "deaths_civilians"
    is_fighter = row["category"] in {"military", "paramilitary"}
    return "deaths_a" if is_fighter and is_sided else "deaths_unknown"


def _lost(row: FlatRow, cells: Cells) -> list[str]:
    lost = [] if cells["side_a"] else ["side"]
    if row["place_evidence"] == "inferred":
        lost += [
            "place",
            "place_within",
            "place_country",
            "place_precision",
            "latitude",
            "longitude",
        ]
    return lost


def _article(row: FlatRow) -> str:
    parts = (
        words(row, "outlet"),
        words(row, "published"),
        flat(words(row, "title")),
        words(row, "address"),
    )
    return ", ".join(part.replace(";", ",") for part in parts if part)


def _where(row: FlatRow) -> int | None:
    found = WHERE.get(words(row, "place_precision"))
    return 2 if found == 1 and row["place_within"] else found


def _date_precision(start: date, end: date) -> int:
    length = (end - start).days + 1
    return next(
        grade for most, grade in ((1, 1), (6, 2), (7, 3), (31, 4), (math.inf, 5)) if length <= most
    )


def priogrid(latitude: float, longitude: float) -> int:
    """Return the PRIO-GRID cell of a point: half a degree wide, numbered from the south-west."""
    row = min(math.floor((latitude + 90) * 2) + 1, 360)
    column = min(math.floor((longitude + 180) * 2) + 1, 720)
    return (row - 1) * 720 + column
