"""Parties as people write them: any case, demonyms, capitals and aliases lead to the ledger's own name."""

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from counterclaim.atlas.countries import load_countries, plain_words
from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.lexicon import load_parties, load_roles

NEAR = 0.7
"""How like a written name a known one must be to be offered."""

MOST_OFFERED = 4


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
      5. an organ or office of any of these          "Armenian defence ministry", "Armenia/army"
      6. a people, by the usual endings, of a name   "Kestrians" where reports tell of Kestria
         that no list has

    Args:
        ledger: Whose names are meant.
        words: As a person writes them.

    Raises:
        UnknownPartyError: If no claim names such a party, or the words name several; it offers names.
    """
    held = {fold(root): root for root in ledger.facts.party_names()}
    key = fold(words)
    here = _held(key, held)
    for owner in () if here else _owners(key):
        here = _held(owner, held)
        if here:
            break
    if len(here) == 1:
        return here[0]
    if here:
        raise UnknownPartyError(words, here, several=True)
    raise UnknownPartyError(words, _offers(key, spellings().get(key, ()), held))


def _held(key: str, held: Mapping[str, str]) -> list[str]:
    """Return the ledger's names that a folded spelling may mean."""
    if key in held:
        return [held[key]]
    if key in spellings():
        return [root for root in spellings()[key] if fold(root) in held]
    return [root for folded, root in held.items() if _is_people_of(key, folded)]


ENDINGS = ("n", "an", "ian", "ese", "i", "ish", "er")
"""By which English makes a people's name of a land's that no list has."""


def _is_people_of(key: str, land: str) -> bool:
    """Return whether a word is a land's people by its ending, where no list says how they are called."""
    if land in spellings() or " " in land:
        return False
    stem = land.rstrip("aeiouy")
    people = key.removesuffix("s")
    return any(people in {land + ending, stem + ending} for ending in ENDINGS)


def _owners(key: str) -> Iterator[str]:
    """Return whose organ or office the words may name, the longest name first: ``armenian`` of its ministry."""
    before, slash, _ = key.partition("/")
    if slash:
        yield before.strip()
    parts = key.replace(",", " ").split()
    for size in range(len(parts) - 1, 0, -1):
        for name, rest in ((parts[:size], parts[size:]), (parts[-size:], parts[:-size])):
            if all(word in _organ_words() for word in rest):
                yield fold(" ".join(name))


@cache
def _organ_words() -> frozenset[str]:
    """Return the words of which organs' and offices' names are made."""
    named = (word for role in load_roles() for words in role.words for word in words.split())
    return frozenset({"of", "the", "for", "defence", "defense", *map(fold, named)})


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
