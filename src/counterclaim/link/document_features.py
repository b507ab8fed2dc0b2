"""Document features: a document made ready to be compared with others, and the features of two of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import nsmallest

from counterclaim.link.comparison_cache import Memory, next_serial
from counterclaim.link.document_frequencies import UNSEEN, Background, load_background
from counterclaim.link.text_features import SKETCH, WordCounts, read_wording
from counterclaim.records.text import Document

COMMON = 3.0
"""Rarity under which a word is no key: it would bring half of all reports together."""

ENOUGH_NAMES = 8
"""Names and pairs of names with which a document can be found; with fewer, common nouns must help."""

FEW_RUNS = 8
"""Shared hashes of two sketches under which texts are not copies, and the estimate is taken as 0."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFeatures:
    """One document as linking sees it. Vectors have length 1 (or are empty)."""

    document_id: str
    outlet: str | None
    published: int | None
    """Day of publication as an ordinal."""
    words: Vector
    lead: Vector
    names: Vector
    rare_names: Vector
    """How rare each name is that is no common one."""
    pairs: Vector
    days: frozenset[int]
    ages: frozenset[str]
    sketch: frozenset[int]
    keys: tuple[str, ...]
    """Its rarest names and words: documents that share none are not compared."""
    serial: int = field(default_factory=next_serial, compare=False, repr=False)
    """Its number in this process; a copy under another id keeps it, since it compares alike."""


_tellings: Memory[tuple[Document, int], tuple[DocumentFeatures, Background]] = Memory(1_024)


def document_features(document: Document, background: Background | None = None) -> DocumentFeatures:
    """Read a document's words for linking; the shipped background unless another is given."""
    table = background or load_background()

    def make() -> tuple[DocumentFeatures, Background]:
        wording = read_wording(document.text, document.published)
        return tfidf(document, wording, table), table

    return _tellings.get((document, id(table)), make)[0]


def tfidf(document: Document, wording: WordCounts, background: Background) -> DocumentFeatures:
    """Weigh a text's words by how rare they are."""
    published = document.published
    return DocumentFeatures(
        document_id=document.id,
        outlet=document.outlet,
        published=None if published is None else published.toordinal(),
        words=_unit(wording.words, background),
        lead=_unit(wording.lead, background),
        names=_unit({**wording.names, **wording.pairs}, background),
        rare_names=_rare(wording.names, background),
        pairs=_rare(wording.pairs, background),
        days=wording.days,
        ages=wording.ages,
        sketch=wording.sketch,
        keys=_keys(wording, background),
    )


def _rare(words: Mapping[str, int], background: Background) -> Vector:
    return {word: rarity for word in words if (rarity := background.rarity(word)) > COMMON}


def _unit(counts: Mapping[str, int], background: Background) -> Vector:
    found = {
        word: (1 + math.log(count)) * background.rarity(word) for word, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in found.values()))
    return {word: value / length for word, value in found.items()} if length else {}


def _keys(wording: WordCounts, background: Background) -> tuple[str, ...]:
    """Choose what a document may be found by: rare pairs and names; where they are few, rare lead words."""
    chosen = [
        *_rarest(wording.pairs, 12, background),
        *_rarest(wording.names, 12, background),
    ]
    if len(chosen) < ENOUGH_NAMES:
        chosen += _rarest(wording.lead, 8, background)
    return tuple(dict.fromkeys(chosen))


def _rarest(counts: Mapping[str, int], most: int, background: Background) -> list[str]:
    worth = {
        word: (1 + math.log(count)) * rarity
        for word, count in counts.items()
        if (rarity := background.rarity(word)) > COMMON
    }
    return nsmallest(most, worth, key=lambda word: (-worth[word], word))


# ---------------------------------------------------------------- features


def compare(left: DocumentFeatures, right: DocumentFeatures) -> dict[str, float]:
    """Return the named features of two documents; each is the same whichever comes first.

    Returns:
        ``words``, ``lead``, ``names``: how alike they are, 0 to 1; ``rarest pair``, ``pairs``,
        ``second name``: how rare what they share is, 0 to 1 (``pairs`` to 4); ``days apart``:
        logarithm of one more than the days between publications; ``undated``: 1 when either has no
        day; ``named day``, ``age``: 1 when one is shared, -1 when both tell some and share none.
    """
    pairs = _shared_rarities(left.pairs, right.pairs)
    single = _shared_rarities(left.rare_names, right.rare_names)
    undated = left.published is None or right.published is None
    words = _dot(left.words, right.words)
    names = _dot(left.names, right.names)
    return {
        "words": _likeness(words),
        "lead": _likeness(_dot(left.lead, right.lead)),
        "names": _likeness(names),
        "rarest pair": pairs[0],
        "pairs": sum(pairs),
        "rarest name": single[0],
        "second name": single[1],
        "days apart": 0.0 if undated else math.log1p(_gap(left, right)),
        "undated": float(undated),
        "named day": _shared(left.days, right.days),
        "age": _shared(left.ages, right.ages),
    }


def resemblance(left: DocumentFeatures, right: DocumentFeatures) -> float:
    """Estimate the share of runs of words that two texts have in common (Jaccard), from sketches."""
    shared = left.sketch & right.sketch
    if len(shared) < FEW_RUNS:
        return 0.0
    both = sorted(left.sketch | right.sketch)[:SKETCH]
    return len(shared.intersection(both)) / len(both)


def _shared_rarities(left: Vector, right: Vector) -> list[float]:
    """Return how rare the four rarest shared words are, each 0 to 1; 0 where there are fewer."""
    found = sorted((min(value, right[word]) for word, value in left.items() if word in right))
    return [value / UNSEEN for value in (found[::-1] + [0.0] * 4)[:4]]


def _likeness(cosine: float) -> float:
    """Bend a cosine so that the first hundredth parts count most: 0 to 1."""
    return math.log1p(100 * max(0.0, cosine)) / math.log(101)


def _gap(left: DocumentFeatures, right: DocumentFeatures) -> int:
    assert left.published is not None
    assert right.published is not None
    return abs(left.published - right.published)


def _dot(left: Vector, right: Vector) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[word] for word, value in left.items() if word in right)


def _shared(left: frozenset[int] | frozenset[str], right: frozenset[int] | frozenset[str]) -> float:
    if not left or not right:
        return 0.0
    return 1.0 if left & right else -1.0
