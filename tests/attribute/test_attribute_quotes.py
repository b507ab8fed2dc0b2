"""Quotations: where marks open and close."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.attribute.quotes import Quote, find_quotes
from counterclaim.records.text import Document, Passage, Span


def quotes(*paragraphs: str) -> tuple[Document, tuple[Quote, ...]]:
    text = "\n\n".join(paragraphs)
    passages = []
    at = 0
    for index, words in enumerate(paragraphs):
        span = Span(at, at + len(words))
        passages.append(Passage(index=index, span=span, kind="paragraph", region="report"))
        at += len(words) + 2
    document = Document(text=text)
    return document, find_quotes(document, passages)


CASES = [
    ("He said: “We held.”", ["“We held.”"]),
    ("“We held,” he said. “They fled.”", ["“We held,”", "“They fled.”"]),
    ("“We ‘held’ it,” he said.", ["“We ‘held’ it,”"]),
    ('"We held," he said.', ['"We held,"']),
    ("'We held it all night,' he said.", ["'We held it all night,'"]),
    ("‘We don’t know,’ he said.", ["‘We don’t know,’"]),
    ("«We held», he said.", ["«We held»"]),
    ("„We held“, he said.", ["„We held“"]),
    ("„We held”, he said.", ["„We held”"]),
    ("He said (“We held”) twice.", ["“We held”"]),
    ("The soldiers' camp and the villagers' fields", []),
    ('The shell was 6" wide and 12" long.', []),
    ("We held,” he said.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_attribute_quotes_stand_where_the_marks_are(text: str, expected: list[str]) -> None:
    document, found = quotes(text)
    assert [document.words(quote.span) for quote in found] == expected


def test_attribute_quotes_unclosed_ends_with_its_paragraph() -> None:
    document, found = quotes("He said: “We held.", "They fled.")
    assert [document.words(quote.span) for quote in found] == ["“We held."]
    assert not found[0].is_closed
    assert not found[0].continues


def test_attribute_quotes_go_on_where_the_next_paragraph_opens_anew() -> None:
    _, found = quotes("He said: “We held.", "“They fled.”")
    assert [quote.continues for quote in found] == [True, False]
    assert [quote.is_closed for quote in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "is_speech"),
    [
        ("the “corridor” was shut", False),
        ("the “peace corridor” was shut", False),
        ("he said “no.”", True),
        ("called it “a plain act of war by cowards”", True),
        ("“Leave!” he cried", True),
    ],
)
def test_attribute_quotes_tell_speech_from_terms(text: str, is_speech: bool) -> None:
    _, found = quotes(text)
    assert [quote.is_speech for quote in found] == [is_speech]


@pytest.mark.parametrize(
    ("text", "inner"), [("“We held,” he said", "We held,"), ("“We held", "We held"), ("“", "")]
)
def test_attribute_quotes_inner_leaves_the_marks(text: str, inner: str) -> None:
    document, found = quotes(text)
    assert document.words(found[0].inner) == inner


@given(st.lists(st.text(alphabet="ab .,“”\"‘’'«»„\n", max_size=40), min_size=1, max_size=4))
def test_attribute_quotes_never_leave_their_paragraph_nor_overlap(paragraphs: list[str]) -> None:
    plain = [words.replace("\n", " ") for words in paragraphs]
    _, found = quotes(*plain)
    starts = [0]
    for words in plain:
        starts.append(starts[-1] + len(words) + 2)
    for quote in found:
        assert starts[quote.passage] <= quote.span.start < quote.span.end
        assert quote.span.end <= starts[quote.passage] + len(plain[quote.passage])
        assert quote.span.covers(quote.inner)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
