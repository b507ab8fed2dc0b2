import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.ingest.charset import decode
from counterclaim.ingest.errors import BrokenTextError

LINE = "The café at Varn was hit; “nobody” was inside. " * 5


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_decode_follows_the_byte_order_mark(mark: bytes, charset: str) -> None:
    assert decode("x", mark + LINE.encode(charset), said="latin-1") == (LINE, ())


def test_decode_prefers_the_server_to_the_markup() -> None:
    data = b"<meta charset='koi8-r'>" + LINE.encode("cp1252")
    text, problems = decode("x", data, said="windows-1252", is_markup=True)
    assert text.endswith(LINE)
    assert problems == ()


@pytest.mark.parametrize(
    "head",
    [
        b"<meta charset=windows-1251>",
        b"<META http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
        b"<?xml version='1.0' encoding='windows-1251'?>",
    ],
)
def test_decode_follows_the_markup(head: bytes) -> None:
    text, problems = decode("x", head + "Варн".encode("cp1251"), is_markup=True)
    assert text.endswith("Варн")
    assert problems == ()


@pytest.mark.parametrize("said", ["no-such-charset", "utf-16", "", "hex"])
def test_decode_ignores_charsets_that_cannot_be(said: str) -> None:
    assert decode("x", LINE.encode(), said=said) == (LINE, ())


def test_decode_reads_latin_1_as_its_superset() -> None:
    data = "“quoted”".encode("cp1252")
    assert decode("x", data, said="iso-8859-1") == ("“quoted”", ())


def test_decode_says_when_it_guesses() -> None:
    text, (problem,) = decode("x", LINE.encode("cp1252"))
    assert text == LINE
    assert problem.code == "charset-guessed"
    assert "windows-1252" in problem.message


def test_decode_shows_one_broken_place() -> None:
    text, (problem,) = decode("x", LINE.encode() + b"\xff end")
    assert problem.code == "broken-characters"
    assert problem.span is not None
    assert text[problem.span.start : problem.span.end] == "�"
    assert "1 place is" in problem.message


def test_decode_refuses_many_broken_places() -> None:
    with pytest.raises(BrokenTextError, match="utf-8"):
        decode("x", LINE.encode() + b"\xff\xff\xff\xff")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_decode_gives_back_any_utf8(text: str) -> None:
    data = text.encode()
    if not data.startswith(codecs.BOM_UTF8):
        assert decode("x", data) == (text, ())
