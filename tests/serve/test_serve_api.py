"""The API: the views as JSON, paged, tagged, with errors that programs can read."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.ledger import open_ledger
from counterclaim.serve import Settings, create_app
from tests.serve.benches import HERE, LogIn, served

ROOT = Path(__file__).parents[2]
LISTS = ("claims", "incidents", "figures", "ceasefires", "positions", "documents")


@pytest.mark.parametrize("view", LISTS)
def test_serve_api_pages_lead_through_all_rows(local: TestClient, view: str) -> None:
    whole = local.get(f"/api/v1/{view}?limit=500").json()
    assert whole["next"] is None
    assert whole["rows"]
    found: list[Any] = []
    address: str | None = f"/api/v1/{view}?limit=1"
    while address is not None:
        answer = local.get(address)
        found += answer.json()["rows"]
        after = answer.json()["next"]
        link = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        assert (link is None) == (after is None)
        address = None if link is None else link[1]
    assert found == whole["rows"]


def test_serve_api_one_row_is_the_row_of_the_list(local: TestClient) -> None:
    row = local.get("/api/v1/claims?limit=1&kind=casualty").json()["rows"][0]
    assert local.get(f"/api/v1/claims/{row['id']}").json() == row
    text = local.get(f"/api/v1/documents/{row['document']}").json()["text"]
    assert text[row["span"][0] : row["span"][1]] == row["quote"]
    whole = local.get(f"/api/v1/incidents/{row['incident']}").json()
    assert row in whole["claims"]
    assert whole["findings"]


def test_serve_api_narrows(local: TestClient) -> None:
    assert {row["kind"] for row in local.get("/api/v1/claims?kind=casualty").json()["rows"]} == {
        "casualty"
    }
    assert {
        row["speakers"][0] for row in local.get("/api/v1/claims?speaker=Kestria").json()["rows"]
    } == {"Kestria"}
    assert local.get("/api/v1/claims?to=2031-05-02").json()["rows"] == []
    assert local.get("/api/v1/claims?known_on=2031-05-02").json()["rows"] == []
    assert (
        local.get("/api/v1/search?q=wounded").json()["rows"][0]["words"].startswith("Kestria said")
    )


def test_serve_api_tag_holds_until_the_ledger_changes(local: TestClient) -> None:
    first = local.get("/api/v1/claims?limit=2")
    tag = first.headers["etag"]
    same = local.get("/api/v1/claims?limit=2", headers={"if-none-match": f'"other", W/{tag}'})
    assert same.status_code == 304
    assert same.content == b""
    assert same.headers["etag"] == tag
    assert local.get("/api/v1/claims?limit=3", headers={"if-none-match": tag}).status_code == 200
    said = {"subject": first.json()["rows"][0]["id"], "verdict": "accepted"}
    filed = local.post("/api/v1/judgements", json=said, headers={"x-csrf-token": token(local)})
    assert filed.status_code == 201
    changed = local.get("/api/v1/claims?limit=2", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.json()["rows"][0]["judgements"][0]["verdict"] == "accepted"


def token(client: TestClient) -> str:
    found: str = client.get("/api/v1/session").json()["csrf_token"]
    return found


def test_serve_api_judges_and_undoes(local: TestClient, kept: str) -> None:
    claim = local.get("/api/v1/claims?kind=casualty").json()["rows"][0]
    headers = {"x-csrf-token": token(local)}
    said = {
        "subject": claim["id"],
        "verdict": "corrected",
        "field": "number",
        "before": "40",
        "after": "41",
    }
    filed = local.post("/api/v1/judgements", json=said, headers=headers)
    assert filed.json()["by"] == "Ada"
    refused = local.post("/api/v1/judgements", json={**said, "after": "lots"}, headers=headers)
    assert refused.status_code == 400
    undone = local.post(f"/api/v1/judgements/{filed.json()['id']}/undo", headers=headers)
    assert undone.status_code == 201
    again = local.post(f"/api/v1/judgements/{undone.json()['id']}/undo", headers=headers)
    assert again.status_code == 400
    rows = local.get(f"/api/v1/judgements?subject={claim['id']}").json()["rows"]
    assert [(row["after"], row["taken_back"]) for row in rows] == [("41", True)]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/claims/c-000000000000", 404),
        ("/api/v1/claims?kind=rumour", 422),
        ("/api/v1/claims?limit=501", 422),
        ("/api/v1/claims?known_on=yesterday", 422),
        ("/api/v1/search?q=%2D", 400),
        ("/api/v1/nothing", 404),
        ("/api/v1/claims?party=a%00b", 400),
    ],
)
def test_serve_api_errors_are_problems(local: TestClient, address: str, status: int) -> None:
    answer = local.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["detail"]
    assert told["instance"] == address.partition("?")[0]


def test_serve_api_token_of_a_program_writes_without_a_form(team: LogIn, kept: str) -> None:
    from datetime import timedelta

    with open_ledger(kept) as ledger:
        tokens = {
            name: ledger.people.make_token(name, timedelta(days=1)).token for name in ("Ben", "Rea")
        }
    program = team("")
    assert program.get("/api/v1/claims").status_code == 401
    assert (
        program.get("/api/v1/claims", headers={"authorization": "Bearer wrong"}).status_code == 401
    )
    headers = {"authorization": f"Bearer {tokens['Ben']}"}
    claim = program.get("/api/v1/claims", headers=headers).json()["rows"][0]["id"]
    said = {"subject": claim, "verdict": "accepted", "by": "Ada"}
    assert program.post("/api/v1/judgements", json=said, headers=headers).status_code == 422
    del said["by"]
    assert program.post("/api/v1/judgements", json=said, headers=headers).json()["by"] == "Ben"
    reader = {"authorization": f"Bearer {tokens['Rea']}"}
    assert program.get("/api/v1/claims", headers=reader).status_code == 200
    assert program.post("/api/v1/judgements", json=said, headers=reader).status_code == 403


# What the description promises


@pytest.fixture(scope="module")
def described(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    import shutil

    kept = shutil.copy(filled, tmp_path_factory.mktemp("described") / "counterclaim.db")
    return create_app(Settings(ledger=str(kept)))


@pytest.fixture(scope="module")
def asked(described: FastAPI) -> Iterator[TestClient]:
    with TestClient(described, base_url=HERE) as client:
        yield client


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_serve_api_description_is_served(asked: TestClient, described: FastAPI) -> None:
    schema = asked.get("/api/v1/openapi.json").json()
    assert schema == json.loads(json.dumps(described.openapi()))
    assert {path for path, _, _ in operations(schema)} >= {f"/api/v1/{view}" for view in LISTS}
    assert all(path.startswith("/api/v1/") for path in schema["paths"])


def test_serve_api_page_tells_every_route_and_parameter(described: FastAPI) -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    headings = set(re.findall(r"^### `([A-Z]+ [^`]+)`$", page, re.MULTILINE))
    found = operations(described.openapi())
    assert headings == {f"{method.upper()} {path}" for path, method, _ in found}
    for path, method, operation in found:
        section = page.split(f"### `{method.upper()} {path}`")[1].split("\n### ")[0]
        for parameter in operation.get("parameters", ()):
            assert f"`{parameter['name']}`" in section or parameter["in"] == "path", (
                path,
                parameter["name"],
            )


ANYTHING = st.one_of(
    st.text(max_size=30),
    st.integers(-(2**40), 2**40).map(str),
    st.sampled_from(
        [
            "",
            "'",
            '"',
            "%",
            "\\",
            "../../etc/passwd",
            "' OR 1=1 --",
            "NEAR(",
            "*",
            "^",
            "é\u0301",
            "²",
            "١٢",
        ]
    ),
    st.dates().map(str),
)


def values_for(schema: dict[str, Any], rows: list[str]) -> st.SearchStrategy[str]:
    """Return values that fit a parameter's schema, and values that do not."""
    kinds = [schema, *schema.get("anyOf", ())]
    named = [value for kind in kinds for value in kind.get("enum", ())]
    good: list[st.SearchStrategy[str]] = [ANYTHING, st.sampled_from(rows)]
    if named:
        good.append(st.sampled_from(named))
    if any(kind.get("type") == "integer" for kind in kinds):
        good.append(st.integers(0, 600).map(str))
    if any(kind.get("pattern") for kind in kinds):
        good.append(st.sampled_from(["event", "casualty", "ceasefire", "position", "withheld"]))
    return st.one_of(good)


@pytest.fixture(scope="module")
def row_ids(asked: TestClient) -> list[str]:
    rows = asked.get("/api/v1/claims?limit=500").json()["rows"]
    ids = {row[name] for row in rows for name in ("id", "document", "incident")}
    return [
        *sorted(ids),
        "Kestria",
        "Ardenia",
    ]


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_serve_api_answers_whatever_is_asked(
    asked: TestClient, described: FastAPI, row_ids: list[str], data: st.DataObject
) -> None:
    """Walk the description with generated parameters: no failure, and each answer is as described."""
    from urllib.parse import quote

    path, method, operation = data.draw(st.sampled_from(operations(described.openapi())))
    chosen: dict[str, str] = {}
    for parameter in operation.get("parameters", ()):
        value = data.draw(values_for(parameter["schema"], row_ids))
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(value, safe="") or "x")
        elif parameter.get("required") or data.draw(st.booleans()):
            chosen[parameter["name"]] = value
    body = data.draw(bodies(row_ids)) if "requestBody" in operation else None
    headers = {"x-csrf-token": token(asked)} if method == "post" else {}
    answer = asked.request(method, path, params=chosen, json=body, headers=headers)
    assert answer.status_code < 500, answer.text
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == ("application/json" if answer.is_success else "application/problem+json")
    # A path that a generated value takes elsewhere is another route's, or nobody's.
    if str(answer.status_code) not in operation["responses"]:
        assert answer.status_code in {400, 404, 405, 422, 429}


def bodies(rows: list[str]) -> st.SearchStrategy[Any]:
    words = st.one_of(ANYTHING, st.sampled_from(rows))
    verdicts = st.sampled_from(
        ["accepted", "rejected", "corrected", "same", "different", "note", "withdrawn"]
    )
    fields = st.sampled_from(["speaker", "stance", "side", "number", "place", "time"])
    whole = st.fixed_dictionaries(
        {"subject": words, "verdict": verdicts},
        optional={
            "reason": words,
            "other": words,
            "field": fields,
            "before": words,
            "after": words,
        },
    )
    return st.one_of(
        whole, st.dictionaries(st.text(max_size=5), words, max_size=3), words, st.none()
    )


def test_serve_api_ledger_is_whole_after_all_that(described: FastAPI) -> None:
    assert described.state.ledger.verify() == ()


def test_serve_api_documents_of_an_empty_ledger(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.db")
    open_ledger(path, create=True).close()
    with served(path) as client:
        for view in LISTS:
            assert client.get(f"/api/v1/{view}").json() == {"rows": [], "next": None}
        assert client.get("/review").status_code == 200
