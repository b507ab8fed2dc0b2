"""Disputed areas: their names, their polygons' codes, and who held them when."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

from counterclaim.atlas.countries import plain_words

AreaWord = Literal["name", "adjective", "people", "seat"]
Control = Literal["firm", "uncertain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area whose sovereignty is disputed, or that governs itself against the recognised state."""

    code: str
    """Natural Earth's code of its polygon (``B38``), or one of ours where there is none (``DPR``)."""
    name: str
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]
    """Towns that stand for its authorities."""
    latitude: float
    """Degrees north of a rough centre."""
    longitude: float
    """Degrees east of a rough centre."""


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """An area that some words mean, and what kind of word they are for it."""

    area: Area
    kind: AreaWord
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One row of the table of recognition: who held an area over a period, and what is recognised."""

    area: str
    """Code of an area; ``iso:`` and a country code, or ``gn:`` and a GeoNames id, for the rest."""
    recognised: str | None
    """ISO alpha-2 of the recognised sovereign; None where it is unsettled."""
    status: str
    held_by: str
    control: Control
    """``uncertain`` when the row says of a part only, or who held which part is not known."""
    claimants: tuple[str, ...]
    """ISO alpha-2 codes, and names of authorities without one."""
    since: date | None
    until: date | None
    """Last day, inclusive; None for open."""
    basis: str
    """Resolutions and agreements; numbers and dates await a second source."""
    note: str | None

    def covers(self, on: date) -> bool:
        """Return whether the row speaks of the day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@lru_cache(maxsize=8192)
def name_area(words: str) -> AreaMatch | None:
    """Find the area that some words mean, in the table's spelling.

    Accepts names, adjectives (``Abkhaz``), peoples and seats (``Tskhinvali``), with or without an
    article or a possessive.

    Args:
        words: Exactly the words.

    Source:
        data/areas.csv.
    """
    key = plain_words(words)
    index = _index()
    return index.get(key) or index.get(key.removeprefix("the ").removeprefix("The "))


def find_area(code: str) -> Area | None:
    """Find an area by its code."""
    return _codes().get(code)


def find_holdings(code: str) -> tuple[Holding, ...]:
    """Return all rows of the table of recognition for a code, oldest first; none where it is silent.

    Source:
        data/recognition.csv; written from general knowledge, awaiting a second source.
    """
    return _holdings().get(code, ())


def holding_on(code: str, on: date | None) -> Holding | None:
    """Return the row for a code on a day; without a day, the row that is open now.

    None when the table says nothing of the code, or nothing of that day.
    """
    rows = find_holdings(code)
    if on is None:
        return next((row for row in rows if row.until is None), None)
    return next((row for row in rows if row.covers(on)), None)


@cache
def load_areas() -> tuple[Area, ...]:
    """Read the table of areas; once, then from memory."""
    return tuple(
        Area(
            code=row["code"],
            name=row["name"],
            other_names=_split(row["other_names"]),
            adjectives=_split(row["adjectives"]),
            people=_split(row["people"]),
            seats=_split(row["seats"]),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
        for row in _rows("areas.csv")
    )


@cache
def _holdings() -> Mapping[str, tuple[Holding, ...]]:
    found: dict[str, list[Holding]] = {}
    for row in _rows("recognition.csv"):
        holding = Holding(
            area=row["area"],
            recognised=row["recognised"] or None,
            status=row["status"],
            held_by=row["held_by"],
            control=cast("Control", row["control"]),
            claimants=_split(row["claimants"]),
            since=_day(row["valid_from"]),
            until=_day(row["valid_to"]),
            basis=row["basis"],
            note=row["note"] or None,
        )
        found.setdefault(holding.area, []).append(holding)
    return MappingProxyType({code: tuple(rows) for code, rows in found.items()})


@cache
def _codes() -> Mapping[str, Area]:
    return MappingProxyType({area.code: area for area in load_areas()})


@cache
def _index() -> Mapping[str, AreaMatch]:
    found: dict[str, AreaMatch] = {}
    kinds: tuple[AreaWord, ...] = ("name", "adjective", "people", "seat")
    for kind in kinds:
        for area in load_areas():
            for word in _words(area, kind):
                match = AreaMatch(area, kind, word)
                found.setdefault(plain_words(word.removeprefix("the ")), match)
    return MappingProxyType(found)


def _words(area: Area, kind: AreaWord) -> tuple[str, ...]:
    if kind == "name":
        return (area.name, *area.other_names)
    if kind == "adjective":
        return area.adjectives
    return area.people if kind == "people" else area.seats


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("counterclaim.atlas").joinpath("data", name).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _split(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split("|") if word)


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None
