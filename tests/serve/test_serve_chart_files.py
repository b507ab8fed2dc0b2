"""Charts and the map: pictures, specifications, and the tables behind them."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from counterclaim.charts.map import PINNED, MapPlace, claim_map, frame_of
from counterclaim.charts.vega_bundle import vega_script
from counterclaim.serve.lru_cache import LruCache


@pytest.mark.parametrize("address", ["/casualties/chart", "/map/map"])
def test_serve_draws_every_form(client: TestClient, address: str) -> None:
    svg = client.get(f"{address}.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text.startswith("<svg")
    assert "<script" not in svg.text
    assert client.get(f"{address}.png?width=400").content.startswith(b"\x89PNG")
    spec = json.loads(client.get(f"{address}.json?theme=dark").text)
    assert spec["$schema"].endswith("vega-lite/v6.json")
    rest = json.dumps({name: value for name, value in spec.items() if name != "$schema"})
    assert "http" not in rest


def test_serve_a_width_is_held_in_bounds(client: TestClient) -> None:
    wide = json.loads(client.get("/map/map.json?width=999999").text)
    assert wide["width"] == 1600 - 28


def test_serve_table_behind_the_chart_has_every_number(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/casualties/figures.csv").text)))
    assert {"555", "23", "31", "42"} <= {row["number"] for row in rows}
    assert (
        client.get("/casualties/figures.csv")
        .headers["content-disposition"]
        .startswith("attachment")
    )


def test_serve_table_behind_the_chart_has_the_words_of_each_number(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/casualties/figures.csv").text)))
    told = next(row for row in rows if row["number"] == "555")
    assert "555" in told["sentence"]
    assert told["outlet"] == "the demo desk"
    assert told["title"]
    assert told["published"] == "2020-10-14"
    assert told["report"]
    derived = next(row for row in rows if row["derivation"])
    assert derived["sentence"] == ""


def test_serve_account_is_as_known_on_the_day(client: TestClient) -> None:
    early = client.get("/casualties/figures.csv?known_on=2020-10-13").text
    later = client.get("/casualties/figures.csv?known_on=2020-10-14").text
    assert "555" not in early
    assert "555" in later
    assert "at least 12" not in later
    assert "at least 12" in client.get("/casualties/figures.csv").text


def test_serve_csv_holds_no_formula(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/map/places.csv").text)))
    assert len(rows) > 1
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_serve_ships_the_script_that_draws(client: TestClient) -> None:
    answer = client.get("/static/vega.js")
    assert "vegaEmbed" in answer.text
    assert answer.text == vega_script()
    again = client.get("/static/vega.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def place(precision: str, name: str = "Ost", **more: object) -> MapPlace:
    given: dict[str, object] = {
        "name": name,
        "latitude": 40.0,
        "longitude": 45.0,
        "precision": precision,
        "claims": 2,
        "words": name,
    }
    return MapPlace(**(given | more))  # type: ignore[arg-type]  # a factory of tests


def pins(spec: dict[str, object]) -> list[object]:
    layers = spec["layer"]
    assert isinstance(layers, list)
    return [
        row
        for layer in layers
        if layer["mark"].get("type") == "point" and layer["mark"].get("tooltip") is not False
        for row in layer["data"]["values"]
    ]


@pytest.mark.parametrize("precision", ["district", "region", "area", "country"])
def test_charts_map_never_pins_what_is_larger_than_a_town(precision: str) -> None:
    spec = claim_map([place(precision)], (), (), title="x")
    assert pins(spec) == []
    assert "strokeDash" in json.dumps(spec)


@pytest.mark.parametrize("precision", sorted(PINNED))
def test_charts_map_draws_a_town_as_a_point(precision: str) -> None:
    assert len(pins(claim_map([place(precision)], (), (), title="x"))) == 1


def test_charts_map_without_places_says_so() -> None:
    assert frame_of([]) is None
    assert "No claim names a place" in json.dumps(claim_map([], (), (), title="x"))


def test_charts_map_dashes_areas_that_are_disputed_on_the_day(client: TestClient) -> None:
    def dashed(day: str) -> str:
        spec = json.loads(client.get(f"/map/map.json?party=Armenia&on={day}").text)
        return json.dumps(
            [
                layer["data"]["values"]
                for layer in spec["layer"]
                if layer["mark"].get("strokeDash") == [5, 3]
            ]
        )

    assert "Nagorno-Karabakh" in dashed("2020-10-14")
    assert "Nagorno-Karabakh: recognised AZ; held on 2024" not in dashed("2024-01-01")


def test_serve_shelf_keeps_and_forgets() -> None:
    shelf, made = LruCache(room=2), []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in "aabca":
        assert shelf.get(name, lambda name=name: make(name)) == name  # type: ignore[misc]
    assert made == ["a", "b", "c", "a"]
