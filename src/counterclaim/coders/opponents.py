"""Opponents: who is fought, or took part, where an event names one side only; inferred and marked so.

The ledger's claims keep to the words. What is inferred stands beside them, by claim.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Claim, Event
from counterclaim.records.party import Party
from counterclaim.records.plover import Inferred
from counterclaim.records.text import Span

_RESPONSIBILITY = frozenset({"claim-responsibility", "take-responsibility", "n-responsibility"})
_CLAIMED = frozenset({"suicide-attack", "explosives", "targeted", "firearms", "abduct"})
"""Modes of attacks for which groups claim responsibility."""
_HARMS = frozenset({"killed", "wounded", "captured"})
_CIVILIANS = Party("civilian: civilians", None, "civilian")
_NEVER = frozenset({"civilian", "unknown", "media", "expert", "organisation", "mediator", "people"})


def infer_participants(
    claims: Sequence[Claim],
    fights: Sequence[tuple[Party, Party]],
    attributions: Sequence[Attribution],
    home: Sequence[Party] = (),
) -> Mapping[str, Inferred]:
    """Give what a report suggests of assaults that name no recipient, or no actor.

    Rules for the recipient, first match first:
      1. whose loss the same sentence counts; civilians, where it counts civilians       harmed
      2. whom the actor is most told to attack, or to be attacked by                    opponent
      3. the other of the two parties that the report is most about                     opponent
    For the actor one only:
      4. the one party that claims responsibility in the report                         responsibility
    For an arrest or a curfew that nobody is said to impose:
      5. the state that the report is most about                                        authority

    Args:
        claims: Of one document.
        fights: Who is told to attack whom, or, from a conflict file, who stands against whom.
        attributions: Of the same document, for claims of responsibility.
        home: The parties that the document is about, most spoken of first.

    Returns:
        By claim id.
    """
    claimant = _claimant(attributions)
    foes, parties = _foes(fights, home)
    harmed = _harmed(claims)
    found: dict[str, Inferred] = {}
    for claim in claims:
        event = claim.payload
        if not isinstance(event, Event):
            continue
        if event.type == "COERCE" and not event.actors:
            power = _authority(event, home)
            if power is not None:
                found[claim.id] = Inferred(actors=(power,), rule="authority")
        if event.type != "ASSAULT":
            continue
        recipients, rule = _recipient(claim, event, harmed, foes, parties)
        actors: tuple[Party, ...] = ()
        if (
            not _named(event.actors)
            and claimant is not None
            and event.telling in {"fact", "admitted", "alleged"}
            and not _is_fight(event)
        ):
            actors, rule = (claimant,), rule or "responsibility"
        if recipients or actors:
            found[claim.id] = Inferred(actors=actors, recipients=recipients, rule=rule)
    return found


_POWERS = frozenset({"arrest", "curfew", "martial-law"})
"""Modes of coercion that a state uses on its own land."""


def _named(parties: Sequence[Party]) -> bool:
    """Say whether any party is more than "gunmen"."""
    return any(not party.root.endswith("(unnamed)") for party in parties)


def _authority(event: Event, home: Sequence[Party]) -> Party | None:
    """Give the state that the report is most about, for an arrest or a curfew that nobody is said to impose."""
    if not set(event.modes) & _POWERS:
        return None
    return next((party.whole() for party in home if party.kind == "state"), None)


def _claimant(attributions: Sequence[Attribution]) -> Party | None:
    """Give the one party that takes responsibility; None where there are two or none."""
    found = {
        party.root: party
        for item in attributions
        if item.cue_entry in _RESPONSIBILITY
        for party in item.speakers
        if party.kind in {"armed group", "state", "de facto authority"}
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_fight(event: Event) -> bool:
    """Say whether an event is fighting on the ground, which nobody claims as an attack."""
    return bool(event.recipients) or not set(event.modes) & _CLAIMED


def _foes(
    fights: Sequence[tuple[Party, Party]], home: Sequence[Party]
) -> tuple[dict[str, Counter[str]], dict[str, Party]]:
    foes: dict[str, Counter[str]] = {}
    parties: dict[str, Party] = {}
    sides = [
        party for party in home if party.kind in {"state", "armed group", "de facto authority"}
    ]
    for weight, pairs in ((2, fights), (1, [tuple(sides[:2])] if len(sides) > 1 else [])):
        for left, right in pairs:
            for mine, yours in ((left, right), (right, left)):
                foes.setdefault(mine.root, Counter())[yours.root] += weight
                parties.setdefault(yours.root, yours.whole())
    return foes, parties


def _harmed(claims: Sequence[Claim]) -> dict[Span, Party]:
    """Give whose loss each sentence counts: its side, else civilians where it counts them."""
    found: dict[Span, Party] = {}
    for claim in claims:
        loss = claim.payload
        if not isinstance(loss, Casualty) or loss.background or loss.outcome not in _HARMS:
            continue
        if len(loss.side) == 1:
            found.setdefault(claim.sentence, loss.side[0])
        elif not loss.side and loss.category == "civilian":
            found.setdefault(claim.sentence, _CIVILIANS)
    return found


def _recipient(
    claim: Claim,
    event: Event,
    harmed: Mapping[Span, Party],
    foes: Mapping[str, Counter[str]],
    parties: Mapping[str, Party],
) -> tuple[tuple[Party, ...], str]:
    if event.recipients:
        return (), ""
    actors = {actor.root for actor in event.actors}
    victim = harmed.get(claim.sentence)
    if victim is not None and victim.root not in actors:
        return (victim,), "harmed"
    for actor in event.actors:
        if actor.kind not in _NEVER and actor.root in foes:
            root, _ = foes[actor.root].most_common(1)[0]
            return (parties[root],), "opponent"
    return (), ""
