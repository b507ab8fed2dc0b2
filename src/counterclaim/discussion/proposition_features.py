"""Features of one proposition in a reader's comment, as numbers of buckets: what it speaks of, and how it is put."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from counterclaim.discussion.words import signs_of
from counterclaim.gate.features import FUNCTION_WORDS

BUCKETS = 1 << 18
"""Numbers that features are hashed to."""

BLOCKS = ("words", "letters", "shapes", "form")
"""Sorts of features. Each weighs the same in a proposition, however many of its features there are."""

LONGEST = 1_000
"""Characters of a proposition that are looked at."""

_MANNER = FUNCTION_WORDS | frozenset(
    """
    i'm i've i'd i'll we've we're don't didn't wasn't isn't can't won't couldn't wouldn't should would could must will
    need want please think feel believe hope got paid told called went made took always never every most people
    last year years day days month months time money
    """.split()
)
"""Words that tell how a thing is put. All others count as their shape, so that what is learned holds of other subjects."""

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d[\d,.]*%?|[?!$%:;\"“(]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDINGS = ("ing", "ed", "ly", "tion", "ment", "able", "est", "er", "ity", "s")
_LETTERS = (2, 3, 4, 5)


def features_of(words: str) -> dict[str, frozenset[int]]:
    """Return the buckets of a proposition's features, by their sort.

    words: its words and pairs of words. letters: two to five letters in a row within a word. shapes: its function words, and
    of the others the ending and the capital, alone, in pairs and in threes. form: its length, first words, end mark and the
    signs of the lexicon.

    Args:
        words: The proposition, as the reader wrote it.
    """
    words = words[:LONGEST]
    tokens = _TOKEN.findall(words)
    small = ["#" if token[0].isdigit() else token.lower().replace("’", "'") for token in tokens]
    shapes = ["<", *map(_shape, tokens), ">"]
    triples = zip(shapes, shapes[1:], shapes[2:], strict=False)
    found = {
        "words": {*(f"w{item}" for item in small), *(f"p{a} {b}" for a, b in pairwise(small))},
        "letters": {f"c{run}" for run in _letters(words)},
        "shapes": {
            *(f"s{item}" for item in shapes[1:-1]),
            *(f"s{a} {b}" for a, b in pairwise(shapes)),
            *(f"s{a} {b} {c}" for a, b, c in triples),
        },
        "form": {
            f"n{min(len(tokens) // 5, 8)}",
            f"q{words.rstrip().endswith('?')}",
            f"f{' '.join(small[:1])}",
            f"f2{' '.join(small[:2])}",
            *(f"g{name}" for name in _signs(words)),
        },
    }
    return {
        block: frozenset(_bucket(f"{block}:{item}") for item in found[block]) for block in BLOCKS
    }


def _bucket(item: str) -> int:
    return crc32(item.encode("utf-8", "replace")) & (BUCKETS - 1)


def _shape(token: str) -> str:
    """Return a word that tells how a thing is put as it is, any other by its ending or its capital."""
    small = token.lower().replace("’", "'")
    if small in _MANNER:
        return small
    if token[0].isdigit():
        return "#4" if _YEAR.fullmatch(token) else "#"
    if not token[0].isalpha():
        return token
    if token[0].isupper():
        return "AA" if len(token) > 1 and token.isupper() else "Aa"
    ends = (end for end in _ENDINGS if small.endswith(end) and len(small) > len(end) + 2)
    return f"-{next(ends, '')}"


def _letters(words: str) -> Iterator[str]:
    for word in words.lower().split():
        padded = f" {word} "
        for size in _LETTERS:
            yield from (padded[i : i + size] for i in range(len(padded) - size + 1))


def _signs(words: str) -> Iterator[str]:
    for part in ("stance", "register"):
        yield from (sign.id for sign in signs_of(part) if sign.pattern.search(words))
