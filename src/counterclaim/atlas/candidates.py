"""What a name can mean: countries, disputed areas, and rows of the gazetteer, in one form."""

import csv
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from counterclaim.atlas.areas import Area, holding_on, name_area
from counterclaim.atlas.countries import CountryMatch, find_country, name_countries
from counterclaim.atlas.gazetteer import Gazetteer, GazetteerRow
from counterclaim.records.place import Place, PlacePrecision

CandidateSort = Literal["country", "adjective", "area", "region", "district", "town", "feature"]

_DIRECT = frozenset({"name", "adjective", "people"})
"""Words for a country that mean it as a place; a capital is a town, and a seat is neither."""

PRIORS: Mapping[str, float] = MappingProxyType(
    {
        "country": 9.0,
        "area": 9.0,
        "continent": 9.0,
        "own region": 7.0,
        "feature": 7.0,
        "capital": 1.8,
        "region": 0.5,
        "district": 4.5,
        "town": 0.0,
        "other name": -1.5,
        "same kind of word": 2.0,
        "other kind of word": -0.5,
    }
)
"""How likely a place is before any context, on a scale of powers of ten of population: a town of a
million has 6. Whole values stand for things without a population; ``capital``, ``region`` and
``other name`` are added to the population's. Set by hand, then by 500 random steps of 0.25 to 0.5 on
the development halves of three corpora of place names (LGL, TR-News, GeoWebNews; 4,093 names), and
rounded; figures are flat near these values."""


SEAT_SHARE = 0.6
"""A seat counts as large with a quarter of its division's people: 0.6 powers of ten."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name can mean."""

    id: str
    name: str
    latitude: float
    longitude: float
    country: str | None
    """ISO alpha-2."""
    division: str | None
    """Code of the first-level division; for such a division, its own."""
    sort: CandidateSort
    precision: PlacePrecision
    prior: float
    """How likely it is before any context, in powers of ten of population."""


def find_candidates(
    gazetteer: Gazetteer,
    words: str,
    *,
    countries: Collection[str] = (),
    kind: str | None = None,
    after_comma: bool = False,
) -> tuple[Candidate, ...]:
    """Find what a name can mean, in no order.

    Args:
        gazetteer: Where towns and regions are looked up.
        words: The name, as it stands.
        countries: ISO alpha-2 of countries of interest: small places there are not left out.
        kind: What a word beside the name says it is, as in PlaceWords.kinds: ``region`` for
            ``Idlib province``.
        after_comma: Whether it stands after a comma: only there are two capitals without stops
            read as a division (``Dallas, TX``).
    """
    code = abbreviations().get(words)
    if code is not None and (after_comma or not words.isalpha()):
        row = gazetteer.find_division(code)
        return () if row is None else (_of_row(row, None),)
    found = [_of_country(match) for match in name_countries(words) if match.kind in _DIRECT]
    area = name_area(words)
    if area is not None and area.kind != "seat":
        found.append(_of_area(area.area, adjective=area.kind != "name"))
    if not words.isupper() or len(words) > 3:
        adjective = words in region_adjectives()
        rows = gazetteer.look_up(words, limit=12, countries=countries)
        divisions = {row.division: row.population for row in rows if row.kind == "region"}
        for row in rows:
            # A division that is hardly more than its town is the town: "Gəncə".
            whole = divisions.get(row.division, 0) if row.kind == "town" else 0
            if whole and row.population > whole / 2:
                row = replace(row, own_name=True)  # noqa: PLW2901 - the same row, read otherwise
            # A disputed area's own row says more than the division of its name.
            if area is None or area.kind == "seat" or row.kind != "region":
                item = _of_row(row, kind)
                is_named_so = adjective and not row.own_name
                found.append(_as_adjective(item) if is_named_so else item)
    return tuple(found) if kind is not None else tuple(_seats_first(found))


def _seats_first(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Prefer a division's seat to the division of its name, and a country or area to its town.

    ``Idlib`` alone is rather the town; ``Mexico`` and ``Gaza`` alone are rather the whole.
    """
    countries = {item.country for item in found if item.sort in {"country", "area"}}
    seats = {item.division: item.prior for item in reversed(found) if item.sort == "town"}
    for item in found:
        below = item.prior
        if item.sort == "town" and item.country in countries:
            below -= 4.0
        elif item.sort == "region" and item.division in seats:
            seat = seats[item.division]
            is_large = seat >= item.prior - PRIORS["region"] - SEAT_SHARE
            below = seat - 0.5 if is_large else below
        yield item if below == item.prior else replace(item, prior=below)


@cache
def abbreviations() -> Mapping[str, str]:
    """Short forms of divisions, as they are written after a town: ``Ky.`` to ``US.KY``."""
    text = files("counterclaim.atlas").joinpath("data/abbreviations.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({word: row["code"] for row in rows for word in row["words"].split("|")})


@cache
def region_adjectives() -> frozenset[str]:
    """Adjectives of the regions in our own table: ``Chechen``, ``Kurdish``, ``European``."""
    text = files("counterclaim.atlas").joinpath("data/regions.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return frozenset(word for row in rows for word in row["adjectives"].split("|") if word)


def as_place(item: Candidate, words: str, within: str | None = None) -> Place:
    """Write a candidate as the place that some words name."""
    return Place(
        name=words,
        gazetteer_id=item.id,
        precision=item.precision,
        country=item.country,
        latitude=item.latitude,
        longitude=item.longitude,
        within=within,
    )


def _of_country(match: CountryMatch) -> Candidate:
    country = match.country
    is_name = match.kind == "name"
    of = find_country(country.of) if country.of else None
    return Candidate(
        f"iso:{country.iso2}",
        country.name,
        country.latitude,
        country.longitude,
        country.iso2,
        None,
        "country" if is_name else "adjective",
        "country",
        PRIORS["country"] - (1.0 if of is not None else 0.0),
    )


def _of_area(area: Area, *, adjective: bool) -> Candidate:
    row = holding_on(area.code, None)
    return Candidate(
        f"area:{area.code}",
        area.name,
        area.latitude,
        area.longitude,
        None if row is None else row.recognised,
        None,
        "adjective" if adjective else "area",
        "area",
        PRIORS["area"],
    )


def _of_row(row: GazetteerRow, kind: str | None) -> Candidate:
    sort, precision, prior = _sorted(row)
    if not row.own_name and row.kind != "continent":
        prior += PRIORS["other name"]
    if kind is not None:
        same = kind == sort or (kind == "region" and sort == "district")
        prior += PRIORS["same kind of word" if same else "other kind of word"]
    return Candidate(
        row.id,
        row.name,
        row.latitude,
        row.longitude,
        row.country,
        row.division,
        sort,
        precision,
        prior,
    )


def _as_adjective(item: Candidate) -> Candidate:
    """Read a region found by its adjective as such; that it is no name counts nothing against it."""
    return replace(item, sort="adjective", prior=item.prior - PRIORS["other name"])


def _sorted(row: GazetteerRow) -> tuple[CandidateSort, PlacePrecision, float]:
    size = math.log10(row.population + 100)
    if row.kind == "continent":
        return "region", "area", PRIORS["continent"]
    if row.kind == "feature":
        return "feature", "area", PRIORS["feature"]
    if row.kind == "district":
        return "district", "district", PRIORS["district"]
    if row.kind == "region":
        is_ours = row.id.startswith("reg:")
        prior = PRIORS["own region"] if is_ours else size + PRIORS["region"]
        return "region", "region", prior
    is_capital = row.kind == "capital"
    prior = size + PRIORS["capital" if is_capital else "town"]
    if row.population == 0:
        prior = 4.5 if row.id.startswith("reg:") else size
    return "town", "town", prior
