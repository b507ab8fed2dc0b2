"""Halves of characters in a ledger of version 0.1.0, or sent by a program: every page is served, none is written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.shown import COMMANDS
from tests.serve.benches import served

PAGES = (
    "/",
    "/?since=2020-01-01",
    "/sources",
    "/incidents",
    "/timeline",
    "/positions",
    "/ceasefires",
    "/casualties",
    "/problems?of=sources",
    "/review",
    "/search?q=killed",
    "/api/v1/claims",
    "/api/v1/documents",
    "/api/v1/search?q=killed",
    "/api/v1/figures",
)


@pytest.fixture
def spoilt(tmp_path: Path, readings: tuple[Reading, ...]) -> str:
    path = str(tmp_path / "spoilt.db")
    with open_ledger(path, create=True) as ledger:
        for number, reading in enumerate(readings):
            document = replace(reading.document)
            for name in ("title", "outlet", "author", "name"):
                object.__setattr__(document, name, f"{name} \ud800 {number}")
            ledger.post(replace(reading, document=document))
        ledger.note_problem("rapport_\udce9.txt", Problem("source", "\udce9"))
    return path


@pytest.mark.parametrize("page", PAGES)
def test_serve_pages_of_a_ledger_with_half_characters(spoilt: str, page: str) -> None:
    with served(spoilt) as client:
        assert client.get(page).status_code == 200
        if page == "/sources":
            assert "outlet � 1" in client.get(page).text


def test_serve_programs_cannot_write_half_characters(local: TestClient) -> None:
    token = local.get("/api/v1/session").json()["csrf_token"]
    body = json.dumps({"subject": "c-0", "verdict": "note", "reason": "half \ud800 of one"})
    headers = {"content-type": "application/json", "x-csrf-token": token}
    answer = local.post("/api/v1/judgements", content=body, headers=headers)
    assert answer.status_code == 422
    assert "reason" in answer.text


ORDERS = "\x1b[31m \x9b31m \u202e \u2066"


@pytest.mark.parametrize("page", [item for item in PAGES if not item.startswith("/api")])
def test_serve_pages_hold_no_control_characters(
    tmp_path: Path, readings: tuple[Reading, ...], page: str
) -> None:
    """Nothing turns the direction of writing, or commands a screen to which a page is copied."""
    path = str(tmp_path / "orders.db")
    with open_ledger(path, create=True) as ledger:
        for number, reading in enumerate(readings):
            document = replace(reading.document)
            for name in ("title", "outlet", "author", "name"):
                object.__setattr__(document, name, f"{name} {ORDERS} {number}")
            ledger.post(replace(reading, document=document))
        ledger.note_problem(f"rapport {ORDERS}.txt", Problem("source", ORDERS))
    with served(path) as client:
        assert COMMANDS.search(client.get(page).text) is None


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/incidents?kind=evnt", 400),
        ("/incidents?status=settled", 400),
        ("/timeline?kind=evnt", 400),
        ("/api/v1/claims?kind=evnt", 422),
        ("/api/v1/incidents?status=settled", 422),
        ("/api/v1/figures?outcome=dead", 422),
        ("/api/v1/figures?category=navy", 422),
    ],
)
def test_serve_wrong_filters_are_errors_that_name_the_right_ones(
    client: TestClient, page: str, status: int
) -> None:
    answer = client.get(page)
    assert answer.status_code == status
    right = {
        "kind": "ceasefire",
        "status": "contested",
        "outcome": "killed",
        "category": "civilian",
    }
    assert right[page.split("?")[1].split("=", maxsplit=1)[0]] in answer.text
