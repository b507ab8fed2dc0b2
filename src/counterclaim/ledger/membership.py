"""Membership: incidents carried on, merged, divided and closed as claims join and leave them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from counterclaim.ledger.codec import dump, load
from counterclaim.ledger.columns import days_of, roles_of
from counterclaim.ledger.linking_view import LinkedIncidents, StateBody
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.tables import (
    claim_parties,
    claims,
    findings,
    incident_members,
    incident_states,
    incidents,
    state_parties,
)
from counterclaim.ledger.visibility import Scope, chunks
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.identity import make_id

_ALL = Scope(None, None)


@dataclass(frozen=True, slots=True)
class About:
    """What an incident's state takes from one of its claims."""

    document: str
    known_on: str
    first_day: str | None
    last_day: str | None
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """One incident of the ledger before and after a posting."""

    number: int
    before: frozenset[str]
    after: tuple[str, ...]
    incident: Incident | None
    """As handed over; None for one that only lost claims."""


def file_incidents(
    draft: PostingDraft, related: LinkedIncidents, gone: frozenset[str], fresh: Mapping[str, About]
) -> list[tuple[int, str]]:
    """File incidents as they stand with a new reading in them.

    Args:
        draft: An open posting.
        related: The incidents, each whole, and their findings.
        gone: Claims that the document's earlier reading had and the new one has not.
        fresh: What is known of the new reading's claims.

    Returns:
        New states' numbers with the roots of the parties they name, for the index.
    """
    moved = [member for incident in related.incidents for member in incident.claim_ids]
    holders = _holders(draft.connection, [*moved, *sorted(gone)])
    changes = _changes(draft, related.incidents, holders, frozenset(moved) | gone)
    _move(draft, changes)
    about = {**_about(draft.connection, changes, fresh), **fresh}
    for claim in related.corrected:
        if claim.id in about:
            then = about[claim.id]
            about[claim.id] = replace(about_claim(claim, then.known_on), document=then.document)
    told: dict[str, list[Finding]] = {}
    for finding in related.findings:
        told.setdefault(finding.incident_id, []).append(finding)
    named: list[tuple[int, str]] = []
    for change in changes:
        if change.incident is not None:
            found = told.get(change.incident.id, [])
            named += _file_state(draft, change, change.incident, found, about)
        elif change.before != frozenset(change.after):
            named += _file_remainder(draft, change, changes, about)
    draft.witness("state_parties", named)
    return named


def about_claim(claim: Claim, known_on: str) -> About:
    """Take from a claim what the state of its incident needs."""
    first_day, last_day = days_of(claim)
    parties = tuple(dict.fromkeys(root for root, _ in roles_of(claim)))
    return About(claim.document_id, known_on, first_day, last_day, parties)


def _holders(connection: Connection, claim_ids: Iterable[str]) -> dict[str, int]:
    """Return the number of the incident that holds each claim now."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(claim_ids))):
        standing = select(incident_members.c.member, incident_members.c.incident).where(
            incident_members.c.member.in_(some), _ALL.is_member()
        )
        found |= dict(connection.execute(standing).all())
    return found


def _members(connection: Connection, number: int) -> list[str]:
    standing = select(incident_members.c.member).where(
        incident_members.c.incident == number, _ALL.is_member()
    )
    return list(connection.execute(standing.order_by(incident_members.c.n)).scalars())


def _changes(
    draft: PostingDraft,
    handed: Sequence[Incident],
    holders: Mapping[str, int],
    taken_out: frozenset[str],
) -> list[IncidentChange]:
    """Say which incident of the ledger each one handed over carries on, and what the others keep."""
    homes = _choose_homes(handed, holders, _first_holders(draft.connection, holders))
    homes = _reopened(draft.connection, handed, homes)
    changes: list[IncidentChange] = []
    fresh = [incident.id for incident, home in zip(handed, homes, strict=True) if home is None]
    taken = _taken_ids(draft.connection, fresh)
    for incident, home in zip(handed, homes, strict=True):
        number = home if home is not None else _open(draft, incident, taken)
        before = frozenset() if home is None else frozenset(_members(draft.connection, home))
        after = (*incident.claim_ids, *incident.attribution_ids)
        lost = {item for item in before - set(after) if item.startswith("c-")} - taken_out
        assert not lost, f"linking lost {sorted(lost)} out of an incident that it handed over"
        changes.append(IncidentChange(number, before, after, incident))
    for number in sorted(set(holders.values()) - {home for home in homes if home is not None}):
        members = _members(draft.connection, number)
        kept = [item for item in members if item not in taken_out]
        after = tuple(kept) if any(item.startswith("c-") for item in kept) else ()
        changes.append(IncidentChange(number, frozenset(members), after, None))
    return changes


def _first_holders(connection: Connection, claim_ids: Iterable[str]) -> dict[str, int]:
    """Return the number of the incident that held each claim first."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(claim_ids))):
        joined = (
            select(incident_members.c.member, incident_members.c.incident)
            .where(incident_members.c.member.in_(some), incident_members.c.joined)
            .order_by(incident_members.c.n)
        )
        for member, number in connection.execute(joined):
            found.setdefault(member, number)
    return found


def _choose_homes(
    handed: Sequence[Incident], holders: Mapping[str, int], firsts: Mapping[str, int]
) -> list[int | None]:
    """Choose for each incident the one of the ledger with which it shares most claims, each once.

    Of several that share as many the one whose claims it held first carries it on: what was merged and is
    parted again is what it was.
    """
    shared = [
        (-count, number, -sum(firsts.get(name) == number for name in incident.claim_ids), index)
        for index, incident in enumerate(handed)
        for number, count in Counter(
            holders[member] for member in incident.claim_ids if member in holders
        ).items()
    ]
    homes: list[int | None] = [None] * len(handed)
    for _, number, _, index in sorted(shared):
        if homes[index] is None and number not in homes:
            homes[index] = number
    return homes


def _reopened(
    connection: Connection, handed: Sequence[Incident], homes: Sequence[int | None]
) -> list[int | None]:
    """Match an incident that shares no claim with an open one to the emptied one that held most of its claims.

    What was merged and is parted again stands under the id that it had.
    """
    chosen = list(homes)
    for index, incident in enumerate(handed):
        if chosen[index] is not None:
            continue
        held: Counter[int] = Counter()
        for some in chunks(sorted(incident.claim_ids)):
            rows = connection.execute(
                select(incident_members.c.incident, incident_members.c.member)
                .where(incident_members.c.member.in_(some), incident_members.c.joined)
                .distinct()
            )
            held.update(number for number, _ in rows)
        empty = [
            number
            for number in sorted(held, key=lambda name: (-held[name], name))
            if number not in chosen and not _members(connection, number)
        ]
        chosen[index] = empty[0] if empty else None
    return chosen


def _taken_ids(connection: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(sorted(set(ids))):
        taken = select(incidents.c.id).where(incidents.c.id.in_(some))
        found |= set(connection.execute(taken).scalars())
    return found


def _open(draft: PostingDraft, incident: Incident, taken: set[str]) -> int:
    """Open an incident: its id is that of the claims it began with, for good."""
    is_free = incident.id not in taken
    name = incident.id if is_free else make_id("i", incident.id, draft.number)
    taken.add(name)
    return draft.add(incidents, id=name, kind=incident.kind)


def _move(draft: PostingDraft, changes: Sequence[IncidentChange]) -> None:
    """File who leaves, then who joins."""
    for change in changes:
        for member in sorted(change.before - set(change.after)):
            draft.add(incident_members, incident=change.number, member=member, joined=False)
    for change in changes:
        for member in dict.fromkeys(change.after):
            if member not in change.before:
                draft.add(incident_members, incident=change.number, member=member, joined=True)


def _about(
    connection: Connection, changes: Sequence[IncidentChange], fresh: Mapping[str, About]
) -> dict[str, About]:
    """Look up what the states need of claims filed before."""
    wanted = {
        member
        for change in changes
        for member in change.after
        if member.startswith("c-") and member not in fresh
    }
    found: dict[str, About] = {}
    for some in chunks(sorted(wanted)):
        rows = connection.execute(
            select(
                claims.c.n,
                claims.c.id,
                claims.c.document,
                claims.c.known_on,
                claims.c.first_day,
                claims.c.last_day,
            ).where(claims.c.id.in_(some), _ALL.claim_seen())
        ).all()
        parties: dict[int, list[str]] = {}
        named = select(claim_parties.c.claim, claim_parties.c.root).where(
            claim_parties.c.claim.in_([row.n for row in rows])
        )
        for number, root in connection.execute(named):
            parties.setdefault(number, []).append(root)
        for row in rows:
            found[row.id] = About(
                str(row.document),
                row.known_on,
                row.first_day,
                row.last_day,
                tuple(dict.fromkeys(parties.get(row.n, ()))),
            )
    return found


def _file_state(
    draft: PostingDraft,
    change: IncidentChange,
    incident: Incident,
    told: Sequence[Finding],
    about: Mapping[str, About],
) -> list[tuple[int, str]]:
    if change.before == frozenset(change.after) and _stands(draft, change.number, incident, told):
        return []
    body = dump(StateBody(key=incident.key, trace=incident.trace))
    rows = [about[member] for member in incident.claim_ids if member in about]
    state = _add_state(draft, change.number, incident.label, body, rows, merged_into=None)
    for finding in told:
        draft.add(
            findings,
            state=state,
            id=finding.id,
            slot=finding.slot,
            status=finding.status,
            proposition=finding.proposition,
            body=dump(finding),
        )
    return [(state, root) for root in dict.fromkeys(root for row in rows for root in row.parties)]


def _stands(draft: PostingDraft, number: int, incident: Incident, told: Sequence[Finding]) -> bool:
    """Return whether an incident's present state says the same as one handed over, by the same voices."""
    state = _last_state(draft.connection, number)
    if state is None or state[1] != incident.label:
        return False
    filed = select(findings.c.body).where(findings.c.state == state[0]).order_by(findings.c.n)
    found = [load(Finding, body) for body in draft.connection.execute(filed).scalars()]
    return [_said(item) for item in found] == [_said(item) for item in told]


def _said(finding: Finding) -> tuple[object, ...]:
    """Return what a finding says: its slot and status, and who stands where on it."""
    stands = [
        (voice.claim_id, voice.party, voice.affirms, voice.stance, voice.evidence)
        for voice in finding.voices
    ]
    return finding.slot, finding.proposition, finding.status, stands


def _last_state(connection: Connection, number: int) -> tuple[int, str, str] | None:
    row = connection.execute(
        select(incident_states.c.n, incident_states.c.label, incident_states.c.body)
        .where(incident_states.c.incident == number)
        .order_by(incident_states.c.n.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.n, row.label, row.body)


def _file_remainder(
    draft: PostingDraft,
    change: IncidentChange,
    changes: Sequence[IncidentChange],
    about: Mapping[str, About],
) -> list[tuple[int, str]]:
    """File what is left of an incident that others took claims from: less of it, or its end."""
    state = _last_state(draft.connection, change.number)
    assert state is not None, f"incident {change.number} has no state"
    rows = [about[member] for member in change.after if member in about]
    heirs = Counter(
        {other.number: len(change.before & set(other.after)) for other in changes if other.incident}
    )
    heir, shared = heirs.most_common(1)[0] if heirs else (None, 0)
    merged_into = heir if not change.after and shared else None
    number = _add_state(draft, change.number, state[1], state[2], rows, merged_into=merged_into)
    return [(number, root) for root in dict.fromkeys(root for row in rows for root in row.parties)]


def _add_state(
    draft: PostingDraft,
    incident: int,
    label: str,
    body: str,
    rows: Sequence[About],
    *,
    merged_into: int | None,
) -> int:
    first = [row.first_day for row in rows if row.first_day]
    last = [row.last_day for row in rows if row.last_day]
    return draft.add(
        incident_states,
        incident=incident,
        merged_into=merged_into,
        is_open=bool(rows),
        label=label,
        first_day=min(first, default=None),
        last_day=max(last, default=None),
        known_on=min((row.known_on for row in rows), default=draft.day),
        claims=len(rows),
        documents=len({row.document for row in rows}),
        body=body,
    )


def index_states(connection: Connection, named: Sequence[tuple[int, str]]) -> None:
    """Fill the index of the parties that states name."""
    if named:
        rows = [{"state": state, "root": root} for state, root in named]
        connection.execute(insert(state_parties), rows)
