"""Crew: several processes that read, while the one that started them files.

Only one process writes a ledger. The others parse and code, which is nearly all the work; readings come
back in the order in which their documents were given, so that the ledger is the one that a single
process would have made.
"""

import copyreg
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import MappingProxyType, TracebackType
from typing import Any, Generic, Self, TypeVar

from counterclaim.desk.read import read_opened
from counterclaim.desk.tools import load_tools
from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened
from counterclaim.parse import DEFAULT_PIPELINE
from counterclaim.records.reading import Reading

Item = TypeVar("Item")

AHEAD = 4
"""Documents for each process that are given out before the first of them is filed: the writer never waits
for want of work, and memory stays small."""


class CrewError(CounterclaimError):
    """A process that reads is gone."""

    def __init__(self) -> None:
        super().__init__(
            "a process that reads died, perhaps for want of memory: what was filed is kept; "
            "run the same command again with fewer --workers"
        )


@dataclass(frozen=True, slots=True)
class Work(Generic[Item]):
    """One item with what came of it."""

    item: Item
    reading: Reading | None
    """None where there was nothing to read, or it could not be read."""
    error: str | None = None


class Crew:
    """Processes that read. Use it as a context; leaving it ends them.

    Args:
        workers: How many.
        pipeline: The spaCy pipeline that each loads.
        rules_only: Leave the attribution model out.
    """

    def __init__(
        self, workers: int, pipeline: str = DEFAULT_PIPELINE, *, rules_only: bool = False
    ) -> None:
        self._ahead = workers * AHEAD
        self._pool = ProcessPoolExecutor(
            workers,
            mp_context=get_context("spawn"),
            initializer=_prepare,
            initargs=(pipeline, rules_only),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def read(self, items: Iterable[tuple[Item, Opened | None]]) -> Iterator[Work[Item]]:
        """Read documents; give them in their order.

        Args:
            items: Each with its document, or None where there is nothing to read.

        Raises:
            CrewError: If a process died.
        """
        pending: deque[tuple[Item, Future[Reading | str] | None]] = deque()
        try:
            for item, opened in items:
                task = None if opened is None else self._pool.submit(_read, opened)
                pending.append((item, task))
                if len(pending) > self._ahead:
                    yield _settled(*pending.popleft())
            while pending:
                yield _settled(*pending.popleft())
        except BrokenProcessPool as broken:
            raise CrewError from broken


def _settled(item: Item, task: "Future[Reading | str] | None") -> Work[Item]:
    if task is None:
        return Work(item, None)
    result = task.result()
    return Work(item, None, result) if isinstance(result, str) else Work(item, result)


_settings: dict[str, Any] = {}


def _prepare(pipeline: str, rules_only: bool) -> None:  # noqa: FBT001 - the pool passes by position
    """Load the tools in a new process; leave Ctrl-C to the one that files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _settings["tools"] = load_tools(pipeline, rules_only=rules_only)


def _read(opened: Opened) -> Reading | str:
    """Read one document; what cannot be read becomes its message, since errors do not travel well."""
    try:
        return read_opened(opened, tools=_settings["tools"])
    except CounterclaimError as error:
        return str(error)


def _reduce_mapping(value: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _make_mapping, (dict(value),)


def _make_mapping(value: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Make a read-only mapping in the process that takes it: the class itself has no name to send."""
    return MappingProxyType(value)


copyreg.pickle(MappingProxyType, _reduce_mapping)
