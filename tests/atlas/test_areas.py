"""Disputed areas by name, and who held them when."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas.areas import (
    Area,
    find_area,
    find_holdings,
    holding_on,
    load_areas,
    name_area,
)
from counterclaim.atlas.countries import find_country
from counterclaim.atlas.polygons import areas_at, load_polygons

CODES = sorted({area.code for area in load_areas()} | set(load_polygons()))


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        ("Nagorno-Karabakh", "B38", "name"),
        ("Artsakh's", "B38", "name"),
        ("the Gaza Strip", "B53", "name"),
        ("Abkhaz", "B35", "adjective"),
        ("Transnistrian", "B36", "adjective"),
        ("Somalilanders", "B30", "people"),
        ("Tskhinvali", "B37", "seat"),
        ("East Jerusalem", "B54E", "name"),
        ("Pakistan-administered Kashmir", "B09", "name"),
    ],
)
def test_atlas_names_an_area(words: str, code: str, kind: str) -> None:
    match = name_area(words)
    assert match is not None
    assert (match.area.code, match.kind) == (code, kind)


@pytest.mark.parametrize("words", ["Karabakh Range", "the Strip", "Bank", "Ardenia", ""])
def test_atlas_names_no_area_for_other_words(words: str) -> None:
    assert name_area(words) is None


@pytest.mark.parametrize(
    ("code", "day", "holder"),
    [
        ("B38", date(2020, 10, 14), "Nagorno-Karabakh authorities"),
        ("B38", date(2020, 11, 9), "Nagorno-Karabakh authorities"),
        ("B38", date(2023, 9, 20), "Azerbaijan"),
        ("B89", date(2014, 3, 18), "Russia"),
        ("B53", date(2006, 1, 1), "Palestinian Authority"),
        ("B53", date(2010, 1, 1), "Hamas"),
        ("B12", date(1982, 5, 1), "Argentina"),
        ("B12", date(1983, 5, 1), "United Kingdom"),
    ],
)
def test_atlas_says_who_held_an_area(code: str, day: date, holder: str) -> None:
    row = holding_on(code, day)
    assert row is not None
    assert row.held_by.startswith(holder)


@pytest.mark.parametrize(
    ("code", "day"), [("B38", date(1980, 1, 1)), ("nowhere", date(2020, 1, 1))]
)
def test_atlas_is_silent_where_the_table_is(code: str, day: date) -> None:
    assert holding_on(code, day) is None


@pytest.mark.parametrize("code", CODES)
def test_atlas_holdings_follow_each_other(code: str) -> None:
    for row in find_holdings(code):
        assert row.recognised is None or find_country(row.recognised) is not None
        assert row.claimants
        assert row.since is None or row.until is None or row.since <= row.until
    for before, after in pairwise(find_holdings(code)):
        assert before.until is not None
        assert after.since is not None
        assert (after.since - before.until).days == 1


@given(st.sampled_from(CODES), st.dates(date(1800, 1, 1), date(2100, 1, 1)))
def test_atlas_gives_at_most_one_row_for_a_day(code: str, day: date) -> None:
    rows = [row for row in find_holdings(code) if row.covers(day)]
    assert rows == [row for row in [holding_on(code, day)] if row is not None]


@pytest.mark.parametrize("area", load_areas(), ids=lambda area: area.code)
def test_atlas_area_has_a_row_or_a_polygon(area: Area) -> None:
    assert find_area(area.code) is area
    assert find_holdings(area.code) or area.code in load_polygons()


@pytest.mark.parametrize(
    ("latitude", "longitude", "codes"),
    [
        (39.8177, 46.7528, ["B38"]),  # Stepanakert
        (40.6816, 46.3613, []),  # Ganja
        (39.99, 46.93, ["B38"]),  # Aghdam
        (45.0, 34.1, ["B89"]),  # Simferopol
        (46.48, 30.73, []),  # Odesa
        (31.53, 35.1, ["B54"]),  # Hebron
        (0.0, 0.0, []),
        (90.0, 180.0, []),
    ],
)
def test_atlas_finds_the_area_that_holds_a_point(
    latitude: float, longitude: float, codes: list[str]
) -> None:
    assert [polygon.code for polygon in areas_at(latitude, longitude)] == codes


def test_atlas_measures_to_an_edge() -> None:
    karabakh = load_polygons()["B38"]
    assert karabakh.distance_km(40.6816, 46.3613) == pytest.approx(40.7, abs=0.5)
    longitude, latitude = karabakh.rings[0][0]
    assert karabakh.distance_km(latitude, longitude) == pytest.approx(0, abs=1e-6)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_atlas_polygon_holds_only_points_in_its_box(latitude: float, longitude: float) -> None:
    for polygon in areas_at(latitude, longitude):
        west, south, east, north = polygon.box
        assert west <= longitude <= east
        assert south <= latitude <= north
