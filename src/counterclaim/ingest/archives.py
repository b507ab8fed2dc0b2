"""Web archives: the pages that a WARC file holds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from counterclaim.ingest.errors import (
    ArchiveError,
    SourceError,
    TooLargeError,
    UnreadableSourceError,
)
from counterclaim.ingest.files import FILE_LIMIT
from counterclaim.ingest.pages import MEDIA_TYPES, media_type_of
from counterclaim.ingest.sources import Opened, Raw, open_bytes

Held = tuple[str, Callable[[], Opened] | SourceError]
"""A page's address, and what opens it or why it cannot be."""


def read_archive(source: str) -> Iterator[Held]:
    """Give the reports of a WARC file: responses with status 200 that hold a page, a text or a PDF.

    Args:
        source: Path of a ``.warc`` or ``.warc.gz`` file.
    """
    name = Path(source).name
    try:
        with Path(source).open("rb") as stream:
            for record in ArchiveIterator(stream):
                held = _record(record)
                if held is not None:
                    yield held
    except OSError as error:
        yield name, UnreadableSourceError(source, error.strerror or str(error))
    except (ArchiveLoadFailed, EOFError, ValueError, UnicodeError) as error:
        yield name, ArchiveError(source, " ".join(str(error).split()) or "it breaks off")


def _record(record: Any) -> Held | None:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return None
    media_type, charset = media_type_of(headers.get_header("content-type") or "")
    if media_type not in MEDIA_TYPES:
        return None
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    data: bytes = record.content_stream().read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        return address, TooLargeError(address, "the page", FILE_LIMIT, "bytes")
    raw = Raw(address, data, address, media_type, charset)
    return address, lambda: open_bytes(raw, address)
