"""Target inference: whom a report sets against whom, and the targets that follow from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from counterclaim.attribute.agents import is_side
from counterclaim.attribute.targets import HOSTILE
from counterclaim.records.attribution import Attribution
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Document

OWNING_UP = frozenset(
    {"claim-attack", "claim-responsibility", "take-responsibility", "n-responsibility"}
)
"""Entries of cues by which an attacker comes forward."""

CONDEMNING = frozenset({"condemn", "criticize", "n-criticism"})
"""Entries of cues that lay blame for a deed without naming the doer."""


PEACE = frozenset(
    "restraint calm ceasefire truce cease-fire de-escalation deescalation peace dialogue negotiations talks "
    "hostilities fighting violence bloodshed war conflict".split()
)
"""What those who stand outside ask of both sides."""


def fill_targets(
    attributions: Sequence[Attribution], home: Sequence[Party], document: Document
) -> list[Attribution]:
    """Set as target of a hostile claim that names none the one that the rest of the report leaves open.

    Accepts:
      1. a condemned deed, where one group alone owns up to one    ``target:owned-up``
      2. the speaker's only foe in the report                      ``target:only-foe``
      3. the other of the two sides, where it is one of the foes   ``target:other-side``
      4. both sides, where an outsider asks for peace              ``target:both-sides``
    Foes are those whom the report sets against each other: one accuses, threatens or turns down the
    other in so many words. Where none of the rules fits, nothing is filled in. The rule stands in the
    trace: nobody said the name in that place.
    """
    sides = [party for party in home if is_side(party)][:2]
    foes = _foes(attributions)
    culprits = _culprits(attributions)
    return [_peace(_filled(item, foes, culprits, sides), sides, document) for item in attributions]


def _peace(item: Attribution, sides: Sequence[Party], document: Document) -> Attribution:
    if (
        item.targets
        or item.stance not in {"appeal", "demand"}
        or len(sides) < 2
        or not item.is_claim
    ):
        return item
    roots = {speaker.root for speaker in item.speakers}
    words = set(document.words(*item.content).lower().split())
    if not roots or roots & {side.root for side in sides} or not words & PEACE:
        return item
    step = Step("attribute", "target:both-sides", " & ".join(map(str, sides)))
    return replace(
        item, targets=tuple(side.known("inferred") for side in sides), trace=(*item.trace, step)
    )


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
    item: Attribution,
    foes: Mapping[str, set[Party]],
    culprits: set[Party],
    sides: Sequence[Party],
) -> Attribution:
    if item.targets or item.stance not in HOSTILE or not item.is_claim or not item.speakers:
        return item
    roots = {speaker.root for speaker in item.speakers}
    if item.cue_entry in CONDEMNING and len(culprits) == 1:
        return _aimed(item, next(iter(culprits)), "target:owned-up")
    known = {foe for root in roots for foe in foes.get(root, ()) if foe.root not in roots}
    if len(known) == 1:
        return _aimed(item, next(iter(known)), "target:only-foe")
    if roots & {side.root for side in sides}:
        for side in sides:
            if side.root in {foe.root for foe in known}:
                return _aimed(item, side.whole(), "target:other-side")
    return item


def _aimed(item: Attribution, target: Party, rule: str) -> Attribution:
    if target.root in {speaker.root for speaker in item.speakers}:
        return item
    step = Step("attribute", rule, str(target))
    return replace(item, targets=(target.known("inferred"),), trace=(*item.trace, step))
