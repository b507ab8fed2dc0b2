"""Near copies: one text in many outlets is read once.

A text is a copy where nine in ten of its runs of five words stand in an earlier one, as estimated by
MinHash, and where it holds no number that the earlier one lacks: a report that only raises a toll is news.

Source: Broder 1997, "On the resemblance and containment of documents"; banding as in Leskovec, Rajaraman
and Ullman, "Mining of Massive Datasets", chapter 3.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

RUN = 5
"""Words of a run: shorter ones are shared by chance, longer ones break at every edited word."""

MINIMA = 64
BANDS = 16
ROWS = MINIMA // BANDS
"""Four minima a band: of texts alike by 0.9 all but one in 10^7 meet in some band."""

ALIKE = 0.85
"""Share of equal minima from which on two texts are copies: 0.9 less one standard error of 64 minima."""

HELD = 50_000
"""Texts that are remembered, the latest: two to three days of the world's reports on war."""

_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_NUMERALS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "no not never denied denies deny".split()
)
"""Words that, like figures, turn a report into another one."""

_random = np.random.RandomState(17)
_FACTORS: NDArray[np.uint64] = _random.randint(1, 1 << 62, MINIMA).astype(np.uint64) * 2 + 1
_OFFSETS: NDArray[np.uint64] = _random.randint(0, 1 << 62, MINIMA).astype(np.uint64)


@dataclass(frozen=True, slots=True)
class Print:
    """What a text is known again by."""

    minima: bytes
    """The smallest hash of its runs under each of 64 orders, four bytes each."""
    numbers: frozenset[str]
    """Its figures, number words and negations."""


def words_of(text: str) -> list[str]:
    """Return the words and figures of a text in small letters, in their order."""
    return _WORD.findall(text.lower())


def runs_of(words: Sequence[str], size: int = RUN) -> frozenset[int]:
    """Return the hashes of all runs of so many words; of a shorter text, that of the whole."""
    return frozenset(
        crc32(" ".join(words[at : at + size]).encode("utf-8", "surrogatepass"))
        for at in range(max(len(words) - size + 1, 1))
    )


def numbers_of(words: Iterable[str]) -> frozenset[str]:
    """Return the figures, number words and negations among words: what turns a report into another one."""
    return frozenset(word.rstrip(".,") for word in words if word[0].isdigit() or word in _NUMERALS)


def take_print(text: str) -> Print:
    """Return a text's print."""
    words = words_of(text)
    hashes = np.fromiter(runs_of(words), np.uint64)
    mixed = (hashes[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)
    return Print(mixed.min(axis=0).astype("<u4").tobytes(), numbers_of(words))


def resemblance(one: Print, other: Print) -> float:
    """Return the estimated share of runs that two texts have in common."""
    minima = (np.frombuffer(item.minima, "<u4") for item in (one, other))
    return float(np.equal(*minima).mean())


class Copies:
    """The texts met so far. The same texts in the same order give the same answers.

    Args:
        held: How many are remembered; the oldest is forgotten first.
    """

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._prints: OrderedDict[str, Print] = OrderedDict()
        self._bands: dict[bytes, list[str]] = {}

    def find(self, mark: Print) -> str | None:
        """Return the id of an earlier text that this one copies, or None."""
        near = dict.fromkeys(id_ for band in _bands(mark) for id_ in self._bands.get(band, ()))
        best = max(
            (
                (resemblance(mark, self._prints[id_]), id_)
                for id_ in near
                if self._covers(id_, mark)
            ),
            default=(0.0, None),
        )
        return best[1] if best[0] >= ALIKE else None

    def _covers(self, id_: str, mark: Print) -> bool:
        return mark.numbers <= self._prints[id_].numbers

    def add(self, id_: str, mark: Print) -> None:
        """Remember a text."""
        if id_ in self._prints:
            return
        self._prints[id_] = mark
        for band in _bands(mark):
            self._bands.setdefault(band, []).append(id_)
        if len(self._prints) > self._held:
            self._forget()

    def _forget(self) -> None:
        id_, mark = self._prints.popitem(last=False)
        for band in _bands(mark):
            rest = [item for item in self._bands[band] if item != id_]
            if rest:
                self._bands[band] = rest
            else:
                del self._bands[band]


def _bands(mark: Print) -> Iterable[bytes]:
    size = 4 * ROWS
    for band in range(BANDS):
        yield bytes((band,)) + mark.minima[band * size : (band + 1) * size]
