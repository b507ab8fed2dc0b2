from datetime import date

import pytest

from tests.resolve.test_resolve_times import values


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("from 21 May to 3 June", date(2024, 6, 5), "2024-05-21/2024-06-03"),
        ("21 May - 3 June 2024", date(2024, 6, 5), "2024-05-21/2024-06-03"),
        ("between 1 and 5 May.", date(2023, 5, 10), "2023-05-01/2023-05-05"),
        ("from March to May 2019", date(2023, 5, 10), "2019-03/2019-05"),
        ("in 2012-13", date(2023, 5, 10), "2012/2013"),
        ("in 2012-13 and 2013-14", date(2023, 5, 10), "2012/2014"),
        ("on 4 and 5 May.", date(2023, 5, 10), "2023-05-04/2023-05-05"),
    ],
)
def test_ranges_each_word_tells_the_whole_stretch(
    words: str, published: date, expected: str
) -> None:
    assert set(values(words, published)) == {expected}


@pytest.mark.parametrize(
    "words", ["in 2008 and 2014", "on 4 May and 9 May", "between Monday and the wall on Friday"]
)
def test_ranges_times_apart_stay_apart(words: str) -> None:
    assert not any("/" in value for value in values(words, date(2023, 5, 10)))


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("Thirty years ago on Thursday", date(2021, 11, 15), "1991-11-18"),
        ("Twenty years ago on Monday", date(2023, 3, 21), "2003-03-20"),
        ("Four years ago last Sunday", date(2024, 8, 7), "2020-08-04"),
        ("One year ago today", date(2024, 2, 29), "2023-02-28"),
    ],
)
def test_anniversaries_fall_on_the_weekday_nearest_publication(
    words: str, published: date, expected: str
) -> None:
    assert values(words, published) == [expected]
