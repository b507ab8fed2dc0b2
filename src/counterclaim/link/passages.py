"""Passages: sentences of one report that stand, word for word or edited, in another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterclaim.copies.prints import numbers_of, runs_of, words_of
from counterclaim.link.document_frequencies import Background
from counterclaim.link.text_features import STOP_WORDS
from counterclaim.records.text import Span

SHORT = 5
"""Words under which a line is a credit, a caption or a heading: it is no passage."""

MOST = 120
"""Passages of a report that are compared, from its beginning."""

RUN = 3
"""Words of a run: an edited sentence keeps most of them, one that somebody else wrote hardly any."""

_SENTENCE = re.compile(
    r"[^\n]+?(?:[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'A-Z(\[\d—–-]|\s*$)|(?=\n)|\Z)", re.MULTILINE
)
_QUOTE = re.compile(r"[“\"]([^”\"\n]{20,600})[”\"]")
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        1,
    )
}
_DATELINE = re.compile(r"\A[^\n(/]{0,80}[(\[/][A-Z][\w .,/-]{1,30}[)\]/]\.?\s*[-–—:.]+\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSentence:
    """One sentence made ready to be compared."""

    span: Span
    weights: dict[str, float]
    """Its content words, by how rare each is."""
    weight: float
    runs: frozenset[int]
    order: int
    """Which sentence of its report it is, from 0."""
    numbers: frozenset[str]
    """Figures, number words, negations and days of the week: with others it is other news."""


def passages_of(text: str, background: Background) -> tuple[ComparedSentence, ...]:
    """Take a text apart into passages."""
    found: list[ComparedSentence] = []
    dateline = _DATELINE.match(text)
    start = 0 if dateline is None else dateline.end()
    for match in _SENTENCE.finditer(text, start):
        words = words_of(match[0])
        if len(words) < SHORT:
            continue
        weights = {
            word: background.rarity(word)
            for word in words
            if word not in STOP_WORDS and not word[0].isdigit()
        }
        named = _WEEKDAYS.intersection(words)
        found.append(
            ComparedSentence(
                span=Span(match.start(), match.end()),
                weights=weights,
                weight=sum(weights.values()),
                runs=runs_of(words, RUN),
                order=len(found),
                numbers=frozenset(_NUMBERS.get(word, word) for word in numbers_of(words)) | named,
            )
        )
        if len(found) == MOST:
            break
    return tuple(found)


def quotes_of(text: str) -> Iterator[tuple[frozenset[int], Span, int]]:
    """Find what stands in quotation marks: its runs of words, where, and how many words it has."""
    for match in _QUOTE.finditer(text):
        words = words_of(match[1])
        if len(words) >= SHORT:
            yield runs_of(words, RUN), Span(match.start(1), match.end(1)), len(words)


@dataclass(frozen=True, slots=True)
class Match:
    """Two passages that are one, edited."""

    left: ComparedSentence
    right: ComparedSentence
    likeness: float
    """0 to 1: how much of the shorter one's words, and of its runs of words, stands in the other."""
    is_other_news: bool
    """Whether each has numbers or days that the other has not: a form filled in anew."""


def likeness(left: ComparedSentence, right: ComparedSentence) -> float:
    """Say how much of the shorter passage stands in the other one: half by words, half by runs of them."""
    shared = sum(value for word, value in left.weights.items() if word in right.weights)
    least = min(left.weight, right.weight)
    words = shared / least if least else 0.0
    runs = len(left.runs & right.runs) / min(len(left.runs), len(right.runs))
    return (words + runs) / 2


def match_passages(
    left: Sequence[ComparedSentence], right: Sequence[ComparedSentence], least: float
) -> tuple[Match, ...]:
    """Match each passage of one text with the most alike one of the other, where they are alike enough."""
    found: list[Match] = []
    for one in left:
        near = [
            (likeness(one, other), -other.order, other) for other in right if one.runs & other.runs
        ]
        best = max(near, key=lambda item: item[:2], default=None)
        if best is not None and best[0] >= least:
            other = best[2]
            apart = bool(one.numbers - other.numbers) and bool(other.numbers - one.numbers)
            found.append(Match(one, other, best[0], apart))
    return tuple(found)
