"""Flat: a claim as one row of named columns, with its words and where they stand.

One form for files, frames and the command line. What a claim does not say is None, never zero and never
an empty word. Beside each value that a name, place or day gives stands how it is known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
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
from counterclaim.records.grades import inferred_fields
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.records.time import Time

if TYPE_CHECKING:
    from counterclaim.records.reading import Reading

FlatTable = Literal["claims", "figures", "events", "ceasefires"]
ColumnKind = Literal["words", "list", "whole", "number", "flag", "day", "instant"]

Cell = str | int | float | bool | date | datetime | list[str] | None
FlatRow = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the flat tables."""

    name: str
    kind: ColumnKind
    meaning: str


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


def _columns(*rows: tuple[str, ColumnKind, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_WHO = _columns(
    ("id", "words", "The claim's id."),
    ("kind", "words", "event, casualty, ceasefire, position or withheld."),
    ("speakers", "list", "Who is made to say it; none in the report's own voice."),
    ("speaker_evidence", "words", "How the speaker is known: told, carried or inferred."),
    ("stance", "words", "What the speaker does by saying it."),
    ("quote", "words", "The words that the claim stands on."),
    ("sentence", "words", "The sentence that holds them."),
)
_EVENT = _columns(
    ("event_type", "words", "PLOVER's type."),
    ("event_modes", "list", "PLOVER's modes."),
    ("telling", "words", "As what the event is told; only fact, admitted and alleged are done."),
    ("actors", "list", "Who is said to have done it."),
    ("actor_evidence", "words", "How the doer is known."),
    ("recipients", "list", "To whom."),
    ("recipient_evidence", "words", "How the sufferer is known."),
    ("object", "words", "What was hit, taken or destroyed, as worded."),
)
_FIGURE = _columns(
    ("low", "whole", "The least number meant."),
    ("high", "whole", "The most; empty where no bound is said."),
    ("qualifier", "words", "How exactly the number is told."),
    ("said", "whole", "The number in the words themselves."),
    ("outcome", "words", "killed, wounded, missing, captured, displaced or unspecified."),
    ("outcome_words", "words", "The words of an unspecified outcome."),
    ("category", "words", "military, paramilitary, civilian, mixed or unknown."),
    ("subgroup", "words", "Children, police and so on."),
    ("side", "list", "Whose loss it is."),
    ("side_evidence", "words", "How the side is known."),
    ("relation", "words", "The reporter's relation to the side."),
    ("measure", "words", "new, cumulative, incident or snapshot."),
    ("period", "words", "The stretch that a new or incident figure covers."),
    ("period_evidence", "words", "How the stretch is known."),
    ("as_of", "words", "The day up to which a total counts."),
    ("as_of_evidence", "words", "How that day is known."),
    ("since", "words", "The words that name a total's start."),
    ("part_of", "words", "The larger number that this one divides."),
    ("includes", "list", "Numbers that this one holds already."),
    ("supersedes", "words", "The number that it is said to replace."),
    ("flags", "list", "What else is to be known of the figure."),
)
_CEASEFIRE = _columns(
    ("ceasefire_status", "words", "The state that is told."),
    ("parties", "list", "Between whom."),
    ("parties_evidence", "words", "How the parties are known."),
    ("brokers", "list", "Brokered by whom."),
    ("broker_evidence", "words", "How the broker is known."),
    ("terms", "words", "As worded: humanitarian, 72-hour."),
    ("breach_alleged_by", "list", "Who alleges a breach."),
    ("accuser_evidence", "words", "How the accuser is known."),
)
_AGO = _columns(
    ("background", "flag", "Whether it belongs to an earlier war or phase, told for context."),
)
_POSITION = _columns(
    ("position", "words", "demand, appeal, offer, refuse, commit, support, oppose, threaten."),
    ("holders", "list", "Whose position it is."),
    ("holder_evidence", "words", "How the holder is known."),
    ("addressees", "list", "To whom it is put."),
    ("addressee_evidence", "words", "How the addressee is known."),
    ("owners", "list", "Who has not said it."),
    ("owner_evidence", "words", "How that party is known."),
    ("what", "words", "What is wanted, or withheld, as worded."),
)
_WHERE = _columns(
    ("place", "words", "The place as the source names it."),
    ("place_within", "words", "How the text places it: inside, near, northern."),
    ("place_evidence", "words", "How the place is known."),
    ("place_id", "words", "Its id in the gazetteer."),
    ("place_precision", "words", "point, town, district, region, country or area."),
    ("place_country", "words", "ISO alpha-2 of the recognised sovereign."),
    ("latitude", "number", "Degrees north; of the centre of anything larger than a town."),
    ("longitude", "number", "Degrees east."),
    ("time", "words", "The time that is spoken of, as a TIMEX3 value."),
    ("time_evidence", "words", "How it is known."),
    ("first_day", "day", "Its first day, where it is dated."),
    ("last_day", "day", "Its last day."),
)
_STANDING = _columns(
    ("status", "words", "How the claims on this stand to each other: never who is right."),
    ("status_rule", "whole", "The rule that gives the status."),
    ("status_reason", "words", "Why."),
    ("finding", "words", "Id of the finding."),
    ("incident", "words", "Id of the incident that holds the claim."),
)
_SOURCE = _columns(
    ("outlet", "words", "Who published the report."),
    ("title", "words", "The report's title."),
    ("address", "words", "Where it came from, in full: an address or a file."),
    ("author", "words", "Who wrote it."),
    ("published", "day", "Day of publication; empty where nobody said."),
    ("known_on", "day", "Day of publication, or of adding where nobody said."),
    ("start", "whole", "First character of the quote in the report's text, from 0."),
    ("end", "whole", "The character after its last."),
    ("sentence_start", "whole", "First character of the sentence."),
    ("sentence_end", "whole", "The character after its last."),
    ("document", "words", "Id of the report's text."),
    ("attribution", "words", "Id of the saying that the claim comes from."),
    ("cue", "words", "The word that reports the saying."),
    ("quotation", "words", "direct, mixed or indirect."),
    ("via", "list", "Who carried it."),
    ("targets", "list", "Who is accused, asked or threatened."),
    ("hedges", "list", "Words that keep a distance."),
    ("evidence", "words", "The weakest grade among the claim's parties, place and days."),
    ("inferred", "list", "Fields that no words tell: they count in nothing."),
    ("corrections", "list", "What people changed, in words."),
    ("judgements", "list", "What people decided."),
    ("left_out", "flag", "Whether people left it out of every number."),
    ("reader", "words", "What read it: the program's version, the parser, the model."),
    ("reading", "words", "Id of the reading."),
    ("recorded_at", "instant", "When this ledger recorded it, UTC."),
    ("permalink", "words", "Its lasting address in the workbench."),
)

COLUMNS: Mapping[FlatTable, tuple[Column, ...]] = MappingProxyType(
    {
        "claims": (
            *_WHO, *_EVENT, *_FIGURE, *_CEASEFIRE, *_AGO, *_POSITION,
            *_WHERE, *_STANDING, *_SOURCE,
        ),
        "figures": (*_WHO, *_FIGURE, *_AGO, *_WHERE, *_STANDING, *_SOURCE),
        "events": (*_WHO, *_EVENT, *_WHERE, *_STANDING, *_SOURCE),
        "ceasefires": (*_WHO, *_CEASEFIRE, *_AGO, *_WHERE, *_STANDING, *_SOURCE),
    }
)  # fmt: skip
"""The columns of each table, in order."""


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
        "left_out": setting.left_out,
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
    told = ("counterclaim", "parser", "model", "reader")
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
