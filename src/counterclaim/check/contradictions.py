"""Contradictions: claims that cannot both hold, and who contradicts whom."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from counterclaim.records.claim import Casualty, Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Contradiction, Finding, Incident
from counterclaim.records.place import Place, PlacePrecision, distance_km

REACH: Mapping[PlacePrecision, float] = {
    "point": 2,
    "town": 15,
    "district": 40,
    "area": 150,
    "region": 150,
    "country": 700,
}
"""How far from its coordinates a named place may lie. Unit: kilometres. Set by the sizes of such places."""

_TAKEN_BACK = frozenset({"retract", "correct"})


def actors_apart(claims: Sequence[Claim]) -> bool:
    """Return whether two tellings name doers with nobody in common."""
    named = [
        frozenset(party.root for party in claim.payload.actors if counts(party))
        for claim in claims
        if isinstance(claim.payload, Event) and any(map(counts, claim.payload.actors))
    ]
    return any(not left & right for left, right in combinations(dict.fromkeys(named), 2))


def places_apart(claims: Sequence[Claim]) -> bool:
    """Return whether two tellings name places farther apart than both are large."""
    places = dict.fromkeys(
        claim.payload.place
        for claim in claims
        if isinstance(claim.payload, Event)
        and claim.payload.place is not None
        and counts(claim.payload.place)
        and claim.payload.telling != "denied"
    )
    return any(_far(left, right) for left, right in combinations(places, 2))


def _far(left: Place, right: Place) -> bool:
    distance = distance_km(left, right)
    if distance is None or left.precision is None or right.precision is None:
        return False
    return distance > REACH[left.precision] + REACH[right.precision]


def figures_apart(claims: Sequence[Claim], measure: str) -> bool:
    """Return whether two figures of one measure and day, neither a part of the other, share no number."""
    return bool(_apart(_figures(claims, measure)))


def measure_of(finding: Finding, claims: Mapping[str, Claim]) -> str:
    """Return the measure that a finding about figures is of, by the first claim it rests on."""
    claim = claims[finding.voices[0].claim_id]
    return claim.payload.measure if isinstance(claim.payload, Casualty) else ""


def _figures(claims: Sequence[Claim], measure: str) -> list[tuple[Claim, Casualty]]:
    return [
        (claim, claim.payload)
        for claim in claims
        if isinstance(claim.payload, Casualty)
        and claim.payload.measure == measure
        and claim.payload.part_of is None
        and not claim.payload.background
        and claim.stance not in {"deny", "reject"}
        and claim.payload.count.low is not None
    ]


def _apart(rows: Sequence[tuple[Claim, Casualty]]) -> list[tuple[Claim, Claim]]:
    return [
        (one, two) for (one, left), (two, right) in combinations(rows, 2) if _disjoint(left, right)
    ]


def _disjoint(left: Casualty, right: Casualty) -> bool:
    if left.supersedes is not None or right.supersedes is not None:
        return False
    if left.as_of is not None and right.as_of is not None and left.as_of.value != right.as_of.value:
        return False
    top = left.count.high if left.count.high is not None else math.inf
    other = right.count.high if right.count.high is not None else math.inf
    return (left.count.low or 0) > other or (right.count.low or 0) > top


# ---------------------------------------------------------------- who contradicts whom


def find_contradictions(
    findings: Sequence[Finding], incidents: Sequence[Incident], claims: Mapping[str, Claim]
) -> tuple[Contradiction, ...]:
    """Find every pair of parties, and every party, whose stands on one slot cannot both hold.

    A party that took a claim back does not contradict itself by it, nor does one whose wider denial is
    only held to cover what it tells itself. Who denies that something happened denies the doer with it:
    that is one contradiction, not two.

    Args:
        findings: As checking gives them.
        incidents: Those that the findings are of.
        claims: By id.
    """
    by_id = {incident.id: incident for incident in incidents}
    found: list[Contradiction] = []
    for finding in findings:
        if finding.slot != "actor":
            found.extend(_stands(finding))
        if finding.slot == "figure":
            members = [claims[name] for name in by_id[finding.incident_id].claim_ids]
            figures = _figures(members, measure_of(finding, claims))
            found.extend(_numbers(finding, _apart(figures)))
    return tuple(dict.fromkeys(found))


def _stands(finding: Finding) -> Iterator[Contradiction]:
    taken_back = {
        voice.party.root
        for voice in finding.voices
        if voice.party is not None and voice.stance in _TAKEN_BACK
    }
    for left in finding.voices:
        for right in finding.voices:
            if left.party is None or right.party is None:
                continue
            if left.affirms is not True or right.affirms is not False:
                continue
            same = left.party.root == right.party.root
            if same and (left.party.root in taken_back or right.scope_inferred):
                continue
            yield Contradiction(
                incident_id=finding.incident_id,
                slot=finding.slot,
                kind="with itself" if same else "between parties",
                left=left.party.root,
                right=right.party.root,
                claim_ids=(left.claim_id, right.claim_id),
                words=finding.proposition,
            )


def _numbers(finding: Finding, pairs: Sequence[tuple[Claim, Claim]]) -> Iterator[Contradiction]:
    for left, right in pairs:
        for mine in left.speakers:
            for yours in right.speakers:
                same = mine.root == yours.root
                if same and _TAKEN_BACK & {left.stance, right.stance}:
                    continue
                first, second = sorted((mine.root, yours.root))
                yield Contradiction(
                    incident_id=finding.incident_id,
                    slot="figure",
                    kind="with itself" if same else "between parties",
                    left=first,
                    right=second,
                    claim_ids=tuple(sorted((left.id, right.id))),
                    words=finding.proposition,
                )
