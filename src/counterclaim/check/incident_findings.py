"""Checks incidents: for each slot, the voices on it and the status they give.

One report is many of one: the same rules hold for it and for any number of reports.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from counterclaim.check.contradictions import actors_apart, places_apart
from counterclaim.check.drafts import SlotDraft
from counterclaim.check.events import EventSetting, event_drafts
from counterclaim.check.figures import figure_drafts
from counterclaim.check.flags import flags_of, partial_admission
from counterclaim.check.status import matching_rules
from counterclaim.check.truces import truce_drafts, withheld_drafts
from counterclaim.check.voices import DONE, REPORT
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Finding, Incident, Voice
from counterclaim.records.link import StatementOrigin
from counterclaim.records.party import Party
from counterclaim.records.report_name import report_name


class CheckedDocument(Protocol):
    """What checking needs to know of a document."""

    @property
    def published(self) -> date | None:
        """Day of publication."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def name(self) -> str:
        """Its file or address."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What checking stands on."""

    claims: Mapping[str, Claim]
    """By id. A denial of one incident may cover another's allegation."""
    documents: Mapping[str, CheckedDocument]
    """By id; those of the claims."""
    origins: Mapping[tuple[str, str], StatementOrigin] = field(default_factory=dict)
    """By claim id and speaker's root (``report`` for an outlet's own voice), as ``link`` gives them."""
    sides: Mapping[str, Sequence[Party]] = field(default_factory=dict)
    """The parties to the conflict that each document tells of, by its id."""
    attributions: Sequence[Attribution] = ()
    """Sayings without a claim of their own that incidents name: bare denials."""
    today: date | None = None
    """The day as known on which statuses hold: days of silence are counted to it; to the last report of
    each incident where none is given."""
    state_outlets: frozenset[str] = field(default_factory=frozenset)
    """Outlets under a state's control, in small letters."""

    def day(self, claim_id: str) -> date | None:
        """Return the day on which a claim was published."""
        claim = self.claims.get(claim_id)
        return None if claim is None else self.documents[claim.document_id].published


def check_incidents(incidents: Sequence[Incident], material: Material) -> tuple[Finding, ...]:
    """Check every incident, slot by slot.

    Args:
        incidents: As ``link`` gives them.
        material: Their claims with documents and origins.

    Returns:
        Findings in order of the incidents. One voice stands for one origin; the status is that of the
        first rule that matches, the other rules that match are flags ``also <status>``.
    """
    setting = EventSetting(
        denials=[
            claim
            for claim in sorted(
                material.claims.values(), key=lambda item: (item.document_id, item.span)
            )
            if isinstance(claim.payload, Event)
            and claim.payload.telling == "denied"
            and claim.speakers
        ],
        sides=material.sides,
        sayings={item.id: item for item in material.attributions},
        days={
            name: item.published
            for name, item in material.documents.items()
            if item.published is not None
        },
    )
    found: list[Finding] = []
    for incident in incidents:
        claims = [material.claims[name] for name in incident.claim_ids]
        for draft in _drafts(incident, claims, setting):
            found.append(_decided(draft, claims, material))
            if draft.slot == "occurred":
                found.extend(_actor(draft, claims, material))
    return tuple(_marked(found))


def _drafts(
    incident: Incident, claims: Sequence[Claim], setting: EventSetting
) -> Iterator[SlotDraft]:
    match incident.kind:
        case "event":
            yield from event_drafts(incident, claims, setting)
        case "casualty":
            yield from figure_drafts(incident, claims)
        case "ceasefire":
            yield from truce_drafts(incident, claims)
        case "withheld":
            yield from withheld_drafts(incident, claims)


def _decided(draft: SlotDraft, claims: Sequence[Claim], material: Material) -> Finding:
    """Count origins instead of claims, and try all rules."""
    if draft.note is not None:
        return Finding(
            incident_id=draft.incident.id,
            slot=draft.slot,
            proposition=draft.proposition,
            status="unassessed",
            rule=12,
            reason=draft.note,
        )
    voices = tuple(_by_origin(draft.voices, draft.incident, material))
    rulings = matching_rules(
        voices,
        conflicting=draft.conflicting or (draft.slot == "place" and places_apart(claims)),
        withdrawn=_withdrawn(voices),
        withheld=draft.withheld,
        is_own_loss=draft.is_own_loss,
        is_agreed=draft.is_agreed,
    )
    finding = Finding(
        incident_id=draft.incident.id,
        slot=draft.slot,
        proposition=draft.proposition,
        status=rulings[0].status,
        rule=rulings[0].rule,
        reason=rulings[0].reason,
        voices=voices,
    )
    also = tuple(f"also {ruling.status}" for ruling in rulings[1:])
    more = flags_of(finding, voices, draft.incident, material)
    return replace(finding, flags=(*draft.flags, *also, *more))


def _marked(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Add what only all slots of an incident together show."""
    by_incident: dict[str, list[Finding]] = {}
    for finding in findings:
        by_incident.setdefault(finding.incident_id, []).append(finding)
    for finding in findings:
        mark = partial_admission(by_incident[finding.incident_id])
        is_first = finding.slot == "occurred" and mark is not None
        yield replace(finding, flags=(*finding.flags, mark)) if is_first and mark else finding


def _by_origin(voices: Sequence[Voice], incident: Incident, material: Material) -> Iterator[Voice]:
    """Return one voice for each origin and stand; an outlet's own voice bears the outlet's name."""
    seen: set[tuple[object, ...]] = set()
    full = _full_names(voices)
    own = frozenset(incident.claim_ids)
    for voice in voices:
        claim = material.claims.get(voice.claim_id)
        if voice.party is None or claim is None:
            yield voice
            continue
        root = "report" if voice.party == REPORT else voice.party.root
        origin = material.origins.get((claim.id, root)) if claim.id in own else None
        party = full.get(root, voice.party)
        if root == "report":
            party = _outlet(claim, origin, material)
        stand = (party.root, voice.affirms, voice.stance, voice.alignment, voice.evidence)
        if stand not in seen:
            seen.add(stand)
            yield replace(
                voice,
                party=party,
                origin="" if origin is None else origin.id,
                alignment="third party" if root == "report" else voice.alignment,
            )


def _full_names(voices: Sequence[Voice]) -> Mapping[str, Party]:
    """Return the party that a part of a name stands for: "Varn" beside one "Anna Varn" is she.

    Only for persons of whom nothing else is known, and only where one full name fits.
    """
    persons = {
        voice.party.root: voice.party
        for voice in voices
        if voice.party is not None and voice.party.kind == "unknown" and counts(voice)
    }
    found: dict[str, Party] = {}
    for root in persons:
        words = set(root.split())
        longer = [party for other, party in persons.items() if words < set(other.split())]
        if len(longer) == 1:
            found[root] = longer[0]
    return found


def _outlet(claim: Claim, origin: StatementOrigin | None, material: Material) -> Party:
    """Name the outlet that speaks: of copies, the one that printed it first."""
    if origin is not None:
        name = report_name(origin.speaker.removeprefix("report "), material.documents)
    else:
        name = report_name(claim.document_id, material.documents)
    return Party(f"media: {name}", None, "media")


def _withdrawn(voices: Sequence[Voice]) -> bool:
    """Return whether every speaker who affirmed took it back, in a retraction or correction."""
    back = {
        voice.party.root
        for voice in voices
        if voice.party is not None and voice.stance in {"retract", "correct"} and counts(voice)
    }
    affirming = {
        "" if voice.party is None else voice.party.root
        for voice in voices
        if voice.affirms and voice.stance not in {"retract", "correct"}
    }
    return bool(affirming) and affirming <= back


def _actor(draft: SlotDraft, claims: Sequence[Claim], material: Material) -> Iterator[Finding]:
    """Check who did it, where somebody says so: contested when two tellings name nobody in common."""
    told = [
        claim
        for claim in claims
        if isinstance(claim.payload, Event)
        and claim.payload.telling in DONE
        and any(map(counts, claim.payload.actors))
    ]
    if not told:
        return
    ids = {claim.id for claim in told}
    voices = [voice for voice in draft.voices if voice.claim_id in ids or voice.affirms is False]
    actors = dict.fromkeys(
        " & ".join(dict.fromkeys(party.root for party in claim.payload.actors if counts(party)))
        for claim in told
        if isinstance(claim.payload, Event)
    )
    voices = list(_by_origin(voices, draft.incident, material))
    rulings = matching_rules(voices, conflicting=actors_apart(told))
    yield Finding(
        incident_id=draft.incident.id,
        slot="actor",
        proposition=f"by {' / by '.join(actors)}",
        voices=tuple(voices),
        status=rulings[0].status,
        rule=rulings[0].rule,
        reason=rulings[0].reason,
        flags=tuple(f"also {ruling.status}" for ruling in rulings[1:]),
    )
