"""The process that reads what comes from outside, held to limits: started by ``reader``, never by hand.

It answers one request after the other: ``setup`` first, then the methods of ``_Child``. An answer is a pair of a
word and a value: any number of ``step``, then one of ``done``, ``failed`` (a message for a person), ``fault`` (ours)
or ``memory``, behind which the process ends.
"""

import os
import signal
import sys
import threading
import time
import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from counterclaim.atlas.load import load_atlas
from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened, open_document
from counterclaim.ingest.batch import BatchItem, open_many
from counterclaim.ingest.feeds import parse_feed
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.sources import Raw, open_bytes
from counterclaim.pipeline.child_protocol import receive, send
from counterclaim.pipeline.limits import Limits, free_time, limit_memory, limit_time
from counterclaim.pipeline.read import read_opened
from counterclaim.pipeline.resources import Tools, in_conflict, load_tools
from counterclaim.records.conflict import Conflict
from counterclaim.records.feed import FeedEntry
from counterclaim.records.reading import Reading
from counterclaim.records.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

ORPHANED = 1.0
"""Seconds between looks whether the process that files is still there."""


def _tell_person(words: str) -> None:
    """Write a line to the person behind the parent process."""
    sys.stderr.write(f"{shown(words)}\n")


class _Child:
    """What can be asked of the process. Its methods are the requests."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._tools: Tools | None = None
        self._many: Iterator[BatchItem] = iter(())
        self._source: str | None = None
        self.limits = Limits()

    def setup(
        self,
        pipeline: str,
        limits: Limits,
        *,
        rules_only: bool,
        conflict: Conflict | None = None,
    ) -> dict[str, str]:
        """Load the tools; return their signature. The limit of memory holds from then on."""
        self.limits = limits
        self._tools = load_tools(pipeline, conflict, rules_only=rules_only)
        load_atlas(_tell_person)
        limit_memory(limits)
        return dict(self._tools.signature)

    def open_text(
        self, source: str, text: str, published: date | None, outlet: str | None, title: str | None
    ) -> Opened:
        """Take in a pasted text."""
        return open_document(source, text=text, published=published, outlet=outlet, title=title)

    def open_raw(self, raw: Raw, source: str, published: date | None, outlet: str | None) -> Opened:
        """Take in the bytes of a page or a file."""
        return open_bytes(raw, source, published=published, outlet=outlet)

    def start(self, source: str, skip: int) -> None:
        """Begin to take in the reports of a file."""
        self._many, self._source = open_many(source, skip=skip), source

    def next(self, source: str) -> BatchItem | None:
        """Take in the next of them; None behind the last."""
        assert source == self._source, "a process that was never told to begin knows no next report"
        return next(self._many, None)

    def read(self, opened: Opened, conflict: Conflict | None = None) -> Reading:
        """Read a report, within a conflict where one is given, telling its steps."""
        tools = self._tools
        if tools is not None and conflict is not None:
            tools = in_conflict(tools, conflict)
        return read_opened(
            opened, tools=tools, progress=lambda step: send(self._out, ("step", step))
        )

    def entries(self, address: str, reply: Reply) -> tuple[FeedEntry, ...]:
        """Tell a feed apart."""
        return parse_feed(address, reply)


def main() -> None:
    """Answer until the process that files is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that files
    requests, answers = _channels()
    threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
    child = _Child(answers)
    while True:
        try:
            name, given, named = receive(requests)
        except EOFError:
            return
        word, value = _answer(child, name, given, named)
        try:
            send(answers, (word, value))
        except BrokenPipeError:
            return
        except MemoryError:
            word = "memory"
        if word == "memory":
            os._exit(1)


def _answer(
    child: _Child, name: str, given: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, Any]:
    if name != "setup":
        limit_time(child.limits)
    try:
        return "done", getattr(child, name)(*given, **named)
    except CounterclaimError as error:
        return "failed", str(error)
    except MemoryError:
        return "memory", None
    except Exception as error:  # noqa: BLE001 - whatever a text leads a library into
        return "fault", _tell(error)
    finally:
        free_time()


def _tell(error: Exception) -> str:
    """Return the kind of an error and where in our code it came up; never the text's own words."""
    where = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "counterclaim" in frame.filename
    ]
    last = where[-1] if where else None
    return type(error).__name__ + (
        f" in {Path(last.filename).name}, line {last.lineno}" if last else ""
    )


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Take the channels, so that what a library prints goes to standard error and never between the frames."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - for the life of the process
    return requests, answers


def _watch_parent(parent: int) -> None:
    """End with the process that files, also in the middle of a report."""
    while os.getppid() == parent:
        time.sleep(ORPHANED)
    os._exit(1)


if __name__ == "__main__":
    main()
