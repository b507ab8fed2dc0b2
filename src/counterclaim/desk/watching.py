"""Watching: feeds asked in turn, new reports fetched, read and filed."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from counterclaim.desk.filing import file_opened
from counterclaim.desk.reader import Reads, StartError, tell_failure
from counterclaim.ingest import Opened
from counterclaim.ingest.feeds import poll_feed
from counterclaim.ingest.pages import Fetcher, Poller
from counterclaim.ingest.sources import take_raw
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import LedgerError
from counterclaim.records.feed import Feed, FeedEntry
from counterclaim.records.problem import Problem

FIRST_RETRY = timedelta(minutes=15)
"""A report that could not be fetched is tried again after this, then after twice as long, and so on."""

LAST_RETRY = 5
"""After so many failures a report is left; ``counterclaim add`` still takes it."""

LONGEST_SLEEP = 60.0
"""Seconds between looks at the clock."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that watching did."""

    feed: str
    what: str
    """In words: a report filed, a feed not answered."""
    is_problem: bool = False


@dataclass(slots=True)
class _Retry:
    failures: int
    next_at: datetime


class Watch:
    """Watches feeds for one ledger."""

    def __init__(
        self,
        ledger: Ledger,
        feeds: Sequence[Feed],
        reader: Reads,
        *,
        poll: Poller,
        fetch: Fetcher,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set up; nothing is asked yet.

        Args:
            ledger: Where reports are filed, and where each feed's state is kept.
            feeds: What to watch.
            reader: What takes in and reads.
            poll: Asks for feeds.
            fetch: Fetches pages.
            now: The clock, UTC.
            sleep: Waits, in seconds.
        """
        self._ledger = ledger
        self._feeds = feeds
        self._reader = reader
        self._poll = poll
        self._fetch = fetch
        self._now = now
        self._sleep = sleep
        self._retries: dict[str, _Retry] = {}

    def forever(self) -> Iterator[Seen]:
        """Ask each feed when it is due, without end."""
        while True:
            yield from self.once()
            states = [self._ledger.feed(feed.address).next_at for feed in self._feeds]
            due = min((at for at in states if at is not None), default=self._now())
            wait = (due - self._now()).total_seconds()
            self._sleep(min(max(wait, 1.0), LONGEST_SLEEP))

    def once(self) -> Iterator[Seen]:
        """Ask each feed that is due, once."""
        for feed in self._feeds:
            state = self._ledger.feed(feed.address)
            if state.next_at is not None and state.next_at > self._now():
                continue
            polled = poll_feed(feed, state, self._poll, self._now(), self._reader.entries)
            if polled.error is not None:
                self._ledger.note_problem(feed.address, Problem("feed", polled.error))
                yield Seen(feed.address, polled.error, is_problem=True)
            held = self._ledger.names_held([entry.address for entry in polled.entries])
            left = 0
            for entry in polled.entries:
                if entry.address not in held and self._is_due(entry.address):
                    seen = self._file(feed, entry)
                    left += seen.is_problem
                    yield seen
            if left:  # ask again for the whole feed, so that what failed is tried again
                polled = replace(polled, state=replace(polled.state, etag=None, modified=None))
            self._ledger.note_feed(polled.state)

    def _is_due(self, address: str) -> bool:
        retry = self._retries.get(address)
        return retry is None or (retry.failures < LAST_RETRY and retry.next_at <= self._now())

    def _file(self, feed: Feed, entry: FeedEntry) -> Seen:
        try:
            posted = file_opened(self._ledger, self._open(feed, entry), reader=self._reader)
        except (LedgerError, StartError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever one report leads us into, the next one is read
            why = tell_failure(entry.address, error)
            failures = 1 + (
                self._retries[entry.address].failures if entry.address in self._retries else 0
            )
            wait = FIRST_RETRY * 2 ** (failures - 1)
            self._retries[entry.address] = _Retry(failures, self._now() + wait)
            self._ledger.note_problem(entry.address, Problem("source", why))
            return Seen(feed.address, why, is_problem=True)
        self._retries.pop(entry.address, None)
        return Seen(
            feed.address,
            f"{entry.title or entry.address}: {posted.outcome}, {posted.claims} claims",
        )

    def _open(self, feed: Feed, entry: FeedEntry) -> Opened:
        """Take in a report under the address that the feed gave, dated by the feed where the page is not."""
        raw = take_raw(entry.address, self._fetch)
        opened = self._reader.open_raw(raw, entry.address, outlet=feed.outlet)
        document = replace(opened.document, name=entry.address)
        if document.published is None and entry.published is not None:
            document = replace(document, published=entry.published, published_basis="given")
            kept = tuple(item for item in opened.problems if item.code != "no-date")
            return Opened(document, kept, opened.thread)
        return Opened(document, opened.problems, opened.thread)
