"""Web archives: the pages that a WARC file holds. What is cut off is told, never taken for whole."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from counterclaim.ingest.errors import (
    ArchiveError,
    CutOffError,
    SourceError,
    TooLargeError,
    UnreadableSourceError,
)
from counterclaim.ingest.fetch import MEDIA_TYPES, media_type_of
from counterclaim.ingest.files import FILE_LIMIT
from counterclaim.ingest.http_client import unpack
from counterclaim.ingest.sources import Opened, Raw, open_bytes

Held = tuple[str, Callable[[], Opened] | SourceError]
"""A page's address, and what opens it or why it cannot be."""

GZIP = b"\x1f\x8b"

PACKINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Packings whose ends are checked here."""

CHUNK = 65_536


def read_archive(source: str) -> Iterator[Held]:
    """Yield the reports of a WARC file: responses with status 200 that hold a page, a text or a PDF.

    An archive that breaks off, in a record or between two, is told as the last of them.

    Args:
        source: Path of a ``.warc`` or ``.warc.gz`` file.
    """
    name = Path(source).name
    try:
        with Path(source).open("rb") as stream:
            members = _Members(stream)
            records = _Records(members)
            for record in records:
                if record.rec_headers.get_header("Content-Length") is None:
                    yield name, ArchiveError(source, "a record does not say how long it is")
                    return
                held = _record(record)
                if held is not None:
                    yield held
                if _is_cut(record):
                    yield name, ArchiveError(source, "it breaks off in a record")
                    return
            if records.broke_off or not members.are_whole:
                yield name, ArchiveError(source, "it breaks off")
    except OSError as error:
        yield name, UnreadableSourceError(source, error.strerror or str(error))
    except (ArchiveLoadFailed, EOFError, ValueError, UnicodeError) as error:
        yield name, ArchiveError(source, " ".join(str(error).split()) or "it breaks off")
    except Exception as error:  # noqa: BLE001 - a damaged record leads the library into whatever there is
        yield name, ArchiveError(source, f"a record is damaged: {type(error).__name__}")


class _Records(ArchiveIterator):  # type: ignore[misc]  # the library has no types
    """Records of an archive, and whether it ended in the headers of one: the library takes that for the end."""

    broke_off = False

    def _next_record(self, next_line: bytes | None) -> Any:
        is_first = self.record is None
        try:
            return super()._next_record(next_line)
        except EOFError:
            self.broke_off = bool(next_line) or (is_first and self.reader.num_read > 0)
            raise


class _Members:
    """A file read through, that knows whether its last gzip member came to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unpacker: Any = None
        self._is_packed: bool | None = None
        self.are_whole = True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if self._is_packed is None and data:
            self._is_packed = data.startswith(GZIP)
        if self._is_packed:
            self._follow(data)
        return data

    def tell(self) -> int:
        return self._stream.tell()

    def _follow(self, data: bytes) -> None:
        while data:
            if self._unpacker is None:
                data = data.lstrip(b"\0")
                if not data:
                    return
                self._unpacker, self.are_whole = zlib.decompressobj(31), False
            try:
                self._unpacker.decompress(data, CHUNK)
            except zlib.error:
                self.are_whole, self._is_packed = False, False
                return
            if self._unpacker.eof:
                data, self._unpacker, self.are_whole = self._unpacker.unused_data, None, True
            else:
                data = self._unpacker.unconsumed_tail


def _is_cut(record: Any) -> bool:
    """Return whether a record ended before its length."""
    while record.raw_stream.read(CHUNK):
        pass
    return bool(getattr(record.raw_stream, "limit", 0) > 0)


def _record(record: Any) -> Held | None:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return None
    media_type, charset = media_type_of(headers.get_header("content-type") or "")
    if media_type not in MEDIA_TYPES:
        return None
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    try:
        data = _body(record, address)
    except SourceError as error:
        return address, error
    raw = Raw(address, data, address, media_type, charset)
    return address, lambda: open_bytes(raw, address)


def _body(record: Any, address: str) -> bytes:
    """Read the body of a response.

    Raises:
        CutOffError: If less is there than was sent.
        TooLargeError: If it passes the limit.
    """
    headers = record.http_headers
    packing = (headers.get_header("content-encoding") or "").strip().lower()
    is_chunked = "chunked" in (headers.get_header("transfer-encoding") or "").lower()
    if is_chunked or packing not in PACKINGS:
        data: bytes = record.content_stream().read(FILE_LIMIT + 1)
    else:
        sent: bytes = record.raw_stream.read(FILE_LIMIT + 1)
        told = headers.get_header("content-length") or ""
        if told.isascii() and told.isdecimal() and len(sent) < min(int(told[:12]), FILE_LIMIT):
            raise CutOffError(address, f"{len(sent):,} of {int(told[:12]):,} bytes are there")
        data = unpack(address, iter([sent] if sent else []), packing, FILE_LIMIT)
    if len(data) > FILE_LIMIT:
        raise TooLargeError(address, "the page", FILE_LIMIT, "bytes")
    cut = record.rec_headers.get_header("WARC-Truncated")
    if cut or _is_cut(record):
        why = f"the archive says it was cut ({cut})" if cut else "the archive breaks off in it"
        raise CutOffError(address, why)
    return data
