"""GDELT 2 event rows: 61 tab-separated columns without a header, for events told as done."""

from calendar import isleap
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TextIO

from counterclaim.exchange.cells import days, events_done, many, point, sides_of, words, write_line
from counterclaim.exchange.entities import CodedParty, entity
from counterclaim.exchange.losses import Losses
from counterclaim.lexicon.plover import load_types
from counterclaim.records.flat import FlatRow
from counterclaim.records.identity import make_id

CARRIES = (
    "id", "kind", "event_type", "event_modes", "actors", "recipients", "place", "latitude", "longitude",
    "first_day", "time", "address", "recorded_at",
)  # fmt: skip

ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in ACTOR), *(f"Actor2{name}" for name in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in GEO), *(f"Actor2Geo_{name}" for name in GEO),
    *(f"ActionGeo_{name}" for name in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns, in GDELT's order."""

MODES = {
    "aerial": "195",
    "drone": "195",
    "heavy-weapons": "194",
    "firearms": "193",
    "suicide-attack": "1831",
}
"""CAMEO codes finer than a root, by the mode that tells them."""

GEO_TYPES = {"point": 4, "town": 4, "district": 5, "region": 5, "country": 1}

EMPTY = (
    "IsRootEvent", "NumMentions", "NumSources", "NumArticles", "AvgTone", "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
)  # fmt: skip


def write_gdelt(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write events told as done in GDELT 2's columns."""
    losses = Losses("gdelt2", CARRIES)
    for row in events_done(rows, losses):
        span = days(row)
        if span is None:
            losses.skip(row, "no day is told")
            continue
        spot = point(row)
        is_placed = spot is not None
        lost = [] if is_placed else ["place", "latitude", "longitude"]
        actors, recipients = sides_of(row)  # a row has room for one on either side
        lost += ["actors"] * (row["actor_evidence"] == "inferred" or len(actors) > 1)
        lost += ["recipients"] * (row["recipient_evidence"] == "inferred" or len(recipients) > 1)
        losses.carry(row, lost)
        losses.leave_empty(*EMPTY)
        cells = _cells(row, span[0])
        write_line(stream, ("" if cells.get(name) is None else cells[name] for name in COLUMNS))
    return losses


def _cells(row: FlatRow, first: date) -> dict[str, Any]:
    kind = load_types()[words(row, "event_type")]
    modes = tuple(many(row, "event_modes"))
    rating = kind.rating(modes)
    code = next((MODES[mode] for mode in modes if mode in MODES), rating.cameo)
    days_of_year = 366 if isleap(first.year) else 365
    recorded = row["recorded_at"]
    cells: dict[str, Any] = {
        "GLOBALEVENTID": event_number(words(row, "id")),
        "SQLDATE": first.strftime("%Y%m%d"),
        "MonthYear": first.strftime("%Y%m"),
        "Year": first.strftime("%Y"),
        "FractionDate": round(first.year + (first.timetuple().tm_yday - 1) / days_of_year, 4),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": kind.quad,
        "GoldsteinScale": rating.score,
        "DATEADDED": recorded.strftime("%Y%m%d%H%M%S") if isinstance(recorded, datetime) else None,
        "SOURCEURL": row["address"],
    }
    for number, names in enumerate(sides_of(row), 1):
        if names:
            cells |= _actor(number, entity(names[0]))
    spot = point(row)
    if spot is not None:
        id_ = words(row, "place_id")
        cells |= {
            "ActionGeo_Type": GEO_TYPES.get(words(row, "place_precision")),
            "ActionGeo_FullName": row["place"],
            "ActionGeo_Lat": spot[0],
            "ActionGeo_Long": spot[1],
            "ActionGeo_FeatureID": id_.removeprefix("gn:") if id_.startswith("gn:") else None,
        }
    return cells


def _actor(number: int, found: CodedParty) -> dict[str, Any]:
    return {
        f"Actor{number}Code": found.code,
        f"Actor{number}Name": found.name,
        f"Actor{number}CountryCode": found.country,
        f"Actor{number}Type1Code": found.sector if found.sector != "UNK" else None,
    }


def event_number(claim_id: str) -> int:
    """Return a number for a claim, the same on every export: GDELT's ids are whole numbers."""
    digits = claim_id.rpartition("-")[2]
    try:
        return int(digits, 16)
    except ValueError:
        return int(make_id("g", claim_id).rpartition("-")[2], 16)
