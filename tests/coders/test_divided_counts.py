"""Persons told one by one behind the number that counts them all are parts of it."""

import pytest

from counterclaim.records.claim import Casualty
from tests.conftest import ReadText

CASES = [
    ("Seven people, four soldiers and three civilians, were killed in Goma.", ["four", "three"]),
    ("Two children were killed in Homs: a boy of nine and a girl of four.", ["a boy", "a girl"]),
    ("Shelling killed two Ukrainians, a man and a woman, in Kherson.", ["a man", "a woman"]),
    (
        "The toll reached 9,074, Yemen's health ministry said, which includes 720 people added later.",
        ["720"],
    ),
]
NEAR_MISSES = [
    "Seven people were killed in Goma, and three soldiers were killed in Sake.",
    "Two soldiers were killed in Homs, while a girl was killed in Hama.",
    "Five soldiers, and later another four, were killed in Gao.",
]


def parts(read_text: ReadText, text: str) -> list[str]:
    return [
        claim.quote
        for claim in read_text(text).claims
        if isinstance(claim.payload, Casualty) and claim.payload.part_of is not None
    ]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_divided_counts_divide_the_number_before_them(
    text: str, expected: list[str], read_text: ReadText
) -> None:
    found = parts(read_text, text)
    assert len(found) == len(expected)
    assert all(
        quote.lower().startswith(start) for quote, start in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_divided_counts_near_misses_count_for_themselves(text: str, read_text: ReadText) -> None:
    assert parts(read_text, text) == []
