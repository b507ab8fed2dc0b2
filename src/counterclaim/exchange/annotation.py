"""W3C Web Annotation with PROV: each claim as a note on the words that it stands on."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TextIO

from counterclaim.exchange.cells import counted, many, why_left_out, words
from counterclaim.exchange.losses import Losses
from counterclaim.records.flat import FlatRow

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "prov": "http://www.w3.org/ns/prov#",
        "cc": "urn:counterclaim:",
        "prov:wasDerivedFrom": {"@type": "@id"},
        "prov:wasGeneratedBy": {"@type": "@id"},
    },
]

CARRIES = (
    "id", "kind", "speakers", "speaker_evidence", "stance", "quote", "sentence", "start", "end",
    "sentence_start", "address", "document", "published", "reader", "recorded_at", "status", "telling",
    "event_type", "event_modes", "outcome", "ceasefire_status", "position", "evidence",
)  # fmt: skip

AROUND = 32
"""Characters before and after the quote that tell it apart from the same words elsewhere."""

TAGS = ("kind", "stance", "event_type", "telling", "outcome", "ceasefire_status", "position")


def write_annotation(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write annotations as one JSON-LD collection, each with a position and a quote to find its words by."""
    losses = Losses("annotation", CARRIES)
    head = json.dumps(CONTEXT)
    stream.write(
        f'{{"@context": {head}, "id": "urn:counterclaim:claims", "type": "AnnotationPage", "items": ['
    )
    mark = "\n"
    for row in rows:
        if row["left_out"]:
            losses.skip(row, why_left_out(row))
            continue
        losses.carry(row, ["speakers"] if row["speaker_evidence"] == "inferred" else [])
        stream.write(mark + json.dumps(_annotation(row), ensure_ascii=False))
        mark = ",\n"
    stream.write("\n]}\n")
    return losses


def _annotation(row: FlatRow) -> dict[str, Any]:
    source = _source(row)
    recorded = row["recorded_at"]
    made: dict[str, Any] = {
        "id": f"urn:counterclaim:{row['id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": row["reader"] or "counterclaim"},
        "body": _bodies(row),
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": _selectors(row),
            "state": _state(row),
        },
        "prov:wasDerivedFrom": source,
        "cc:speakerEvidence": row["speaker_evidence"],
        "cc:evidence": row["evidence"],
    }
    said = counted(row, "speakers", "speaker_evidence")
    if said:
        made["prov:wasAttributedTo"] = [{"type": "prov:Agent", "cc:name": name} for name in said]
    if isinstance(recorded, datetime):
        made["generated"] = recorded.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {name: value for name, value in made.items() if value is not None}


def _bodies(row: FlatRow) -> list[dict[str, Any]]:
    tags = [words(row, name) for name in TAGS if row[name]] + many(row, "event_modes")
    if row["status"]:
        tags.append(f"status: {row['status']}")
    return [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]


def _selectors(row: FlatRow) -> list[dict[str, Any]]:
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": row["quote"]}
    sentence, start, begin = row["sentence"], row["start"], row["sentence_start"]
    exact = row["quote"]
    if isinstance(sentence, str) and isinstance(start, int) and isinstance(begin, int):
        at = start - begin
        if sentence[at : at + len(str(exact))] == exact:
            quote["prefix"] = sentence[max(0, at - AROUND) : at]
            quote["suffix"] = sentence[at + len(str(exact)) :][:AROUND]
    return [
        {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]},
        quote,
    ]


def _source(row: FlatRow) -> str:
    address = words(row, "address")
    if address.startswith(("http://", "https://")):
        return address
    return f"urn:counterclaim:{row['document']}"


def _state(row: FlatRow) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "TimeState", "cached": f"urn:counterclaim:{row['document']}"}
    if row["published"]:
        made["sourceDate"] = f"{row['published']}T00:00:00Z"
    return made
