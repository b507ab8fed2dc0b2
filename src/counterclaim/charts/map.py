"""The map: claims at the precision of their words, on the ground of towns and disputed areas.

A town is a point; a district, region or country is a ring that says "somewhere here", of a nominal size;
an area with a polygon is that polygon. Nothing larger than a town is ever drawn as a pin. Lines of areas
that more than one party claims are dashed. No outline of a country is shipped: faint dots of towns are
the ground.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from counterclaim.charts.theme import INK, SERIES, SOFT, Theme, config
from counterclaim.records.place import PlacePrecision

Spec = dict[str, Any]
Point = tuple[float, float]
"""Latitude and longitude, degrees."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

RADIUS_KM: dict[PlacePrecision, float] = {
    "district": 20.0,
    "region": 60.0,
    "area": 60.0,
    "country": 150.0,
}
"""Nominal radius of the ring of a place without a polygon here. Unit: kilometres."""

PINNED: frozenset[PlacePrecision] = frozenset({"point", "town"})
"""Precisions that are drawn as a point."""

KM_PER_DEGREE = 111.195
MARGIN = 0.18
"""Share of the extent added around it."""
LEAST_DEGREES = 2.5
"""Extent under which the map zooms in no further: a lone town needs its neighbours to be known by."""
MOST_NAMES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """One place that claims name."""

    name: str
    latitude: float
    longitude: float
    precision: PlacePrecision
    claims: int
    words: str
    """For whoever points at it."""
    area: str | None = None
    """Code of its own polygon, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """One disputed area as it stood on a day."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    is_disputed: bool
    words: str
    """Who is recognised and who held it."""


TALLEST = 0.7
"""Height of a map over its width, at the most: a taller frame is widened, so that the picture is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the map shows. Degrees."""

    west: float
    south: float
    east: float
    north: float


def frame_of(places: Iterable[MapPlace]) -> Frame | None:
    """Return the frame around places; None without any."""
    boxes = [_box(place) for place in places]
    if not boxes:
        return None
    west, south = min(box.west for box in boxes), min(box.south for box in boxes)
    east, north = max(box.east for box in boxes), max(box.north for box in boxes)
    wide = max(east - west, LEAST_DEGREES) * (1 + 2 * MARGIN)
    high = max(north - south, LEAST_DEGREES / 2) * (1 + 2 * MARGIN)
    x, y = (west + east) / 2, (south + north) / 2
    south, north = max(-75.0, y - high / 2), min(78.0, y + high / 2)
    wide = max(wide, (_mercator(north) - _mercator(south)) / TALLEST)
    return Frame(
        west=max(-180.0, x - wide / 2), east=min(180.0, x + wide / 2), south=south, north=north
    )


def _box(place: MapPlace) -> Frame:
    north = RADIUS_KM.get(place.precision, 0.0) / KM_PER_DEGREE
    east = north / max(0.2, math.cos(math.radians(place.latitude)))
    return Frame(
        west=place.longitude - east,
        east=place.longitude + east,
        south=place.latitude - north,
        north=place.latitude + north,
    )


def claim_map(
    places: Sequence[MapPlace],
    areas: Sequence[MapArea],
    towns: Sequence[Point],
    *,
    title: str,
    width: int = 960,
    theme: Theme = "light",
) -> Spec:
    """Make the specification of a map.

    Args:
        places: What claims name.
        areas: Disputed areas that the frame may show.
        towns: The ground.
        title: Over the map.
        width: Of the picture. Unit: pixels.
        theme: Light or dark.

    Returns:
        A Vega-Lite specification in plain plane coordinates (Mercator): it names no address but its schema's.
    """
    frame = frame_of(places)
    base = {"$schema": SCHEMA, "title": {"text": title}, "config": config(theme)}
    if frame is None:
        text = {"type": "text", "fontSize": 14, "text": "No claim names a place that is known."}
        return {**base, "width": width - 40, "height": 80, "data": {"values": [{}]}, "mark": text}
    drawn = width - 28
    bottom, top = _mercator(frame.south), _mercator(frame.north)
    height = max(220.0, min(drawn * (top - bottom) / (frame.east - frame.west), drawn * 1.1, 720.0))
    scales = _Scales(frame, bottom, top, drawn, height)
    accent, soft = SERIES[theme][1], SOFT[theme]
    return {
        **base,
        "description": _describe(places),
        "width": drawn,
        "height": round(height),
        "view": {"stroke": soft, "strokeWidth": 0.5},
        "layer": [
            _grid(scales, soft),
            _towns(scales, towns, soft),
            *_areas(scales, areas, soft),
            *_rings(scales, places, areas, accent),
            _points(scales, places, accent),
            _names(scales, places, INK[theme], narrow=width < 560),
        ],
    }


def _describe(places: Sequence[MapPlace]) -> str:
    told = sorted(places, key=lambda place: -place.claims)[:MOST_NAMES]
    return "Claims by place: " + "; ".join(
        f"{place.name} ({place.precision}) {place.claims}" for place in told
    )


def _mercator(latitude: float) -> float:
    """Return the plane's northing of a latitude, in degrees at the equator's scale."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


@dataclass(frozen=True, slots=True)
class _Scales:
    frame: Frame
    bottom: float
    top: float
    width: float
    height: float

    def thinned(self, ring: Sequence[Point]) -> Sequence[Point]:
        """Leave out points of a ring that no eye could tell from the one before."""
        least = max(self.frame.east - self.frame.west, self.frame.north - self.frame.south) / 700
        kept = [ring[0]]
        for point in ring[1:-1]:
            if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
                kept.append(point)
        return (*kept, ring[-1])

    @property
    def per_pixel(self) -> float:
        """Degrees of the plane in one pixel, both ways."""
        return max(
            (self.frame.east - self.frame.west) / self.width, (self.top - self.bottom) / self.height
        )

    def at(self) -> Spec:
        """Encode x and y, keeping one scale for both directions."""
        x, y = (self.frame.west + self.frame.east) / 2, (self.bottom + self.top) / 2
        wide, high = self.per_pixel * self.width / 2, self.per_pixel * self.height / 2
        return {
            "x": _axis("x", x - wide, x + wide),
            "y": _axis("y", y - high, y + high),
        }


def _axis(field: str, low: float, high: float) -> Spec:
    scale = {"domain": [round(low, 4), round(high, 4)], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _xy(point: Point) -> dict[str, float]:
    return {"x": round(point[1], 3), "y": round(_mercator(point[0]), 3)}


def _path(name: str, ring: Iterable[Point], **more: object) -> Iterator[dict[str, object]]:
    for order, point in enumerate(ring):
        yield {**_xy(point), "path": name, "order": order, **more}


def _line(scales: _Scales, values: list[dict[str, object]], how: Spec) -> Spec:
    tip = [{"field": "words", "type": "nominal", "title": "area"}]
    encoding = {
        **scales.at(),
        "detail": {"field": "path"},
        "order": {"field": "order", "type": "quantitative"},
    }
    if values and "words" in values[0]:
        encoding["tooltip"] = tip
    return {
        "data": {"values": values},
        "mark": {"type": "line", "clip": True, **how},
        "encoding": encoding,
    }


def _grid(scales: _Scales, color: str) -> Spec:
    """Draw a net of degrees, four lines or so each way."""
    frame = scales.frame
    span = max(frame.east - frame.west, frame.north - frame.south)
    step = next(step for step in (0.5, 1, 2, 5, 10, 20, 30, 60) if span / step <= 6 or step == 60)
    values: list[dict[str, object]] = []
    for number in range(math.floor(-180 / step), math.ceil(180 / step) + 1):
        degrees = number * step
        values += _path(f"m{degrees}", [(-80, degrees), (80, degrees)])
        if abs(degrees) <= 80:
            values += _path(f"p{degrees}", [(degrees, -180), (degrees, 180)])
    return _line(scales, values, {"strokeWidth": 0.5, "opacity": 0.25, "color": color})


def _towns(scales: _Scales, towns: Sequence[Point], color: str) -> Spec:
    mark = {
        "type": "point",
        "filled": True,
        "size": 5,
        "opacity": 0.55,
        "color": color,
        "clip": True,
        "tooltip": False,
    }
    return {
        "data": {"values": [_xy(town) for town in towns]},
        "mark": mark,
        "encoding": scales.at(),
    }


def _areas(scales: _Scales, areas: Sequence[MapArea], color: str) -> Iterator[Spec]:
    for disputed, dash in ((True, [5, 3]), (False, [1, 0])):
        values = [
            row
            for area in areas
            if area.is_disputed == disputed
            for number, ring in enumerate(area.rings)
            for row in _path(f"{area.code}.{number}", scales.thinned(ring), words=area.words)
        ]
        if values:
            how = {"strokeWidth": 1.2, "strokeDash": dash, "stroke": color}
            yield _line(scales, values, {**how, "filled": True, "fill": color, "fillOpacity": 0.08})


def _rings(
    scales: _Scales, places: Sequence[MapPlace], areas: Sequence[MapArea], color: str
) -> Iterator[Spec]:
    """Draw places larger than a town: their polygon, or a ring of nominal size."""
    own = {area.code: area for area in areas}
    values: list[dict[str, object]] = []
    for place in places:
        if place.precision in PINNED:
            continue
        area = own.get(place.area or "")
        rings = area.rings if area is not None else (_circle(place),)
        for number, ring in enumerate(rings):
            values += _path(f"{place.name}.{number}", scales.thinned(ring), words=place.words)
    if values:
        how = {"strokeWidth": 1.8, "strokeDash": [2, 3], "stroke": color}
        yield _line(scales, values, {**how, "filled": True, "fill": color, "fillOpacity": 0.1})


def _circle(place: MapPlace) -> tuple[Point, ...]:
    north = RADIUS_KM.get(place.precision, 0.0) / KM_PER_DEGREE
    east = north / max(0.2, math.cos(math.radians(place.latitude)))
    turns = [2 * math.pi * step / 48 for step in range(49)]
    return tuple(
        (place.latitude + north * math.sin(turn), place.longitude + east * math.cos(turn))
        for turn in turns
    )


def _points(scales: _Scales, places: Sequence[MapPlace], color: str) -> Spec:
    values = [
        {**_xy((place.latitude, place.longitude)), "claims": place.claims, "words": place.words}
        for place in places
        if place.precision in PINNED
    ]
    size = {
        "field": "claims",
        "type": "quantitative",
        "scale": {"type": "sqrt", "range": [50, 420], "domain": [1, 30], "clamp": True},
        "legend": None,
    }
    mark = {"type": "point", "filled": True, "opacity": 0.85, "color": color, "clip": True}
    tip = [{"field": "words", "type": "nominal", "title": "claims"}]
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {**scales.at(), "size": size, "tooltip": tip},
    }


def _names(scales: _Scales, places: Sequence[MapPlace], color: str, *, narrow: bool) -> Spec:
    """Name the places of most claims, as far as their names do not lie on each other."""
    wide, high = 120 * scales.per_pixel, 15 * scales.per_pixel
    values: list[dict[str, Any]] = []
    for place in sorted(places, key=lambda place: -place.claims):
        at = _xy((place.latitude, place.longitude))
        is_free = all(
            abs(at["x"] - other["x"]) > wide or abs(at["y"] - other["y"]) > high for other in values
        )
        if is_free and len(values) < (6 if narrow else MOST_NAMES):
            values.append({**at, "name": f"{place.name} {place.claims}"})
    mark = {
        "type": "text",
        "align": "left",
        "dx": 9,
        "fontSize": 12,
        "fontWeight": 500,
        "color": color,
        "clip": True,
    }
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {**scales.at(), "text": {"field": "name"}},
    }
