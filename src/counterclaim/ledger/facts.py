"""Facts: light rows of incidents and sayings, so that lists can be narrowed, counted and sorted in memory.

Rows never change: whoever keeps them asks for what came after the posting that he knows.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    func,
    select,
    text,
    true,
)

from counterclaim.ledger.claims import ROWS, incidents_holding, make_entries
from counterclaim.ledger.codec import load
from counterclaim.ledger.engine import reading
from counterclaim.ledger.incidents import findings_of_states
from counterclaim.ledger.moves import Moves, find_moves
from counterclaim.ledger.project_membership import incidents_moved
from counterclaim.ledger.search import key_column, match_clause, write_match
from counterclaim.ledger.table_projects import claim_projects
from counterclaim.ledger.tables import (
    attributions,
    claims,
    documents,
    erasures,
    findings,
    incident_members,
    incident_states,
    incidents,
    judgements,
    postings,
    readings,
    sightings,
    state_parties,
    withdrawals,
)
from counterclaim.ledger.visibility import GONE, AnyRow, Scope, chunks, make_scope
from counterclaim.records.attribution import Attribution
from counterclaim.records.list_facts import Gist, IncidentFacts, Saying, StatementFact
from counterclaim.records.query import EVERYTHING, Known

MOST_MATCHED = 2_000
"""Claims of which a list of incidents is narrowed by words, the latest filed."""

_BY_RULE = {
    "agreed_by_both": (True, True),
    "denied": (True, False),
    "corroborated": (False, True),
    "one_sided": (False, True),
    "single_source": (False, False),
    "unattributed": (False, False),
    "undisclosed": (False, False),
    "unassessed": (False, False),
}
"""Whether both sides spoke, and two origins affirm, where the status alone says so; others are looked at."""

_LOOKED_AT = ("contested", "denied", "admitted", "self_reported", "confirmed_by_adversary")

_NAMES = text(f"""
    WITH RECURSIVE names(root) AS (
        SELECT min(root) FROM claim_parties
        UNION ALL
        SELECT (SELECT min(c.root) FROM claim_parties c WHERE c.root > names.root)
        FROM names WHERE names.root IS NOT NULL
    )
    SELECT root FROM names WHERE root IS NOT NULL
    AND EXISTS (SELECT 1 FROM claim_parties c WHERE c.root = names.root AND c.claim NOT IN ({GONE}))
    ORDER BY root
""")  # noqa: S608 - our own words


class Facts:
    """Light rows of a ledger. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self) -> int:
        """Return the number of the latest posting."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.max(postings.c.n))).scalar() or 0)

    def party_names(self) -> tuple[str, ...]:
        """Return the roots of all parties that claims name, by name."""
        with reading(self._engine) as connection:
            return tuple(connection.execute(_NAMES).scalars())

    def is_upset(self, after: int) -> bool:
        """Return whether reports filed by a posting were withdrawn, brought back or erased since."""
        return self.is_rewritten(after) or self._has_since(withdrawals, after)

    def is_rewritten(self, after: int) -> bool:
        """Return whether words were taken out of rows since a posting."""
        return self._has_since(erasures, after)

    def _has_since(self, table: Table, after: int) -> bool:
        with reading(self._engine) as connection:
            wanted = select(table.c.n).where(table.c.posting > after).limit(1)
            return connection.execute(wanted).first() is not None

    def incidents(self, after: int = 0) -> tuple[int, list[IncidentFacts]]:
        """Return the latest posting, and the incidents that changed after one, as they stand.

        An incident whose reports joined or left a project changed too.

        Args:
            after: Number of the posting that is known; 0 for all.
        """
        with reading(self._engine) as connection:
            newest = int(connection.execute(select(func.max(postings.c.n))).scalar() or 0)
            return newest, ([] if newest == after else list(_incidents(connection, after)))

    def sayings(self, after: int = 0) -> tuple[int, list[Saying]]:
        """Return the latest posting, and the sayings filed after one; those of later readings last."""
        with reading(self._engine) as connection:
            newest = int(connection.execute(select(func.max(postings.c.n))).scalar() or 0)
            return newest, ([] if newest == after else list(_sayings(connection, after)))

    def judged_claims(self, after: int) -> tuple[str, ...]:
        """Return the ids of claims that people judged after a posting, or of which they took a judgement back."""
        with reading(self._engine) as connection:
            wanted = select(judgements.c.subject).where(judgements.c.posting > after).distinct()
            subjects = set(connection.execute(wanted).scalars())
            back = sorted(name for name in subjects if name.startswith("j-"))
            for some in chunks(back):
                first = select(judgements.c.subject).where(judgements.c.id.in_(some))
                subjects |= set(connection.execute(first).scalars())
            return tuple(sorted(name for name in subjects if name.startswith("c-")))

    def moves(self, since: datetime, *, project: str | None = None) -> Moves:
        """Return what moved since an instant, UTC: of one project, or of all."""
        return find_moves(self._engine, since, project=project)

    def said(self, numbers: Sequence[int]) -> dict[int, StatementFact]:
        """Return some sayings with their words, by number."""
        with reading(self._engine) as connection:
            found: dict[int, StatementFact] = {}
            for some in chunks(numbers):
                found |= _said(connection, some)
            return found

    def said_by_id(self, ids: Sequence[str]) -> dict[str, StatementFact]:
        """Return some sayings with their words, by the id of their attribution; of its latest reading."""
        with reading(self._engine) as connection:
            numbers: list[int] = []
            for some in chunks(ids):
                wanted = select(func.max(attributions.c.n)).where(attributions.c.id.in_(some))
                numbers += connection.scalars(wanted.group_by(attributions.c.id))
            found = (_said(connection, some) for some in chunks(numbers))
            return {said.attribution.id: said for rows in found for said in rows.values()}

    def matching(self, words: str) -> frozenset[str]:
        """Return the incidents that hold one of the latest claims whose sentence has the words.

        Raises:
            SearchError: If there is no word in them.
        """
        with reading(self._engine) as connection:
            numbers = _matched(connection, "claim_words", words)
            found: set[str] = set()
            for some in chunks(numbers):
                homes = (
                    select(incidents.c.id)
                    .join(incident_members, incident_members.c.incident == incidents.c.n)
                    .join(claims, claims.c.id == incident_members.c.member)
                    .where(claims.c.n.in_(some), Scope(None, None).is_member())
                )
                found |= set(connection.execute(homes).scalars())
            return frozenset(found)

    def documents_matching(self, words: str) -> frozenset[int]:
        """Return the numbers of the latest documents that have the words anywhere.

        Raises:
            SearchError: If there is no word in them.
        """
        with reading(self._engine) as connection:
            return frozenset(_matched(connection, "document_words", words))

    def gists(self, incident_ids: Sequence[str], *, known: Known = EVERYTHING) -> dict[str, Gist]:
        """Return what the titles of some incidents are made of, by id; as known on a day.

        By the day of publication only the claims published by then are in it, and no findings.
        """
        with reading(self._engine) as connection:
            scope = make_scope(connection, known.of_all)
            found: dict[str, Gist] = {}
            for some in chunks(incident_ids):
                found |= _gists(connection, some, scope)
            return found


def _matched(connection: Connection, index: str, words: str) -> list[int]:
    """Return the numbers of the latest rows of an index that have the words."""
    key = key_column(connection, index)
    where = match_clause(connection, index)
    wanted = text(
        f"SELECT {key} FROM {index} WHERE {where} ORDER BY {key} DESC LIMIT :most"  # noqa: S608 - fixed names
    )
    given = {"match": write_match(connection, words), "most": MOST_MATCHED}
    return list(connection.execute(wanted, given).scalars())


def _incidents(connection: Connection, after: int) -> Iterator[IncidentFacts]:
    rows = _fresh(connection, after)
    some = None if after == 0 else [row.n for row in rows]
    parties = _by_number(connection, state_parties.c.state, state_parties.c.root, some)
    statuses = _by_number(connection, findings.c.state, findings.c.status, some)
    sides = _sides(connection, some)
    homes = None if after == 0 else [row.incident for row in rows]
    places, outlets = _told_of(connection, homes)
    own = _projects_of(connection, homes)
    for row in rows:
        named = tuple(sorted(statuses.get(row.n, ())))
        both, two = sides.get(row.n, (False, False))
        yield IncidentFacts(
            state=row.n,
            id=row.id,
            kind=row.kind,
            is_open=row.is_open,
            first_day=row.first_day,
            last_day=row.last_day,
            known_on=row.known_on,
            claims=row.claims,
            documents=row.documents,
            parties=tuple(sorted(parties.get(row.n, ()))),
            statuses=named,
            places=tuple(sorted(places.get(row.incident, ()))),
            outlets=tuple(sorted(outlets.get(row.incident, ()))),
            projects=tuple(sorted(own.get(row.incident, ()))),
            both_spoke=both or any(_BY_RULE.get(name, (False,))[0] for name in named),
            two_origins=two or any(_BY_RULE.get(name, (False, False))[1] for name in named),
        )


def _fresh(connection: Connection, after: int) -> list[AnyRow]:
    """Return the latest states of the incidents that changed after a posting, or whose reports changed projects."""
    every = Scope(None, None)
    wanted = (
        select(incident_states, incidents.c.id, incidents.c.kind)
        .join(incidents, incidents.c.n == incident_states.c.incident)
        .where(every.latest_state())
    )
    rows = list(connection.execute(wanted.where(incident_states.c.posting > after)))
    for some in chunks(sorted(incidents_moved(connection, after)) if after else []):
        rows += connection.execute(wanted.where(incident_states.c.incident.in_(some)))
    return sorted({row.n: row for row in rows}.values(), key=lambda row: row.n)


def _by_number(
    connection: Connection,
    key: ColumnElement[int],
    value: ColumnElement[str],
    numbers: Sequence[int] | None,
) -> dict[int, set[str]]:
    """Return the values of a column by number: of some numbers, or of all."""
    found: dict[int, set[str]] = {}
    for where in _among(key, numbers):
        for number, word in connection.execute(select(key, value).where(where).distinct()):
            found.setdefault(number, set()).add(word)
    return found


def _among(key: ColumnElement[int], numbers: Sequence[int] | None) -> Iterator[ColumnElement[bool]]:
    if numbers is None:
        yield true()
        return
    for some in chunks(numbers):
        yield key.in_(some)


def _sides(connection: Connection, numbers: Sequence[int] | None) -> dict[int, tuple[bool, bool]]:
    """Return whether both sides spoke and two origins affirm, by state, where the voices must be looked at."""
    found: dict[int, tuple[bool, bool]] = {}
    for where in _among(findings.c.state, numbers):
        wanted = select(findings.c.state, findings.c.body).where(
            findings.c.status.in_(_LOOKED_AT), where
        )
        for state, body in connection.execute(wanted):
            voices = [
                voice
                for voice in json.loads(body).get("voices", ())
                if voice.get("affirms") is not None and voice.get("evidence") != "inferred"
            ]
            aligned = {voice.get("alignment") for voice in voices}
            origins = {voice.get("origin") for voice in voices if voice["affirms"]} - {None, ""}
            both, two = found.get(state, (False, False))
            found[state] = both or {"doer", "other side"} <= aligned, two or len(origins) > 1
    return found


def _told_of(
    connection: Connection, numbers: Sequence[int] | None
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return the places and the outlets of incidents' claims, by the incident's number."""
    every = Scope(None, None)
    places: dict[int, set[str]] = {}
    outlets: dict[int, set[str]] = {}
    for where in _among(incident_members.c.incident, numbers):
        wanted = (
            select(
                incident_members.c.incident, claims.c.place, sightings.c.outlet, sightings.c.name
            )
            .join(claims, claims.c.id == incident_members.c.member)
            .join(readings, readings.c.n == claims.c.reading)
            .join(sightings, sightings.c.n == readings.c.sighting)
            .where(where, every.is_member(), every.latest_reading())
        )
        for number, place, outlet, name in connection.execute(wanted):
            outlets.setdefault(number, set()).add(outlet or name)
            if place is not None:
                places.setdefault(number, set()).add(place)
    return places, outlets


def _projects_of(connection: Connection, numbers: Sequence[int] | None) -> dict[int, set[str]]:
    """Return the projects of incidents' claims, by the incident's number."""
    every = Scope(None, None)
    found: dict[int, set[str]] = {}
    for where in _among(incident_members.c.incident, numbers):
        wanted = (
            select(incident_members.c.incident, claim_projects.c.project)
            .join(claims, claims.c.id == incident_members.c.member)
            .join(claim_projects, claim_projects.c.claim == claims.c.n)
            .where(where, every.is_member(), every.latest_reading())
        )
        for number, project in connection.execute(wanted.distinct()):
            found.setdefault(number, set()).add(project)
    return found


def _sayings(connection: Connection, after: int) -> Iterator[Saying]:
    wanted = (
        select(
            attributions.c.n,
            attributions.c.id,
            attributions.c.reading,
            attributions.c.stance,
            attributions.c.speakers,
            attributions.c.body,
            readings.c.document,
            readings.c.known_on,
            sightings.c.outlet,
            sightings.c.name,
        )
        .join(readings, readings.c.n == attributions.c.reading)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .where(attributions.c.is_claim, attributions.c.posting > after)
        .where(Scope(None, None).stands(readings.c.document))
        .order_by(attributions.c.n)
    )
    for row in connection.execute(wanted):
        body = row.body
        units: tuple[str, ...] = ()
        targets: tuple[str, ...] = ()
        if '"targets":' in body or '"unit":' in body:
            held = json.loads(body)
            units = _words_of(held.get("speakers", ()), "unit")
            targets = _words_of(held.get("targets", ()), "root")
        yield Saying(
            number=row.n,
            id=row.id,
            document=row.document,
            reading=row.reading,
            stance=row.stance,
            speakers=tuple(row.speakers.split(" & ")) if row.speakers else (),
            units=units,
            targets=targets,
            outlet=row.outlet or row.name,
            known_on=row.known_on,
        )


def _said(connection: Connection, numbers: Sequence[int]) -> dict[int, StatementFact]:
    wanted = (
        select(
            attributions.c.n,
            attributions.c.id,
            attributions.c.body,
            documents.c.id.label("document_id"),
            readings.c.known_on,
            sightings.c.outlet,
            sightings.c.name,
            sightings.c.published,
        )
        .join(readings, readings.c.n == attributions.c.reading)
        .join(documents, documents.c.n == readings.c.document)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .where(attributions.c.n.in_(numbers))
    )
    rows = connection.execute(wanted).all()
    homes = incidents_holding(connection, [row.id for row in rows], Scope(None, None))
    return {
        row.n: StatementFact(
            attribution=load(Attribution, row.body).known_as(row.id),
            document_id=row.document_id,
            outlet=row.outlet or row.name,
            known_on=date.fromisoformat(row.known_on),
            is_dated=row.published is not None,
            incident_id=homes.get(row.id),
        )
        for row in rows
    }


def _words_of(parties: Sequence[dict[str, str]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item[name] for item in parties if item.get(name)))


def _gists(connection: Connection, incident_ids: Sequence[str], scope: Scope) -> dict[str, Gist]:
    states = connection.execute(
        select(incidents.c.id, incident_states.c.incident, incident_states.c.n)
        .join(incidents, incidents.c.n == incident_states.c.incident)
        .where(incidents.c.id.in_(incident_ids), scope.latest_state())
    ).all()
    members: dict[int, list[AnyRow]] = {}
    for row in connection.execute(_members([row.incident for row in states], scope)):
        members.setdefault(row.incident, []).append(row)
    every = [row for rows in members.values() for row in rows]
    entries = {
        row.n: entry
        for row, entry in zip(every, make_entries(connection, every, scope, bare=True), strict=True)
    }
    told = {} if scope.last_day else findings_of_states(connection, [row.n for row in states])
    return {
        row.id: Gist(
            state=row.n,
            entries=tuple(
                replace(entries[item.n], incident_id=row.id)
                for item in sorted(
                    members.get(row.incident, ()), key=lambda item: (item.known_on, item.n)
                )
            ),
            findings=told.get(row.n, ()),
        )
        for row in states
    }


def _members(numbers: Sequence[int], scope: Scope) -> "Select[tuple[object, ...]]":
    return (
        ROWS.add_columns(incident_members.c.incident)
        .join(incident_members, incident_members.c.member == claims.c.id)
        .where(incident_members.c.incident.in_(numbers), scope.is_member(), scope.claim_seen())
    )
