"""GeoJSON: one feature for each claim, with all its fields; a point where a told place has one."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from counterclaim.exchange.cells import point
from counterclaim.exchange.losses import Losses
from counterclaim.records.flat import FlatRow
from counterclaim.records.flat_columns import COLUMNS

CARRIES = tuple(column.name for column in COLUMNS["claims"])


def write_geojson(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write a feature collection (RFC 7946), feature by feature."""
    losses = Losses("geojson", CARRIES)
    stream.write('{"type": "FeatureCollection", "features": [')
    mark = "\n"
    for row in rows:
        stream.write(mark + json.dumps(_feature(row), ensure_ascii=False))
        mark = ",\n"
        losses.carry(row)
        if point(row) is None:
            losses.leave_empty("geometry")
    stream.write("\n]}\n")
    return losses


def _feature(row: FlatRow) -> dict[str, Any]:
    spot = point(row)
    geometry = None if spot is None else {"type": "Point", "coordinates": [spot[1], spot[0]]}
    properties = {name: _plain(value) for name, value in row.items() if name != "id"}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
