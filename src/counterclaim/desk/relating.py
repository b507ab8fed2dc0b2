"""Relating: where the claims of a new document meet those of the ledger.

Linking over documents enters here and nowhere else: the ledger calls what ``relate_reading`` gives, within
the posting, with its neighbourhood; and files what comes back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from counterclaim.check import Evidence, check_documents
from counterclaim.ledger.errors import JudgementError
from counterclaim.ledger.related import Neighbourhood, Relate, Related
from counterclaim.lexicon import load_state_outlets
from counterclaim.link import (
    Linker,
    keys_of_claims,
    keys_to_look_up,
    link_documents,
    link_near,
    touched,
)
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Incident
from counterclaim.records.judgement import Judgement
from counterclaim.records.link import Judgement as Link
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
        held = _held(reading, around)
        if not held:
            return Related(incidents=reading.incidents, findings=reading.findings, keys=keys)
        by_document: dict[str, list[Claim]] = {}
        for claim in held:
            by_document.setdefault(claim.document_id, []).append(claim)
        documents = around.documents(list(by_document))
        claims = (*held, *reading.claims)
        pairs = around.pair_judgements(sorted(claim.id for claim in claims))
        linker = link_near(
            (reading.document, reading.claims),
            [(document, by_document[document.id]) for document in documents],
            _as_links(pairs),
        )
        filed = around.incidents_of([claim.id for claim in held])
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


def _held(reading: Reading, around: Neighbourhood) -> list[Claim]:
    """Bring back the filed claims that may join a new reading's: whole incidents, without what is gone."""
    own = {claim.id for claim in reading.claims}
    look = keys_to_look_up(reading.document, reading.claims)
    near = {
        name
        for names in around.claim_ids_near(look).values()
        if len(names) <= CROWD
        for name in names
    }
    pairs = around.pair_judgements(sorted(own))
    near |= {row for pair in pairs for row in (pair.subject, pair.other or "")}
    members = {
        member
        for incident in around.incidents_of(sorted(near - own))
        for member in incident.claim_ids
    }
    found = around.claims(sorted((members | near) - own - around.gone))
    return [claim for claim in found if claim.document_id != reading.document.id]


def _changed(linker: Linker, reading: Reading, filed: Sequence[Incident]) -> list[Incident]:
    """Give the incidents that a new reading touches, and all that they took claims from."""
    reached = {name for item in touched(linker, reading.claims) for name in item.claim_ids}
    groups = [(item, set(item.claim_ids)) for item in (*filed, *linker.incidents())]
    size = -1
    while size != len(reached):
        size = len(reached)
        for _, members in groups:
            if members & reached:
                reached |= members
    return [item for item, members in groups[len(filed) :] if members & reached]


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
    spoken = around.attributions(
        sorted({claim.attribution_id for claim in claims if claim.attribution_id is not None})
    )
    own = () if reading is None else reading.attributions
    sides = (
        *(() if reading is None else reading.sides),
        *around.sides([claim.id for claim in claims]),
    )
    days = [item.published for item in known if item.published is not None]
    evidence = Evidence(
        claims={claim.id: claim for claim in claims},
        documents={item.id: item for item in known},
        origins=linker.origin_index(groups),
        sides=tuple(dict.fromkeys(sides)),
        attributions=(*spoken, *own),
        today=max(days, default=None),
        state_outlets=load_state_outlets(),
    )
    findings = check_documents(groups, evidence)
    return Related(incidents=tuple(groups), findings=findings, keys=keys or {})
