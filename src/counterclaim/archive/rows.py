"""Rows: a reading as plain values, one row a claim, a figure, an event, a problem, a document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counterclaim.copies.prints import Print
from counterclaim.ledger.codec import dump
from counterclaim.ledger.columns import act_of, days_of, place_of, roots
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.plover import PloverEvent
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.report_view import party_names, time_words

Row = dict[str, Any]

TABLES = ("documents", "claims", "figures", "events", "problems", "let_go")
UNDATED = "unknown"
"""The day of what nobody dated."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """What one document adds to each table."""

    tables: Mapping[str, list[Row]]

    def dump(self) -> str:
        """Return the rows as one line."""
        return json.dumps(self.tables, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedDocument:
    """A document of an archive, and what is known of it besides its text."""

    document: Document
    mark: Print
    """What near copies are told by."""
    crawled: date | None = None
    """When the page was fetched: the day it is filed under where nobody dated it."""
    score: float | None = None
    """The gate's."""


def reading_rows(reading: Reading, met: ArchivedDocument) -> DocumentRows:
    """Return the rows of a document that was read.

    Args:
        reading: As read.
        met: The document that was read.
    """
    document = reading.document
    day, basis = filing_day(met)
    common = {"day": day, "document": document.id}
    claims = [{**common, **_claim(claim, document)} for claim in reading.claims]
    row = {
        **common,
        **_told(document),
        "day_basis": basis,
        "copy_of": None,
        "score": met.score,
        "characters": len(document.text),
        "claims": len(reading.claims),
        **_printed(met.mark),
        "reading": dump(settled(reading)),
    }
    return DocumentRows(
        {
            "documents": [row],
            "claims": claims,
            "figures": [
                {**common, **_figure(claim, claim.payload)}
                for claim in reading.claims
                if isinstance(claim.payload, Casualty)
            ],
            "events": [{**common, **_event(event)} for event in reading.events],
            "problems": [
                {
                    **common,
                    "name": document.name,
                    "code": problem.code,
                    "message": problem.message,
                    "start": None if problem.span is None else problem.span.start,
                    "end": None if problem.span is None else problem.span.end,
                }
                for problem in reading.problems
            ],
        }
    )


def settled(reading: Reading) -> Reading:
    """Return a reading as it is kept: without the names as they were settled, which only the reading itself needs."""
    return replace(reading, resolution=Resolution())


def copy_rows(met: ArchivedDocument, copy_of: str) -> DocumentRows:
    """Return the row of a document that is a copy of one met before: where it stood, not what it says."""
    return DocumentRows({"documents": [_unread(met, copy_of, None)]})


def failed_rows(met: ArchivedDocument, reason: str, why: str) -> DocumentRows:
    """Return the rows of a document that could not be read: it is known, with its print, and why."""
    let_go = let_go_rows(met.document.name, reason, why, met.score)
    return DocumentRows({"documents": [_unread(met, None, met.mark)], **let_go.tables})


def _unread(met: ArchivedDocument, copy_of: str | None, mark: Print | None) -> Row:
    day, basis = filing_day(met)
    return {
        "day": day,
        "document": met.document.id,
        **_told(met.document),
        "day_basis": basis,
        "copy_of": copy_of,
        "score": met.score,
        "characters": len(met.document.text),
        "claims": 0,
        **_printed(mark),
        "reading": None,
    }


def _printed(mark: Print | None) -> Row:
    if mark is None:
        return {"minima": None, "numbers": None}
    return {"minima": mark.minima.hex(), "numbers": " ".join(sorted(mark.numbers))}


def let_go_rows(name: str, reason: str, detail: str, score: float | None) -> DocumentRows:
    """Return the row of an item that was not read, with the reason."""
    row = {"name": name, "reason": reason, "score": score, "detail": detail}
    return DocumentRows({"let_go": [row]})


def problem_rows(name: str, code: str, message: str) -> DocumentRows:
    """Return the row of a problem that belongs to no document."""
    row = {
        "day": UNDATED, "document": None, "name": name, "code": code, "message": message,
        "start": None, "end": None,
    }  # fmt: skip
    return DocumentRows({"problems": [row]})


def filing_day(met: ArchivedDocument) -> tuple[str, str]:
    """Return the day a document is filed under, and on what that rests."""
    if met.document.published is not None:
        return met.document.published.isoformat(), "published"
    return (UNDATED, "unknown") if met.crawled is None else (met.crawled.isoformat(), "crawled")


def _told(document: Document) -> Row:
    return {
        "name": document.name,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": None if document.published is None else document.published.isoformat(),
    }


def _claim(claim: Claim, document: Document) -> Row:
    first, last = days_of(claim)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "act": act_of(claim),
        "stance": claim.stance,
        "speakers": roots(claim.speakers) or None,
        "hedged": bool(claim.hedges),
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "sentence": document.words(claim.sentence),
        "first_day": first,
        "last_day": last,
        **_place(place_of(claim)),
    }


def _figure(claim: Claim, payload: Casualty) -> Row:
    return {
        "claim": claim.id,
        "stance": claim.stance,
        "speakers": roots(claim.speakers) or None,
        "low": payload.count.low,
        "high": payload.count.high,
        "qualifier": payload.count.qualifier,
        "outcome": payload.outcome,
        "category": payload.category,
        "subgroup": payload.subgroup,
        "side": _names(payload.side),
        "relation": payload.relation,
        "measure": payload.measure,
        "period": time_words(payload.period) or None,
        "as_of": time_words(payload.as_of) or None,
        "background": payload.background,
        "quote": claim.quote,
        **_place(payload.place),
    }


def _event(event: PloverEvent) -> Row:
    return {
        "claim": event.claim_id,
        "type": event.type,
        "modes": ", ".join(event.modes) or None,
        "actors": " & ".join(str(item) for item in event.actors) or None,
        "actor_codes": " & ".join(item.code for item in event.actors) or None,
        "recipients": " & ".join(str(item) for item in event.recipients) or None,
        "recipient_codes": " & ".join(item.code for item in event.recipients) or None,
        "telling": event.telling,
        "score": event.score,
        "quad": event.quad,
        "cameo": event.cameo or None,
        "quote": event.quote,
        "start": event.span.start,
        "end": event.span.end,
        "time": time_words(event.time) or None,
        **_place(event.place),
    }


def _place(place: Place | None) -> Row:
    if place is None:
        return {
            "place": None,
            "place_id": None,
            "country": None,
            "latitude": None,
            "longitude": None,
        }
    return {
        "place": place.name,
        "place_id": place.gazetteer_id,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _names(parties: tuple[Party, ...]) -> str | None:
    return party_names(parties) if parties else None
