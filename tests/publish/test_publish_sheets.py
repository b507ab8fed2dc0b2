"""Sheets in the workbench: linked from the pages, dated, with an address that lasts, and with the same guard as all else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.publish.sheet import SHEETS
from counterclaim.records.judgement import Judgement
from counterclaim.records.reading import Reading
from counterclaim.serve import Settings, create_app
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_service import judge

HERE = "http://127.0.0.1:8000"
HOSTILE = '"><img src=x onerror=alert(2)>'
TEXT = (
    "Azerbaijan said that Armenian forces shelled the city of Ganja on Tuesday, killing 42 civilians <script>alert(1)</script>. "
    "Armenia denied that it had shelled Ganja on Tuesday. Armenia said 12 of its soldiers were killed.\n"
)


@pytest.fixture(scope="module")
def reading(tools: Tools) -> Reading:
    return read(TEXT, published=date(2020, 10, 14), outlet=HOSTILE, title=HOSTILE, tools=tools)


@pytest.fixture
def path(reading: Reading, tmp_path: Path) -> str:
    made = str(tmp_path / "own.db")
    with open_ledger(made, create=True) as ledger:
        ledger.post(reading, link_into_ledger(reading))
    return made


@pytest.fixture
def desk(path: str) -> Iterator[TestClient]:
    app = create_app(Settings(ledger=path), sheets=SHEETS)
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 5000)) as found:
        yield found


def kept(desk: TestClient) -> Ledger:
    found = desk.app.state.ledger  # type: ignore[attr-defined]  # our own app's
    assert isinstance(found, Ledger)
    return found


def an_incident(ledger: Ledger) -> str:
    return next(
        card.id
        for card in ledger.incidents().rows
        if any(entry.claim.stance == "deny" for entry in ledger.incident(card.id).entries)
    )


def test_sheets_an_incident_leads_to_its_sheet_with_address_and_day(desk: TestClient) -> None:
    name = an_incident(kept(desk))
    assert f'href="/sheets/{name}"' in desk.get(f"/incidents/{name}").text
    page = desk.get(f"/sheets/{name}")
    assert page.status_code == 200
    assert f"{HERE}/incidents/{name}" in page.text
    assert kept(desk).seal() in page.text
    today = datetime.now(UTC).date()
    assert f"on {today.day} {today:%b %Y}" in page.text
    assert 'href="/sheets/sheet.css"' in page.text
    assert "<style" not in page.text, "the workbench's policy lets no style stand in a page"
    assert "Armenia denied that it had shelled Ganja on Tuesday." in page.text
    assert "method.html" not in page.text
    assert "The rules that give these statuses" in page.text


def test_sheets_an_account_leads_to_its_sheet(desk: TestClient) -> None:
    listed = desk.get("/casualties", params={"party": "Armenia"}).text
    assert 'href="/sheets/account%3AArmenia"' in listed
    assert 'href="/cite/account%3AArmenia.txt"' in listed
    page = desk.get("/sheets/account%3AArmenia").text
    assert "Losses of Armenia" in page
    assert f"{HERE}/casualties?party=Armenia" in page
    assert "Armenia said 12 of its soldiers were killed." in page
    assert "Losses of all sides" in desk.get("/sheets/account").text


def test_sheets_hold_what_was_known_on_the_day_asked(desk: TestClient) -> None:
    name = an_incident(kept(desk))
    page = desk.get(f"/incidents/{name}", params={"known_on": "2020-10-15"}).text
    assert f'href="/sheets/{name}?known_on=2020-10-15&amp;clock=published"' in page
    sheet = desk.get(f"/sheets/{name}", params={"known_on": "2020-10-15"}).text
    assert "published by 15 Oct 2020" in sheet


def test_sheets_put_nothing_from_outside_on_a_page_but_as_words(desk: TestClient) -> None:
    for row in (an_incident(kept(desk)), "account"):
        page = desk.get(f"/sheets/{row}").text
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;img" in page or "&lt;script" in page


def test_sheets_style_prints_without_what_is_for_the_screen(desk: TestClient) -> None:
    style = desk.get("/sheets/sheet.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "@media print" in style.text
    assert ".screen" in style.text
    assert 'class="soft screen"' in desk.get("/sheets/account").text


@pytest.mark.parametrize(
    ("row", "status"), [("i-000000000000", 404), ("c-000000000000", 400), ("account:Nobody", 400)]
)
def test_sheets_of_nothing_are_refused(row: str, status: int, desk: TestClient) -> None:
    assert desk.get(f"/sheets/{row}").status_code == status


def test_sheets_of_a_merged_incident_lead_on(desk: TestClient) -> None:
    ledger = kept(desk)
    names = [card.id for card in ledger.incidents().rows if card.kind == "casualty"][:2]
    first, second = [ledger.incident(name).entries[0].claim.id for name in names]
    judge(ledger, Judgement(subject=first, other=second, verdict="same", by="Ada"))
    (gone,) = [name for name in names if not ledger.incident(name).entries]
    (heir,) = ledger.lineage.heirs(gone)
    assert f"{HERE}/incidents/{heir}" in desk.get(f"/sheets/{gone}").text


def test_sheets_a_team_signs_in_before_it_sees_them(path: str) -> None:
    with open_ledger(path) as ledger:
        ledger.people.add("Root", "admin", "long enough a password", by="test")
    app = create_app(Settings(ledger=path, team=True), sheets=SHEETS)
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 5000)) as client:
        answer = client.get("/sheets/account", follow_redirects=False)
    assert answer.status_code in {303, 307, 401, 403}
    assert "Armenia" not in answer.text


def test_sheets_no_page_leads_to_them_where_there_are_none(path: str) -> None:
    with TestClient(create_app(Settings(ledger=path)), base_url=HERE) as client:
        name = an_incident(kept(client))
        assert "/sheets/" not in client.get(f"/incidents/{name}").text
        assert client.get("/sheets/account").status_code == 404
