"""Ground: outlines of countries to draw a map on, coarse for the world and finer for a part of it.

Two coarse levels are made beforehand from the outlines of ``frontiers``; where a map shows a few degrees
only, the outlines themselves are given, clipped to the box.

Source:
    data/ground.json.gz, from data/frontiers.json.gz (Natural Earth 5, public domain). Made anew by
    ``python -m counterclaim.atlas.ground``.
"""

import gzip
import json
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from counterclaim.atlas.frontiers import UNITS_PER_DEGREE, load_outlines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = "ground.json.gz"

Points = NDArray[np.float64]
"""Shape (points, 2): degrees east and north."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

TOLERANCES = (0.2, 0.03)
"""How far a coarse line may lie from the true one, by level. Unit: degrees."""

FINEST = 2
"""The level of the outlines themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """One closed line of one country."""

    country: str
    """ISO alpha-2."""
    points: Points


def level_of(zoom: int) -> int:
    """Return which level a zoom of web maps wants: 256 pixels around the Earth at 0, twice at each step."""
    return 0 if zoom <= 3 else 1 if zoom <= 7 else FINEST


def rings_in(box: Box, level: int) -> tuple[Ring, ...]:
    """Return the outlines that meet a box; at the finest level clipped to it.

    Args:
        box: Degrees.
        level: 0 for the world, 1 for a part of it, 2 for a few degrees.
    """
    if level < FINEST:
        return tuple(ring for ring in _coarse()[level] if _meets(ring.points, box))
    found = (
        Ring(outline.country, clip(outline.points, _corners(box)))
        for outline in load_outlines()
        if _boxes_meet(outline.box, box)
    )
    return tuple(ring for ring in found if len(ring.points) > 3)


def country_rings(country: str, level: int = 1) -> tuple[Points, ...]:
    """Return the outlines of one country at a coarse level; none for a code that has none."""
    return tuple(ring.points for ring in _coarse()[level] if ring.country == country)


def clip(subject: Points, window: Points) -> Points:
    """Clip a closed line to a convex window, by Sutherland and Hodgman.

    Args:
        subject: Closed or open; taken as closed.
        window: Corners of the window, counter-clockwise, each once.

    Returns:
        The corners of what is left, closed; empty where nothing is.

    Source:
        Sutherland and Hodgman (1974), Reentrant polygon clipping.
    """
    left = subject[:-1] if len(subject) > 1 and np.array_equal(subject[0], subject[-1]) else subject
    for start, end in zip(window, np.roll(window, -1, axis=0), strict=True):
        if not len(left):
            break
        left = _clip_edge(left, start, end)
    return np.concatenate((left, left[:1])) if len(left) else left


def _clip_edge(points: Points, start: Points, end: Points) -> Points:
    """Keep what lies left of a directed line, with the crossings of the line."""
    along = end - start
    side = along[0] * (points[:, 1] - start[1]) - along[1] * (points[:, 0] - start[0])
    inside = side >= 0
    if inside.all():
        return points
    if not inside.any():
        return points[:0]
    after, side_after = np.roll(points, -1, axis=0), np.roll(side, -1)
    crosses = inside != np.roll(inside, -1)
    share = np.where(crosses, side / np.where(crosses, side - side_after, 1), 0)
    crossing = points + share[:, None] * (after - points)
    both = np.stack((points, crossing), axis=1).reshape(-1, 2)
    kept: Points = both[np.stack((inside, crosses), axis=1).reshape(-1)]
    return kept


def _corners(box: Box) -> Points:
    west, south, east, north = box
    return np.array([(west, south), (east, south), (east, north), (west, north)])


def _boxes_meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _meets(points: Points, box: Box) -> bool:
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    return _boxes_meet((west, south, east, north), box)


def simplify(points: Points, tolerance: float) -> Points:
    """Leave out points that lie nearer than the tolerance to the line without them.

    Source:
        Douglas and Peucker (1973), Algorithms for the reduction of the number of points.
    """
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    half = len(points) // 2  # a closed line begins where it ends: its far side is kept as well
    keep[half] = True
    waiting = [(0, half), (half, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        line = points[last] - points[first]
        apart = points[first + 1 : last] - points[first]
        length = float(np.hypot(*line))
        away = (
            np.hypot(apart[:, 0], apart[:, 1])
            if length == 0
            else np.abs(line[0] * apart[:, 1] - line[1] * apart[:, 0]) / length
        )
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            keep[middle] = True
            waiting += [(first, middle), (middle, last)]
    return points[keep]


@cache
def _coarse() -> tuple[tuple[Ring, ...], ...]:
    packed = files("counterclaim.atlas").joinpath("data", FILE).read_bytes()
    levels: Sequence[Mapping[str, list[list[int]]]] = json.loads(gzip.decompress(packed))
    return tuple(
        tuple(
            Ring(country, np.cumsum(np.array(flat).reshape(-1, 2), axis=0) / UNITS_PER_DEGREE)
            for country, lines in level.items()
            for flat in lines
        )
        for level in levels
    )


def steps_of(points: Points) -> list[int]:
    """Write a line as steps east and north from point to point, in thousandths of a degree."""
    whole = np.rint(points * UNITS_PER_DEGREE).astype(np.int64)
    flat: list[int] = (
        np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).reshape(-1).tolist()
    )
    return flat


def pack_ground() -> bytes:
    """Make the coarse levels; the same outlines give the same bytes."""
    levels = []
    for tolerance in TOLERANCES:
        lines: dict[str, list[list[int]]] = {}
        for outline in load_outlines():
            west, south, east, north = outline.box
            if max(east - west, north - south) < 2 * tolerance:
                continue
            thin = simplify(outline.points, tolerance)
            if len(thin) > 3:
                lines.setdefault(outline.country, []).append(steps_of(thin))
        levels.append(dict(sorted(lines.items())))
    text = json.dumps(levels, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def main() -> int:
    """Write the file."""
    target = Path(__file__).parent / "data" / FILE
    target.write_bytes(pack_ground())
    return 0


if __name__ == "__main__":
    sys.exit(main())
