"""Implied participants: who is fought, or took part, where an event names one side only; inferred and marked so.

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
) -> Mapping[str, Inferred]:
    """Return what a report suggests of assaults that name no recipient, or no actor.

    Rules for the recipient, first match first:
      1. whose loss the same sentence counts; civilians, where it counts civilians       harmed
      2. whom the actor is most told to attack, or to be attacked by                    opponent
    For the actor one only:
      3. the one party that claims responsibility in the report                         responsibility

    Args:
        claims: Of one document.
        fights: Who is told to attack whom, or, from a conflict file, who stands against whom.
        attributions: Of the same document, for claims of responsibility.

    Returns:
        By claim id.
    """
    claimant = _claimant(attributions)
    foes, parties = _foes(fights)
    harmed = _harmed(claims)
    found: dict[str, Inferred] = {}
    for claim in claims:
        event = claim.payload
        if not isinstance(event, Event):
            continue
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


def _named(parties: Sequence[Party]) -> bool:
    """Return whether any party is more than "gunmen"."""
    return any(not party.root.endswith("(unnamed)") for party in parties)


def _claimant(attributions: Sequence[Attribution]) -> Party | None:
    """Return the one party that takes responsibility; None where there are two or none."""
    found = {
        party.root: party
        for item in attributions
        if item.cue_entry in _RESPONSIBILITY
        for party in item.speakers
        if party.kind in {"armed group", "state", "de facto authority"}
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_fight(event: Event) -> bool:
    """Return whether an event is fighting on the ground, which nobody claims as an attack."""
    return bool(event.recipients) or not set(event.modes) & _CLAIMED


def _foes(
    fights: Sequence[tuple[Party, Party]],
) -> tuple[dict[str, Counter[str]], dict[str, Party]]:
    foes: dict[str, Counter[str]] = {}
    parties: dict[str, Party] = {}
    for left, right in fights:
        for mine, yours in ((left, right), (right, left)):
            foes.setdefault(mine.root, Counter())[yours.root] += 1
            parties.setdefault(yours.root, yours.whole())
    return foes, parties


def _harmed(claims: Sequence[Claim]) -> dict[Span, Party]:
    """Return whose loss each sentence counts: its side, else civilians where it counts them."""
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
