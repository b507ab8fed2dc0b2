"""Compare: the readings of many documents, linked and checked; the order of the rooms over documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counterclaim.check import (
    CeasefireLifecycle,
    Material,
    check_incidents,
    find_contradictions,
    find_positions,
    run_lifecycle,
)
from counterclaim.check.positions import PositionThread
from counterclaim.lexicon import load_state_outlets
from counterclaim.link import Linker, link_documents
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Contradiction, Finding, Incident
from counterclaim.records.link import SamenessJudgement
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What many documents say together, as known on one day."""

    incidents: tuple[Incident, ...]
    findings: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...]
    ceasefires: tuple[CeasefireLifecycle, ...]
    """In order of their start."""
    positions: tuple[PositionThread, ...]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    linker: Linker
    """Says why two claims were or were not linked."""


def compare(
    readings: Sequence[Reading],
    judgements: Iterable[SamenessJudgement] = (),
    *,
    today: date | None = None,
) -> Comparison:
    """Link and check the claims of many readings.

    Args:
        readings: In any order. Those published after ``today`` are left out.
        judgements: Merges and splits of claims, by their ids.
        today: As known on this day; the last day of publication, if none is given.
    """
    days = [day for item in readings if (day := item.document.published) is not None]
    today = today or max(days, default=None)
    known = [item for item in readings if _is_known(item.document, today)]
    spoken = [saying for item in known for saying in item.attributions]
    linker = link_documents(((item.document, item.claims) for item in known), judgements, spoken)
    incidents = linker.incidents()
    material = Material(
        claims={claim.id: claim for item in known for claim in item.claims},
        documents={item.document.id: item.document for item in known},
        origins=linker.origin_index(incidents),
        sides={item.document.id: item.sides for item in known},
        attributions=spoken,
        today=today,
        state_outlets=load_state_outlets(),
    )
    findings = check_incidents(incidents, material)
    return Comparison(
        incidents=incidents,
        findings=findings,
        contradictions=find_contradictions(findings, incidents, material.claims),
        ceasefires=_lives(incidents, material),
        positions=_positions(incidents, material),
        claims=material.claims,
        documents={item.document.id: item.document for item in known},
        linker=linker,
    )


def _is_known(document: Document, today: date | None) -> bool:
    return today is None or document.published is None or document.published <= today


def _lives(incidents: Sequence[Incident], material: Material) -> tuple[CeasefireLifecycle, ...]:
    days = {name: item.published for name, item in material.documents.items()}
    lives = [
        run_lifecycle(incident.id, _members(incident, material), days, material.today)
        for incident in incidents
        if incident.kind == "ceasefire" and not _is_past(incident, material.claims)
    ]
    return tuple(sorted(lives, key=lambda life: (life.start or _first(life), life.incident_id)))


def _positions(incidents: Sequence[Incident], material: Material) -> tuple[PositionThread, ...]:
    days = {name: item.published for name, item in material.documents.items()}
    told = {item.id: _members(item, material) for item in incidents if item.kind == "position"}
    return find_positions(told, days)


def _members(incident: Incident, material: Material) -> list[Claim]:
    return [material.claims[name] for name in incident.claim_ids]


def _first(life: CeasefireLifecycle) -> date:
    return next((change.day for change in life.changes if change.day is not None), date.max)


def _is_past(incident: Incident, claims: Mapping[str, Claim]) -> bool:
    return any(getattr(claims[name].payload, "background", False) for name in incident.claim_ids)
