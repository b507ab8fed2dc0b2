"""A source: ``counterclaim add mbox:alerts.mbox`` reads the mails of a mailbox as reports."""

import mailbox
from collections.abc import Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime


def read_mbox(path: str) -> Iterator[dict[str, str | None]]:
    """Yield each mail's plain text with what its head says: keys as in a line of ``.jsonl``."""
    with closing(mailbox.mbox(path, create=False)) as box:
        for mail in box:
            parts = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
            text = "\n".join(
                part.get_payload(decode=True).decode(part.get_content_charset("utf-8"), "replace")
                for part in parts
            )
            yield {
                "text": text,
                "url": mail["Message-ID"],
                "published": parsedate_to_datetime(mail["Date"]).date().isoformat(),
                "outlet": mail["From"],
                "title": mail["Subject"],
            }
