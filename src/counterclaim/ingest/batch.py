"""Many sources: folders walked, archives opened, each report on its own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.charset import clean_field
from counterclaim.ingest.errors import RowError, SourceError, UnreadableSourceError, shorten
from counterclaim.ingest.plugged import ask_plugged, find_plugged
from counterclaim.ingest.publication import read_published
from counterclaim.ingest.sources import Opened, open_document
from counterclaim.ingest.url_safety import is_web_address
from counterclaim.records.text import DateBasis

if TYPE_CHECKING:
    from counterclaim.ingest.fetch import Fetcher

REPORT_NAMES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")
ROW_NAMES = (".jsonl", ".ndjson")
ARCHIVE_NAMES = (".warc", ".warc.gz")

LINE_LIMIT = 8 * 1024 * 1024
"""Bytes of one JSON line: a text at its own limit, escaped, has under 3 MB."""


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One report of many: taken in, or why not."""

    source: str
    """As named by a person: a path, an address, a file and its row."""
    name: str
    """What its document is called, and under what its problem is kept."""
    opened: Opened | None
    error: str | None = None


def list_sources(sources: Sequence[str]) -> list[str]:
    """Return the files and addresses meant: folders are walked, in the order of names.

    Args:
        sources: Paths of files and folders, addresses, or ``-``. Hidden files are left out of folders,
            and so are files whose names say that they hold no report, and links that lead out of the folder.
    """
    found: list[str] = []
    for source in sources:
        path = Path(source)
        if not is_web_address(source) and path.is_dir():
            found += [
                str(item)
                for item in sorted(path.rglob("*"))
                if item.is_file()
                and item.resolve().is_relative_to(path.resolve())
                and item.name.lower().endswith((*REPORT_NAMES, *ROW_NAMES, *ARCHIVE_NAMES))
                and not any(part.startswith(".") for part in item.relative_to(path).parts)
            ]
        else:
            found.append(source)
    return found


def open_many(source: str, *, fetch: "Fetcher | None" = None, skip: int = 0) -> Iterator[BatchItem]:
    """Take in the reports of one source, one by one; what cannot be read is told and passed over.

    Accepts:
      1. ``.jsonl``: one object a line with ``text``, and as known ``url`` or ``id``, ``published`` or
         ``date`` (2020-10-14, 2020-10 or 2020), ``outlet``, ``title``, ``author``
      2. ``.warc``, ``.warc.gz``: responses with status 200 that hold a page, a text or a PDF
      3. ``NAME:WHAT``, where an installed package brings a source of that name (``plugged.py``)
      4. whatever ``open_document`` accepts

    Args:
        source: A file, an address or ``-``.
        fetch: Fetches pages.
        skip: How many of the first reports are passed over.
    """
    if not is_web_address(source) and not Path(source).exists():
        plugged = find_plugged(source)
        if plugged is not None:
            yield from _plugged(plugged, source, skip)
            return
    lower = source.lower()
    if lower.endswith((*ROW_NAMES, *ARCHIVE_NAMES)) and not is_web_address(source):
        path = Path(source)
        if path.exists() and not path.is_file():
            why = UnreadableSourceError(source, "it is a pipe or a device")
            yield BatchItem(source, path.name, None, str(why))
            return
    if is_web_address(source) or not lower.endswith((*ROW_NAMES, *ARCHIVE_NAMES)):
        name = source if is_web_address(source) else Path(source).name
        name = "stdin" if source == "-" else name
        if not skip:
            yield _one(source, name, lambda: open_document(source, fetch=fetch))
    elif lower.endswith(ROW_NAMES):
        yield from _rows(source, skip)
    else:
        from counterclaim.ingest.archives import read_archive  # noqa: PLC0415 - for start-up time

        for address, make in islice(read_archive(source), skip, None):
            if isinstance(make, SourceError):
                yield BatchItem(source, address, None, str(make))
            else:
                yield _one(f"{source}: {address}", address, make)


def _one(source: str, name: str, make: Any) -> BatchItem:
    name = clean_field(name) or "unnamed"
    try:
        opened: Opened = make()
    except CounterclaimError as error:
        return BatchItem(source, name, None, str(error))
    return BatchItem(source, name, Opened(replace(opened.document, name=name), *opened[1:]))


def _plugged(name: str, source: str, skip: int) -> Iterator[BatchItem]:
    try:
        for where, row in ask_plugged(name, source, skip):
            own = shorten(str(row.get("url") or where))
            yield _one(where, own, lambda place=where, row=row: _open_row(place, row))
    except CounterclaimError as error:
        yield BatchItem(source, shorten(source), None, str(error))


def _rows(source: str, skip: int) -> Iterator[BatchItem]:
    file = Path(source).name
    given = 0
    try:
        with Path(source).open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(LINE_LIMIT + 1), b""), 1):
                if not line.strip():
                    continue
                given += 1
                if given <= skip:
                    continue
                where = f"{source} line {number}"
                yield _row(where, f"{file}#{number}", line)
                if len(line) > LINE_LIMIT:
                    return
    except OSError as error:
        unreadable = UnreadableSourceError(source, error.strerror or str(error))
        yield BatchItem(source, file, None, str(unreadable))


def _row(where: str, name: str, line: bytes) -> BatchItem:
    try:
        row = _parse(where, line)
    except RowError as error:
        return BatchItem(where, name, None, str(error))
    own = row.get("url") or (f"{name.partition('#')[0]}#{row['id']}" if row.get("id") else name)
    return _one(where, clean_field(str(own)) or name, lambda: _open_row(where, row))


def _parse(where: str, line: bytes) -> Mapping[str, Any]:
    if len(line) > LINE_LIMIT:
        raise RowError(where, f"the line passes {LINE_LIMIT:,} bytes, and what follows is not read")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RowError(where, "it is not a JSON object") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise RowError(where, "it has no text")
    return row


def _open_row(where: str, row: Mapping[str, Any]) -> Opened:
    day = _day(where, row.get("published") or row.get("date"))
    opened = open_document(
        where,
        text=row["text"],
        published=day[0] if day is not None else None,
        published_basis=day[1] if day is not None else "given",
        outlet=_word(row.get("outlet")),
        title=_word(row.get("title")),
    )
    author = clean_field(_word(row.get("author")))
    return Opened(replace(opened.document, author=author), *opened[1:])


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _day(where: str, value: object) -> tuple[date, DateBasis] | None:
    if value is None or value == "":
        return None
    found = read_published(str(value))
    if found is None:
        raise RowError(where, f"{shorten(str(value))!r} is not a day, a month or a year")
    return found
