import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from counterclaim.export import FORMATS, write_reading
from counterclaim.export.accounts import account_csv
from counterclaim.export.highlights import Highlight, stretches
from counterclaim.export.separated import cell_words
from counterclaim.records.notation import parse_attribution, parse_claim
from counterclaim.records.party import Party
from counterclaim.records.reading import Reading
from counterclaim.records.text import Span
from tests.conftest import ReadText

TEXT = (
    "Azerbaijan admitted launching airstrikes inside Armenia. Armenia denied firing inside Azerbaijan. "
    "Azerbaijan reported 42 civilians killed. Baku has yet to disclose military casualties. Russia called for a ceasefire."
)


@pytest.fixture
def reading(read_text: ReadText) -> Reading:
    return read_text(TEXT, date(2020, 10, 14))


def test_export_notation_lines_parse_back(reading: Reading) -> None:
    lines = [
        line for line in write_reading(reading, "notation").splitlines() if not line.startswith("#")
    ]
    kept = [item for item in reading.attributions if item.is_claim]
    assert [parse_attribution(line) for line in lines[: len(kept)]] == kept
    assert [parse_claim(line) for line in lines[len(kept) :]] == list(reading.claims)


def test_export_json_holds_every_claim_with_its_words(reading: Reading) -> None:
    data = json.loads(write_reading(reading, "json"))
    assert [row["id"] for row in data["claims"]] == [claim.id for claim in reading.claims]
    for row in data["claims"]:
        start, end = row["span"]
        assert data["document"]["text"][start:end] == row["quote"]
    assert data["signature"]["counterclaim"]


def test_export_json_lines_are_one_row_each(reading: Reading) -> None:
    rows = [json.loads(line) for line in write_reading(reading, "jsonl").splitlines()]
    assert {row["row"] for row in rows} == {"attribution", "claim"}


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: set[str] = set()
        self.links: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.targets.add(value)
            if name == "href" and value:
                self.links.add(value)
            if name == "src" or tag in {"script", "link", "iframe", "img"}:
                self.fetched.append(tag)


def test_export_page_is_self_contained_and_every_link_lands(reading: Reading) -> None:
    parser = Links()
    parser.feed(write_reading(reading, "html"))
    assert not parser.fetched
    assert all(link.startswith("#") for link in parser.links)
    assert {link[1:] for link in parser.links} <= parser.targets
    assert (
        len([link for link in parser.links if re.match(r"#w\d+-\d+", link)])
        >= len(reading.claims) // 2
    )


def test_export_page_escapes_hostile_text(read_text: ReadText) -> None:
    hostile = "<script>alert(1)</script> Syria said “<img src=x onerror=alert(2)>” was a lie. Turkey denied </p><b>it</b>."
    page = write_reading(read_text(hostile), "html")
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page


def test_export_formats_are_those_of_the_command_line() -> None:
    from counterclaim.cli.app import FORMAT_NAMES

    assert set(FORMATS) | {"table"} == set(FORMAT_NAMES)


def test_export_stretches_put_the_text_together_again() -> None:
    text = "abcdefghij"
    marks = [
        Highlight(Span(0, 4), "cue", "a"),
        Highlight(Span(2, 6), "content", "b"),
        Highlight(Span(9, 30), "event", "c"),
    ]
    parts = list(stretches(text, Span(1, 10), marks))
    assert "".join(part.words for part in parts) == "bcdefghij"
    assert [part.kinds for part in parts] == [
        ("cue",),
        ("cue", "content"),
        ("content",),
        (),
        ("event",),
    ]


def test_export_account_csv_holds_no_formula(read_text: ReadText) -> None:
    """Names of parties and figures come from texts: what a spreadsheet would compute gets a quote before it."""
    reading = read_text("Kestria said 12 soldiers were killed.")
    first = reading.account.series[0]
    hostile = replace(first, key=replace(first.key, reporters=(Party("=cmd|x!A0"), Party("@evil"))))
    found = account_csv(replace(reading.account, series=(hostile,)))
    assert "'=cmd|x!A0" in found


@pytest.mark.parametrize("words", ["\x1b[31mred", "a\x9b31m", "a\u202etxt", "a\x07", "a\rb"])
def test_export_cells_steer_no_terminal(words: str) -> None:
    shown = cell_words(words)
    assert "�" in shown
    assert all(c.isprintable() for c in shown)
    assert cell_words("a\tb\nc") == "a\tb\nc"
