"""Flags: what stands beside a status and cannot be seen in one document alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from counterclaim.records.claim import Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Finding, Incident, Voice

STALE = 30
"""Days without a new claim from which an incident is stale."""

_BELLIGERENT = frozenset({"doer", "other side"})


class HasOutlet(Protocol):
    """What flags need of a document."""

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...


class KnowsDays(Protocol):
    """What flags need of the evidence."""

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        ...

    @property
    def documents(self) -> Mapping[str, HasOutlet]:
        """Documents by id."""
        ...

    @property
    def today(self) -> date | None:
        """The day as known on which statuses hold."""
        ...

    @property
    def state_outlets(self) -> frozenset[str]:
        """Outlets under a state's control, in small letters."""
        ...

    def day(self, claim_id: str) -> date | None:
        """Day of publication of a claim."""
        ...


def flags_of(
    finding: Finding, voices: Sequence[Voice], incident: Incident, evidence: KnowsDays
) -> tuple[str, ...]:
    """Return the flags of a slot.

    ``unanswered(N)``: a doer is named, and has neither affirmed nor denied in N days; silence is never
    assent. ``conditional``: somebody tells of it only on a condition. ``stale(N)``: nobody has
    spoken of it for N days, ``STALE`` or more. ``self_contradiction``: one speaker affirms and denies,
    and has taken nothing back. ``party_only``: nobody but the belligerents tells of it.
    ``outlet_state_controlled``: every outlet that carries it is a state's.
    """
    return tuple(_flags(finding, voices, incident, evidence))


def _flags(
    finding: Finding, voices: Sequence[Voice], incident: Incident, evidence: KnowsDays
) -> Iterator[str]:
    days = sorted(day for name in incident.claim_ids if (day := evidence.day(name)) is not None)
    claims = [evidence.claims[name] for name in incident.claim_ids]
    if finding.slot == "occurred" and days:
        today = evidence.today or days[-1]
        if _has_doer(claims) and not any(voice.alignment == "doer" for voice in voices):
            yield f"unanswered({(today - days[0]).days})"
        if (today - days[-1]).days >= STALE:
            yield f"stale({(today - days[-1]).days})"
    if finding.slot == "occurred" and any(_telling(claim) == "hypothetical" for claim in claims):
        yield "conditional"
    if _contradicts_itself(voices):
        yield "self_contradiction"
    named = [voice for voice in voices if voice.affirms and voice.party is not None]
    if named and all(voice.alignment in _BELLIGERENT for voice in named):
        yield "party_only"
    outlets = {(evidence.documents[claim.document_id].outlet or "").lower() for claim in claims}
    if outlets <= evidence.state_outlets:
        yield "outlet_state_controlled"


def partial_admission(findings: Sequence[Finding]) -> str | None:
    """Name the slots of one incident that its doer denies though it affirms that it happened.

    Args:
        findings: All of one incident.

    Returns:
        ``partial_admission(effect, place)``; None where the doer admits nothing, or denies nothing.
    """
    stands = {
        affirms: [
            finding.slot
            for finding in findings
            if any(v.alignment == "doer" and v.affirms is affirms for v in finding.voices)
        ]
        for affirms in (True, False)
    }
    denied = [slot for slot in stands[False] if slot != "occurred"]
    return (
        f"partial_admission({', '.join(denied)})" if "occurred" in stands[True] and denied else None
    )


def _has_doer(claims: Sequence[Claim]) -> bool:
    return any(
        isinstance(claim.payload, Event) and any(map(counts, claim.payload.actors))
        for claim in claims
    )


def _telling(claim: Claim) -> str | None:
    return claim.payload.telling if isinstance(claim.payload, Event) else None


def _contradicts_itself(voices: Sequence[Voice]) -> bool:
    told = {
        (voice.party.root, voice.affirms): voice
        for voice in voices
        if voice.party is not None and voice.affirms is not None
    }
    back = {
        voice.party.root
        for voice in voices
        if voice.party is not None and voice.stance in {"retract", "correct"}
    }
    return any(
        (root, not affirms) in told
        and root not in back
        and not told[root, affirms].scope_inferred
        and not told[root, not affirms].scope_inferred
        for root, affirms in told
    )
