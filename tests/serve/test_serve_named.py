"""Parties can be typed as people do, and are suggested, wherever a page asks for one."""

import re

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import Ledger
from counterclaim.records.query import ClaimQuery

ASKING = {
    "/incidents": "party",
    "/acts": "party",
    "/casualties": "party",
    "/ceasefires": "party",
    "/positions": "party",
    "/map": "party",
    "/timeline": "party",
    "/actors": "beginning",
}


@pytest.mark.parametrize(("address", "name"), ASKING.items())
def test_serve_named_suggests_parties(client: TestClient, address: str, name: str) -> None:
    page = client.get(address).text
    field = re.search(rf'<input id="{name}"[^>]*list="names"', page)
    assert field is not None
    suggested = re.findall(r'<option value="([^"]+)">', page[page.index('<datalist id="names"') :])
    assert {"Armenia", "Azerbaijan"} <= set(suggested)


@pytest.mark.parametrize(
    "address", ["/ceasefires", "/positions", "/map", "/timeline", "/acts", "/incidents"]
)
def test_serve_named_takes_a_capital_for_its_country(client: TestClient, address: str) -> None:
    typed = client.get(f"{address}?party=yerevan&single=yes").text
    assert "“yerevan” is <strong>Armenia</strong> here" in typed
    exact = client.get(f"{address}?party=Armenia&single=yes").text
    assert rows_of(typed) == rows_of(exact) != []


def rows_of(page: str) -> list[str]:
    return re.findall(r'href="(/(?:sources/d-|incidents/i-)[^"]+)"', page[page.index("<main") :])


@pytest.mark.parametrize("address", ["/ceasefires", "/positions", "/map", "/timeline"])
def test_serve_named_offers_who_may_be_meant(client: TestClient, address: str) -> None:
    page = client.get(f"{address}?party=Azerbaijin").text
    assert "Did you mean" in page
    assert "party=Azerbaijan" in page


def test_serve_named_actors_lead_on_from_a_capital(client: TestClient) -> None:
    assert 'href="/actors/Armenia"' in client.get("/actors?beginning=yerevan").text
    lost = client.get("/actors?beginning=Azerbaijin").text
    assert "beginning=Azerbaijan" in lost


def test_serve_named_actor_shows_incidents_as_the_list_does(client: TestClient) -> None:
    page = client.get("/actors/Azerbaijan").text
    listed = re.findall(
        r'<a class="title"[^>]*>([^<]+)<', client.get("/incidents?party=Azerbaijan&single=yes").text
    )
    titles = re.findall(r'<a class="title"[^>]*>([^<]+)<', page)
    assert titles
    assert set(titles) <= set(listed)
    assert 'class="slot"' not in page


def test_serve_named_review_suggests_parties_of_other_reports_too(
    client: TestClient, ledger: Ledger
) -> None:
    claim = ledger.claims(ClaimQuery(kind="ceasefire")).rows[0].claim
    page = client.get(f"/review/{claim.id}").text
    suggested = page[page.index('<datalist id="parties"') :]
    assert '<option value="Turkey">' in suggested
    assert suggested.index('value="Armenia"') < suggested.index('value="Turkey"')
