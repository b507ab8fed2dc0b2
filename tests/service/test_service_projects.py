"""Reports read with a project's conflict file: signed with it, read again with it, put there by watching."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.fetch import FetchedPage
from counterclaim.ingest.http_client import Reply
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools, in_conflict
from counterclaim.records.feed import Feed
from counterclaim.records.text import Document
from counterclaim.service.feed_watcher import FeedWatcher
from counterclaim.service.ledger_service import file_reading, read_again
from counterclaim.service.projects import add_project, conflict_of
from tests.ledger.wars import COAST, MAY, VALLEY
from tests.service.test_service_feed_watcher import RSS, World

EMPTY = b"<rss version='2.0'><channel><title>B</title></channel></rss>"
WORDS = "The Kestrians said that 3 of their soldiers were killed on Monday.\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "kept.db"), create=True) as made:
        made.projects.add("valley", VALLEY, by="Ada")
        yield made


def speakers(ledger: Ledger) -> set[str]:
    return {party.root for entry in ledger.claims().rows for party in entry.claim.speakers}


def test_service_report_read_within_a_project_is_read_again_within_it(
    ledger: Ledger, tools: Tools
) -> None:
    own = in_conflict(tools, conflict_of(ledger, "valley"))
    file_reading(ledger, read_document(Document(text=WORDS, published=MAY), tools=own))
    assert speakers(ledger) == {"Kestria"}
    assert list(read_again(ledger, tools=tools)) == []
    signature = MappingProxyType({**tools.signature, "counterclaim": "99"})
    (posted,) = read_again(ledger, tools=replace(tools, signature=signature))
    filed = ledger.document(posted.document_id)
    assert filed.signature["conflict/valley"] == conflict_of(ledger, "valley").digest
    assert speakers(ledger) == {"Kestria"}
    ledger.projects.add("valley", VALLEY.replace(b"Ost", b"Orr"), by="Ada")
    assert len(list(read_again(ledger, tools=tools))) == 1


def test_service_watching_puts_reports_where_they_were_meant_to_be(
    tmp_path: Path, ledger: Ledger, tools: Tools
) -> None:
    shelf = tmp_path / "incoming"
    shelf.mkdir()
    (shelf / "a.txt").write_text("Turkey accused Syria of shelling Idlib on Monday.\n", "utf-8")
    world = World()
    watch = FeedWatcher(
        ledger,
        [Feed(address=str(shelf), kind="folder", every_minutes=5)],
        OwnReader(tools),
        poll=world.poll,
        fetch=world.fetch,
        project="valley",
        now=lambda: world.now,
        sleep=world.sleep,
    )
    assert len(list(watch.once())) == 1
    (card,) = ledger.documents().rows
    (own,) = ledger.projects.of_document(card.id)
    assert (own.project, own.joined, own.basis) == ("valley", True, "by hand")


class TwoFeeds:
    """Two feeds that announce one page, the second a day later; each is of a project of its own."""

    VALLEY = Feed(address="https://bugle.example/valley?key=hush", projects=("valley",))
    COAST = Feed(address="https://post.example/rss", outlet="The Post", projects=("coast",))

    def __init__(self, ledger: Ledger, tools: Tools) -> None:
        self.world = World()
        self.words = WORDS
        self.announced = {self.VALLEY.address}
        self._ledger, self._tools = ledger, tools

    def watch(self, *feeds: Feed) -> list[str]:
        watcher = FeedWatcher(
            self._ledger,
            feeds or (self.VALLEY, self.COAST),
            OwnReader(self._tools),
            poll=lambda address, _: Reply(200, "", {}, RSS if address in self.announced else EMPTY),
            fetch=self.fetch,
            now=lambda: self.world.now,
            sleep=self.world.sleep,
        )
        seen = [item.what for item in watcher.once()]
        self.world.now += timedelta(hours=1, minutes=5)
        return seen

    def fetch(self, address: str) -> FetchedPage:
        body = f"<html><body><p>{self.words}</p></body></html>".encode()
        return FetchedPage(address, body, "text/html", "utf-8")

    def homes(self) -> dict[str, tuple[bool, str, str]]:
        (card,) = self._ledger.documents().rows
        return {
            item.project: (item.joined, item.basis, item.why)
            for item in self._ledger.projects.of_document(card.id)
        }


def test_service_feed_names_the_projects_of_its_reports(ledger: Ledger, tools: Tools) -> None:
    ledger.projects.add("coast", COAST, by="Ada")
    feeds = TwoFeeds(ledger, tools)
    feeds.watch()
    told = (True, "by its feed", "came by bugle.example/valley, whose reports are put there")
    assert feeds.homes() == {"valley": told}
    assert speakers(ledger) == {"Kestria"}
    (card,) = ledger.documents().rows
    signed = ledger.document(card.id).signature["conflict/valley"]
    assert signed == conflict_of(ledger, "valley").digest

    feeds.announced.add(feeds.COAST.address)
    feeds.watch()
    coast = (True, "by its feed", "came by The Post, whose reports are put there")
    assert feeds.homes() == {"valley": told, "coast": coast}

    ledger.projects.assign(card.id, "coast", joined=False, by="Ada", why="in passing")
    feeds.watch()
    assert feeds.homes() == {"valley": told, "coast": (False, "by hand", "in passing")}
    ledger.projects.add("valley", VALLEY.replace(b"Kestria", b"Korvia"), by="Ada")
    assert feeds.homes()["valley"] == told


def test_service_new_version_of_a_report_is_where_its_feeds_put_it(
    ledger: Ledger, tools: Tools
) -> None:
    ledger.projects.add("coast", COAST, by="Ada")
    feeds = TwoFeeds(ledger, tools)
    feeds.announced.add(feeds.COAST.address)
    feeds.watch()
    feeds.words = WORDS.replace("3", "5")
    assert ledger.projects.card("coast").documents == 1
    assert "changed" in feeds.watch()[0]
    assert ledger.projects.card("coast").documents == 1
    assert all(
        {item.project for item in ledger.projects.of_document(name) if item.joined}
        == {"valley", "coast"}
        for name in ledger.carriers.at("https://bugle.example/ost")
    )


def test_service_feed_that_is_watched_no_more_leaves_its_reports_to_another(
    ledger: Ledger, tools: Tools
) -> None:
    ledger.projects.add("coast", COAST, by="Ada")
    feeds = TwoFeeds(ledger, tools)
    feeds.announced.add(feeds.COAST.address)
    feeds.watch()
    feeds.words = WORDS.replace("3", "5")
    feeds.world.now += timedelta(hours=6)
    assert "changed" in feeds.watch(feeds.COAST)[0]


def test_service_feed_of_an_unknown_project_is_refused(ledger: Ledger, tools: Tools) -> None:
    with pytest.raises(CounterclaimError, match="coast"):
        TwoFeeds(ledger, tools).watch()


def test_service_project_is_added_by_a_shipped_name_or_a_path(
    tmp_path: Path, ledger: Ledger
) -> None:
    card, _ = add_project(ledger, "sudan", by="Ada")
    assert (card.id, card.by) == ("sudan", "Ada")
    path = tmp_path / "coast.toml"
    path.write_bytes(VALLEY)
    assert add_project(ledger, str(path), by="Ada", name="coast-2")[0].id == "coast-2"
    path.write_text(path.read_text("utf-8").replace('kind = "state"\n', ""), "utf-8")
    with pytest.raises(CounterclaimError, match="neither a state nor a party"):
        add_project(ledger, str(path), by="Ada", name="coast-3")
    for given, told in (("atlantis", "one of"), ("none/x.toml", "cannot read")):
        with pytest.raises(CounterclaimError, match=told):
            add_project(ledger, given, by="Ada")
