"""Grades: which fields of a claim are inferred, by their names as people know them."""

from collections.abc import Iterator

from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    Claim,
    Event,
    Payload,
    Position,
    Withheld,
)
from counterclaim.records.evidence import Graded, counts

NOT_COUNTED = "inferred, not counted"
"""How a value is marked that no words tell: it is shown, and stands in no status and no number."""


def inferred_fields(claim: Claim) -> tuple[str, ...]:
    """Return the names of the fields that no words tell: shown, marked, and never counted."""
    fields = (("speaker", claim.speakers), *_fields(claim.payload))
    return tuple(name for name, values in fields if not all(map(counts, values)))


def _fields(payload: Payload) -> Iterator[tuple[str, tuple[Graded, ...]]]:
    match payload:
        case Event() as event:
            yield "doer", event.actors
            yield "sufferer", event.recipients
            yield "place", _one(event.place)
            yield "day", _one(event.time)
        case Casualty() as figure:
            yield "side", figure.side
            yield "place", _one(figure.place)
            yield "day", (*_one(figure.period), *_one(figure.as_of))
        case Ceasefire() as truce:
            yield "parties", truce.parties
            yield "broker", truce.brokers
            yield "day", _one(truce.effective)
            yield "place", _one(truce.place)
            yield "accuser", truce.breach_alleged_by
        case Position() as position:
            yield "holder", position.holders
            yield "addressee", position.addressees
        case Withheld() as withheld:
            yield "owner", withheld.owners
            yield "day", _one(withheld.since)


def _one(value: Graded | None) -> tuple[Graded, ...]:
    return () if value is None else (value,)
