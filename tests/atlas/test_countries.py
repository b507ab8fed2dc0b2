"""Countries are found by every word for them, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas.countries import (
    Country,
    find_country,
    load_countries,
    name_countries,
    name_country,
)

UN_MEMBERS = 193
TERRITORIES = {country.iso2 for country in load_countries() if country.of is not None}


@pytest.mark.parametrize(
    ("words", "iso2", "kind"),
    [
        ("Azerbaijan", "AZ", "name"),
        ("Azeri", "AZ", "adjective"),
        ("Azeris", "AZ", "people"),
        ("Baku", "AZ", "capital"),
        ("the Kremlin", "RU", "seat"),
        ("the White House", "US", "seat"),
        ("US", "US", "name"),
        ("U.S.", "US", "name"),
        ("the United States", "US", "name"),
        ("United States'", "US", "name"),
        ("Syria's", "SY", "name"),
        ("Syria’s", "SY", "name"),
        ("Cote d’Ivoire", "CI", "name"),
        ("CÔTE D'IVOIRE", "CI", "name"),
        ("The Gambia", "GM", "name"),
        ("Burma", "MM", "name"),
        ("Kiev", "UA", "capital"),
        ("TURKEY", "TR", "name"),
        ("DRC", "CD", "name"),
        ("Kosovar", "XK", "adjective"),
        ("Palestinians", "PS", "people"),
        ("St. John's", "AG", "capital"),
    ],
)
def test_atlas_names_a_country(words: str, iso2: str, kind: str) -> None:
    match = name_country(words)
    assert match is not None
    assert (match.country.iso2, match.kind) == (iso2, kind)


@pytest.mark.parametrize(
    "words",
    ["us", "Us", "turkey", "polish", "chad", "kremlin", "Ruritania", "", "the", "drc", "uae", "'s"],
)
def test_atlas_names_no_country_for_other_words(words: str) -> None:
    assert name_country(words) is None


def test_atlas_leaves_a_word_for_two_countries_open() -> None:
    assert name_country("Dominican") is None
    assert {match.country.iso2 for match in name_countries("Dominican")} == {"DM", "DO"}


@pytest.mark.parametrize(("words", "iso2"), [("armenia", "AM"), ("the ukraine", "UA")])
def test_atlas_reads_any_case_where_asked(words: str, iso2: str) -> None:
    match = name_country(words, any_case=True)
    assert match is not None
    assert match.country.iso2 == iso2


@pytest.mark.parametrize("words", ["us", "uk", "car"])
def test_atlas_never_reads_short_capitals_in_lower_case(words: str) -> None:
    assert name_country(words, any_case=True) is None


@pytest.mark.parametrize(("words", "shared"), [("Jordan", True), ("Jordanian", False)])
def test_atlas_marks_words_that_often_mean_something_else(words: str, *, shared: bool) -> None:
    match = name_country(words)
    assert match is not None
    assert match.shared is shared


@pytest.mark.parametrize(
    ("code", "name"), [("az", "Azerbaijan"), ("XKX", "Kosovo"), ("TW", "Taiwan")]
)
def test_atlas_finds_a_country_by_code(code: str, name: str) -> None:
    country = find_country(code)
    assert country is not None
    assert country.name == name


def test_atlas_has_all_states_once() -> None:
    states = [country for country in load_countries() if country.of is None]
    beside_the_un = {"VA", "PS", "XK", "TW", "EH", "AQ"}
    assert len({country.iso2 for country in states} - beside_the_un) == UN_MEMBERS
    assert len({country.iso3 for country in load_countries()}) == len(load_countries())


@pytest.mark.parametrize("country", load_countries(), ids=lambda country: country.iso2)
def test_atlas_row_is_whole(country: Country) -> None:
    words = {word for _, word in country.words()}
    assert country.shared <= words
    assert all(word == word.strip() for word in words)
    assert -90 <= country.latitude <= 90
    assert -180 <= country.longitude <= 180
    assert country.of is None or country.of not in TERRITORIES
    for kind, word in country.words():
        found = {(match.country.iso2, match.kind) for match in name_countries(word)}
        assert (country.iso2, kind) in found, word


@given(st.text(max_size=30))
def test_atlas_takes_any_words(words: str) -> None:
    for match in name_countries(words, any_case=True):
        assert match.words
