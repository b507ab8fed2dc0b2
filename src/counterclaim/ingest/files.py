"""Bytes of a file or of standard input, and what they are."""

import sys
from pathlib import Path
from typing import BinaryIO, Literal

from counterclaim.ingest.errors import (
    BinarySourceError,
    EmptySourceError,
    FolderSourceError,
    MissingSourceError,
    TooLargeError,
    UnreadableSourceError,
)

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes. A report as PDF with pictures reaches 10 MB; a larger file is an archive or a mistake."""

TEXT_LIMIT = 400_000
"""Characters. The longest single report read has 90,000; a book is not a report."""

LINE_LIMIT = 100_000
"""Characters of one line. A report that lost its line breaks stays under it; data does not."""

MOST_CONTROL = 0.005
"""Share of control characters from which on a text is binary: text has none but line breaks."""

Kind = Literal["text", "markup", "pdf"]

MAGIC = (
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
MARKUP_NAMES = (".html", ".htm", ".xhtml")
MARKUP_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body")
SNIFFED = 1_024
"""Bytes at the head by which a kind is told, as browsers do."""

WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of charsets in which every letter has a zero byte."""

CONTROL_BYTES = bytes((*range(9), *range(14, 28), 127))
CONTROL = CONTROL_BYTES.decode("ascii")
"""Control characters that no text has. Tab, line breaks, form feed and separators are not among
them."""


def read_source(source: str, *, stdin: BinaryIO | None = None) -> tuple[str, bytes]:
    """Read a file or standard input, up to the limit.

    Args:
        source: A path, or ``-``.
        stdin: Stands in for standard input.

    Returns:
        The name a document gets from it, and its bytes.

    Raises:
        SourceError: If it is missing, a folder, unreadable, empty or too large.
    """
    if source == "-":
        data = (stdin or sys.stdin.buffer).read(FILE_LIMIT + 1)
        return "stdin", _within(source, data)
    path = Path(source)
    try:
        if path.is_dir():
            raise FolderSourceError(source)
        if path.exists() and not path.is_file():
            raise UnreadableSourceError(source, "it is a pipe or a device")
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except FileNotFoundError as error:
        raise MissingSourceError(source) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableSourceError(source, why) from error
    return path.name, _within(source, data)


def _within(source: str, data: bytes) -> bytes:
    if not data:
        raise EmptySourceError(source)
    if len(data) > FILE_LIMIT:
        raise TooLargeError(source, "the file", FILE_LIMIT, "bytes")
    return data


def kind_of(name: str, data: bytes, media_type: str = "") -> Kind:
    """Tell what the bytes are, by their head first and their name second.

    Args:
        name: Path or address, for its ending and for messages.
        data: The bytes.
        media_type: As the server said.

    Raises:
        BinarySourceError: If they are something that holds no plain text.
    """
    head = data[:SNIFFED]
    if b"%PDF-" in head:
        return "pdf"
    for magic, what in MAGIC:
        if head.startswith(magic):
            raise BinarySourceError(name, what)
    if media_type == "application/pdf" or name.lower().endswith(".pdf"):
        return "pdf"
    small = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = name.lower().partition("?")[0].endswith(MARKUP_NAMES)
    if named or "html" in media_type or (not media_type and small.startswith(MARKUP_SIGNS)):
        return "markup"
    if not head.startswith(WIDE_MARKS) and sum(
        head.count(c) for c in CONTROL_BYTES
    ) > MOST_CONTROL * len(head):
        raise BinarySourceError(name, "data rather than text")
    return "text"


def check_text(name: str, text: str) -> None:
    """Pass if a text is one that can be read.

    Raises:
        SourceError: If it is empty, binary, or passes a limit.
    """
    if not text.strip():
        raise EmptySourceError(name)
    if len(text) > TEXT_LIMIT:
        raise TooLargeError(name, "the text", TEXT_LIMIT, "characters")
    control = sum(text.count(c) for c in CONTROL)
    if control > MOST_CONTROL * len(text):
        raise BinarySourceError(name, "data rather than text")
    if max(len(line) for line in text.splitlines()) > LINE_LIMIT:
        raise TooLargeError(name, "one line", LINE_LIMIT, "characters")
