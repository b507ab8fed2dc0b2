"""Readers' comments beside the ledger: on the discussion's page and in the API."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.query import ClaimQuery
from counterclaim.serve import Settings, create_app
from counterclaim.service.ledger_service import file_reading
from tests.serve.benches import HERE, token_in
from tests.service.test_service_predictions import CAME, FORETOLD
from tests.service.test_service_reader_threads import FIRST, SECOND


@pytest.fixture(scope="module")
def threads(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> Iterator[TestClient]:
    path: Path = tmp_path_factory.mktemp("threads") / "ledger.db"
    with open_ledger(str(path), create=True) as ledger:
        for document in (FIRST, SECOND):
            file_reading(ledger, read_document(document, tools=tools))
    with TestClient(create_app(Settings(ledger=str(path))), base_url=HERE) as found:
        yield found


def test_serve_rows_stand_beside_the_comment_that_speaks_of_the_same(threads: TestClient) -> None:
    page = threads.get("/discussion").text
    assert "1 row speaks of the same" in page
    assert "same act, same party" in page
    assert page.count("no row speaks of this") == 2
    assert f"/sources/{FIRST.id}" in page


def test_serve_the_api_tells_each_stretch_with_its_rows(threads: TestClient) -> None:
    found = threads.get(f"/api/v1/documents/{SECOND.id}/thread").json()
    assert found["document"] == SECOND.id
    parts = [part for comment in found["comments"] for part in comment["checkable"]]
    assert [len(part["rows"]) for part in parts] == [1, 0, 0]
    row = parts[0]["rows"][0]
    assert (row["quote"], row["document"]) == ("shelled Kharkiv", FIRST.id)
    assert {"same act", "same party", "same place"} <= set(row["reasons"])
    assert threads.get(f"/api/v1/claims/{row['claim']}").status_code == 200
    assert parts[1]["finding"] == "no row speaks of this"
    assert SECOND.text[slice(*parts[1]["span"])] == parts[1]["words"]


def test_serve_a_report_without_readers_has_an_empty_thread(threads: TestClient) -> None:
    assert threads.get(f"/api/v1/documents/{FIRST.id}/thread").json()["comments"] == []
    assert threads.get("/api/v1/documents/d-000000000000/thread").status_code == 404


def test_serve_a_prediction_is_resolved_by_a_row_and_taken_back(
    tmp_path: Path, tools: Tools
) -> None:
    path = str(tmp_path / "ledger.db")
    with open_ledger(path, create=True) as ledger:
        for document in (FORETOLD, CAME):
            file_reading(ledger, read_document(document, tools=tools))
        row = ledger.claims(ClaimQuery(document_id=CAME.id)).rows[0].claim.id
    with TestClient(create_app(Settings(ledger=path)), base_url=HERE) as browser:
        page = browser.get("/discussion?act=prediction").text
        assert "Foretold: nobody has said what became of it" in page
        given = {"csrf_token": token_in(page), "outcome": "came_true", "reason": "four died"}
        address = f"/discussion/{FORETOLD.id}/1"
        assert browser.post(address, data=given).status_code == 400
        page = browser.post(address, data={**given, "ground": row}).text
        assert f"came true, by {row}" in page
        assert f"/claims/{row}" in page
        told = browser.get(f"/api/v1/documents/{FORETOLD.id}/thread").json()["comments"]
        assert told[0]["prediction"]["outcome"] == "came_true"
        assert told[0]["prediction"]["ground"] == row
        assert told[1]["prediction"] is None
        name = told[0]["prediction"]["judgements"][0]["id"]
        page = browser.post(f"/review/undo/{name}", data=given).text
        assert "nobody has said what became of it" in page
