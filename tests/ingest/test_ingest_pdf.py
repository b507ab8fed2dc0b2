from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

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


def placed(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """Write a PDF whose words stand where they are told: x, y, size, words."""
    streams = [
        "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n" for x, y, size, words in page
        )
        for page in pages
    ]
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf([["x"]] * len(pages)))))
    for page, stream in zip(writer.pages, streams, strict=True):
        content = DecodedStreamObject()
        content.set_data(stream.encode())
        page[NameObject("/Contents")] = content
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


LEFT = [
    "Kestrian guns shelled the pass above Varn",
    "on Monday and the ministry of defence said",
    "that nine of its soldiers had been wounded,",
    "two of them badly. Lowland denied that it",
    "had fired at all since the truce began.",
]
RIGHT = [
    "In the east a bridge over the Ruel was hit",
    "and trains to the coast were stopped for a",
    "day. Nobody was hurt, the railway said, and",
    "repairs will take until the end of the month",
    "at the least.",
]


def test_pdf_two_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    page = [(72.0, 740.0, 16.0, "Shells fall on the pass")]
    for at, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page += [(72.0, 700.0 - 14 * at, 10.0, left), (320.0, 700.0 - 14 * at, 10.0, right)]
    assert read_pdf("x.pdf", placed([page])).split("\n") == [page[0][3], *LEFT, *RIGHT]


def test_pdf_one_column_stays_as_it_is() -> None:
    page = [(72.0, 700.0 - 14 * at, 10.0, words) for at, words in enumerate([*LEFT, *RIGHT])]
    assert read_pdf("x.pdf", placed([page])).split("\n") == [*LEFT, *RIGHT]


def test_pdf_rows_of_a_table_stand_between_strokes_with_empty_cells() -> None:
    rows = [("Town", "Killed", "Injured"), ("Varn", "23", "61"), ("Ost", "", "9")]
    page = [
        (x, 600.0 - 16 * at, 10.0, words)
        for at, row in enumerate(rows)
        for x, words in zip((72.0, 200.0, 280.0), row, strict=True)
        if words
    ]
    assert read_pdf("x.pdf", placed([page])).split("\n") == [
        "| Town | Killed | Injured |",
        "| Varn | 23 | 61 |",
        "| Ost |  | 9 |",
    ]


def test_pdf_running_heads_and_feet_are_no_part_of_the_report() -> None:
    pages = [
        [
            (72.0, 770.0, 8.0, "Flash update of the office, 900 killed in the last one"),
            *((72.0, 700.0 - 14 * at, 10.0, words) for at, words in enumerate(lines)),
            (72.0, 20.0, 10.0, f"Page {number} of 2"),
        ]
        for number, lines in ((1, LEFT), (2, RIGHT))
    ]
    assert read_pdf("x.pdf", placed(pages)).split("\n") == [*LEFT, *RIGHT]


def test_pdf_a_head_that_names_the_day_stays_once() -> None:
    pages = [
        [
            (72.0, 770.0, 8.0, "Lake Post, 2 March 2021"),
            *((72.0, 700.0 - 14 * at, 10.0, words) for at, words in enumerate(lines)),
        ]
        for lines in (LEFT, RIGHT)
    ]
    assert read_pdf("x.pdf", placed(pages)).split("\n") == [
        "Lake Post, 2 March 2021",
        *LEFT,
        *RIGHT,
    ]


def test_pdf_askew_pages_are_left_as_the_file_has_them() -> None:
    data = placed([[(72.0, 700.0, 10.0, "Guns shelled the pass above Varn again")]])
    askew = data.replace(b"1 0 0 1 72.0", b"0 1 1 0 72.0")
    assert "shelled the pass" in read_pdf("x.pdf", askew)
