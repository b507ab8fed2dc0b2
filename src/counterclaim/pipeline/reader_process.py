"""Reader process: reads what comes from outside in a process of its own, within limits of time and memory.

A text that costs too much, or that a library dies of, ends that process and nothing else: it is told as a problem of
its source, and the next report is read by a new process. One process reads report after report, so that the ordinary
one costs no more than its way over a pipe.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Protocol

import counterclaim
from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened, open_document
from counterclaim.ingest.batch import BatchItem, open_many
from counterclaim.ingest.errors import shorten
from counterclaim.ingest.feeds import parse_feed
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.sources import Raw, open_bytes
from counterclaim.parse import DEFAULT_PIPELINE
from counterclaim.pipeline.child_protocol import receive, send
from counterclaim.pipeline.limits import Limits
from counterclaim.pipeline.read import Progress, read_opened
from counterclaim.pipeline.resources import SIGNED, Tools, in_conflict
from counterclaim.records.conflict import Conflict
from counterclaim.records.feed import FeedEntry
from counterclaim.records.reading import Reading

STARTING = 300.0
"""Seconds in which a process has loaded its tools; it takes three on a quiet machine."""

_KEY = "COUNTERCLAIM_SECOND_READER_KEY"
SECRETS = ("COUNTERCLAIM_LEDGER", _KEY, f"{_KEY}_FILE", "PGPASSWORD", "PGPASSFILE", "DATABASE_URL")
"""Variables of the environment that a process which reads hostile texts has no use for."""

OUT_OF_TIME = 24
"""SIGXCPU, by which a system ends what has used its processor time up."""


class ReadingError(CounterclaimError):
    """A report cannot be read; the message says what to do."""


class TooCostlyError(ReadingError):
    """Reading took more time or memory than one report may."""

    def __init__(self, source: str, what: str) -> None:
        super().__init__(
            f"{shorten(source)}: reading it took more than {what}; nothing of it was kept, and the rest goes on: "
            "cut it into single reports, or paste its text"
        )


class FaultError(ReadingError):
    """Reading failed by a fault of ours."""

    def __init__(self, source: str, what: str) -> None:
        super().__init__(
            f"{shorten(source)}: a fault of ours ended its reading ({what}); nothing of it was kept, and the rest "
            "goes on: please report it"
        )


class StartError(CounterclaimError):
    """The process that reads cannot be started."""


def tell_failure(source: str, error: Exception) -> str:
    """Return what kept a source from being filed, for a person: one of our sentences, or what kind of fault it was."""
    if isinstance(error, CounterclaimError):
        words = str(error)
        return words if words.startswith(shorten(source)) else f"{shorten(source)}: {words}"
    return str(FaultError(source, type(error).__name__))


class ReadsTaken(Protocol):
    """What reads reports that were taken in."""

    @property
    def signature(self) -> Mapping[str, str]:
        """What is signed on its readings."""
        ...

    def read(self, opened: Opened, *, progress: Progress | None = None) -> Reading:
        """Read a report."""
        ...


class Reads(ReadsTaken, Protocol):
    """What takes reports in and reads them."""

    def within(self, conflict: Conflict) -> ReadsTaken:
        """Return what reads within a conflict."""
        ...

    def open_text(
        self,
        source: str,
        text: str,
        *,
        published: date | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> Opened:
        """Take in a pasted text."""
        ...

    def open_raw(
        self, raw: Raw, source: str, *, published: date | None = None, outlet: str | None = None
    ) -> Opened:
        """Take in the bytes of a page or a file."""
        ...

    def open_each(self, source: str) -> Iterator[BatchItem]:
        """Take in the reports of a file, one by one."""
        ...

    def entries(self, address: str, reply: Reply) -> Sequence[FeedEntry]:
        """Tell a feed apart."""
        ...


@dataclass(frozen=True, slots=True)
class OwnReader:
    """Reads in this very process, without limits: for texts that are trusted, and for tests."""

    tools: Tools

    @property
    def signature(self) -> Mapping[str, str]:
        """Return what is signed on its readings."""
        return self.tools.signature

    def open_text(
        self,
        source: str,
        text: str,
        *,
        published: date | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> Opened:
        """Take in a pasted text."""
        return open_document(source, text=text, published=published, outlet=outlet, title=title)

    def open_raw(
        self, raw: Raw, source: str, *, published: date | None = None, outlet: str | None = None
    ) -> Opened:
        """Take in the bytes of a page or a file."""
        return open_bytes(raw, source, published=published, outlet=outlet)

    def open_each(self, source: str) -> Iterator[BatchItem]:
        """Take in the reports of a file, one by one."""
        return open_many(source)

    def read(self, opened: Opened, *, progress: Progress | None = None) -> Reading:
        """Read a report."""
        return read_opened(opened, tools=self.tools, progress=progress)

    def within(self, conflict: Conflict) -> "OwnReader":
        """Return what reads within a conflict."""
        return OwnReader(in_conflict(self.tools, conflict))

    def entries(self, address: str, reply: Reply) -> Sequence[FeedEntry]:
        """Tell a feed apart."""
        return parse_feed(address, reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSetup:
    """What a process that reads is told at its start."""

    pipeline: str = DEFAULT_PIPELINE
    rules_only: bool = False
    limits: Limits = field(default_factory=Limits)
    conflict: Conflict | None = None
    """The conflict that reports are read in; None to infer the sides from each text."""


@dataclass(frozen=True, slots=True)
class _Within:
    """A process that reads, asked to read within one conflict."""

    process: "ReaderProcess"
    conflict: Conflict

    @property
    def signature(self) -> Mapping[str, str]:
        """Return what is signed on its readings."""
        return {**self.process.signature, f"{SIGNED}{self.conflict.id}": self.conflict.digest}

    def read(self, opened: Opened, *, progress: Progress | None = None) -> Reading:
        """Read a report."""
        return self.process.read_within(opened, self.conflict, progress=progress)


class ReaderProcess:
    """One process that reads, started when it is first needed and replaced when it ends. Threads take turns."""

    def __init__(self, setup: ReaderSetup | None = None) -> None:
        self.setup = setup or ReaderSetup()
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._signature: Mapping[str, str] = MappingProxyType({})
        self._is_ready = False
        self._is_closed = False
        self._started = 0
        """Processes started so far: tells whether what one was told is still known."""

    @property
    def signature(self) -> Mapping[str, str]:
        """Return what is signed on its readings.

        Raises:
            ReadingError: If the tools cannot be loaded.
        """
        with self._lock:
            self._make_ready()
            return self._signature

    def open_text(
        self,
        source: str,
        text: str,
        *,
        published: date | None = None,
        outlet: str | None = None,
        title: str | None = None,
    ) -> Opened:
        """Take in a pasted text."""
        found: Opened = self._ask(source, "open_text", source, text, published, outlet, title)
        return found

    def open_raw(
        self, raw: Raw, source: str, *, published: date | None = None, outlet: str | None = None
    ) -> Opened:
        """Take in the bytes of a page or a file."""
        found: Opened = self._ask(source, "open_raw", raw, source, published, outlet)
        return found

    def open_each(self, source: str) -> Iterator[BatchItem]:
        """Take in the reports of a file, one by one.

        Where one ends the process, the next process goes on behind it; where it then ends again before it gives
        anything, the rest of the file is told as not read.
        """
        name = source if "://" in source else Path(source).name
        given, started, is_last = 0, -1, False
        while True:
            try:
                with self._lock:
                    self._make_ready()
                    if started != self._started:
                        self._ask(source, "start", source, given)
                        started = self._started
                    taken: BatchItem | None = self._ask(source, "next", source)
            except ReadingError as error:
                what = f"{error}; the rest of the file is not read" if is_last else str(error)
                yield BatchItem(source, name, None, what)
                if is_last or isinstance(error, FaultError):
                    return
                is_last = True
                given += 1
                continue
            if taken is None:
                return
            given, is_last = given + 1, False
            yield taken

    def read(self, opened: Opened, *, progress: Progress | None = None) -> Reading:
        """Read a report.

        Raises:
            ReadingError: If it cannot be read, or takes more than one report may; the message says so.
        """
        return self.read_within(opened, None, progress=progress)

    def read_within(
        self, opened: Opened, conflict: Conflict | None, *, progress: Progress | None = None
    ) -> Reading:
        """Read a report within a conflict; None for the one of the setup, if it has one."""
        name = opened.document.name
        found: Reading = self._ask(name, "read", opened, conflict, progress=progress)
        return found

    def within(self, conflict: Conflict) -> ReadsTaken:
        """Return what reads within a conflict, in this same process."""
        return _Within(self, conflict)

    def entries(self, address: str, reply: Reply) -> Sequence[FeedEntry]:
        """Tell a feed apart."""
        found: Sequence[FeedEntry] = self._ask(address, "entries", address, reply)
        return found

    def begin(self) -> None:
        """Start the process, and do not wait for it."""
        with self._lock:
            if self._process is None and not self._is_closed:
                self._start()

    def close(self) -> None:
        """End the process, also in the middle of a report."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _ask(self, source: str, name: str, *given: Any, progress: Progress | None = None) -> Any:
        with self._lock:
            process = self._make_ready()
            try:
                send(_pipe(process.stdin), (name, given, {}))
                return self._answer(process, source, self.setup.limits.longest, progress)
            except (BrokenPipeError, EOFError):
                raise self._died(source) from None
            except ReadingError:
                raise
            except (
                BaseException
            ):  # an answer may be on its way: nobody could tell it from the next one's
                self._end()
                raise

    def _answer(
        self,
        process: subprocess.Popen[bytes],
        source: str,
        seconds: float,
        progress: Progress | None = None,
    ) -> Any:
        """Wait for an answer; end the process where it takes too long."""
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            while True:
                word, value = receive(_pipe(process.stdout))
                if word != "step":
                    break
                if progress is not None:
                    progress(value)
        except EOFError:
            if late.is_set():
                self._end()
                raise TooCostlyError(source, self._time) from None
            raise
        finally:
            timer.cancel()
        if word == "done":
            return value
        if word == "failed":
            raise ReadingError(value)
        if word == "fault":
            raise FaultError(source, value)
        self._end()
        raise TooCostlyError(source, self._memory)

    @property
    def _time(self) -> str:
        return f"{self.setup.limits.seconds} s"

    @property
    def _memory(self) -> str:
        return f"{self.setup.limits.megabytes:,} MB of memory"

    def _died(self, source: str) -> ReadingError:
        code = self._end()
        if self._is_closed:
            return ReadingError(
                f"{shorten(source)}: its reading was stopped; nothing of it was kept"
            )
        if code == -OUT_OF_TIME:
            return TooCostlyError(source, self._time)
        return FaultError(
            source, f"the process that reads ended with code {code}, perhaps for want of memory"
        )

    def _make_ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._is_ready and self._process.poll() is not None:
            self._end()
        process = self._process or self._start()
        if not self._is_ready:
            try:
                self._signature = MappingProxyType(self._answer(process, "start", STARTING))
            except ReadingError as error:
                self._end()
                if isinstance(error, (TooCostlyError, FaultError)):
                    raise StartError(f"the process that reads could not start ({error})") from error
                raise StartError(str(error)) from error
            except (BrokenPipeError, EOFError) as error:
                code = self._end()
                raise StartError(
                    f"the process that reads could not start (code {code}); look at what it wrote above"
                ) from error
            self._is_ready = True
        return process

    def _start(self) -> subprocess.Popen[bytes]:
        if self._is_closed:
            raise StartError("the reader is closed")
        paths = [str(Path(counterclaim.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
        # -P: a module of the same name in the folder that holds the reports is not run.
        command = [sys.executable, "-P", "-m", "counterclaim.pipeline.reader_child"]
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        except OSError as error:
            raise StartError(
                f"the process that reads could not start ({error.strerror})"
            ) from error
        self._process, self._is_ready = process, False
        self._started += 1
        setup = self.setup
        with suppress(BrokenPipeError):
            send(
                _pipe(process.stdin),
                (
                    "setup",
                    (setup.pipeline, setup.limits),
                    {"rules_only": setup.rules_only, "conflict": setup.conflict},
                ),
            )
        return process

    def _end(self) -> int | None:
        process, self._process, self._is_ready = self._process, None, False
        if process is None:
            return None
        if process.poll() is None:
            with suppress(subprocess.TimeoutExpired):  # it may be on its way out by itself
                process.wait(0.2)
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        return code


def _pipe(stream: IO[bytes] | None) -> Any:
    assert stream is not None, "both ends are pipes"
    return stream


_idle: list[ReaderProcess] = []
"""Readers that nobody uses at the moment: to start one takes seconds."""

MOST_IDLE = 2

_idle_lock = threading.Lock()


@contextmanager
def lent_reader(setup: ReaderSetup | None = None) -> Iterator[ReaderProcess]:
    """Lend a reader, and keep it warm for the next who asks for the same."""
    wanted = setup or ReaderSetup()
    with _idle_lock:
        found = next((item for item in _idle if item.setup == wanted), None)
        if found is not None:
            _idle.remove(found)
    reader = found or ReaderProcess(wanted)
    try:
        yield reader
    finally:
        with _idle_lock:
            _idle.append(reader)
            spare = [_idle.pop(0)] if len(_idle) > MOST_IDLE else []
        for item in spare:
            item.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # a fork would speak into its parent's pipes


@atexit.register
def _close_idle() -> None:
    while _idle:
        _idle.pop().close()
