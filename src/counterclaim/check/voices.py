"""Voices: who stands how to what a claim tells, and on which side of it.

What is inferred is shown and never counted: an inferred speaker takes no stand and has no side, and an
inferred doer, sufferer or place gives nobody a side.
"""

from collections.abc import Iterator, Sequence

from counterclaim.atlas.countries import find_country
from counterclaim.records.attribution import Stance
from counterclaim.records.claim import Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Alignment, Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place

REPORT = Party("the report", None, "media")
"""The outlet's own voice, where nobody is named."""

DONE = frozenset({"fact", "admitted", "alleged"})
"""Tellings of something done."""

OWNING: frozenset[Stance] = frozenset({"state", "confirm", "admit"})
"""Stances by which a doer tells an act as its own."""

WITHOUT_STAND: frozenset[Stance] = frozenset(
    {"demand", "appeal", "promise", "threaten", "warn", "predict", "withhold"}
)
"""Stances that say neither that something happened nor that it did not."""

ACCUSING: frozenset[Stance] = frozenset({"accuse", "allege"})

UNNAMED = "(unnamed)"
"""How the roots of parties end of whom the words tell no owner: two of them need not be one."""

_OUTSIDE = frozenset({"media", "organisation", "expert", "civilian", "mediator"})
_OF_ITSELF = frozenset({"state", "armed group", "de facto authority"})


def is_known(party: Party) -> bool:
    """Return whether a party counts as itself: told or carried, and with an owner."""
    return counts(party) and not party.root.endswith(UNNAMED)


def counted(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Return the parties that count."""
    return tuple(party for party in parties if is_known(party))


def roots(parties: Sequence[Party]) -> frozenset[str]:
    """Return the roots of the parties that count."""
    return frozenset(party.root for party in counted(parties))


def event_of(claim: Claim) -> Event:
    """Return the event that a claim tells of."""
    assert isinstance(claim.payload, Event)
    return claim.payload


def event_voices(claim: Claim, actors: Sequence[Party], sides: Sequence[Party]) -> Iterator[Voice]:
    """Return each speaker's stand on an event.

    Args:
        claim: An event claim.
        actors: The doers that the incident's claims tell.
        sides: The parties to the conflict.
    """
    event = event_of(claim)
    stand = _stand_on_event(event, claim.stance)
    for voice in _spoken(claim, stand=stand):
        if voice.party is None or voice.party == REPORT or voice.evidence == "inferred":
            yield voice
        else:
            yield Voice(
                party=voice.party,
                alignment=_alignment(claim, voice.party, actors, sides),
                affirms=voice.affirms,
                stance=voice.stance,
                claim_id=voice.claim_id,
                evidence=voice.evidence,
            )


def _stand_on_event(event: Event, stance: Stance) -> bool | None:
    if stance in WITHOUT_STAND:
        return None
    if event.telling == "denied":
        return False
    return True if event.telling in DONE and stance != "reject" else None


def figure_voices(claim: Claim) -> Iterator[Voice]:
    """Return each speaker's stand on a figure, without a side: "denied killing 14" denies the 14."""
    denies = claim.stance in {"deny", "reject"}
    yield from _spoken(claim, stand=None if claim.stance in WITHOUT_STAND else not denies)


def _spoken(claim: Claim, *, stand: bool | None) -> Iterator[Voice]:
    """Return a voice for each speaker, its side not yet told; nobody's where no one vouches."""
    if claim.is_own_voice and not _is_hearsay(claim):
        yield Voice(party=REPORT, alignment="unknown", affirms=stand, claim_id=claim.id)
        return
    if _is_hearsay(claim) or not claim.speakers:
        yield Voice(
            party=None, alignment="unknown", affirms=stand, stance=claim.stance, claim_id=claim.id
        )
        return
    for party in claim.speakers:
        yield Voice(
            party=party,
            alignment="unknown",
            affirms=stand if counts(party) else None,
            stance=claim.stance,
            claim_id=claim.id,
            evidence=party.evidence,
        )


def _is_hearsay(claim: Claim) -> bool:
    """Return whether a claim stands under words such as "reports of": its speaker does not vouch for it."""
    return any(step.rule == "hearsay" for step in claim.trace)


_ANSWERS_FOR_NOTHING = frozenset({"civilian", "expert", "media"})
"""Kinds of people who answer for no act of war: residents who tell of a raid "admit" nothing, whoever is read as its doer."""


def _alignment(
    claim: Claim, party: Party, actors: Sequence[Party], sides: Sequence[Party]
) -> Alignment:
    """Return the side that a known speaker is of.

    ``doer`` is who denies an act laid on it, or affirms it as its own. A doer's side that tells of the act
    without owning it (it accuses, foresees, or names another doer) has no side here: it admits nothing.
    """
    if not is_known(party):
        return "unknown"
    doers = roots(actors)
    if party.kind in _ANSWERS_FOR_NOTHING:
        return "third party"
    if party.root in doers:
        return "doer" if _denies(claim) or owns(claim, party) else "unknown"
    if party.kind in _OUTSIDE:
        return "third party"
    if doers and (_suffered(claim, party) or _opposes(claim, party, doers, sides)):
        return "other side"
    return "third party" if party.kind in _OF_ITSELF or party.country is not None else "unknown"


def _denies(claim: Claim) -> bool:
    return event_of(claim).telling == "denied"


def owns(claim: Claim, party: Party) -> bool:
    """Return whether a speaker affirms an act as its own: in so many words, and named as its doer there."""
    event = event_of(claim)
    return (
        party.root in roots(event.actors)
        and claim.stance in OWNING
        and event.telling in {"admitted", "fact"}
    )


def _suffered(claim: Claim, party: Party) -> bool:
    event = event_of(claim)
    if party.root in roots(event.recipients):
        return True
    return event.place is not None and counts(event.place) and _same_country(event.place, party)


def _opposes(claim: Claim, party: Party, doers: frozenset[str], sides: Sequence[Party]) -> bool:
    """Return whether a side speaks against the doers: it lays blame, or is the only other side."""
    belligerents = roots(sides)
    if claim.stance in ACCUSING:
        return not belligerents or party.root in belligerents
    return party.root in belligerents and len(belligerents) == 2 and bool(doers & belligerents)


def _same_country(place: Place, party: Party) -> bool:
    country = None if party.country is None else find_country(party.country)
    return country is not None and place.country is not None and country.iso2 == place.country
