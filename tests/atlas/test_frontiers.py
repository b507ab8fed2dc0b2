"""Outlines of countries: which holds a point, and the file they are kept in."""

import gzip
import json
from pathlib import Path

import pytest

from counterclaim.atlas import frontiers
from counterclaim.atlas.frontiers import (
    country_at,
    frontier_within,
    main,
    nearest_country,
    pack_outlines,
)

SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
HOLE = [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5], [0.5, 0.5]]
COLLECTION = {
    "features": [
        {
            "properties": {"ISO_A2_EH": "XA", "NAME": "Ardenia"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE, HOLE]},
        },
        {
            "properties": {"iso_a2_eh": "-99", "name": "Somaliland"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[HOLE]]},
        },
        {
            "properties": {"iso_a2_eh": "-99", "name": "A glacier"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        },
    ]
}


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (40.68, 46.36, "AZ"),
        (40.18, 44.51, "AM"),
        (39.2, 45.4, "AZ"),  # an exclave
        (43.94, 12.45, "SM"),  # a hole in another country
        (48.2, 16.4, "AT"),
        (-16.8, 179.99, None),
        (0.0, -30.0, None),
    ],
)
def test_atlas_finds_the_outline_that_holds_a_point(
    latitude: float, longitude: float, country: str | None
) -> None:
    assert country_at(latitude, longitude) == country


def test_atlas_measures_to_a_frontier_no_farther_than_asked() -> None:
    assert frontier_within("UA", 49.0, 32.0, 50.0) is None
    near = frontier_within("AT", 48.15, 17.0, 20.0)  # west of Bratislava
    assert near is not None
    assert near < 10


def test_atlas_finds_the_nearest_land_from_the_sea() -> None:
    found = nearest_country(35.4, 35.6, 25.0)
    assert found is not None
    assert found[0] == "SY"
    assert nearest_country(0.0, -30.0, 25.0) is None


def test_atlas_packs_outlines_as_steps_and_the_same_way_twice() -> None:
    packed = pack_outlines(COLLECTION)
    assert packed == pack_outlines(COLLECTION)
    rows = json.loads(gzip.decompress(packed))
    assert sorted(rows) == ["SO", "XA"]
    assert rows["XA"][0] == [0, 0, 2000, 0, 0, 2000, -2000, 0, 0, -2000]
    assert len(rows["XA"]) == 2


def test_atlas_tells_how_to_build_the_outlines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main([str(tmp_path / "missing.geojson")]) == 2
    assert "ne_10m_admin_0_countries" in capsys.readouterr().err


def test_atlas_keeps_no_two_lines_of_one_box_apart() -> None:
    outlines = frontiers.load_outlines()
    assert len({outline.country for outline in outlines}) > 230
    assert all(len(outline.points) >= 3 for outline in outlines)
