"""Events: what occurred, where, with what effect, and whose land it is, as the claims of one incident tell it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from counterclaim.atlas.borders import sovereignty
from counterclaim.atlas.countries import find_country
from counterclaim.check.denials import covering_denials
from counterclaim.check.drafts import SlotDraft
from counterclaim.check.voices import DONE, counted, event_of, event_voices, is_known, roots
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Incident, Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSetting:
    """What the checking of events shares."""

    denials: Sequence[Claim]
    sides: Mapping[str, Sequence[Party]]
    """The parties to the conflict that each document tells of."""
    sayings: Mapping[str, Attribution]
    """Bare denials that incidents name, by id."""
    days: Mapping[str, date]
    """Of publication, by document id."""


def event_drafts(
    incident: Incident, claims: Sequence[Claim], setting: EventSetting
) -> Iterator[SlotDraft]:
    """Draft the slots of one event. Who did it is what the claims tell; nobody is filled in."""
    told = [claim for claim in claims if event_of(claim).telling in DONE]
    if not told:
        return
    named = tuple(dict.fromkeys(party for claim in told for party in event_of(claim).actors))
    actors = counted(named)

    def heard(claim: Claim) -> tuple[Voice, ...]:
        return tuple(event_voices(claim, actors, setting.sides.get(claim.document_id, ())))

    voices = [voice for claim in claims for voice in heard(claim)]
    voices += covering_denials(told, setting.denials, setting.days, actors, claims)
    voices += _answers(incident, told, actors, setting)
    flags = tuple(
        flag
        for flag, on in (
            ("actor_inferred", any(not counts(party) for party in named)),
            ("scope_inferred", any(voice.scope_inferred for voice in voices)),
        )
        if on
    )
    yield SlotDraft(
        incident=incident,
        slot="occurred",
        proposition=f"{_act(told, actors)} occurred",
        voices=tuple(voices),
        flags=flags,
    )
    places = [claim for claim in told if _place(claim) is not None]
    if places:
        place = _place(places[0])
        assert place is not None
        yield SlotDraft(
            incident=incident,
            slot="place",
            proposition=f"it was {_where(place)}",
            voices=tuple(voice for claim in places for voice in heard(claim)),
        )
        yield _border(incident, places[0], place, setting.days)
    for claim in told:
        payload = event_of(claim)
        if payload.object is not None and "destroy" in payload.modes:
            yield SlotDraft(
                incident=incident,
                slot="effect",
                proposition=f"what was destroyed, as told: “{claim.quote}”",
                voices=tuple(replace(voice, alignment="unknown") for voice in heard(claim)),
            )


def _place(claim: Claim) -> Place | None:
    """Return the place that a claim tells; an inferred one is none."""
    place = event_of(claim).place
    return place if place is not None and counts(place) else None


def _answers(
    incident: Incident, told: Sequence[Claim], actors: Sequence[Party], setting: EventSetting
) -> Iterator[Voice]:
    """Return the bare denials ("denied the charge") that answer what is told of the denier here."""
    doers = roots(actors)
    documents = {claim.document_id for claim in told}
    for name in incident.attribution_ids:
        saying = setting.sayings.get(name)
        if saying is None or saying.stance != "deny" or saying.document_id not in documents:
            continue
        for party in saying.speakers:
            if is_known(party) and party.root in doers:
                yield Voice(
                    party=party,
                    alignment="doer",
                    affirms=False,
                    stance="deny",
                    claim_id=saying.id,
                    evidence=party.evidence,
                )


def _act(claims: Sequence[Claim], actors: Sequence[Party]) -> str:
    mode = next((mode for claim in claims for mode in event_of(claim).modes), None)
    doer = f" by {' & '.join(dict.fromkeys(party.root for party in actors))}" if actors else ""
    place = next(
        (f" {_where(place)}" for claim in claims if (place := _place(claim)) is not None), ""
    )
    kind = event_of(claims[0]).type.lower()
    return f"{kind}{f' ({mode})' if mode else ''}{doer}{place}"


def _where(place: Place) -> str:
    return f"{place.within or ('in' if place.precision in {'country', 'region', 'area'} else 'at')} {place.name}"


def _border(incident: Incident, claim: Claim, place: Place, days: Mapping[str, date]) -> SlotDraft:
    """Say whose land the place is, as far as it can be computed; a slot without voices."""
    payload = event_of(claim)
    on = (payload.time.start if payload.time is not None else None) or days.get(claim.document_id)
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
        country = find_country(land.recognised)
        name = land.recognised if country is None else country.name
        words = f"{place.name}: in {name} by the recognised border{area}{held}"
    return SlotDraft(
        incident=incident, slot="border", proposition=words, note=land.note or land.basis
    )
