"""Shelves: reports that stand on this machine, in folders and in mailboxes' exports."""

import hashlib
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from counterclaim.ingest.batch import list_sources
from counterclaim.ingest.errors import FeedError
from counterclaim.ingest.sources import Raw

SETTLED_SECONDS = 2.0
"""A file that was changed more lately may still be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One report on a shelf."""

    address: str
    mark: str
    """Changes when its words may have."""
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    raw: Raw | None = None
    """None for a file, which is opened when its turn comes."""


def list_folder(path: str, now: float) -> Iterator[Shelved]:
    """Yield the reports of a folder that are settled, by their full paths.

    Raises:
        FeedError: If there is no such folder.
    """
    if not Path(path).is_dir():
        raise FeedError(path, "there is no such folder")
    for name in sorted(list_sources([path])):
        try:
            state = Path(name).stat()
        except OSError:
            continue
        if now - state.st_mtime >= SETTLED_SECONDS:
            address = Path(name).absolute().as_uri()
            yield Shelved(address=address, mark=f"{state.st_mtime_ns}-{state.st_size}")


def list_mbox(path: str) -> Iterator[Shelved]:
    """Yield the messages of a mailbox's export, each by its Message-ID, or by its words where it has none.

    Raises:
        FeedError: If there is no such file.
    """
    if not Path(path).is_file():
        raise FeedError(path, "there is no such file")
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            message = box.get(key)
            if message is not None:
                yield _message(message)
    finally:
        box.close()


def _message(message: Message) -> Shelved:
    body, media_type, charset = _body(message)
    digest = hashlib.sha256(body).hexdigest()[:16]
    name = str(message.get("Message-ID", "")).strip(" <>\r\n") or digest
    sender = parseaddr(_header(message, "From") or "")
    return Shelved(
        address=f"mbox://{name}",
        mark=digest,
        title=_header(message, "Subject"),
        outlet=sender[0] or sender[1] or None,
        published=_sent(message),
        raw=Raw(f"mbox://{name}", body, None, media_type, charset),
    )


def _body(message: Message) -> tuple[bytes, str, str | None]:
    """Return the part to read: plain text before HTML; attachments are none."""
    parts = [
        part
        for part in message.walk()
        if part.get_content_type() in {"text/plain", "text/html"}
        and part.get_content_disposition() != "attachment"
    ]
    parts.sort(key=lambda part: part.get_content_type() != "text/plain")
    if not parts:
        return b"", "text/plain", None
    payload = parts[0].get_payload(decode=True)
    words = payload if isinstance(payload, bytes) else b""
    return words, parts[0].get_content_type(), parts[0].get_content_charset()


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    if value is None:
        return None
    try:
        words = str(make_header(decode_header(str(value))))
    except (LookupError, UnicodeError, ValueError):
        words = str(value)
    return " ".join(words.split()) or None


def _sent(message: Message) -> date | None:
    try:
        at = parsedate_to_datetime(str(message.get("Date")))
    except (TypeError, ValueError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).date()
