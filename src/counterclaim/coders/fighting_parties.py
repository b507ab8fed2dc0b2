"""Fighting parties: who is told to fight, to attack or to be attacked: the sides of what a report tells of.

Never a mediator, a host, a donor, a place of writing or a neighbour; and nobody who is only inferred.
Where one side alone is told, one is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from counterclaim.atlas.countries import find_country
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.party import Party

SURE = 0.95
"""Probability from which on the head of roles makes a party a side."""
_FORCE = frozenset({"ASSAULT"})
_MAY_FIGHT = frozenset(
    {"state", "de facto authority", "armed group", "military", "alliance", "government", "ministry"}
)
_DONE = frozenset({"fact", "admitted", "alleged", "denied", "foretold"})


def find_belligerents(
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    home: Sequence[Party],
    chances: Mapping[str, float] = MappingProxyType({}),
    own: Sequence[Party] = (),
) -> tuple[Party, ...]:
    """Return the sides of a report, those told of most first.

    Accepts:
      1. who attacks or is attacked           "**Kestria** shelled **Ardenian** positions"
      2. whose soldiers were lost             "ten **Kestrian** soldiers were killed"
      3. whom a ceasefire binds               "**Kestria** and **Ardenia** agreed to a truce"
      4. who is accused of an attack, and the accuser on whose land it was
      5. whom the head of roles holds to be a side, from ``SURE`` on
      6. parties that only the report knows, where it names them often as sides

    Args:
        claims: Of one document.
        attributions: Of the same document.
        home: The parties that the document tells of, most spoken of first.
        chances: What the head of roles says, by root (``Decoder.side_chances``); nothing by rules alone.
        own: Parties that only the report knows (``Decoder.own_sides``); none by rules alone.
    """
    found: dict[str, Party] = {}
    known = {party.root: party for party in home}
    speakers = {item.id: item for item in attributions}
    for claim in claims:
        for party in _told(claim, speakers):
            if party.root.endswith("(unnamed)") or not counts(party):
                continue
            whole = known.get(party.root) or party.whole()
            if (whole.kind in _MAY_FIGHT) or party.kind in _MAY_FIGHT:
                found.setdefault(party.root, whole)
    for party in home:
        if party.kind in _MAY_FIGHT and chances.get(party.root, 0.0) >= SURE:
            found.setdefault(party.root, party)
    for party in own:
        found.setdefault(party.root, party)
    brokers = {
        party.root
        for claim in claims
        if isinstance(claim.payload, Ceasefire)
        for party in claim.payload.brokers
    }
    fighting = {
        party.root
        for claim in claims
        if isinstance(claim.payload, Event) and claim.payload.type in _FORCE
        for party in (*claim.payload.actors, *claim.payload.recipients)
    }
    ranked = [party.root for party in home]
    kept = [root for root in found if root not in brokers or root in fighting]
    order = sorted(kept, key=lambda root: ranked.index(root) if root in ranked else len(ranked))
    return tuple(found[root] for root in order)


def _told(claim: Claim, speakers: dict[str, Attribution]) -> Iterator[Party]:
    payload = claim.payload
    if isinstance(payload, Casualty) and payload.category == "military" and not payload.background:
        yield from payload.side
    if isinstance(payload, Ceasefire) and not payload.background:
        yield from payload.parties
    if not isinstance(payload, Event) or payload.type not in _FORCE or payload.telling not in _DONE:
        return
    yield from payload.actors
    yield from payload.recipients
    item = speakers.get(claim.attribution_id or "")
    if item is None or item.stance != "accuse" or payload.place is None:
        return
    country = find_country(payload.place.country) if payload.place.country else None
    if country is not None and payload.place.evidence != "inferred":
        yield from (party for party in item.speakers if party.country == country.iso3)
