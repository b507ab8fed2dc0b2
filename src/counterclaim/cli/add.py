"""Runs add and watch: what is done is told on standard error, what failed once more at the end."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from counterclaim.cli.options import open_kept
from counterclaim.cli.saying import make_console, say_aside
from counterclaim.ingest import Opened
from counterclaim.ingest.batch import BatchItem, list_sources
from counterclaim.ingest.errors import shorten
from counterclaim.ingest.feeds import read_feed_list
from counterclaim.ingest.fetch import Fetcher, make_fetcher, make_poller
from counterclaim.ingest.sources import KnownOfSource, put_known, take_raw
from counterclaim.ingest.url_safety import is_web_address
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import LedgerError
from counterclaim.pipeline.reader_process import (
    ReaderProcess,
    ReaderSetup,
    Reads,
    StartError,
    lent_reader,
    tell_failure,
)
from counterclaim.pipeline.worker_pool import ReaderPool
from counterclaim.records.problem import Problem
from counterclaim.records.shown import shown
from counterclaim.service.feed_watcher import FeedWatcher
from counterclaim.service.ledger_service import as_met_before, file_opened, file_reading
from counterclaim.service.projects import put_into

UNKNOWN = KnownOfSource()
"""Nothing is said of the reports."""

MOST_NAMED = 5
"""Reports without a day that are named at the end."""

MOST_TOLD = 20
"""Failures listed at the end; the others are kept and shown by ``ledger problems``."""


class _Bar(Protocol):
    def step(self, source: str) -> None: ...
    def finish(self) -> None: ...


class _Quiet:
    """No bar: standard error is no terminal."""

    def step(self, source: str) -> None:
        del source

    def finish(self) -> None:
        pass


class _Shown:
    """A bar over sources, with the reports read so far."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)
        self._reports = 0

    def step(self, source: str) -> None:
        self._reports += 1
        self._progress.update(
            self._task, description=f"{self._reports} reports · {shorten(source)[-50:]}"
        )

    def finish(self) -> None:
        self._progress.advance(self._task)


@contextmanager
def _bar(total: int) -> Iterator[_Bar]:
    if not sys.stderr.isatty():
        yield _Quiet()
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=make_console(stderr=True), transient=True) as progress:
        yield _Shown(progress, total)


def run_add(
    sources: list[str],
    address: str | None,
    *,
    again: bool,
    setup: ReaderSetup,
    workers: int = 1,
    known: KnownOfSource = UNKNOWN,
    reader: Reads | None = None,
    project: str | None = None,
) -> None:
    """Read sources into the ledger; those that failed are named at the end, and the code is then 2.

    Args:
        sources: Files, folders, addresses.
        address: The ledger's.
        again: Read known documents that another version read.
        setup: What the processes that read are told.
        workers: Processes that read what one more takes in; with one, it does both.
        known: What a person says of the reports, whatever they say themselves.
        reader: Reads instead of a process of its own.
        project: Into which the reports are put, known ones too; None to leave it to what each speaks of.
    """
    done: Counter[str] = Counter()
    failed: list[str] = []
    undated: list[str] = []
    own = nullcontext(reader) if reader is not None else lent_reader(setup)
    with own as reads, open_kept(address) as ledger:
        if isinstance(reads, ReaderProcess):
            reads.begin()
        ahead = ledger.clock_ahead()
        if ahead is not None:
            sys.stderr.write(shown(f"counterclaim: {ahead}\n"))
        files = list_sources(sources)
        fetch = make_fetcher() if any(is_web_address(item) for item in files) else None
        try:
            signature = reads.signature
            with _bar(len(files)) as bar:
                taken = (_with_known(item, known) for item in _take(files, reads, fetch, bar))
                if workers > 1:
                    held = signature if again else None
                    with ReaderPool(workers, setup) as crew:
                        _add_by_crew(ledger, taken, crew, held, done, failed, undated, project)
                else:
                    _add(ledger, taken, reads, done, failed, undated, again=again, project=project)
        except KeyboardInterrupt:
            if isinstance(reads, ReaderProcess):
                reads.close()
            _tell(done, failed, undated)
            sys.stderr.write("stopped; run the same command again to go on\n")
            raise SystemExit(130) from None
    _tell(done, failed, undated)
    if failed:
        raise SystemExit(2)


def _take(files: list[str], reader: Reads, fetch: Fetcher | None, bar: _Bar) -> Iterator[BatchItem]:
    for source in files:
        for taken in _take_one(source, reader, fetch):
            bar.step(taken.source)
            yield taken
        bar.finish()


def _with_known(taken: BatchItem, known: KnownOfSource) -> BatchItem:
    if taken.opened is None or known == UNKNOWN:
        return taken
    return replace(taken, opened=put_known(taken.opened, known))


def _take_one(source: str, reader: Reads, fetch: Fetcher | None) -> Iterator[BatchItem]:
    """Take a source in: files by the process that reads; what comes by a wire is fetched here, and read there."""
    is_address = is_web_address(source)
    if not is_address and source != "-":
        yield from reader.open_each(source)
        return
    name = source if is_address else "stdin"
    try:
        opened = reader.open_raw(take_raw(source, fetch), source)
    except StartError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one source leads us into, the next one is read
        yield BatchItem(source, name, None, tell_failure(source, error))
        return
    document = replace(opened.document, name=name)
    yield BatchItem(source, name, Opened(document, opened.problems, opened.thread))


def _add(
    ledger: Ledger,
    all_taken: Iterable[BatchItem],
    reader: Reads,
    done: Counter[str],
    failed: list[str],
    undated: list[str],
    *,
    again: bool,
    project: str | None,
) -> None:
    for taken in all_taken:
        error = taken.error
        if taken.opened is not None:
            with _told(taken) as told:
                opened = as_met_before(ledger, taken.opened)
                posted = file_opened(ledger, opened, reader=reader, again=again)
                _put(ledger, posted.document_id, project)
                done[posted.outcome] += 1
                if posted.claims and opened.document.published is None:
                    undated.append(taken.name)
            error = told.error
        if error is not None:
            failed.append(error)
            _keep(ledger, taken, error)


def _add_by_crew(
    ledger: Ledger,
    all_taken: Iterable[BatchItem],
    crew: ReaderPool,
    signature: Mapping[str, str] | None,
    done: Counter[str],
    failed: list[str],
    undated: list[str],
    project: str | None,
) -> None:
    """Read in several processes, file in this one, in the order of the sources."""

    def wanted() -> Iterator[tuple[BatchItem, Opened | None]]:
        for item in all_taken:
            opened = None if item.opened is None else as_met_before(ledger, item.opened)
            taken = replace(item, opened=opened)
            known = opened is not None and ledger.holds(opened.document, signature)
            yield taken, None if known else opened

    for work in crew.read(wanted()):
        taken = work.item
        error = taken.error
        if work.error is not None:
            error = work.error
        elif work.reading is not None and not ledger.holds(work.reading.document, signature):
            with _told(taken) as told:
                posted = file_reading(ledger, work.reading)
                _put(ledger, posted.document_id, project)
                done[posted.outcome] += 1
                if posted.claims and work.reading.document.published is None:
                    undated.append(taken.name)
            error = told.error
        elif taken.opened is not None:
            with _told(taken) as told:
                ledger.withdrawals.check(taken.opened.document.id)
                _put(ledger, taken.opened.document.id, project)
                done["known"] += 1
            error = told.error
        if error is not None:
            failed.append(error)
            _keep(ledger, taken, error)


def _put(ledger: Ledger, document_id: str, project: str | None) -> None:
    if project is not None:
        put_into(ledger, document_id, project)


@dataclass(slots=True)
class _Told:
    error: str | None = None


@contextmanager
def _told(taken: BatchItem) -> Iterator[_Told]:
    """Keep what one report leads us into for its own problem; a ledger that fails ends the run."""
    told = _Told()
    try:
        yield told
    except (LedgerError, StartError):
        raise
    except Exception as error:  # noqa: BLE001 - the next report is read
        told.error = tell_failure(taken.source, error)


def _keep(ledger: Ledger, taken: BatchItem, error: str) -> None:
    """Keep a failure in the ledger, so that it is not forgotten when the screen is gone."""
    ledger.note_problem(taken.name, Problem("source", error))


def _tell(done: Counter[str], failed: list[str], undated: list[str]) -> None:
    words = [f"{number:,} {outcome}" for outcome, number in done.items()]
    words += [f"{len(failed):,} failed"] if failed else []
    sys.stdout.write(shown(f"{', '.join(words) or 'nothing to add'}\n"))
    if undated:
        _tell_undated(undated)
    for message in failed[:MOST_TOLD]:
        sys.stderr.write(shown(f"counterclaim: {message}\n"))
    if len(failed) > MOST_TOLD:
        rest = len(failed) - MOST_TOLD
        sys.stderr.write(shown(f"counterclaim: and {rest:,} more: counterclaim ledger problems\n"))


def _tell_undated(names: list[str]) -> None:
    """Say which reports have no day, and how to give them one."""
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    say_aside(
        f"without a day of publication, so that “Wednesday” stays undated: {', '.join(names[:MOST_NAMED])}{more}; "
        "add each again with --published YYYY-MM-DD"
    )


def run_watch(feeds: Path, address: str | None, *, once: bool, project: str | None = None) -> None:
    """Watch sources until stopped; or once, and leave with 2 where a source or a report of it failed."""
    failures = 0
    listed = read_feed_list(str(feeds))
    with lent_reader() as reader, open_kept(address) as ledger:
        if project is not None:
            ledger.projects.check(project)
        watch = FeedWatcher(
            ledger, listed, reader, poll=make_poller(), fetch=make_fetcher(), project=project
        )
        try:
            for seen in watch.once() if once else watch.forever():
                failures += seen.is_problem
                stream = sys.stderr if seen.is_problem else sys.stdout
                stream.write(shown(f"{seen.what}\n"))
                stream.flush()
        except KeyboardInterrupt:
            reader.close()
            sys.stderr.write("stopped\n")
            raise SystemExit(130) from None
    if failures:
        say_aside(f"{failures} failed; they are tried again: counterclaim ledger problems")
        raise SystemExit(2)
