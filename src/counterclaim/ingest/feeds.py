"""Feeds: RSS and Atom asked for politely, and told apart into reports."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.errors import FeedError, FeedListError
from counterclaim.ingest.pages import Poller
from counterclaim.ingest.publication import read_stamp
from counterclaim.ingest.wire import Reply
from counterclaim.records.feed import Feed, FeedEntry, FeedState, Polled

USUAL_MINUTES = 30
"""How often a feed is asked where the list does not say; most change a few times an hour."""

LEAST_MINUTES = 5
"""More often than that is impolite, whatever the list says."""

LONGEST_WAIT = timedelta(hours=24)
"""However often a feed fails, it is asked again after a day."""


def read_feed_list(source: str) -> tuple[Feed, ...]:
    """Read a list of feeds: TOML with a table ``[[feeds]]`` for each.

    Args:
        source: Path of the list. ``address`` is needed; ``outlet`` and ``every_minutes`` may be given.

    Raises:
        FeedListError: If it cannot be read, or a feed lacks an address.
    """
    try:
        rows = tomllib.loads(Path(source).read_text("utf-8")).get("feeds", [])
    except OSError as error:
        raise FeedListError(source, f"it cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise FeedListError(source, f"it is not TOML ({error})") from error
    if not isinstance(rows, list) or not rows:
        raise FeedListError(source, "it names no feed")
    return tuple(_feed(source, number, row) for number, row in enumerate(rows, 1))


def _feed(source: str, number: int, row: Any) -> Feed:
    address = row.get("address") if isinstance(row, dict) else None
    if not isinstance(address, str) or not address.startswith(("http://", "https://")):
        raise FeedListError(source, f"feed {number} has no http or https address")
    every = row.get("every_minutes", USUAL_MINUTES)
    if not isinstance(every, int) or every < LEAST_MINUTES:
        raise FeedListError(source, f"feed {number}: every_minutes is {LEAST_MINUTES} or more")
    outlet = row.get("outlet")
    return Feed(
        address=address, outlet=outlet if isinstance(outlet, str) else None, every_minutes=every
    )


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
    try:
        reply = poll(feed.address, headers)
        if reply.status not in {200, 304}:
            raise FeedError(  # noqa: TRY301 - told as the others are
                feed.address, f"the server answered {reply.status} {reply.reason}"
            )
        found = () if reply.status == 304 else (parse or parse_feed)(feed.address, reply)
        entries = tuple(_not_ahead(entry, now) for entry in found)
    except CounterclaimError as error:
        return Polled(state=_failed(feed, state, now, reply), error=str(error))
    except Exception as error:  # noqa: BLE001 - whatever one feed leads us into, the others are asked
        told = FeedError(feed.address, f"a fault of ours ({type(error).__name__})")
        return Polled(state=_failed(feed, state, now, reply), error=str(told))
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
    return Polled(state=kept, entries=entries)


def _failed(feed: Feed, state: FeedState, now: datetime, reply: Reply | None) -> FeedState:
    failures = state.failures + 1
    wait = min(timedelta(minutes=feed.every_minutes) * 2 ** min(failures, 10), LONGEST_WAIT)
    next_at = now + wait if reply is None else max(now + wait, _asked_to_wait(reply, now))
    return replace(state, polled_at=now, next_at=next_at, failures=failures)


def _asked_to_wait(reply: Reply, now: datetime) -> datetime:
    """Give the instant before which the server asks not to be asked again, at most a day away."""
    words = reply.headers.get("retry-after", "").strip()
    if words.isdigit():
        return now + min(timedelta(seconds=min(int(words), 10**6)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return now
    return min(until.replace(tzinfo=until.tzinfo or UTC), now + LONGEST_WAIT)


def parse_feed(address: str, reply: Reply) -> tuple[FeedEntry, ...]:
    """Tell a feed apart into the reports it announces, each address once.

    Raises:
        FeedError: If it is no feed.
    """
    import feedparser  # noqa: PLC0415 - for start-up time

    found = feedparser.parse(reply.body, response_headers={"content-location": address})
    if not found.get("version") and not found.entries:
        raise FeedError(address, "it is neither RSS nor Atom")
    entries: dict[str, FeedEntry] = {}
    for item in found.entries:
        link = str(item.get("link") or "").strip()
        if link.startswith(("http://", "https://")):
            title = str(item.get("title") or "").strip() or None
            day = _day(item, is_rss=str(found.get("version") or "").startswith("rss"))
            entries.setdefault(link, FeedEntry(address=link, title=title, published=day))
    return tuple(entries.values())


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
