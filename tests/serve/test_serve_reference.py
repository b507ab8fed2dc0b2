"""The API for people and programs: its page, unknown parameters, sentences, other sites, reports added."""

from typing import Any

from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.serve.pages.reference import kind_of, operations_of
from tests.serve.benches import LogIn, served, token_in

SITE = "https://desk.example"


def test_serve_reference_page_shows_every_operation_parameter_and_field(local: TestClient) -> None:
    page = local.get("/api").text
    described = local.get("/api/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            assert f"{method.upper()}</span> <code>{path}</code>" in page
            for item in told.get("parameters", ()):
                assert f"<code>{item['name']}</code>" in page
    assert "integer, 1 to 500" in page
    assert "The sentence that holds it." in page
    assert "<script" not in page.replace('<script src="/static/keys.js', "")


def test_serve_reference_tells_kinds_in_words() -> None:
    assert kind_of({"type": "integer", "minimum": 1, "maximum": 5000}, {}) == "integer, 1 to 5,000"
    assert kind_of({"anyOf": [{"type": "string"}, {"type": "null"}]}, {}) == "text or null"
    assert kind_of({"type": "array", "items": {"type": "string"}}, {}) == "list of text"
    assert kind_of({"enum": ["a", "b"]}, {}) == "one of a, b"
    told: dict[str, Any] = {"paths": {"/x": {"get": {"responses": {"200": {}}}}}}
    ((tag, operation),) = operations_of(told)
    assert (tag, operation.path, operation.parameters) == ("other", "/x", ())


def test_serve_api_refuses_parameters_that_it_does_not_take(local: TestClient) -> None:
    for path in ("claims", "figures", "incidents", "documents", "judgements", "session"):
        answer = local.get(f"/api/v1/{path}?foo=bar")
        assert answer.status_code == 422, path
        assert "'foo' is no parameter of this address; it takes:" in answer.json()["detail"]
    assert "kind, known_on, limit, party" in local.get("/api/v1/claims?x=1").json()["detail"]
    assert "takes: none" in local.get("/api/v1/session?x=1").json()["detail"]
    assert local.get("/api/v1/claims?kind=event&limit=1").status_code == 200


def test_serve_api_rows_have_their_sentence(local: TestClient, kept: str) -> None:
    with open_ledger(kept) as ledger:
        texts = ledger.texts([card.id for card in ledger.documents().rows])
    for path in ("claims", "figures", "ceasefires", "positions"):
        rows = local.get(f"/api/v1/{path}").json()["rows"]
        assert rows, path
        for row in rows:
            assert row["words"], path
            assert row["words"] in texts[row["document"]]
            assert row["quote"] in row["words"]
    one = local.get(f"/api/v1/claims/{local.get('/api/v1/claims').json()['rows'][0]['id']}").json()
    assert one["words"]


def test_serve_api_lets_pages_of_named_sites_ask_and_nobody_elses(kept: str) -> None:
    with served(kept, cors=(SITE,)) as client:
        told = client.options("/api/v1/claims", headers={"origin": SITE})
        assert told.status_code == 204
        assert told.headers["access-control-allow-origin"] == SITE
        assert "authorization" in told.headers["access-control-allow-headers"]
        answer = client.get("/api/v1/claims", headers={"origin": SITE})
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "access-control-allow-credentials" not in answer.headers
        for path, origin in (("/api/v1/claims", "https://evil.example"), ("/", SITE)):
            other = client.get(path, headers={"origin": origin})
            assert "access-control-allow-origin" not in other.headers
        written = client.post(
            "/api/v1/judgements", json={}, headers={"origin": SITE, "sec-fetch-site": "cross-site"}
        )
        assert written.status_code == 403, "without a token another site writes nothing"


def test_serve_api_adds_a_report(team: LogIn) -> None:
    eve = team("Eve")
    page = eve.get("/account").text
    token = token_in(page)
    given = {
        "text": "Lowland said on Monday that 7 soldiers were killed near Varn.",
        "published": "2031-05-07",
        "outlet": "Daily Post",
    }
    headers = {"x-csrf-token": token}
    first = eve.post("/api/v1/documents", json=given, headers=headers)
    assert first.status_code == 201, first.text
    assert first.json()["outlet"] == "Daily Post"
    assert first.json()["claims"]
    assert first.headers["location"].endswith(first.json()["id"])
    assert eve.post("/api/v1/documents", json=given, headers=headers).status_code == 200
    for wrong in ({}, {"text": ""}, {**given, "published": "soon"}, {**given, "x": 1}):
        assert eve.post("/api/v1/documents", json=wrong, headers=headers).status_code == 422
    rea = team("Rea")
    refused = rea.post(
        "/api/v1/documents",
        json=given,
        headers={"x-csrf-token": token_in(rea.get("/account").text)},
    )
    assert refused.status_code == 403
