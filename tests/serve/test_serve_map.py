"""The map in the browser: what it draws, of which time, and what it leaves out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from counterclaim.atlas.ground import country_rings
from counterclaim.atlas.polygons import load_polygons
from counterclaim.ledger import open_ledger
from counterclaim.records.claim import Event
from counterclaim.records.reading import Reading
from counterclaim.service.ledger_service import file_reading
from tests.conftest import ReadText
from tests.serve.benches import served
from tests.serve.test_serve_review import decide

TEXT = (
    "Azerbaijan said that Armenian forces had shelled Ganja on Friday. Armenia said that Azerbaijani drones struck "
    "targets in northern Syria and hit Stepanakert. Armenia said that Azerbaijan had shelled villages inside Armenia."
)


@pytest.fixture
def reading(read_text: ReadText) -> Reading:
    return read_text(TEXT, date(2020, 10, 17))


@pytest.fixture
def mapped(reading: Reading, tmp_path: Path) -> Iterator[TestClient]:
    path = str(tmp_path / "map.db")
    with open_ledger(path, create=True) as ledger:
        file_reading(ledger, reading)
    with served(path, person="Ada") as client:
        yield client


def layers(client: TestClient, **asked: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/map/layers.json", params=asked).json()
    return found


def test_serve_map_draws_a_town_as_a_pin_and_a_country_as_itself(mapped: TestClient) -> None:
    places = {item["name"]: item for item in layers(mapped)["places"]}
    assert places["Ganja"]["is_pin"]
    assert places["Ganja"]["rings"] == []
    inside = next(item for name, item in places.items() if name.endswith("Armenia"))
    assert not inside["is_pin"]
    drawn = np.array([point for ring in inside["rings"] for point in ring])
    own = np.concatenate(country_rings("AM"))
    assert drawn[:, 1].max() <= own[:, 0].max() + 0.01
    assert drawn[:, 1].min() >= own[:, 0].min() - 0.01


def test_serve_map_ring_of_a_part_of_a_country_stays_in_that_part(mapped: TestClient) -> None:
    places = {item["name"]: item for item in layers(mapped)["places"]}
    north = places["northern Syria"]
    rings = country_rings("SY")
    middle = (rings[0][:, 1].min() + rings[0][:, 1].max()) / 2
    assert min(point[0] for ring in north["rings"] for point in ring) >= middle - 0.05


def test_serve_map_disputed_area_is_its_own_polygon(read_text: ReadText, tmp_path: Path) -> None:
    path = str(tmp_path / "area.db")
    with open_ledger(path, create=True) as ledger:
        told = "Armenia said that Azerbaijan had shelled Nagorno-Karabakh on Friday."
        file_reading(ledger, read_text(told, date(2020, 10, 17)))
    with served(path) as client:
        (place,) = layers(client)["places"]
    own = next(item for item in load_polygons().values() if item.name == "Nagorno-Karabakh")
    assert [len(ring) for ring in place["rings"]] == [len(ring) for ring in own.rings]


def test_serve_map_borders_are_of_the_claims_time_unless_a_day_is_asked(mapped: TestClient) -> None:
    page = mapped.get("/map").text
    assert "the time of the claims" in page
    assert "17 Oct 2020" in page
    row = page[page.index("<strong>Stepanakert</strong>") :]
    assert "(17 Oct 2020)" in row[: row.index("</tr>")]
    later = mapped.get("/map?on=2024-05-01").text
    assert "the day asked for" in later
    assert "(1 May 2024)" in later

    def held(answer: dict[str, Any]) -> str:
        return next(str(area["words"]) for area in answer["areas"] if "Karabakh" in area["name"])

    assert held(layers(mapped)) != held(layers(mapped, on="2024-05-01"))


def test_serve_map_tells_what_a_person_confirmed_from_what_a_machine_placed(
    mapped: TestClient, reading: Reading
) -> None:
    assert not any(item["is_confirmed"] for item in layers(mapped)["places"])
    claim = next(
        item
        for item in reading.claims
        if isinstance(item.payload, Event)
        and item.payload.place
        and item.payload.place.name == "Ganja"
    )
    decide(mapped, claim.id, "accept")
    told = {item["name"]: item for item in layers(mapped)["places"]}
    assert told["Ganja"]["is_confirmed"]
    assert "placed by a person" in told["Ganja"]["words"]
    assert "placed by machine" in told["Stepanakert"]["words"]


def test_serve_map_draws_inferred_places_only_when_asked_and_never_as_pins(
    reading: Reading, tmp_path: Path
) -> None:
    claims = tuple(
        replace(
            item,
            payload=replace(item.payload, place=replace(item.payload.place, evidence="inferred")),
        )
        if isinstance(item.payload, Event) and item.payload.place
        else item
        for item in reading.claims
    )
    path = str(tmp_path / "inferred.db")
    with open_ledger(path, create=True) as ledger:
        file_reading(ledger, replace(reading, claims=claims))
    with served(path) as client:
        assert layers(client)["places"] == []
        page = client.get("/map").text
        assert "inferred, not drawn" in page
        assert "Draw them too" in page
        asked = layers(client, inferred="1")["places"]
        assert asked
        assert not any(item["is_pin"] for item in asked)
        assert all(item["rings"] for item in asked)


def test_serve_map_ground_and_towns_come_from_this_machine_by_box(mapped: TestClient) -> None:
    box = {"west": 43, "south": 38, "east": 48, "north": 42}
    ground = mapped.get("/map/ground.json", params={**box, "zoom": 6})
    assert "AM" in {ring[0] for ring in ground.json()["rings"]}
    assert "max-age" in ground.headers["cache-control"]
    towns = mapped.get("/map/towns.json", params={**box, "zoom": 7}).json()["towns"]
    assert {"Yerevan", "Ganja"} <= {town["name"] for town in towns}
    far = mapped.get("/map/towns.json", params={**box, "zoom": 3}).json()["towns"]
    assert {town["name"] for town in far} == {"Armenia", "Azerbaijan", "Georgia"} & {
        town["name"] for town in far
    }
    assert mapped.get("/map/ground.json?west=x&south=0&east=1&north=1").status_code == 422
    assert mapped.get("/map/ground.json?west=999&south=0&east=1&north=1").status_code == 422


def test_serve_map_page_keeps_picture_and_table_without_script(mapped: TestClient) -> None:
    page = mapped.get("/map").text
    assert '<img src="/map/map.svg' in page
    assert '<div id="live-map"' in page
    assert page[page.index('<div id="live-map"') :].split(">", 1)[0].endswith("hidden")
    assert "Ganja" in page[page.index('id="places"') :]
    for name in (
        "leaflet.js",
        "leaflet.css",
        "markercluster.js",
        "LICENSE",
        "markercluster.LICENSE",
    ):
        assert mapped.get(f"/static/leaflet/{name}").status_code == 200
