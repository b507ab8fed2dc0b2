"""Pools: where pieces of work are done, here or in processes of this machine.

Work comes back in the order in which it was given, and only so much is given out ahead: the archive is
read as fast as the slowest stage. A piece of work that kills its process twice, or runs beyond its time,
fails alone; the others never notice.
"""

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol, Self, TypeVar

from counterclaim.archive.errors import WorkerError
from counterclaim.archive.stages import ArchiveSettings, Stages, Task
from counterclaim.errors import CounterclaimError

Key = TypeVar("Key")

TRIES = 2
"""Times that work may kill its process: once may be want of memory, twice is the work."""

LIFE = 4_000
"""Pieces of work after which a process is replaced: a parser's store of words only ever grows."""

PATIENCE = 300.0
"""Seconds that one piece of work may take: a hundred times what the longest report takes."""

THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "TOKENIZERS_PARALLELISM",
)
"""What keeps the libraries of one process on one core: the processes are the parallel part."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Work that could not be done, and why."""

    why: str


class PendingWork:
    """A piece of work on its way."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.tries = 0
        self.result: Any = None
        self.is_done = False

    def settle(self, result: Any) -> None:
        """Note what came of it."""
        self.result, self.is_done = result, True


class Pool(Protocol):
    """Where work is done."""

    @property
    def workers(self) -> int:
        """How many pieces are worked on at once."""
        ...

    def submit(self, task: Task) -> PendingWork:
        """Hand out a piece of work."""
        ...

    def settle(self, ticket: PendingWork) -> Any:
        """Wait until a piece of work is done, and return what came of it: its result, or Failed."""
        ...

    def close(self) -> None:
        """End the processes."""
        ...


def in_order(
    pool: Pool, work: Iterable[tuple[Key, Task | None]], ahead: int
) -> Iterator[tuple[Key, Any]]:
    """Do work; return what came of it in the order given.

    Args:
        pool: Where.
        work: Each piece with what names it; None where there is nothing to do.
        ahead: Pieces given out before the first of them is taken back.
    """
    pending: deque[tuple[Key, PendingWork | None]] = deque()
    for key, task in work:
        pending.append((key, None if task is None else pool.submit(task)))
        while pending and (len(pending) > ahead or pending[0][1] is None):
            yield _taken(pool, *pending.popleft())
    while pending:
        yield _taken(pool, *pending.popleft())


def _taken(pool: Pool, key: Key, ticket: PendingWork | None) -> tuple[Key, Any]:
    return key, None if ticket is None else pool.settle(ticket)


def attempt(stages: Stages, task: Task) -> Any:
    """Do a piece of work; what goes wrong in it becomes Failed, but for want of a tool.

    Raises:
        CounterclaimError: If a tool cannot be had.
    """
    try:
        return stages.perform(task)
    except CounterclaimError:
        raise
    except Exception as error:  # noqa: BLE001 - one document's fault must not end the run
        return Failed(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")


class Here:
    """This process does the work itself.

    Args:
        settings: What decides the rows.
        perform: Makes what does the work; for tests.
    """

    workers = 1

    def __init__(
        self, settings: ArchiveSettings, perform: Callable[[ArchiveSettings], Any] = Stages
    ) -> None:
        self._stages = perform(settings)

    def submit(self, task: Task) -> PendingWork:
        """Take a piece of work; it is done when it is asked for."""
        return PendingWork(task)

    def settle(self, ticket: PendingWork) -> Any:
        """Do it."""
        if not ticket.is_done:
            ticket.settle(attempt(self._stages, ticket.task))
        return ticket.result

    def close(self) -> None:
        """Nothing to end."""


@dataclass(slots=True)
class _Hand:
    """One process at work."""

    process: Any
    link: Connection
    ticket: PendingWork | None = None
    is_ready: bool = False
    """Whether it has started; the time that this takes is no fault of its work."""
    since: float = 0.0
    done: int = 0


class Processes:
    """Processes of this machine.

    Args:
        workers: How many.
        settings: What decides the rows.
        patience: Seconds that a piece of work may take.
        perform: Makes what does the work in each process; for tests.
    """

    def __init__(
        self,
        workers: int,
        settings: ArchiveSettings,
        *,
        patience: float = PATIENCE,
        perform: Callable[[ArchiveSettings], Any] = Stages,
    ) -> None:
        self.workers = workers
        self._settings = settings
        self._patience = patience
        self._perform = perform
        self._queue: deque[PendingWork] = deque()
        self._context = get_context("spawn")
        self._hands = [self._hire() for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hire(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        before = {name: os.environ.get(name) for name in THREADS}
        os.environ.update(dict.fromkeys(THREADS[:-1], "1"), TOKENIZERS_PARALLELISM="false")
        try:
            process = self._context.Process(
                target=_work, args=(theirs, self._settings, self._perform), daemon=True
            )
            process.start()
        except OSError as error:
            raise WorkerError(
                f"a process cannot be started ({error}); use fewer --workers"
            ) from error
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        theirs.close()
        return _Hand(process, ours)

    def submit(self, task: Task) -> PendingWork:
        """Hand out a piece of work."""
        ticket = PendingWork(task)
        self._queue.append(ticket)
        self._assign()
        return ticket

    def settle(self, ticket: PendingWork) -> Any:
        """Wait until it is done."""
        while not ticket.is_done:
            self._assign()
            self._listen()
        return ticket.result

    def _assign(self) -> None:
        for at in range(len(self._hands)):
            if not self._queue:
                return
            if self._hands[at].ticket is not None:
                continue
            if self._hands[at].done >= LIFE:
                self._dismiss(self._hands[at])
                self._hands[at] = self._hire()
            hand = self._hands[at]
            hand.ticket = self._queue.popleft()
            hand.since = time.monotonic()
            try:
                hand.link.send_bytes(pickle.dumps(hand.ticket.task, pickle.HIGHEST_PROTOCOL))
            except OSError:
                self._replace(at, "it died")

    def _listen(self) -> None:
        busy = [hand for hand in self._hands if hand.ticket is not None]
        first = min((hand.since for hand in busy if hand.is_ready), default=time.monotonic())
        left = first + self._patience - time.monotonic()
        ready = wait([hand.link for hand in busy], max(left, 0.01))
        for hand in busy:
            if hand.link in ready:
                self._hear(hand)
            elif hand.is_ready and time.monotonic() - hand.since > self._patience:
                hand.process.kill()
                self._replace(self._hands.index(hand), f"it took over {self._patience:.0f} seconds")

    def _hear(self, hand: _Hand) -> None:
        try:
            is_fatal, result = pickle.loads(hand.link.recv_bytes())  # noqa: S301 - our own process
        except (EOFError, OSError):
            self._replace(self._hands.index(hand), "it died")
            return
        if is_fatal:
            raise WorkerError(result)
        if not hand.is_ready:
            hand.is_ready, hand.since = True, time.monotonic()
            return
        assert hand.ticket is not None
        hand.ticket.settle(result)
        hand.ticket = None
        hand.done += 1

    def _replace(self, at: int, why: str) -> None:
        """Put a new process where one is gone; its work is tried once more, or fails."""
        hand = self._hands[at]
        ticket = hand.ticket
        self._dismiss(hand)
        self._hands[at] = self._hire()
        if ticket is None:
            return
        ticket.tries += 1
        if ticket.tries < TRIES:
            self._queue.appendleft(ticket)
        else:
            ticket.settle(Failed(f"the process that worked on it was lost twice: {why}"))

    def _dismiss(self, hand: _Hand) -> None:
        hand.link.close()
        hand.process.join(0.5)
        if hand.process.is_alive():
            hand.process.kill()
            hand.process.join()

    def close(self) -> None:
        """End the processes."""
        for hand in self._hands:
            hand.process.kill()
        for hand in self._hands:
            hand.link.close()
            hand.process.join()


def _work(
    link: Connection, settings: ArchiveSettings, perform: Callable[[ArchiveSettings], Any]
) -> None:
    """Do what comes, until nothing comes any more; leave Ctrl-C to the one who sends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stages = perform(settings)
    link.send_bytes(pickle.dumps((False, None)))
    while True:
        try:
            task = pickle.loads(link.recv_bytes())  # noqa: S301 - from the process that started this one
        except (EOFError, OSError):
            return
        try:
            answer = (False, attempt(stages, task))
        except CounterclaimError as error:
            answer = (True, str(error))
        try:
            link.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return
