"""Many sources: folders, rows and archives, each report on its own."""

import gzip
import json
import os
import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from counterclaim.ingest.batch import LINE_LIMIT, list_sources, open_many

pytestmark = pytest.mark.filterwarnings(  # warcio's writer leaves its spool to the collector
    "ignore::pytest.PytestUnraisableExceptionWarning"
)

WORDS = (
    "Ardenia said on Monday that its troops had taken the village of Ost after a week of fighting, and that the "
    "families who had fled to the hills could come home before the winter."
)
PAGE = f"<html><head><title>Ost taken</title></head><body><article><p>{WORDS}</p></article></body></html>"


def test_ingest_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.HTML", "a/.d.txt", ".e/f.txt", "g.png", "h.jsonl", "i.warc.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = list_sources([str(tmp_path), "https://bugle.example/x", "-"])
    names = [str(Path(item).relative_to(tmp_path)) for item in found[:-2]]
    assert names == ["a/c.HTML", "b.txt", "h.jsonl", "i.warc.gz"]
    assert found[-2:] == ["https://bugle.example/x", "-"]


def test_ingest_rows_are_reports(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {
            "text": WORDS,
            "url": "https://bugle.example/1",
            "date": "2031-05-04T10:00:00Z",
            "outlet": "Bugle",
            "author": "A",
        },
        {"text": WORDS, "id": "x"},
        {"text": WORDS},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    documents = [taken.opened.document for taken in open_many(str(path)) if taken.opened]
    assert [item.name for item in documents] == [
        "https://bugle.example/1",
        "rows.jsonl#x",
        "rows.jsonl#3",
    ]
    assert (str(documents[0].published), documents[0].outlet, documents[0].author) == (
        "2031-05-04",
        "Bugle",
        "A",
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[1]", "no text"),
        ('"x"', "no text"),
        ("{}", "no text"),
        ('{"text": null}', "no text"),
        ("{", "not a JSON object"),
        ("\x00", "not a JSON object"),
        ('{"text": "  "}', "holds no text"),
        ('{"text": "x", "date": "4 May"}', "not a day"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_ingest_bad_row_is_told_and_passed_over(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{line}\n{json.dumps({'text': WORDS})}\n")
    bad, good = list(open_many(str(path)))
    assert bad.opened is None
    assert why in (bad.error or "")
    assert "line 1" in (bad.error or "")
    assert good.opened is not None


def test_ingest_endless_line_ends_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"x" * (LINE_LIMIT + 10))
    (taken,) = open_many(str(path))
    assert "what follows is not read" in (taken.error or "")


def archive(path: Path, *records: tuple[str, str, str, bytes]) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.name.endswith(".gz"))
        for address, status, media_type, body in records:
            headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(
                    address, "response", payload=BytesIO(body), http_headers=headers
                )
            )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_ingest_archive_gives_its_pages(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    archive(
        path,
        (
            "https://bugle.example/2031/05/04/ost",
            "200 OK",
            "text/html; charset=utf-8",
            PAGE.encode(),
        ),
        ("https://bugle.example/gone", "404 Not Found", "text/html", b"gone"),
        ("https://bugle.example/map.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://bugle.example/empty", "200 OK", "text/plain", b""),
    )
    page, empty = list(open_many(str(path)))
    assert page.opened is not None
    assert page.opened.document.name == "https://bugle.example/2031/05/04/ost"
    assert WORDS in page.opened.document.text
    assert empty.opened is None
    assert empty.name == "https://bugle.example/empty"


@pytest.mark.parametrize("content", [b"", b"no archive at all"])
def test_ingest_broken_archive_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    taken = list(open_many(str(path)))
    assert all(item.opened is None for item in taken)
    assert len(taken) == (1 if content else 0)


def test_ingest_archive_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    row = ("https://bugle.example/x", "200 OK", "text/html; charset=utf-8", PAGE.encode())
    archive(path, row, ("https://bugle.example/y", *row[1:]))
    path.write_bytes(path.read_bytes()[:-40])
    taken = list(open_many(str(path)))
    assert [item.opened is None for item in taken] == [False, True, True]
    assert "breaks off" in (taken[-1].error or "")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_ingest_archive_cut_anywhere_is_told(tmp_path: Path, name: str) -> None:
    """Wherever it ends, what is whole is read and the end is told, unless it ends between two records."""
    path = tmp_path / name
    rows = [
        (f"https://bugle.example/{n}", "200 OK", "text/html; charset=utf-8", PAGE.encode())
        for n in range(3)
    ]
    archive(path, *rows)
    whole = path.read_bytes()
    ends = [len(part) for part in (*_ends(path, rows), whole)]
    for at in range(10, len(whole), 37):
        path.write_bytes(whole[:at])
        taken = list(open_many(str(path)))
        read = [item for item in taken if item.opened is not None]
        assert len(read) == sum(at >= end - (4 if name == "a.warc" else 0) for end in ends)
        assert all(WORDS in item.opened.document.text for item in read if item.opened)
        is_between = any(0 <= end - at <= 4 for end in ends) and name == "a.warc"
        assert is_between or any(item.error for item in taken), at


def _ends(path: Path, rows: list[tuple[str, str, str, bytes]]) -> list[bytes]:
    found = []
    for count in range(1, len(rows)):
        part = path.with_name(f"part-{path.name}")
        archive(part, *rows[:count])
        found.append(part.read_bytes())
    return found


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        ([("Content-Length", "900000")], PAGE.encode(), "of 900,000 bytes are there"),
        ([("Content-Encoding", "gzip")], gzip.compress(PAGE.encode())[:-9], "packing breaks off"),
    ],
)
def test_ingest_archive_tells_a_page_that_was_taken_in_part(
    tmp_path: Path, headers: list[tuple[str, str]], body: bytes, why: str
) -> None:
    path = tmp_path / "a.warc"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        told = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.0"
        )
        writer.write_record(
            writer.create_warc_record(
                "https://bugle.example/a", "response", payload=BytesIO(body), http_headers=told
            )
        )
    (taken,) = open_many(str(path))
    assert why in (taken.error or "")


def test_ingest_archive_tells_a_record_without_length(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    row = ("https://bugle.example/x", "200 OK", "text/html; charset=utf-8", PAGE.encode())
    archive(path, row, ("https://bugle.example/y", *row[1:]), ("https://bugle.example/z", *row[1:]))
    first, second, third = path.read_bytes().split(b"WARC/1.0")[1:]
    second = re.sub(rb"\r\nContent-Length: \d+(?=\r\n\r\nHTTP)", b"", second)
    path.write_bytes(b"WARC/1.0" + b"WARC/1.0".join((first, second, third)))
    taken = list(open_many(str(path)))
    assert [item.opened is None for item in taken] == [False, True]
    assert "how long it is" in (taken[-1].error or "")


def test_ingest_missing_archive_is_told(tmp_path: Path) -> None:
    for name in ("none.warc", "none.jsonl", "none.txt"):
        (taken,) = open_many(str(tmp_path / name))
        assert taken.opened is None
        assert "none" in (taken.error or "")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")
def test_ingest_pipes_and_links_out_of_a_folder_are_not_read(tmp_path: Path) -> None:
    for name in ("a.txt", "a.jsonl", "a.warc"):
        os.mkfifo(tmp_path / name)
        (taken,) = open_many(str(tmp_path / name))
        assert "a pipe or a device" in (taken.error or "")
    (taken,) = open_many("/dev/zero")
    assert "a pipe or a device" in (taken.error or "")
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(WORDS, "utf-8")
    (folder / "own.txt").write_text(WORDS, "utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "own.txt")
    assert [Path(item).name for item in list_sources([str(folder)])] == ["in.txt", "own.txt"]


def test_ingest_a_row_keeps_its_whole_address(tmp_path: Path) -> None:
    address = "https://news.example/" + "very-long-heading-" * 20 + "end"
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"url": address, "text": "Two were hurt in Varn, it said."}) + "\n")
    (taken,) = open_many(str(path))
    assert taken.name == address
    assert taken.opened is not None
    assert taken.opened.document.name == address
