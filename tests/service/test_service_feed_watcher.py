"""Watching: what a feed announces is fetched once, filed, and tried again when it fails."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from counterclaim.ingest.errors import FetchError
from counterclaim.ingest.fetch import FetchedPage
from counterclaim.ingest.http_client import Reply
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools
from counterclaim.records.feed import Feed
from counterclaim.service.feed_watcher import FIRST_RETRY, HOST_SECONDS, REVISITS, FeedWatcher
from counterclaim.service.versions import versions_of

FEED = Feed(address="https://bugle.example/rss", outlet="The Bugle", every_minutes=30)
RSS = b"""<rss version="2.0"><channel><title>B</title><item><title>Ost</title><link>https://bugle.example/ost</link>
<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate></item></channel></rss>"""
WORDS = (
    "Armenia said on Monday that 23 of its soldiers had been killed in the fighting, and that the families who had "
    "fled to the hills could come home before the winter."
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "kept.db"), create=True) as made:
        yield made


class World:
    """A feed and its page, with a clock."""

    def __init__(self) -> None:
        self.now = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
        self.is_down = self.is_ended = self.is_silent = False
        self.asks: str | None = None
        self.polls = self.fetches = 0
        self.slept: list[float] = []

    def poll(self, address: str, headers: Mapping[str, str]) -> Reply:
        assert address == FEED.address
        self.polls += 1
        if self.is_ended:
            raise KeyboardInterrupt
        if self.is_silent:
            raise FetchError(address, "down")
        if "If-None-Match" in headers:
            return Reply(304, "", {}, b"")
        return Reply(200, "", {"etag": '"1"'}, RSS)

    def fetch(self, address: str) -> FetchedPage:
        self.fetches += 1
        if self.is_down:
            raise FetchError(address, "down", self.asks)
        return FetchedPage(
            f"{address}?redirected",
            f"<html><body><p>{WORDS}</p></body></html>".encode(),
            "text/html",
            "utf-8",
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def watch(self, ledger: Ledger, tools: Tools) -> FeedWatcher:
        return FeedWatcher(
            ledger,
            [FEED],
            OwnReader(tools),
            poll=self.poll,
            fetch=self.fetch,
            now=lambda: self.now,
            sleep=self.sleep,
        )


def test_service_watch_files_what_is_announced_once(ledger: Ledger, tools: Tools) -> None:
    world = World()
    watch = world.watch(ledger, tools)
    (seen,) = watch.once()
    assert "new" in seen.what
    (document,) = ledger.documents().rows
    assert (document.name, document.outlet) == ("https://bugle.example/ost", "The Bugle")
    assert document.published == date(2031, 5, 4)
    assert list(watch.once()) == []
    assert world.polls == 1
    world.now += timedelta(minutes=31)
    assert list(world.watch(ledger, tools).once()) == []
    assert (world.polls, world.fetches) == (2, 1)


def test_service_watch_tries_again_what_failed(ledger: Ledger, tools: Tools) -> None:
    world = World()
    world.is_down = True
    watch = world.watch(ledger, tools)
    (seen,) = watch.once()
    assert seen.is_problem
    assert [item.source for item in ledger.problems(of_sources=True)] == [
        "https://bugle.example/ost"
    ]
    world.now += FIRST_RETRY - timedelta(seconds=1)
    assert list(watch.once()) == []
    world.is_down = False
    world.now += timedelta(hours=1)
    assert [item.is_problem for item in watch.once()] == [False]
    assert ledger.problems(of_sources=True) == ()


def test_service_watch_keeps_to_the_time_that_a_reports_server_asks_for(
    ledger: Ledger, tools: Tools
) -> None:
    world = World()
    world.is_down, world.asks = True, "7200"
    list(world.watch(ledger, tools).once())
    world.now += timedelta(hours=2) - timedelta(seconds=1)
    world.is_down = False
    assert list(world.watch(ledger, tools).once()) == []
    world.now += timedelta(seconds=3)
    assert [item.is_problem for item in world.watch(ledger, tools).once()] == [False]


def test_service_watch_forgets_a_problem_of_what_answers_again(
    tmp_path: Path, ledger: Ledger, tools: Tools
) -> None:
    def problems() -> list[str]:
        return [item.source for item in ledger.problems(of_sources=True)]

    world = World()
    list(world.watch(ledger, tools).once())
    world.now += REVISITS[0]
    world.is_down = world.is_silent = True
    list(world.watch(ledger, tools).once())
    assert problems() == ["https://bugle.example/ost", FEED.address]
    world.is_down = world.is_silent = False
    world.now += timedelta(hours=2)
    list(world.watch(ledger, tools).once())
    assert problems() == []
    assert len(ledger.problems()) == 2

    shelf = Feed(address=str(tmp_path / "none"), kind="folder", every_minutes=5)
    watch = FeedWatcher(
        ledger,
        [shelf],
        OwnReader(tools),
        poll=world.poll,
        fetch=world.fetch,
        now=lambda: world.now,
        sleep=world.sleep,
    )
    list(watch.once())
    assert problems() == [shelf.address]
    (tmp_path / "none").mkdir()
    world.now += timedelta(minutes=6)
    list(watch.once())
    assert problems() == []


def test_service_watch_waits_between_looks(ledger: Ledger, tools: Tools) -> None:
    world = World()
    seen = world.watch(ledger, tools).forever()
    next(seen)
    world.is_ended = True
    with pytest.raises(KeyboardInterrupt):
        next(seen)
    assert 29 * 60 <= sum(world.slept) <= 31 * 60
    assert max(world.slept) <= 60


def test_service_watch_takes_files_of_a_folder_and_a_changed_one_is_a_new_version(
    tmp_path: Path, ledger: Ledger, tools: Tools
) -> None:
    shelf = tmp_path / "incoming"
    shelf.mkdir()
    path = shelf / "ost.txt"
    path.write_text(WORDS, "utf-8")
    world = World()
    watch = FeedWatcher(
        ledger,
        [Feed(address=str(shelf), kind="folder", every_minutes=5)],
        OwnReader(tools),
        poll=world.poll,
        fetch=world.fetch,
        now=lambda: world.now,
        sleep=world.sleep,
    )
    (seen,) = watch.once()
    assert "new" in seen.what
    world.now += timedelta(minutes=6)
    assert list(watch.once()) == []
    path.write_text(WORDS.replace("23", "25"), "utf-8")
    world.now += timedelta(minutes=6)
    (seen,) = watch.once()
    assert "changed" in seen.what
    one, two = versions_of(ledger, path.absolute().as_uri())
    assert (one.stands, two.stands) == (False, True)


def test_service_watch_leaves_a_host_two_seconds(ledger: Ledger, tools: Tools) -> None:
    world = World()
    list(world.watch(ledger, tools).once())
    assert world.slept
    assert sum(world.slept) == pytest.approx(HOST_SECONDS)


def test_service_watch_looks_at_a_report_again_until_it_is_old(
    ledger: Ledger, tools: Tools
) -> None:
    world = World()
    for _ in range(24 * 10):
        list(world.watch(ledger, tools).once())
        world.now += timedelta(hours=1)
    assert world.fetches == 1 + len(REVISITS)


def test_service_watch_asks_the_parts_of_an_index_whose_own_words_stay_the_same(
    ledger: Ledger, tools: Tools
) -> None:
    index = Feed(address="https://bugle.example/sitemap.xml", kind="sitemap", every_minutes=30)
    part = "https://bugle.example/part.xml"
    world = World()
    shown: list[str] = []
    asked: list[tuple[str, str | None]] = []

    def poll(address: str, headers: Mapping[str, str]) -> Reply:
        asked.append((address, headers.get("If-None-Match")))
        if address == index.address:
            words = f"<sitemapindex><sitemap><loc>{part}</loc></sitemap></sitemapindex>"
        else:
            words = f"<urlset>{''.join(f'<url><loc>{name}</loc></url>' for name in shown)}</urlset>"
        return Reply(200, "", {"etag": f'"{len(words)}"'}, words.encode())

    def look() -> int:
        watch = FeedWatcher(
            ledger,
            [index],
            OwnReader(tools),
            poll=poll,
            fetch=world.fetch,
            now=lambda: world.now,
            sleep=world.sleep,
        )
        world.now += timedelta(minutes=31)
        return len(list(watch.once()))

    assert look() == 0
    shown.append("https://bugle.example/ost")
    assert look() == 1
    assert [address for address, _ in asked] == [index.address, part] * 2
    assert asked[2][1] is None
    assert asked[3][1] is not None


def test_service_watch_takes_the_word_of_one_feed_for_when_a_report_changed(
    ledger: Ledger, tools: Tools
) -> None:
    feeds = [
        Feed(address=f"https://{name}.example/rss", every_minutes=30) for name in ("bugle", "gate")
    ]
    world = World()

    def poll(address: str, headers: Mapping[str, str]) -> Reply:
        del headers
        stamp = f"<dcterms:modified>{address[8:12]} {world.now:%d}</dcterms:modified>"
        head = b'<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/">'
        item = RSS.replace(b'<rss version="2.0">', head)
        return Reply(200, "", {}, item.replace(b"</item>", stamp.encode() + b"</item>"))

    for _ in range(2):
        watch = FeedWatcher(
            ledger,
            feeds,
            OwnReader(tools),
            poll=poll,
            fetch=world.fetch,
            now=lambda: world.now,
            sleep=world.sleep,
        )
        list(watch.once())
        world.now += timedelta(minutes=31)
    assert world.fetches == 1


MESSAGE = """<html><head><title>Widget</title></head><body class="body_widget_post"><div class="widget_message">
<div class="message_author"><a href="https://t.example/nile"><span>Nile Channel</span></a></div>
<div class="message_text" dir="auto">The RSF accused Sudan of bombing Wad Madani on Friday.<br/>It said that 4 of its fighters were killed.</div>
<div class="message_footer"><a href="https://t.example/nile/7"><time datetime="2024-05-24T11:15:00+00:00">May 24</time></a></div>
</div></body></html>"""


def test_service_watch_reads_a_public_channel_message_by_message(
    ledger: Ledger, tools: Tools
) -> None:
    world = World()
    asked: list[str] = []
    page = b"<html><body><a href='/nile'>Nile</a><a href='/nile/7'>24 May</a></body></html>"

    def fetch(address: str) -> FetchedPage:
        asked.append(address)
        return FetchedPage(address, MESSAGE.encode(), "text/html", "utf-8")

    channel = Feed(
        address="https://t.example/s/nile",
        kind="page",
        select=r"/nile/\d+$",
        fetch="{address}?embed=1",
        outlet="Nile Channel",
    )
    watch = FeedWatcher(
        ledger,
        [channel],
        OwnReader(tools),
        poll=lambda _address, _headers: Reply(200, "", {}, page),
        fetch=fetch,
        now=lambda: world.now,
        sleep=world.sleep,
    )
    (seen,) = watch.once()
    assert "new" in seen.what
    assert asked == ["https://t.example/nile/7?embed=1"]
    (card,) = ledger.documents().rows
    assert (card.name, card.outlet) == ("https://t.example/nile/7", "Nile Channel")
    assert card.published == date(2024, 5, 24)
    assert "Friday.\nIt said" in ledger.texts([card.id])[card.id]
    (figure,) = [row.claim for row in ledger.claims().rows if row.claim.kind == "casualty"]
    assert {party.root for party in figure.speakers} == {"RSF"}
