"""Figures: which numbers of one incident tell one loss, and who stands behind them.

A side's count of its own losses is self-reported, never admitted; a denied figure is denied.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterclaim.check.contradictions import figures_apart
from counterclaim.check.drafts import SlotDraft
from counterclaim.check.voices import figure_voices, is_known, roots
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Alignment, Incident, Voice
from counterclaim.records.party import Party

_OF_ONE = frozenset({"incident", "new"})
"""Measures whose figures tell of one happening each."""

_OUTSIDE = frozenset({"media", "organisation", "expert", "civilian", "mediator"})


def figure_drafts(incident: Incident, claims: Sequence[Claim]) -> Iterator[SlotDraft]:
    """Draft the figures of one key: one finding for each measure, contested when ranges are apart.

    Figures of single happenings are one only where their numbers can be the same and neither their
    places nor their days differ: one commander and twenty fighters are not one loss told twice.
    """
    by_measure: dict[str, list[Claim]] = {}
    for claim in claims:
        by_measure.setdefault(_figure(claim).measure, []).append(claim)
    for measure, alike in by_measure.items():
        for members in _of_one_loss(alike) if measure in _OF_ONE else [alike]:
            yield _draft(incident, measure, members, alike)


def _figure(claim: Claim) -> Casualty:
    assert isinstance(claim.payload, Casualty)
    return claim.payload


def _draft(
    incident: Incident, measure: str, members: Sequence[Claim], alike: Sequence[Claim]
) -> SlotDraft:
    """Draft the finding of figures that tell one loss."""
    voices = tuple(
        replace(voice, alignment=_alignment(_figure(claim), voice))
        for claim in members
        for voice in figure_voices(claim)
    )
    payloads = [_figure(claim) for claim in members]
    numbers = " / ".join(dict.fromkeys(str(payload.count) for payload in payloads))
    flags: tuple[str, ...] = (
        ("self_reported",)
        if any(voice.alignment == "doer" and voice.affirms for voice in voices)
        else ()
    )
    flags += ("enemy_count",) if all(payload.relation == "enemy" for payload in payloads) else ()
    flags += (
        ("side_inferred",)
        if any(not counts(party) for payload in payloads for party in payload.side)
        else ()
    )
    return SlotDraft(
        incident=incident,
        slot="figure",
        proposition=f"{incident.label.removeprefix('of ')} ({measure}): {numbers}",
        voices=voices,
        flags=flags,
        conflicting=figures_apart(members, measure)
        or (measure in _OF_ONE and _told_otherwise(members, alike)),
        is_own_loss=True,
        is_agreed=_is_one_number(members, voices),
    )


def _alignment(figure: Casualty, voice: Voice) -> Alignment:
    """Return whose count it is: the side's own, its enemy's, or anybody else's."""
    party = voice.party
    if party is None or not is_known(party):
        return voice.alignment
    bereaved = roots(figure.side)
    if party.root in bereaved and figure.relation != "enemy":
        return "doer"
    if bereaved and figure.relation == "enemy":
        return "other side"
    return "third party" if _is_placed(party) else "unknown"


def _is_placed(party: Party) -> bool:
    return (
        party.kind in _OUTSIDE
        or party.kind in {"state", "armed group", "de facto authority"}
        or party.country is not None
    )


def _is_one_number(members: Sequence[Claim], voices: Sequence[Voice]) -> bool:
    """Return whether the side and its enemy give the very same number."""
    number = {claim.id: (_figure(claim).count.low, _figure(claim).count.high) for claim in members}
    told: dict[Alignment, set[tuple[int | None, int | None]]] = {}
    for voice in voices:
        if voice.affirms:
            told.setdefault(voice.alignment, set()).add(number[voice.claim_id])
    return bool(told.get("doer", set()) & told.get("other side", set()))


def _of_one_loss(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Part figures of single happenings by what can be one loss, each document by itself first.

    What one report tells as one loss stays one, whichever report is read beside it.
    """
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    units = [unit for rows in by_document.values() for unit in _joined([[row] for row in rows])]
    return _joined(units)


def _joined(units: Sequence[Sequence[Claim]]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    for unit in units:
        home = next(
            (
                group
                for group in groups
                if all(_can_be(claim, one) for one in group for claim in unit)
            ),
            None,
        )
        if home is None:
            groups.append(list(unit))
        else:
            home.extend(unit)
    return groups


def _can_be(claim: Claim, other: Claim) -> bool:
    """Return whether two figures can tell one loss: ranges that meet, no other place and no other day."""
    first, second = _figure(claim), _figure(other)
    return not _is_elsewhere(first, second) and _meet(first, second)


def _is_elsewhere(first: Casualty, second: Casualty) -> bool:
    places = {one.place.name for one in (first, second) if one.place and counts(one.place)}
    days = {one.period.value for one in (first, second) if one.period and counts(one.period)}
    return len(places) > 1 or len(days) > 1


def _meet(first: Casualty, second: Casualty) -> bool:
    high = first.count.high if first.count.high is not None else float("inf")
    other = second.count.high if second.count.high is not None else float("inf")
    return (first.count.low or 0) <= other and (second.count.low or 0) <= high


def _told_otherwise(members: Sequence[Claim], alike: Sequence[Claim]) -> bool:
    """Return whether another report gives this loss a number that shares nothing with this one."""
    own = {claim.id for claim in members}
    return any(
        claim.document_id != other.document_id
        and not _is_elsewhere(_figure(claim), _figure(other))
        and figures_apart([claim, other], _figure(claim).measure)
        for claim in members
        for other in alike
        if other.id not in own
    )
