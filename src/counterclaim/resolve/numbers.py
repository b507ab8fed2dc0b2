"""Numbers: digits, words, ranges and vague amounts, with the words' own hedge.

Source: docs/codebook/casualties.md, the table of wordings; lexicon/numerals.yaml.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from counterclaim.lexicon.harm import load_harm
from counterclaim.lexicon.load import read_rows
from counterclaim.records.count import Count, Qualifier
from counterclaim.records.mention import CountMention
from counterclaim.syntax.sentence import Sentence

ABOUT_SHARE = 0.1
"""Least half-width of "about N", as a share of N doubled: "about 300" is 285 to 315 at the narrowest."""

LARGEST = 2_000_000_000
"""Nothing that is counted one by one is more; what is larger is money, or no number at all. Databases keep whole
numbers up to a little more, so that the bounds of "about" this many are kept too."""

_WHOLE = re.compile(r"(\d{1,3}(?:[,'’\u00a0\u2009\u202f]\d{3})+|\d+(?:\.\d+)?)(k|m|bn|K|M)?\Z")
_MARKS = re.compile("[,'’\u00a0\u2009\u202f]")
"""What may stand between thousands inside one number."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
_HEAD = re.compile(r"\d{1,3}\Z")
_GROUP = re.compile(r"\d{3}\Z")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\Z")
_SUFFIX = {"k": 1_000, "K": 1_000, "m": 1_000_000, "M": 1_000_000, "bn": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class _Words:
    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, int]
    low: Mapping[str, int]
    literal: Mapping[str, int]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]


@cache
def _load() -> _Words:
    rows = {row["id"]: row for row in read_rows("numerals.yaml")}
    before: dict[tuple[str, ...], str] = {}
    after: dict[tuple[str, ...], str] = {}
    for name, row in rows.items():
        for words in row.get("before", ()):
            before[tuple(words.split())] = name
        for words in row.get("after", ()):
            after[tuple(words.split())] = name
    return _Words(
        rows["cardinals"]["values"],
        rows["scales"]["values"],
        rows["ordinals"]["values"],
        rows["vague"]["low"],
        rows["vague"]["literal"],
        before,
        after,
    )


@dataclass(frozen=True, slots=True)
class _Number:
    """A bare number in a sentence, before its qualifiers."""

    first: int
    last: int
    value: int
    rule: str
    """``digits``, ``words``, ``vague`` or ``ordinal``."""
    literal: int


def find_counts(sentence: Sentence) -> Iterator[CountMention]:
    """Find the number expressions of a sentence, with their qualifiers.

    Accepts:
      1. digits and words          "23", "1,900", "2m", "twenty-three", "two dozen", "half a dozen"
      2. ranges                    "between 20 and 30", "20 to 30", "20-30"
      3. qualified numbers         "at least 12", "up to 550", "nearly 300", "12 or more"
      4. vague amounts             "dozens", "scores", "tens of thousands", "several", "a few"
      5. ordinals                  "the fourth soldier"
    What is counted is not asked here: dates, ages and prices come out too.

    Returns:
        Mentions from left to right, without overlaps.
    """
    at = 0
    while at < len(sentence):
        number = _number_at(sentence, at)
        if number is None:
            at += 1
            continue
        mention = _qualified(sentence, number)
        yield mention
        at = mention.last + 1


def _number_at(sentence: Sentence, at: int) -> _Number | None:
    return (
        _vague_at(sentence, at)
        or _half_dozen(sentence, at)
        or _digits_at(sentence, at)
        or _words_at(sentence, at)
    )


def _vague_at(sentence: Sentence, at: int) -> _Number | None:
    if sentence[at].lower not in _vague_starts():
        return None
    words = _load()
    for length in (3, 1):
        last = at + length - 1
        if last >= len(sentence):
            continue
        phrase = " ".join(word.lower for word in sentence.words[at : last + 1])
        if phrase not in words.low:
            continue
        if phrase == "few" and (at == 0 or sentence[at - 1].lower not in {"a", "last", "past"}):
            return None
        if phrase == "many" and at > 0 and sentence[at - 1].lower in {"as", "so", "how"}:
            return None
        if phrase == "scores" and sentence[at].pos == "VERB":
            return None
        if phrase in {"many", "few", "several"} and sentence[at].pos not in {
            "ADJ",
            "DET",
            "NOUN",
            "PRON",
        }:
            return None
        first = at - 1 if phrase == "few" else at
        plural = f"{sentence[last + 1].lower}s" if last + 1 < len(sentence) else ""
        if phrase in {"few", "several"} and plural in words.low:
            return _Number(first, last + 1, words.low[plural], "vague", words.literal[plural])
        return _Number(first, last, words.low[phrase], "vague", words.literal[phrase])
    return None


@cache
def _vague_starts() -> frozenset[str]:
    """Return the first words of the vague amounts: asked of every word, so that few are looked up."""
    return frozenset(phrase.partition(" ")[0] for phrase in _load().low)


def _half_dozen(sentence: Sentence, at: int) -> _Number | None:
    if sentence[at].lower not in {"half", "a"}:
        return None
    texts = [word.lower for word in sentence.words[at : at + 4]]
    if texts[:1] == ["half"] and "dozen" in texts[1:4]:
        return _Number(at, at + texts.index("dozen"), 6, "words", 6)
    if texts[:2] in (["a", "dozen"], ["a", "hundred"], ["a", "thousand"], ["a", "million"]):
        whole = _words_at(sentence, at + 1, start=1)
        value = _load().scales[texts[1]] if whole is None else whole.value
        return _Number(at, at + 1 if whole is None else whole.last, value, "words", value)
    if texts[:4] in (
        ["a", "couple", "of", "dozen"],
        ["a", "couple", "of", "hundred"],
        ["a", "couple", "of", "thousand"],
    ):
        value = 2 * _load().scales[texts[3]]
        return _Number(at, at + 3, value, "words", value)
    if texts[:3] == ["a", "couple", "of"]:
        return _Number(at, at + 1, 2, "words", 2)
    return None


def _digits_at(sentence: Sentence, at: int) -> _Number | None:
    word = sentence[at]
    if not word.text[:1].isdigit():
        return None
    if ordinal := _ORDINAL.match(word.lower):
        place = int(ordinal[1])
        return _Number(at, at, place, "ordinal", place)
    whole = _WHOLE.match(word.text)
    if whole is None:
        return None
    if len(whole[1]) > len(f"{LARGEST:,}"):
        return None
    value: float = float(_MARKS.sub("", whole[1])) * _SUFFIX.get(whole[2] or "", 1)
    last = at
    scales = _load().scales
    spaced = _spaced(sentence, at)
    if spaced is not None:
        return spaced
    half = _and_a_half(sentence, at + 1, value)
    if half is not None:
        return half
    if at + 1 < len(sentence):
        following = sentence[at + 1]
        if following.lower in scales:
            last, value = at + 1, value * scales[following.lower]
        elif following.text in _SUFFIX and following.start == word.end:
            last, value = at + 1, value * _SUFFIX[following.text]
    if value != int(value) or value > LARGEST:
        return None
    return _Number(at, last, int(value), "digits", int(value))


def _spaced(sentence: Sentence, at: int) -> _Number | None:
    """Read digits in groups of three with spaces between: "195 620"."""
    if not _HEAD.match(sentence[at].text):
        return None
    digits, last, index = sentence[at].text, at, at + 1
    while index < len(sentence):
        word = sentence[index]
        if not word.text.strip():
            index += 1
            continue
        gap = word.start - sentence[last].end
        if not _GROUP.match(word.text) or gap > 1:
            break
        digits, last, index = digits + word.text, index, index + 1
    if last == at:
        return None
    return _Number(at, last, int(digits), "digits", int(digits))


def _and_a_half(sentence: Sentence, at: int, value: float) -> _Number | None:
    """Read "two **and a half thousand**", whose first word stands right before."""
    scales = _load().scales
    texts = [word.lower for word in sentence.words[at : at + 4]]
    if texts[:3] != ["and", "a", "half"] or len(texts) < 4 or texts[3] not in scales:
        return None
    total = int((value + 0.5) * scales[texts[3]])
    return _Number(at - 1, at + 3, total, "words", total)


def _words_at(sentence: Sentence, at: int, start: int = 0) -> _Number | None:
    """Read a number in words.

    Args:
        sentence: Where it stands.
        at: Its first word.
        start: What stands before it already: 1 for "a" before "hundred and twenty".
    """
    words = _load()
    total, current = 0, start
    last = None
    index = at
    while index < len(sentence):
        token = sentence[index].lower
        if token in words.cardinals:
            current += words.cardinals[token]
        elif token in words.scales and (current or index > at) and current <= LARGEST:
            current = max(1, current) * words.scales[token]
            if words.scales[token] >= 1000:
                total, current = total + current, 0
        elif token in {"-", "and"} and last is not None and _goes_on(sentence, index):
            index += 1
            continue
        else:
            break
        last = index
        index += 1
    if last is not None:
        value = total + current
        if value > LARGEST:
            return None
        half = _and_a_half(sentence, last + 1, value) if last == at else None
        return half or _Number(at, last, value, "words", value)
    token = sentence[at].lower
    if sentence[at].dep == "advmod" and sentence[at].tag == "RB":
        return None  # "was **first** given as two"
    if token in words.ordinals and sentence[at].pos in {"ADJ", "NOUN", "ADV"}:
        return _Number(at, at, words.ordinals[token], "ordinal", words.ordinals[token])
    return None


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Return whether a hyphen or "and" is inside a number: "twenty-three", "a hundred and five"."""
    if index + 1 >= len(sentence) or sentence[index + 1].lower not in _load().cardinals:
        return False
    return sentence[index].lower == "-" or sentence[index - 1].lower in _load().scales


def _qualified(sentence: Sentence, number: _Number) -> CountMention:
    """Read the words around a bare number: qualifiers before, a range or "or more" after."""
    first, last = number.first, number.last
    first, kind = _before(sentence, first)
    upper = _range_end(sentence, number, first)
    if upper is not None:
        other, last = upper
        low, high = sorted((number.value, other))
        if sentence[max(0, first - 1)].lower in {"between", "from"}:
            first = max(0, first - 1)
        count = Count(low, high, "range", low)
    else:
        for length in (2, 1):
            key = tuple(word.lower for word in sentence.words[last + 1 : last + 1 + length])
            if key in _load().after and number.rule != "ordinal":
                kind, last = _load().after[key], last + length
                break
        count = _count(number, kind)
    return CountMention(
        sentence=sentence.index,
        first=first,
        last=last,
        head=number.last,
        span=sentence.cover(first, last),
        count=count,
        rule=number.rule,
    )


def _before(sentence: Sentence, first: int) -> tuple[int, str]:
    """Take in the qualifiers that stand before a number; the outermost hedge decides."""
    words = _load()
    kind = ""
    moved = True
    while moved:
        moved = False
        for length in (3, 2, 1):
            if first - length < 0:
                continue
            key = tuple(word.lower for word in sentence.words[first - length : first])
            name = words.before.get(key)
            if name is None or (
                name == "about" and key == ("some",) and sentence[first - 1].pos == "PRON"
            ):
                continue
            first -= length
            if name != "exactly" or not kind:
                kind = name if name != "exactly" else kind
            moved = True
            break
    return first, kind


def _range_end(sentence: Sentence, number: _Number, first: int) -> tuple[int, int] | None:
    """Find the other end of a range: "20 to 30", "20-30", "between 20 and 30"."""
    at = number.last + 1
    if at + 1 >= len(sentence) or number.rule not in {"digits", "words"}:
        return None
    link = sentence[at].lower
    is_year = number.rule == "digits" and 1900 <= number.value <= 2100 and first > 0
    if first > 0 and (
        sentence[first - 1].lower in _MONTHS
        or (is_year and sentence[first - 1].lower in {",", "since", "in"})
    ):
        return None  # "since October 7 to 62,622": a day, and a number of its own
    opened = first > 0 and sentence[first - 1].lower == "between"
    if not (link in {"to", "-", "–"} or (link == "and" and opened)):
        return None
    if link == "to" and _is_moved(sentence, first):
        return None
    other = _digits_at(sentence, at + 1) or _words_at(sentence, at + 1)
    if other is None or other.rule not in {"digits", "words"} or other.value <= number.value:
        return None
    return other.value, other.last


def _is_moved(sentence: Sentence, first: int) -> bool:
    """Return whether "from 32 to 40" tells of a count that moved, and is no range."""
    if first == 0 or sentence[first - 1].lower != "from":
        return False
    return any(
        word.lemma in load_harm().moves for word in sentence.words[max(0, first - 12) : first - 1]
    )


def _count(number: _Number, kind: str) -> Count:
    """Turn a number and its qualifier into bounds, by the codebook's table."""
    value = number.value
    if number.rule == "vague":
        return Count(value, None, "vague", number.literal)
    readings: dict[str, tuple[int | None, int | None, Qualifier]] = {
        "at-least": (value, None, "at_least"),
        "more-than": (value + 1, None, "at_least"),
        "at-most": (0, value, "at_most"),
        "less-than": (0, max(0, value - 1), "at_most"),
        "nearly": (min(ceil(0.9 * value), max(0, value - 1)), max(0, value - 1), "about"),
        "about": (*_about(value), "about"),
    }
    low, high, qualifier = readings.get(kind, (value, value, "exact"))
    return Count(low, high, qualifier, value)


def _about(value: int) -> tuple[int, int]:
    """Return the bounds of "about N": half the last non-zero digit's place value, or a tenth of N."""
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    width = max(unit, ceil(ABOUT_SHARE * value)) // 2 if value else 0
    return value - width, value + width


def find_all_counts(sentences: Sequence[Sentence]) -> tuple[CountMention, ...]:
    """Find the number expressions of a document."""
    return tuple(count for sentence in sentences for count in find_counts(sentence))
