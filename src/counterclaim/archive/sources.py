"""Sources: archives on disk, opened one after the other, each giving its items in their order."""

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any

from counterclaim.archive.errors import ArchiveReadError, ExtraError
from counterclaim.archive.items import ArchiveItem
from counterclaim.archive.tabular import read_list, read_parquet, row_item
from counterclaim.ingest.errors import shorten
from counterclaim.ingest.fetch import MEDIA_TYPES, media_type_of
from counterclaim.ingest.files import FILE_LIMIT

WARC_NAMES = (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz")
ROW_NAMES = tuple(
    f"{name}{packed}" for name in (".jsonl", ".ndjson") for packed in ("", ".gz", ".zst")
)
PARQUET_NAMES = (".parquet",)
LIST_NAMES = (".csv", ".tsv")
FILE_NAMES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")

LINE_LIMIT = 8 * 1024 * 1024
"""Bytes of one JSON line: a text at its own limit, escaped, has under 3 MB."""

HEAD_HASHED = 1 << 20
"""Bytes of an archive's beginning that tell it from another of its name and size."""

LIST_HELP = (
    "give .warc, .wet, .jsonl, .parquet, lists (.csv, .tsv with a column 'path'), or folders"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One archive, and what names it however its folder is called."""

    path: Path
    id: str
    """Hash of name, size and beginning: an archive that was done is known again by it."""
    items: Callable[[], Iterator[ArchiveItem]]
    loose: bool = False
    """Whether it is a group of single files."""


def list_sources(paths: Sequence[str]) -> list[Source]:
    """Return the archives meant, in the order given; folders are walked in the order of names.

    Single files of a folder (``.txt``, ``.html``, ``.pdf`` and their like) make one source together.

    Raises:
        ArchiveReadError: If a path is not there, or its name says that it is no archive.
    """
    found: list[Source] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found += _walk(path)
        elif not path.exists():
            raise ArchiveReadError(
                f"{shorten(given)}: there is no such file or folder; check the path"
            )
        else:
            found.append(_source(path))
    return list({source.id: source for source in found}.values())


def _walk(folder: Path) -> Iterator[Source]:
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    single = [path for path in files if path.name.lower().endswith(FILE_NAMES)]
    for path in files:
        if path.name.lower().endswith((*WARC_NAMES, *ROW_NAMES, *PARQUET_NAMES)):
            yield _source(path)
    if single:
        yield _loose(folder, single)


def _loose(folder: Path, files: Sequence[Path]) -> Source:
    told = [f"{path.relative_to(folder)}\0{path.stat().st_size}" for path in files]
    mark = _short("\n".join(told).encode())
    return Source(folder, mark, lambda: (_file_item(path, folder) for path in files), loose=True)


def _source(path: Path) -> Source:
    name = path.name.lower()
    for names, read in READERS:
        if name.endswith(names):
            return Source(path, _identity(path), partial(read, path))
    if name.endswith(FILE_NAMES):
        return _loose(path.parent, [path])
    raise ArchiveReadError(
        f"{shorten(str(path))}: its name says nothing that can be read; {LIST_HELP}"
    )


def _identity(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_HASHED)
        return _short(f"{path.name}\0{path.stat().st_size}\0".encode() + head)
    except OSError as error:
        raise _unreadable(path, error) from error


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _unreadable(path: Path, error: OSError) -> ArchiveReadError:
    return ArchiveReadError(f"{shorten(str(path))}: it cannot be read ({error.strerror or error})")


def _file_item(path: Path, folder: Path) -> ArchiveItem:
    name = path.relative_to(folder).as_posix()
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except OSError as error:
        return ArchiveItem(name=name, error=f"it cannot be read ({error.strerror or error})")
    if len(data) > FILE_LIMIT:
        return ArchiveItem(name=name, error=f"it passes {FILE_LIMIT:,} bytes")
    kind = "application/pdf" if name.lower().endswith(".pdf") else ""
    return ArchiveItem(name=name, data=data, media_type=kind)


def _read_warc(path: Path) -> Iterator[ArchiveItem]:
    """Read responses with status 200 that hold a page, a text or a PDF, and conversions to text."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraError("fastwarc") from error
    kinds = WarcRecordType.response | WarcRecordType.conversion
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=kinds, parse_http=True):
                item = _record_item(record, is_text=record.record_type == WarcRecordType.conversion)
                if item is not None:
                    yield item
    except OSError as error:
        raise _broken(path, error) from error
    except (ValueError, UnicodeError, EOFError, RuntimeError) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> ArchiveReadError:
    why = " ".join(str(error).split())[:200] or "it breaks off"
    return ArchiveReadError(f"{shorten(str(path))}: it cannot be read to its end ({why})")


def _record_item(record: Any, *, is_text: bool) -> ArchiveItem | None:
    headers = record.headers
    name = str(headers.get("WARC-Target-URI", "")).strip("<>") or str(record.record_id)
    crawled = _day(headers.get("WARC-Date"))
    if is_text:
        data = record.reader.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            return ArchiveItem(
                name=name, crawled=crawled, error=f"the text passes {FILE_LIMIT:,} bytes"
            )
        return ArchiveItem(name=name, text=data.decode("utf-8", "replace"), crawled=crawled)
    if record.http_headers is None or record.http_headers.status_code != 200:
        return None
    media_type, charset = media_type_of(str(record.http_headers.get("Content-Type", "")))
    if media_type not in MEDIA_TYPES:
        return None
    data = record.reader.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        return ArchiveItem(
            name=name, crawled=crawled, error=f"the page passes {FILE_LIMIT:,} bytes"
        )
    return ArchiveItem(
        name=name, data=data, media_type=media_type, charset=charset, crawled=crawled
    )


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(str(words)[:10])
    except ValueError:
        return None


def _read_rows(path: Path) -> Iterator[ArchiveItem]:
    """Read JSON lines, packed or not."""
    try:
        with closing(_unpacked(path)) as stream:
            for number, line in enumerate(iter(lambda: stream.readline(LINE_LIMIT + 1), b""), 1):
                if len(line) > LINE_LIMIT:
                    why = f"line {number} passes {LINE_LIMIT:,} bytes, and what follows is not read"
                    raise ArchiveReadError(f"{shorten(str(path))}: {why}")
                if line.strip():
                    yield _line_item(line, f"{path.name}#{number}")
    except (OSError, EOFError, ValueError) as error:
        raise _broken(path, error) from error


def _line_item(line: bytes, name: str) -> ArchiveItem:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return ArchiveItem(name=name, error="it is not a JSON object")
    if not isinstance(row, Mapping):
        return ArchiveItem(name=name, error="it is not a JSON object")
    return row_item(row, name)


def _unpacked(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return io.BufferedReader(gzip.open(path, "rb"))
    if not path.name.lower().endswith(".zst"):
        return path.open("rb")
    return io.BufferedReader(_ZstdReader(path), 1 << 18)


class _ZstdReader(io.RawIOBase):
    """Zstandard frames unpacked; unlike the library's own reader it tells where the last one is cut off."""

    def __init__(self, path: Path) -> None:
        try:
            import zstandard  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ExtraError("zstandard") from error
        self._error = zstandard.ZstdError
        self._unpack = zstandard.ZstdDecompressor().decompressobj
        self._frame: Any = self._unpack()
        self._packed = b""
        self._plain = b""
        self._file = path.open("rb")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        while not self._plain:
            self._packed = self._packed or self._file.read(1 << 17)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("the archive ends in the middle")
                return 0
            self._step()
        size = min(len(buffer), len(self._plain))
        buffer[:size] = self._plain[:size]
        self._plain = self._plain[size:]
        return size

    def _step(self) -> None:
        if self._frame is None:
            self._frame = self._unpack()
        try:
            self._plain = self._frame.decompress(self._packed)
        except self._error as error:
            raise ValueError(str(error)) from error
        self._packed = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None


READERS: tuple[tuple[tuple[str, ...], Callable[[Path], Iterator[ArchiveItem]]], ...] = (
    (WARC_NAMES, _read_warc),
    (ROW_NAMES, _read_rows),
    (PARQUET_NAMES, read_parquet),
    (LIST_NAMES, lambda path: read_list(path, _file_item)),
)
