import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from counterclaim.errors import CounterclaimError
from counterclaim.ingest import Opened, open_document
from counterclaim.ingest.errors import (
    BinarySourceError,
    BrokenTextError,
    EmptySourceError,
    FolderSourceError,
    MissingSourceError,
    TooLargeError,
    UnreadableSourceError,
    WrongLanguageError,
)
from counterclaim.ingest.fetch import FetchedPage
from counterclaim.ingest.files import FILE_LIMIT, LINE_LIMIT, TEXT_LIMIT

REPORT = (
    "Kestrian guns shelled the pass above Varn on Tuesday, the Ardenian ministry said.\n"
    "Kestria denied that it had fired. “Our guns were silent,” a spokesman said.\n"
)


def put(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def test_ingest_keeps_pasted_text_as_it_is() -> None:
    text = "  Kestria\r\nfired.\t\n"
    opened = open_document(text=text)
    assert opened.document.text == text
    assert opened.document.name == "pasted"
    assert opened.thread is None


@pytest.mark.parametrize("name", ["wire.txt", "wire.md", "wire"])
def test_ingest_reads_text_files(tmp_path: Path, name: str) -> None:
    document, _, _ = open_document(put(tmp_path, name, REPORT))
    assert document.text == REPORT
    assert document.name == name


def test_ingest_reads_stdin() -> None:
    opened = open_document("-", stdin=BytesIO(REPORT.encode()))
    assert opened.document.name == "stdin"
    assert opened.document.text == REPORT


def test_ingest_says_when_the_date_is_missing() -> None:
    (problem,) = open_document(text=REPORT).problems
    assert problem.code == "no-date"
    assert "--published" in problem.message


def test_ingest_takes_what_the_caller_says(tmp_path: Path) -> None:
    page = put(tmp_path, "a.html", _page("2021-05-04"))
    given = date(2021, 5, 3)
    document, problems, _ = open_document(page, published=given, outlet="Wire", title="Shells")
    assert (document.published, document.published_basis) == (given, "given")
    assert (document.outlet, document.title) == ("Wire", "Shells")
    assert problems == ()


def _page(day: str) -> str:
    return (
        "<!doctype html><html lang='en'><head><title>Pass shelled</title>"
        f"<meta property='article:published_time' content='{day}T10:00:00Z'>"
        "<meta property='og:site_name' content='Varn Courier'></head><body><article>"
        + "".join(
            f"<p>{line} It was the third day of the fighting there.</p>"
            for line in REPORT.splitlines()
        )
        + "</article></body></html>"
    )


def test_ingest_fetches_an_address() -> None:
    asked: list[str] = []

    def fetch(address: str) -> FetchedPage:
        asked.append(address)
        return FetchedPage(
            "https://varn.example/2021/05/04/pass",
            _page("2021-05-04").encode(),
            "text/html",
            "utf-8",
        )

    opened: Opened = open_document("https://varn.example/pass", fetch=fetch)
    assert asked == ["https://varn.example/pass"]
    assert opened.document.name == "https://varn.example/2021/05/04/pass"
    assert opened.document.outlet == "Varn Courier"
    assert opened.document.published == date(2021, 5, 4)


def test_ingest_fetches_plain_text() -> None:
    page = FetchedPage("https://varn.example/wire", REPORT.encode(), "text/plain", None)
    document, _, _ = open_document("https://varn.example/wire", fetch=lambda _: page)
    assert document.text == REPORT


GERMAN = (
    "Die Armee hat am Dienstag den Pass über dem Tal beschossen, und zwei Soldaten wurden dabei "
    "getötet, wie das Ministerium in der Hauptstadt am Abend mitteilte. Es war der dritte Angriff "
    "in dieser Woche, und niemand weiß, was an der Front geschieht."
)

BAD: list[tuple[str, bytes, type[CounterclaimError]]] = [
    ("empty.txt", b"", EmptySourceError),
    ("blank.txt", b" \n\t\n ", EmptySourceError),
    ("mark-only.txt", b"\xef\xbb\xbf", EmptySourceError),
    ("zip.txt", b"PK\x03\x04rest", BinarySourceError),
    ("noise.txt", bytes(range(256)) * 20, BinarySourceError),
    ("zeros.txt", b"The army\x00\x00\x00\x00 fired.", BinarySourceError),
    ("broken.txt", ("Café. " * 50).encode() + b"\xc3\x28" * 100, BrokenTextError),
    ("line.txt", b"the army was " * (LINE_LIMIT // 13 + 1), TooLargeError),
    ("long.txt", b"the army was there.\n" * (TEXT_LIMIT // 20 + 1), TooLargeError),
    ("german.txt", GERMAN.encode(), WrongLanguageError),
    ("arabic.txt", ("قال الجيش إن جنديين قتلا " * 9).encode(), WrongLanguageError),
]


@pytest.mark.parametrize(("name", "data", "error"), BAD, ids=[name for name, _, _ in BAD])
def test_ingest_refuses_bad_input_in_one_line(
    tmp_path: Path, name: str, data: bytes, error: type[CounterclaimError]
) -> None:
    with pytest.raises(error) as caught:
        open_document(put(tmp_path, name, data))
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    assert "; " in message


def test_ingest_refuses_a_file_of_fifty_megabytes_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(TooLargeError, match=f"{FILE_LIMIT:,}"):
        open_document(str(path))


def test_ingest_refuses_folders_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(FolderSourceError, match="folder"):
        open_document(str(tmp_path))
    with pytest.raises(MissingSourceError, match="no such file"):
        open_document(str(tmp_path / "no\nsuch.txt"))
    with pytest.raises(UnreadableSourceError):
        open_document("a\0b")


def test_ingest_reads_another_language_when_told_to() -> None:
    assert open_document(text=GERMAN, any_language=True).document.text == GERMAN


def test_ingest_reads_short_texts_whatever_their_words() -> None:
    assert open_document(text="Varn. Osk. Tal.").document.text == "Varn. Osk. Tal."


def test_ingest_replaces_half_characters_one_for_one() -> None:
    document, problems, _ = open_document(text="The army \ud83d fired.")
    assert document.text == "The army � fired."
    assert [p.code for p in problems] == ["broken-characters", "no-date"]
    assert document.id.startswith("d")


def test_ingest_starts_without_heavy_imports() -> None:
    code = (
        "import sys, counterclaim.ingest, counterclaim.segment, counterclaim.discussion\n"
        "print(sorted({'spacy', 'trafilatura', 'pypdf', 'urllib3', 'lxml', 'ssl'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("N'DJAMENA, Jan 4, 1987 - Chadian troops have retaken Fada, the army said.", "1987-01-04"),
        (
            "Odesa, Ukraine, 10 May 2022 (Gulf Wire) -- Two people were killed in Odesa.",
            "2022-05-10",
        ),
        (
            "Two killed in Ost\n\nPublished: 10 May 2022\n\nTwo people were killed in Ost.",
            "2022-05-10",
        ),
        ("By Ana Ruiz, 10 May 2022\n\nTwo people were killed in Ost, the army said.", "2022-05-10"),
        ("ODESA, May 10 (Gulf Wire) - Two people were killed in Odesa.", None),
        ("On 10 May 2022 two people were killed in Ost, the army said.", None),
        ("ODESA, 10 May 2222 - Two people were killed in Odesa, the army said.", None),
    ],
)
def test_ingest_takes_the_whole_day_of_a_dateline(text: str, day: str | None) -> None:
    opened = open_document(text=text)
    published = opened.document.published
    assert (None if published is None else published.isoformat()) == day
    codes = {item.code for item in opened.problems}
    assert ("date-of-dateline" in codes) is (day is not None)
    assert ("no-date" in codes) is (day is None)


def test_ingest_puts_the_caller_s_day_over_a_dateline() -> None:
    text = "Odesa, 10 May 2022 - Two people were killed in Odesa, the army said."
    opened = open_document(text=text, published=date(2022, 5, 11))
    assert opened.document.published == date(2022, 5, 11)
    assert not opened.problems
