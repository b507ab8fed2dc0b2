"""Drafts: reports read for somebody who has not decided yet. Kept in memory, never in the ledger.

Each is taken in by a process of its own, held to limits. Where the workbench has a second reader, the text so gained
is then read in this process, which alone knows how much of the budget is spent.
"""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Literal

from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened
from counterclaim.pipeline.read import STEPS
from counterclaim.pipeline.reader_process import (
    OwnReader,
    ReaderSetup,
    Reads,
    ReadsTaken,
    lent_reader,
)
from counterclaim.pipeline.resources import load_tools
from counterclaim.pipeline.second_reader import with_second_reader
from counterclaim.proposals import SecondReaderSettings
from counterclaim.records.reading import Reading

State = Literal["reading", "ready", "failed"]

ROOM = 20
"""Drafts kept at once; the oldest goes first."""

LIFE = 3_600.0
"""Seconds after which a draft that nobody kept is forgotten."""

LOADING = "taking the report in"

Take = Callable[[Reads], Opened]
"""Takes a report in."""

_log = logging.getLogger(__name__)


class NoDraftError(CounterclaimError):
    """A draft is not there, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__("this draft is not there any more: add the report again")


class FullDraftsError(CounterclaimError):
    """One person waits for too many drafts."""

    def __init__(self) -> None:
        super().__init__("too many reports are being read: wait until one is done")


@dataclass(slots=True)
class ReportDraft:
    """One report on its way. Its fields change while it is read."""

    id: str
    by: str
    """Name of whose it is."""
    source: str
    state: State = "reading"
    step: str = LOADING
    done: int = 0
    """Steps done, of ``len(STEPS) + 1``."""
    opened: Opened | None = None
    reading: Reading | None = None
    error: str = ""
    made: float = field(default_factory=monotonic)

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(STEPS) + 1

    def tell(self, step: str) -> None:
        """Note which step began."""
        self.step, self.done = step, STEPS.index(step) + 1


class Drafts:
    """All drafts of a running workbench. One report is read at a time."""

    def __init__(
        self,
        setup: ReaderSetup | None = None,
        second_reader: SecondReaderSettings | None = None,
    ) -> None:
        self._setup = setup
        self._second_reader = second_reader
        self._both: ReadsTaken | None = None
        """Both readers, once they were needed: one budget for as long as the workbench runs."""
        self._drafts: dict[str, ReportDraft] = {}
        self._lock = Lock()
        self._reader = ThreadPoolExecutor(1, "reader")

    def begin(self, by: str, source: str, take: Take) -> ReportDraft:
        """Begin to read a report.

        Args:
            by: Name of who asks.
            source: What it is called.
            take: Takes it in by a process that reads; called in the background.

        Raises:
            FullDraftsError: If no room is left by drafts that are done.
        """
        draft = ReportDraft(secrets.token_urlsafe(12), by, source)
        with self._lock:
            self._make_room()
            self._drafts[draft.id] = draft
        self._reader.submit(self._read, draft, take)
        return draft

    def _make_room(self) -> None:
        now = monotonic()
        for item in list(self._drafts.values()):
            if item.state != "reading" and now - item.made > LIFE:
                del self._drafts[item.id]
        done = [item for item in self._drafts.values() if item.state != "reading"]
        if len(self._drafts) >= ROOM:
            if not done:
                raise FullDraftsError
            del self._drafts[done[0].id]

    def _read(self, draft: ReportDraft, take: Take) -> None:
        try:
            with lent_reader(self._setup) as reader:
                draft.opened = take(reader)
                draft.reading = self._readers(reader).read(draft.opened, progress=draft.tell)
            draft.done = draft.steps
            draft.state = "ready"
        except CounterclaimError as error:
            draft.error, draft.state = str(error), "failed"
        except Exception:  # noqa: BLE001 - told to whoever waits, and logged
            draft.error = "a fault of ours: the report could not be read, and nothing was stored"
            draft.state = "failed"
            _log.exception("a report could not be read")

    def _readers(self, reader: ReadsTaken) -> ReadsTaken:
        """Return what reads a report that was taken in: the process held to limits, or both readers in this one.

        Only the one thread that reads comes here.
        """
        if self._second_reader is None:
            return reader
        if self._both is None:
            self._both = OwnReader(with_second_reader(load_tools(), self._second_reader))
        return self._both

    def find(self, id_: str, by: str) -> ReportDraft:
        """Assign a draft to its owner.

        Raises:
            NoDraftError: If there is none, or it is somebody else's.
        """
        with self._lock:
            draft = self._drafts.get(id_)
        if draft is None or draft.by != by:
            raise NoDraftError
        return draft

    def drop(self, id_: str, by: str) -> ReportDraft:
        """Forget a draft, and give it a last time."""
        draft = self.find(id_, by)
        with self._lock:
            self._drafts.pop(id_, None)
        return draft

    def close(self) -> None:
        """Stop reading."""
        self._reader.shutdown(wait=False, cancel_futures=True)
