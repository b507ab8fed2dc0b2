"""Mapping: what the map in the browser draws: the ground, towns, disputed lines, and the places of claims."""

import math
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response

from counterclaim.atlas.countries import Country, load_countries
from counterclaim.atlas.ground import Points, clip, country_rings, level_of, rings_in, steps_of
from counterclaim.atlas.load import load_atlas
from counterclaim.atlas.polygons import load_polygons
from counterclaim.charts.map import KM_PER_DEGREE, PINNED, RADIUS_KM, Frame
from counterclaim.serve.pages.map import (
    Located,
    MapAsked,
    areas_in,
    lines_on,
    places_of,
    to_draw,
)
from counterclaim.serve.request_params import LedgerAsked, ShelfAsked

router = APIRouter(prefix="/map")

DAY_SECONDS = 86_400
MOST_TOWNS = 60
"""Towns named at once: more would lie on each other."""

TURNS = 48
"""Corners of a ring."""

WORLD = Frame(west=-180.0, south=-85.0, east=180.0, north=85.0)

Degrees = Annotated[float, Query(ge=-360, le=360)]
Zoom = Annotated[int, Query(ge=0, le=20)]


def ask_box(west: Degrees, south: Degrees, east: Degrees, north: Degrees) -> tuple[float, ...]:
    """Read which part of the Earth is meant."""
    return (max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north))


BoxAsked = Annotated[tuple[float, float, float, float], Depends(ask_box)]


def _lasting(told: object) -> Response:
    headers = {"cache-control": f"public, max-age={DAY_SECONDS}"}
    return JSONResponse(told, headers=headers)


@router.get("/ground.json")
def ground(box: BoxAsked, zoom: Zoom = 0) -> Response:
    """Return the outlines of countries in a box: each as steps from point to point, in thousandths of a degree."""
    rings = rings_in(box, level_of(zoom))
    return _lasting({"rings": [[ring.country, steps_of(ring.points)] for ring in rings]})


@router.get("/towns.json")
def towns(box: BoxAsked, zoom: Zoom = 6) -> Response:
    """Return the towns of a box that a map of this zoom names, and the countries on a small one."""
    found: list[dict[str, Any]] = []
    if zoom <= 6:
        found += [
            {"name": item.name, "at": [item.latitude, item.longitude], "is_country": True}
            for item in _widest_first()
            if box[0] <= item.longitude <= box[2] and box[1] <= item.latitude <= box[3]
        ]
    if zoom >= 5:
        rows = load_atlas().gazetteer.named_towns_within(*box, limit=MOST_TOWNS)
        found += [
            {"name": row.name, "at": [row.latitude, row.longitude], "people": row.population}
            for row in rows
        ]
    return _lasting({"towns": found})


@cache
def _widest_first() -> tuple[Country, ...]:
    """Return the states, the widest first: where names would lie on each other, the wider country's stands."""

    def size(country: Country) -> float:
        return max(
            (
                float(np.prod(np.ptp(ring, axis=0))) * math.cos(math.radians(country.latitude))
                for ring in country_rings(country.iso2)
            ),
            default=0.0,
        )

    return tuple(
        sorted((item for item in load_countries() if item.of is None), key=size, reverse=True)
    )


@router.get("/layers.json")
def layers(ledger: LedgerAsked, shelf: ShelfAsked, asked: MapAsked) -> Response:
    """Return the places of the claims that are asked for, and the disputed lines of their time."""
    places = places_of(ledger, shelf, asked)
    on = lines_on(asked, places)
    told = shelf.get(
        ("layers", ledger.last_posting(), asked),
        lambda: {
            "places": [_place(item) for item in to_draw(places, inferred=asked.inferred)],
            "areas": [
                {
                    "name": area.name,
                    "words": area.words,
                    "is_disputed": area.is_disputed,
                    "rings": [[list(point) for point in ring] for ring in area.rings],
                }
                for area in areas_in(WORLD, on)
            ],
        },
    )
    return JSONResponse(told)


def _place(item: Located) -> dict[str, Any]:
    place, number = item.place, len(item.entries)
    assert place.latitude is not None
    assert place.longitude is not None
    name = f"{place.within} {place.name}" if place.within else place.name
    claims = f"{number} claim{'s' if number != 1 else ''}"
    is_pin = place.precision in PINNED and not place.within and not item.is_inferred
    sure = "placed by a person" if item.is_confirmed else "placed by machine"
    how = "inferred, not counted" if item.is_inferred else sure
    return {
        "anchor": item.anchor,
        "name": name,
        "claims": number,
        "at": [place.latitude, place.longitude],
        "is_pin": is_pin,
        "is_confirmed": item.is_confirmed,
        "is_inferred": item.is_inferred,
        "rings": [] if is_pin else [_pairs(ring) for ring in ring_of(item)],
        "words": f"{name} ({place.precision}), {claims}, {how}",
    }


def _pairs(points: Points) -> list[list[float]]:
    return [[round(float(north), 3), round(float(east), 3)] for east, north in points]


def ring_of(item: Located) -> Sequence[Points]:
    """Return where a place may be: a country whole, anything else a ring of nominal size inside its country."""
    place = item.place
    own = load_polygons().get((place.gazetteer_id or "").removeprefix("area:"))
    if own is not None:
        return own.rings
    rings = () if place.country is None else country_rings(place.country)
    if place.precision == "country" and rings:
        half = _half_of(max(rings, key=len), place.within or "")
        parts = rings if half is None else [clip(ring, half) for ring in rings]
        return [part for part in parts if len(part) > 3] or rings
    assert place.latitude is not None
    assert place.longitude is not None
    km = RADIUS_KM.get(place.precision or "region", 15.0)
    circle = circle_around(place.latitude, place.longitude, km)
    inside = [part for ring in rings if len(part := clip(ring, circle[:-1])) > 3]
    return inside or (circle,)


def _half_of(ring: Points, words: str) -> Points | None:
    """Return the half of a country's box that words name: ``northern``, ``the south-east``; None for the whole."""
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    told = words.casefold()
    sides = {
        "north": (west - 90, middle_y, east + 90, 90.0),
        "south": (west - 90, -90.0, east + 90, middle_y),
        "east": (middle_x, -90.0, 180.0, 90.0),
        "west": (-180.0, -90.0, middle_x, 90.0),
    }
    named = [box for name, box in sides.items() if name in told]
    if not named:
        return None
    west, south = max(box[0] for box in named), max(box[1] for box in named)
    east, north = min(box[2] for box in named), min(box[3] for box in named)
    return np.array([(west, south), (east, south), (east, north), (west, north)])


def circle_around(latitude: float, longitude: float, km: float) -> Points:
    """Return a closed ring around a point, counter-clockwise."""
    north = km / KM_PER_DEGREE
    east = north / max(0.2, math.cos(math.radians(latitude)))
    turns = np.linspace(0, 2 * math.pi, TURNS + 1)
    return np.column_stack((longitude + east * np.cos(turns), latitude + north * np.sin(turns)))
