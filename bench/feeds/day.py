"""The recorded day: its feeds and reports at any moment, what goes wrong with them, and what must come of it."""

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

RECORDED = Path(__file__).parent / "day.yaml"

SHOWN = 50
"""Reports that a feed shows where the recording does not say."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with an address for a while."""

    begins: datetime
    ends: datetime
    answer: int | str | None = None
    """A status; ``cut`` and ``garbage`` for a feed that breaks off or is none; ``hang`` for no answer at all."""
    to_address: str | None = None
    slow: float = 0.0
    """Seconds before the answer."""
    retry_after: int | None = None
    """Seconds that the server asks for."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that stood at an address."""

    at: datetime
    words: str
    tells: bool = False
    """Whether its feeds say that it was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report at one address."""

    address: str
    title: str
    at: datetime
    feeds: Mapping[str, datetime]
    """The feeds that announce it, each from when on."""
    texts: tuple[Text, ...]
    of: frozenset[str]
    """The projects that it must be of in the end."""
    source: str | None = None
    """The publisher whom an aggregator names."""
    wire: str | None = None
    is_had: bool = True
    """Whether it must be in the ledger in the end."""
    faults: tuple[Fault, ...] = ()

    def text(self, now: datetime) -> Text:
        """Return the text that stands there at a moment."""
        return [text for text in self.texts if text.at <= now][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFeed:
    """One feed."""

    name: str
    form: str
    listed: Mapping[str, Any]
    """As it stands in the list that is watched."""
    shows: int = SHOWN
    faults: tuple[Fault, ...] = ()

    @property
    def address(self) -> str:
        """Return where it stands."""
        return str(self.listed["address"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One alert that must be told once."""

    rule: str
    told: str
    """Its headline."""
    by: frozenset[str]
    """Addresses of the reports by which it may be told."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """All of it."""

    starts: datetime
    ends: datetime
    wars: tuple[str, ...]
    feeds: Mapping[str, RecordedFeed]
    reports: tuple[Report, ...]
    rules: tuple[Mapping[str, Any], ...]
    alerts: tuple[Wanted, ...]
    moved: Mapping[str, str] = field(default_factory=dict)
    """Addresses that answer for others, since those moved there."""

    @cached_property
    def by_address(self) -> Mapping[str, Report]:
        """Return the reports by where they stand."""
        return {report.address: report for report in self.reports}

    def announced(self, feed: RecordedFeed, now: datetime) -> list[Report]:
        """Return what a feed shows at a moment, the latest first."""
        found = [item for item in self.reports if feed.name in item.feeds]
        shown = [item for item in found if item.feeds[feed.name] <= now]
        return sorted(shown, key=lambda item: item.feeds[feed.name], reverse=True)[: feed.shows]


def read_day(path: Path = RECORDED, until: str | None = None) -> Day:
    """Read a recorded day.

    Args:
        path: The recording.
        until: A time at which the day ends sooner; nothing that is announced in its last two hours is part of it then.
    """
    found = yaml.safe_load(path.read_text("utf-8"))
    starts = datetime.fromisoformat(str(found["starts"])).astimezone(UTC)

    def at(words: str) -> datetime:
        hours, minutes = words.split(":")
        return starts + timedelta(hours=int(hours), minutes=int(minutes))

    def fault(row: Mapping[str, Any]) -> Fault:
        given = {key: value for key, value in row.items() if key not in {"from", "to"}}
        return Fault(at(row["from"]), at(row["to"]), **given)

    def report(row: Mapping[str, Any]) -> Report:
        named = (str(name).partition("@") for name in row["in"])
        texts = [Text(at(row["at"]), row["text"])]
        texts += [
            Text(at(item["at"]), item["text"], bool(item.get("tells")))
            for item in row.get("edits", ())
        ]
        return Report(
            address=row["address"],
            title=row["title"],
            at=at(row["at"]),
            feeds={name: at(later or row["at"]) for name, _, later in named},
            texts=tuple(texts),
            of=frozenset(row["of"]),
            source=row.get("source"),
            wire=row.get("wire"),
            is_had=not row.get("never"),
            faults=tuple(fault(item) for item in row.get("page", ())),
        )

    feeds = {
        name: RecordedFeed(
            name=name,
            form=row["form"],
            listed=row["listed"],
            shows=row.get("shows", SHOWN),
            faults=tuple(fault(item) for item in row.get("faults", ())),
        )
        for name, row in found["feeds"].items()
    }
    every = tuple(report(row) for row in found["reports"])
    alerts = tuple(
        Wanted(rule=row["rule"], told=row["told"], by=frozenset(row["by"]))
        for row in found["alerts"]
    )
    ends = at(until or found["ends"])
    if until is not None:
        last = ends - timedelta(hours=2)
        every = tuple(
            row for row in every if max(row.feeds.values()) <= last and row.texts[-1].at <= last
        )
        left = {row.address for row in every}
        alerts = tuple(item for item in alerts if item.by & left)
    movable: list[RecordedFeed | Report] = [*feeds.values(), *every]
    return Day(
        starts=starts,
        ends=ends,
        wars=tuple(found["wars"]),
        feeds=feeds,
        reports=every,
        rules=tuple(found["rules"]),
        alerts=alerts,
        moved={
            fault.to_address: item.address
            for item in movable
            for fault in item.faults
            if fault.to_address is not None
        },
    )


# What feeds and pages look like on the wire


def page_of(report: Report, now: datetime) -> bytes:
    """Write a report's page as it stands at a moment."""
    words = "".join(f"<p>{html.escape(part)}</p>" for part in report.text(now).words.split("\n\n"))
    title = html.escape(report.title)
    stamp = report.at.isoformat()
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>"
        f"<meta property='article:published_time' content='{stamp}'></head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{words}</article></body></html>"
    ).encode()


def feed_of(day: Day, feed: RecordedFeed, now: datetime) -> tuple[str, bytes]:
    """Write a feed as it stands at a moment; give its media type and its bytes."""
    rows = day.announced(feed, now)
    write = {
        "rss": _rss,
        "atom": _atom,
        "json": _json,
        "sitemap": _sitemap,
        "index": _index,
        "page": _links,
    }[feed.form]
    return write(feed, rows, now)


def _changed(report: Report, now: datetime) -> str | None:
    text = report.text(now)
    return text.at.isoformat() if text.tells else None


def _rss(feed: RecordedFeed, rows: Sequence[Report], now: datetime) -> tuple[str, bytes]:
    items = ""
    for row in rows:
        changed = _changed(row, now)
        items += f"<item><title>{html.escape(row.title)}</title><link>{row.address}</link>"
        items += f"<pubDate>{format_datetime(row.at)}</pubDate>"
        items += f"<atom:updated>{changed or row.at.isoformat()}</atom:updated>"
        items += f"<source url='{row.address}'>{row.source}</source>" if row.source else ""
        items += "</item>\n"
    head = "<?xml version='1.0'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'>"
    body = f"{head}<channel><title>{feed.name}</title>{items}</channel></rss>"
    return "application/rss+xml", body.encode()


def _atom(feed: RecordedFeed, rows: Sequence[Report], now: datetime) -> tuple[str, bytes]:
    items = "".join(
        f"<entry><title>{html.escape(row.title)}</title><link href='{row.address}'/><id>{row.address}</id>"
        f"<published>{row.at.isoformat()}</published><updated>{_changed(row, now) or row.at.isoformat()}</updated></entry>\n"
        for row in rows
    )
    body = f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>{feed.name}</title>{items}</feed>"
    return "application/atom+xml", body.encode()


def _json(feed: RecordedFeed, rows: Sequence[Report], now: datetime) -> tuple[str, bytes]:
    items = [
        {
            "id": row.address,
            "url": row.address,
            "title": row.title,
            "date_published": row.at.isoformat(),
            "date_modified": _changed(row, now) or row.at.isoformat(),
        }
        for row in rows
    ]
    body = {"version": "https://jsonfeed.org/version/1.1", "title": feed.name, "items": items}
    return "application/feed+json", json.dumps(body).encode()


def _sitemap(feed: RecordedFeed, rows: Sequence[Report], now: datetime) -> tuple[str, bytes]:
    del feed
    items = "".join(
        f"<url><loc>{row.address}</loc><lastmod>{_changed(row, now) or row.at.isoformat()}</lastmod>"
        f"<news:news><news:publication_date>{row.at.isoformat()}</news:publication_date>"
        f"<news:title>{html.escape(row.title)}</news:title></news:news></url>\n"
        for row in rows
    )
    body = f"<?xml version='1.0'?><urlset xmlns:news='n'>{items}</urlset>"
    return "application/xml", body.encode()


def _index(feed: RecordedFeed, rows: Sequence[Report], now: datetime) -> tuple[str, bytes]:
    del rows, now
    parts = urlsplit(feed.address)
    places = (f"{parts.scheme}://{parts.netloc}/part/{number}.xml" for number in (1, 2))
    items = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    return "application/xml", f"<sitemapindex>{items}</sitemapindex>".encode()


def _links(feed: RecordedFeed, rows: Sequence[Report], now: datetime) -> tuple[str, bytes]:
    del feed, now
    items = "".join(f"<li><a href='{row.address}#top'>{row.title}</a></li>" for row in rows)
    body = f"<html><body><a href='/about'>About</a><ul>{items}</ul></body></html>"
    return "text/html", body.encode()


def part_of(day: Day, feed: RecordedFeed, number: int, now: datetime) -> tuple[str, bytes]:
    """Write one part of an index of sitemaps: every second report."""
    return _sitemap(feed, day.announced(feed, now)[number - 1 :: 2], now)
