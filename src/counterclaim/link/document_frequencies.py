"""Document frequencies: how rare a word is in news at large, so that sharing a rare one counts for more."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

from counterclaim.atlas.countries import load_countries
from counterclaim.lexicon import load_parties, load_persons
from counterclaim.link.text_features import STOP_WORDS, WordCounts, words_of

UNSEEN = 8.0
"""Rarity of a word that the table does not hold. Unit: natural logarithm of one over its share of texts."""

KNOWN = 2.5
"""Rarity of the name of a known country, party or leader, at most: under that of any key."""

LEAST_TEXTS = 300
"""Texts from which a collection's own counts say something about its subject."""

LEAST_WEEKS = 8
"""Weeks in which a word must be printed before the collection calls it common: one story's words come and go."""


@dataclass(frozen=True, slots=True)
class Background:
    """Rarity by word, name, or pair of names joined by ``_``."""

    table: Mapping[str, float]

    def rarity(self, word: str) -> float:
        """Return how rare a word is: 0 in every text, ``UNSEEN`` in almost none."""
        return self.table.get(word, UNSEEN)

    def widened(self, texts: Iterable[tuple[WordCounts, date | None]]) -> "Background":
        """Let a collection's own counts make words common that are common in it.

        In a collection about one war, its capitals and its leaders tell nothing. The result depends on
        the collection, never on its order; a ledger that grows keeps one background until it is told to
        make another.

        Args:
            texts: Wordings with their days of publication; undated ones are not counted.
        """
        counts: Counter[str] = Counter()
        weeks: defaultdict[str, set[int]] = defaultdict(set)
        size = 0
        for wording, published in texts:
            if published is None:
                continue
            size += 1
            for word in {*wording.words, *wording.names, *wording.pairs}:
                counts[word] += 1
                weeks[word].add(published.toordinal() // 7)
        if size < LEAST_TEXTS:
            return self
        table = dict(self.table)
        for word, count in counts.items():
            if len(weeks[word]) >= LEAST_WEEKS:
                table[word] = min(self.rarity(word), math.log(size / count))
        return Background(table)


@cache
def load_background() -> Background:
    """Load the shipped table: data/background.tsv, made by training/linking/documents.py.

    The names of countries, parties and leaders that the lexicon and the atlas know are rare in news at
    large and stand in every report of their war: they count as known, and bring no two reports together.
    """
    return with_known(_shipped())


def with_known(table: Mapping[str, float]) -> Background:
    """Make a background of a table, with the known names as common as ``KNOWN`` or more."""
    known = {word: min(KNOWN, table.get(word, KNOWN)) for word in _known_words()}
    return Background({**table, **known})


def _known_words() -> Iterator[str]:
    names = [
        *(word for country in load_countries() for _, word in country.words()),
        *(word for party in load_parties() for word in (party.id, *party.aliases, *party.people)),
        *(person.id for person in load_persons()),
    ]
    for name in names:
        words = words_of(name)
        yield from (word for word in words if word not in STOP_WORDS)
        yield from (f"{left}_{right}" for left, right in pairwise(words))


def _shipped() -> dict[str, float]:
    rows = (files("counterclaim.link") / "data" / "background.tsv").read_text("utf-8").splitlines()
    return {
        word: float(value)
        for word, value in (row.split("\t") for row in rows if row and not row.startswith("#"))
    }
