"""Many reports read at once: by several processes, with a bar, and none of them stops the others."""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened, as_day, open_document
from counterclaim.pipeline.read import read_opened
from counterclaim.pipeline.reader_process import ReaderSetup, tell_failure
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.pipeline.worker_pool import ReaderPool
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document

Source = str | Path | Document | Mapping[str, Any]
"""A report: its text, its file, a document, or a row with ``text`` and, where known, ``published``,
``outlet``, ``title``, ``url`` and ``author``."""


class SourceKindError(CounterclaimError):
    """What was given is no report."""

    def __init__(self, source: object) -> None:
        super().__init__(
            f"a {type(source).__name__} is no report: give texts, paths, or rows such as "
            '{"text": ..., "published": "2020-10-14"}'
        )


class NoTextError(CounterclaimError):
    """A row has no text."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        names = ", ".join(map(str, row)) or "nothing"
        super().__init__(
            f'a row needs its report under "text"; this one has {names[:200]}'
            if "text" not in row
            else f'a row needs its report under "text"; there stands a {type(row["text"]).__name__}'
        )


def read_many(
    sources: Iterable[Source],
    *,
    workers: int = 1,
    progress: bool | None = None,
    failed: list[Problem] | None = None,
    tools: Tools | None = None,
) -> Iterator[Reading]:
    """Read reports and yield their readings, in order. One that cannot be read is told and passed over.

    Args:
        sources: Texts, paths, documents, or rows with ``text``, ``published`` and so on.
        workers: Processes that read; each needs about a gigabyte. With one, this process reads.
        progress: Show a bar on standard error; None shows one where a person watches.
        failed: Takes what could not be read, each as a problem; without it each is a warning.
        tools: Loaded tools, for one worker; the default ones, if none are given.

    Raises:
        ValueError: If tools are given to several workers, which load their own.
    """
    if workers > 1 and tools is not None:
        raise ValueError("tools serve this process alone: leave them out, or read with one worker")
    total = len(sources) if isinstance(sources, Sized) else None
    with _bar(total, is_shown=sys.stderr.isatty() if progress is None else progress) as step:
        opened = _opened(sources, failed)
        if workers > 1:
            with ReaderPool(workers, ReaderSetup()) as crew:
                for work in crew.read((item, item) for item in opened):
                    step()
                    if work.reading is not None:
                        yield work.reading
                    elif work.error is not None:
                        _tell(failed, work.error)
            return
        own = tools or load_tools()
        for item in opened:
            step()
            try:
                reading = read_opened(item, tools=own)
            except Exception as error:  # noqa: BLE001 - whatever one report leads us into, the next is read
                _tell(failed, tell_failure(item.document.name, error))
                continue
            yield reading


def _opened(sources: Iterable[Source], failed: list[Problem] | None) -> Iterator[Opened]:
    for number, source in enumerate(sources, 1):
        try:
            yield open_source(source, f"report {number}")
        except CounterclaimError as error:
            _tell(failed, tell_failure(f"report {number}", error))


def open_source(source: Source, name: str = "pasted") -> Opened:
    """Take in one report of any kind.

    Args:
        source: A text, a path, a document, or a row.
        name: What a text or a row without an address is called.

    Raises:
        CounterclaimError: If it is no report or cannot be read; the message says what to do.
    """
    match source:
        case Document():
            return Opened(source, (), None)
        case Path():
            return open_document(str(source))
        case str():
            return open_document(name, text=source)
        case Mapping():
            return _open_row(source, name)
    raise SourceKindError(source)


def _open_row(row: Mapping[str, Any], name: str) -> Opened:
    text = row.get("text")
    if not isinstance(text, str):
        raise NoTextError(row)
    published = row.get("published", row.get("date"))
    opened = open_document(
        _word(row, "url") or _word(row, "id") or name,
        text=text,
        published=as_day(_day(published)),
        outlet=_word(row, "outlet"),
        title=_word(row, "title"),
    )
    return Opened(replace(opened.document, author=_word(row, "author")), *opened[1:])


def _word(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _day(value: Any) -> Any:
    """Return a day as given; nothing for what tables put where there is none."""
    is_missing = value is None or value == "" or value != value  # noqa: PLR0124 - NaN and NaT
    return None if is_missing else value


def _tell(failed: list[Problem] | None, message: str) -> None:
    if failed is None:
        warnings.warn(message, stacklevel=4)
    else:
        failed.append(Problem("unread", message))


@contextmanager
def _bar(total: int | None, *, is_shown: bool) -> Iterator[Callable[[], None]]:
    if not is_shown:
        yield lambda: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)
