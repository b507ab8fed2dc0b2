"""What linking needs of the ledger while a document is filed, and what it gives back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from counterclaim.ledger.codec import load
from counterclaim.ledger.sightings import make_document
from counterclaim.ledger.tables import (
    attributions,
    claim_keys,
    claims,
    documents,
    findings,
    incident_members,
    incident_states,
    incidents,
    judgements,
    readings,
    sightings,
)
from counterclaim.ledger.visibility import CHUNK, AnyRow, Scope, chunks
from counterclaim.records.account import Account
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.judgement import Judgement
from counterclaim.records.party import Party
from counterclaim.records.place import PlaceWording
from counterclaim.records.problem import Step
from counterclaim.records.text import Comment, Division, Document


@dataclass(frozen=True, kw_only=True)
class LinkedIncidents:
    """Incidents as they stand with a new reading in them.

    An incident given here is whole: after the posting it holds these claims and no others. It carries on
    the incident of the ledger with which it shares most claims; others that it empties are merged into it.
    Incidents that share no claim with one given here are left alone.
    """

    incidents: tuple[Incident, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Of those incidents; ``incident_id`` is the given incident's own id."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by claim id: under them the claim is found when a later document is linked."""
    corrected: tuple[Claim, ...] = ()
    """Claims as people corrected them: what their incidents' states say of days and parties."""


_later = judgements.alias("later_judgement")


@lru_cache(maxsize=8_192)
def _claim(name: str, body: str) -> Claim:
    """Read a claim under the id of its row; one that was read lately is the same object again, as it cannot change."""
    return load(Claim, body).known_as(name)


class LinkingView:
    """The ledger as linking sees it while a document is filed: nothing changes until it is done."""

    def __init__(self, connection: Connection, gone: frozenset[str] = frozenset()) -> None:
        """Take a writing connection.

        Args:
            connection: The posting's own.
            gone: Ids of claims that the document's earlier reading had and the new one has not.
        """
        self._connection = connection
        self._scope = Scope(None, None)
        self.gone = gone

    def claim_ids_near(self, keys: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of filed claims by the keys they share with those asked for."""
        found: dict[str, list[str]] = {}
        for some in chunks(sorted(set(keys))):
            near = (
                select(claim_keys.c.key, claims.c.id)
                .join(claims, claims.c.n == claim_keys.c.claim)
                .where(claim_keys.c.key.in_(some), self._scope.claim_seen())
                .order_by(claims.c.n)
            )
            for key, claim_id in self._connection.execute(near):
                found.setdefault(key, []).append(claim_id)
        return {key: tuple(ids) for key, ids in found.items()}

    def claims(self, ids: Sequence[str]) -> tuple[Claim, ...]:
        """Return filed claims by id, in the order of filing, each with its document's day of knowledge."""
        rows = self._by_id(claims, ids, self._scope.claim_seen())
        return tuple(_claim(row.id, row.body) for row in rows)

    def documents(self, ids: Sequence[str]) -> tuple[Document, ...]:
        """Return filed documents by id, each as first sighted."""
        found: dict[str, Document] = {}
        for some in chunks(sorted(set(ids))):
            wanted = (
                select(documents.c.id.label("document_id"), documents.c.text, sightings)
                .join(sightings, sightings.c.document == documents.c.n)
                .where(documents.c.id.in_(some))
                .order_by(sightings.c.n)
            )
            for row in self._connection.execute(wanted):
                document = make_document(row)
                found.setdefault(document.id, document)
        return tuple(found[name] for name in sorted(found))

    def attributions(self, ids: Sequence[str]) -> tuple[Attribution, ...]:
        """Return filed attributions by id, in the order of filing."""
        found = {
            row.id: load(Attribution, row.body).known_as(row.id)
            for row in self._by_id(attributions, ids)
        }
        return tuple(found.values())

    def sides(self, document_ids: Sequence[str]) -> Mapping[str, tuple[Party, ...]]:
        """Return the parties to the conflict that each report is about, by its latest reading."""
        return sides_by_document(self._connection, document_ids, self._scope)

    def _by_id(self, table: Table, ids: Sequence[str], *where: ColumnElement[bool]) -> list[AnyRow]:
        rows: list[AnyRow] = []
        for some in chunks(sorted(set(ids))):
            wanted = select(table).where(table.c.id.in_(some), *where)
            rows += self._connection.execute(wanted).all()
        return sorted(rows, key=lambda row: row.n)

    def homes(self, claim_ids: Sequence[str]) -> dict[str, str]:
        """Return the id of the incident that holds each claim."""
        found: dict[str, str] = {}
        for some in chunks(sorted(set(claim_ids))):
            holding = (
                select(incident_members.c.member, incidents.c.id)
                .join(incidents, incidents.c.n == incident_members.c.incident)
                .where(incident_members.c.member.in_(some), self._scope.is_member())
            )
            found |= dict(self._connection.execute(holding).all())
        return found

    def incidents_of(self, claim_ids: Sequence[str]) -> tuple[Incident, ...]:
        """Return the incidents that hold any of the claims, whole, without what is gone, oldest first."""
        numbers: set[int] = set()
        for some in chunks(sorted(set(claim_ids))):
            holders = select(incident_members.c.incident).where(
                incident_members.c.member.in_(some), self._scope.is_member()
            )
            numbers |= set(self._connection.execute(holders).scalars())
        found = (self._whole(some) for some in _parts(sorted(numbers)))
        return tuple(item for part in found for item in part if item.claim_ids)

    def _whole(self, numbers: Sequence[int]) -> Iterator[Incident]:
        """Put incidents together from their latest states and their members: two queries for all."""
        newest = (
            select(func.max(incident_states.c.n))
            .where(incident_states.c.incident.in_(numbers))
            .group_by(incident_states.c.incident)
        )
        states = self._connection.execute(
            select(incidents.c.n, incidents.c.kind, incident_states.c.label, incident_states.c.body)
            .join(incident_states, incident_states.c.incident == incidents.c.n)
            .where(incident_states.c.n.in_(newest))
            .order_by(incidents.c.n)
        ).all()
        members: dict[int, list[str]] = {}
        for number, member in self._connection.execute(
            select(incident_members.c.incident, incident_members.c.member)
            .where(incident_members.c.incident.in_(numbers), self._scope.is_member())
            .order_by(incident_members.c.n)
        ):
            if member not in self.gone:
                members.setdefault(number, []).append(member)
        for row in states:
            yield make_incident(row.kind, row.label, row.body, members.get(row.n, ()))

    def claims_beside(self, document_ids: Sequence[str]) -> tuple[Claim, ...]:
        """Return all claims of the latest readings of some documents, in the order of filing."""
        found: dict[int, Claim] = {}
        for some in chunks(sorted(set(document_ids))):
            wanted = (
                select(claims.c.n, claims.c.id, claims.c.body)
                .join(documents, documents.c.n == claims.c.document)
                .where(documents.c.id.in_(some), self._scope.claim_seen())
            )
            found |= {n: _claim(name, body) for n, name, body in self._connection.execute(wanted)}
        return tuple(found[number] for number in sorted(found))

    def findings_about(self, claim_id: str) -> tuple[Finding, ...]:
        """Return the findings of the incident that holds a claim, as it stands."""
        home = select(incident_members.c.incident).where(
            incident_members.c.member == claim_id, self._scope.is_member()
        )
        wanted = (
            select(findings.c.body)
            .join(incident_states, incident_states.c.n == findings.c.state)
            .where(incident_states.c.incident.in_(home), self._scope.latest_state())
            .order_by(findings.c.n)
        )
        return tuple(load(Finding, body) for body in self._connection.execute(wanted).scalars())

    def judgements(self, claim_ids: Sequence[str]) -> Mapping[str, tuple[Judgement, ...]]:
        """Return the standing judgements whose subject is one of the claims, oldest first."""
        found: dict[int, Judgement] = {}
        stands = ~select(_later.c.n).where(_later.c.takes_back == judgements.c.n).exists()
        for some in chunks(sorted(set(claim_ids))):
            wanted = select(judgements.c.n, judgements.c.body).where(
                judgements.c.subject.in_(some), stands
            )
            found |= {n: load(Judgement, body) for n, body in self._connection.execute(wanted)}
        by_claim: dict[str, tuple[Judgement, ...]] = {}
        for number in sorted(found):
            said = found[number]
            by_claim[said.subject] = (*by_claim.get(said.subject, ()), said)
        return by_claim

    def pair_judgements(self, claim_ids: Sequence[str]) -> tuple[Judgement, ...]:
        """Return the standing judgements that bind or part any of the claims, oldest first."""
        found: dict[int, Judgement] = {}
        stands = ~select(_later.c.n).where(_later.c.takes_back == judgements.c.n).exists()
        for some in chunks(sorted(set(claim_ids))):
            wanted = select(judgements.c.n, judgements.c.body).where(
                and_(judgements.c.verdict.in_(["same", "different", "duplicate"]), stands),
                or_(judgements.c.subject.in_(some), judgements.c.other.in_(some)),
            )
            found |= {n: load(Judgement, body) for n, body in self._connection.execute(wanted)}
        return tuple(found[number] for number in sorted(found))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingBody:
    """What a reading keeps beside its rows."""

    division: Division
    account: Account
    comments: tuple[Comment, ...] = ()
    sides: tuple[Party, ...] = ()
    wordings: tuple[PlaceWording, ...] = ()
    reader_claims: tuple[Claim, ...] = ()
    """What readers say under it: no rows, and found by no search."""


def sides_by_document(
    connection: Connection, document_ids: Sequence[str], scope: Scope
) -> Mapping[str, tuple[Party, ...]]:
    """Return the parties to the conflict that each report is about, by its latest reading seen."""
    latest = latest_readings(connection, document_ids, scope)
    sides = sides_of_readings(connection, sorted(latest.values()))
    return {name: sides[number] for name, number in latest.items()}


def latest_readings(
    connection: Connection, document_ids: Sequence[str], scope: Scope
) -> dict[str, int]:
    """Return the number of the latest reading of each document that is seen."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(document_ids))):
        wanted = (
            select(documents.c.id, func.max(readings.c.n))
            .join(readings, readings.c.document == documents.c.n)
            .where(documents.c.id.in_(some), scope.posted(readings.c.posting))
            .group_by(documents.c.id)
        )
        found |= dict(connection.execute(wanted).all())
    return found


def sides_of_readings(
    connection: Connection, numbers: Sequence[int]
) -> dict[int, tuple[Party, ...]]:
    """Return the parties to the conflict that each reading found, by its number."""
    found: dict[int, tuple[Party, ...]] = {}
    for some in chunks(numbers):
        wanted = select(readings.c.n, readings.c.body).where(readings.c.n.in_(some))
        for number, body in connection.execute(wanted):
            found[number] = load(ReadingBody, body).sides
    return found


Relate = Callable[[LinkingView], LinkedIncidents]
"""Links the claims of a reading with those near them; ``desk`` gives it, the ledger calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBody:
    """What an incident's state keeps beside its columns."""

    key: tuple[str, ...] = ()
    trace: tuple[Step, ...] = ()


def make_incident(kind: str, label: str, body: str, members: Sequence[str]) -> Incident:
    """Put an incident together from its rows."""
    state = load(StateBody, body)
    return Incident(
        label=label,
        kind=kind,
        claim_ids=tuple(member for member in members if member.startswith("c-")),
        attribution_ids=tuple(member for member in members if not member.startswith("c-")),
        key=state.key,
        trace=state.trace,
    )
