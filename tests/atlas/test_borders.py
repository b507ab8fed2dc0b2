"""Whose land a place is, and whether words agree with that."""

from datetime import date

import pytest

from counterclaim.atlas.borders import compare_holding, compare_wording, sovereignty
from counterclaim.atlas.gazetteer import Gazetteer, open_gazetteer
from counterclaim.records.place import LandWord, Place

DURING = date(2020, 10, 14)
GANJA = Place(
    name="Ganja",
    gazetteer_id="gn:586523",
    precision="town",
    country="AZ",
    latitude=40.68157,
    longitude=46.36134,
)
STEPANAKERT = Place(
    name="Stepanakert",
    gazetteer_id="gn:146970",
    precision="town",
    country="AZ",
    latitude=39.8177,
    longitude=46.7528,
)
SRINAGAR = Place(name="Srinagar", precision="town", country="IN", latitude=34.08, longitude=74.8)
ODESA = Place(name="Odesa", precision="town", country="UA", latitude=46.48, longitude=30.73)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def test_atlas_ganja_lies_outside_the_disputed_area() -> None:
    found = sovereignty(GANJA, DURING)
    assert (found.recognised, found.disputed_area, found.held_by) == ("AZ", None, None)
    assert found.distance_km == pytest.approx(40.7, abs=0.5)
    assert found.basis == "GeoNames country code"


@pytest.mark.parametrize(
    ("day", "holder", "claimants"),
    [
        (date(2020, 10, 14), "Nagorno-Karabakh authorities", 2),
        (date(2021, 6, 1), "Azerbaijan, or Nagorno-Karabakh", 2),
        (date(2024, 1, 1), "Azerbaijan", 1),
    ],
)
def test_atlas_stepanakert_changes_hands(day: date, holder: str, claimants: int) -> None:
    found = sovereignty(STEPANAKERT, day)
    assert (found.recognised, found.disputed_area) == ("AZ", "Nagorno-Karabakh")
    assert found.held_by is not None
    assert found.held_by.startswith(holder)
    assert len(found.claimants) == claimants
    assert found.on == day


def test_atlas_tells_all_changes_without_a_day() -> None:
    found = sovereignty(STEPANAKERT, None)
    assert (found.recognised, found.held_by) == ("AZ", None)
    assert found.note is not None
    assert "2020-11-09" in found.note
    assert "2023-09-19" in found.note
    assert "Nagorno-Karabakh authorities" in found.claimants


def test_atlas_is_silent_on_days_before_the_table() -> None:
    found = sovereignty(STEPANAKERT, date(1980, 1, 1))
    assert found.held_by is None
    assert found.note == "The table says nothing of 1980-01-01."


@pytest.mark.parametrize(
    ("latitude", "longitude", "coded", "recognised", "held_by"),
    [
        (44.6, 33.53, "UA", "UA", "Russia"),  # Sevastopol
        (33.12, 35.78, "IL", "SY", "Israel"),  # a place on the Golan coded IL
        (31.53, 35.1, "PS", "PS", "Israel and the Palestinian Authority"),
        (9.56, 44.06, "SO", "SO", "Somaliland (self-declared)"),
        (42.0, 41.0, "GE", "GE", None),  # at sea, outside the polygon
        (35.89, -5.31, "ES", "ES", "Spain"),  # Ceuta, undated
        (39.54763, 46.53046, "AM", "AM", None),  # Kornidzor, just across a rough line
    ],
)
def test_atlas_reads_the_overlay(
    latitude: float, longitude: float, coded: str, recognised: str, held_by: str | None
) -> None:
    place = Place(name="there", country=coded, latitude=latitude, longitude=longitude)
    found = sovereignty(place, DURING)
    assert (found.recognised, found.held_by) == (recognised, held_by)


@pytest.mark.parametrize(("code", "recognised"), [("XK", "XK"), ("TW", "TW"), ("EH", "EH")])
def test_atlas_reads_the_table_for_whole_countries(code: str, recognised: str) -> None:
    place = Place(name="there", country=code, latitude=80.0, longitude=0.0)
    found = sovereignty(place, DURING)
    assert found.recognised == recognised
    assert len(found.claimants) == 2


def test_atlas_reads_the_table_for_one_city() -> None:
    city = Place(
        name="Jerusalem", gazetteer_id="gn:281184", country="IL", latitude=31.77, longitude=35.22
    )
    found = sovereignty(city, DURING)
    assert (found.recognised, found.claimants) == (None, ("IL", "PS"))


@pytest.mark.parametrize(
    "place",
    [
        Place(
            name="Armenia",
            precision="country",
            country="AM",
            within="inside",
            latitude=40.0,
            longitude=45.0,
        ),
        Place(name="Armenia", gazetteer_id="iso:AM", country="AM"),
        Place(name="Ostvik"),
        Place(name="Nowhere", gazetteer_id="area:none"),
    ],
)
def test_atlas_says_when_it_is_not_computable(place: Place) -> None:
    found = sovereignty(place, DURING)
    assert found.recognised is None
    assert found.basis == "not computable"
    assert found.note is not None
    assert place.name in found.note
    assert compare_wording("AM", found).agreement == "not computable"


def test_atlas_reads_an_area_by_name() -> None:
    area = Place(name="Artsakh", gazetteer_id="area:B38", precision="area")
    found = sovereignty(area, DURING)
    assert (found.recognised, found.disputed_area) == ("AZ", "Nagorno-Karabakh")


def test_atlas_reads_a_bare_point_by_its_outline() -> None:
    found = sovereignty(Place(name="a point", latitude=49.0, longitude=32.0), None)
    assert (found.recognised, found.basis) == ("UA", "Natural Earth outline")
    assert found.note == "A bare point."
    near = sovereignty(Place(name="a point", latitude=46.5, longitude=30.7), None)
    assert near.recognised == "UA"
    assert "from the drawn border or coast" in (near.note or "")


def test_atlas_reads_a_bare_point_in_a_disputed_area_by_the_table() -> None:
    found = sovereignty(Place(name="a point", latitude=45.2, longitude=34.2), DURING)
    assert (found.recognised, found.disputed_area, found.held_by) == ("UA", "Crimea", "Russia")


def test_atlas_reads_a_bare_point_off_the_coast(gazetteer: Gazetteer) -> None:
    off = Place(name="a point", latitude=46.35, longitude=30.95)
    found = sovereignty(off, None)
    assert (found.recognised, found.basis) == ("UA", "nearest Natural Earth outline")
    sea = Place(name="a point", latitude=0.0, longitude=-30.0)
    assert sovereignty(sea, None, gazetteer=gazetteer).recognised is None


@pytest.mark.parametrize(
    ("said", "holder", "agreement"),
    [
        ("occupied", None, "consistent"),
        ("occupied", "RU", "consistent"),
        ("occupied", "TR", "inconsistent"),
        ("held", "UA", "inconsistent"),
    ],
)
def test_atlas_compares_who_held_a_place(
    said: LandWord, holder: str | None, agreement: str
) -> None:
    land = sovereignty(
        Place(name="Sevastopol", latitude=44.6, longitude=33.52, country="UA"), DURING
    )
    assert compare_holding(said, holder, land).agreement == agreement


def test_atlas_never_says_who_held_a_place_that_the_table_lacks() -> None:
    land = sovereignty(Place(name="Ganja", latitude=40.68, longitude=46.36, country="AZ"), DURING)
    assert compare_holding("occupied", None, land).agreement == "not computable"


@pytest.mark.parametrize(
    ("said", "place", "agreement", "reason"),
    [
        ("AZ", GANJA, "consistent", "Azerbaijan"),
        ("AM", GANJA, "inconsistent", "the words say Armenia"),
        ("AM", STEPANAKERT, "inconsistent", "held on 2020-10-14 by Nagorno-Karabakh authorities"),
        ("AZ", STEPANAKERT, "consistent", "in Nagorno-Karabakh"),
        ("IN", SRINAGAR, "not computable", "unsettled"),
        ("CN", SRINAGAR, "inconsistent", "not among them"),
        ("UA", ODESA, "consistent", "Ukraine"),
    ],
)
def test_atlas_compares_wording(said: str, place: Place, agreement: str, reason: str) -> None:
    wording = compare_wording(said, sovereignty(place, DURING))
    assert wording.agreement == agreement
    assert reason in wording.reason


def test_atlas_counts_a_territory_to_its_state() -> None:
    rock = Place(name="the Rock", country="GI", latitude=36.14, longitude=-5.35)
    assert compare_wording("GB", sovereignty(rock, DURING)).agreement == "consistent"
    assert compare_wording("ES", sovereignty(rock, DURING)).agreement == "inconsistent"
