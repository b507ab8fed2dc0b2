"""Days of headings: what stands under them."""

from datetime import date

import pytest

from counterclaim.records.claim import Casualty
from counterclaim.records.text import Passage, Span
from counterclaim.records.time import Time
from counterclaim.resolve.headings import find_day_headings
from tests.conftest import ReadText

CHRONOLOGY = """How it went:

January 12

Kestrian forces strike Ardenian depots in Syria. Five people are killed.

January 14

Kestrian forces shelled Homs. On January 13 two people were killed."""

INLINE = """15 April 2023: Fighting breaks out in Khartoum. At least 56 people are killed.

20 May 2023: Shells hit a market in Omdurman. Nine people are killed."""

LIVE = """Tue 7 May 2024 23.50 CEST
Hamas said yesterday that three people had been killed in Rafah.
Mon 6 May 2024 11.10 CEST
Nine people were killed in Rafah."""


def periods(read_text: ReadText, text: str, published: date) -> list[Time | None]:
    return [
        claim.payload.period
        for claim in read_text(text, published).claims
        if isinstance(claim.payload, Casualty)
    ]


@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        (CHRONOLOGY, date(2024, 1, 23), ["2024-01-12", "2024-01-13"]),
        (INLINE, date(2024, 1, 23), ["2023-04-15", "2023-05-20"]),
        (LIVE, date(2024, 5, 7), ["2024-05-06", None]),
    ],
)
def test_headings_date_what_stands_under_them(
    read_text: ReadText, text: str, published: date, told: list[str | None]
) -> None:
    found = periods(read_text, text, published)
    assert [None if time is None else time.value for time in found] == told


def test_headings_carry_their_day(read_text: ReadText) -> None:
    first = periods(read_text, CHRONOLOGY, date(2024, 1, 23))[0]
    assert first is not None
    assert first.span is not None
    assert first.evidence == "carried"
    assert CHRONOLOGY[first.span.start : first.span.end] == "January 12"


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["January 12", "January 14"], 2),
        (["**12 January 2024**", "2024-01-14:"], 2),
        (["Monday, May 6, 2024", "Tuesday 7 May"], 2),
        (["7 May 2024 00.40 GMT", "6 May 2024, 9:15 pm"], 2),
        (["May 5 - Shells fell.", "May 6 - Talks went on."], 2),
        (["January 12"], 0),
        (["January 12 was a quiet day.", "January 14 was not."], 0),
        (["On May 5 shells fell.", "The ministry spoke on May 6."], 0),
        (["May 2023 report", "May 2024 report"], 0),
    ],
)
def test_headings_are_days_alone_or_before_a_mark(lines: list[str], number: int) -> None:
    text = "\n".join(lines)
    passages, start = [], 0
    for index, line in enumerate(lines):
        passages.append(
            Passage(
                index=index, span=Span(start, start + len(line)), kind="paragraph", region="report"
            )
        )
        start += len(line) + 1
    assert len(find_day_headings(text, passages)) == number
