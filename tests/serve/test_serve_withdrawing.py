"""A report's page withdraws it and brings it back; who may not decide sees that it is gone, and nothing of it."""

import re
from collections.abc import Callable

from fastapi.testclient import TestClient

from counterclaim.records.reading import Reading

LogIn = Callable[[str], TestClient]


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_serve_report_is_withdrawn_and_brought_back_on_its_page(
    local: TestClient, readings: tuple[Reading, ...]
) -> None:
    claim, home = readings[0].claims[0], f"/sources/{readings[0].document.id}"
    page = local.get(f"{home}?page=one").text
    assert "Withdraw this report" in page
    answer = local.post(
        f"{home}/withdraw", data={"reason": "<b>mistake</b>", "csrf_token": token(page)}
    )
    assert answer.status_code == 200, answer.text
    gone = local.get(f"/claims/{claim.id}").text
    assert "Withdrawn</strong>" in gone
    assert "by Ada: &lt;b&gt;mistake&lt;/b&gt;" in gone
    assert "soldiers were killed and 30 wounded" in gone
    assert readings[0].document.id not in local.get("/sources?page=two").text
    assert home not in local.get("/search?q=wounded").text
    local.post(f"{home}/restore", data={"reason": "none", "csrf_token": token(gone)})
    assert "Withdraw this report" in local.get(f"{home}?page=three").text
    assert readings[0].document.id in local.get("/sources?page=four").text


def test_serve_reader_sees_nothing_of_a_withdrawn_report(
    team: LogIn, readings: tuple[Reading, ...]
) -> None:
    home = f"/sources/{readings[0].document.id}"
    analyst, reader = team("Ben"), team("Rea")
    assert "30 wounded" in reader.get(f"{home}?page=five").text
    assert "Withdraw this report" not in reader.get(f"{home}?page=five").text
    page = analyst.get(f"{home}?page=six").text
    refused = reader.post(f"{home}/withdraw", data={"reason": "x", "csrf_token": token(page)})
    assert refused.status_code == 403
    answer = analyst.post(
        f"{home}/withdraw", data={"reason": "asked for", "csrf_token": token(page)}
    )
    assert answer.status_code == 200
    gone = reader.get(f"{home}?page=seven")
    assert gone.status_code == 410
    assert "withdrawn on" in gone.text
    assert "by Ben: asked for" in gone.text
    assert "wounded" not in gone.text
    claim = readings[0].claims[0].id
    assert reader.get(f"/review/{claim}").status_code == 410
    assert analyst.get(f"/review/{claim}").status_code == 200


def test_serve_reports_are_withdrawn_by_program(
    local: TestClient, readings: tuple[Reading, ...]
) -> None:
    name, claim = readings[0].document.id, readings[0].claims[0].id
    head = {
        "origin": "http://127.0.0.1:8000",
        "x-csrf-token": local.get("/api/v1/session").json()["csrf_token"],
    }
    asked = {"document": name, "reason": "mistake"}
    done = local.post("/api/v1/withdrawals", json=asked, headers=head)
    assert done.status_code == 201, done.text
    assert done.json()["by"] == "Ada"
    assert local.get("/api/v1/withdrawals").json()[0]["document"] == name
    for address in (f"/api/v1/claims/{claim}", f"/api/v1/documents/{name}"):
        gone = local.get(address)
        assert gone.status_code == 410
        assert "withdrawn on" in gone.text
        assert "wounded" not in gone.text
    assert local.post("/api/v1/withdrawals", json=asked, headers=head).status_code == 400
    back = local.post(f"/api/v1/withdrawals/{name}/restore", json={"reason": "x"}, headers=head)
    assert back.json()["withdrawn"] is False
    assert local.get(f"/api/v1/claims/{claim}").status_code == 200
    assert local.get("/api/v1/withdrawals").json() == []


PAGES = (
    "/?since=2020-01-01",
    "/incidents?single=yes",
    "/acts",
    "/casualties",
    "/casualties?view=sides",
    "/ceasefires",
    "/positions",
    "/timeline",
    "/map",
    "/sources",
    "/actors",
    "/search?q=wounded",
    "/search?q=Varn",
    "/discussion",
    "/problems",
    "/review",
    "/api/v1/claims?limit=500",
    "/api/v1/incidents?limit=500",
    "/api/v1/figures",
    "/api/v1/ceasefires",
    "/api/v1/positions",
    "/api/v1/documents",
    "/api/v1/search?q=wounded",
    "/api/v1/problems",
    "/api/v1/changes?since=2020-01-01",
)


def test_serve_no_list_shows_a_withdrawn_report(
    local: TestClient, readings: tuple[Reading, ...]
) -> None:
    """The first report's own words, ids and place are on no list; before, they were on most."""
    name = readings[0].document.id
    told = (name, "30 wounded", "shelled Varn", *(claim.id for claim in readings[0].claims))

    def shown() -> set[str]:
        answers = {address: local.get(address) for address in PAGES}
        return {
            address
            for address, answer in answers.items()
            if answer.status_code == 200 and any(words in answer.text for words in told)
        }

    assert len(shown()) > 12
    page = local.get(f"/sources/{name}?page=eight").text
    data = {"reason": "mistake", "csrf_token": token(page)}
    assert local.post(f"/sources/{name}/withdraw", data=data).status_code == 200
    assert shown() == set()
