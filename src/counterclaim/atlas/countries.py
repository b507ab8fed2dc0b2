"""Countries by every name that a report uses: names, adjectives, peoples, capitals, seats."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from counterclaim.atlas.names import without_accents
from counterclaim.records.party import Party
from counterclaim.records.place import Place

CountryWord = Literal["name", "adjective", "people", "capital", "seat"]
"""What a word says of its country: its name, ``Syrian``, ``Syrians``, its capital, a seat such as ``Kremlin``."""

ACRONYM_LETTERS = 4
"""Names of at most this many letters, all capitals (``US``, ``U.K.``, ``DPRK``), match only so written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state, or a territory with a code of its own. Its row says nothing of recognition."""

    iso2: str
    """ISO 3166-1 alpha-2; ``XK`` for Kosovo, as GeoNames has it."""
    iso3: str
    """ISO 3166-1 alpha-3; ``XKX`` for Kosovo."""
    name: str
    """Common English name."""
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    """Adjectives and words for one citizen: ``Azerbaijani``, ``Azeri``, ``Briton``."""
    people: tuple[str, ...]
    """Words for its people in the plural."""
    capitals: tuple[str, ...]
    """Spellings of the city that stands for its government; says nothing of the city's status."""
    seats: tuple[str, ...]
    """Buildings, and cities besides the capital, that stand for its government."""
    shared: frozenset[str]
    """Those of the words above that often mean something else: ``Georgia``, ``Jordan``, ``Victoria``."""
    latitude: float
    """Degrees north of a rough centre."""
    longitude: float
    """Degrees east of a rough centre."""
    of: str | None
    """ISO alpha-2 of the state that a territory belongs to; None for states."""

    def words(self) -> Iterator[tuple[CountryWord, str]]:
        """Yield every word for it with what the word says of it, most telling first."""
        yield "name", self.name
        for kind, words in (
            ("name", self.other_names),
            ("adjective", self.adjectives),
            ("people", self.people),
            ("capital", self.capitals),
            ("seat", self.seats),
        ):
            for word in words:
                yield kind, word  # type: ignore[misc]  # a literal in a tuple reads as str


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """A country that some words mean, and what kind of word they are for it."""

    country: Country
    kind: CountryWord
    words: str
    """The table's spelling of what was matched."""
    shared: bool
    """Whether the words often mean something else, so that context should agree."""


@lru_cache(maxsize=8192)
def name_countries(words: str, *, any_case: bool = False) -> tuple[CountryMatch, ...]:
    """Find the countries that some words can mean.

    Accepts:
      1. the table's spelling, with or without ``the``       "the United States", "Azeris"
      2. with a possessive                                   "Syria's", "the Philippines'"
      3. without its accents, or with curly apostrophes      "Cote d’Ivoire"
      4. in capitals throughout, as headlines are            "AZERBAIJAN", never "TURKEY" for "turkey"
      5. in any case, where asked for                        "armenia"

    Names in capitals such as ``US`` match only in capitals, whatever is asked for.

    Args:
        words: Exactly the words, without what stands around them.
        any_case: Whether case is ignored, as for readers' comments.

    Returns:
        One match for each country and kind, in the table's order; several for words such as
        ``Dominican``; none when the words name no country.

    Source:
        data/countries.csv.
    """
    key = plain_words(words)
    exact = _index()
    found = exact.get(key) or exact.get(_without_article(key))
    if not found and (any_case or key.isupper()):
        loose = _loose_index()
        folded = key.casefold()
        found = loose.get(folded) or loose.get(_without_article(folded))
    return found or ()


def name_country(words: str, *, any_case: bool = False) -> CountryMatch | None:
    """Find the one country that some words mean; None for none, and for more than one.

    Args:
        words: Exactly the words, as for ``name_countries``.
        any_case: Whether case is ignored.

    Example:
        >>> match = name_country("the Kremlin")
        >>> match.country.iso3, match.kind
        ('RUS', 'seat')
    """
    found = name_countries(words, any_case=any_case)
    return found[0] if len({match.country.iso2 for match in found}) == 1 else None


def find_country(code: str) -> Country | None:
    """Find a country by its ISO 3166-1 code, alpha-2 or alpha-3, in any case."""
    return _codes().get(code.upper())


def state_of(place: Place) -> Party | None:
    """Return the state whose recognised land a place is, as surely known as the place; None where none is settled."""
    country = None if place.country is None else find_country(place.country)
    if country is None:
        return None
    return Party(country.name, None, "state", country.iso3, place.evidence)


def people_of(place: Place, known: Iterable[Party]) -> Party | None:
    """Return the state whose people live at a place, as surely known as the place; None where none is settled.

    Args:
        place: As the text names it.
        known: The parties of the report: a state stands as the report knows it.
    """
    state = state_of(place)
    if state is None:
        return None
    for party in known:
        if party.kind == "state" and party.country == state.country and party.unit is None:
            return party if place.evidence == "told" else party.known(place.evidence)
    return state


def plain_words(words: str) -> str:
    """Take off accents, a possessive and outer space; make apostrophes straight. Case is kept."""
    words = without_accents(words.strip().replace("’", "'").replace("‘", "'"))
    for ending in ("'s", "'S", "'"):
        if words.endswith(ending):
            # "St. John's" and "Saint George's" are capitals: the ending is theirs.
            return words if words in _index_keys() else words.removesuffix(ending)
    return words


@cache
def load_countries() -> tuple[Country, ...]:
    """Read the table of countries; once, then from memory."""
    text = files("counterclaim.atlas").joinpath("data/countries.csv").read_text("utf-8")
    return tuple(map(_read_row, csv.DictReader(text.splitlines())))


def _read_row(row: Mapping[str, str]) -> Country:
    def split(column: str) -> tuple[str, ...]:
        return tuple(word for word in row[column].split("|") if word)

    return Country(
        iso2=row["iso2"],
        iso3=row["iso3"],
        name=row["name"],
        other_names=split("other_names"),
        adjectives=split("adjectives"),
        people=split("people"),
        capitals=split("capital"),
        seats=split("seats"),
        shared=frozenset(split("shared")),
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        of=row["of"] or None,
    )


def _without_article(words: str) -> str:
    return words[4:] if words[:4].lower() == "the " else words


def _is_acronym(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) <= ACRONYM_LETTERS and all(letter.isupper() for letter in letters)


@cache
def _codes() -> Mapping[str, Country]:
    countries = load_countries()
    return MappingProxyType(
        {country.iso2: country for country in countries}
        | {country.iso3: country for country in countries}
    )


@cache
def _index_keys() -> frozenset[str]:
    words = (word for country in load_countries() for _, word in country.words())
    return frozenset(word for word in words if word.endswith(("'s", "'")))


@cache
def _index() -> Mapping[str, tuple[CountryMatch, ...]]:
    """Every word without its accents, to what it means; the article is kept only as an extra."""
    found: dict[str, list[CountryMatch]] = {}
    for country in load_countries():
        for kind, word in country.words():
            match = CountryMatch(country, kind, word, word in country.shared)
            rows = found.setdefault(plain_words(_without_article(word)), [])
            if all(other.country is not country or other.kind != kind for other in rows):
                rows.append(match)
    return MappingProxyType({word: tuple(rows) for word, rows in found.items()})


@cache
def _loose_index() -> Mapping[str, tuple[CountryMatch, ...]]:
    """The same for words in any case, without acronyms."""
    found: dict[str, tuple[CountryMatch, ...]] = {}
    for word, rows in _index().items():
        if not _is_acronym(word):
            found[word.casefold()] = rows
    return MappingProxyType(found)
