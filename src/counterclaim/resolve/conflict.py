"""Conflict files settled: their parties are the ledger's own, their aliases are known names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from counterclaim.atlas.choosing import NamedPlace, choose_places
from counterclaim.atlas.countries import find_country
from counterclaim.atlas.load import load_atlas
from counterclaim.errors import CounterclaimError
from counterclaim.lexicon import KnownParty
from counterclaim.records.conflict import Conflict
from counterclaim.records.party import Party
from counterclaim.resolve.known_names import known_party


class UnknownConflictPartyError(CounterclaimError):
    """A conflict file names a party that nothing else is known of."""

    def __init__(self, conflict: str, root: str) -> None:
        super().__init__(
            f"conflict {conflict}: {root!r} is neither a state nor a party of the lexicon: "
            'check its spelling, or give kind = "armed group" and its other names as aliases'
        )


def settle_conflict(conflict: Conflict) -> Conflict:
    """Return a conflict with its parties as the ledger knows them.

    Raises:
        UnknownPartyError: If a party without a kind is in no table.
    """
    return replace(
        conflict,
        members=tuple(
            replace(member, party=_settled(conflict.id, member.party))
            for member in conflict.members
        ),
        mediators=tuple(_settled(conflict.id, party) for party in conflict.mediators),
    )


def _settled(conflict: str, party: Party) -> Party:
    known = known_party(party.root)
    if known is not None:
        return known
    if party.kind == "unknown":
        raise UnknownConflictPartyError(conflict, party.root)
    return party


def added_names(conflict: Conflict | None) -> tuple[KnownParty, ...]:
    """Return what a conflict file adds to the known names: its own parties, and aliases of others."""
    if conflict is None:
        return ()
    return tuple(
        KnownParty(
            id=member.party.root,
            aliases=member.aliases,
            kind=member.party.kind,
            country=member.party.country,
        )
        for member in conflict.members
        if member.aliases or known_party(member.party.root) is None
    )


@lru_cache(maxsize=64)
def conflict_focus(conflict: Conflict, day: date | None) -> Mapping[str, float]:
    """Return the countries that reports on a conflict are about: a prior for names that many places bear.

    They are those of its parties on the day, and those in which the places of its file lie. Each
    weighs as one mention of the country.

    Args:
        conflict: As its file tells it.
        day: Of publication; None for the parties of any day.

    Returns:
        Weights by ISO alpha-2 code.
    """
    found: dict[str, float] = {}
    for party in conflict.parties_on(day):
        country = None if party.country is None else find_country(party.country)
        if country is not None:
            found[country.iso2] = 1.0
    names = [NamedPlace(name, "", None) for name in conflict.places]
    for choice in choose_places(load_atlas().gazetteer, names, focus=dict(found)):
        if choice is not None and choice.country is not None:
            found.setdefault(choice.country, 1.0)
    return MappingProxyType(found)
