"""Texts written to break a reader: each is read, and what cannot be counted with is no figure."""

import pytest

from counterclaim.records.claim import Casualty
from tests.conftest import ReadText

BIGGEST = 2**31 - 1
"""Largest whole number that every database keeps in the column of a figure."""

TEXTS = {
    "309-digits": "Kestria said " + "9" * 309 + " soldiers were killed.",
    "5,000-digits": "Kestria said " + "9" * 5_000 + " soldiers were killed on " + "8" * 5_000 + ".",
    "groups": "Kestria said 9" + ",999" * 200 + " soldiers were killed.",
    "fraction": "Kestria said 0." + "9" * 400 + " million soldiers were killed.",
    "billions": "Kestria said 3 billion people were killed and 2.1bn were wounded.",
    "past-63-bits": "Kestria said 9223372036854775808 people were killed.",
    "about-the-most": "Kestria said about 2,000,000,000 people were killed, or more than 1,999,999,999.",
    "millions-of-millions": "Kestria said two " + "million " * 300 + "soldiers were killed.",
    "range": "Kestria said between 1 and " + "9" * 400 + " soldiers were killed.",
    "age": "Ali Hassan, " + "9" * 5_000 + ", was killed on Monday in Ost, Kestria said.",
    "days": "Kestria said 4 soldiers were killed "
    + "9" * 400
    + " days ago and "
    + "9" * 5_000
    + " years later.",
    "ordinals": "Kestria said the "
    + "9" * 400
    + "th soldier was killed in the "
    + "9" * 400
    + "th century.",
    "emoji": "Kestria said 4 soldiers were killed. " + "\U0001f480" * 4_000,
    "emoji-words": "Kestria said 4 soldiers were killed " + "\U0001f480 " * 4_000 + ".",
    "half-characters": "Kestria said 4 soldiers were killed \ud83d \ude00.",
    "nested": "Kestria said " + "that Ardenia said " * 600 + "4 soldiers were killed.",
    "owners": "The army " + "of the army " * 300 + "said 4 soldiers were killed.",
    "brackets": "Kestria said 4 soldiers were killed. " + "[(" * 800,
    "quotes": "Kestria said “" * 400 + "4 soldiers were killed.",
    "and": "Kestria said 4 soldiers" + " and 4 soldiers" * 300 + " were killed.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_read_hostile_text(read_text: ReadText, name: str) -> None:
    reading = read_text(TEXTS[name])
    for claim in reading.claims:
        if isinstance(claim.payload, Casualty):
            count = claim.payload.count
            assert all(end is None or 0 <= end <= BIGGEST for end in (count.low, count.high))


@pytest.mark.parametrize(
    ("words", "low"),
    [("2 billion", 2_000_000_000), ("1.9 million", 1_900_000), ("two hundred thousand", 200_000)],
)
def test_read_still_counts_what_is_large(read_text: ReadText, words: str, low: int) -> None:
    reading = read_text(f"Kestria said {words} people were killed in the war.")
    found = [c.payload.count.low for c in reading.claims if isinstance(c.payload, Casualty)]
    assert low in found
