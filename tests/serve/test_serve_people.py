"""People: secure by default, roles that hold, sessions that end, forms that prove where they come from."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import open_ledger
from counterclaim.serve import Settings, create_app
from counterclaim.serve.people.auth_middleware import WRITES_A_MINUTE
from counterclaim.serve.people.rate_limit import Limiter
from counterclaim.serve.server import check_host
from tests.serve.benches import HERE, PASSWORD, LogIn, log_in, served, token_in


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"host": "0.0.0.0"}, "without accounts"),
        ({"host": "192.168.1.5"}, "without accounts"),
        ({"host": "0.0.0.0", "team": True}, "unencrypted"),
    ],
)
def test_serve_people_unsafe_host_is_refused(settings: dict[str, object], why: str) -> None:
    with pytest.raises(CounterclaimError, match=why):
        check_host(Settings(ledger="x", **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "settings",
    [{}, {"host": "::1"}, {"team": True}, {"host": "0.0.0.0", "team": True, "https": True}],
)
def test_serve_people_safe_host_passes(settings: dict[str, object]) -> None:
    check_host(Settings(ledger="x", **settings))  # type: ignore[arg-type]


def test_serve_people_team_without_an_admin_does_not_start(kept: str) -> None:
    with pytest.raises(CounterclaimError, match="counterclaim people add"):
        create_app(Settings(ledger=kept, team=True))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.9:8000"])
def test_serve_people_local_workbench_answers_under_its_own_name_only(
    local: TestClient, host: str
) -> None:
    answer = local.get("/", headers={"host": host})
    assert answer.status_code in {400, 421}
    assert "Ardenia" not in answer.text


def test_serve_people_headers_stand_on_every_answer(local: TestClient) -> None:
    for address in ("/", "/nothing", "/static/site.css", "/api/v1/claims", "/api/v1/nothing"):
        headers = local.get(address).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"


def test_serve_people_headers_stand_on_a_failure(
    kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings(ledger=kept))
    monkeypatch.setattr(app.state.ledger, "stats", lambda: 1 / 0)
    monkeypatch.setattr(type(app.state.ledger), "claims", lambda *_, **__: 1 / 0)
    client = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    answer = client.get("/review")
    assert answer.status_code == 500
    assert "content-security-policy" in answer.headers
    assert "ZeroDivision" not in answer.text


def test_serve_people_pages_hold_no_inline_script_or_style(local: TestClient) -> None:
    claim = re.search(r"/review/(c-\w+)", local.get("/review").text)
    assert claim is not None
    for address in ("/", "/incidents", "/sources", "/review", f"/review/{claim[1]}"):
        page = local.get(address).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


# Logging in


def test_serve_people_stranger_is_sent_to_log_in(team: LogIn) -> None:
    stranger = team("")
    answer = stranger.get("/sources?after=3", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/sources%3Fafter%3D3"
    assert stranger.get("/api/v1/claims").status_code == 401
    assert stranger.get("/static/site.css").status_code == 200
    assert "Ardenia" not in stranger.get("/sources").text


def test_serve_people_session_begins_and_ends(team: LogIn) -> None:
    client = team("Ben")
    assert "Ben, analyst" in client.get("/").text
    kept = dict(client.cookies)
    answer = client.post("/logout", data={"csrf_token": token_in(client.get("/").text)})
    assert "Log in" in answer.text
    client.cookies.clear()
    client.cookies.update(kept)
    assert client.get("/", follow_redirects=False).status_code == 303


def test_serve_people_session_cookie_is_closed_to_scripts_and_other_sites(team: LogIn) -> None:
    client = team("")
    page = client.get("/login")
    answer = client.post(
        "/login",
        data={"csrf_token": token_in(page.text), "name": "Ada", "password": PASSWORD},
        follow_redirects=False,
    )
    for cookie in (page.headers["set-cookie"], answer.headers["set-cookie"]):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie


def test_serve_people_cookies_over_tls_never_go_without(kept: str, cheap: None) -> None:
    with open_ledger(kept) as ledger:
        ledger.people.add("Ada", "admin", PASSWORD, by="test")
    client = TestClient(
        create_app(Settings(ledger=kept, team=True, https=True)), base_url="https://desk.example"
    )
    answer = client.get("/login")
    assert answer.headers["set-cookie"].startswith("__Host-counterclaim_form=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]
    log_in(client, "Ada")
    assert client.get("/people").status_code == 200


def test_serve_people_session_runs_out(kept: str, cheap: None) -> None:
    with open_ledger(kept) as ledger:
        ledger.people.add("Ada", "admin", PASSWORD, by="test")
    with served(kept, team=True, session_hours=0) as client:
        log_in(client, "Ada")
        assert client.get("/", follow_redirects=False).status_code == 303


def test_serve_people_token_is_kept_as_a_hash_only(kept: str, cheap: None) -> None:
    with open_ledger(kept) as ledger:
        ledger.people.add("Ada", "admin", PASSWORD, by="test")
        opened = ledger.people.log_in("Ada", PASSWORD, timedelta(hours=1))
        assert opened is not None
        assert ledger.people.whose(opened.token) is not None
        assert ledger.people.whose(opened.token, "token") is None
    held = b"".join(path.read_bytes() for path in Path(kept).parent.glob("counterclaim.db*"))
    assert opened.token.encode() not in held
    assert PASSWORD.encode() not in held


def test_serve_people_wrong_password_says_no_more_than_a_wrong_name(team: LogIn) -> None:
    client = team("")
    token = token_in(client.get("/login").text)
    pages = [
        client.post(
            "/login", data={"csrf_token": token, "name": name, "password": "wrong one here"}
        )
        for name in ("Ada", "Nobody")
    ]
    assert [page.status_code for page in pages] == [401, 401]
    assert pages[0].text.replace("Ada", "") == pages[1].text.replace("Nobody", "")


def test_serve_people_guessing_is_slowed_down(team: LogIn) -> None:
    client = team("")
    token = token_in(client.get("/login").text)
    sent = {"csrf_token": token, "name": "Ada"}
    for _ in range(5):
        assert client.post("/login", data={**sent, "password": "a guess at it"}).status_code == 401
    answer = client.post("/login", data={**sent, "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 200
    assert (
        client.post("/login", data={**sent, "name": "Ben", "password": PASSWORD}).status_code == 200
    )


def test_serve_people_limit_is_of_a_sliding_window() -> None:
    now = [0.0]
    limiter = Limiter(2, 10, lambda: now[0])
    for at in (0.0, 4.0):
        now[0] = at
        assert limiter.wait("a") == 0
        limiter.count("a")
    assert limiter.wait("a") == 6
    assert limiter.wait("b") == 0
    now[0] = 10.5
    assert limiter.wait("a") == 0
    limiter.forget("a")
    assert limiter.wait("a") == 0


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "",
    ],
)
def test_serve_people_login_never_leads_elsewhere(team: LogIn, target: str) -> None:
    client = team("")
    token = token_in(client.get("/login", params={"next": target}).text)
    answer = client.post(
        "/login",
        data={"csrf_token": token, "name": "Ada", "password": PASSWORD, "next": target},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/"


# Forms


def writes(client: TestClient) -> list[tuple[str, dict[str, str]]]:
    claim = re.search(r"/review/(c-\w+)", client.get("/review").text)
    assert claim is not None
    seen = re.search(r'name="text_sha256" value="(\w+)"', client.get(f"/review/{claim[1]}").text)
    return [
        (
            f"/review/{claim[1]}",
            {"action": "accept", "text_sha256": seen[1] if seen is not None else ""},
        ),
        ("/review/undo/j-000000000000", {}),
        ("/review/incidents/i-000000000000", {"action": "merge"}),
        ("/people", {"action": "add", "name": "Mal", "role": "admin", "password": PASSWORD}),
        ("/logout", {}),
        ("/password", {"password": PASSWORD, "new": "another long password"}),
        ("/api/v1/judgements", {}),
        ("/add", {"text": "Ardenia said"}),
    ]


def test_serve_people_forms_without_their_token_change_nothing(team: LogIn, kept: str) -> None:
    client = team("Ada")
    other = token_in(team("Ben").get("/").text)
    for address, sent in writes(client):
        for given in (
            {},
            {"csrf_token": ""},
            {"csrf_token": "0" * 64},
            {"csrf_token": other},
            {"csrf_token": "é"},
        ):
            answer = client.post(address, data={**sent, **given}, follow_redirects=False)
            assert answer.status_code == 403, (address, given)
    with open_ledger(kept) as ledger:
        assert ledger.judgements() == ()
        assert "Mal" not in {card.name for card in ledger.people.accounts()}
    assert "Ada, admin" in client.get("/").text


def test_serve_people_forms_from_other_sites_are_refused(local: TestClient) -> None:
    token = token_in(local.get(writes(local)[0][0]).text)
    address, sent = writes(local)[0]
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        answer = local.post(address, data={**sent, "csrf_token": token}, headers=headers)
        assert answer.status_code == 403
    answer = local.post(
        address,
        data={**sent, "csrf_token": token},
        headers={"origin": HERE},
        follow_redirects=False,
    )
    assert answer.status_code == 303


def test_serve_people_token_in_an_uploaded_form_is_found(local: TestClient) -> None:
    address, sent = writes(local)[0]
    token = token_in(local.get(address).text)
    files = {"file": ("a.txt", b"words", "text/plain")}
    for given, status in ((token, 303), ("wrong", 403)):
        answer = local.post(
            address, data={**sent, "csrf_token": given}, files=files, follow_redirects=False
        )
        assert answer.status_code == status


def test_serve_people_broken_upload_is_refused(local: TestClient) -> None:
    local.get("/review")
    answer = local.post(
        "/add",
        content=b"--x\r\nnonsense",
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code in {400, 403}


def test_serve_people_too_much_is_refused(local: TestClient) -> None:
    address, sent = writes(local)[0]
    token = token_in(local.get(address).text)
    answer = local.post(address, data={**sent, "csrf_token": token, "reason": "x" * 300_000})
    assert answer.status_code == 413

    def endless() -> object:
        for _ in range(100):
            yield b"x" * 65_536

    assert local.post(address, content=endless()).status_code == 413  # type: ignore[arg-type]
    limit = 20_000_000 + 256 * 1024
    assert local.post("/add", content=b"x" * (limit + 1)).status_code == 413


def test_serve_people_too_often_is_refused(local: TestClient) -> None:
    address, sent = writes(local)[1]
    token = token_in(local.get(writes(local)[0][0]).text)
    codes = [
        local.post(address, data={**sent, "csrf_token": token}).status_code
        for _ in range(WRITES_A_MINUTE + 1)
    ]
    assert codes[0] == 404
    assert codes[-1] == 429


# Roles


def test_serve_people_reader_reads_and_changes_nothing(team: LogIn, kept: str) -> None:
    client = team("Rea")
    assert client.get("/review").status_code == 200
    token = token_in(client.get("/").text)
    for address, sent in writes(client):
        if address not in {"/logout", "/password"}:
            answer = client.post(address, data={**sent, "csrf_token": token})
            assert answer.status_code == 403, address
    claim = re.search(r"/review/(c-\w+)", client.get("/review").text)
    assert claim is not None
    assert 'id="decide"' not in client.get(f"/review/{claim[1]}").text
    with open_ledger(kept) as ledger:
        assert ledger.judgements() == ()


@pytest.mark.parametrize("name", ["Rea", "Ben"])
def test_serve_people_accounts_and_audit_are_an_admins(team: LogIn, name: str) -> None:
    client = team(name)
    for address in ("/people", "/audit"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Eve" not in answer.text
    sent = {
        "action": "role",
        "name": name,
        "role": "admin",
        "csrf_token": token_in(client.get("/").text),
    }
    assert client.post("/people", data=sent).status_code == 403
    assert "/people" not in client.get("/").text


def test_serve_people_admin_looks_after_accounts(team: LogIn, kept: str) -> None:
    ada, ben = team("Ada"), team("Ben")
    token = token_in(ada.get("/people").text)

    def change(**sent: str) -> int:
        return ada.post("/people", data={**sent, "csrf_token": token}).status_code

    new = {"action": "add", "name": "Zoe", "role": "analyst", "password": "long enough words"}
    assert change(**new) == 200
    for wrong in (
        {"name": "zoe"},
        {"name": "Yan", "password": "short"},
        {"name": "Yan", "role": "king"},
        {"name": " "},
    ):
        assert change(**{**new, **wrong}) == 400
    log_in(team("Ben"), "Zoe", "long enough words")
    assert change(action="role", name="Ben", role="reader") == 200
    assert ben.get("/", follow_redirects=False).status_code == 303
    assert change(action="close", name="Zoe") == 400, "nobody is closed out by a slip"
    assert change(action="close", name="Zoe", sure="yes") == 200
    client = team("")
    sent = {
        "csrf_token": token_in(client.get("/login").text),
        "name": "Zoe",
        "password": "long enough words",
    }
    assert client.post("/login", data=sent).status_code == 401
    assert change(action="role", name="Ada", role="reader") == 400
    assert change(action="close", name="Ada") == 400
    assert change(action="rule", name="Ben") == 400
    assert "Zoe" in ada.get("/audit").text


def test_serve_people_own_password_is_changed_with_the_old_one(team: LogIn) -> None:
    client = team("Rea")
    token = token_in(client.get("/password").text)
    sent = {"csrf_token": token, "password": "not the old one", "new": "an entirely new one"}
    assert client.post("/password", data=sent).status_code == 403
    assert (
        client.post("/password", data={**sent, "password": PASSWORD, "new": "short"}).status_code
        == 400
    )
    answer = client.post("/password", data={**sent, "password": PASSWORD})
    assert answer.url.path == "/login"
    client.cookies.clear()
    log_in(client, "Rea", "an entirely new one")


def test_serve_people_audit_tells_what_was_done_and_tried(team: LogIn, kept: str) -> None:
    rea, ben = team("Rea"), team("Ben")
    address, sent = writes(ben)[0]
    ben.post(address, data={**sent, "csrf_token": token_in(ben.get("/").text)})
    ben.post(address, data=sent)
    rea.post(address, data={**sent, "csrf_token": token_in(rea.get("/").text)})
    with open_ledger(kept) as ledger:
        rows = [
            (row.name, row.action, row.subject, row.outcome) for row in ledger.people.audit().rows
        ]
        assert ledger.verify() == ()
    assert rows[:3] == [
        ("Rea", "POST", address, "403"),
        ("Ben", "POST", address, "403"),
        ("Ben", "POST", address, "303"),
    ]
    assert ("Ben", "log in", "session", "begun") in rows
    cells = re.findall(r"<td[^>]*>(.*?)</td>", team("Ada").get("/audit").text)
    told = [tuple(cells[start + 1 : start + 5]) for start in range(0, len(cells), 6)]
    link = f'<a data-row href="{address}">{address}</a>'
    deed = "judged a claim"
    assert [row for row in told if row[1] == deed] == [
        ("Rea", deed, link, "refused (403)"),
        ("Ben", deed, link, "refused (403)"),
        ("Ben", deed, link, "done"),
    ]
    assert ("Ben", "log in", "session", "begun") in told


def test_serve_people_without_accounts_there_are_none_of_their_pages(local: TestClient) -> None:
    assert local.get("/login", follow_redirects=False).headers["location"] == "/"
    assert local.get("/people").status_code == 404
    assert local.get("/password").status_code == 404
    assert local.get("/audit").status_code == 200
