"""FollowTheMoney: reports, parties, events and claims as entities, and the same as statements.

The model has no claim. A claim is a note about its event, with its report as proof, and links from who says it to
whom it is about, each with the role that the saying gives them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from counterclaim.exchange.cells import counted, days, flat, why_left_out, words
from counterclaim.exchange.entities import entity
from counterclaim.exchange.losses import Losses
from counterclaim.exchange.tables import csv_cell, csv_writer
from counterclaim.records.flat import FlatRow
from counterclaim.records.identity import make_id

CARRIES = (
    "id", "kind", "speakers", "speaker_evidence", "stance", "quote", "sentence", "event_type", "event_modes",
    "telling", "actors", "recipients", "side", "parties", "brokers", "holders", "addressees", "owners", "place",
    "place_country", "first_day", "last_day", "time", "status", "outlet", "title", "address", "author",
    "published", "document", "evidence", "recorded_at", "outcome", "low", "high",
)  # fmt: skip

ABOUT = (
    ("actors", "actor_evidence", "doer"),
    ("recipients", "recipient_evidence", "sufferer"),
    ("side", "side_evidence", "whose loss"),
    ("parties", "parties_evidence", "party to the ceasefire"),
    ("brokers", "broker_evidence", "broker"),
    ("holders", "holder_evidence", "holder"),
    ("addressees", "addressee_evidence", "addressee"),
    ("owners", "owner_evidence", "withholder"),
)
"""Roles of the parties that a claim is about."""

WHERE_AND_WHEN = (
    ("place", "place", "place_evidence"),
    ("first day", "first_day", "time_evidence"),
    ("last day", "last_day", "time_evidence"),
    ("time", "time", "time_evidence"),
)
"""What a note tells in words, with how it is known: the model has a place for it on events alone."""

LONGEST_STRING = 1_000
SCHEMATA = {
    "ministry": "PublicBody",
    "state": "PublicBody",
    "government": "PublicBody",
    "military": "PublicBody",
    "leader": "Person",
    "official": "Person",
}

STATEMENT_COLUMNS = (
    "canonical_id", "entity_id", "prop", "schema", "value", "dataset", "lang", "original_value", "external",
    "first_seen", "last_seen", "id",
)  # fmt: skip
DATASET = "counterclaim"

Entity = dict[str, Any]


def write_ftm(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write entities as JSON lines, each once."""
    losses = Losses("ftm", CARRIES)
    stream.writelines(
        json.dumps(made, ensure_ascii=False) + "\n" for made, _ in _entities(rows, losses)
    )
    return losses


def write_ftm_statements(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write the same as statements: one row for each value, with the day on which it was first known."""
    losses = Losses("ftm-statements", CARRIES)
    writer = csv_writer(stream)
    writer.writerow(STATEMENT_COLUMNS)
    for made, seen in _entities(rows, losses):
        values = [(prop, value) for prop, found in made["properties"].items() for value in found]
        for prop, value in (("id", made["id"]), *values):
            id_ = make_id("s", DATASET, made["id"], prop, value)
            cells = (
                made["id"], made["id"], prop, made["schema"], value, DATASET, "", "", "false", seen, seen, id_,
            )  # fmt: skip
            writer.writerow([csv_cell(cell) for cell in cells])
    return losses


def _entities(rows: Iterable[FlatRow], losses: Losses) -> Iterator[tuple[Entity, str]]:
    given: set[str] = set()
    for row in rows:
        if row["left_out"]:
            losses.skip(row, why_left_out(row))
            continue
        losses.carry(row, [name for name, grade, _ in ABOUT if row[grade] == "inferred"])
        seen = words(row, "known_on")
        for made in _of(row):
            if made["id"] not in given:
                given.add(made["id"])
                yield made, seen


def _of(row: FlatRow) -> Iterator[Entity]:
    document = _document(row)
    yield document
    speakers = [_party(name) for name in counted(row, "speakers", "speaker_evidence")]
    about = [
        (_party(name), role)
        for column, grade, role in ABOUT
        for name in counted(row, column, grade)
    ]
    yield from speakers
    yield from (made for made, _ in about)
    subject = document
    if row["kind"] == "event":
        subject = _event(row, document, [made["id"] for made, _ in about])
        yield subject
    yield _note(row, subject, document)
    for speaker in speakers:
        for made, role in about:
            if made["id"] != speaker["id"]:
                yield _link(row, speaker, made, role, document)


def _entity(schema: str, id_: str, **properties: object) -> Entity:
    found: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        kept = [str(item) for item in values if item not in (None, "")]
        if kept:
            found[name] = list(dict.fromkeys(kept))
    return {"id": id_, "schema": schema, "properties": found, "datasets": [DATASET]}


def _document(row: FlatRow) -> Entity:
    address = words(row, "address")
    is_web = address.startswith(("http://", "https://"))
    return _entity(
        "Article",
        words(row, "document"),
        title=_short(words(row, "title") or address or words(row, "document")),
        author=_short(words(row, "author")),
        publisher=_short(words(row, "outlet")),
        publishedAt=words(row, "published"),
        retrievedAt=words(row, "recorded_at")[:19].replace(" ", "T"),
        sourceUrl=address if is_web else None,
        fileName=None if is_web else _short(address),
        language="eng",
    )


def _party(name: str) -> Entity:
    found = entity(name)
    schema = SCHEMATA.get(found.kind, "Organization") if found.unit is None else "LegalEntity"
    return _entity(schema, make_id("e", "party", name), name=name[:384])


def _event(row: FlatRow, document: Entity, involved: list[str]) -> Entity:
    span = days(row)
    country = words(row, "place_country").lower() if row["place_evidence"] != "inferred" else ""
    return _entity(
        "Event",
        make_id("e", "event", words(row, "id")),
        name=f"{row['event_type']} {' '.join(_list(row, 'event_modes'))}".strip(),
        summary=f"told as {row['telling']}",
        startDate=span[0].isoformat() if span else None,
        endDate=span[1].isoformat() if span else None,
        location=words(row, "place") if row["place_evidence"] != "inferred" else None,
        country=country,
        involved=involved,
        description=flat(words(row, "sentence")),
        proof=document["id"],
        recordId=words(row, "id"),
    )


def _note(row: FlatRow, subject: Entity, document: Entity) -> Entity:
    who = " & ".join(_list(row, "speakers")) or "the report"
    number = row["low"] if row["low"] == row["high"] else f"{row['low']}-{row['high'] or ''}"
    counted_as = f" {row['outcome']} {number}" if row["kind"] == "casualty" else ""
    return _entity(
        "Note",
        make_id("e", "note", words(row, "id")),
        name=words(row, "id"),
        entity=subject["id"],
        summary=f"{who}: {row['stance']}{counted_as}",
        description=flat(words(row, "sentence") or words(row, "quote")),
        notes=[
            f"quote: {flat(words(row, 'quote'))}",
            *(
                f"{head}: {words(row, name)} ({row[grade]})"
                for head, name, grade in WHERE_AND_WHEN
                if row[name] is not None
            ),
        ],
        proof=document["id"],
        keywords=[
            words(row, "kind"),
            words(row, "stance"),
            words(row, "status"),
            f"evidence: {row['evidence']}",
        ],
    )


def _link(row: FlatRow, speaker: Entity, made: Entity, role: str, document: Entity) -> Entity:
    return _entity(
        "UnknownLink",
        make_id("e", "link", words(row, "id"), speaker["id"], made["id"], role),
        subject=speaker["id"],
        object=made["id"],
        role=f"{row['stance']}: {role}",
        date=words(row, "published"),
        proof=document["id"],
        recordId=words(row, "id"),
    )


def _list(row: FlatRow, name: str) -> list[str]:
    value = row[name]
    return value if isinstance(value, list) else []


def _short(text: str) -> str:
    return flat(text)[:LONGEST_STRING]
