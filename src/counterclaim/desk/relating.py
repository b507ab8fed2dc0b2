"""Relating: where the claims of a new document meet those of the ledger.

Linking over documents enters here and nowhere else: the ledger calls what ``relate_reading`` gives, within
the posting, with its neighbourhood; and files what comes back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterclaim.check import check_incidents
from counterclaim.ledger.errors import JudgementError
from counterclaim.ledger.related import Neighbourhood, Relate, Related
from counterclaim.link import link_claims
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Incident
from counterclaim.records.judgement import Judgement
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.reading import Reading


def relate_reading(reading: Reading) -> Relate:
    """Link a new reading's claims with those near them, as judged by people where they did.

    Claims are linked within their document; a judgement that two are the same joins their incidents over
    documents.
    """

    def relate(around: Neighbourhood) -> Related:
        own = {claim.id for claim in reading.claims}
        pairs = around.pair_judgements(sorted(own))
        if not pairs:
            return Related(incidents=reading.incidents, findings=reading.findings)
        others = {row for pair in pairs for row in (pair.subject, pair.other or "")} - own
        held = [
            member
            for incident in around.incidents_of(sorted(others))
            for member in incident.claim_ids
            if member not in own
        ]
        groups = _as_judged([*_by_document(around.claims(held)), *reading.incidents], pairs)
        claims = [*around.claims(held), *reading.claims]
        return _checked(groups, claims, (*reading.sides, *around.sides(held)), reading, around)

    return relate


def relate_judged(judgement: Judgement, taken_back: Judgement | None = None) -> Relate:
    """Link anew what a judgement binds or parts.

    Args:
        judgement: ``same``, ``different``, or ``withdrawn`` of such a one.
        taken_back: The judgement that it withdraws.
    """
    meant = taken_back or judgement

    def relate(around: Neighbourhood) -> Related:
        named = [row for row in (meant.subject, meant.other) if row is not None]
        found = around.incidents_of(named)
        held = sorted({member for incident in found for member in incident.claim_ids})
        claims = around.claims(held)
        if len({claim.kind for claim in claims}) > 1:
            kinds = " and ".join(sorted({claim.kind for claim in claims}))
            raise JudgementError(
                f"{kinds} claims cannot be of one happening: judge claims of one kind"
            )
        pairs = [pair for pair in around.pair_judgements(held) if pair != taken_back]
        if taken_back is None:
            pairs.append(judgement)
        bearing = [item for incident in found for item in incident.attribution_ids]
        groups = _as_judged(_by_document(claims), pairs)
        if groups and bearing:
            groups[0] = replace(groups[0], attribution_ids=tuple(dict.fromkeys(bearing)))
        return _checked(groups, claims, around.sides(held), None, around)

    return relate


def _by_document(claims: Sequence[Claim]) -> list[Incident]:
    """Link claims within each document."""
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    return [incident for own in by_document.values() for incident in link_claims(own)]


def _as_judged(groups: Iterable[Incident], pairs: Sequence[Judgement]) -> list[Incident]:
    """Join what was judged the same, then part what was judged different: the later judgement wins."""
    found = list(groups)
    for pair in pairs:
        assert pair.other is not None
        if pair.verdict == "same":
            found = _joined(found, pair)
        elif pair.verdict == "different":
            found = _parted(found, pair)
    return found


def _joined(groups: list[Incident], pair: Judgement) -> list[Incident]:
    meant = [item for item in groups if {pair.subject, pair.other} & set(item.claim_ids)]
    if len(meant) < 2:
        return groups
    whole = replace(
        meant[0],
        claim_ids=tuple(dict.fromkeys(member for item in meant for member in item.claim_ids)),
        attribution_ids=tuple(
            dict.fromkeys(member for item in meant for member in item.attribution_ids)
        ),
        trace=(*(step for item in meant for step in item.trace), _step(pair)),
    )
    return [whole if item is meant[0] else item for item in groups if item not in meant[1:]]


def _parted(groups: list[Incident], pair: Judgement) -> list[Incident]:
    found: list[Incident] = []
    for item in groups:
        if not {pair.subject, pair.other} <= set(item.claim_ids):
            found.append(item)
            continue
        assert pair.other is not None
        rest = tuple(member for member in item.claim_ids if member != pair.other)
        step = _step(pair)
        found.append(replace(item, claim_ids=rest, trace=(*item.trace, step)))
        found.append(replace(item, claim_ids=(pair.other,), attribution_ids=(), trace=(step,)))
    return found


def _step(pair: Judgement) -> Step:
    return Step("judge", f"{pair.verdict} by {pair.by}", pair.reason)


def _checked(
    groups: Sequence[Incident],
    claims: Sequence[Claim],
    sides: Sequence[Party],
    reading: Reading | None,
    around: Neighbourhood,
) -> Related:
    """Check incidents that reach over documents."""
    spoken = around.attributions(
        sorted({claim.attribution_id for claim in claims if claim.attribution_id is not None})
    )
    own = () if reading is None else reading.attributions
    findings = check_incidents(
        groups,
        claims,
        tuple(dict.fromkeys(sides)),
        (*spoken, *own),
        published=None if reading is None else reading.document.published,
    )
    return Related(incidents=tuple(groups), findings=findings)
