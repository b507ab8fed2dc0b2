"""Flat: a claim as one row of named columns, with its words and where they stand.

One form for files, frames and the command line. What a claim does not say is None, never zero and never
an empty word. Beside each value that a name, place or day gives stands how it is known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    Claim,
    Event,
    Position,
    Withheld,
)
from counterclaim.records.evidence import Graded, weakest
from counterclaim.records.finding import Finding, Slot
from counterclaim.records.flat_columns import COLUMNS, FlatTable
from counterclaim.records.grades import inferred_fields
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.proposal import contested_fields, readers_of
from counterclaim.records.text import Span
from counterclaim.records.time import Time

if TYPE_CHECKING:
    from counterclaim.records.reading import Reading

Cell = str | int | float | bool | date | datetime | list[str] | None
FlatRow = dict[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowContext:
    """What stands around a claim: its report, its saying, its incident, and what people decided."""

    text: str | None = None
    """The report's whole text; without it no sentence is given."""
    name: str = ""
    """Where the report came from: an address, a file."""
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    known_on: date | None = None
    recorded_at: datetime | None = None
    attribution: Attribution | None = None
    incident_id: str | None = None
    finding: Finding | None = None
    """The one on the slot that the claim itself speaks to."""
    corrections: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    left_out: bool = False
    contested: tuple[str, ...] | None = None
    """Fields that readers have otherwise and nobody settled; None: as read, with all that its trace tells."""
    reader: str | None = None
    reading_id: str | None = None
    link: str | None = None


KINDS: Mapping[FlatTable, str | None] = MappingProxyType(
    {"claims": None, "figures": "casualty", "events": "event", "ceasefires": "ceasefire"}
)
"""The kind of claim that each table holds; None for all."""

SLOTS: Mapping[str, Slot] = MappingProxyType(
    {"event": "occurred", "casualty": "figure", "ceasefire": "agreement", "withheld": "disclosure"}
)
"""The slot of an incident that a claim of each kind speaks to."""


_EMPTY: Mapping[FlatTable, tuple[tuple[str, ...], FlatRow]] = MappingProxyType(
    {
        table: (
            tuple(column.name for column in columns if column.kind == "list"),
            {column.name: None for column in columns},
        )
        for table, columns in COLUMNS.items()
    }
)
"""By table, the columns of lists, and a row in which nothing is said."""


def flat_row(claim: Claim, setting: RowContext, table: FlatTable = "claims") -> FlatRow:
    """Return a claim as one row with every column of a table."""
    text = setting.text
    said = setting.attribution
    contested = setting.contested
    if contested is None:
        contested = contested_fields(claim.trace)
    found: FlatRow = {
        "id": claim.id,
        "kind": claim.kind,
        "speakers": names(claim.speakers),
        "speaker_evidence": _grade(claim.speakers),
        "stance": claim.stance,
        "quote": claim.quote,
        "sentence": _words(text, claim.sentence),
        **_payload(claim, text),
        "outlet": setting.outlet,
        "title": setting.title,
        "address": setting.name or None,
        "author": setting.author,
        "published": setting.published,
        "known_on": setting.known_on or setting.published,
        "start": claim.span.start,
        "end": claim.span.end,
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "document": claim.document_id,
        "attribution": claim.attribution_id,
        "hedges": _all_words(text, claim.hedges),
        "evidence": weakest(_graded(claim)),
        "inferred": list(inferred_fields(claim)),
        "incident": setting.incident_id,
        "corrections": list(setting.corrections),
        "judgements": list(setting.judgements),
        "left_out": setting.left_out or bool(contested),
        "contested": list(contested),
        "read_by": list(readers_of(claim.trace)),
        "reader": setting.reader,
        "reading": setting.reading_id,
        "recorded_at": setting.recorded_at,
        "permalink": setting.link,
    }
    if said is not None:
        found |= {
            "cue": _words(text, said.cue),
            "quotation": said.quotation,
            "via": names(said.via),
            "targets": names(said.targets),
        }
    if setting.finding is not None:
        found |= {
            "status": setting.finding.status,
            "status_rule": setting.finding.rule,
            "status_reason": setting.finding.reason,
            "finding": setting.finding.id,
        }
    lists, empty = _EMPTY[table]
    row: FlatRow = dict(empty)
    if table == "claims":  # it has a column for everything
        row.update(found)
    else:
        row.update((name, value) for name, value in found.items() if name in empty)
    for name in lists:
        if not row[name]:
            row[name] = []
    return row


def permalink(claim_id: str, site: str = "") -> str:
    """Return the lasting address of a claim: it leads to the claim's words in their report.

    Args:
        claim_id: Of the claim.
        site: Where the workbench is reached; empty for the path alone.
    """
    return f"{site.rstrip('/')}/claims/{quote(claim_id, safe='')}"


def reading_rows(
    reading: "Reading", table: FlatTable = "claims", *, site: str = ""
) -> Iterator[FlatRow]:
    """Yield the claims of one reading as rows, in the order of the text."""
    findings = findings_by_claim(reading.findings)
    homes = {id_: item.id for item in reading.incidents for id_ in item.claim_ids}
    document = reading.document
    for claim in reading.claims:
        if KINDS[table] not in {None, claim.kind}:
            continue
        setting = RowContext(
            text=document.text,
            name=document.name,
            title=document.title,
            outlet=document.outlet,
            author=document.author,
            published=document.published,
            attribution=reading.attribution_by_id.get(claim.attribution_id or ""),
            incident_id=homes.get(claim.id),
            finding=finding_of(claim, findings.get(claim.id, ())),
            reader=reader_words(reading.signature),
            link=permalink(claim.id, site) if site else None,
        )
        yield flat_row(claim, setting, table)


def findings_by_claim(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings that rest on each claim."""
    found: dict[str, list[Finding]] = {}
    for item in findings:
        for claim_id in {voice.claim_id for voice in item.voices}:
            found.setdefault(claim_id, []).append(item)
    return found


def finding_of(claim: Claim, findings: Iterable[Finding]) -> Finding | None:
    """Return the finding on the slot that a claim itself speaks to, where one rests on the claim."""
    resting = [item for item in findings if any(v.claim_id == claim.id for v in item.voices)]
    slot = SLOTS.get(claim.kind)
    return next((item for item in resting if item.slot == slot), resting[0] if resting else None)


def reader_words(signature: Mapping[str, str]) -> str | None:
    """Return what read a report, in words; None where nothing is known of it."""
    told = ("counterclaim", "parser", "model", "reader", "second-reader")
    return ", ".join(f"{name} {signature[name]}" for name in told if name in signature) or None


def names(parties: Sequence[Party]) -> list[str]:
    """Return parties in their normal form."""
    return [str(party) for party in parties]


def time_of(claim: Claim) -> Time | None:
    """Return the time that a claim speaks of."""
    match claim.payload:
        case Event(time=time) | Ceasefire(effective=time) | Withheld(since=time):
            return time
        case Casualty(period=period, as_of=as_of):
            return period or as_of
    return None


def place_of(claim: Claim) -> Place | None:
    """Return the place that a claim speaks of."""
    match claim.payload:
        case Event(place=place) | Casualty(place=place) | Ceasefire(place=place):
            return place
    return None


def _payload(claim: Claim, text: str | None) -> FlatRow:
    found = _where(place_of(claim)) | _when(time_of(claim))
    match claim.payload:
        case Event() as event:
            found |= {
                "event_type": event.type,
                "event_modes": list(event.modes),
                "telling": event.telling,
                "actors": names(event.actors),
                "actor_evidence": _grade(event.actors),
                "recipients": names(event.recipients),
                "recipient_evidence": _grade(event.recipients),
                "object": _words(text, event.object),
            }
        case Casualty() as figure:
            found |= _figure(figure, text)
        case Ceasefire() as truce:
            found |= {
                "ceasefire_status": truce.status,
                "parties": names(truce.parties),
                "parties_evidence": _grade(truce.parties),
                "brokers": names(truce.brokers),
                "broker_evidence": _grade(truce.brokers),
                "terms": truce.terms,
                "breach_alleged_by": names(truce.breach_alleged_by),
                "accuser_evidence": _grade(truce.breach_alleged_by),
                "background": truce.background,
            }
        case Position() as position:
            found |= {
                "position": position.act,
                "holders": names(position.holders),
                "holder_evidence": _grade(position.holders),
                "addressees": names(position.addressees),
                "addressee_evidence": _grade(position.addressees),
                "what": _words(text, position.what),
            }
        case Withheld() as withheld:
            found |= {
                "owners": names(withheld.owners),
                "owner_evidence": _grade(withheld.owners),
                "what": _words(text, withheld.what),
            }
    return found


def _figure(figure: Casualty, text: str | None) -> FlatRow:
    return {
        "low": figure.count.low,
        "high": figure.count.high,
        "qualifier": figure.count.qualifier,
        "said": figure.count.said,
        "outcome": figure.outcome,
        "outcome_words": figure.outcome_words,
        "category": figure.category,
        "subgroup": figure.subgroup,
        "side": names(figure.side),
        "side_evidence": _grade(figure.side),
        "relation": figure.relation,
        "measure": figure.measure,
        "period": figure.period.value if figure.period else None,
        "period_evidence": figure.period.evidence if figure.period else None,
        "as_of": figure.as_of.value if figure.as_of else None,
        "as_of_evidence": figure.as_of.evidence if figure.as_of else None,
        "since": _words(text, figure.since),
        "part_of": _words(text, figure.part_of),
        "includes": _all_words(text, figure.includes),
        "supersedes": _words(text, figure.supersedes),
        "background": figure.background,
        "flags": list(figure.flags),
    }


def _where(place: Place | None) -> FlatRow:
    if place is None:
        return {}
    return {
        "place": place.name,
        "place_within": place.within,
        "place_evidence": place.evidence,
        "place_id": place.gazetteer_id,
        "place_precision": place.precision,
        "place_country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _when(time: Time | None) -> FlatRow:
    if time is None:
        return {}
    return {
        "time": time.value,
        "time_evidence": time.evidence,
        "first_day": time.start,
        "last_day": time.end,
    }


def _grade(values: Sequence[Graded]) -> str | None:
    return weakest(values) if values else None


def _graded(claim: Claim) -> Iterator[Graded]:
    """Yield everything of a claim that says how it is known."""
    yield from claim.speakers
    for name in getattr(claim.payload, "__slots__", ()):
        value = getattr(claim.payload, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Party | Place | Time):
                yield item


def _words(text: str | None, span: Span | None) -> str | None:
    if text is None or span is None:
        return None
    return " ".join(text[span.start : span.end].split())


def _all_words(text: str | None, spans: Sequence[Span]) -> list[str]:
    return [words for span in spans if (words := _words(text, span)) is not None]
