"""Merging: pairs offered with reasons and both sentences, merged or kept apart from the page, undone."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.service.ledger_service import file_reading
from tests.conftest import ReadText
from tests.serve.benches import LogIn, served, token_in

MARKET = "Armenia shelled the market of Ganja, killing 12 civilians, Azerbaijan said."
SCHOOL = "Azerbaijan said that Armenian missiles had hit a school in Ganja."


@pytest.fixture
def two(tmp_path: Path, read_text: ReadText) -> Iterator[TestClient]:
    """Serve a ledger in which two incidents are alike."""
    path = str(tmp_path / "two.db")
    with open_ledger(path, create=True) as ledger:
        for text, day in ((MARKET, 11), (SCHOOL, 13)):
            file_reading(ledger, read_text(text, date(2020, 10, day)))
    with served(path) as client:
        yield client


def choose(client: TestClient, address: str, action: str, **given: str) -> str:
    page = client.get(address).text
    form = re.search(r'<form method="post" action="(/review/incidents/i-\w+)"', page)
    assert form is not None
    data = {"csrf_token": token_in(page), "action": action, **given}
    answer = client.post(form[1], data=data, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def other_in(page: str) -> str:
    found = re.search(r'name="other" value="(i-\w+)"', page)
    assert found is not None
    return found[1]


def test_serve_merging_lists_a_pair_once_with_both_sentences_and_reasons(two: TestClient) -> None:
    page = two.get("/review/pairs").text
    assert page.count('class="twins"') == 1
    for words in (
        "shelled the market",
        "hit a school",
        "at the same place",
        "2 days apart",
        "Alike to",
    ):
        assert words in page
    assert ">same place<" not in page


def test_serve_merging_keeps_apart_and_takes_that_back(two: TestClient) -> None:
    address = "/review/pairs"
    place = choose(two, address, "part", other=other_in(two.get(address).text), back="pairs")
    assert place.startswith("/review/pairs?done=j-")
    page = two.get(place).text
    assert "None of these incidents is like another one" in page
    undo = re.search(r'action="(/review/undo/j-[0-9a-f]+)"', page)
    assert undo is not None
    two.post(undo[1], data={"csrf_token": token_in(page)})
    assert 'class="twins"' in two.get("/review/pairs?after=").text


def test_serve_merging_merges_from_the_incident_by_the_offered_pair(two: TestClient) -> None:
    pairs = two.get("/review/pairs").text
    other = other_in(pairs)
    home = re.search(r'action="/review/incidents/(i-\w+)"', pairs)
    assert home is not None
    page = two.get(f"/review/incidents/{home[1]}").text
    assert "Likely the same happening" in page
    assert f'name="near" value="{other}"' in page
    place = choose(two, f"/review/incidents/{home[1]}", "merge", near=other)
    page = two.get(place).text
    assert "shelled the market" in page
    assert "hit a school" in page
    assert "Likely the same happening" not in page


def test_serve_merging_asks_for_the_other_incident(two: TestClient) -> None:
    page = two.get("/review/pairs").text
    home = re.search(r'action="(/review/incidents/i-\w+)"', page)
    assert home is not None
    for action in ("merge", "part"):
        answer = two.post(home[1], data={"csrf_token": token_in(page), "action": action})
        assert answer.status_code == 400
        assert "choose the other incident" in answer.text


def test_serve_merging_calls_incidents_what_the_list_calls_them(two: TestClient) -> None:
    page = two.get("/review/pairs").text
    titles = re.findall(r'<a class="title"[^>]*>([^<]+)<', two.get("/incidents?single=yes").text)
    assert sum(title in page for title in titles) >= 2
    assert "ASSAULT" not in page


def test_serve_merging_shows_readers_pairs_without_forms(team: LogIn) -> None:
    page = team("Rea").get("/review/pairs").text
    assert "Likely the same" in page
    assert "/review/incidents/" not in page
