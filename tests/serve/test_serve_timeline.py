"""The timeline: drawn in every form, each mark linked to its sentence, its table as CSV."""

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient


def marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        row
        for view in spec["vconcat"]
        for layer in view["layer"]
        for row in layer.get("data", {}).get("values", [])
        if "day" in row
    ]


@pytest.mark.parametrize("asked", ["", "party=Armenia&role=speaker", "kind=casualty"])
def test_serve_timeline_marks_lead_to_their_sentences(client: TestClient, asked: str) -> None:
    spec = json.loads(client.get(f"/timeline/chart.json?{asked}").text)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/timeline/claims.csv?{asked}").text)))
    found = marks(spec)
    assert rows
    assert len(found) == len(rows)
    assert {row["link"].split("#")[0] for row in found} == {
        f"/sources/{row['document']}" for row in rows
    }
    target = found[0]["link"]
    page = client.get(target).text
    assert f'id="{target.partition("#")[2]}"' in page


def test_serve_timeline_is_a_picture_without_script(client: TestClient) -> None:
    page = client.get("/timeline").text
    assert '<img src="/timeline/chart.svg?width=1040"' in page
    svg = client.get("/timeline/chart.svg?theme=dark")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "/sources/" not in svg.text
    assert client.get("/timeline/chart.png?width=400").content.startswith(b"\x89PNG")


def test_serve_timeline_shows_each_claim_in_its_sentence(client: TestClient) -> None:
    page = client.get("/timeline?kind=casualty").text
    assert "<mark>555</mark>" in page
    assert page.count('class="said"') == page.count("<mark>")


def test_serve_timeline_of_nobody_says_so(client: TestClient) -> None:
    page = client.get("/timeline?party=Nowhere")
    assert "No claim matches" in page.text
    assert "chart.svg" not in page.text
    assert client.get("/timeline/chart.svg?party=Nowhere").status_code == 200
    assert client.get("/timeline?first=soon").status_code == 400
