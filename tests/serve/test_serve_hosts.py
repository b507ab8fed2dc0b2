"""Host names: exactly one, that is a name, and one of ours; nothing is ever made of what the header says."""

import asyncio

import pytest
from fastapi.testclient import TestClient

from counterclaim.serve import Settings, create_app
from counterclaim.serve.people.auth_middleware import WRITES_A_MINUTE
from counterclaim.serve.people.hosts import own_names, read_host
from counterclaim.serve.server import SettingError, check_host
from tests.serve.benches import HERE, LogIn, token_in

ODD = (
    "x/login?",
    "x/login?a=b",
    "x/static/",
    "127.0.0.1/login?",
    "127.0.0.1#x",
    "127.0.0.1@x",
    "a{b.evil.test",
    "a`b.evil.test",
    'a"b.evil.test',
    "a}b",
    "x/y",
    "",
    " ",
    ":8000",
    "127.0.0.1:99999",
    "127.0.0.1:0",
    "127.0.0.1:",
    "127.0.0.1:80a",
    "127.0.0.1, evil.test",
    "127.0.0.1 evil.test",
    "[::1",
    "::1",
    "[::1]x",
    "[127.0.0.1]",
    "-localhost",
    "localhost\\.evil.test",
    "local%68ost",
    "l\xf6calhost",
)


@pytest.mark.parametrize("host", ODD)
def test_serve_hosts_that_are_none_are_refused(local: TestClient, team: LogIn, host: str) -> None:
    raw = host.encode("latin-1")
    for client in (local, team("")):
        for path in ("/", "/api/v1/documents", "/sources", "/login", "/static/site.css"):
            answer = client.get(path, headers={b"host": raw}, follow_redirects=False)
            assert answer.status_code in {400, 421}, (path, answer.text[:80])


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8000", "localhost.", "127.0.0.2", "localhost.evil.test", "10.0.0.5"],
)
def test_serve_alone_answers_under_its_own_names(local: TestClient, host: str) -> None:
    assert local.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:9000"])
def test_serve_alone_answers_under_each_of_them(local: TestClient, host: str) -> None:
    """Another port is another way to this machine: a tunnel."""
    assert local.get("/", headers={"host": host}).status_code == 200


def test_serve_team_answers_under_the_names_it_was_given(
    kept: str, cheap: None, team: LogIn
) -> None:
    app = create_app(Settings(ledger=kept, team=True, sites=("desk.example",)))
    with TestClient(app, base_url="http://desk.example") as client:
        assert client.get("/login").status_code == 200
        assert client.get("/login", headers={"host": "evil.test"}).status_code == 421


def test_serve_two_hosts_are_none() -> None:
    twice = [(b"host", b"localhost"), (b"host", b"localhost")]
    assert read_host({"headers": twice}) is None
    assert read_host({"headers": []}) is None
    assert read_host({"headers": [(b"host", b"[0:0::1]:80")]}) == "[::1]"


def test_serve_names_are_those_of_the_address_it_listens_on() -> None:
    assert "127.1.2.3" in own_names("127.1.2.3", (), team=False)
    assert own_names("10.0.0.5", (), team=True) == frozenset()
    assert "desk.example" in own_names("10.0.0.5", ("Desk.example",), team=True)


@pytest.mark.parametrize("path", ["/incidents/", "//evil.test/", "/api/v1/documents/?limit=3"])
def test_serve_slashes_lead_to_no_other_host(local: TestClient, path: str) -> None:
    answer = local.get(f"{HERE}{path}", headers={"host": "localhost"}, follow_redirects=False)
    assert answer.status_code == 307
    where = answer.headers["location"]
    assert where.startswith("/")
    assert not where.startswith("//")
    assert where.endswith(path.strip("/").replace("/?", "?"))


@pytest.mark.parametrize("site", ["desk.example:80", "https://desk.example", "", "a b"])
def test_serve_sites_are_names(site: str) -> None:
    with pytest.raises(SettingError, match="--site"):
        check_host(Settings(ledger="x", team=True, sites=(site,)))


@pytest.mark.parametrize("proxy", ["*", "proxy.example", "10.0.0.0/8", "127.0.0.1,*"])
def test_serve_proxies_are_addresses(proxy: str) -> None:
    with pytest.raises(SettingError, match="--proxy"):
        check_host(Settings(ledger="x", team=True, proxy=proxy))
    check_host(Settings(ledger="x", team=True, proxy="10.0.0.2"))
    with pytest.raises(SettingError, match="--team"):
        check_host(Settings(ledger="x", proxy="10.0.0.2"))


def test_serve_posts_of_other_sites_use_up_nothing(local: TestClient) -> None:
    for _ in range(WRITES_A_MINUTE + 5):
        answer = local.post("/review", data={}, headers={"origin": "https://evil.test"})
        assert answer.status_code == 403
    token = token_in(local.get("/add").text)
    answer = local.post(
        "/add/text", data={"csrf_token": token, "text": "  "}, follow_redirects=False
    )
    assert answer.status_code == 303


def test_serve_a_body_that_never_comes_is_not_waited_for(
    local: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterclaim.serve.people.auth_middleware.BODY_SECONDS", 0.05)
    token = token_in(local.get("/add").text)
    sent: list[int] = []

    async def drip() -> dict[str, object]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])  # type: ignore[arg-type]  # a number

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/add/text",
        "raw_path": b"/add/text",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 5000),
        "headers": [(b"host", b"127.0.0.1:8000"), (b"x-csrf-token", token.encode())],
    }
    asyncio.run(local.app(scope, drip, send))  # type: ignore[arg-type]  # our own app
    assert sent == [408]
