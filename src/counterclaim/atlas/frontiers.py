"""Frontiers: the outlines of countries, for points that have no name.

A named place takes its country from the gazetteer; outlines say only where a bare point lies, and are
rough: 95 of 100 errors stand within 5 km of the right side (measured on 30,004 places of 13 countries).

Source:
    data/frontiers.json.gz, from Natural Earth 5 ``ne_10m_admin_0_countries`` (public domain): drawn as
    held, not as recognised; what is disputed is told by ``areas`` and ``polygons``. Made anew by
    ``python -m counterclaim.atlas.frontiers SOURCE.geojson.gz``.
"""

import gzip
import json
import math
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.atlas.polygons import (
    EARTH_KM_PER_DEGREE,
    count_crossings,
    edge_distance,
)

FILE = "frontiers.json.gz"

UNITS_PER_DEGREE = 1_000
"""The file keeps whole thousandths of a degree, about 110 m; the lines themselves are rougher."""

SELF_NAMED: Mapping[str, str] = {"Somaliland": "SO", "N. Cyprus": "CY"}
"""Outlines without a code, to the state that is recognised there; the table of recognition says the
rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One closed line of one country: an outer edge, or a hole's."""

    country: str
    """ISO alpha-2."""
    points: NDArray[np.float64]
    """Shape (points, 2): degrees east and north; the last is the first."""
    box: tuple[float, float, float, float]
    """West, south, east, north, in degrees."""


def country_at(latitude: float, longitude: float) -> str | None:
    """Find the country whose outline holds a point; None at sea, and where none is drawn.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.

    Returns:
        ISO alpha-2, as the land is held.
    """
    crossings: dict[str, int] = {}
    for outline in _around(latitude, longitude, 0.0):
        number = count_crossings(outline.points, latitude, longitude)
        crossings[outline.country] = crossings.get(outline.country, 0) + number
    return next((country for country, number in crossings.items() if number % 2), None)


def frontier_within(country: str, latitude: float, longitude: float, km: float) -> float | None:
    """Measure to the nearest outline of a country, coasts included; None when it is farther.

    Args:
        country: ISO alpha-2.
        latitude: Degrees north.
        longitude: Degrees east.
        km: How far to look.
    """
    found = [
        edge_distance(outline.points, latitude, longitude)
        for outline in _around(latitude, longitude, km)
        if outline.country == country
    ]
    nearest = min(found, default=km)
    return nearest if nearest < km else None


def nearest_country(latitude: float, longitude: float, km: float) -> tuple[str, float] | None:
    """Find the country whose outline comes nearest to a point off all outlines, and how near.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
        km: How far to look; None beyond it.
    """
    found = [
        (edge_distance(outline.points, latitude, longitude), outline.country)
        for outline in _around(latitude, longitude, km)
    ]
    distance, country = min(found, default=(km, ""))
    return (country, distance) if distance < km else None


def _around(latitude: float, longitude: float, km: float) -> list[Outline]:
    """Return the lines in whose box a point lies, or up to so far outside it."""
    north = km / EARTH_KM_PER_DEGREE
    east = north / max(0.05, math.cos(math.radians(latitude)))
    boxes = _boxes()
    held = (
        (boxes[:, 0] - east <= longitude)
        & (longitude <= boxes[:, 2] + east)
        & (boxes[:, 1] - north <= latitude)
        & (latitude <= boxes[:, 3] + north)
    )
    outlines = load_outlines()
    return [outlines[number] for number in np.flatnonzero(held)]


@cache
def _boxes() -> NDArray[np.float64]:
    """Return the boxes of all lines. Shape: (lines, 4); west, south, east, north."""
    return np.array([outline.box for outline in load_outlines()])


@cache
def load_outlines() -> tuple[Outline, ...]:
    """Read the outlines; once, then from memory. Some tenths of a second."""
    packed = files("counterclaim.atlas").joinpath("data", FILE).read_bytes()
    rows: Mapping[str, list[list[int]]] = json.loads(gzip.decompress(packed))
    return tuple(_outline(country, line) for country, lines in rows.items() for line in lines)


def pack_outlines(collection: Mapping[str, Any]) -> bytes:
    """Write Natural Earth's countries in the form of our file.

    Args:
        collection: GeoJSON with the attributes ``iso_a2_eh`` and ``name`` (in any case).

    Returns:
        Gzipped JSON: a country's code to its lines, each a flat list of steps east and north from
        point to point, in thousandths of a degree. The same input gives the same bytes.
    """
    lines: dict[str, list[list[int]]] = {}
    for feature in collection["features"]:
        traits = {key.lower(): value for key, value in feature["properties"].items()}
        code = traits.get("iso_a2_eh") or "-99"
        code = SELF_NAMED.get(traits["name"]) if code == "-99" else code
        if code is not None:
            lines.setdefault(code, []).extend(map(_steps, _rings(feature["geometry"])))
    text = json.dumps(dict(sorted(lines.items())), separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    parts = geometry["coordinates"]
    for part in parts if geometry["type"] == "MultiPolygon" else [parts]:
        yield from part


def _steps(ring: list[list[float]]) -> list[int]:
    points = np.rint(np.array(ring)[:, :2] * UNITS_PER_DEGREE).astype(np.int64)
    moved = np.any(np.diff(points, axis=0) != 0, axis=1)
    points = points[np.concatenate(([True], moved))]
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    flat: list[int] = steps.reshape(-1).tolist()
    return flat


def _outline(country: str, steps: list[int]) -> Outline:
    points = np.cumsum(np.array(steps).reshape(-1, 2), axis=0) / UNITS_PER_DEGREE
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    return Outline(country, points, (float(west), float(south), float(east), float(north)))


def main(arguments: list[str]) -> int:
    """Build the file from Natural Earth's; 0 when it was written, 2 for unusable arguments."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("give one file: ne_10m_admin_0_countries as GeoJSON, gzipped or plain\n")
        return 2
    data = Path(arguments[0]).read_bytes()
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    target = Path(__file__).parent / "data" / FILE
    target.write_bytes(pack_outlines(json.loads(plain)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
