"""Team: links to join, recover and share; a second factor; first passwords; tokens that may only so much."""

import re

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.ledger.factors import STEP, code_at
from tests.serve.benches import HERE, PASSWORD, LogIn, log_in, token_in
from tests.serve.test_serve_review import decide, figure

NEW = "five other plain words"


def ask_people(admin: TestClient, **sent: str) -> str:
    token = token_in(admin.get("/people").text)
    answer = admin.post("/people", data={**sent, "csrf_token": token})
    assert answer.status_code == 200, answer.text
    return answer.text


def link_in(page: str) -> str:
    found = re.search(rf"<code>{HERE}(/(?:join|shared)/[^<]+)</code>", page)
    assert found is not None
    return found[1]


def test_serve_team_somebody_joins_by_link_once(team: LogIn) -> None:
    address = link_in(ask_people(team("Ada"), action="invite", role="analyst", days="7"))
    visitor = team("")
    page = visitor.get(address).text
    assert "Ada invites you" in page
    sent = {"csrf_token": token_in(page), "name": "Zoe", "password": NEW}
    assert visitor.post(address, data={**sent, "name": "ben"}).status_code == 400
    assert visitor.post(address, data=sent, follow_redirects=False).status_code == 303
    assert visitor.post(address, data=sent).status_code == 404
    assert visitor.get(address).status_code == 404
    zoe = log_in(visitor, "Zoe", NEW)
    assert zoe.get("/review").status_code == 200
    assert zoe.get("/people").status_code == 403


def test_serve_team_admin_recovers_an_account_by_link(team: LogIn) -> None:
    address = link_in(ask_people(team("Ada"), action="recover", name="Ben", days="1"))
    visitor = team("")
    sent = {"csrf_token": token_in(visitor.get(address).text), "password": NEW}
    assert visitor.post(address, data=sent, follow_redirects=False).status_code == 303
    log_in(visitor, "Ben", NEW)
    assert "join by link" in team("Ada").get("/audit").text


def test_serve_team_shares_one_page_to_be_read_and_nothing_else(team: LogIn, kept: str) -> None:
    with open_ledger(kept) as ledger:
        one, other = [card.id for card in ledger.incidents().rows[:2]]
    ada = team("Ada")
    address = link_in(
        ask_people(ada, action="share", path=f"/incidents/{one}", name="a reader", days="14")
    )
    visitor = team("")
    page = visitor.get(address)
    assert page.status_code == 200
    assert page.url.path == f"/incidents/{one}"
    assert 'class="main"' not in page.text
    assert "read only" in page.text
    for path in (f"/incidents/{other}", "/", "/review", "/people", "/api/v1/claims", "/account"):
        assert visitor.get(path).status_code in {403, 404}, path
    mark = re.search(r'name="name" value="([0-9a-f]{64})"', ada.get("/people").text)
    assert mark is not None
    ask_people(ada, action="end", name=mark[1])
    assert visitor.get(f"/incidents/{one}", follow_redirects=False).status_code == 303


def test_serve_team_kept_page_of_a_reader_is_not_that_of_a_visitor(team: LogIn, kept: str) -> None:
    with open_ledger(kept) as ledger:
        path = f"/incidents/{ledger.incidents().rows[0].id}"
    reader = team("Rea")
    address = link_in(ask_people(team("Ada"), action="share", path=path, name="x", days="14"))
    visitor = team("")
    visitor.get(address)
    for _ in range(2):
        assert 'class="main"' in reader.get(path).text
        told = visitor.get(path).text
        assert 'class="main"' not in told
        assert "read only" in told


def test_serve_team_first_password_is_changed_before_anything_else(team: LogIn) -> None:
    ask_people(team("Ada"), action="add", name="Zoe", role="analyst", password=PASSWORD)
    zoe = log_in(team(""), "Zoe")
    for path in ("/", "/review", "/account"):
        answer = zoe.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/password")
    page = zoe.get("/password").text
    assert "Somebody else set your password" in page
    sent = {"csrf_token": token_in(page), "password": PASSWORD, "new": PASSWORD}
    assert zoe.post("/password", data=sent).status_code == 400
    assert zoe.post("/password", data={**sent, "new": NEW}).status_code == 200
    assert log_in(zoe, "Zoe", NEW).get("/").status_code == 200


def set_factor(client: TestClient) -> str:
    page = client.get("/account").text
    page = client.post("/account", data={"csrf_token": token_in(page), "action": "begin"}).text
    secret = re.search(r'name="factor" value="([A-Z2-7]{32})"', page)
    assert secret is not None
    with_code = {"csrf_token": token_in(page), "action": "factor", "factor": secret[1]}
    wrong = client.post("/account", data={**with_code, "password": PASSWORD, "code": "000000"})
    assert wrong.status_code == 400
    assert secret[1] in wrong.text, "the secret in the app stays the same"
    code = code_now(secret[1])
    answer = client.post(
        "/account",
        data={**with_code, "password": PASSWORD, "code": code},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return secret[1]


def code_now(secret: str) -> str:
    from datetime import UTC, datetime

    return code_at(secret, int(datetime.now(UTC).timestamp()) // STEP)


def test_serve_team_second_factor_is_asked_for_at_login(team: LogIn) -> None:
    ben = team("Ben")
    secret = set_factor(ben)
    assert ben.get("/", follow_redirects=False).status_code == 303
    visitor = team("")
    token = token_in(visitor.get("/login").text)
    sent = {"csrf_token": token, "name": "Ben", "password": PASSWORD}
    assert visitor.post("/login", data=sent).status_code == 401
    done = visitor.post("/login", data={**sent, "code": code_now(secret)}, follow_redirects=False)
    assert done.status_code == 303
    assert "second factor" in team("Ada").get("/people").text


@pytest.mark.parametrize(
    ("scope", "judges"), [("read", False), ("add", False), ("judge", True), ("all", True)]
)
def test_serve_team_token_may_only_what_it_is_for(
    team: LogIn, kept: str, scope: str, *, judges: bool
) -> None:
    ben = team("Ben")
    sent = {"csrf_token": token_in(ben.get("/account").text), "action": "token"}
    page = ben.post("/account", data={**sent, "label": "script", "scope": scope, "days": "3"}).text
    token = re.search(r"shown this once: <code>([^<]+)</code>", page)
    assert token is not None
    program = TestClient(team("").app, base_url=HERE)
    headers = {"authorization": f"Bearer {token[1]}"}
    assert program.get("/api/v1/claims", headers=headers).status_code == 200
    said = {"subject": figure(kept).claim.id, "verdict": "accepted"}
    answer = program.post("/api/v1/judgements", json=said, headers=headers)
    assert answer.status_code == (201 if judges else 403), answer.text
    assert ben.post("/account", data={**sent, "scope": "king"}).status_code == 400
    mark = re.search(r'name="mark" value="([0-9a-f]{64})"', ben.get("/account").text)
    assert mark is not None
    ben.post("/account", data={**sent, "action": "end-token", "mark": mark[1]})
    assert program.get("/api/v1/claims", headers=headers).status_code == 401


def test_serve_team_readers_are_not_offered_what_they_cannot_do(team: LogIn, kept: str) -> None:
    with open_ledger(kept) as ledger:
        incident = ledger.incidents().rows[0].id
    rea = team("Rea")
    for path in ("/", f"/incidents/{incident}", f"/review/{figure(kept).claim.id}"):
        page = rea.get(path).text
        for offer in ('href="/add"', "Merge or split</a>", 'value="accept"', 'href="/people"'):
            assert offer not in page, (path, offer)


def test_serve_team_activity_tells_all_decisions_but_those_one_is_blind_to(
    team: LogIn, kept: str
) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "correct", number="13", reason="see the table")
    assert "see the table" in team("Rea").get("/activity").text
    eve = team("Eve")
    assert "see the table" not in eve.get("/activity").text
    assert "see the table" not in eve.get("/activity/decisions.csv").text
    decide(eve, claim.id, "accept")
    page = eve.get("/activity?by=Ben").text
    assert "see the table" in page
    assert "Eve</td>" not in page
    assert "see the table" in eve.get("/activity/decisions.csv").text
    assert eve.get("/activity?verdict=frown").status_code == 400
