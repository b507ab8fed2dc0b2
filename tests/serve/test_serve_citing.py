"""Citing from the workbench: an incident, a claim, an account, each with its lasting address."""

import json

from fastapi.testclient import TestClient

from tests.serve.benches import HERE


def test_serve_incident_page_leads_to_its_citations(local: TestClient) -> None:
    id_ = local.get("/api/v1/incidents").json()["rows"][0]["id"]
    page = local.get(f"/incidents/{id_}").text
    for form in ("txt", "bib", "json"):
        assert f'href="/cite/{id_}.{form}"' in page
    words = local.get(f"/cite/{id_}.txt")
    assert words.headers["content-type"].startswith("text/plain")
    assert f"{HERE}/incidents/{id_}, seen 20" in words.text
    assert local.get(f"/cite/{id_}.bib").text.startswith("@misc{counterclaim-i-")
    (row,) = local.get(f"/cite/{id_}.json").json()
    assert row["URL"] == f"{HERE}/incidents/{id_}"


def test_serve_claims_and_accounts_are_cited(local: TestClient) -> None:
    claim = local.get("/api/v1/claims").json()["rows"][0]["id"]
    assert claim in local.get(f"/cite/{claim}.txt").text
    assert "Losses of Kestria" in local.get("/cite/account:Kestria.txt").text
    assert json.loads(local.get("/cite/account.json").text)[0]["title"]


def test_serve_citing_what_is_not_there_is_told(local: TestClient) -> None:
    assert local.get("/cite/i-000000000000.txt").status_code == 404
    nothing = local.get("/cite/nothing.txt")
    assert nothing.status_code in {400, 404, 422}
    assert "cannot be cited" in nothing.text
    assert local.get("/cite/account.doc").status_code in {404, 422}
