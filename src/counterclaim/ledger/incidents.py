"""Incidents: pages of them, and one with all that bears on it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select, true

from counterclaim.ledger.claims import attributions_of, entries_by_id
from counterclaim.ledger.codec import load
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.ledger.judge import judgements_of
from counterclaim.ledger.linking_view import make_incident, sides_by_document
from counterclaim.ledger.paging import Candidates, index_walk, latest_page, listed
from counterclaim.ledger.table_projects import claim_projects
from counterclaim.ledger.tables import (
    attributions,
    claims,
    findings,
    incident_members,
    incident_states,
    incidents,
    postings,
    readings,
    state_parties,
)
from counterclaim.ledger.visibility import AnyRow, Scope, chunks, read_day, read_instant
from counterclaim.records.attribution import Attribution
from counterclaim.records.finding import Finding
from counterclaim.records.ledger_rows import IncidentCard, IncidentView, Page, SlotStatus
from counterclaim.records.query import IncidentQuery

ROWS = (
    select(incident_states, incidents.c.id, incidents.c.kind, postings.c.at)
    .join(incidents, incidents.c.n == incident_states.c.incident)
    .join(postings, postings.c.n == incident_states.c.posting)
)


def list_incidents(
    connection: Connection, query: IncidentQuery, scope: Scope, limit: int, after: str | None
) -> Page[IncidentCard]:
    """Return incidents, the latest changed first."""
    narrowed = (
        incident_states.c.is_open,
        scope.latest_state(),
        scope.incident_seen(),
        *_narrow(query, scope),
    )

    def fetch(numbers: Sequence[int]) -> Sequence[AnyRow]:
        return connection.execute(ROWS.where(incident_states.c.n.in_(numbers), *narrowed)).all()

    rows, follows = latest_page(_candidates(connection, query, scope), fetch, limit, after)
    return Page(_cards(connection, rows), follows)


FEW = 20_000
"""Claims of a project up to which it is quicker to look through them than through all incidents."""


def _candidates(connection: Connection, query: IncidentQuery, scope: Scope) -> Candidates:
    """Walk down the index that narrows most; of a small project, the states that held its claims."""
    if scope.project is not None:
        own = select(claim_projects.c.claim).where(claim_projects.c.project == scope.project)
        few = own.limit(FEW).subquery()
        if connection.execute(select(func.count()).select_from(few)).scalar_one() < FEW:
            held = (
                select(incident_states.c.n)
                .join(incident_members, incident_members.c.incident == incident_states.c.incident)
                .join(claims, claims.c.id == incident_members.c.member)
                .where(claims.c.n.in_(own))
            )
            return listed(connection.execute(held.distinct()).scalars())
    if query.status is not None:
        return index_walk(connection, findings.c.state, findings.c.status == query.status)
    if query.party is not None:
        return index_walk(connection, state_parties.c.state, state_parties.c.root == query.party)
    return index_walk(connection, incident_states.c.n)


def _narrow(query: IncidentQuery, scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if scope.last_day is not None:
        found.append(incident_states.c.known_on <= scope.last_day.isoformat())
    if query.kind is not None:
        found.append(incidents.c.kind == query.kind)
    if query.first_day is not None:
        found.append(incident_states.c.last_day >= query.first_day.isoformat())
    if query.last_day is not None:
        found.append(incident_states.c.first_day <= query.last_day.isoformat())
    if query.party is not None:
        named = select(state_parties.c.state).where(
            state_parties.c.root == query.party, state_parties.c.state == incident_states.c.n
        )
        found.append(named.correlate(incident_states).exists())
    if query.status is not None:
        held = select(findings.c.n).where(
            findings.c.status == query.status, findings.c.state == incident_states.c.n
        )
        found.append(held.correlate(incident_states).exists())
    return found


def _cards(connection: Connection, rows: Sequence[AnyRow]) -> tuple[IncidentCard, ...]:
    states = [row.n for row in rows]
    slots: dict[int, list[SlotStatus]] = {}
    parties: dict[int, list[str]] = {}
    told = select(findings.c.state, findings.c.slot, findings.c.status, findings.c.proposition)
    for state, slot, status, proposition in connection.execute(
        told.where(findings.c.state.in_(states)).order_by(findings.c.n)
    ):
        slots.setdefault(state, []).append(
            SlotStatus(slot=slot, status=status, proposition=proposition)
        )
    named = select(state_parties.c.state, state_parties.c.root)
    for state, root in connection.execute(named.where(state_parties.c.state.in_(states))):
        parties.setdefault(state, []).append(root)
    return tuple(
        IncidentCard(
            id=row.id,
            kind=row.kind,
            label=row.label,
            first_day=read_day(row.first_day),
            last_day=read_day(row.last_day),
            parties=tuple(sorted(parties.get(row.n, ()))),
            claims=row.claims,
            documents=row.documents,
            slots=tuple(slots.get(row.n, ())),
            recorded_at=read_instant(row.at),
        )
        for row in rows
    )


def find_incident(connection: Connection, incident_id: str, scope: Scope) -> IncidentView:
    """Return one incident.

    Raises:
        UnknownRowError: If no posting seen has it.
    """
    row = connection.execute(
        ROWS.where(incidents.c.id == incident_id, scope.posted(incident_states.c.posting))
        .order_by(incident_states.c.n.desc())
        .limit(1)
    ).first()
    if row is None:
        raise UnknownRowError(incident_id)
    standing = (
        select(incident_members.c.member)
        .where(incident_members.c.incident == row.incident, scope.is_member())
        .order_by(incident_members.c.n)
    )
    members = list(connection.execute(standing).scalars())
    entries = entries_by_id(connection, [item for item in members if item.startswith("c-")], scope)
    seen = {entry.claim.id for entry in entries}
    incident = make_incident(
        row.kind,
        row.label,
        row.body,
        [item for item in members if item in seen or not item.startswith("c-")],
    )
    filed = judgements_of(
        connection, [incident_id, *members, *_finding_ids(connection, row.n)], scope
    )
    told = _findings(connection, row.n)
    voices = {voice.claim_id for finding in told for voice in finding.voices}
    beside = sorted(name for name in voices - seen if name.startswith("c-"))
    homes = sorted({entry.claim.document_id for entry in entries})
    return IncidentView(
        card=_cards(connection, [row])[0],
        incident=incident,
        entries=entries,
        attributions=_attributions(connection, incident.attribution_ids, scope),
        findings=told if scope.last_day is None else (),
        judgements=tuple(item.judgement for item in filed if not item.taken_back),
        beside=entries_by_id(connection, beside, scope),
        sides=sides_by_document(connection, homes, scope),
        merged_into=_name(connection, row.merged_into),
    )


def _finding_ids(connection: Connection, state: int) -> list[str]:
    return list(
        connection.execute(select(findings.c.id).where(findings.c.state == state)).scalars()
    )


def _findings(connection: Connection, state: int) -> tuple[Finding, ...]:
    bodies = select(findings.c.body).where(findings.c.state == state).order_by(findings.c.n)
    return tuple(load(Finding, body) for body in connection.execute(bodies).scalars())


def findings_of_states(
    connection: Connection, states: Sequence[int]
) -> dict[int, tuple[Finding, ...]]:
    """Return the findings of some states, by the state's number."""
    found: dict[int, tuple[Finding, ...]] = {}
    for some in chunks(states):
        wanted = select(findings.c.state, findings.c.body).where(findings.c.state.in_(some))
        for number, body in connection.execute(wanted.order_by(findings.c.n)):
            found[number] = (*found.get(number, ()), load(Finding, body))
    return found


def findings_of(
    connection: Connection, incident_ids: Sequence[str]
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of some incidents' present states, by incident id."""
    found: dict[str, tuple[Finding, ...]] = {}
    for some in chunks(sorted(set(incident_ids))):
        wanted = (
            select(incidents.c.id, findings.c.body)
            .join(incident_states, incident_states.c.n == findings.c.state)
            .join(incidents, incidents.c.n == incident_states.c.incident)
            .where(incidents.c.id.in_(some), Scope(None, None).latest_state())
            .order_by(findings.c.n)
        )
        for name, body in connection.execute(wanted):
            found[name] = (*found.get(name, ()), load(Finding, body))
    return found


def _attributions(
    connection: Connection, ids: Sequence[str], scope: Scope
) -> tuple[Attribution, ...]:
    """Return attributions by id, each from the latest reading seen that has it."""
    latest: dict[str, int] = {}
    day = None if scope.last_day is None else scope.last_day.isoformat()
    known = true() if day is None else readings.c.known_on <= day
    for some in chunks(sorted(set(ids))):
        rows = connection.execute(
            select(attributions.c.id, attributions.c.reading)
            .join(readings, readings.c.n == attributions.c.reading)
            .where(attributions.c.id.in_(some), scope.posted(attributions.c.posting), known)
            .order_by(attributions.c.reading)
        )
        latest |= dict(rows.all())
    found = attributions_of(connection, [(reading, name) for name, reading in latest.items()])
    return tuple(found[latest[name], name] for name in ids if name in latest)


def _name(connection: Connection, number: int | None) -> str | None:
    if number is None:
        return None
    name: str | None = connection.execute(
        select(incidents.c.id).where(incidents.c.n == number)
    ).scalar()
    return name
