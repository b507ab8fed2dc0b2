"""Checks incidents: for each slot, the voices on it and the status they give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from counterclaim.atlas.borders import sovereignty
from counterclaim.atlas.countries import find_country
from counterclaim.check.denials import Setting, covering
from counterclaim.check.status import decide
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Withheld
from counterclaim.records.finding import Alignment, Finding, Incident, Slot, Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place

REPORT = Party("the report", None, "media")
"""The outlet's own voice, where nobody is named."""

_OF_ONE = frozenset({"incident", "new"})
"""Measures whose figures tell of one happening each."""

_DONE = frozenset({"fact", "admitted", "alleged"})


def check_incidents(
    incidents: Sequence[Incident],
    claims: Sequence[Claim],
    sides: Sequence[Party],
    attributions: Sequence[Attribution] = (),
    *,
    published: date | None = None,
    days: Mapping[str, date] | None = None,
) -> tuple[Finding, ...]:
    """Check every incident, slot by slot.

    Args:
        incidents: As ``link_claims`` gives them.
        claims: All of them; a denial in one incident may cover another's allegation.
        sides: The parties to the conflict, most spoken of first.
        attributions: Bare denials among them ("denied the charge") answer what was told of the denier
            right before.
        published: The day for which a border is asked when a claim has none.
        days: Of publication, by document id, where the claims are of several documents: a denial then
            covers only what was told of the days around it.

    Returns:
        Findings in order of the incidents.
    """
    by_id = {claim.id: claim for claim in claims}
    denials = [
        claim
        for claim in claims
        if isinstance(claim.payload, Event) and claim.payload.telling == "denied" and claim.speakers
    ]
    setting = Setting(denials, sides, _answered(claims, attributions), published, days or {})
    found: list[Finding] = []
    for incident in incidents:
        members = [by_id[claim_id] for claim_id in incident.claim_ids]
        if incident.kind == "event":
            found.extend(_event(incident, members, setting))
        elif incident.kind == "casualty":
            found.extend(_casualty(incident, members))
        elif incident.kind == "ceasefire":
            found.extend(_ceasefire(incident, members))
        elif incident.kind == "withheld":
            found.extend(_withheld(incident, members))
    return tuple(found)


def _answered(
    claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> Mapping[str, Attribution]:
    """Find what each bare denial answers: the last telling before it in which the denier is the doer.

    A denial aimed at somebody answers what he told, and nothing that others tell.

    Returns:
        Denials by the id of the claim that they answer.
    """
    coded = {claim.attribution_id for claim in claims if isinstance(claim.payload, Event)}
    found: dict[str, Attribution] = {}
    for item in attributions:
        if item.stance != "deny" or not item.is_claim or item.id in coded or not item.speakers:
            continue
        roots = {party.root for party in item.speakers}
        tellers = {party.root for party in item.targets}
        before = [
            claim
            for claim in claims
            if isinstance(claim.payload, Event)
            and claim.payload.telling in _DONE
            and claim.span.start < item.cue.start
            and roots & {party.root for party in claim.payload.actors}
            and not roots & {party.root for party in claim.speakers}
            and (not tellers or tellers & {party.root for party in claim.speakers})
        ]
        if before:
            found[before[-1].id] = item
    return found


def _event(incident: Incident, claims: Sequence[Claim], setting: Setting) -> Iterator[Finding]:
    told = [claim for claim in claims if _payload(claim).telling in _DONE]
    if not told:
        return
    actors, inferred = _actors(told, setting.sides)
    voices = [voice for claim in claims for voice in _voices(claim, actors)]
    voices += covering(told, setting, actors, claims)
    voices += [
        Voice(
            party=party,
            alignment="doer",
            affirms=False,
            stance="deny",
            claim_id=setting.answered[claim.id].id,
        )
        for claim in told
        if claim.id in setting.answered
        for party in setting.answered[claim.id].speakers
    ]
    flags = tuple(
        flag
        for flag, on in (
            ("actor_inferred", inferred),
            ("scope_inferred", any(voice.scope_inferred for voice in voices)),
        )
        if on
    )
    act = _act(told, actors)
    yield _finding(incident, "occurred", f"{act} occurred", voices, flags)
    places = [claim for claim in told if _payload(claim).place is not None]
    if places:
        place = _payload(places[0]).place
        assert place is not None
        yield _finding(
            incident,
            "place",
            f"it was {_where(place)}",
            [voice for claim in places for voice in _voices(claim, actors)],
            (),
        )
        yield _border(incident, places[0], place, setting.published)
    for claim in told:
        payload = _payload(claim)
        if payload.object is not None and "destroy" in payload.modes:
            words = claim.quote
            yield _finding(
                incident,
                "effect",
                f"what was destroyed, as told: “{words}”",
                [replace(voice, alignment="unknown") for voice in _voices(claim, actors)],
                (),
            )


def _payload(claim: Claim) -> Event:
    assert isinstance(claim.payload, Event)
    return claim.payload


def _actors(claims: Sequence[Claim], sides: Sequence[Party]) -> tuple[tuple[Party, ...], bool]:
    """Give the doers as told; where none is told, the other belligerent of a side that complains.

    Returns:
        Parties, and whether they were inferred.
    """
    told = tuple(dict.fromkeys(party for claim in claims for party in _payload(claim).actors))
    if told:
        return told, False
    for claim in claims:
        if claim.stance not in {"accuse", "allege"} and _payload(claim).telling != "alleged":
            continue
        roots = {party.root for party in claim.speakers}
        belligerents = [
            party for party in sides if party.kind in {"state", "armed group", "de facto authority"}
        ][:2]
        others = [party for party in belligerents if party.root not in roots]
        if len(belligerents) == 2 and len(others) == 1:
            return (others[0],), True
    return (), False


def _voices(claim: Claim, actors: Sequence[Party]) -> Iterator[Voice]:
    """Give each speaker's stand on what a claim tells."""
    affirms = not (isinstance(claim.payload, Event) and claim.payload.telling == "denied")
    if _is_hearsay(claim) or (claim.attribution_id is not None and not claim.speakers):
        yield Voice(
            party=None, alignment="unknown", affirms=affirms, stance=claim.stance, claim_id=claim.id
        )
        return
    if claim.attribution_id is None:
        yield Voice(party=REPORT, alignment="unknown", affirms=affirms, claim_id=claim.id)
        return
    for party in claim.speakers:
        yield Voice(
            party=party,
            alignment=_alignment(claim, party, actors),
            affirms=affirms,
            stance=claim.stance,
            claim_id=claim.id,
        )


def _is_hearsay(claim: Claim) -> bool:
    """Say whether a claim stands under words such as "reports of": its speaker does not vouch for it."""
    return any(step.rule == "hearsay" for step in claim.trace)


def _alignment(claim: Claim, party: Party, actors: Sequence[Party]) -> Alignment:
    if any(party.root == actor.root for actor in actors):
        return "doer"
    if party.kind in {"media", "organisation", "expert", "civilian", "mediator"}:
        return "third party"
    if party.kind in {
        "state",
        "government",
        "ministry",
        "military",
        "leader",
        "official",
        "armed group",
        "de facto authority",
    }:
        event = claim.payload
        suffered = isinstance(event, Event) and (
            any(party.root == other.root for other in event.recipients)
            or (
                event.place is not None
                and event.place.country is not None
                and party.country is not None
                and _same_country(event.place, party)
            )
        )
        return (
            "other side"
            if suffered or claim.stance in {"accuse", "allege", "confirm"}
            else "third party"
        )
    return "unknown"


def _same_country(place: Place, party: Party) -> bool:
    country = None if party.country is None else find_country(party.country)
    return country is not None and country.iso2 == place.country


def _act(claims: Sequence[Claim], actors: Sequence[Party]) -> str:
    payload = _payload(claims[0])
    mode = next((mode for claim in claims for mode in _payload(claim).modes), None)
    doer = f" by {' & '.join(dict.fromkeys(party.root for party in actors))}" if actors else ""
    place = next(
        (f" {_where(event.place)}" for event in map(_payload, claims) if event.place is not None),
        "",
    )
    return f"{payload.type.lower()}{f' ({mode})' if mode else ''}{doer}{place}"


def _where(place: Place) -> str:
    return f"{place.within or ('in' if place.precision in {'country', 'region', 'area'} else 'at')} {place.name}"


def _border(incident: Incident, claim: Claim, place: Place, published: date | None) -> Finding:
    """Say whose land the place is, as far as it can be computed; a finding without voices."""
    payload = _payload(claim)
    on = (payload.time.start if payload.time is not None else None) or published
    land = sovereignty(place, on)
    if land.recognised is None or (land.note is not None and "not computable" in land.note):
        words = f"border of {place.name}: not computable"
    else:
        far = "" if land.distance_km is None else f" ({land.distance_km:.0f} km from the nearest)"
        area = (
            f", inside {land.disputed_area}"
            if land.disputed_area
            else f", outside the disputed areas{far}"
        )
        held = f", held by {land.held_by}" if land.held_by else ""
        words = f"{place.name}: recognised {land.recognised}{area}{held}"
    return Finding(
        incident_id=incident.id,
        slot="border",
        proposition=words,
        status="unassessed",
        rule=12,
        reason=land.note or land.basis,
    )


def _finding(
    incident: Incident,
    slot: Slot,
    proposition: str,
    voices: Sequence[Voice],
    flags: tuple[str, ...],
    **how: bool,
) -> Finding:
    ruling = decide(voices, **how)
    return Finding(
        incident_id=incident.id,
        slot=slot,
        proposition=proposition,
        status=ruling.status,
        rule=ruling.rule,
        reason=ruling.reason,
        voices=tuple(voices),
        flags=flags,
    )


def _casualty(incident: Incident, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Check the figures of one key: one finding for each measure, contested when ranges are apart.

    Figures of single happenings are one only where their numbers can be the same and neither their
    places nor their days differ: one commander and twenty fighters are not one loss told twice.
    """
    by_measure: dict[str, list[Claim]] = {}
    for claim in claims:
        assert isinstance(claim.payload, Casualty)
        by_measure.setdefault(claim.payload.measure, []).append(claim)
    for measure, alike in by_measure.items():
        for members in _of_one_loss(alike) if measure in _OF_ONE else [alike]:
            yield _figure(incident, measure, members)


def _figure(incident: Incident, measure: str, members: Sequence[Claim]) -> Finding:
    """Check figures that tell one loss."""
    voices: list[Voice] = []
    for claim in members:
        payload = claim.payload
        assert isinstance(payload, Casualty)
        for voice in _voices(claim, payload.side):
            alignment: Alignment = (
                "doer"
                if payload.relation == "self"
                else "other side"
                if payload.relation == "enemy"
                else voice.alignment
            )
            voices.append(
                Voice(
                    party=voice.party,
                    alignment=alignment,
                    affirms=True,
                    stance=voice.stance,
                    claim_id=claim.id,
                )
            )
    payloads = [claim.payload for claim in members if isinstance(claim.payload, Casualty)]
    numbers = " / ".join(dict.fromkeys(str(payload.count) for payload in payloads))
    conflicting = measure == "cumulative" and _apart(payloads)
    flags: tuple[str, ...] = (
        ("self_reported",) if any(payload.relation == "self" for payload in payloads) else ()
    )
    flags += ("enemy_count",) if all(payload.relation == "enemy" for payload in payloads) else ()
    return _finding(
        incident,
        "figure",
        f"{incident.label} ({measure}): {numbers}",
        voices,
        flags,
        conflicting=conflicting,
    )


def _of_one_loss(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Part figures of single happenings by what can be one loss, in reading order."""
    groups: list[list[Claim]] = []
    for claim in claims:
        home = next((group for group in groups if all(_can_be(claim, one) for one in group)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return groups


def _can_be(claim: Claim, other: Claim) -> bool:
    """Say whether two figures can tell one loss: ranges that meet, no other place and no other day."""
    first, second = claim.payload, other.payload
    assert isinstance(first, Casualty)
    assert isinstance(second, Casualty)
    places = {one.place.name for one in (first, second) if one.place is not None}
    days = {one.period.value for one in (first, second) if one.period is not None}
    return len(places) < 2 and len(days) < 2 and _meet(first, second)


def _meet(first: Casualty, second: Casualty) -> bool:
    high = first.count.high if first.count.high is not None else float("inf")
    other = second.count.high if second.count.high is not None else float("inf")
    return (first.count.low or 0) <= other and (second.count.low or 0) <= high


def _apart(payloads: Sequence[Casualty]) -> bool:
    """Say whether two ranges for one key and day have nothing in common."""
    for index, first in enumerate(payloads):
        for second in payloads[index + 1 :]:
            if (
                first.as_of is not None
                and second.as_of is not None
                and first.as_of.value != second.as_of.value
            ):
                continue
            if first.part_of is not None or second.part_of is not None:
                continue
            if first.supersedes is not None or second.supersedes is not None:
                continue
            if not _meet(first, second):
                return True
    return False


def _ceasefire(incident: Incident, claims: Sequence[Claim]) -> Iterator[Finding]:
    agreed = [
        claim
        for claim in claims
        if isinstance(claim.payload, Ceasefire)
        and claim.payload.status
        in {"agreed", "in force", "suspended", "violated", "collapsed", "expired"}
    ]
    if not agreed:
        return
    bound = [
        party
        for claim in agreed
        if isinstance(claim.payload, Ceasefire)
        for party in claim.payload.parties
    ]
    voices = [
        Voice(
            party=voice.party,
            alignment="doer"
            if voice.party is not None and any(voice.party.root == party.root for party in bound)
            else voice.alignment,
            affirms=True,
            stance=voice.stance,
            claim_id=voice.claim_id,
        )
        for claim in agreed
        for voice in _voices(claim, bound)
    ]
    yield _finding(incident, "agreement", f"a {incident.label} was agreed", voices, ())


def _withheld(incident: Incident, claims: Sequence[Claim]) -> Iterator[Finding]:
    for claim in claims:
        assert isinstance(claim.payload, Withheld)
        owner = " & ".join(str(party) for party in claim.payload.owners) or "nobody named"
        yield _finding(incident, "disclosure", f"{owner}: “{claim.quote}”", [], (), withheld=True)
