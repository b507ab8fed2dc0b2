"""Foes: whom a report sets against whom, and the targets that follow from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from counterclaim.attribute.doers import is_side
from counterclaim.attribute.targets import HOSTILE
from counterclaim.records.attribution import Attribution
from counterclaim.records.party import Party
from counterclaim.records.problem import Step

OWNING_UP = frozenset({"claim-attack", "claim-responsibility", "take-responsibility", "n-responsibility"})
"""Entries of cues by which an attacker comes forward."""

CONDEMNING = frozenset({"condemn", "criticize", "n-criticism"})
"""Entries of cues that lay blame for a deed without naming the doer."""


def fill_targets(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Give a hostile claim that names no target the one that the rest of the report leaves open.

    Accepts:
      1. a condemned deed, where one group alone owns up to one    ``target:owned-up``
      2. the speaker's only foe in the report                      ``target:only-foe``
    Foes are those whom the report sets against each other: one accuses, threatens or turns down the
    other in so many words. Where a speaker has two of them, or none, nothing is filled in. The rule
    stands in the trace: nobody said the name in that place.
    """
    foes = _foes(attributions)
    culprits = _culprits(attributions)
    return [_filled(item, foes, culprits) for item in attributions]


def _foes(attributions: Sequence[Attribution]) -> Mapping[str, set[Party]]:
    found: dict[str, set[Party]] = {}
    for speaker, target in _pairs(attributions):
        found.setdefault(speaker.root, set()).add(target.whole())
        found.setdefault(target.root, set()).add(speaker.whole())
    return found


def _pairs(attributions: Sequence[Attribution]) -> Iterator[tuple[Party, Party]]:
    for item in attributions:
        if item.stance not in HOSTILE or not item.is_claim:
            continue
        for speaker in item.speakers:
            for target in item.targets:
                if is_side(target) and is_side(speaker) and target.root != speaker.root:
                    yield speaker, target


def _culprits(attributions: Sequence[Attribution]) -> set[Party]:
    return {
        speaker.whole()
        for item in attributions
        if item.cue_entry in OWNING_UP and item.is_claim
        for speaker in item.speakers
        if is_side(speaker)
    }


def _filled(
    item: Attribution, foes: Mapping[str, set[Party]], culprits: set[Party]
) -> Attribution:
    if item.targets or item.stance not in HOSTILE or not item.is_claim or not item.speakers:
        return item
    roots = {speaker.root for speaker in item.speakers}
    if item.cue_entry in CONDEMNING and len(culprits) == 1:
        return _aimed(item, next(iter(culprits)), "target:owned-up")
    known = {foe for root in roots for foe in foes.get(root, ()) if foe.root not in roots}
    return _aimed(item, next(iter(known)), "target:only-foe") if len(known) == 1 else item


def _aimed(item: Attribution, target: Party, rule: str) -> Attribution:
    if target.root in {speaker.root for speaker in item.speakers}:
        return item
    step = Step("attribute", rule, str(target))
    return replace(item, targets=(target,), trace=(*item.trace, step))
