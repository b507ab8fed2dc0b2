"""Worker pool: several processes that read, while the one that started them files.

Only one process writes a ledger. The others parse and code, which is nearly all the work; readings come
back in the order in which their documents were given, so that the ledger is the one that a single
process would have made. Each is a ``ReaderProcess``: what ends one of them is told of its document, and the rest goes on.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

from counterclaim.ingest import Opened
from counterclaim.pipeline.reader_process import ReaderProcess, ReaderSetup, ReadingError
from counterclaim.records.reading import Reading

Item = TypeVar("Item")

AHEAD = 4
"""Documents for each process that are given out before the first of them is filed: the writer never waits
for want of work, and memory stays small."""


@dataclass(frozen=True, slots=True)
class ReadResult(Generic[Item]):
    """One item with what came of it."""

    item: Item
    reading: Reading | None
    """None where there was nothing to read, or it could not be read."""
    error: str | None = None


class ReaderPool:
    """Processes that read. Use it as a context; leaving it ends them.

    Args:
        workers: How many.
        setup: What each is told.
    """

    def __init__(self, workers: int, setup: ReaderSetup | None = None) -> None:
        self._ahead = workers * AHEAD
        self._readers = [ReaderProcess(setup) for _ in range(workers)]
        self._free: SimpleQueue[ReaderProcess] = SimpleQueue()
        for reader in self._readers:
            reader.begin()
            self._free.put(reader)
        self._pool = ThreadPoolExecutor(workers, "crew")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.close()
        self._pool.shutdown()

    def read(self, items: Iterable[tuple[Item, Opened | None]]) -> Iterator[ReadResult[Item]]:
        """Read documents; yield them in their order.

        Args:
            items: Each with its document, or None where there is nothing to read.

        Raises:
            StartError: If a process cannot be started.
        """
        pending: deque[tuple[Item, Future[Reading | str] | None]] = deque()
        for item, opened in items:
            task = None if opened is None else self._pool.submit(self._read, opened)
            pending.append((item, task))
            if len(pending) > self._ahead:
                yield _settled(*pending.popleft())
        while pending:
            yield _settled(*pending.popleft())

    def _read(self, opened: Opened) -> Reading | str:
        reader = self._free.get()
        try:
            return reader.read(opened)
        except ReadingError as error:
            return str(error)
        finally:
            self._free.put(reader)


def _settled(item: Item, task: "Future[Reading | str] | None") -> ReadResult[Item]:
    if task is None:
        return ReadResult(item, None)
    result = task.result()
    return ReadResult(item, None, result) if isinstance(result, str) else ReadResult(item, result)
