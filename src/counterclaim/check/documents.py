"""Checks incidents over documents: origins counted, all twelve rules tried, flags that need many reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from counterclaim.check.conflicts import actors_apart, figures_apart, measure_of, places_apart
from counterclaim.check.flags import flags_of, partial_admission
from counterclaim.check.incident import REPORT, check_incidents
from counterclaim.check.status import matches
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event
from counterclaim.records.finding import Finding, Incident, Voice
from counterclaim.records.link import Origin
from counterclaim.records.party import Party
from counterclaim.records.text import Document

_DONE = frozenset({"fact", "admitted", "alleged"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What checking over documents stands on."""

    claims: Mapping[str, Claim]
    """By id."""
    documents: Mapping[str, Document]
    """By id; those of the claims."""
    origins: Mapping[tuple[str, str], Origin]
    """By claim id and speaker's root (``report`` for an outlet's own voice), as ``link`` gives them."""
    sides: Sequence[Party] = ()
    """The parties to the conflict, most spoken of first."""
    attributions: Sequence[Attribution] = ()
    """Sayings of the claims' documents: bare denials among them answer what was told of the denier."""
    today: date | None = None
    """The day as known on which statuses hold: days of silence are counted to it."""
    state_outlets: frozenset[str] = field(default_factory=frozenset)
    """Outlets under a state's control, in small letters."""

    def day(self, claim_id: str) -> date | None:
        """Give the day on which a claim was published."""
        claim = self.claims.get(claim_id)
        return None if claim is None else self.documents[claim.document_id].published


def check_documents(incidents: Sequence[Incident], evidence: Evidence) -> tuple[Finding, ...]:
    """Check incidents that gather the claims of several documents.

    Args:
        incidents: As ``link`` gives them.
        evidence: Their claims with documents and origins.

    Returns:
        Findings in order of the incidents. One voice stands for one origin; the status is that of the
        first rule that matches, the other rules that match are flags ``also <status>``.
    """
    days = {
        name: item.published
        for name, item in evidence.documents.items()
        if item.published is not None
    }
    base = check_incidents(
        incidents,
        list(evidence.claims.values()),
        evidence.sides,
        evidence.attributions,
        published=evidence.today,
        days=days,
    )
    by_id = {incident.id: incident for incident in incidents}
    found: list[Finding] = []
    for finding in base:
        incident = by_id[finding.incident_id]
        found.append(finding if finding.slot == "border" else _refined(finding, incident, evidence))
        if finding.slot == "occurred":
            found.extend(_actor(finding, incident, evidence))
    return tuple(_marked(found))


def _marked(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Add what only all slots of an incident together show."""
    by_incident: dict[str, list[Finding]] = {}
    for finding in findings:
        by_incident.setdefault(finding.incident_id, []).append(finding)
    for finding in findings:
        mark = partial_admission(by_incident[finding.incident_id])
        is_first = finding.slot == "occurred" and mark is not None
        yield replace(finding, flags=(*finding.flags, mark)) if is_first and mark else finding


def _refined(finding: Finding, incident: Incident, evidence: Evidence) -> Finding:
    """Count origins instead of claims, and try all rules again."""
    voices = tuple(_voices(finding.voices, evidence))
    conflicting = _conflicting(finding, incident, evidence)
    rulings = matches(
        voices,
        conflicting=conflicting,
        withdrawn=_withdrawn(voices),
        withheld=finding.slot == "disclosure",
    )
    also = tuple(f"also {ruling.status}" for ruling in rulings[1:])
    return replace(
        finding,
        voices=voices,
        status=rulings[0].status,
        rule=rulings[0].rule,
        reason=rulings[0].reason,
        flags=(*finding.flags, *also, *flags_of(finding, voices, incident, evidence)),
    )


def _voices(voices: Sequence[Voice], evidence: Evidence) -> Iterator[Voice]:
    """Give one voice for each origin and stand; an outlet's own voice bears the outlet's name."""
    seen: set[tuple[str, bool, str]] = set()
    full = _full_names(voices)
    for voice in voices:
        claim = evidence.claims.get(voice.claim_id)
        if voice.party is None or claim is None:
            yield voice
            continue
        root = "report" if voice.party == REPORT else voice.party.root
        origin = evidence.origins.get((claim.id, root))
        party = full.get(root, voice.party)
        if root == "report":
            party = _outlet(claim, origin, evidence)
        if (party.root, voice.affirms, voice.stance) not in seen:
            seen.add((party.root, voice.affirms, voice.stance))
            yield replace(
                voice,
                party=party,
                origin="" if origin is None else origin.id,
                alignment="third party" if root == "report" else voice.alignment,
            )


def _full_names(voices: Sequence[Voice]) -> Mapping[str, Party]:
    """Give the party that a part of a name stands for: "Varn" beside one "Anna Varn" is she.

    Only for persons of whom nothing else is known, and only where one full name fits.
    """
    persons = {
        voice.party.root: voice.party
        for voice in voices
        if voice.party is not None and voice.party.kind == "unknown"
    }
    found: dict[str, Party] = {}
    for root in persons:
        words = set(root.split())
        longer = [party for other, party in persons.items() if words < set(other.split())]
        if len(longer) == 1:
            found[root] = longer[0]
    return found


def _outlet(claim: Claim, origin: Origin | None, evidence: Evidence) -> Party:
    """Name the outlet that speaks: of copies, the one that printed it first."""
    if origin is not None:
        name = origin.speaker.removeprefix("report ")
    else:
        name = evidence.documents[claim.document_id].outlet or "an outlet not named"
    return Party(f"media: {name}", None, "media")


def _withdrawn(voices: Sequence[Voice]) -> bool:
    """Say whether every speaker who affirmed took it back, in a retraction or correction."""
    back = {
        voice.party.root
        for voice in voices
        if voice.party is not None and voice.stance in {"retract", "correct"}
    }
    affirming = {
        "" if voice.party is None else voice.party.root
        for voice in voices
        if voice.affirms and voice.stance not in {"retract", "correct"}
    }
    return bool(affirming) and affirming <= back


def _conflicting(finding: Finding, incident: Incident, evidence: Evidence) -> bool:
    claims = [evidence.claims[name] for name in incident.claim_ids]
    match finding.slot:
        case "place":
            return places_apart(claims)
        case "figure":
            return figures_apart(claims, measure_of(finding, evidence.claims))
        case _:
            return False


def _actor(finding: Finding, incident: Incident, evidence: Evidence) -> Iterator[Finding]:
    """Check who did it, where somebody says so: contested when two tellings name nobody in common."""
    told = [
        claim
        for name in incident.claim_ids
        if isinstance((claim := evidence.claims[name]).payload, Event)
        and claim.payload.telling in _DONE
        and claim.payload.actors
    ]
    if not told:
        return
    ids = {claim.id for claim in told}
    voices = tuple(voice for voice in finding.voices if voice.claim_id in ids or not voice.affirms)
    actors = dict.fromkeys(
        " & ".join(dict.fromkeys(party.root for party in claim.payload.actors))
        for claim in told
        if isinstance(claim.payload, Event)
    )
    voices = tuple(_voices(voices, evidence))
    rulings = matches(voices, conflicting=actors_apart(told))
    yield replace(
        finding,
        slot="actor",
        proposition=f"by {' / by '.join(actors)}",
        voices=voices,
        status=rulings[0].status,
        rule=rulings[0].rule,
        reason=rulings[0].reason,
        flags=tuple(f"also {ruling.status}" for ruling in rulings[1:]),
    )
