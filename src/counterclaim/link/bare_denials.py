"""Bare denials: the bare denials of a report ("denied the charge"), each with the telling that it answers."""

from collections.abc import Mapping, Sequence

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event
from counterclaim.records.evidence import counts

_DONE = frozenset({"fact", "admitted", "alleged"})


def find_answers(
    claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Mapping[str, tuple[str, ...]]:
    """Find what each bare denial answers: the last telling before it in which the denier is the doer.

    A denial aimed at somebody answers what he told, and nothing that others tell. A denier or a doer
    who is inferred answers nothing.

    Args:
        claims: Of one document, in the order of their words.
        attributions: Of the same document.

    Returns:
        Ids of denials by the id of the claim that they answer.
    """
    coded = {claim.attribution_id for claim in claims if isinstance(claim.payload, Event)}
    found: dict[str, tuple[str, ...]] = {}
    for item in attributions:
        if item.stance != "deny" or not item.is_claim or item.id in coded:
            continue
        deniers = {party.root for party in item.speakers if counts(party)}
        tellers = {party.root for party in item.targets}
        before = [
            claim
            for claim in claims
            if isinstance(claim.payload, Event)
            and claim.payload.telling in _DONE
            and claim.span.start < item.cue.start
            and deniers & {party.root for party in claim.payload.actors if counts(party)}
            and not deniers & {party.root for party in claim.speakers}
            and (not tellers or tellers & {party.root for party in claim.speakers})
        ]
        if before:
            found[before[-1].id] = (*found.get(before[-1].id, ()), item.id)
    return found
