"""The list of sources: narrowed by words, outlet and days, in four orders; what was withdrawn apart; what is printed alike."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.text import Document
from counterclaim.service.ledger_service import file_reading
from counterclaim.service.withdrawing import withdraw_report
from tests.serve.benches import LogIn, served, token_in

LEAD = "A Russian bomb hit an apartment block in Kharkiv on Monday and killed seven civilians."
MORE = "Rescuers pulled a woman and two children from the cellar of number fourteen before the roof gave way, residents of the street said."
REPORTS = (
    ("Bomb in Kharkiv", "The Bugle", date(2024, 5, 20), f"{LEAD} {MORE}"),
    ("Seven dead", "The Post", date(2024, 5, 21), f"{LEAD} {MORE} Smoke rose."),
    ("100% quiet", "The Post", date(2024, 6, 2), "Ukraine denied that it had fired on Belgorod."),
    ("No day", None, None, "Ukraine said that 4 of its soldiers were killed and 9 wounded."),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> Iterator[TestClient]:
    path = str(tmp_path_factory.mktemp("sources") / "kept.db")
    with open_ledger(path, create=True) as ledger:
        for title, outlet, day, text in REPORTS:
            made = Document(text=text, name=title, title=title, outlet=outlet, published=day)
            file_reading(ledger, read_document(made, tools=tools))
    with served(path) as client:
        yield client


def titles(page: str) -> list[str]:
    return re.findall(r'<a data-row href="/sources/d-[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["No day", "100% quiet", "Seven dead", "Bomb in Kharkiv"]),
        ("sort=published", ["100% quiet", "Seven dead", "Bomb in Kharkiv", "No day"]),
        ("sort=oldest", ["Bomb in Kharkiv", "Seven dead", "100% quiet", "No day"]),
        ("q=KHARKIV", ["Bomb in Kharkiv"]),
        ("q=%25", ["100% quiet"]),
        ("outlet=The+Post", ["100% quiet", "Seven dead"]),
        ("outlet=The+Post&last=2024-05-31", ["Seven dead"]),
        ("first=2024-05-21", ["100% quiet", "Seven dead"]),
        ("q=nobody", []),
    ],
)
def test_serve_sources_are_narrowed_and_ordered(
    site: TestClient, asked: str, expected: list[str]
) -> None:
    page = site.get(f"/sources?{asked}").text
    assert titles(page) == expected
    if asked and not asked.startswith("sort"):
        assert f"<strong>{len(expected)}</strong> report" in page


def test_serve_sources_with_most_claims_come_first(site: TestClient) -> None:
    page = site.get("/sources?sort=claims").text
    claims = [int(number) for number in re.findall(r'data-label="Claims">(\d+)', page)]
    assert len(claims) == len(REPORTS)
    assert claims == sorted(claims, reverse=True)
    assert claims[0] > claims[-1]


def test_serve_sources_offer_each_outlet_with_its_reports(site: TestClient) -> None:
    page = site.get("/sources").text
    assert '<option value="The Post">The Post (2)</option>' in page
    assert (
        '<option value="Nobody" selected>Nobody</option>' in site.get("/sources?outlet=Nobody").text
    )
    assert site.get("/sources?sort=best").status_code == 400


def test_serve_a_report_names_those_printed_alike_with_the_words_that_show_it(
    site: TestClient,
) -> None:
    (bugle,) = re.findall(
        r'href="(/sources/d-[^"]+)">Bomb in Kharkiv', site.get("/sources?q=bomb").text
    )
    page = site.get(bugle).text
    alike = page[page.index('<section id="alike">') : page.index('id="report"')]
    assert "Seven dead" in alike
    assert "stands in the other, word for word or edited" in alike
    assert "100% quiet" not in alike
    words = re.search(r'<a href="#([^"]+)">“', alike)
    assert words is not None
    assert f'id="{words[1]}"' in page
    (quiet,) = re.findall(
        r'href="(/sources/d-[^"]+)">100% quiet', site.get("/sources?q=quiet").text
    )
    assert 'id="alike"' not in site.get(quiet).text


def test_serve_withdrawn_reports_are_listed_with_why_for_who_may_decide(
    team: LogIn, kept: str, tmp_path: Path
) -> None:
    with open_ledger(kept) as ledger:
        gone = ledger.documents().rows[0].id
        withdraw_report(ledger, gone, by="Ada", reason="added <twice>")
    page = team("Ben").get("/sources?show=withdrawn").text
    assert gone in page
    assert "added &lt;twice&gt;" in page
    assert gone not in team("Ben").get("/sources").text
    reader = team("Rea").get("/sources?show=withdrawn").text
    assert gone not in reader
    assert "show=withdrawn" not in reader
    assert token_in(team("Ben").get("/sources/" + gone).text)
