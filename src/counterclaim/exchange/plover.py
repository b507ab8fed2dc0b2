"""PLOVER records as JSON lines, and POLECAT rows: events with their doers, sufferers and places."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from counterclaim.exchange.cells import (
    counted,
    days,
    events_done,
    many,
    why_left_out,
    words,
    write_line,
)
from counterclaim.exchange.entities import CodedParty, country_of, entity
from counterclaim.exchange.losses import KINDS, Losses
from counterclaim.lexicon.plover import load_types
from counterclaim.records.flat import FlatRow

AUXILIARY = {
    "denied": "negation",
    "demanded": "future",
    "foretold": "future",
    "hypothetical": "hypothetical",
}
"""PLOVER's modes for what is not told as done."""

RESOLUTION = {"point": 5, "town": 4, "district": 3, "region": 2, "country": 1}

QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}

CARRIES = (
    "id", "kind", "event_type", "event_modes", "telling", "actors", "recipients", "place", "place_id",
    "place_precision", "place_country", "latitude", "longitude", "first_day", "last_day", "time", "quote",
    "start", "end", "outlet", "title", "address", "published", "incident", "reader", "document", "speakers",
    "stance",
)  # fmt: skip

POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
"""The 40 columns, in POLECAT's order."""

POLECAT_CARRIES = (
    "id", "kind", "event_type", "event_modes", "actors", "recipients", "place", "place_id", "place_country",
    "latitude", "longitude", "first_day", "time", "outlet", "published",
)  # fmt: skip

POLECAT_EMPTY = (
    "Contexts", "Actor COW", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient COW",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "City", "District", "Province",
    "Feature Type", "Story People", "Story Organizations", "Story Locations",
)  # fmt: skip


def write_plover(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write event claims as PLOVER records; what is not told as done bears PLOVER's auxiliary modes."""
    losses = Losses("plover", CARRIES)
    for row in rows:
        span = days(row)
        if row["left_out"]:
            losses.skip(row, why_left_out(row))
        elif row["kind"] != "event":
            losses.skip(row, f"{KINDS[str(row['kind'])]} is no event")
        elif span is None:
            losses.skip(row, "no day is told")
        else:
            losses.carry(row, _lost(row))
            record = _record(row) | {"date": span[0].isoformat()}
            if span[1] != span[0]:
                record["enddate"] = span[1].isoformat()
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return losses


def _lost(row: FlatRow) -> list[str]:
    """Return what no words tell, which no record may hold as coded."""
    lost = [name for name, who in (("actors", "actor"), ("recipients", "recipient"))
            if row[f"{who}_evidence"] == "inferred"]  # fmt: skip
    if row["place_evidence"] == "inferred":
        lost += ["place", "place_id", "place_precision", "place_country", "latitude", "longitude"]
    return lost


def _record(row: FlatRow) -> dict[str, Any]:
    kind = load_types()[words(row, "event_type")]
    modes = many(row, "event_modes")
    auxiliary = AUXILIARY.get(words(row, "telling"))
    said = " & ".join(many(row, "speakers")) or "the report"
    record: dict[str, Any] = {
        "id": row["id"],
        "event": [row["event_type"]],
        "has_event": True,
        "mode": [*modes, *([auxiliary] if auxiliary else [])],
        "actor": [_party(entity(name)) for name in counted(row, "actors", "actor_evidence")],
        "recipient": [
            _party(entity(name)) for name in counted(row, "recipients", "recipient_evidence")
        ],
        "event_text": [row["quote"]],
        "quad_code": kind.quad,
        "event_scale": kind.rating(tuple(modes)).score,
        "text_info": {"start": row["start"], "end": row["end"]},
        "cite_info": _given(
            publication=row["outlet"],
            title=row["title"],
            url=row["address"],
            citation=row["document"],
        ),
        "coder": row["reader"],
        "comment": f"told as {row['telling']} by {said} ({row['stance']}), published {row['published'] or 'on an unknown day'}",
    }
    if row["incident"]:
        record["link"] = row["incident"]
    place = _place(row)
    return record | ({"event_loc": place} if place else {})


def _party(found: CodedParty) -> dict[str, str]:
    return _given(
        entity_text=found.name,
        identifier_text=found.root,
        code=found.country,
        sector=found.sector,
        office=found.unit,
    )


def _place(row: FlatRow) -> dict[str, Any]:
    if not row["place"] or row["place_evidence"] == "inferred":
        return {}
    country = country_of(words(row, "place_country"))
    id_ = words(row, "place_id")
    return _given(
        extracted_place=row["place"],
        geonameid=id_.removeprefix("gn:") if id_.startswith("gn:") else None,
        resolved_place=id_ or None,
        lat=row["latitude"],
        lon=row["longitude"],
        country=country.name if country else None,
        country_code=country.iso3 if country else None,
        resolution=RESOLUTION.get(words(row, "place_precision")),
    )


def _given(**fields: Any) -> dict[str, Any]:
    """Return the fields that hold something: PLOVER leaves out what is not known."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def write_polecat(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write events told as done as POLECAT's tab-separated rows; ``None`` marks what is empty."""
    losses = Losses("polecat", POLECAT_CARRIES)
    stream.write("\t".join(POLECAT_COLUMNS) + "\n")
    for row in events_done(rows, losses):
        span = days(row)
        if span is None:
            losses.skip(row, "no day is told")
            continue
        losses.carry(row, _lost(row))
        losses.leave_empty(*POLECAT_EMPTY)
        cells = _polecat(row) | {"Event Date": span[0].isoformat()}
        write_line(stream, (_or_none(cells.get(name)) for name in POLECAT_COLUMNS))
    return losses


def _or_none(value: Any) -> Any:
    return "None" if value in (None, "") else value


def _polecat(row: FlatRow) -> dict[str, Any]:
    kind = load_types()[words(row, "event_type")]
    modes = tuple(many(row, "event_modes"))
    place = _place(row)
    cells: dict[str, Any] = {
        "Event ID": row["id"],
        "Event Type": row["event_type"],
        "Event Mode": ";".join(modes),
        "Intensity": kind.rating(modes).score,
        "Quad Code": QUADS[kind.quad],
        "Placename": place.get("extracted_place"),
        "Raw Placename": place.get("extracted_place"),
        "Country": place.get("country_code"),
        "Latitude": place.get("lat"),
        "Longitude": place.get("lon"),
        "GeoNames ID": place.get("geonameid"),
        "Source": row["outlet"],
        "Publication Date": words(row, "published"),
        "Language": "en",
        "Version": row["reader"],
    }
    for role, column in (("Actor", "actor"), ("Recipient", "recipient")):
        found = [entity(name) for name in counted(row, f"{column}s", f"{column}_evidence")]
        cells |= {
            f"{role} Name": ";".join(item.name for item in found),
            f"{role} Country": ";".join(item.country for item in found if item.country),
            f"Primary {role} Sector": found[0].sector if found else None,
            f"{role} Sectors": ";".join(item.sector for item in found),
        }
    return cells
