"""Entities: actors and recipients as PLOVER codes them, country with sector."""

from datetime import date
from functools import lru_cache
from typing import cast

from counterclaim.atlas.countries import find_country, name_country
from counterclaim.coders.arguments import parties_at
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon import load_parties
from counterclaim.lexicon.roster import load_sector_nouns, role_on
from counterclaim.records.party import Party, PartyKind
from counterclaim.records.plover import Entity, Sector
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children, phrase

SECTOR_OF_KIND: dict[PartyKind, Sector] = {
    "state": "GOV",
    "government": "GOV",
    "ministry": "GOV",
    "military": "MIL",
    "official": "GOV",
    "leader": "GOV",
    "armed group": "REB",
    "de facto authority": "GOV",
    "alliance": "GOV",
    "mediator": "GOV",
    "organisation": "SOC",
    "media": "JRN",
    "expert": "EDU",
    "civilian": "CVL",
    "people": "CVL",
    "unknown": "UNK",
}
"""The sector where neither a unit nor a noun says more."""

PARTIALLY_RECOGNISED = frozenset(
    "Abkhazia|South Ossetia|Ukraine rebels|Nagorno-Karabakh|Northern Cyprus|Transnistria|Somaliland|Polisario".split(
        "|"
    )
)
"""Roots that PLOVER codes with the claiming state and ``PRE``. Source: the codebook's list."""

_BODIES = {"United Nations": "UNO", "European Union": "EUR"}
_TRANSNATIONAL = frozenset({"Islamic State", "al Qaeda"})
_FOLDED = {"XKX": "KOS", "ESH": "MAR"}
"""Codes that PLOVER writes otherwise."""


def entity_at(setting: DocumentContext, sentence: Sentence, index: int) -> tuple[Entity, ...]:
    """Code the noun phrase at a word: its parties, else its own words by noun and country.

    Accepts:
      1. a party known to the ledger    "the Kestrian defence ministry"
      2. a name on the roster           "Lowri Hale", by the day of the report
      3. a noun of a sector             "textile workers in Kestria", "a court"
    """
    first, last = phrase(sentence, index)
    span = sentence.cover(first, last)
    words = setting.document.text[span.start : span.end]
    parties = parties_at(setting, sentence, index)
    if parties:
        return tuple(party_entity(party, words, setting.document.published) for party in parties)
    if sentence[index].pos == "PRON":
        return ()
    return (_worded(setting, sentence, index, words),)


def party_entity(party: Party, words: str, day: date | None) -> Entity:
    """Code a party of the ledger.

    Args:
        party: As resolved.
        words: Of the text, for sector nouns; the party's own name where there are none.
        day: Of the report, for roles that were held for a time.
    """
    country = _country(party)
    named = _noun_sectors(party.unit or "") or _noun_sectors(words)
    sectors: tuple[str, ...] = named
    if party.kind == "unknown" and country is None and not named:
        role = role_on(party.unit or party.root, day)
        if role is not None:
            country, sectors = role.country, role.sectors
    if party.kind in {"state", "armed group", "de facto authority", "media"} or not sectors:
        sectors = (SECTOR_OF_KIND[party.kind], *(item for item in sectors if item != "GOV"))
    if party.root in PARTIALLY_RECOGNISED:
        sectors = (*sectors, "PRE")
    primary, *others = dict.fromkeys(sectors)
    return Entity(
        words=words,
        country=_FOLDED.get(country, country) if country else None,
        sector=cast("Sector", primary),
        secondary=tuple(cast("Sector", item) for item in others),
        group=party.root
        if party.kind
        in {"armed group", "organisation", "alliance", "mediator", "de facto authority"}
        else None,
        party=party,
    )


def _country(party: Party) -> str | None:
    if party.root in _BODIES:
        return _BODIES[party.root]
    if party.root in _TRANSNATIONAL:
        return "IMG"
    known = _known_country(party.root)
    if party.country or known:
        return party.country or known
    return "IGO" if party.kind in {"alliance", "mediator"} else None


@lru_cache(maxsize=1024)
def _known_country(root: str) -> str | None:
    match = name_country(root)
    if match is not None:
        return match.country.iso3
    known = next((item for item in load_parties() if item.id == root), None)
    return None if known is None or known.country is None else known.country


@lru_cache(maxsize=4096)
def _noun_sectors(words: str) -> tuple[str, ...]:
    """Return the sectors of the longest noun that ends a phrase, then of one inside it."""
    nouns = load_sector_nouns()
    parts = words.lower().replace("’s", "").replace("'s", "").split()
    for last in range(len(parts), 0, -1):
        for first in range(max(0, last - 4), last):
            key = " ".join(parts[first:last])
            found = nouns.get(key) or nouns.get(key.removesuffix("s"))
            if found:
                return found
    return ()


def _worded(setting: DocumentContext, sentence: Sentence, index: int, words: str) -> Entity:
    """Code a phrase that is no party of the ledger, by its nouns, its names and the roster."""
    country = None
    first, last = phrase(sentence, index)
    for position in range(first, last + 1):
        name = setting.names.get((sentence.index, position))
        if name is not None and name.party.country is not None:
            country = name.party.country
            break
    if country is None:
        place = next(
            (
                item.place
                for item in setting.resolution.places_in(sentence.index)
                if first <= item.first <= last
                and item.place.country
                and item.place.evidence != "inferred"
            ),
            None,
        )
        match = None if place is None or place.country is None else _iso3(place.country)
        country = match
    sectors = _noun_sectors(words)
    group = None
    if sentence[index].pos == "PROPN":
        role = role_on(_proper(sentence, index), setting.document.published)
        if role is not None:
            country = country or role.country
            sectors = role.sectors or sectors
            group = _proper(sentence, index)
    primary, *others = sectors or ("UNK",)
    return Entity(
        words=words,
        country=_FOLDED.get(country, country) if country else None,
        sector=cast("Sector", primary),
        secondary=tuple(cast("Sector", item) for item in others),
        group=group,
    )


@lru_cache(maxsize=512)
def _iso3(iso2: str) -> str | None:
    country = find_country(iso2)
    return None if country is None else country.iso3


def _proper(sentence: Sentence, index: int) -> str:
    names = [i for i in children(sentence, index, "compound", "nmod") if sentence[i].pos == "PROPN"]
    return " ".join(sentence[i].text for i in sorted([*names, index]))
