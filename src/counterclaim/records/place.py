"""Places: where, and how exactly that is known."""

from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from counterclaim.records.evidence import Evidence
from counterclaim.records.text import Span

PlacePrecision = Literal["point", "town", "district", "region", "country", "area"]
"""How large the named thing is. ``area`` is a disputed or historical area without a border of its own."""

LandWord = Literal["country", "occupied", "held"]
"""What some words say of a place: whose it is, that its holder is not its sovereign, who holds it."""

Agreement = Literal["consistent", "inconsistent", "not computable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as a text names it, and what the gazetteer knows of it.

    Two places are the same when name, id and placing words are; the rest follows from the id.
    """

    name: str
    """The name that the source used."""
    gazetteer_id: str | None = None
    """``gn:`` and a GeoNames id, ``iso:`` and a country code, ``area:`` and a disputed area's code,
    ``adm:`` and a division's code, ``reg:`` and the id of a region of our own table."""
    precision: PlacePrecision | None = field(default=None, compare=False)
    country: str | None = field(default=None, compare=False)
    """ISO 3166-1 alpha-2 of the internationally recognised sovereign; None where none is settled."""
    latitude: float | None = field(default=None, compare=False)
    """Degrees north, WGS 84; of the centre, for anything larger than a town."""
    longitude: float | None = field(default=None, compare=False)
    """Degrees east, WGS 84."""
    within: str | None = None
    """How the text places it: ``inside``, ``near``, ``northern``, as it stands; None for the place itself."""
    evidence: Evidence = field(default="told", compare=False)
    """How it is known that what is claimed belongs to this place."""


EARTH_KM = 6371.0
"""Mean radius of the Earth."""


def distance_km(one: Place, other: Place) -> float | None:
    """Return the great-circle distance of two places; None where one has no coordinates."""
    if one.latitude is None or one.longitude is None:
        return None
    if other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    rise, turn = (south - north) / 2, radians(other.longitude - one.longitude) / 2
    return 2 * EARTH_KM * asin(sqrt(sin(rise) ** 2 + cos(north) * cos(south) * sin(turn) ** 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sovereignty:
    """Whose land a place is, on one day: what is recognised, and who held it."""

    recognised: str | None
    """ISO alpha-2 of the recognised sovereign, None where unsettled or not computable."""
    basis: str
    """On what the recognised country rests: a gazetteer's code, a resolution, a border polygon."""
    disputed_area: str | None = None
    """Name of the disputed area that holds it; None when it lies outside all of them."""
    held_by: str | None = None
    """Who held it on the day asked for, where the table says."""
    is_uncertain: bool = False
    """Whether that holds for a part of it only, or who held which part is not known."""
    claimants: tuple[str, ...] = ()
    on: date | None = None
    distance_km: float | None = None
    """Kilometres from the nearest edge of a disputed area of the same country, where measured."""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWording:
    """Words that say whose land a place is, and how they stand to what is recognised and held."""

    span: Span
    """The words."""
    place: Place | None
    """What they speak of; None for land without a name: ``the occupied territories``."""
    says: LandWord
    country: str | None
    """ISO alpha-2 of the country that they name; None when they name none."""
    agreement: Agreement
    reason: str
    """One sentence for the reader."""
    land: Sovereignty | None = None
    """What the words were compared with."""
    rule: str = ""
    """Id of the form in lexicon/wordings.yaml."""
