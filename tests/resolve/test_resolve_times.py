import re
from datetime import date

import pytest

from counterclaim.records.text import Document, Passage, Span
from counterclaim.resolve.times import find_times
from counterclaim.syntax.sentence import Sentence, Word, make_sentence

WEDNESDAY = date(2020, 10, 14)


def flat(words: str) -> Sentence:
    """One sentence of tokens without grammar, in the characters of the text."""
    passage = Passage(index=0, span=Span(0, len(words)), kind="paragraph", region="report")
    tokens = [
        Word(
            index,
            match.start(),
            match.end(),
            match.group(),
            match.group().lower(),
            "X",
            "XX",
            "dep",
            0,
            "",
            match.group().lower(),
        )
        for index, match in enumerate(re.finditer(r"\w+|[^\w\s]", words))
    ]
    return make_sentence(tokens, 0, passage)


def values(words: str, published: date | None = WEDNESDAY) -> list[str]:
    document = Document(text=words, published=published)
    return [item.time.value for item in find_times(document, [flat(words)])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("They fired on Wednesday.", ["2020-10-14"]),
        ("They fired on Tuesday.", ["2020-10-13"]),
        ("agreed last Friday", ["2020-10-09"]),
        ("agreed last Wednesday", ["2020-10-07"]),
        ("they will meet on Friday", ["2020-10-16"]),
        ("next Monday", ["2020-10-19"]),
        ("overnight on Wednesday", ["2020-10-14TNI"]),
        ("Tuesday evening", ["2020-10-13TEV"]),
        ("last week", ["2020-W41"]),
        ("this month", ["2020-10"]),
        ("last year", ["2019"]),
        ("two weeks ago", ["2020-09-30"]),
        ("three months ago", ["2020-07"]),
        ("yesterday", ["2020-10-13"]),
        ("on July 17, 2014", ["2014-07-17"]),
        ("on 17 July", ["2020-07-17"]),
        ("on December 24", ["2019-12-24"]),
        ("in March 2019", ["2019-03"]),
        ("in 2014", ["2014"]),
        ("the past 24 hours", ["2020-10-13/2020-10-14"]),
        ("the 1990s", ["199"]),
        ("in recent days", ["PAST_REF"]),
    ],
)
def test_resolve_times_against_the_day_of_publication(words: str, expected: list[str]) -> None:
    assert values(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Wednesday", ["XXXX-WXX-3"]),
        ("last week", ["XXXX-week"]),
        ("on July 17", ["XXXX-07-17"]),
        ("on July 17, 2014", ["2014-07-17"]),
    ],
)
def test_resolve_relative_days_stay_relative_without_a_date(
    words: str, expected: list[str]
) -> None:
    assert values(words, None) == expected


@pytest.mark.parametrize(
    "words", ["It may rain.", "They march on.", "in 2014 people", "Theresa May said", "a sunday"]
)
def test_resolve_what_is_no_time_is_left(words: str) -> None:
    assert values(words) == []


def test_resolve_impossible_days_are_left() -> None:
    assert values("on February 31") == []
