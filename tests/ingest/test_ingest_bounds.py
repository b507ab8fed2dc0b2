"""Pages and texts written to cost much: each is read in little time, or refused for what it has too much of."""

import time

import pytest

from counterclaim.ingest.charset import LONGEST_FIELD, clean_field, decode
from counterclaim.ingest.errors import AddressRefusedError, TooLargeError
from counterclaim.ingest.fetch import make_fetcher
from counterclaim.ingest.html_page import MOST_ATTRIBUTES, MOST_CELLS, MOST_COMMENTS, read_markup
from counterclaim.ingest.http_client import Reply

ARTICLE = (
    "<html><body><article><p>Kestria said that 4 soldiers were killed, and that the road to the north was open to "
    "the families who had fled from it.</p></article>"
)
SECONDS = 5.0
"""Of this process's own time; what was quadratic took 30 to 100."""


@pytest.mark.parametrize(
    "tail",
    [
        "<a" * 39_000,
        "<" * 1_000_000,
        "<a " * 39_000,
        "</" * 39_000,
        "<!--" * 19_000,
        "<a b='" * 39_000,
    ],
    ids=["tags", "angles", "spaced", "closings", "comments", "quotes"],
)
def test_markup_never_closed_is_read_in_linear_time(tail: str) -> None:
    begun = time.process_time()
    assert "4 soldiers" in read_markup("x", ARTICLE + tail).text
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    ("tail", "what"),
    [
        ("<a" * 80_000, "tags"),
        ("<a " + " ".join(f"b{n}" for n in range(100_000)) + ">", "attributes"),
        ("<a " + " ".join(f"b{n}='c d'" for n in range(MOST_ATTRIBUTES + 1)) + ">", "attributes"),
        ("<table><tr>" + "<td>1</td>" * (MOST_CELLS + 1), "cells"),
        ("<!---->" * (MOST_COMMENTS + 1), "comments"),
        ("<?a?>" * (MOST_COMMENTS + 1), "comments"),
    ],
    ids=["tags", "bare-attributes", "attributes", "cells", "comments", "instructions"],
)
def test_markup_with_too_much_is_refused_by_what(tail: str, what: str) -> None:
    begun = time.process_time()
    with pytest.raises(TooLargeError, match=what):
        read_markup("x", ARTICLE + tail)
    assert time.process_time() - begun < SECONDS


def test_markup_takes_a_long_attribute_for_one() -> None:
    row = "<p data-state='" + "a b " * 5_000 + "'>The army said so.</p>"
    assert "4 soldiers" in read_markup("x", ARTICLE + row).text


@pytest.mark.parametrize(
    "charset",
    [
        "undefined",
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "rot13",
        "x\x00y",
    ],
)
def test_decode_takes_only_charsets_of_pages(charset: str) -> None:
    text, _ = decode("x", b"Kestria said \\ud800 +2AA- 4", said=charset)
    assert text == "Kestria said \\ud800 +2AA- 4"


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("koi8-r", "Киев".encode("koi8-r"), "Киев"),
        ("windows-1251", "Киев".encode("cp1251"), "Киев"),
        ("Shift_JIS", "日本".encode("shift_jis"), "日本"),
        ("iso-8859-15", "€".encode("iso8859-15"), "€"),
    ],
)
def test_decode_knows_the_charsets_of_browsers(charset: str, data: bytes, text: str) -> None:
    assert decode("x", data, said=charset)[0] == text


@pytest.mark.parametrize("location", ["http://[::1", "//[", "http://[v1.x]:80:80/", "http://a b/"])
def test_pages_refuse_a_redirect_that_is_no_address(location: str) -> None:
    def send(*_: object) -> Reply:
        return Reply(302, "", {"location": location}, b"")

    fetch = make_fetcher(resolve=lambda *_: ("93.184.216.34",), send=send)
    with pytest.raises(AddressRefusedError):
        fetch("http://bugle.example/a")


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("Ost \ud800 Courier", "Ost � Courier"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("a\u202etxt.exe", "a txt.exe"),
        ("a\x9bb\r\nc", "a b  c"),
        (" \x00 ", None),
        (None, None),
        ("x" * 3_000, "x" * (LONGEST_FIELD - 1) + "…"),
        ("Дніпро 日本 é", "Дніпро 日本 é"),
    ],
)
def test_fields_are_one_line_that_can_be_shown(words: str | None, clean: str | None) -> None:
    assert clean_field(words) == clean
