"""Erasable rows: those that hold a report's words, and what is left of each when words are taken out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from counterclaim.ledger.codec import dump, load
from counterclaim.ledger.columns import claim_columns, figure_columns, roots
from counterclaim.ledger.linking_view import ReadingBody, StateBody
from counterclaim.ledger.redactions import Cut, Cuts, cut_record
from counterclaim.ledger.tables import (
    attributions,
    claims,
    documents,
    erasures,
    figures,
    findings,
    incident_members,
    incident_states,
    incidents,
    judgements,
    problems,
    readings,
    sightings,
    withdrawals,
)
from counterclaim.ledger.visibility import AnyRow, chunks
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding
from counterclaim.records.judgement import Judgement
from counterclaim.records.problem import Problem

Changed = tuple[Table, AnyRow, Mapping[str, Any]]
"""A row, and its columns that say less since."""

SAID = ("reason", "evidence", "before", "after")
"""Fields of a judgement that hold words from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where a report's words can stand."""

    number: int
    document_id: str
    text: str
    names: tuple[str, ...]
    """Under which it was met."""
    readings: tuple[int, ...]
    claims: Mapping[int, str]
    """Ids by number, of all its readings."""
    members: frozenset[str]
    """Ids of its claims and attributions."""
    incidents: tuple[int, ...]
    """That ever held one of them."""
    sole: frozenset[int]
    """Those of them that never held another report's."""


def key_of(table: Table, row: AnyRow) -> int:
    """Return the number of a row."""
    return int(row._mapping[table.primary_key.columns.keys()[0]])  # noqa: SLF001 - a row's public mapping


def reach_of(connection: Connection, number: int) -> Reach:
    """Find where a report's words can stand.

    Args:
        connection: Any.
        number: The report's.
    """
    document = connection.execute(select(documents).where(documents.c.n == number)).one()
    own = select(readings.c.n).where(readings.c.document == number)
    told = select(claims.c.n, claims.c.id).where(claims.c.document == number)
    held = dict(connection.execute(told).all())
    said = select(attributions.c.id).where(attributions.c.reading.in_(own))
    members = frozenset({*held.values(), *connection.execute(said).scalars()})
    homes: set[int] = set()
    for some in chunks(sorted(members)):
        wanted = select(incident_members.c.incident).where(incident_members.c.member.in_(some))
        homes |= set(connection.execute(wanted).scalars())
    shared: set[int] = set()
    for some in chunks(sorted(homes)):
        wanted = select(incident_members.c.incident, incident_members.c.member).distinct()
        rows = connection.execute(wanted.where(incident_members.c.incident.in_(some)))
        shared |= {incident for incident, member in rows if member not in members}
    met = select(sightings.c.name).where(sightings.c.document == number)
    return Reach(
        number=number,
        document_id=document.id,
        text=document.text,
        names=tuple(dict.fromkeys(connection.execute(met).scalars())),
        readings=tuple(connection.execute(own).scalars()),
        claims=held,
        members=members,
        incidents=tuple(sorted(homes)),
        sole=frozenset(homes - shared),
    )


def find_changes(connection: Connection, reach: Reach, cuts: Cuts) -> list[Changed]:
    """Return the rows that say less once words are taken out, with what they say since."""
    found: list[Changed] = []
    for change in (
        *_of_document(connection, reach, cuts),
        *_of_readings(connection, reach, cuts),
        *_of_claims(connection, reach, cuts),
        *_of_incidents(connection, reach, cuts),
        *_of_people(connection, reach, cuts),
    ):
        table, row, values = change
        told = {name: value for name, value in values.items() if row._mapping[name] != value}  # noqa: SLF001
        if told:
            found.append((table, row, told))
    return found


def _rows(connection: Connection, table: Table, where: ColumnElement[bool]) -> Sequence[AnyRow]:
    return connection.execute(select(table).where(where)).all()


def _some(
    connection: Connection, table: Table, column: ColumnElement[Any], values: Sequence[Any]
) -> Iterator[AnyRow]:
    for some in chunks(values):
        yield from _rows(connection, table, column.in_(some))


def _of_document(connection: Connection, reach: Reach, cuts: Cuts) -> Iterator[Changed]:
    for row in _rows(connection, documents, documents.c.n == reach.number):
        yield documents, row, {"text": cuts.since}
    names = ("title", "author") if cuts.is_whole else ("name", "title", "outlet", "author")
    for row in _rows(connection, sightings, sightings.c.document == reach.number):
        told = {name: row._mapping[name] for name in names}  # noqa: SLF001
        yield (
            sightings,
            row,
            {name: None if words is None else cuts.own(words) for name, words in told.items()},
        )
    if cuts.is_whole:
        return
    for table in (withdrawals, erasures):
        for row in _rows(connection, table, table.c.document == reach.number):
            yield table, row, {"reason": cuts.own(row.reason)}


def _again(record: Any, row: AnyRow, cuts: Cuts, cut: Cut) -> str:
    """Return a record's words as they are left; as they stand, where nothing is taken out."""
    made = cut_record(record, cut, cuts.before, cuts.since)
    body: str = row.body
    return body if made is record else dump(made)


def _of_readings(connection: Connection, reach: Reach, cuts: Cuts) -> Iterator[Changed]:
    for row in _some(connection, readings, readings.c.n, reach.readings):
        yield readings, row, {"body": _again(load(ReadingBody, row.body), row, cuts, cuts.own)}
    for row in _some(connection, attributions, attributions.c.reading, reach.readings):
        item = load(Attribution, row.body)
        made = cut_record(item, cuts.own, cuts.before, cuts.since)
        if made is not item:
            yield attributions, row, {"speakers": roots(made.speakers), "body": dump(made)}
    for row in _some(connection, problems, problems.c.reading, reach.readings):
        yield problems, row, {"body": _again(load(Problem, row.body), row, cuts, cuts.own)}
    for row in _some(connection, problems, problems.c.source, reach.names):
        body = _again(load(Problem, row.body), row, cuts, cuts.own)
        source = row.source if cuts.is_whole else cuts.own(row.source)
        yield problems, row, {"source": source} | ({"body": body} if row.reading is None else {})


def _of_claims(connection: Connection, reach: Reach, cuts: Cuts) -> Iterator[Changed]:
    counted = {
        row.claim: row for row in _rows(connection, figures, figures.c.document == reach.number)
    }
    for row in _rows(connection, claims, claims.c.document == reach.number):
        claim = load(Claim, row.body)
        made = cut_record(claim, cuts.own, cuts.before, cuts.since)
        if made is claim:
            continue
        yield claims, row, claim_columns(made, row.known_on) | {"id": row.id}
        columns = figure_columns(made, row.known_on)
        if columns is not None and row.n in counted:
            yield figures, counted[row.n], dict(columns) | {"id": row.id}


def _of_incidents(connection: Connection, reach: Reach, cuts: Cuts) -> Iterator[Changed]:
    for row in _some(connection, incident_states, incident_states.c.incident, reach.incidents):
        cut = cuts.own if row.incident in reach.sole else cuts.shared
        yield (
            incident_states,
            row,
            {
                "label": cut(row.label),
                "body": _again(load(StateBody, row.body), row, cuts, cut),
            },
        )
    for some in chunks(reach.incidents):
        wanted = (
            select(findings, incident_states.c.incident)
            .join(incident_states, incident_states.c.n == findings.c.state)
            .where(incident_states.c.incident.in_(some))
        )
        for row in connection.execute(wanted):
            cut = cuts.own if row.incident in reach.sole else cuts.shared
            yield (
                findings,
                row,
                {
                    "proposition": cut(row.proposition),
                    "body": _again(load(Finding, row.body), row, cuts, cut),
                },
            )


def _of_people(connection: Connection, reach: Reach, cuts: Cuts) -> Iterator[Changed]:
    """Yield the judgements about the report, about its rows, about what they bear on, and about those judgements."""
    own = {reach.document_id, *reach.members}
    homes = select(incidents.c.id).where(incidents.c.n.in_(reach.incidents))
    told = (
        select(findings.c.id)
        .join(incident_states, incident_states.c.n == findings.c.state)
        .where(incident_states.c.incident.in_(reach.incidents))
    )
    around = {*connection.execute(homes).scalars(), *connection.execute(told).scalars()}
    seen: set[int] = set()
    asked = sorted(own | around)
    while asked:
        found = [
            row
            for some in chunks(asked)
            for row in _rows(
                connection,
                judgements,
                or_(judgements.c.subject.in_(some), judgements.c.other.in_(some)),
            )
            if row.n not in seen
        ]
        for row in {row.n: row for row in found}.values():
            seen.add(row.n)
            cut = cuts.shared if row.subject in around else cuts.own
            yield judgements, row, {"body": _judged(row, cut)}
        asked = sorted({row.id for row in found})


def _judged(row: AnyRow, cut: Cut) -> str:
    said = load(Judgement, row.body)
    told = {name: words for name in SAID if (words := getattr(said, name))}
    made: dict[str, Any] = {name: cut(words) for name, words in told.items()}
    body: str = row.body
    return body if made == told else dump(replace(said, **made))
