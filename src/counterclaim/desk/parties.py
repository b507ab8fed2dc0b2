"""Parties as people write them: any case, demonyms, capitals and aliases lead to the ledger's own name."""

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from counterclaim.atlas.countries import load_countries, plain_words
from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.lexicon import load_parties

NEAR = 0.7
"""How like a written name a known one must be to be offered."""

MOST_OFFERED = 4
MOST_PARTIES = 500
"""Names of one ledger that are looked through at a time."""


class UnknownPartyError(CounterclaimError):
    """Nobody of that name is known, or several are."""

    def __init__(self, words: str, offered: list[str], *, several: bool = False) -> None:
        self.offered = tuple(offered)
        named = " or ".join(f'"{name}"' for name in offered)
        if several:
            super().__init__(f'"{words}" names more than one party: give {named}')
        elif offered:
            super().__init__(f'no claim names "{words}": did you mean {named}?')
        else:
            super().__init__(
                f'no claim names "{words}": look for its words with counterclaim search'
            )


def find_party(ledger: Ledger, words: str) -> str:
    """Return the root under which a ledger keeps the party that some words name.

    Accepts:
      1. the ledger's own name, in any case          "azerbaijan", "Palestine (Gaza)"
      2. a demonym, a people, an adjective           "Azeri", "azerbaijanis"
      3. a capital or seat that stands for it        "Baku", "the kremlin"
      4. an alias or acronym of the lexicon          "IDF", "isis"

    Args:
        ledger: Whose names are meant.
        words: As a person writes them.

    Raises:
        UnknownPartyError: If no claim names such a party, or the words name several; it offers names.
    """
    held = {fold(root): root for root in _roots(ledger)}
    key = fold(words)
    if key in held:
        return held[key]
    meant = spellings().get(key, ())
    here = [root for root in meant if fold(root) in held]
    if len(here) == 1:
        return here[0]
    if here:
        raise UnknownPartyError(words, here, several=True)
    raise UnknownPartyError(words, _offers(key, meant, held))


def fold(words: str) -> str:
    """Return a name as names are compared: no accents, no case, no article, no possessive."""
    key = " ".join(plain_words(words).casefold().replace(".", "").split())
    return key.removeprefix("the ")


@cache
def spellings() -> Mapping[str, tuple[str, ...]]:
    """Return the roots that each known spelling may mean, the lexicon's before the countries'."""
    found: dict[str, dict[str, None]] = {}
    for words, root in _known():
        found.setdefault(fold(words), {})[root] = None
    return MappingProxyType({words: tuple(roots) for words, roots in found.items()})


def _known() -> Iterator[tuple[str, str]]:
    for known in load_parties():
        root = known.of or known.id
        for words in (known.id.removeprefix("media: "), *known.aliases, *known.people):
            yield words, root
    for country in load_countries():
        if country.of is None:
            for _, words in country.words():
                yield words, country.name
            yield country.iso3, country.name


def _roots(ledger: Ledger) -> Iterator[str]:
    after: str | None = None
    while True:
        page = ledger.parties(limit=MOST_PARTIES, after=after)
        yield from (row.root for row in page.rows)
        after = page.next
        if after is None:
            return


def _offers(key: str, meant: tuple[str, ...], held: Mapping[str, str]) -> list[str]:
    """Return names of the ledger that a person may have meant: alike, or of the same country."""
    offers: dict[str, None] = {}
    for root in meant:
        bare = fold(root)
        offers |= {name: None for folded, name in held.items() if folded.startswith(f"{bare} ")}
        offers |= {name: None for folded, name in held.items() if bare.startswith(f"{folded} ")}
    offers |= {
        name: None
        for folded, name in held.items()
        if key and (folded.startswith(key) or f" {key}" in folded)
    }
    known = spellings()
    for near in difflib.get_close_matches(key, [*held, *known], n=8, cutoff=NEAR):
        for root in (held[near],) if near in held else known[near]:
            if fold(root) in held:
                offers[root] = None
    return list(offers)[:MOST_OFFERED]
