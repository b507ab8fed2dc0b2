"""Text features: what a text's words say about which happening it tells of, without parsing it.

Words, names and pairs of names with how often they stand, the days and ages told, and a sketch of
its five-word runs. Everything is a function of the one text and its day of publication, so that two
texts compare the same in whatever order they arrive.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

MOST_CHARACTERS = 20_000
"""Where reading stops: further down stand other stories, menus and comments."""

LEAD_WORDS = 100
"""The first words of a report tell what it is about; news is written that way."""

SKETCH = 96
"""Hashes kept of a text's runs: an estimate of what two texts share, within about 0.1."""

RUN = 5
"""Words in a run: long enough that shared runs are copied words, not shared subject."""

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|\d[\d,.]*")
_ENDS = re.compile(r"[.!?:]")
_SENTENCE = re.compile(r"[.!?\"”]")
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DATE = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (\d{1,2})\b(?:,? (\d{4}))?"
)
_DATE_TURNED = re.compile(
    r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:,? (\d{4}))?"
)
_AGE = re.compile(r"(?<=[\s(])(\d{1,2})(?=-year-old|,| years old| year old)")
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STOP_WORDS = frozenset(
    """
    a about after all also an and are as at be been before but by can could do down for from had has
    have he her his i if in into is it its me more my no not of on one or our out over said say says
    she so than that the their them there they this three to told two up us was we were what when
    where which who will with would you your
    """.split()
)
"""Words that stand in every text: they are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounts:
    """One text's words, counted."""

    words: Mapping[str, int]
    """Content words in small letters."""
    lead: Mapping[str, int]
    """Those of the first ``LEAD_WORDS`` words."""
    names: Mapping[str, int]
    """Words with a capital inside a sentence, in small letters."""
    pairs: Mapping[str, int]
    """Two words with capitals side by side: ``anna_varn``."""
    days: frozenset[int]
    """Days named, as ordinals; weekdays count back from the day of publication."""
    ages: frozenset[str]
    sketch: frozenset[int]
    """The ``SKETCH`` smallest hashes of its runs of ``RUN`` words."""


@lru_cache(maxsize=1_000)
def read_wording(text: str, published: date | None = None) -> WordCounts:
    """Count a text's words. Those of the last thousand texts are kept: a new report's neighbours recur.

    Args:
        text: As it stands; lines without a sentence in them (menus, captions) are left out when
            enough remains.
        published: Resolves weekdays and dates without a year; without it neither is read.
    """
    body = _body(text[:MOST_CHARACTERS])
    tokens = list(_tokens(body))
    words = [token.word for token in tokens]
    return WordCounts(
        words=Counter(_content(words)),
        lead=Counter(_content(words[:LEAD_WORDS])),
        names=Counter(token.word for token in tokens if token.is_name),
        pairs=Counter(
            f"{left.word}_{right.word}"
            for left, right in pairwise(tokens)
            if left.has_capital and right.has_capital and right.is_next
        ),
        days=frozenset(_days(body, published)),
        ages=frozenset(match[1] for match in _AGE.finditer(body)),
        sketch=_sketch(words),
    )


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence in small letters, in their order."""
    return [_normal(word) for word in _WORD.findall(sentence)]


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    has_capital: bool
    is_name: bool
    """A capital where no sentence begins."""
    is_next: bool
    """Only a space stands between it and the word before."""


def _body(text: str) -> str:
    kept = [line for line in text.split("\n") if len(line.split()) >= 8 and _SENTENCE.search(line)]
    body = "\n".join(kept)
    return body if len(body) > 150 else text


def _tokens(body: str) -> Iterator[_Token]:
    for line in body.split("\n"):
        end, starts = 0, True
        for match in _WORD.finditer(line):
            between = line[end : match.start()]
            starts = starts or _ENDS.search(between) is not None
            written = match[0]
            word = _normal(written)
            capital = written[0].isupper() and not written.isupper() and word not in STOP_WORDS
            yield _Token(word, capital, capital and not starts, between == " ")
            end, starts = match.end(), False


@lru_cache(maxsize=50_000)
def _normal(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").strip("'-")


def _content(words: Iterable[str]) -> Iterator[str]:
    return (
        word for word in words if len(word) > 1 and word not in STOP_WORDS and not word[0].isdigit()
    )


def _sketch(words: list[str]) -> frozenset[int]:
    runs = {
        zlib.crc32(" ".join(words[start : start + RUN]).encode("utf-8", "surrogatepass"))
        for start in range(len(words) - RUN + 1)
    }
    return frozenset(sorted(runs)[:SKETCH])


def _days(text: str, published: date | None) -> Iterator[int]:
    if published is None:
        return
    today = published.toordinal()
    for match in _WEEKDAY.finditer(text):
        yield today - (published.weekday() - _WEEKDAYS.index(match[1])) % 7
    for match in _DATE.finditer(text):
        yield from _day(match[3], match[1], match[2], published)
    for match in _DATE_TURNED.finditer(text):
        yield from _day(match[3], match[2], match[1], published)


def _day(year: str | None, month: str, day: str, published: date) -> Iterator[int]:
    """Yield the day named; without a year, the latest such day up to publication."""
    number = _MONTHS.index(month) + 1
    try:
        named = date(int(year) if year else published.year, number, int(day))
        if year is None and named > published:
            named = date(published.year - 1, number, int(day))
    except ValueError:
        return
    yield named.toordinal()
