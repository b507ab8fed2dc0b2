"""Changes: what the ledger holds now and did not at some moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, or_, select, true

from counterclaim.ledger.codec import load
from counterclaim.ledger.tables import (
    attributions,
    claims,
    documents,
    findings,
    incident_members,
    incident_states,
    incidents,
    judgements,
    postings,
    readings,
    sightings,
    withdrawals,
)
from counterclaim.ledger.visibility import CHUNK, Scope, posting_at, read_instant
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Ceasefire, Claim
from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import Change


def list_changes(
    connection: Connection, since: datetime, limit: int, scope: Scope
) -> tuple[Change, ...]:
    """Return what was recorded from an instant on, in the order of recording.

    Args:
        connection: Any.
        since: UTC.
        limit: The most of each kind: the latest.
        scope: As everything stands now; of one project, or of all.
    """
    first = posting_at(connection, since)
    newest_first = (_documents, _claims, _denials, _incidents, _judgements, _withdrawals)
    found = [
        change
        for find in newest_first
        for change in reversed(list(find(connection, first, limit, scope)))
    ]
    return tuple(sorted(found, key=lambda change: change.recorded_at))


def _documents(connection: Connection, first: int, limit: int, scope: Scope) -> Iterator[Change]:
    before, revised = sightings.alias("before"), documents.alias("revised")
    wanted = (
        select(sightings, documents.c.id, documents.c.posting.label("began"), postings.c.at)
        .add_columns(revised.c.id.label("revised_id"))
        .join(documents, documents.c.n == sightings.c.document)
        .join(postings, postings.c.n == sightings.c.posting)
        .outerjoin(before, before.c.n == sightings.c.revises)
        .outerjoin(revised, revised.c.n == before.c.document)
        .where(
            sightings.c.posting > first,
            scope.stands(documents.c.n),
            scope.document_seen(documents.c.n),
        )
        .order_by(sightings.c.n.desc())
        .limit(limit)
    )
    for row in connection.execute(wanted):
        title = row.title or row.name
        if row.revised_id is not None:
            yield Change(
                kind="revision",
                recorded_at=read_instant(row.at),
                subject=row.id,
                what=f"{row.outlet or row.name} changed its report: {title}",
                before=row.revised_id,
                after=row.id,
                document_id=row.id,
            )
        elif row.began == row.posting:
            yield Change(
                kind="document",
                recorded_at=read_instant(row.at),
                subject=row.id,
                what=f"{row.outlet or row.name}: {title}",
                document_id=row.id,
            )


def _claims(connection: Connection, first: int, limit: int, scope: Scope) -> Iterator[Change]:
    """Yield new figures and ceasefires: the latest of each are found along the index of their kind."""
    floor = floor_of(connection, claims, first)
    numbers: list[int] = []
    for kind in ("casualty", "ceasefire"):
        newest = select(claims.c.n).where(
            claims.c.kind == kind,
            claims.c.n > floor,
            scope.stands(claims.c.document),
            scope.of_project(claims.c.n),
        )
        numbers += connection.execute(newest.order_by(claims.c.n.desc()).limit(limit)).scalars()
    for some in [numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK)]:
        yield from _claims_told(connection, some)


def floor_of(connection: Connection, table: Table, first: int) -> int:
    """Return the last number that a table had when a posting was done: numbers grow with postings."""
    before = select(table.c.n).where(table.c.posting <= first)
    newest = before.order_by(table.c.posting.desc(), table.c.n.desc()).limit(1)
    return int(connection.execute(newest).scalar() or 0)


def _claims_told(connection: Connection, numbers: Sequence[int]) -> Iterator[Change]:
    wanted = (
        select(claims.c.id, claims.c.body, documents.c.id.label("document_id"), postings.c.at)
        .add_columns(incidents.c.id.label("incident_id"))
        .join(documents, documents.c.n == claims.c.document)
        .join(postings, postings.c.n == claims.c.posting)
        .outerjoin(
            incident_members,
            (incident_members.c.member == claims.c.id)
            & (incident_members.c.posting == claims.c.posting)
            & incident_members.c.joined,
        )
        .outerjoin(incidents, incidents.c.n == incident_members.c.incident)
        .where(claims.c.n.in_(numbers))
        .order_by(claims.c.n.desc())
    )
    for row in connection.execute(wanted):
        claim = load(Claim, row.body)
        yield Change(
            kind="figure" if isinstance(claim.payload, Casualty) else "ceasefire",
            recorded_at=read_instant(row.at),
            subject=row.id,
            what=_tell_claim(claim),
            document_id=row.document_id,
            incident_id=row.incident_id,
        )


def _tell_claim(claim: Claim) -> str:
    """Tell a figure or a ceasefire in one line."""
    by = " & ".join(str(party) for party in claim.speakers) or "the report"
    match claim.payload:
        case Casualty() as payload:
            side = " & ".join(str(party) for party in payload.side) or "side not told"
            group = payload.subgroup or payload.category
            return (
                f"{side}, {group}: {payload.count} {payload.outcome} ({payload.measure}), by {by}"
            )
        case Ceasefire() as payload:
            parties = " and ".join(str(party) for party in payload.parties) or "parties not told"
            return f"ceasefire {payload.status}: {parties}, by {by}"
    return claim.quote


def _denials(connection: Connection, first: int, limit: int, scope: Scope) -> Iterator[Change]:
    wanted = (
        select(attributions.c.id, attributions.c.body, documents.c.id.label("document_id"))
        .add_columns(documents.c.text, postings.c.at)
        .join(readings, readings.c.n == attributions.c.reading)
        .join(documents, documents.c.n == readings.c.document)
        .join(postings, postings.c.n == attributions.c.posting)
        .where(
            attributions.c.posting > first,
            attributions.c.stance.in_(["deny", "reject", "retract", "correct", "admit"]),
            attributions.c.is_claim,
            scope.stands(documents.c.n),
            scope.document_seen(documents.c.n),
        )
        .order_by(attributions.c.n.desc())
        .limit(limit)
    )
    for row in connection.execute(wanted):
        item = load(Attribution, row.body)
        words = " … ".join(row.text[span.start : span.end] for span in item.content)
        speaker = item.speaker_name or "nobody named"
        yield Change(
            kind="admission" if item.stance == "admit" else "denial",
            recorded_at=read_instant(row.at),
            subject=row.id,
            what=f"{speaker} ({item.stance}): {words}",
            document_id=row.document_id,
        )


def _incidents(connection: Connection, first: int, limit: int, scope: Scope) -> Iterator[Change]:
    earlier, heir = incident_states.alias("earlier"), incidents.alias("heir")
    before = (
        select(earlier.c.n)
        .where(earlier.c.incident == incident_states.c.incident, earlier.c.posting <= first)
        .order_by(earlier.c.n.desc())
        .limit(1)
        .correlate(incident_states)
        .scalar_subquery()
    )
    later = incident_states.alias("later")
    is_last = ~(
        select(later.c.n)
        .where(later.c.incident == incident_states.c.incident, later.c.n > incident_states.c.n)
        .correlate(incident_states)
        .exists()
    )
    wanted = (
        select(incident_states, incidents.c.id, postings.c.at)
        .add_columns(before.label("before"), heir.c.id.label("heir_id"))
        .join(incidents, incidents.c.n == incident_states.c.incident)
        .join(postings, postings.c.n == incident_states.c.posting)
        .outerjoin(heir, heir.c.n == incident_states.c.merged_into)
        .where(incident_states.c.posting > first, is_last, scope.incident_seen())
        .order_by(incident_states.c.n.desc())
        .limit(limit)
    )
    for row in connection.execute(wanted).all():
        at = read_instant(row.at)
        if row.before is None and row.is_open:
            yield Change(
                kind="incident", recorded_at=at, subject=row.id, what=row.label, incident_id=row.id
            )
        elif row.heir_id is not None:
            yield Change(
                kind="merged",
                recorded_at=at,
                subject=row.id,
                what=f"{row.label} is part of another incident",
                before=row.id,
                after=row.heir_id,
                incident_id=row.heir_id,
            )
        elif row.before is not None:
            yield from _statuses(connection, row.id, at, row.before, row.n)


def _statuses(
    connection: Connection, incident_id: str, at: datetime, before: int, now: int
) -> Iterator[Change]:
    """Compare the statuses of an incident's slots in two of its states."""
    told: dict[int, dict[tuple[str, str], str]] = {before: {}, now: {}}
    wanted = select(
        findings.c.state, findings.c.slot, findings.c.proposition, findings.c.status
    ).where(findings.c.state.in_([before, now]))
    for state, slot, proposition, status in connection.execute(wanted.order_by(findings.c.n)):
        told[state][slot, proposition] = status
    for key, status in told[now].items():
        old = told[before].get(key)
        if old != status:
            yield Change(
                kind="status",
                recorded_at=at,
                subject=incident_id,
                what=f"{key[0]}: {key[1]}",
                before=old,
                after=status,
                incident_id=incident_id,
            )


def _judgements(connection: Connection, first: int, limit: int, scope: Scope) -> Iterator[Change]:
    wanted = (
        select(judgements.c.body, postings.c.at)
        .join(postings, postings.c.n == judgements.c.posting)
        .where(judgements.c.posting > first, _judged(scope))
        .order_by(judgements.c.n.desc())
        .limit(limit)
    )
    for body, at in connection.execute(wanted):
        judgement = load(Judgement, body)
        about = (
            f"{judgement.subject} and {judgement.other}" if judgement.other else judgement.subject
        )
        reason = f": {judgement.reason}" if judgement.reason else ""
        yield Change(
            kind="judgement",
            recorded_at=read_instant(at),
            subject=judgement.subject,
            what=f"{judgement.by} judged {about} {judgement.verdict}{reason}",
            after=judgement.verdict,
        )


def _judged(scope: Scope) -> ColumnElement[bool]:
    """Hold for judgements of a project's claims and incidents, where one is asked for."""
    if scope.project is None:
        return true()
    own = (
        select(incidents.c.id)
        .join(incident_states, incident_states.c.incident == incidents.c.n)
        .where(scope.latest_state(), scope.incident_seen())
    )
    told = select(claims.c.id).where(scope.of_project(claims.c.n))
    return or_(judgements.c.subject.in_(told), judgements.c.subject.in_(own))


def _withdrawals(connection: Connection, first: int, limit: int, scope: Scope) -> Iterator[Change]:
    wanted = (
        select(withdrawals, documents.c.id, postings.c.at)
        .join(documents, documents.c.n == withdrawals.c.document)
        .join(postings, postings.c.n == withdrawals.c.posting)
        .where(withdrawals.c.posting > first, scope.document_seen(documents.c.n))
        .order_by(withdrawals.c.n.desc())
        .limit(limit)
    )
    for row in connection.execute(wanted):
        done = "withdrew" if row.withdrawn else "brought back"
        yield Change(
            kind="withdrawal",
            recorded_at=read_instant(row.at),
            subject=row.id,
            what=f"{row.by} {done} {row.id}: {row.reason}",
            document_id=row.id,
        )
