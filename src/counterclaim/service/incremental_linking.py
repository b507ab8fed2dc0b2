"""Incremental linking: where the claims of a new document meet those of the ledger.

Linking over documents enters here and nowhere else: the ledger calls what ``link_into_ledger`` gives, within
the posting, with its neighbourhood; and files what comes back.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from counterclaim.check import Material, check_incidents
from counterclaim.ledger.errors import JudgementError
from counterclaim.ledger.linking_view import LinkedIncidents, LinkingView, Relate
from counterclaim.lexicon import load_state_outlets
from counterclaim.link import (
    Linker,
    compatible_claims,
    keys_of_claims,
    link_documents,
    link_near,
    lookup_keys,
)
from counterclaim.link.labels import label_of
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.judgement import Judgement
from counterclaim.records.link import SamenessJudgement
from counterclaim.records.problem import Step
from counterclaim.records.proposal import contested_fields
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.corrections import Corrected, correct_claims

CROWD = 200
"""Claims under one key beyond which the key says nothing: everybody writes of the capital."""


def link_into_ledger(reading: Reading) -> Relate:
    """Link a new reading's claims with those near them, over documents, as judged by people where they did.

    Where nothing near is found, its incidents are those that it has by itself: one linker makes both.
    """

    def relate(around: LinkingView) -> LinkedIncidents:
        near = claims_near([(reading.document, reading.claims)], around, reading.document.id)
        held, filed = _held(reading, near, around)
        claims = (*held, *reading.claims)
        pairs = around.pair_judgements(sorted(claim.id for claim in claims))
        sayings = (*_sayings(filed, around), *reading.attributions)
        linker = link_near(
            (reading.document, reading.claims),
            by_document(held, around),
            _as_links(pairs),
            attributions=sayings,
        )
        groups = [_as_decided(item, pairs) for item in _changed(linker, reading, filed)]
        return _checked(
            groups,
            around,
            linker=linker,
            sayings=sayings,
            reading=reading,
            keys=keys_of_claims(reading.document, reading.claims),
        )

    return relate


def recheck_after_correction(
    said: Sequence[Judgement], taken_back: Sequence[Judgement] = ()
) -> Relate:
    """Check anew what corrections or rejections of claims bear on; links stay as they are.

    Args:
        said: Each about one claim, or ``withdrawn`` of such a one.
        taken_back: The judgements that they withdraw; none where they withdraw nothing.
    """
    subjects = sorted({item.subject for item in taken_back or said})

    def relate(around: LinkingView) -> LinkedIncidents:
        groups = around.incidents_of(subjects)
        members = around.claims(sorted({name for item in groups for name in item.claim_ids}))
        linker = link_documents(by_document(members, around))

        def judged(names: Sequence[str]) -> Mapping[str, Sequence[Judgement]]:
            found = dict(around.judgements(names))
            for subject in subjects:
                about = [item for item in found.get(subject, ()) if item not in taken_back]
                new = () if taken_back else [item for item in said if item.subject == subject]
                found[subject] = (*about, *new)
            return found

        return _checked(
            groups,
            around,
            linker=linker,
            sayings=_sayings(groups, around),
            said=judged,
        )

    return relate


def relate_superseded(document_id: str) -> Relate:
    """Check anew the incidents from which a text's claims go that stands at its address no more."""

    def relate(around: LinkingView) -> LinkedIncidents:
        groups: list[Incident] = []
        sayings: list[Attribution] = []
        for incident in around.incidents_of(sorted(around.gone)):
            told = _sayings([incident], around)
            kept = [item for item in told if item.document_id != document_id]
            sayings += kept
            names = {item.id for item in kept}
            groups.append(
                replace(
                    incident,
                    attribution_ids=tuple(
                        name for name in incident.attribution_ids if name in names
                    ),
                )
            )
        members = around.claims(sorted({name for item in groups for name in item.claim_ids}))
        linker = link_documents(by_document(members, around))
        return _checked(groups, around, linker=linker, sayings=sayings)

    return relate


def relate_withdrawn() -> Relate:
    """Link anew what is left of the incidents from which a withdrawn report's claims go.

    What comes out is what the other reports give by themselves: they may part, or meet, without it.
    """

    def relate(around: LinkingView) -> LinkedIncidents:
        gone = around.claims(sorted(around.gone))
        found = around.incidents_of(sorted(around.gone))
        lessened = {name for item in found for name in item.claim_ids}
        near = claims_near(by_document((*gone, *around.claims(sorted(lessened))), around), around)
        found = around.incidents_of(sorted((lessened | near) - around.gone))
        whole = sorted({name for item in found for name in item.claim_ids})
        claims = around.claims(whole)
        pairs = around.pair_judgements(whole)
        sayings = _sayings(found, around)
        linker = link_documents(by_document(claims, around), _as_links(pairs), sayings)
        before = {(frozenset(item.claim_ids), item.attribution_ids) for item in found}
        groups = [
            _as_decided(item, pairs)
            for item in linker.incidents()
            if not lessened.isdisjoint(item.claim_ids)
            or (frozenset(item.claim_ids), item.attribution_ids) not in before
        ]
        return _checked(groups, around, linker=linker, sayings=sayings)

    return relate


def _relabelled(incident: Incident, found: Corrected) -> Incident:
    """Name an incident by its claims as corrected, where one of them was."""
    held = set(incident.claim_ids)
    if not any(claim.id in held for claim in found.changed):
        return incident
    members = [claim for claim in found.claims if claim.id in held]
    return replace(incident, label=label_of(members)) if members else incident


def claims_near(
    parts: Sequence[tuple[Document, Sequence[Claim]]],
    around: LinkingView,
    new: str | None = None,
) -> frozenset[str]:
    """Return the filed claims that may join some claims, by what they tell or by what people judged.

    Args:
        parts: Documents with the claims in question.
        around: The ledger.
        new: Id of the document that is being filed: its earlier reading's claims are not near it.
    """
    own = {claim.id for _, claims in parts for claim in claims}
    pairs = around.pair_judgements(sorted(own))
    judged = {row for pair in pairs for row in (pair.subject, pair.other or "")}
    able: set[str] = set()
    for document, told in parts:
        near = {
            name
            for names in around.claim_ids_near(lookup_keys(document, told)).values()
            if len(names) <= CROWD
            for name in names
        }
        others = [
            claim
            for claim in around.claims(sorted(near - own - judged - able - around.gone))
            if claim.document_id != new
        ]
        able |= compatible_claims((document, told), by_document(others, around))
    return frozenset((able | judged) - own)


def _held(
    reading: Reading, near: AbstractSet[str], around: LinkingView
) -> tuple[list[Claim], tuple[Incident, ...]]:
    """Bring back the claims that may join a new reading's, and their whole incidents, without what is gone."""
    own = {claim.id for claim in reading.claims}
    filed = around.incidents_of(sorted(near))
    members = {member for incident in filed for member in incident.claim_ids}
    found = around.claims(sorted((members | near) - own - around.gone))
    held = [claim for claim in found if claim.document_id != reading.document.id]
    names = {claim.id for claim in held}
    return held, tuple(item for item in filed if not names.isdisjoint(item.claim_ids))


def by_document(
    claims: Sequence[Claim], around: LinkingView
) -> list[tuple[Document, Sequence[Claim]]]:
    """Put claims to their documents, in the order of the documents' ids."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.document_id, []).append(claim)
    return [(item, told[item.id]) for item in around.documents(list(told))]


def _changed(linker: Linker, reading: Reading, filed: Sequence[Incident]) -> tuple[Incident, ...]:
    """Return the incidents that a new reading touches, and all that they took claims from."""
    reached = {claim.id for claim in reading.claims}
    groups = [*(frozenset(item.claim_ids) for item in filed), *linker.groups()]
    size = -1
    while size != len(reached):
        size = len(reached)
        for members in groups:
            if not members.isdisjoint(reached):
                reached |= members
    return linker.incidents(reached)


def _sayings(incidents: Sequence[Incident], around: LinkingView) -> tuple[Attribution, ...]:
    """Return the bare denials that filed incidents hold."""
    return around.attributions(
        sorted({name for item in incidents for name in item.attribution_ids})
    )


def _as_links(pairs: Sequence[Judgement]) -> list[SamenessJudgement]:
    """Return judgements of sameness for linking, in their order: the later one holds."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return [
        SamenessJudgement(
            verdict="split" if pair.verdict == "different" else "merge",
            left=pair.subject,
            right=pair.other or "",
            by=pair.by,
            at=start + timedelta(seconds=order),
            reason=pair.reason,
        )
        for order, pair in enumerate(pairs)
    ]


def relink_after_judgement(judgement: Judgement, taken_back: Judgement | None = None) -> Relate:
    """Link anew what a judgement binds or parts.

    Args:
        judgement: ``same``, ``different``, or ``withdrawn`` of such a one.
        taken_back: The judgement that it withdraws.
    """
    meant = taken_back or judgement

    def relate(around: LinkingView) -> LinkedIncidents:
        named = [row for row in (meant.subject, meant.other) if row is not None]
        found, claims = _reached(named, around)
        asked = around.claims(named)
        if len({claim.kind for claim in asked}) > 1:
            kinds = " and ".join(sorted({claim.kind for claim in asked}))
            raise JudgementError(
                f"{kinds} claims cannot be of one happening: judge claims of one kind"
            )
        pairs = [
            pair
            for pair in around.pair_judgements(sorted(claim.id for claim in claims))
            if pair != taken_back
        ]
        if taken_back is None:
            pairs.append(judgement)
        sayings = _sayings(found, around)
        linker = link_documents(by_document(claims, around), _as_links(pairs), sayings)
        before = {(frozenset(item.claim_ids), item.attribution_ids) for item in found}
        touched = set(named)
        groups = [
            _as_decided(item, pairs)
            for item in linker.incidents()
            if touched & set(item.claim_ids)
            or (frozenset(item.claim_ids), item.attribution_ids) not in before
        ]
        return _checked(groups, around, linker=linker, sayings=sayings)

    return relate


def _reached(
    named: Sequence[str], around: LinkingView
) -> tuple[tuple[Incident, ...], tuple[Claim, ...]]:
    """Return the incidents that hold some claims and all that may join them, whole: what a judgement can move.

    With all of them at hand, what is linked follows from the claims and the judgements that stand, and
    taking a judgement back gives what was before it.
    """
    found = around.incidents_of(named)
    claims = around.claims(sorted({name for item in found for name in item.claim_ids}))
    near = claims_near(by_document(claims, around), around)
    found = around.incidents_of(sorted({*named, *near, *(claim.id for claim in claims)}))
    whole = {name for item in found for name in item.claim_ids}
    return found, around.claims(sorted(whole))


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
    around: LinkingView,
    *,
    linker: Linker,
    sayings: Sequence[Attribution],
    reading: Reading | None = None,
    keys: Mapping[str, tuple[str, ...]] | None = None,
    said: Callable[[Sequence[str]], Mapping[str, Sequence[Judgement]]] | None = None,
) -> LinkedIncidents:
    """Check incidents beside all that their reports say: a wider denial may stand in another incident.

    Claims count as people corrected them; those that they left out have no voice.
    """
    new = () if reading is None else reading.claims
    members = {name for item in groups for name in item.claim_ids}
    own = {claim.id for claim in new}
    filed = around.claims(sorted(members - own))
    homes = sorted({claim.document_id for claim in filed})
    if reading is not None:
        homes = [name for name in homes if name != reading.document.id]
    claims = (*around.claims_beside(homes), *new)
    found = correct_claims(claims, (said or around.judgements)([item.id for item in claims]))
    documents = (*around.documents(homes), *(() if reading is None else (reading.document,)))
    sides = dict(around.sides(homes))
    if reading is not None:
        sides[reading.document.id] = reading.sides
    counted = {claim.id: claim for claim in found.claims}
    whole = [_relabelled(item, found) for item in groups]
    material = Material(
        claims=counted,
        documents={item.id: item for item in documents},
        origins=linker.origin_index(groups, counted),
        sides=sides,
        attributions=[item for item in sayings if not contested_fields(item.trace)],
        state_outlets=load_state_outlets(),
    )
    return LinkedIncidents(
        incidents=tuple(whole),
        findings=_without_left_out(whole, found, material),
        keys=keys or {},
        corrected=found.changed,
    )


def _without_left_out(
    groups: Sequence[Incident], found: Corrected, material: Material
) -> tuple[Finding, ...]:
    """Check incidents without the claims that people left out; the findings are the whole incidents'.

    Each is checked beside what its own reports say and nothing else, whatever it was brought back with.
    """
    checked: list[Finding] = []
    for incident in groups:
        kept = tuple(name for name in incident.claim_ids if name not in found.left_out)
        if not kept:
            continue
        own = [material.claims[name] for name in kept]
        homes = {claim.document_id for claim in own}
        days = {name: material.documents[name].published or date.min for name in homes}
        own.sort(key=lambda claim: (days[claim.document_id], claim.document_id, claim.span))
        beside = replace(
            material,
            claims={
                name: claim for name, claim in material.claims.items() if claim.document_id in homes
            },
        )
        part = replace(incident, claim_ids=tuple(claim.id for claim in own))
        checked += [
            replace(item, incident_id=incident.id) for item in check_incidents([part], beside)
        ]
    return tuple(checked)
