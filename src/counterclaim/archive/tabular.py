"""Rows of tables as items: JSON lines, Parquet, and lists that name files on disk."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counterclaim.archive.errors import ArchiveReadError, ExtraError
from counterclaim.archive.items import ArchiveItem
from counterclaim.ingest.errors import shorten

TEXT = ("text", "maintext", "content", "body")
PAGE = ("html", "raw_html")
NAME = ("url", "id", "DocumentIdentifier", "source_url")
PUBLISHED = ("published", "date_publish", "date", "published_at")
OUTLET = ("outlet", "source_domain", "domain", "SourceCommonName")
TITLE = ("title", "headline")
FILE = ("path", "file", "filename")
"""Columns by the names that common news collections give them, the likeliest first."""

BATCH_ROWS = 256
"""Rows of a Parquet file held at a time."""


def row_item(row: Mapping[str, Any], name: str) -> ArchiveItem:
    """Return a row as an item.

    Args:
        row: With a text or a page, and as known an address, a day, an outlet, a title.
        name: What it is called where it has no address.
    """
    called = shorten(_word(row, NAME) or name)
    text, page = _word(row, TEXT), _word(row, PAGE)
    if text is None and page is None:
        return ArchiveItem(name=called, error="it has no text: a column 'text' or 'html' is wanted")
    try:
        published = _day(next((row[key] for key in PUBLISHED if row.get(key)), None))
    except ValueError as error:
        return ArchiveItem(name=called, error=str(error))
    known = ArchiveItem(
        name=called, published=published, outlet=_word(row, OUTLET), title=_word(row, TITLE)
    )
    if text is not None:
        return replace(known, text=text)
    assert page is not None
    data = page.encode("utf-8", "surrogatepass")
    return replace(known, data=data, media_type="text/html", charset="utf-8")


def _word(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row.get(name)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _day(value: object) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = str(value)
    if len(words) >= 8 and words[:8].isdigit():  # 20201014093000, as GDELT writes it
        words = f"{words[:4]}-{words[4:6]}-{words[6:8]}"
    try:
        return date.fromisoformat(words[:10])
    except ValueError as error:
        raise ValueError(f"{shorten(words)!r} is not a day") from error


def read_parquet(path: Path) -> Iterator[ArchiveItem]:
    """Read the rows of a Parquet file, a batch at a time.

    Raises:
        ArchiveReadError: If it cannot be read, or has no column of texts.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraError("pyarrow") from error
    wanted = (*TEXT, *PAGE, *NAME, *PUBLISHED, *OUTLET, *TITLE)
    try:
        with pq.ParquetFile(path) as file:
            columns = [name for name in file.schema_arrow.names if name in wanted]
            if not any(name in (*TEXT, *PAGE) for name in columns):
                raise ArchiveReadError(
                    f"{shorten(str(path))}: it has no column of texts; name one 'text' or 'html'"
                )
            number = 0
            for batch in file.iter_batches(BATCH_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield row_item(row, f"{path.name}#{number}")
    except (OSError, pa.ArrowException) as error:
        why = " ".join(str(error).split())[:200]
        raise ArchiveReadError(f"{shorten(str(path))}: it cannot be read ({why})") from error


def read_list(path: Path, open_file: Callable[[Path, Path], ArchiveItem]) -> Iterator[ArchiveItem]:
    """Read a list of files on disk: one a row, with a column that names the file.

    Paths count from the list's folder and may not leave it.

    Args:
        path: A table with a head line, parted by commas or tabs.
        open_file: Opens one file of a folder.

    Raises:
        ArchiveReadError: If it has no such column or cannot be read.
    """
    folder = path.parent.resolve()
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(
                stream, delimiter="\t" if path.name.lower().endswith(".tsv") else ","
            )
            if not any(name in FILE for name in rows.fieldnames or ()):
                raise ArchiveReadError(
                    f"{shorten(str(path))}: it names no files; head one column 'path'"
                )
            for number, row in enumerate(rows, 1):
                yield _listed(row, f"{path.name}#{number}", folder, open_file)
    except (OSError, UnicodeError, csv.Error) as error:
        raise ArchiveReadError(f"{shorten(str(path))}: it cannot be read ({error})") from error


def _listed(
    row: Mapping[str, Any], name: str, folder: Path, open_file: Callable[[Path, Path], ArchiveItem]
) -> ArchiveItem:
    words = _word(row, FILE)
    file = None if words is None else (folder / words).resolve()
    if file is None or not file.is_relative_to(folder):
        return ArchiveItem(
            name=name, error=f"{shorten(words or '')!r} is no file below the list's folder"
        )
    found = open_file(file, folder)
    known = row_item({**row, "text": "-"}, found.name)
    if known.error is not None:
        return known
    return replace(
        found,
        name=known.name,
        published=known.published,
        outlet=known.outlet,
        title=known.title,
    )
