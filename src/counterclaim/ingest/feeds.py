"""Feeds: RSS and Atom asked for politely, and told apart into reports."""

import html
import json
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.errors import FeedError, FeedListError
from counterclaim.ingest.fetch import MOVED, Poller
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.publication import read_stamp
from counterclaim.records.feed import ADDRESS, Feed, FeedEntry, FeedState, Polled, SourceKind

USUAL_MINUTES = 30
"""How often a feed is asked where the list does not say; most change a few times an hour."""

LEAST_MINUTES = 5
"""More often than that is impolite, whatever the list says."""

LONGEST_WAIT = timedelta(hours=24)
"""However often a feed fails, it is asked again after a day."""


def read_feed_list(source: str) -> tuple[Feed, ...]:
    """Read a list of what to watch: YAML with a list ``sources``, or TOML with a table ``[[feeds]]`` for each.

    Args:
        source: Path of the list. ``address`` is needed, or ``folder`` or ``mbox``; ``docs/watching.md`` has the rest.

    Raises:
        FeedListError: If it cannot be read, or a feed lacks an address.
    """
    is_yaml = source.endswith((".yaml", ".yml"))
    try:
        words = Path(source).read_text("utf-8")
        found = yaml.safe_load(words) if is_yaml else tomllib.loads(words)
    except OSError as error:
        raise FeedListError(source, f"it cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, yaml.YAMLError, UnicodeError) as error:
        what = " ".join(str(error).split())
        raise FeedListError(
            source, f"it is not {'YAML' if is_yaml else 'TOML'} ({what})"
        ) from error
    named = found if isinstance(found, dict) else {}
    rows = named.get("sources", named.get("feeds", []))
    if not isinstance(rows, list) or not rows:
        raise FeedListError(source, "it names no feed")
    return tuple(_feed(source, number, row) for number, row in enumerate(rows, 1))


def _feed(source: str, number: int, row: Any) -> Feed:
    given: dict[str, Any] = row if isinstance(row, dict) else {}
    unknown = sorted(set(given) - _FIELDS)
    if unknown:
        raise FeedListError(
            source,
            f"feed {number}: {unknown[0]!r} is unknown: choose from {', '.join(sorted(_FIELDS))}",
        )
    kind, address = _where(source, number, given)
    every = given.get("every_minutes", USUAL_MINUTES)
    if not isinstance(every, int) or every < LEAST_MINUTES:
        raise FeedListError(source, f"feed {number}: every_minutes is {LEAST_MINUTES} or more")
    select, zone, outlet = (given.get(name) for name in ("select", "zone", "outlet"))
    if kind == "page" and not isinstance(select, str):
        raise FeedListError(
            source, f"feed {number}: a page needs select, a pattern of its reports' addresses"
        )
    try:
        re.compile(select or "")
    except (re.error, TypeError) as error:
        raise FeedListError(source, f"feed {number}: select is no pattern ({error})") from error
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, TypeError) as error:
        raise FeedListError(
            source, f"feed {number}: zone {zone!r} is unknown: write it as Europe/Kyiv"
        ) from error
    return Feed(
        address=address,
        outlet=outlet if isinstance(outlet, str) else None,
        every_minutes=every,
        kind=kind,
        select=select,
        zone=zone,
        revisit=given.get("revisit", True) is not False,
        fetch=_fetched_at(source, number, given.get("fetch", ADDRESS)),
        projects=_named_projects(source, number, given.get("project")),
    )


_FIELDS = frozenset(
    {"address", "folder", "mbox", "kind", "outlet", "every_minutes", "select", "zone"}
    | {"revisit", "project", "fetch"}
)


def _fetched_at(source: str, number: int, given: Any) -> str:
    """Return where the text of a feed's reports is had."""
    if not isinstance(given, str) or ADDRESS not in given:
        raise FeedListError(
            source, f"feed {number}: fetch is written with {ADDRESS}, as '{ADDRESS}?embed=1'"
        )
    return given


def _named_projects(source: str, number: int, given: Any) -> tuple[str, ...]:
    """Return the projects that a feed's reports are put into: one name, or a list of names."""
    names = given if isinstance(given, list) else [] if given is None else [given]
    if not all(isinstance(name, str) and name for name in names):
        raise FeedListError(
            source, f"feed {number}: project is the name of a project, or a list of names"
        )
    return tuple(dict.fromkeys(names))


def _where(source: str, number: int, given: dict[str, Any]) -> tuple[SourceKind, str]:
    """Return the kind of a source, and its address or path."""
    for kind in ("folder", "mbox"):
        path = given.get(kind)
        if isinstance(path, str):
            return ("folder" if kind == "folder" else "mbox"), str(
                (Path(source).parent / path).absolute()
            )
    address, kind = given.get("address"), given.get("kind", "feed")
    if not isinstance(address, str) or not address.startswith(("http://", "https://")):
        raise FeedListError(source, f"feed {number} has no http or https address")
    if kind not in {"feed", "sitemap", "page"}:
        raise FeedListError(
            source,
            f"feed {number}: kind is feed, sitemap or page; a folder or mbox is named as such",
        )
    return kind, address


Parse = Callable[[str, Reply], Sequence[FeedEntry]]
"""Tells a feed apart, by its address."""


def poll_feed(
    feed: Feed, state: FeedState, poll: Poller, now: datetime, parse: Parse | None = None
) -> Polled:
    """Ask for a feed: only what is new since the last answer, later and later while it fails.

    Args:
        feed: What to ask for.
        state: What is remembered of it.
        poll: Asks under guard.
        now: The clock, UTC.
        parse: Tells the answer apart; here, where none is given.

    Returns:
        The reports announced, or why there are none; and when to ask next.
    """
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.modified:
        headers["If-Modified-Since"] = state.modified
    reply: Reply | None = None
    broken: str | None = None
    try:
        reply = poll(feed.address, headers)
        if reply.status not in {200, 304}:
            raise FeedError(  # noqa: TRY301 - told as the others are
                feed.address, f"the server answered {reply.status} {reply.reason}"
            )
        if feed.kind == "page":
            reply = replace(reply, headers={**reply.headers, AS_LINKS: "yes"})
        found = () if reply.status == 304 else (parse or parse_feed)(feed.address, reply)
        entries = tuple(
            _not_ahead(in_zone(entry, feed.zone), now) for entry in found if fits(entry, feed)
        )
        if reply.status == 200 and feed.kind != "page" and not is_whole(reply.body):
            broken = "it breaks off before its end; what came of it is taken, and it is asked again"
    except CounterclaimError as error:
        return Polled(state=_failed(feed, state, now, reply), error=str(error))
    except Exception as error:  # noqa: BLE001 - whatever one feed leads us into, the others are asked
        told = FeedError(feed.address, f"a fault of ours ({type(error).__name__})")
        return Polled(state=_failed(feed, state, now, reply), error=str(told))
    if broken is not None:
        cut = str(FeedError(feed.address, broken))
        return Polled(state=_failed(feed, state, now, reply), entries=entries, error=cut)
    if any(entry.is_list for entry in entries):  # that it stayed the same says nothing of its parts
        marks = {"etag", "last-modified"}
        unmarked = {name: value for name, value in reply.headers.items() if name not in marks}
        reply = replace(reply, headers=unmarked)
    kept = replace(
        state,
        etag=reply.headers.get("etag", state.etag if reply.status == 304 else None),
        modified=reply.headers.get(
            "last-modified", state.modified if reply.status == 304 else None
        ),
        polled_at=now,
        next_at=max(now + timedelta(minutes=feed.every_minutes), _asked_to_wait(reply, now)),
        failures=0,
    )
    moved = reply.headers.get(MOVED) if reply.status == 200 else None
    return Polled(state=kept, entries=entries, moved=moved)


def _failed(feed: Feed, state: FeedState, now: datetime, reply: Reply | None) -> FeedState:
    failures = state.failures + 1
    wait = min(timedelta(minutes=feed.every_minutes) * 2 ** min(failures, 10), LONGEST_WAIT)
    next_at = now + wait if reply is None else max(now + wait, _asked_to_wait(reply, now))
    return replace(state, polled_at=now, next_at=next_at, failures=failures)


def _asked_to_wait(reply: Reply, now: datetime) -> datetime:
    return wait_until(reply.headers.get("retry-after"), now)


def wait_until(retry_after: str | None, now: datetime) -> datetime:
    """Return the instant before which a server asks not to be asked again, at most a day away.

    Args:
        retry_after: Value of Retry-After: seconds, or a date; None where there is none.
        now: The clock, UTC; returned where nothing is asked for.
    """
    words = (retry_after or "").strip()
    if words.isdigit():
        return now + min(timedelta(seconds=min(int(words), 10**6)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return now
    return min(until.replace(tzinfo=until.tzinfo or UTC), now + LONGEST_WAIT)


AS_LINKS = "x-counterclaim-links"
"""Header put on the answer of a page whose links are the reports: it is no feed, and told apart as a page."""

_ROOT = re.compile(rb"<((?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex))\b([^>]*)>")


def is_whole(body: bytes) -> bool:
    """Return whether the markup of a feed or sitemap comes to its end; what is no markup is told apart elsewhere."""
    root = _ROOT.search(body)
    if root is None or root[2].endswith(b"/"):
        return True
    return re.search(rb"</" + re.escape(root[1]) + rb"\s*>", body) is not None


MOST_ENTRIES = 5_000
"""Reports of one answer; a sitemap holds up to 50,000, the latest last or first."""


def parse_feed(address: str, reply: Reply) -> tuple[FeedEntry, ...]:
    """Tell a feed, a sitemap or a page of links apart into the reports it announces, each address once.

    Accepts:
      1. RSS and Atom
      2. JSON Feed (jsonfeed.org)
      3. a sitemap, or an index of sitemaps: these are entries that are lists
      4. an HTML page, where the caller put ``AS_LINKS`` on the answer

    Raises:
        FeedError: If it is none of them.
    """
    head = reply.body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if AS_LINKS in reply.headers:
        found = _links(address, reply)
    elif head.startswith(b"{"):
        found = _json_feed(address, reply)
    elif b"<urlset" in head or b"<sitemapindex" in head:
        found = _sitemap(reply)
    else:
        found = _rss(address, reply)
    entries: dict[str, FeedEntry] = {}
    for entry in found:
        if entry.address.startswith(("http://", "https://")):
            entries.setdefault(entry.address, entry)
    return tuple(entries.values())[:MOST_ENTRIES]


def _rss(address: str, reply: Reply) -> list[FeedEntry]:
    import feedparser  # noqa: PLC0415 - for start-up time

    found = feedparser.parse(reply.body, response_headers={"content-location": address})
    if not found.get("version") and not found.entries:
        raise FeedError(address, "it is neither RSS nor Atom")
    is_rss = str(found.get("version") or "").startswith("rss")
    return [
        FeedEntry(
            address=str(item.get("link") or "").strip(),
            title=str(item.get("title") or "").strip() or None,
            published=_day(item, is_rss=is_rss),
            outlet=str((item.get("source") or {}).get("title") or "").strip() or None,
            stamp=item.get("published"),
            changed=dict.get(item, "updated"),  # its own get falls back on published
        )
        for item in found.entries
    ]


def _json_feed(address: str, reply: Reply) -> list[FeedEntry]:
    try:
        items = json.loads(reply.body)["items"]
        rows = [item for item in items if isinstance(item, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FeedError(address, "it is neither RSS nor Atom, nor a JSON Feed") from error
    return [
        FeedEntry(
            address=str(item.get("url") or item.get("external_url") or "").strip(),
            title=str(item.get("title") or "").strip() or None,
            published=_stamped(item.get("date_published")),
            stamp=_words(item.get("date_published")),
            changed=_words(item.get("date_modified")),
        )
        for item in rows
    ]


_URL = re.compile(r"<(url|sitemap)\b[^>]*>(.*?)</\1>", re.DOTALL)
_FIELD = re.compile(
    r"<(?:\w+:)?(loc|lastmod|publication_date|title)\b[^>]*>\s*(.*?)\s*</", re.DOTALL
)


def _sitemap(reply: Reply) -> list[FeedEntry]:
    found = []
    for match in _URL.finditer(reply.body.decode("utf-8", "replace")):
        fields: dict[str, str] = {}
        for name, value in _FIELD.findall(match[2]):
            words = value.removeprefix("<![CDATA[").removesuffix("]]>").strip()
            fields.setdefault(name, html.unescape(words))
        stamp = fields.get("publication_date")
        found.append(
            FeedEntry(
                address=fields.get("loc", ""),
                title=fields.get("title") or None,
                published=_stamped(stamp),
                stamp=stamp,
                changed=fields.get("lastmod"),
                is_list=match[1] == "sitemap",
            )
        )
    return found


class _Links(HTMLParser):
    """Gathers a page's links with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append((target, []))
            self._is_open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.found[-1][1].append(data)


def _links(address: str, reply: Reply) -> list[FeedEntry]:
    page = _Links()
    page.feed(reply.body.decode("utf-8", "replace"))
    found = []
    for target, words in page.found:
        try:
            full = urljoin(address, target.strip()).partition("#")[0]
        except ValueError:
            continue
        found.append(FeedEntry(address=full, title=" ".join("".join(words).split()) or None))
    return found


def fits(entry: FeedEntry, feed: Feed) -> bool:
    """Return whether an entry is one that its source is watched for."""
    return entry.is_list or feed.select is None or re.search(feed.select, entry.address) is not None


def in_zone(entry: FeedEntry, zone: str | None) -> FeedEntry:
    """Return an entry with the day that its stamp has in a zone, where it has an hour and a zone of its own."""
    if zone is None or entry.stamp is None:
        return entry
    try:
        at = parsedate_to_datetime(entry.stamp)
    except (TypeError, ValueError):
        try:
            at = datetime.fromisoformat(entry.stamp)
        except ValueError:
            return entry
    if at.tzinfo is None:
        return entry
    return replace(entry, published=at.astimezone(ZoneInfo(zone)).date())


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _stamped(words: Any) -> date | None:
    return read_stamp(words, latest=date.max) if isinstance(words, str) else None


def _day(item: Any, *, is_rss: bool) -> date | None:
    """Return the day on which an entry was published, in its own zone; a later change is not its publication.

    RSS has no word for a change: what ``feedparser`` calls one there is the entry's ``dc:date``.
    """
    words = item.get("published") or (item.get("updated") if is_rss else None)
    return read_stamp(words, latest=date.max) if isinstance(words, str) else None


def _not_ahead(entry: FeedEntry, now: datetime) -> FeedEntry:
    """Return an entry without a day that has not come: a clock set wrong says nothing."""
    if entry.published is None or entry.published <= now.date() + timedelta(days=1):
        return entry
    return replace(entry, published=None)
