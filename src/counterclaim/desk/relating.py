"""Relating: where the claims of a new document meet those of the ledger.

Linking over documents enters here and nowhere else: the ledger calls what ``relate_reading`` gives, within
the posting, with its neighbourhood; and files what comes back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from counterclaim.check import Evidence, check_documents, check_incidents
from counterclaim.desk.corrections import Corrected, correct_claims
from counterclaim.ledger.errors import JudgementError
from counterclaim.ledger.related import Neighbourhood, Relate, Related
from counterclaim.lexicon import load_state_outlets
from counterclaim.link import (
    Linker,
    able_to_join,
    keys_of_claims,
    keys_to_look_up,
    link_documents,
    link_near,
)
from counterclaim.link.labels import label_of
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.judgement import Judgement
from counterclaim.records.link import Judgement as Link
from counterclaim.records.link import Origin
from counterclaim.records.problem import Step
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document

CROWD = 200
"""Claims under one key beyond which the key says nothing: everybody writes of the capital."""


def relate_reading(reading: Reading) -> Relate:
    """Link a new reading's claims with those near them, over documents, as judged by people where they did.

    Where nothing near is found, the reading's own incidents and findings stand as they are.
    """

    def relate(around: Neighbourhood) -> Related:
        keys = keys_of_claims(reading.document, reading.claims)
        near, unable = _near(reading, around)
        held, filed = _held(reading, near, around)
        if not held and not unable:
            return _alone(reading, around, keys)
        parts = _parts(held, around)
        documents = [document for document, _ in parts]
        claims = (*held, *reading.claims)
        pairs = around.pair_judgements(sorted(claim.id for claim in claims))
        linker = link_near(
            (reading.document, reading.claims),
            parts,
            _as_links(pairs),
        )
        bearing = _bearing((*reading.incidents, *filed))
        groups = [
            _as_decided(_with_sayings(item, bearing), pairs)
            for item in _changed(linker, reading, filed)
        ]
        return _checked(
            groups,
            claims,
            around,
            reading=reading,
            linker=linker,
            documents=documents,
            keys=keys,
        )

    return relate


def _alone(reading: Reading, around: Neighbourhood, keys: Mapping[str, tuple[str, ...]]) -> Related:
    """Give a reading's own incidents; checked anew where people corrected claims that it has again."""
    found = correct_claims(reading.claims, around.judgements([item.id for item in reading.claims]))
    if not found.changed and not found.left_out:
        return Related(incidents=reading.incidents, findings=reading.findings, keys=keys)
    findings = _check_with(
        reading.incidents,
        found,
        lambda incidents: check_incidents(
            incidents,
            found.claims,
            reading.sides,
            reading.attributions,
            published=reading.document.published,
        ),
    )
    return Related(
        incidents=reading.incidents, findings=findings, keys=keys, corrected=found.changed
    )


def _check_with(
    groups: Sequence[Incident],
    found: Corrected,
    check: Callable[[Sequence[Incident]], tuple[Finding, ...]],
) -> tuple[Finding, ...]:
    """Check incidents without the claims that people left out; the findings are the whole incidents'."""
    parts: dict[str, str] = {}
    left: list[Incident] = []
    for incident in groups:
        kept = tuple(name for name in incident.claim_ids if name not in found.left_out)
        part = incident if kept == incident.claim_ids else replace(incident, claim_ids=kept)
        if kept:
            parts[part.id] = incident.id
            left.append(part)
    return tuple(replace(item, incident_id=parts[item.incident_id]) for item in check(left))


def relate_corrected(judgement: Judgement, taken_back: Judgement | None = None) -> Relate:
    """Check anew what a correction or rejection of a claim bears on; links stay as they are.

    Args:
        judgement: About one claim, or ``withdrawn`` of such a one.
        taken_back: The judgement that it withdraws.
    """
    subject = (taken_back or judgement).subject

    def relate(around: Neighbourhood) -> Related:
        groups = around.incidents_of([subject])
        members = around.claims(sorted({name for item in groups for name in item.claim_ids}))
        homes = sorted({claim.document_id for claim in members})
        claims = around.claims_beside(homes)
        said = dict(around.judgements([claim.id for claim in claims]))
        about = [item for item in said.get(subject, ()) if item != taken_back]
        said[subject] = (*about, *(() if taken_back is not None else (judgement,)))
        found = correct_claims(claims, said)
        documents = around.documents(homes)
        findings = _checked_again(groups, found, documents, around, subject)
        return Related(
            incidents=tuple(_relabelled(item, found) for item in groups),
            findings=findings,
            corrected=found.changed,
        )

    return relate


def _checked_again(
    groups: Sequence[Incident],
    found: Corrected,
    documents: Sequence[Document],
    around: Neighbourhood,
    subject: str,
) -> tuple[Finding, ...]:
    """Check as it was checked: by the rules of one report, or of many where origins were counted."""
    whole = [_relabelled(item, found) for item in groups]
    before = around.findings_about(subject)
    over_many = len(documents) > 1 or any(
        item.slot == "actor" or any(voice.origin for voice in item.voices) for item in before
    )
    if over_many:
        parts = [(item, [c for c in found.every if c.document_id == item.id]) for item in documents]
        origins = link_documents(parts).origin_index(whole)
        return _check_over(whole, found, around, documents=documents, origins=origins)
    spoken = sorted({c.attribution_id for c in found.claims if c.attribution_id is not None})
    sayings = sorted({name for item in groups for name in item.attribution_ids})
    return _check_with(
        whole,
        found,
        lambda incidents: check_incidents(
            incidents,
            found.claims,
            around.sides([claim.id for claim in found.claims]),
            around.attributions([*spoken, *sayings]),
            published=documents[0].published if documents else None,
        ),
    )


def _relabelled(incident: Incident, found: Corrected) -> Incident:
    """Name an incident by its claims as corrected, where one of them was."""
    held = set(incident.claim_ids)
    if not any(claim.id in held for claim in found.changed):
        return incident
    members = [claim for claim in found.claims if claim.id in held]
    return replace(incident, label=label_of(members)) if members else incident


def _near(reading: Reading, around: Neighbourhood) -> tuple[frozenset[str], frozenset[str]]:
    """Give the filed claims near a new reading's: those that may join them, and those that nothing can tie to them."""
    own = {claim.id for claim in reading.claims}
    look = keys_to_look_up(reading.document, reading.claims)
    near = {
        name
        for names in around.claim_ids_near(look).values()
        if len(names) <= CROWD
        for name in names
    }
    pairs = around.pair_judgements(sorted(own))
    judged = {row for pair in pairs for row in (pair.subject, pair.other or "")}
    others = [
        claim
        for claim in around.claims(sorted(near - own - judged - around.gone))
        if claim.document_id != reading.document.id
    ]
    able = able_to_join((reading.document, reading.claims), _parts(others, around))
    unable = frozenset(claim.id for claim in others) - able
    return frozenset((near | judged) - own - unable), unable


def _held(
    reading: Reading, near: AbstractSet[str], around: Neighbourhood
) -> tuple[list[Claim], tuple[Incident, ...]]:
    """Bring back the claims that may join a new reading's, and their whole incidents, without what is gone."""
    own = {claim.id for claim in reading.claims}
    filed = around.incidents_of(sorted(near))
    members = {member for incident in filed for member in incident.claim_ids}
    found = around.claims(sorted((members | near) - own - around.gone))
    held = [claim for claim in found if claim.document_id != reading.document.id]
    names = {claim.id for claim in held}
    return held, tuple(item for item in filed if not names.isdisjoint(item.claim_ids))


def _parts(
    claims: Sequence[Claim], around: Neighbourhood
) -> list[tuple[Document, Sequence[Claim]]]:
    """Put claims to their documents, in the order of the documents' ids."""
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    return [(item, by_document[item.id]) for item in around.documents(list(by_document))]


def _changed(linker: Linker, reading: Reading, filed: Sequence[Incident]) -> tuple[Incident, ...]:
    """Give the incidents that a new reading touches, and all that they took claims from."""
    reached = {claim.id for claim in reading.claims}
    groups = [*(frozenset(item.claim_ids) for item in filed), *linker.groups()]
    size = -1
    while size != len(reached):
        size = len(reached)
        for members in groups:
            if not members.isdisjoint(reached):
                reached |= members
    return linker.incidents(reached)


def _bearing(incidents: Iterable[Incident]) -> dict[str, tuple[str, ...]]:
    """Give the sayings that bear on an incident, by its first claim."""
    return {item.claim_ids[0]: item.attribution_ids for item in incidents if item.claim_ids}


def _as_links(pairs: Sequence[Judgement]) -> list[Link]:
    """Give judgements of sameness to linking, in their order: the later one holds."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return [
        Link(
            verdict="split" if pair.verdict == "different" else "merge",
            left=pair.subject,
            right=pair.other or "",
            by=pair.by,
            at=start + timedelta(seconds=order),
            reason=pair.reason,
        )
        for order, pair in enumerate(pairs)
    ]


def relate_judged(judgement: Judgement, taken_back: Judgement | None = None) -> Relate:
    """Link anew what a judgement binds or parts.

    Args:
        judgement: ``same``, ``different``, or ``withdrawn`` of such a one.
        taken_back: The judgement that it withdraws.
    """
    meant = taken_back or judgement

    def relate(around: Neighbourhood) -> Related:
        named = [row for row in (meant.subject, meant.other) if row is not None]
        found = around.incidents_of(named)
        held = sorted({member for incident in found for member in incident.claim_ids})
        claims = around.claims(held)
        if len({claim.kind for claim in claims}) > 1:
            kinds = " and ".join(sorted({claim.kind for claim in claims}))
            raise JudgementError(
                f"{kinds} claims cannot be of one happening: judge claims of one kind"
            )
        pairs = [pair for pair in around.pair_judgements(held) if pair != taken_back]
        if taken_back is None:
            pairs.append(judgement)
        documents = around.documents([claim.document_id for claim in claims])
        linker = link_documents(
            (
                (item, [claim for claim in claims if claim.document_id == item.id])
                for item in documents
            ),
            _as_links(pairs),
        )
        bearing = _bearing(found)
        groups = [_as_decided(_with_sayings(item, bearing), pairs) for item in linker.incidents()]
        return _checked(groups, claims, around, linker=linker, documents=documents)

    return relate


def _with_sayings(incident: Incident, bearing: Mapping[str, tuple[str, ...]]) -> Incident:
    """Give an incident the sayings that bore on the one that held its claims before."""
    found = [saying for name in incident.claim_ids for saying in bearing.get(name, ())]
    return replace(
        incident, attribution_ids=tuple(dict.fromkeys((*incident.attribution_ids, *found)))
    )


def _as_decided(incident: Incident, pairs: Sequence[Judgement]) -> Incident:
    """Say in an incident's trace who decided what about its claims."""
    steps = [
        Step("judge", f"{pair.verdict} by {pair.by}", pair.reason)
        for pair in pairs
        if {pair.subject, pair.other} & set(incident.claim_ids)
    ]
    return replace(incident, trace=(*incident.trace, *steps))


def _checked(
    groups: Sequence[Incident],
    claims: Sequence[Claim],
    around: Neighbourhood,
    *,
    linker: Linker,
    documents: Sequence[Document],
    reading: Reading | None = None,
    keys: Mapping[str, tuple[str, ...]] | None = None,
) -> Related:
    """Check incidents that reach over documents."""
    known = (*documents, *(() if reading is None else (reading.document,)))
    found = correct_claims(claims, around.judgements([claim.id for claim in claims]))
    origins = linker.origin_index(groups)
    findings = _check_over(groups, found, around, documents=known, origins=origins, reading=reading)
    return Related(
        incidents=tuple(groups), findings=findings, keys=keys or {}, corrected=found.changed
    )


def _check_over(
    groups: Sequence[Incident],
    found: Corrected,
    around: Neighbourhood,
    *,
    documents: Sequence[Document],
    origins: Mapping[tuple[str, str], Origin],
    reading: Reading | None = None,
) -> tuple[Finding, ...]:
    """Check incidents by the rules for many reports."""
    claims = found.claims
    spoken = around.attributions(
        sorted({claim.attribution_id for claim in claims if claim.attribution_id is not None})
    )
    own = () if reading is None else reading.attributions
    sides = (
        *(() if reading is None else reading.sides),
        *around.sides([claim.id for claim in claims]),
    )
    days = [item.published for item in documents if item.published is not None]
    evidence = Evidence(
        claims={claim.id: claim for claim in claims},
        documents={item.id: item for item in documents},
        origins=origins,
        sides=tuple(dict.fromkeys(sides)),
        attributions=(*spoken, *own),
        today=max(days, default=None),
        state_outlets=load_state_outlets(),
    )
    return _check_with(groups, found, lambda incidents: check_documents(incidents, evidence))
