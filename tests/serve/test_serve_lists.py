"""Lists that are narrowed: incidents and sayings by facets, parties as people write them, losses by who counts."""

import re

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import Ledger
from counterclaim.records.query import IncidentQuery
from counterclaim.service.incident_list import IncidentAsk, catalogue_of
from counterclaim.service.statement_views import SayingAsk, sayings_of
from tests.serve.markup import Page

CODES = re.compile(
    r"\b(?:ASSAULT|COERCE|MOBILIZE|RETREAT|unanswered\(|party_only|rule \d+|R1\d\b|slot)\b"
)
"""Words of the codebook that nobody should have to read."""


def shown(told: str) -> int:
    found = re.search(r'class="counted".*?<strong>([\d,]+)</strong>', told, re.DOTALL)
    return int(found[1].replace(",", "")) if found else 0


def test_serve_incidents_fold_single_mentions(client: TestClient, ledger: Ledger) -> None:
    every = ledger.incidents(limit=500).rows
    single = sum(card.claims == 1 for card in every)
    told = client.get("/incidents").text
    assert shown(told) == len(every) - single
    assert f"{single} single mentions folded away" in told
    assert shown(client.get("/incidents?single=yes").text) == len(every)


def test_serve_incidents_have_titles_of_people(client: TestClient) -> None:
    told = client.get("/incidents?single=yes").text
    titles = [
        item.text() for item in Page(told).all("a") if item.attributes.get("class") == "title"
    ]
    assert "Airstrikes inside Armenia, 14 October 2020" in titles
    assert "admitted by Azerbaijan, confirmed by Armenia" in told
    assert not [title for title in titles if CODES.search(title)]


@pytest.mark.parametrize("facet", ["kind", "status", "party"])
def test_serve_incidents_count_as_the_ledger_does(ledger: Ledger, facet: str) -> None:
    catalogue = catalogue_of(ledger)
    counts = catalogue.find(IncidentAsk(single=True)).counts[facet]
    assert counts
    for item in counts:
        query = IncidentQuery(**{facet: item.value})  # type: ignore[arg-type]  # these take words
        rows = ledger.incidents(query, limit=500).rows
        assert len(rows) == item.rows, item


def test_serve_incidents_where_both_sides_spoke(ledger: Ledger) -> None:
    found = catalogue_of(ledger).find(IncidentAsk(both=True, single=True))
    agreed = {card.id for card in ledger.incidents(IncidentQuery(status="agreed_by_both")).rows}
    assert agreed
    assert agreed <= {item.id for item in found.facts}
    assert all(item.both_spoke for item in found.facts)


def test_serve_incidents_of_words(client: TestClient) -> None:
    assert 0 < shown(client.get("/incidents?q=launcher&single=yes").text) < 5
    assert "No incident matches" in client.get("/incidents?q=xyzzy&single=yes").text


@pytest.mark.parametrize("path", ["/incidents?single=yes&party={}", "/acts?party={}"])
@pytest.mark.parametrize("words", ["azerbaijan", "Baku", "azeris", "Azerbaijani defence ministry"])
def test_serve_parties_are_found_however_written(client: TestClient, path: str, words: str) -> None:
    there = client.get(path.format("Azerbaijan")).text
    here = client.get(path.format(words)).text
    assert shown(here) == shown(there) > 0
    assert "<strong>Azerbaijan</strong> here" in here


@pytest.mark.parametrize("path", ["/incidents?party={}", "/acts?target={}", "/casualties?party={}"])
def test_serve_parties_unknown_are_offered(client: TestClient, path: str) -> None:
    told = client.get(path.format("Azerbaijn")).text
    assert "Nobody here is called" in told
    assert re.search(r'href="[^"]*=Azerbaijan"[^>]*>Azerbaijan</a>', told)


def test_serve_acts_tell_who_denied_what(client: TestClient) -> None:
    told = client.get("/acts?act=deny&party=yerevan").text
    assert shown(told) == 1
    assert re.search(r"<strong>Ministry of Defence, Armenia</strong> denied", told)
    assert "it had fired into Azerbaijan" in told
    assert "In the report" in told


def test_serve_acts_tell_of_whom(client: TestClient) -> None:
    told = client.get("/acts?act=accuse&target=armenians").text
    assert shown(told) >= 1
    assert "Ganja" in told


def test_serve_acts_count_each_saying_once(ledger: Ledger) -> None:
    found = sayings_of(ledger).find(SayingAsk(), limit=500)
    assert found.total == len(found.rows)
    assert sum(item.rows for item in found.counts["act"]) == found.total
    days = [row.said.known_on for row in found.rows]
    assert days == sorted(days, reverse=True)


def test_serve_incident_has_a_column_for_the_silent_side(
    client: TestClient, ledger: Ledger
) -> None:
    quiet = [
        card
        for card in ledger.incidents(IncidentQuery(kind="event"), limit=200).rows
        if "silent here" in client.get(f"/incidents/{card.id}").text
    ]
    assert quiet
    told = client.get(f"/incidents/{quiet[0].id}").text
    assert "says nothing in the reports kept here" in told


def test_serve_casualties_set_counts_apart(client: TestClient) -> None:
    told = client.get("/casualties").text
    page = Page(told)
    heads = {item.text() for item in page.all("th")}
    assert {"Its own count", "Its enemy’s count", "Others’ count"} <= heads
    assert "Explain this number" in told
    assert "that no later number replaced" in told


@pytest.mark.parametrize(
    ("asked", "inside", "outside"),
    [
        ("harm=killed&category=military", "555", "42"),
        ("counter=self&category=civilian", "42", "555"),
    ],
)
def test_serve_casualties_are_narrowed(
    client: TestClient, asked: str, inside: str, outside: str
) -> None:
    page = Page(client.get(f"/casualties?{asked}").text)
    numbers = {
        item.text() for item in page.all("td") if item.attributes.get("class") == "number big"
    }
    assert inside in numbers
    assert outside not in numbers


@pytest.mark.parametrize(
    "address",
    ["/incidents?kind=war", "/incidents?sort=fun", "/acts?act=sing", "/casualties?harm=bored"],
)
def test_serve_lists_refuse_what_is_no_choice(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "choose one of" in answer.text


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("/incidents?month=2020", "write it as 2020-10"),
        ("/incidents?month=2020-13", "write it as 2020-10"),
        ("/acts?month=%3Cb%3E", "write it as 2020-10"),
        ("/incidents?single=maybe", "choose one of yes, no"),
    ],
)
def test_serve_lists_refuse_what_is_no_month_and_no_yes(
    client: TestClient, address: str, advice: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert advice in answer.text
    assert "<b>" not in answer.text


def test_serve_pages_show_no_codes(pages: dict[str, str]) -> None:
    for address in (
        "/?since=2020-01-01",
        "/incidents",
        "/incidents?single=yes",
        "/acts",
        "/casualties",
    ):
        words = re.sub(r"<(?:script|style).*?</(?:script|style)>|<[^>]+>", " ", pages[address])
        assert not CODES.search(words), (address, CODES.search(words))


@pytest.mark.parametrize("words", ["missiles", "missile allegedly", "“missiles”"])
def test_serve_acts_are_found_by_the_words_of_their_sentences(
    client: TestClient, words: str
) -> None:
    page = client.get("/acts", params={"q": words}).text
    whole = client.get("/acts").text
    sentences = re.findall(r"<blockquote>([^<]*)</blockquote>", page)
    assert sentences
    assert all("missile" in sentence for sentence in sentences)
    assert len(sentences) < whole.count("<blockquote>")
    assert re.search(r"<h3>Did what</h3>.*?admitted", page, re.DOTALL)


def test_serve_acts_without_a_word_in_what_is_asked_for_say_so(client: TestClient) -> None:
    assert client.get("/acts", params={"q": "…"}).status_code == 400
    none = client.get("/acts", params={"q": "unheard-of"}).text
    assert "No statement matches" in none
