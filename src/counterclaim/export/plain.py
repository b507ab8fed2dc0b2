"""Plain data: readings as dictionaries that JSON can carry."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.evidence import counts
from counterclaim.records.grades import inferred_fields
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.proposal import SecondReading, contested_fields, readers_of
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span


def plain(value: object) -> Any:
    """Turn any record into plain data: spans as ``[start, end]``, parties as their normal form."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case Party():
            return str(value)
        case Span():
            return [value.start, value.end]
        case Step():
            return str(value)
        case tuple() | list():
            return [plain(item) for item in value]
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    return {str(key): plain(item) for key, item in dict(value).items()}  # type: ignore[call-overload]


def claim_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield one row for each attribution kept, then for each claim, with ids and words."""
    for item in reading.attributions:
        if item.is_claim:
            yield attribution_row(reading.document, item)
    for claim in reading.claims:
        yield claim_row(claim)


def attribution_row(document: Document, item: Attribution) -> dict[str, Any]:
    """Return an attribution as a row."""
    return {
        "row": "attribution",
        "id": item.id,
        **plain(item),
        "inferred": ["speaker"] if not all(map(counts, item.speakers)) else [],
        "cue_words": document.words(item.cue),
        "content_words": document.words(*item.content),
        "read_by": list(readers_of(item.trace)),
        "contested": list(contested_fields(item.trace)),
    }


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return a claim as a row, its payload's fields beside its own under ``payload``.

    ``inferred`` names the fields that no words tell: they count in nothing.
    """
    row = {"row": "claim", "id": claim.id, "kind": claim.kind, **plain(claim)}
    return row | {
        "inferred": list(inferred_fields(claim)),
        "read_by": list(readers_of(claim.trace)),
        "contested": list(contested_fields(claim.trace)),
    }


def _second(second: SecondReading) -> dict[str, Any]:
    """Return what the second reader made of a document, the dropped counted by reason."""
    return {**plain(second), "dropped": dict(second.drops)}


def as_plain(reading: Reading) -> dict[str, Any]:
    """Return a whole reading as plain data; the text stands in ``document``."""
    return {
        "document": {"id": reading.document.id, **plain(reading.document)},
        "signature": plain(dict(reading.signature)),
        "division": plain(reading.division),
        "sides": plain(reading.sides),
        "sides_basis": reading.sides_basis,
        "attributions": [
            attribution_row(reading.document, item)
            for item in reading.attributions
            if item.is_claim
        ],
        "claims": [claim_row(claim) for claim in reading.claims],
        "events": [{"id": item.id, **plain(item)} for item in reading.events],
        "inferred": plain(dict(reading.inferred)),
        "incidents": [{"id": item.id, **plain(item)} for item in reading.incidents],
        "findings": [{"id": item.id, **plain(item)} for item in reading.findings],
        "second": None if reading.second is None else _second(reading.second),
        "account": plain(reading.account)
        | {"total_lines": [str(total) for total in reading.account.totals]},
        "wordings": plain(reading.wordings),
        "comments": plain(reading.comments),
        "problems": plain(reading.problems),
    }
