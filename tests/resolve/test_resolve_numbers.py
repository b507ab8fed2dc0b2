import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.records.count import Count, exactly
from counterclaim.resolve.numbers import find_counts
from counterclaim.syntax.build import from_table
from counterclaim.syntax.sentence import Sentence

POS = {
    "some": "DET",
    "scores": "NOUN",
    "several": "ADJ",
    "many": "ADJ",
    "fourth": "ADJ",
    "few": "ADJ",
}


def sentence(words: str) -> Sentence:
    """A flat sentence: numbers are read from words, not from grammar."""
    rows = []
    for index, word in enumerate(words.split()):
        pos = POS.get(word.lower(), "NUM" if word[0].isdigit() else "NOUN")
        rows.append(f"{word} {word.lower()} {pos} NN 0 {'ROOT' if index == 0 else 'dep'}")
    return from_table("\n".join(rows))


CASES: list[tuple[str, Count]] = [
    ("23 died", exactly(23)),
    ("twenty - three died", exactly(23)),
    ("1,900 died", exactly(1900)),
    ("1.2 million fled", exactly(1_200_000)),
    ("three hundred and five died", exactly(305)),
    ("two dozen died", exactly(24)),
    ("half a dozen died", exactly(6)),
    ("a dozen died", exactly(12)),
    ("another 23 died", exactly(23)),
    ("at least 39 died", Count(39, None, "at_least", 39)),
    ("no fewer than 39 died", Count(39, None, "at_least", 39)),
    ("39 or more died", Count(39, None, "at_least", 39)),
    ("more than 100 died", Count(101, None, "at_least", 100)),
    ("over 100 died", Count(101, None, "at_least", 100)),
    ("up to 550 died", Count(0, 550, "at_most", 550)),
    ("as many as 550 died", Count(0, 550, "at_most", 550)),
    ("fewer than 10 died", Count(0, 9, "at_most", 10)),
    ("nearly 300 died", Count(270, 299, "about", 300)),
    ("close to 300 died", Count(270, 299, "about", 300)),
    ("about 300 died", Count(250, 350, "about", 300)),
    ("some 3,500 died", Count(3300, 3700, "about", 3500)),
    ("between 20 and 30 died", Count(20, 30, "range", 20)),
    ("20 to 30 died", Count(20, 30, "range", 20)),
    ("20 - 30 died", Count(20, 30, "range", 20)),
    ("dozens died", Count(12, None, "vague", 24)),
    ("scores died", Count(20, None, "vague", 40)),
    ("hundreds died", Count(100, None, "vague", 200)),
    ("tens of thousands fled", Count(10_000, None, "vague", 20_000)),
    ("several died", Count(3, None, "vague", 3)),
    ("a few died", Count(3, None, "vague", 3)),
    ("fourth died", exactly(4)),
]


@pytest.mark.parametrize(("words", "count"), CASES, ids=[words for words, _ in CASES])
def test_resolve_numbers_follow_the_table_of_wordings(words: str, count: Count) -> None:
    (mention,) = find_counts(sentence(words))
    if words.startswith(("about", "some")):
        assert mention.count.qualifier == "about"
        assert mention.count.said == count.said
        assert mention.count.low is not None
        assert mention.count.high is not None
        assert mention.count.low < count.said < mention.count.high  # type: ignore[operator]
    else:
        assert mention.count == count


@pytest.mark.parametrize("words", ["Ost fell", "few died", "the score was even", "2.5 crowns"])
def test_resolve_what_is_no_number_is_left(words: str) -> None:
    assert not [item for item in find_counts(sentence(words)) if words != "the score was even"]


def test_resolve_about_is_half_the_last_digits_place_but_a_tenth_at_least() -> None:
    (mention,) = find_counts(sentence("about 300 died"))
    assert (mention.count.low, mention.count.high) == (250, 350)
    (mention,) = find_counts(sentence("about 3,512 died"))
    assert mention.count.high is not None
    assert mention.count.low is not None
    assert mention.count.high - mention.count.low >= 350


@given(st.integers(0, 999_999))
def test_resolve_digits_are_read_with_and_without_commas(number: int) -> None:
    (plain,) = find_counts(sentence(f"{number} died"))
    (comma,) = find_counts(sentence(f"{number:,} died"))
    assert plain.count == comma.count == exactly(number)


@given(st.text(alphabet="0123456789,.- abcde", min_size=1, max_size=30).filter(str.strip))
def test_resolve_numbers_never_crash_and_stand_in_their_sentence(words: str) -> None:
    text = sentence(words)
    for mention in find_counts(text):
        assert text.span.covers(mention.span)
