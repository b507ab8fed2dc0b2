"""Copies: the reports behind what is shown, each as it was read, in a web archive (WARC 1.1)."""

import io
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from warcio.warcwriter import WARCWriter

from counterclaim.ledger import Ledger
from counterclaim.publish.rendering import web_address
from counterclaim.records.ledger_rows import Filed
from counterclaim.version import __version__


def write_copies(ledger: Ledger, documents: Sequence[str], path: Path) -> int:
    """Write a copy of each report, without its readers' comments, and return how many there are.

    A ledger keeps the text of a page and not its bytes: each copy is a ``conversion`` record, with the digest of the
    whole text that was read, so that it can be proved to be what the quotes stand in.

    Args:
        ledger: Which.
        documents: Ids.
        path: A file that ends in ``.warc.gz``.
    """
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        about = {"software": f"counterclaim {__version__}", "format": "WARC File Format 1.1"}
        writer.write_record(writer.create_warcinfo_record(path.name, about))
        for name in documents:
            _write(writer, ledger.document(name))
    return len(documents)


def _write(writer: WARCWriter, filed: Filed) -> None:
    document, report = filed.document, filed.division.report
    address = web_address(document.name) or f"urn:counterclaim:{document.id}"
    head = {
        "WARC-Date": _instant(filed),
        "WARC-Identified-Payload-Type": "text/plain",
        "X-Counterclaim-Document": document.id,
        "X-Counterclaim-Text-SHA256": sha256(
            document.text.encode("utf-8", "surrogatepass")
        ).hexdigest(),
        "X-Counterclaim-Reading": filed.id,
    }
    told = {
        "Title": document.title,
        "Outlet": document.outlet,
        "Published": document.published.isoformat() if document.published else None,
    }
    head |= {
        f"X-Counterclaim-{key}": quote(value, safe=" ,.:-") for key, value in told.items() if value
    }
    body = document.text[: report.end].encode("utf-8", "replace")
    record = writer.create_warc_record(
        address,
        "conversion",
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type="text/plain; charset=utf-8",
        warc_headers_dict=head,
    )
    writer.write_record(record)


def _instant(filed: Filed) -> str:
    return filed.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
