"""The reading commands: read, trace, demo."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from counterclaim.atlas.load import load_atlas
from counterclaim.cli.saying import make_console, say_aside, screen
from counterclaim.cli.second import tell_cost
from counterclaim.cli.table import show_sheet
from counterclaim.cli.trace import show_trace
from counterclaim.errors import CounterclaimError
from counterclaim.export import write_reading
from counterclaim.ingest.batch import open_many
from counterclaim.ingest.sources import KnownOfSource, put_known
from counterclaim.parse import DEFAULT_PIPELINE
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document, read_opened
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.reading import Reading
from counterclaim.records.shown import shown
from counterclaim.service.report_view import build_report_view


class OutputError(CounterclaimError):
    """The output cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"cannot write {path}: {error.strerror}; name a file in a folder that exists and is yours"
        )


def run_read(
    sources: list[str],
    known: KnownOfSource,
    format_: str,
    output: Path | None,
    pipeline: str | None,
    conflict: str | None = None,
    *,
    rules_only: bool = False,
    second: Callable[[Tools], Tools] = lambda tools: tools,
) -> None:
    """Read every source; those that cannot be read are named at the end, and the code is then 2."""
    load_atlas(say_aside)
    tools = second(load_tools(pipeline or DEFAULT_PIPELINE, conflict, rules_only=rules_only))
    readings: list[Reading] = []
    failed: list[str] = []
    with _progress(len(sources)) as advance:
        for source in sources:
            for taken in open_many(source):
                if taken.opened is None:
                    failed.append(taken.error or source)
                    continue
                try:
                    readings.append(read_opened(put_known(taken.opened, known), tools=tools))
                except CounterclaimError as error:
                    failed.append(str(error))
            advance(source)
    if readings:
        _show(readings, format_, output)
        tell_cost(readings)
    for message in failed:
        sys.stderr.write(shown(f"counterclaim: {message}\n"))
    if failed:
        raise SystemExit(2)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """Count sources on standard error while they are read, when a person watches several."""
    done = 0
    is_shown = total > 1 and sys.stderr.isatty()

    def advance(source: str) -> None:
        nonlocal done
        done += 1
        if is_shown:
            sys.stderr.write(f"\r\x1b[Kread {done} of {total}: {shown(source[:60])}")
            sys.stderr.flush()

    yield advance
    if is_shown:
        sys.stderr.write("\r\x1b[K")


def run_trace(source: str, number: int, published: date | None) -> None:
    """Print one sentence's way through the rooms."""
    show_trace(make_console(highlight=False), source, number, published, load_tools())


def run_demo(format_: str, output: Path | None) -> None:
    """Read the shipped report."""
    load_atlas(say_aside)
    reading = read_document(demo_document(), tools=load_tools())
    _show([reading], format_, output)


def _show(readings: list[Reading], format_: str, output: Path | None) -> None:
    if format_ == "table":
        if output is None:
            console = make_console(highlight=False)
            for reading in readings:
                show_sheet(console, build_report_view(reading))
            return
        with atomic(output) as stream:
            console = make_console(file=stream, highlight=False, width=120, no_color=True)
            for reading in readings:
                show_sheet(console, build_report_view(reading))
        return
    if format_ == "html" and len(readings) > 1 and output is not None:
        _write_pages(readings, output)
        return
    text = (
        "\n".join(write_reading(reading, format_) for reading in readings)
        if format_ != "jsonl"
        else "".join(write_reading(reading, format_) for reading in readings)
    )
    if format_ == "json" and len(readings) > 1:
        text = (
            "["
            + ",\n".join(write_reading(reading, format_).rstrip() for reading in readings)
            + "]\n"
        )
    if output is None:
        screen().write(text)
    else:
        with atomic(output) as stream:
            stream.write(text)


def _write_pages(readings: list[Reading], folder: Path) -> None:
    """Write one page for each report into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for reading in readings:
        with atomic(folder / f"{reading.document.id}.html") as stream:
            stream.write(write_reading(reading, "html"))


def write_whole(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all.

    Raises:
        OutputError: If it cannot be written.
    """
    with atomic(path) as stream:
        stream.write(text)


@contextmanager
def atomic(path: Path) -> Iterator[TextIO]:
    """Open a file for writing that appears whole or not at all; a pipe or device is written straight."""
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="replace") as stream,
    ):
        yield stream


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Name a file to write to, which takes the place of another once it is whole.

    What is no regular file, such as ``/dev/stdout``, is written to as it is: it must not be replaced. A
    link keeps leading where it leads. Who may read a new file is as the process's mask says.

    Raises:
        OutputError: If it cannot be written.
    """
    if path.exists() and not path.is_file():
        try:
            yield path
        except OSError as error:
            raise OutputError(path, error) from error
        return
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OutputError(path, error) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())
        temporary.replace(target)
    except OSError as error:
        raise OutputError(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _mask() -> int:
    """Return the process's mask of permissions, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
