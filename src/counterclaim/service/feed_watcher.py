"""Feed watcher: sources asked in turn, new reports fetched, read and filed, known ones looked at again for a while."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened
from counterclaim.ingest.errors import FetchError
from counterclaim.ingest.feeds import fits, poll_feed, wait_until
from counterclaim.ingest.fetch import FetchedPage, Fetcher, Poller
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.shelves import Shelved, list_folder, list_mbox
from counterclaim.ingest.sources import Raw, take_raw
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import LedgerError
from counterclaim.pipeline.reader_process import Reads, ReadsTaken, StartError, tell_failure
from counterclaim.records.feed import ADDRESS, Feed, FeedEntry, FeedState, Visit
from counterclaim.records.problem import Problem
from counterclaim.service.ledger_service import file_opened
from counterclaim.service.projects import conflict_of, put_by_feed, put_into
from counterclaim.service.versions import file_version

FIRST_RETRY = timedelta(minutes=15)
"""A report that could not be fetched is tried again after this, then after twice as long, and so on."""

LAST_RETRY = 5
"""After so many failures a report is left; ``counterclaim add`` still takes it."""

LONGEST_SLEEP = 60.0
"""Seconds between looks at the clock."""

REVISITS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
"""After how long from the first a report is looked at again: corrections come within hours, quiet edits within days."""

HOST_SECONDS = 2.0
"""Between two requests to one host, whatever is due there."""

MOST_LISTS = 10
"""Sitemaps of one index that are asked at a time, those changed last."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that watching did."""

    feed: str
    what: str
    """In words: a report filed, a feed not answered."""
    is_problem: bool = False


class FeedWatcher:
    """Watches sources for one ledger."""

    def __init__(
        self,
        ledger: Ledger,
        feeds: Sequence[Feed],
        reader: Reads,
        *,
        poll: Poller,
        fetch: Fetcher,
        project: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set up; nothing is asked yet.

        Args:
            ledger: Where reports are filed, and where each source's and each report's state is kept.
            feeds: What to watch.
            reader: What takes in and reads.
            poll: Asks for feeds.
            fetch: Fetches pages.
            project: Into which the reports of feeds that name no project are put; None to leave it to what each
                speaks of.
            now: The clock, UTC.
            sleep: Waits, in seconds.

        Raises:
            UnknownProjectError: If a feed names a project that the ledger does not have.
        """
        for name in sorted({name for feed in feeds for name in feed.projects}):
            ledger.projects.check(name)
        self._ledger = ledger
        self._feeds = {feed.address: feed for feed in feeds}
        self._reader = reader
        self._project = project
        self._now = now
        self._sleep = sleep
        self._asked: dict[str, datetime] = {}

        def polite_poll(address: str, headers: Mapping[str, str]) -> Reply:
            self._wait_for(address)
            return poll(address, headers)

        def polite_fetch(address: str) -> FetchedPage:
            self._wait_for(address)
            return fetch(address)

        self._poll: Poller = polite_poll
        self._fetch: Fetcher = polite_fetch

    def _wait_for(self, address: str) -> None:
        """Wait until a host may be asked again."""
        host = urlsplit(address).hostname or ""
        last = self._asked.get(host)
        left = 0.0 if last is None else HOST_SECONDS - (self._now() - last).total_seconds()
        if left > 0:
            self._sleep(min(left, HOST_SECONDS))
        self._asked[host] = self._now()

    def forever(self) -> Iterator[Seen]:
        """Ask each source when it is due, without end."""
        while True:
            yield from self.once()
            due = [self._ledger.feed(feed).next_at for feed in self._feeds]
            due.append(self._ledger.visits.next_at(list(self._feeds)))
            known = [at for at in due if at is not None]
            wait = (min(known, default=self._now()) - self._now()).total_seconds()
            self._sleep(min(max(wait, 1.0), LONGEST_SLEEP))

    def once(self) -> Iterator[Seen]:
        """Ask each source that is due, once; then look at every report that is."""
        for feed in self._feeds.values():
            state = self._ledger.feed(feed.address)
            if state.next_at is None or state.next_at <= self._now():
                yield from self._ask(feed, state)
        while due := self._ledger.visits.due(self._now(), list(self._feeds)):
            for visit in due:
                yield from self._look(self._feeds[visit.feed], visit)

    # Sources

    def _ask(self, feed: Feed, state: FeedState) -> Iterator[Seen]:
        if feed.kind in {"folder", "mbox"}:
            yield from self._ask_shelf(feed, state)
            return
        polled = poll_feed(feed, state, self._poll, self._now(), self._reader.entries)
        entries = list(polled.entries)
        lists = sorted(
            (entry for entry in entries if entry.is_list), key=lambda item: item.changed or ""
        )
        errors = [] if polled.error is None else [(feed.address, polled.error)]
        states = []
        for item in lists[-MOST_LISTS:]:
            part = poll_feed(
                replace(feed, address=item.address),
                self._ledger.feed(item.address),
                self._poll,
                self._now(),
                self._reader.entries,
            )
            entries += part.entries
            states.append(part.state)
            errors += [] if part.error is None else [(item.address, part.error)]
        for address, error in errors:
            self._ledger.note_problem(address, Problem("feed", error))
            yield Seen(feed.address, error, is_problem=True)
        if polled.moved is not None:
            told = f"{feed.address}: it moved for good to {polled.moved}; write that in the list"
            yield Seen(feed.address, told)
        self._announce(feed, [entry for entry in entries if not entry.is_list])
        for noted in (*states, polled.state):
            self._ledger.note_feed(noted)

    def _announce(self, feed: Feed, entries: Sequence[FeedEntry]) -> None:
        """Write down what is to be looked at before the source is marked as asked: a crash loses nothing."""
        addresses = [entry.address for entry in entries]
        known = self._ledger.visits.recall(addresses)
        held = self._ledger.names_held(addresses)
        homes = dict.fromkeys(feed.projects, feed.told)
        self._put_held(feed, known, held)
        now = self._now()
        rows: list[Visit] = []
        for entry in entries:
            before = known.get(entry.address)
            if before is None:
                rows.append(
                    Visit(
                        address=entry.address,
                        feed=feed.address,
                        title=entry.title,
                        published=entry.published,
                        outlet=entry.outlet,
                        changed=entry.changed,
                        first_at=now,
                        next_at=None if entry.address in held else now,
                        visits=1 if entry.address in held else 0,
                        projects=homes,
                    )
                )
                continue
            after = self._taken_over(before, feed)
            is_told = before.changed is None or before.feed == feed.address
            has_changed = entry.changed is not None and entry.changed != before.changed
            if before.visits and is_told and has_changed:
                again = now if feed.revisit and before.changed is not None else before.next_at
                after = replace(after, changed=entry.changed, next_at=again)
            if after != before:
                rows.append(after)
        self._ledger.visits.note(rows)

    def _taken_over(self, visit: Visit, feed: Feed) -> Visit:
        """Return what is remembered of an address that another feed announces too.

        Where the first one is not watched any more, this one looks at it.
        """
        homes = {**dict.fromkeys(feed.projects, feed.told), **visit.projects}
        owner = visit.feed if visit.feed in self._feeds else feed.address
        return replace(visit, feed=owner, projects=homes)

    def _put_held(self, feed: Feed, known: Mapping[str, Visit], held: Collection[str]) -> None:
        """Put reports that are in the ledger already into the projects of a further feed that announces them."""
        for address in held:
            before = known.get(address)
            there = {} if before is None else before.projects
            missing = {name: feed.told for name in feed.projects if name not in there}
            if missing:
                self._put(address, missing)

    def _put(self, address: str, homes: Mapping[str, str]) -> None:
        for name in self._ledger.carriers.at(address):
            put_by_feed(self._ledger, name, homes)

    def _ask_shelf(self, feed: Feed, state: FeedState) -> Iterator[Seen]:
        now, failures = self._now(), 0
        try:
            found = list(self._shelved(feed))
        except CounterclaimError as error:
            self._ledger.note_problem(feed.address, Problem("feed", str(error)))
            yield Seen(feed.address, str(error), is_problem=True)
            found, failures = [], state.failures + 1
        addresses = [item.address for item in found]
        known = self._ledger.visits.recall(addresses)
        self._put_held(feed, known, self._ledger.names_held(addresses))
        rows = []
        for item in found:
            before = known.get(item.address)
            if before is None:
                rows.append(
                    Visit(
                        address=item.address,
                        feed=feed.address,
                        title=item.title,
                        published=item.published,
                        outlet=item.outlet,
                        etag=item.mark,
                        first_at=now,
                        next_at=now,
                        projects=dict.fromkeys(feed.projects, feed.told),
                    )
                )
                continue
            after = self._taken_over(before, feed)
            if before.etag != item.mark:
                after = replace(after, etag=item.mark, next_at=now, failures=0)
            if after != before:
                rows.append(after)
        self._ledger.visits.note(rows)
        next_at = now + timedelta(minutes=feed.every_minutes)
        self._ledger.note_feed(replace(state, polled_at=now, next_at=next_at, failures=failures))

    def _shelved(self, feed: Feed) -> Iterator[Shelved]:
        if feed.kind == "mbox":
            return list_mbox(feed.address)
        found = list_folder(feed.address, self._now().timestamp())
        return (item for item in found if fits(FeedEntry(address=item.address), feed))

    # Reports

    def _look(self, feed: Feed, visit: Visit) -> Iterator[Seen]:
        """Look at one report: for the first time, again after a failure, or for what changed in it."""
        before = len(self._ledger.carriers.at(visit.address))
        try:
            opened, seen = self._open(feed, visit)
            if opened is None:
                self._ledger.visits.note([self._next(feed, seen)])
                return
            reader = self._reader_of(visit)
            if before:
                posted = file_version(self._ledger, opened, reader)
            else:
                posted = file_opened(self._ledger, opened, reader=reader)
            homes = self._ledger.visits.recall([visit.address]).get(visit.address, visit).projects
            put_by_feed(self._ledger, posted.document_id, homes)
            if self._project is not None and not homes:
                put_into(self._ledger, posted.document_id, self._project)
        except (LedgerError, StartError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever one report leads us into, the next one is read
            why = tell_failure(visit.address, error)
            failures = visit.failures + 1
            wait = FIRST_RETRY * 2 ** (failures - 1)
            now = self._now()
            asked = error.retry_after if isinstance(error, FetchError) else None
            later = max(now + wait, wait_until(asked, now))
            again = None if failures >= LAST_RETRY else later
            self._ledger.visits.note([replace(visit, failures=failures, next_at=again)])
            self._ledger.note_problem(visit.address, Problem("source", why))
            yield Seen(feed.address, why, is_problem=True)
            return
        self._ledger.visits.note([self._next(feed, seen)])
        if before and posted.outcome == "known":
            return
        what = "changed" if before else posted.outcome
        yield Seen(feed.address, f"{visit.title or visit.address}: {what}, {posted.claims} claims")

    def _reader_of(self, visit: Visit) -> ReadsTaken:
        """Return what reads a report: within the conflict of its project, where it is of one alone."""
        homes = tuple(visit.projects) or (() if self._project is None else (self._project,))
        if len(homes) != 1:
            return self._reader
        return self._reader.within(conflict_of(self._ledger, homes[0]))

    def _next(self, feed: Feed, visit: Visit) -> Visit:
        """Say when a report that was had is looked at again."""
        age = self._now() - visit.first_at
        later = next((step for step in REVISITS if step > age), None)
        is_watched = feed.revisit and feed.kind not in {"folder", "mbox"}
        next_at = visit.first_at + later if is_watched and later is not None else None
        return replace(visit, next_at=next_at, visits=visit.visits + 1, failures=0)

    def _open(self, feed: Feed, visit: Visit) -> tuple[Opened | None, Visit]:
        """Take in a report under the address that its source gave, dated by the source where the page is not.

        Returns:
            The report, None where its server says that nothing changed; and what is remembered of it now.
        """
        raw, seen = self._raw(feed, visit)
        if raw is None:
            return None, seen
        outlet = feed.outlet or visit.outlet
        opened = self._reader.open_raw(raw, visit.address, outlet=outlet)
        document = replace(opened.document, name=visit.address)
        if document.title is None and visit.title is not None:
            document = replace(document, title=visit.title)
        if document.published is None and visit.published is not None:
            document = replace(document, published=visit.published, published_basis="given")
            kept = tuple(
                item for item in opened.problems if item.code not in {"no-date", "date-of-dateline"}
            )
            return Opened(document, kept, opened.thread), seen
        return Opened(document, opened.problems, opened.thread), seen

    def _raw(self, feed: Feed, visit: Visit) -> tuple[Raw | None, Visit]:
        if feed.kind == "folder":
            return take_raw(unquote(urlsplit(visit.address).path)), visit
        if feed.kind == "mbox":
            found = next(item for item in list_mbox(feed.address) if item.address == visit.address)
            return found.raw, visit
        return take_raw(feed.fetch.replace(ADDRESS, visit.address), self._fetch), visit
