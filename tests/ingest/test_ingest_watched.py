"""Sources that are watched: feeds of all kinds, sitemaps, pages of links, folders and mailboxes."""

import mailbox
import os
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from counterclaim.ingest.errors import FeedError, FeedListError
from counterclaim.ingest.feeds import AS_LINKS, fits, in_zone, parse_feed, read_feed_list
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.shelves import list_folder, list_mbox
from counterclaim.records.feed import Feed, FeedEntry

AT = "https://news.example/feed"


def reply(body: str, **headers: str) -> Reply:
    return Reply(200, "OK", headers, body.encode())


def test_ingest_json_feed_is_told_apart() -> None:
    body = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://a.example/1", "title": "One", "date_published": "2024-05-20T23:30:00-04:00", "date_modified": "2024-05-21T00:00:00Z"}, {"id": "x"}, 7]}'
    (entry,) = parse_feed(AT, reply(body))
    assert (entry.address, entry.title, entry.published) == (
        "https://a.example/1",
        "One",
        date(2024, 5, 20),
    )
    assert entry.changed == "2024-05-21T00:00:00Z"


@pytest.mark.parametrize("body", ["{", '{"items": 3}', "{}", '{"items": [}'])
def test_ingest_json_that_is_no_feed_is_told(body: str) -> None:
    with pytest.raises(FeedError, match="neither RSS nor Atom"):
        parse_feed(AT, reply(body))


def test_ingest_sitemap_and_its_index_are_told_apart() -> None:
    urls = (
        "<?xml version='1.0'?><urlset><url><loc>https://a.example/1?x=1&amp;y=2</loc><lastmod>2024-05-21</lastmod>"
        "<news:news><news:publication_date>2024-05-20T10:00:00Z</news:publication_date><news:title><![CDATA[One & two]]></news:title></news:news></url></urlset>"
    )
    (entry,) = parse_feed(AT, reply(urls))
    assert (entry.address, entry.title) == ("https://a.example/1?x=1&y=2", "One & two")
    assert (entry.published, entry.changed, entry.is_list) == (
        date(2024, 5, 20),
        "2024-05-21",
        False,
    )
    index = "<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>"
    assert parse_feed(AT, reply(index))[0].is_list


def test_ingest_a_page_gives_its_links_only_where_that_is_meant() -> None:
    body = "<html><a href='/s/1#top'>One <b>report</b></a><a href='/s/1'>again</a><a href='javascript:x'>x</a><a href='https://[/'>y</a></html>"
    (entry,) = parse_feed(AT, reply(body, **{AS_LINKS: "yes"}))
    assert (entry.address, entry.title) == ("https://news.example/s/1", "One report")
    with pytest.raises(FeedError):
        parse_feed(AT, reply(body))


def test_ingest_the_publisher_behind_an_aggregator_is_named() -> None:
    body = "<rss version='2.0'><channel><item><link>https://a.example/1</link><source url='https://p.example'>The Post</source></item></channel></rss>"
    assert parse_feed(AT, reply(body))[0].outlet == "The Post"


@pytest.mark.parametrize(
    ("stamp", "zone", "day"),
    [
        ("Mon, 20 May 2024 22:30:00 GMT", "Europe/Kyiv", date(2024, 5, 21)),
        ("2024-05-20T01:30:00+03:00", "UTC", date(2024, 5, 19)),
        ("2024-05-20", "Europe/Kyiv", date(2024, 5, 1)),
        ("Mon, 20 May 2024 22:30:00 GMT", None, date(2024, 5, 1)),
    ],
)
def test_ingest_days_are_meant_in_the_zone_that_is_given(
    stamp: str, zone: str | None, day: date
) -> None:
    entry = FeedEntry(address=AT, published=date(2024, 5, 1), stamp=stamp)
    assert in_zone(entry, zone).published == day


def test_ingest_select_lets_through_what_fits() -> None:
    feed = Feed(address=AT, select=r"/world/")
    assert fits(FeedEntry(address="https://a.example/world/1"), feed)
    assert not fits(FeedEntry(address="https://a.example/sport/1"), feed)
    assert fits(FeedEntry(address="https://a.example/s.xml", is_list=True), feed)


def test_ingest_a_source_names_its_projects(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "sources:\n  - {address: 'https://a.example/rss', project: valley}\n"
        "  - {folder: incoming, project: [valley, coast]}\n  - {mbox: desk.mbox}\n",
        "utf-8",
    )
    assert [feed.projects for feed in read_feed_list(str(path))] == [
        ("valley",),
        ("valley", "coast"),
        (),
    ]


def test_ingest_a_source_says_where_its_reports_are_had(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    listed = "{address: 'https://t.example/s/nile', kind: page, select: '/nile/', fetch: '{address}?embed=1'}"
    path.write_text(f"sources:\n  - {listed}\n  - {{folder: incoming}}\n", "utf-8")
    one, two = read_feed_list(str(path))
    assert (one.fetch, two.fetch) == ("{address}?embed=1", "{address}")


def test_ingest_people_are_told_of_a_feed_without_its_keys() -> None:
    assert Feed(address="https://u:p@a.example/rss?key=hush").told == "a.example/rss"
    assert Feed(address="/srv/incoming", kind="folder").told == "incoming"
    assert Feed(address="https://a.example/rss", outlet="The Bugle").told == "The Bugle"


def test_ingest_a_yaml_list_of_sources_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "sources:\n  - {address: 'https://a.example/rss', outlet: A, every_minutes: 15, zone: Europe/Kyiv}\n"
        "  - {address: 'https://a.example/s', kind: page, select: '/s/', revisit: false}\n  - {folder: incoming}\n  - {mbox: desk.mbox}\n",
        "utf-8",
    )
    one, two, three, four = read_feed_list(str(path))
    assert (one.outlet, one.every_minutes, one.zone, one.revisit) == ("A", 15, "Europe/Kyiv", True)
    assert (two.kind, two.select, two.revisit) == ("page", "/s/", False)
    assert (three.kind, three.address) == ("folder", str(tmp_path / "incoming"))
    assert (four.kind, four.address) == ("mbox", str(tmp_path / "desk.mbox"))


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("sources: [{address: 'https://a.example', kind: page}]", "needs select"),
        ("sources: [{address: 'https://a.example', kind: carrier}]", "kind is feed"),
        ("sources: [{address: 'https://a.example', select: '('}]", "no pattern"),
        ("sources: [{address: 'https://a.example', zone: Mars}]", "zone"),
        ("sources: [{address: 'https://a.example', fetch: '?embed=1'}]", "written with {address}"),
        ("sources: [{address: 'https://a.example', project: 7}]", "the name of a project"),
        ("sources: [{adress: 'https://a.example'}]", "unknown"),
        ("sources: [7]", "no http or https address"),
        ("sources: []", "names no feed"),
        ("sources: [", "not YAML"),
    ],
)
def test_ingest_a_bad_list_of_sources_says_what_to_do(
    tmp_path: Path, words: str, what: str
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(words, "utf-8")
    with pytest.raises(FeedListError, match=what):
        read_feed_list(str(path))


def test_ingest_a_folder_gives_its_settled_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    old, new = tmp_path / "deep" / "a b.txt", tmp_path / "new.txt"
    old.write_text("A report.", "utf-8")
    new.write_text("Still written", "utf-8")
    os.utime(old, (1_000, 1_000))
    os.utime(new, (1_999, 1_999))
    (item,) = list_folder(str(tmp_path), 2_000.0)
    assert item.address == old.absolute().as_uri()
    mark = item.mark
    old.write_text("A report, changed.", "utf-8")
    os.utime(old, (1_000, 1_000))
    assert next(list_folder(str(tmp_path), 2_000.0)).mark != mark
    with pytest.raises(FeedError, match="no such folder"):
        list(list_folder(str(tmp_path / "none"), 0.0))


def test_ingest_a_mailbox_gives_its_messages(tmp_path: Path) -> None:
    path = tmp_path / "desk.mbox"
    box = mailbox.mbox(path)
    mail = EmailMessage()
    mail["From"] = "The Bugle <wire@bugle.example>"
    mail["Subject"] = "On Óst"
    mail["Date"] = "Mon, 20 May 2024 10:00:00 +0300"
    mail["Message-ID"] = "<1@bugle.example>"
    mail.set_content("A shell hit the mill at Ost.")
    mail.add_alternative("<p>A shell hit the mill at Ost.</p>", subtype="html")
    mail.add_attachment("other words", filename="notes.txt")
    box.add(mail)
    box.add("Subject: bare\n\nNo id, no date.\n")
    box.close()
    one, two = list_mbox(str(path))
    assert (one.address, one.title, one.outlet, one.published) == (
        "mbox://1@bugle.example",
        "On Óst",
        "The Bugle",
        date(2024, 5, 20),
    )
    assert one.raw is not None
    assert one.raw.data.strip() == b"A shell hit the mill at Ost."
    assert two.address.startswith("mbox://")
    assert two.published is None
    with pytest.raises(FeedError, match="no such file"):
        list(list_mbox(str(tmp_path / "none")))
