"""Runs add and watch: what is done is told on standard error, what failed once more at the end."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from counterclaim.cli.options import open_kept
from counterclaim.desk.crew import Crew
from counterclaim.desk.filing import file_opened, file_reading
from counterclaim.desk.tools import Tools, load_tools
from counterclaim.desk.watching import Watch
from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened
from counterclaim.ingest.addresses import is_web_address
from counterclaim.ingest.errors import shorten
from counterclaim.ingest.feeds import read_feed_list
from counterclaim.ingest.many import Taken, list_sources, open_many
from counterclaim.ingest.pages import Fetcher, make_fetcher, make_poller
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import LedgerError
from counterclaim.parse import DEFAULT_PIPELINE
from counterclaim.records.problem import Problem

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
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Shown(progress, total)


def run_add(
    sources: list[str],
    address: str | None,
    *,
    again: bool,
    pipeline: str | None,
    workers: int = 1,
    second: Callable[[Tools], Tools] = lambda tools: tools,
) -> None:
    """Read sources into the ledger; those that failed are named at the end, and the code is then 2.

    Args:
        sources: Files, folders, addresses.
        address: The ledger's.
        again: Read known documents that another version read.
        pipeline: The spaCy pipeline; None for the default.
        workers: Processes that read; with one, this one reads.
        second: Adds the second reader, where one is asked for; only one process asks it.
    """
    done: Counter[str] = Counter()
    failed: list[str] = []
    with open_kept(address) as ledger:
        files = list_sources(sources)
        fetch = make_fetcher() if any(is_web_address(item) for item in files) else None
        try:
            with _bar(len(files)) as bar:
                taken = _take(files, fetch, bar)
                pipeline = pipeline or DEFAULT_PIPELINE
                if workers > 1:
                    _add_by_crew(ledger, taken, workers, pipeline, done, failed, again=again)
                else:
                    _add(ledger, taken, second(load_tools(pipeline)), done, failed, again=again)
        except KeyboardInterrupt:
            _tell(done, failed)
            sys.stderr.write("stopped; run the same command again to go on\n")
            raise SystemExit(130) from None
    _tell(done, failed)
    if failed:
        raise SystemExit(2)


def _take(files: list[str], fetch: Fetcher | None, bar: _Bar) -> Iterator[Taken]:
    for source in files:
        for taken in open_many(source, fetch=fetch):
            bar.step(taken.source)
            yield taken
        bar.finish()


def _add(
    ledger: Ledger,
    all_taken: Iterable[Taken],
    tools: Tools,
    done: Counter[str],
    failed: list[str],
    *,
    again: bool,
) -> None:
    for taken in all_taken:
        error = taken.error
        if taken.opened is not None:
            try:
                done[file_opened(ledger, taken.opened, tools=tools, again=again).outcome] += 1
            except LedgerError:
                raise
            except CounterclaimError as raised:
                error = f"{shorten(taken.source)}: {raised}"
        if error is not None:
            failed.append(error)
            _keep(ledger, taken, error)


def _add_by_crew(
    ledger: Ledger,
    all_taken: Iterable[Taken],
    workers: int,
    pipeline: str,
    done: Counter[str],
    failed: list[str],
    *,
    again: bool,
) -> None:
    """Read in several processes, file in this one, in the order of the sources."""
    signature = load_tools(pipeline).signature if again else None

    def wanted() -> Iterator[tuple[Taken, Opened | None]]:
        for taken in all_taken:
            opened = taken.opened
            known = opened is not None and ledger.holds(opened.document, signature)
            yield taken, None if known else opened

    with Crew(workers, pipeline) as crew:
        for work in crew.read(wanted()):
            taken = work.item
            error = taken.error
            if work.error is not None:
                error = f"{shorten(taken.source)}: {work.error}"
            elif work.reading is not None and not ledger.holds(work.reading.document, signature):
                done[file_reading(ledger, work.reading).outcome] += 1
            elif taken.opened is not None:
                done["known"] += 1
            if error is not None:
                failed.append(error)
                _keep(ledger, taken, error)


def _keep(ledger: Ledger, taken: Taken, error: str) -> None:
    """Keep a failure in the ledger, so that it is not forgotten when the screen is gone."""
    ledger.note_problem(taken.name, Problem("source", error))


def _tell(done: Counter[str], failed: list[str]) -> None:
    words = [f"{number:,} {outcome}" for outcome, number in done.items()]
    words += [f"{len(failed):,} failed"] if failed else []
    sys.stdout.write(f"{', '.join(words) or 'nothing to add'}\n")
    for message in failed[:MOST_TOLD]:
        sys.stderr.write(f"counterclaim: {message}\n")
    if len(failed) > MOST_TOLD:
        rest = len(failed) - MOST_TOLD
        sys.stderr.write(f"counterclaim: and {rest:,} more: counterclaim ledger problems\n")


def run_watch(feeds: Path, address: str | None, *, once: bool) -> None:
    """Watch feeds until stopped; or once."""
    listed = read_feed_list(str(feeds))
    with open_kept(address) as ledger:
        watch = Watch(ledger, listed, load_tools(), poll=make_poller(), fetch=make_fetcher())
        try:
            for seen in watch.once() if once else watch.forever():
                stream = sys.stderr if seen.is_problem else sys.stdout
                stream.write(f"{seen.what}\n")
                stream.flush()
        except KeyboardInterrupt:
            sys.stderr.write("stopped\n")
            raise SystemExit(130) from None
