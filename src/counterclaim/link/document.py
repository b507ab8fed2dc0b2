"""Links the claims of one document, or of any list of claims, into incidents."""

from collections.abc import Iterable, Sequence

from counterclaim.link.events import THRESHOLD, features
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Position, Withheld
from counterclaim.records.finding import Incident
from counterclaim.records.problem import Step


def link_claims(claims: Sequence[Claim]) -> tuple[Incident, ...]:
    """Bring together the claims that speak of one happening.

    Events are linked by named, weighted agreements (``events.features``); a claim joins the group with
    which it agrees best. Casualty figures are grouped by whose loss, which persons and what harm;
    ceasefires by who is bound; positions by holder; withheld figures by owner.

    Args:
        claims: Of one document or of many, in order of publication.

    Returns:
        Incidents in order of their first claim. Every claim is in exactly one.
    """
    incidents: list[tuple[int, Incident]] = []
    order = {claim.id: index for index, claim in enumerate(claims)}
    events = [claim for claim in claims if isinstance(claim.payload, Event)]
    for group, steps in _event_groups(events):
        incidents.append((order[group[0].id], _incident(group, "event", _event_key(group), steps)))
    for kind, key_of in (
        (Casualty, _casualty_key),
        (Ceasefire, _ceasefire_key),
        (Position, _position_key),
        (Withheld, _withheld_key),
    ):
        groups: dict[tuple[str, ...], list[Claim]] = {}
        for claim in claims:
            if isinstance(claim.payload, kind):
                groups.setdefault(key_of(claim), []).append(claim)
        for key, members in groups.items():
            incidents.append((order[members[0].id], _incident(members, members[0].kind, key, ())))
    return tuple(incident for _, incident in sorted(incidents, key=lambda row: row[0]))


def _event_groups(claims: Sequence[Claim]) -> Iterable[tuple[list[Claim], tuple[Step, ...]]]:
    groups: list[list[Claim]] = []
    steps: list[list[Step]] = []
    for claim in claims:
        best: tuple[float, int, dict[str, float]] | None = None
        for index, group in enumerate(groups):
            scored = _fit(claim, group)
            if scored is not None and (best is None or scored[0] > best[0]):
                best = (scored[0], index, scored[1])
        if best is None or best[0] < THRESHOLD:
            groups.append([claim])
            steps.append([])
            continue
        groups[best[1]].append(claim)
        reasons = ", ".join(f"{name} {weight:+.1f}" for name, weight in best[2].items())
        steps[best[1]].append(Step("link", reasons, claim.quote, claim.span))
    return [(group, tuple(step)) for group, step in zip(groups, steps, strict=True)]


def _fit(claim: Claim, group: Sequence[Claim]) -> tuple[float, dict[str, float]] | None:
    """Give how well a claim fits a group: its best agreement; None when any member forbids it."""
    best: tuple[float, dict[str, float]] | None = None
    for member in group:
        found = features(member, claim)
        if found is None:
            return None
        score = sum(found.values())
        if best is None or score > best[0]:
            best = (score, found)
    return best


def _incident(
    group: Sequence[Claim], kind: str, key: tuple[str, ...], steps: tuple[Step, ...]
) -> Incident:
    return Incident(
        label=" ".join(part for part in key if part),
        kind=kind,
        claim_ids=tuple(claim.id for claim in group),
        key=key,
        trace=steps,
    )


def _event_key(group: Sequence[Claim]) -> tuple[str, ...]:
    events = [claim.payload for claim in group if isinstance(claim.payload, Event)]
    mode = next((event.modes[0] for event in events if event.modes), "")
    actor = next((" & ".join(map(str, event.actors)) for event in events if event.actors), "")
    recipient = next(
        (" & ".join(map(str, event.recipients)) for event in events if event.recipients), ""
    )
    place = next((event.place.name for event in events if event.place is not None), "")
    return (
        f"{events[0].type}{f'/{mode}' if mode else ''}",
        f"by {actor}" if actor else "",
        f"to {recipient}" if recipient else "",
        f"at {place}" if place else "",
    )


def _casualty_key(claim: Claim) -> tuple[str, ...]:
    payload = claim.payload
    assert isinstance(payload, Casualty)
    return (
        " & ".join(str(party) for party in payload.side) or "side not told",
        payload.category,
        payload.subgroup or "",
        payload.outcome,
    )


def _ceasefire_key(claim: Claim) -> tuple[str, ...]:
    payload = claim.payload
    assert isinstance(payload, Ceasefire)
    return ("ceasefire", " & ".join(sorted(str(party) for party in payload.parties)))


def _position_key(claim: Claim) -> tuple[str, ...]:
    payload = claim.payload
    assert isinstance(payload, Position)
    return (" & ".join(str(party) for party in payload.holders), payload.act)


def _withheld_key(claim: Claim) -> tuple[str, ...]:
    payload = claim.payload
    assert isinstance(payload, Withheld)
    return (" & ".join(str(party) for party in payload.owners) or "nobody named", "withholds")
