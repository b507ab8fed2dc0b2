"""Conflict files settled: their parties are the ledger's own, their aliases are known names."""

from dataclasses import replace

from counterclaim.errors import CounterclaimError
from counterclaim.lexicon import KnownParty
from counterclaim.records.conflict import Conflict
from counterclaim.records.party import Party
from counterclaim.resolve.names import known_party


class UnknownPartyError(CounterclaimError):
    """A conflict file names a party that nothing else is known of."""

    def __init__(self, conflict: str, root: str) -> None:
        super().__init__(
            f"conflict {conflict}: {root!r} is neither a state nor a party of the lexicon: "
            'check its spelling, or give kind = "armed group" and its other names as aliases'
        )


def settle_conflict(conflict: Conflict) -> Conflict:
    """Give a conflict with its parties as the ledger knows them.

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
        raise UnknownPartyError(conflict, party.root)
    return party


def added_names(conflict: Conflict | None) -> tuple[KnownParty, ...]:
    """Give what a conflict file adds to the known names: its own parties, and aliases of others."""
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
