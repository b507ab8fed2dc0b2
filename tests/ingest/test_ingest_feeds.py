"""Feeds: asked politely, told apart, waited for when they fail."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from counterclaim.ingest.errors import FeedListError, FetchError
from counterclaim.ingest.feeds import LONGEST_WAIT, is_whole, poll_feed, read_feed_list
from counterclaim.ingest.fetch import MOVED
from counterclaim.ingest.http_client import Reply
from counterclaim.records.feed import Feed, FeedState

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
FEED = Feed(address="https://bugle.example/rss", outlet="The Bugle", every_minutes=30)
STATE = FeedState(address=FEED.address)
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Bugle</title>
<item><title>Ost taken</title><link>https://bugle.example/ost</link><pubDate>Sun, 04 May 2031 23:30:00 -0500</pubDate></item>
<item><title>Again</title><link>https://bugle.example/ost</link></item>
<item><title>No link</title></item>
<item><title>Odd</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><title>Varn</title>
<link href="https://bugle.example/varn"/><updated>2031-05-04T10:00:00Z</updated></entry></feed>"""


class Server:
    def __init__(self, *replies: Reply | Exception) -> None:
        self.replies = list(replies)
        self.asked: list[Mapping[str, str]] = []

    def __call__(self, address: str, headers: Mapping[str, str]) -> Reply:
        assert address == FEED.address
        self.asked.append(headers)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


def reply(status: int = 200, body: bytes = RSS, **headers: str) -> Reply:
    return Reply(
        status, "", {name.replace("_", "-"): value for name, value in headers.items()}, body
    )


def test_ingest_feed_is_told_apart() -> None:
    polled = poll_feed(FEED, STATE, Server(reply(etag='"1"', last_modified="yesterday")), NOW)
    (entry,) = polled.entries
    assert (entry.address, entry.title) == ("https://bugle.example/ost", "Ost taken")
    assert entry.published == date(2031, 5, 4)
    assert (polled.state.etag, polled.state.modified) == ('"1"', "yesterday")
    assert polled.state.next_at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("stamp", "told"),
    [
        ("Sun, 04 May 2031 22:30:00 EST", date(2031, 5, 4)),
        ("2031-05-04T01:30:00+04:00", date(2031, 5, 4)),
        ("2031/05/04 15:07:41", date(2031, 5, 4)),
        ("4 May 2031", date(2031, 5, 4)),
        ("May 4, 2031 9:00 am", date(2031, 5, 4)),
        ("Thu, 14 Oct 2060 09:05:03 +0300", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("2031-02-30", None),
        ("soon", None),
    ],
)
def test_ingest_feed_entry_has_the_day_of_its_own_zone_and_none_that_cannot_be(
    stamp: str, told: date | None
) -> None:
    body = RSS.replace(b"Sun, 04 May 2031 23:30:00 -0500", stamp.encode())
    (entry,) = poll_feed(FEED, STATE, Server(reply(body=body)), NOW).entries
    assert entry.published == told


def test_ingest_rss_entry_with_a_day_of_dublin_core_alone_has_that_day() -> None:
    body = RSS.replace(
        b"<pubDate>Sun, 04 May 2031 23:30:00 -0500</pubDate>",
        b'<date xmlns="http://purl.org/dc/elements/1.1/">2031-05-04T01:30:00+04:00</date>',
    )
    (entry,) = poll_feed(FEED, STATE, Server(reply(body=body)), NOW).entries
    assert entry.published == date(2031, 5, 4)


def test_ingest_atom_entry_that_only_changed_has_no_day() -> None:
    (entry,) = poll_feed(FEED, STATE, Server(reply(body=ATOM)), NOW).entries
    assert (entry.address, entry.published) == ("https://bugle.example/varn", None)


def test_ingest_feed_is_asked_only_for_what_is_new() -> None:
    server = Server(reply(304, b""))
    state = replace(STATE, etag='"1"', modified="yesterday", failures=2)
    polled = poll_feed(FEED, state, server, NOW)
    assert server.asked == [{"If-None-Match": '"1"', "If-Modified-Since": "yesterday"}]
    assert polled.entries == ()
    assert polled.error is None
    assert (polled.state.etag, polled.state.failures) == ('"1"', 0)


def test_ingest_feed_that_fails_is_asked_later_and_later() -> None:
    state, waits = STATE, []
    for _ in range(12):
        polled = poll_feed(FEED, state, Server(FetchError(FEED.address, "down")), NOW)
        state = polled.state
        assert polled.error is not None
        assert state.next_at is not None
        waits.append(state.next_at - NOW)
    assert waits[:3] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert waits[-1] == LONGEST_WAIT
    assert poll_feed(FEED, state, Server(reply()), NOW).state.failures == 0


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("7200", timedelta(hours=2)),
        ("99999999999", LONGEST_WAIT),
        ("Sun, 04 May 2031 15:00:00 GMT", timedelta(hours=3)),
        ("soon", timedelta(hours=1)),
        ("", timedelta(hours=1)),
    ],
)
def test_ingest_feed_is_left_alone_as_long_as_it_asks(words: str, wait: timedelta) -> None:
    polled = poll_feed(FEED, STATE, Server(reply(503, b"", retry_after=words)), NOW)
    assert polled.state.next_at == NOW + wait
    assert "503" in (polled.error or "")


@pytest.mark.parametrize("body", [b"", b"<html><p>moved</p></html>", b"\x00\xff", b"{}"])
def test_ingest_page_that_is_no_feed_is_told(body: bytes) -> None:
    polled = poll_feed(FEED, STATE, Server(reply(body=body)), NOW)
    assert "neither RSS nor Atom" in (polled.error or "")


def test_ingest_feed_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feeds]]\naddress = "https://bugle.example/rss"\noutlet = "The Bugle"\n'
        '[[feeds]]\naddress = "https://echo.example/atom"\nevery_minutes = 5\n'
    )
    first, second = read_feed_list(str(path))
    assert first == FEED
    assert (second.outlet, second.every_minutes) == (None, 5)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "feeds = 3",
        "[[feeds]]",
        '[[feeds]]\naddress = "ftp://x"',
        "[[",
        '[[feeds]]\naddress = "https://x.example"\nevery_minutes = 1',
    ],
)
def test_ingest_bad_feed_list_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(content)
    with pytest.raises(FeedListError, match=r"\[\[feeds\]\]"):
        read_feed_list(str(path))
    with pytest.raises(FeedListError, match="cannot be read"):
        read_feed_list(str(tmp_path / "none.toml"))


def test_ingest_feed_that_breaks_off_gives_what_came_and_is_asked_again_whole() -> None:
    cut = RSS[: RSS.index(b"<item><title>Again")]
    polled = poll_feed(FEED, STATE, Server(reply(body=cut, etag='"1"')), NOW)
    assert [entry.address for entry in polled.entries] == ["https://bugle.example/ost"]
    assert polled.error is not None
    assert "breaks off" in polled.error
    assert (polled.state.etag, polled.state.failures) == (None, 1)


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        ATOM,
        b"<rss version='2.0'><channel></channel></rss>\n<!-- cached -->",
        b"<rdf:RDF xmlns:rdf='r'></rdf:RDF>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
        b"<urlset></urlset>",
        b'{"items": []}',
    ],
)
def test_ingest_whole_feeds_are_known_as_such(body: bytes) -> None:
    assert is_whole(body)


def test_ingest_index_of_sitemaps_that_stays_the_same_is_sent_again() -> None:
    body = b"<sitemapindex><sitemap><loc>https://bugle.example/1.xml</loc></sitemap></sitemapindex>"
    polled = poll_feed(FEED, STATE, Server(reply(body=body, etag='"1"')), NOW)
    assert polled.entries[0].is_list
    assert polled.state.etag is None


def test_ingest_feed_that_moved_for_good_is_told() -> None:
    there = Reply(200, "", {MOVED: "https://post.example/rss"}, RSS)
    assert poll_feed(FEED, STATE, Server(there), NOW).moved == "https://post.example/rss"
    assert poll_feed(FEED, STATE, Server(reply()), NOW).moved is None
