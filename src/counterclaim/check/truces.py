"""Truces: whether a ceasefire was agreed, as those it binds say; and what a party gives no figure of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterclaim.check.drafts import SlotDraft
from counterclaim.check.voices import OWNING, figure_voices, is_known, roots
from counterclaim.records.claim import Ceasefire, Claim, Withheld
from counterclaim.records.finding import Incident, Voice

_AGREED = frozenset({"agreed", "in force", "suspended", "violated", "collapsed", "expired"})
"""States of a truce that there can only be once it was agreed."""


def truce_drafts(incident: Incident, claims: Sequence[Claim]) -> Iterator[SlotDraft]:
    """Draft whether a truce was agreed: those it binds own it when they say so in so many words.

    The first of them to say so is the one side, any other that it binds is the other.
    """
    agreed = [
        claim
        for claim in claims
        if isinstance(claim.payload, Ceasefire) and claim.payload.status in _AGREED
    ]
    if not agreed:
        return
    bound = roots(
        [
            party
            for claim in agreed
            if isinstance(claim.payload, Ceasefire)
            for party in claim.payload.parties
        ]
    )
    voices = [_aligned(voice, bound) for claim in agreed for voice in figure_voices(claim)]
    first = next(
        (v.party.root for v in voices if v.party and v.alignment == "doer" and v.affirms), None
    )
    voices = [
        replace(voice, alignment="other side")
        if voice.alignment == "doer"
        and voice.affirms
        and voice.party is not None
        and voice.party.root != first
        else voice
        for voice in voices
    ]
    yield SlotDraft(
        incident=incident,
        slot="agreement",
        proposition=f"a {incident.label} was agreed",
        voices=tuple(voices),
    )


def _aligned(voice: Voice, bound: frozenset[str]) -> Voice:
    party = voice.party
    if party is None or not is_known(party):
        return voice
    if party.root in bound:
        owns = voice.affirms is not True or voice.stance in OWNING
        return replace(voice, alignment="doer" if owns else "unknown")
    return replace(voice, alignment="third party")


def withheld_drafts(incident: Incident, claims: Sequence[Claim]) -> Iterator[SlotDraft]:
    """Draft what somebody is reported as not giving."""
    for claim in claims:
        assert isinstance(claim.payload, Withheld)
        owner = " & ".join(str(party) for party in claim.payload.owners) or "nobody named"
        yield SlotDraft(
            incident=incident,
            slot="disclosure",
            proposition=f"{owner}: “{claim.quote}”",
            withheld=True,
        )
