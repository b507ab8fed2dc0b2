"""Archives of every kind give the same items, in order, and say what is wrong with them."""

import gzip
import json
import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from counterclaim.archive.errors import ArchiveReadError
from counterclaim.archive.items import ArchiveItem
from counterclaim.archive.sources import LINE_LIMIT, list_sources

ROWS = [
    {"url": "https://a.example/1", "text": "One.", "published": "2020-10-14", "outlet": "A"},
    {"url": "https://a.example/2", "text": "Two.", "published": "2020-10-15", "outlet": "B"},
]


def items_of(*paths: Path) -> list[ArchiveItem]:
    return [
        item for source in list_sources([str(path) for path in paths]) for item in source.items()
    ]


def lines(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def write(path: Path, kind: str) -> Path:
    file = path / f"rows.{kind}"
    if kind == "jsonl":
        file.write_bytes(lines(ROWS))
    elif kind == "jsonl.gz":
        file.write_bytes(gzip.compress(lines(ROWS)))
    elif kind == "jsonl.zst":
        file.write_bytes(zstandard.ZstdCompressor().compress(lines(ROWS)))
    else:
        pq.write_table(pa.Table.from_pylist(ROWS), file)
    return file


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_sources_rows_are_the_same_however_packed(tmp_path: Path, kind: str) -> None:
    assert items_of(write(tmp_path, kind)) == [
        ArchiveItem(
            name="https://a.example/1", text="One.", published=date(2020, 10, 14), outlet="A"
        ),
        ArchiveItem(
            name="https://a.example/2", text="Two.", published=date(2020, 10, 15), outlet="B"
        ),
    ]


@pytest.mark.parametrize("kind", ["jsonl.gz", "jsonl.zst", "parquet"])
def test_sources_broken_archive_says_so(tmp_path: Path, kind: str) -> None:
    file = write(tmp_path, kind)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ArchiveReadError, match="cannot be read"):
        items_of(file)


def record(address: str, body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    reply = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    return warc(address, "response", "application/http; msgtype=response", reply)


def warc(address: str, record_type: str, kind: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {record_type}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def test_sources_warc_gives_pages_that_were_there(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(
        record("https://a.example/page", b"<html>x</html>", "text/html; charset=utf-8")
        + record("https://a.example/gone", b"no", status="404 Not Found")
        + record("https://a.example/picture", b"\x89PNG", "image/png")
        + record("https://a.example/text", b"words", "text/plain")
    )
    found = items_of(file)
    assert [item.name for item in found] == ["https://a.example/page", "https://a.example/text"]
    assert found[0].data == b"<html>x</html>"
    assert found[0].charset == "utf-8"
    assert found[0].crawled == date(2021, 3, 4)
    assert found[0].published is None, "the day of a crawl is no day of publication"


def test_sources_wet_gives_texts(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.wet.gz"
    file.write_bytes(warc("https://a.example/1", "conversion", "text/plain", "Wörter.".encode()))
    assert [(item.name, item.text) for item in items_of(file)] == [
        ("https://a.example/1", "Wörter.")
    ]


def test_sources_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "deep" / "b.txt").write_text("B", "utf-8")
    (tmp_path / "a.html").write_text("<p>A", "utf-8")
    (tmp_path / ".hidden" / "c.txt").write_text("C", "utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    write(tmp_path, "jsonl")
    names = [item.name for item in items_of(tmp_path)]
    assert names == ["https://a.example/1", "https://a.example/2", "a.html", "deep/b.txt"]


def test_sources_list_names_files_below_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A", "utf-8")
    (tmp_path / "list.tsv").write_text(
        "path\turl\tpublished\na.txt\thttps://a.example/1\t20201014093000\n../secret\tx\t\n\tx\t\n",
        "utf-8",
    )
    first, outside, empty = items_of(tmp_path / "list.tsv")
    assert (first.name, first.data, first.published) == (
        "https://a.example/1",
        b"A",
        date(2020, 10, 14),
    )
    assert outside.error is not None
    assert outside.data == b""
    assert empty.error is not None


def test_sources_list_follows_no_link_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("S", "utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.txt").symlink_to(tmp_path / "secret.txt")
    (inner / "list.csv").write_text("path\na.txt\n", "utf-8")
    (found,) = items_of(inner / "list.csv")
    assert found.error is not None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"not json", "no.*JSON|not a JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"url": "https://a.example"}', "no text"),
        (b'{"text": "x", "published": "soon"}', "'soon' is not a day"),
        (b"[" * 100_000, "not a JSON object"),
    ],
)
def test_sources_wrong_row_is_told_and_the_rest_read(tmp_path: Path, line: bytes, why: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(line + b"\n" + lines(ROWS))
    wrong, *rest = items_of(file)
    assert wrong.error is not None
    assert re.search(why, wrong.error)
    assert [item.text for item in rest] == ["One.", "Two."]


def test_sources_line_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"x" * (LINE_LIMIT + 5))
    with pytest.raises(ArchiveReadError, match="passes"):
        items_of(file)


@pytest.mark.parametrize("name", ["nothing.warc", "notes.docx"])
def test_sources_what_is_no_archive_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(ArchiveReadError, match=r"check the path|can be read; give"):
        list_sources([str(tmp_path / name)])


def test_sources_table_without_texts_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"number": [1]}), tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text("number\n1\n", "utf-8")
    for name in ("a.parquet", "a.csv"):
        with pytest.raises(ArchiveReadError, match="column"):
            items_of(tmp_path / name)


def test_sources_an_archive_is_known_again_in_another_folder(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        write(folder, "jsonl")
    assert len(list_sources([str(one / "rows.jsonl"), str(other / "rows.jsonl")])) == 1
