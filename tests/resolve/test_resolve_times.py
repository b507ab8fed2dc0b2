from datetime import date
from itertools import pairwise

import pytest

from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Document
from counterclaim.records.time import Epoch
from counterclaim.resolve.times import find_times
from tests.flat import flat, flat_sentences

WEDNESDAY = date(2020, 10, 14)


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


def read(text: str, published: date | None = WEDNESDAY) -> list[TimeMention]:
    return list(find_times(Document(text=text, published=published), flat_sentences(text)))


def timexes(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(text[item.span.start : item.span.end], item.timex) for item in read(text, published)]


def test_resolve_a_length_is_no_day_and_the_past_day_is_both() -> None:
    [length] = read("They fought for three days.")
    assert (length.kind, length.timex, length.is_when) == ("DURATION", "P3D", False)
    [past] = read("Twelve died in the past 24 hours.")
    assert (past.timex, past.time.value) == ("PT24H", "2020-10-13/2020-10-14")
    assert past.is_when
    [rate] = read("Shells fall every day.")
    assert (rate.kind, rate.is_when) == ("SET", False)


def test_resolve_since_the_fighting_began_waits_for_its_epoch() -> None:
    text = "It has lost 555 men since the fighting began."
    document, sentences = Document(text=text, published=WEDNESDAY), [flat(text)]
    [still_open] = find_times(document, sentences)
    assert not still_open.is_when
    [dated] = find_times(document, sentences, epoch=Epoch(date(2020, 9, 27)))
    assert dated.is_when
    assert (dated.time.start, dated.time.end) == (date(2020, 9, 27), None)


def test_resolve_the_next_day_counts_from_the_day_told() -> None:
    text = "The town fell on 3 October. The next day shells hit the road. Two days later it rained."
    assert [value for _, value in timexes(text)] == ["2020-10-03", "2020-10-04", "2020-10-06"]


ACCOUNT = (
    "The revolt began in May 1919. On June 2 the fort was taken; a year of sieges followed. In December "
    "the army wintered in the hills. On January 5 it marched on. In 1921 and 1922 the south was quiet, "
    "unlike in 1813. By 1923 it was over. From November 15 to February 15, 1924 the courts sat."
)


def test_resolve_an_account_follows_its_own_days_and_not_publication() -> None:
    found = dict(timexes(ACCOUNT))
    assert found["June 2"] == "1919-06-02"
    assert found["December"] == "1919-12"
    assert found["January 5"] == "1920-01-05"
    assert found["November 15"] == "1923-11-15"


def test_resolve_a_year_far_off_is_an_aside() -> None:
    text = ACCOUNT.replace("1921 and 1922", "1920").replace("On January 5", "On April 5")
    after = f"{text} On February 20 the last men came home, as in 1813. On March 1 they were paid."
    assert dict(timexes(after))["March 1"] == "1924-03-01"


def test_resolve_a_report_that_looks_back_is_no_account() -> None:
    text = (
        "Since 1994 and 2016 much has changed. On Tuesday, shells fell. On September 27 it began."
    )
    assert dict(timexes(text))["September 27"] == "2020-09-27"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on May 4-5", [("May 4", "2020-05-04"), ("5", "2020-05-05")]),
        ("on 13 and 14 July", [("13", "2020-07-13"), ("14 July", "2020-07-14")]),
        ("in 1957-58", [("1957", "1957"), ("58", "1958")]),
        ("from 2014-2016", [("2014", "2014"), ("2016", "2016")]),
        ("in April and June 2015", [("April", "2015-04"), ("June 2015", "2015-06")]),
    ],
)
def test_resolve_both_ends_of_a_stretch(text: str, expected: list[tuple[str, str]]) -> None:
    assert timexes(text) == expected


def test_resolve_spans_hold_the_words_and_never_overlap() -> None:
    text = "Late on Monday, 12 October 2020, at 7 p.m., the two-week truce of last month ended."
    found = read(text)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    assert [text[item.span.start : item.span.end] for item in found] == [
        "Late on Monday, 12 October 2020",
        "7 p.m.",
        "two-week",
        "last month",
    ]
    assert found[1].timex == "2020-10-12T19:00"
