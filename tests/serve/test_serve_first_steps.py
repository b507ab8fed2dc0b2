"""First steps while the ledger is empty, with the demo report; and help that explains the words of each page."""

import re
import time

from fastapi.testclient import TestClient

from counterclaim.serve.rendering import NAVIGATION
from counterclaim.tell.glossary import GLOSSARY
from tests.serve.benches import LogIn, token_in


def test_serve_an_empty_ledger_begins_with_the_first_steps(empty: TestClient) -> None:
    page = empty.get("/").text
    assert "<h1>This ledger is empty: first steps</h1>" in page
    assert 'action="/start/demo"' in page
    assert 'href="/add"' in page


def test_serve_a_ledger_with_reports_begins_with_today(local: TestClient) -> None:
    assert "<h1>Today</h1>" in local.get("/").text
    assert "<h1>First steps</h1>" in local.get("/start").text


def test_serve_the_demo_report_is_a_draft_until_it_is_kept(empty: TestClient) -> None:
    token = token_in(empty.get("/").text)
    draft = empty.post("/start/demo", data={"csrf_token": token}, follow_redirects=False)
    assert draft.status_code == 303
    place = draft.headers["location"]
    for _ in range(600):
        if empty.get(f"{place}/state").json()["state"] != "reading":
            break
        time.sleep(0.1)
    assert "Strikes inside Armenia admitted" in empty.get(place).text
    assert "first steps" in empty.get("/").text
    kept = empty.post(f"{place}/keep", data={"csrf_token": token}, follow_redirects=False)
    assert kept.headers["location"].startswith("/sources/d-")
    assert "<h1>Today</h1>" in empty.get("/").text


def test_serve_a_reader_is_offered_no_step_that_he_may_not_take(team: LogIn) -> None:
    reader = team("Rea")
    page = reader.get("/start").text
    assert "/start/demo" not in page
    assert 'href="/add"' not in page
    assert 'href="/people"' not in page
    assert 'href="/people"' in team("Ada").get("/start").text
    token = token_in(reader.get("/account").text)
    assert reader.post("/start/demo", data={"csrf_token": token}).status_code == 403


def test_serve_every_page_explains_its_words(local: TestClient) -> None:
    for address, _ in NAVIGATION:
        page = local.get(address).text
        help_ = re.search(r'<details class="help".*?</details>', page, re.DOTALL)
        assert help_ is not None, address
        assert "<dt>" in help_[0], address
    assert 'class="help"' not in local.get("/nowhere").text


def test_serve_method_has_every_word(local: TestClient) -> None:
    page = local.get("/method").text
    for word in GLOSSARY:
        assert f"<strong>{word[:1].upper()}{word[1:]}</strong>" in page
    assert "slot" not in re.sub(r"<[^>]*>", " ", page)


def test_serve_one_shared_page_offers_no_other(team: LogIn) -> None:
    admin = team("Ada")
    token = token_in(admin.get("/people").text)
    made = admin.post(
        "/people", data={"csrf_token": token, "action": "share", "path": "/incidents", "days": "3"}
    )
    link = re.search(r"<code>[^<]*(/shared/[^<]+)</code>", made.text)
    assert link is not None
    visitor = team("")
    page = visitor.get(link[1]).text
    assert "shared with you, read only" in page
    for offered in ("/search", "/start", "/method", "/api", "/review", "/add"):
        assert f'"{offered}' not in page.replace('href="/method#rule-', ""), offered


def test_serve_who_joined_by_link_is_told_to_log_in(team: LogIn) -> None:
    admin = team("Ada")
    token = token_in(admin.get("/people").text)
    made = admin.post(
        "/people", data={"csrf_token": token, "action": "invite", "role": "reader", "days": "3"}
    )
    link = re.search(r"<code>[^<]*(/join/[^<]+)</code>", made.text)
    assert link is not None
    guest = team("")
    form = guest.get(link[1]).text
    told = guest.post(
        link[1],
        data={"csrf_token": token_in(form), "name": "Cyn", "password": "six other plain words"},
    )
    assert "Your password is set. Log in with it" in told.text
    assert "Your password is set" not in guest.get("/login").text
