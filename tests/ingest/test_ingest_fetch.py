from collections.abc import Mapping, Sequence

import pytest

from counterclaim.ingest.errors import (
    AddressRefusedError,
    FetchError,
    NoHostError,
    RobotsRefusedError,
)
from counterclaim.ingest.fetch import MOST_REDIRECTS, MOVED, Fetcher, make_fetcher, make_poller
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.robots import KNOWN_SECONDS, UNKNOWN_SECONDS, Robots
from counterclaim.ingest.url_safety import Target, take_apart

PUBLIC = "93.184.216.34"
HTML = {"content-type": "text/html; charset=UTF-8"}


class Web:
    """A web of a few replies, which counts what it is asked."""

    def __init__(
        self, replies: Mapping[str, Reply], hosts: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.replies = replies
        self.hosts = hosts or {}
        self.asked: list[tuple[str, str]] = []
        self.headers: Mapping[str, str] = {}

    def resolve(self, host: str, port: int) -> Sequence[str]:
        assert port in {80, 443}
        return self.hosts.get(host, [PUBLIC])

    def send(self, target: Target, ip: str, headers: Mapping[str, str], limit: int) -> Reply:
        assert limit > 0
        self.asked.append((target.address, ip))
        self.headers = headers
        missing = Reply(404, "Not Found", {}, b"")
        return self.replies.get(target.address, missing)

    @property
    def fetch(self) -> Fetcher:
        return make_fetcher(resolve=self.resolve, send=self.send)


def page(body: bytes = b"words") -> Reply:
    return Reply(200, "OK", HTML, body)


def moved(location: str, status: int = 302) -> Reply:
    return Reply(status, "Found", {"location": location}, b"")


ROBOTS = "http://varn.example:80/robots.txt"


def test_pages_fetches_with_an_honest_name() -> None:
    web = Web({"http://varn.example/a": page()})
    got = web.fetch("http://varn.example/a")
    assert (got.body, got.media_type, got.charset) == (b"words", "text/html", "utf-8")
    assert web.headers["User-Agent"].startswith("counterclaim/")
    assert "(+http" in web.headers["User-Agent"]
    assert web.asked == [(ROBOTS, PUBLIC), ("http://varn.example/a", PUBLIC)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_pages_follow_redirects(status: int) -> None:
    web = Web({"http://varn.example/a": moved("/b", status), "http://varn.example/b": page()})
    assert web.fetch("http://varn.example/a").address == "http://varn.example/b"


def test_pages_stop_after_some_redirects() -> None:
    hops = {f"http://varn.example/{i}": moved(f"/{i + 1}") for i in range(MOST_REDIRECTS + 2)}
    web = Web(hops)
    with pytest.raises(FetchError, match="redirected"):
        web.fetch("http://varn.example/0")
    assert sum("robots" not in address for address, _ in web.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize("ip", ["127.0.0.1", "10.0.0.8", "::1", "64:ff9b::7f00:1"])
def test_pages_refuse_private_hosts_before_connecting(ip: str) -> None:
    web = Web({}, {"varn.example": [ip]})
    with pytest.raises(AddressRefusedError, match=r"^http://varn.example/a: .*public internet"):
        web.fetch("http://varn.example/a")
    assert web.asked == []


def test_pages_refuse_a_host_with_one_private_address() -> None:
    web = Web({}, {"varn.example": [PUBLIC, "10.0.0.8"]})
    with pytest.raises(AddressRefusedError):
        web.fetch("http://varn.example/a")
    assert web.asked == []


@pytest.mark.parametrize(
    "location",
    [
        "http://inner.example/",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "http://varn.example:22/",
        "http://u@varn.example/",
    ],
)
def test_pages_check_every_hop(location: str) -> None:
    hosts = {"inner.example": ["192.168.0.1"], "127.0.0.1": ["127.0.0.1"]}
    web = Web({"http://varn.example/a": moved(location)}, hosts)
    with pytest.raises(AddressRefusedError):
        web.fetch("http://varn.example/a")
    assert all(ip == PUBLIC for _, ip in web.asked)


def test_pages_connect_to_the_address_that_was_checked() -> None:
    answers = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    web = Web({"http://varn.example/a": page()})
    fetch = make_fetcher(resolve=lambda _host, _port: answers.pop(0), send=web.send)
    fetch("http://varn.example/a")
    assert [ip for _, ip in web.asked] == [PUBLIC, PUBLIC]
    assert answers == [["127.0.0.1"]]


def test_pages_try_the_next_address_of_a_host() -> None:
    web = Web({"http://varn.example/a": page()}, {"varn.example": ["2606:4700::1", PUBLIC]})

    def send(target: Target, ip: str, headers: Mapping[str, str], limit: int) -> Reply:
        if ":" in ip:
            raise FetchError(target.address, "no route")
        return web.send(target, ip, headers, limit)

    fetch = make_fetcher(resolve=web.resolve, send=send)
    assert fetch("http://varn.example/a").body == b"words"


def test_pages_say_when_there_is_no_host() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError(host)

    with pytest.raises(NoHostError, match=r"no host varn\.example"):
        make_fetcher(resolve=resolve)("http://varn.example/a")
    with pytest.raises(NoHostError):
        make_fetcher(resolve=lambda _host, _port: [])("http://varn.example/a")


def test_pages_say_what_the_server_answered() -> None:
    with pytest.raises(FetchError, match="404 Not Found"):
        Web({}).fetch("http://varn.example/a")


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "text/css"])
def test_pages_refuse_other_media(kind: str) -> None:
    web = Web({"http://varn.example/a": Reply(200, "OK", {"content-type": kind}, b"words")})
    with pytest.raises(FetchError, match=kind):
        web.fetch("http://varn.example/a")


def test_pages_refuse_what_says_no_type() -> None:
    web = Web({"http://varn.example/a": Reply(200, "OK", {}, b"words")})
    with pytest.raises(FetchError, match="no stated type"):
        web.fetch("http://varn.example/a")


def robots(body: str, status: int = 200) -> Reply:
    return Reply(status, "", {}, body.encode())


def test_pages_keep_to_the_robots_file() -> None:
    rules = robots("User-agent: *\nDisallow: /closed\n\nUser-agent: counterclaim\nDisallow: /ours")
    web = Web(
        {ROBOTS: rules, "http://varn.example/closed": page(), "http://varn.example/ours": page()}
    )
    assert web.fetch("http://varn.example/closed").body == b"words"
    with pytest.raises(RobotsRefusedError, match="robots file"):
        web.fetch("http://varn.example/ours")


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)]
)
def test_pages_without_a_robots_file(status: int, *, allowed: bool) -> None:
    web = Web({ROBOTS: robots("", status), "http://varn.example/a": page()})
    if allowed:
        assert web.fetch("http://varn.example/a").body == b"words"
    else:
        with pytest.raises(RobotsRefusedError, match="could not be read"):
            web.fetch("http://varn.example/a")


def test_pages_ask_each_site_for_its_robots_file_once() -> None:
    web = Web({"http://varn.example/a": page(), "http://varn.example/b": page()})
    fetch = web.fetch
    fetch("http://varn.example/a")
    fetch("http://varn.example/b")
    assert [address for address, _ in web.asked].count(ROBOTS) == 1


def test_pages_ask_for_a_robots_file_again_after_a_day_or_soon_where_it_did_not_come() -> None:
    replies = [robots("", 503), robots(""), robots("User-agent: *\nDisallow: /")]
    now = [100.0]
    rules = Robots(lambda _target, _limit: replies.pop(0), clock=lambda: now[0])
    target = take_apart("http://varn.example/a")
    for _ in range(2):
        with pytest.raises(RobotsRefusedError, match="could not be read"):
            rules.check(target)
    now[0] += UNKNOWN_SECONDS
    rules.check(target)
    now[0] += KNOWN_SECONDS - 1
    rules.check(target)
    now[0] += 1
    with pytest.raises(RobotsRefusedError, match="by its robots file"):
        rules.check(target)


def test_pages_ask_the_site_they_are_sent_to() -> None:
    web = Web(
        {
            "http://varn.example/a": moved("https://osk.example/a"),
            "https://osk.example:443/robots.txt": robots("User-agent: *\nDisallow: /"),
            "https://osk.example/a": page(),
        }
    )
    with pytest.raises(RobotsRefusedError, match="osk"):
        web.fetch("http://varn.example/a")


def test_pages_refuse_when_the_robots_file_does_not_come() -> None:
    web = Web({"http://varn.example/a": page()})

    def send(target: Target, ip: str, headers: Mapping[str, str], limit: int) -> Reply:
        if target.path == "/robots.txt":
            raise FetchError(target.address, "it took too long")
        return web.send(target, ip, headers, limit)

    with pytest.raises(RobotsRefusedError):
        make_fetcher(resolve=web.resolve, send=send)("http://varn.example/a")


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ((301,), "http://varn.example/1"),
        ((308, 301), "http://varn.example/2"),
        ((301, 302), None),
        ((307,), None),
        ((), None),
    ],
)
def test_feeds_that_moved_for_good_say_where_to(
    statuses: tuple[int, ...], told: str | None
) -> None:
    forged = Reply(200, "OK", {MOVED: "http://evil.example/"}, b"words")
    hops = {
        f"http://varn.example/{n}": moved(f"/{n + 1}", status) for n, status in enumerate(statuses)
    }
    web = Web({**hops, f"http://varn.example/{len(statuses)}": forged})
    poll = make_poller(resolve=web.resolve, send=web.send)
    assert poll("http://varn.example/0", {}).headers.get(MOVED) == told
