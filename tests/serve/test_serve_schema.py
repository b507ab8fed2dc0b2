"""The API held to its own description by schemathesis: what is declared is what comes."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from counterclaim.ledger import open_ledger
from counterclaim.serve import Settings, create_app
from counterclaim.serve.api import install_api
from counterclaim.serve.people.tokens import FORM, HEADER, form_token
from counterclaim.version import __version__
from tests.serve.benches import HERE, PASSWORD

KEY = "k" * 32
"""A browser's key for its forms."""

BROWSER: dict[str, Any] = {"headers": {HEADER: form_token(KEY)}, "cookies": {FORM: KEY}}
CONFIG = {
    "checks": {
        # What fits the schema may still be refused: a search without words, a correction of what is not so.
        "positive_data_acceptance": {"expected-statuses": ["2xx", 400, 403, 404]}
    }
}


def describe() -> FastAPI:
    """Make an app that is the API's description and nothing else: no ledger is opened while tests are found."""
    app = FastAPI(title="Counterclaim", version=__version__)
    install_api(app)
    return app


API = schemathesis.openapi.from_dict(
    describe().openapi(), config=SchemathesisConfig.from_dict(CONFIG)
).exclude(path="/api/v1/documents", method="POST")
"""All operations but one: each report that is added is read by the whole reader, and a test of its own adds one."""

bounded = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def unhurried() -> Iterator[None]:
    """Let one person write as often as examples are made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("counterclaim.serve.people.auth_middleware.WRITES_A_MINUTE", 100_000)
        patch.setattr("counterclaim.ledger.passwords.COST", (16, 8, 1))
        yield


@pytest.fixture(scope="module")
def open_app(ledger_file: str, unhurried: None, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = shutil.copy(ledger_file, tmp_path_factory.mktemp("schema") / "open.db")
    return create_app(Settings(ledger=str(path)))


@pytest.fixture(scope="module")
def reader(
    ledger_file: str, unhurried: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[FastAPI, dict[str, str]]:
    """Return a shared workbench, and what a program of its reader sends."""
    path = str(shutil.copy(ledger_file, tmp_path_factory.mktemp("schema") / "team.db"))
    with open_ledger(path) as ledger:
        ledger.people.add("Ada", "admin", PASSWORD, by="test")
        ledger.people.add("Rea", "reader", PASSWORD, by="test")
        token = ledger.people.make_token("Rea", timedelta(days=1)).token
    return create_app(Settings(ledger=path, team=True)), {"authorization": f"Bearer {token}"}


def test_serve_schema_is_the_one_that_is_served(client: TestClient) -> None:
    assert client.get("/api/v1/openapi.json").json() == describe().openapi()


@API.parametrize()
@settings(bounded, max_examples=20)
def test_serve_schema_holds_for_whatever_is_sent(case: Any, open_app: FastAPI) -> None:
    case.validate_response(case.call(base_url=HERE, app=open_app, **BROWSER))


@API.parametrize()
@settings(bounded, max_examples=2)
def test_serve_schema_holds_for_a_reader(case: Any, reader: tuple[FastAPI, Any]) -> None:
    app, headers = reader
    answer = case.call(base_url=HERE, app=app, headers=headers)
    # A reader's writing is refused before it is looked up who would take it.
    case.validate_response(answer, excluded_checks=[schemathesis.checks.unsupported_method])
    assert case.method == "GET" or answer.status_code in {403, 405}


def test_serve_schema_holds_for_every_row(open_app: FastAPI) -> None:
    """What examples hardly meet: the rows that there are, and decisions about them."""
    ids: dict[str, list[str]] = {}
    client = TestClient(open_app, base_url=HERE)
    for view in ("claims", "incidents", "documents"):
        rows = client.get(f"/api/v1/{view}?limit=500").json()["rows"]
        ids[view] = [row["id"] for row in rows]
    assert all(ids.values())
    for view, name in (("claims", "claim"), ("incidents", "incident"), ("documents", "document")):
        one = API[f"/api/v1/{view}/{{{name}_id}}"]["GET"]
        for id_ in ids[view][:12]:
            case = one.Case(path_parameters={f"{name}_id": id_})
            answer = case.call(base_url=HERE, app=open_app)
            assert answer.status_code == 200
            case.validate_response(answer)
    judge = API["/api/v1/judgements"]["POST"]
    said: Any = {"subject": ids["claims"][0], "verdict": "note", "reason": "seen"}
    case = judge.Case(body=said, media_type="application/json")
    filed = case.call(base_url=HERE, app=open_app, **BROWSER)
    case.validate_response(filed)
    assert filed.status_code == 201
    undo = API["/api/v1/judgements/{judgement_id}/undo"]["POST"]
    case = undo.Case(path_parameters={"judgement_id": filed.json()["id"]})
    undone = case.call(base_url=HERE, app=open_app, **BROWSER)
    case.validate_response(undone)
    assert undone.status_code == 201
    assert open_app.state.ledger.verify() == ()


def test_serve_schema_names_every_method_of_an_address(client: TestClient) -> None:
    for address, methods in {
        "/api/v1/judgements": "GET, HEAD, POST",
        "/api/v1/claims": "GET, HEAD",
        "/review/undo/j-000000000000": "POST",
    }.items():
        token = client.get("/api/v1/session").json()["csrf_token"]
        answer = client.delete(address, headers={HEADER: token})
        assert answer.status_code == 405
        assert answer.headers["allow"] == methods


@pytest.mark.parametrize("day", ["0", "1602633600", "2020-1-2", "2020-10-14T00:00", "2020-10-14 "])
def test_serve_schema_days_are_written_as_days(client: TestClient, day: str) -> None:
    for name in ("known_on", "from", "to"):
        answer = client.get("/api/v1/claims", params={name: day})
        assert answer.status_code == 422
        assert "2020-10-14" in answer.json()["detail"]
