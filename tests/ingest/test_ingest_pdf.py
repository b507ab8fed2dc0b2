from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from counterclaim.ingest import open_document, pdf
from counterclaim.ingest.errors import PdfError, TooLargeError
from counterclaim.ingest.pdf import read_pdf

WORDS = ["Kestrian guns shelled the pass above Varn", "The ministry said that two had been hit"]


def make_pdf(pages: list[list[str]]) -> bytes:
    """Write a PDF by hand: one content stream a page, in a base font."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
    )
    return bytes(out)


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf([WORDS]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_gives_its_pages_one_under_the_other() -> None:
    assert read_pdf("x.pdf", make_pdf([WORDS, ["Second page"]])).split("\n") == [
        *WORDS,
        "Second page",
    ]


def test_pdf_is_told_by_its_head(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(make_pdf([WORDS]))
    document, problems, _ = open_document(str(path))
    assert document.text.split("\n") == WORDS
    assert [problem.code for problem in problems] == ["no-date"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (make_pdf([[]]), "only pictures"),
        (make_pdf([["7"]]), "only pictures"),
        (locked(), "locked"),
        (b"%PDF-1.4 and no more", "damaged"),
        (make_pdf([WORDS])[:200], "damaged"),
        (b"no PDF at all", "damaged"),
    ],
)
def test_pdf_says_why_it_gives_no_text(data: bytes, why: str) -> None:
    with pytest.raises(PdfError, match=why) as caught:
        read_pdf("x.pdf", data)
    assert "\n" not in str(caught.value)


def test_pdf_stops_at_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_pdf([WORDS, WORDS])
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(TooLargeError, match="pages"):
        read_pdf("x.pdf", data)
    monkeypatch.undo()
    monkeypatch.setattr(pdf, "TEXT_LIMIT", 10)
    with pytest.raises(TooLargeError, match="characters"):
        read_pdf("x.pdf", data)
