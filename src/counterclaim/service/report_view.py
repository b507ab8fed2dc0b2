"""Report view: a reading laid out for people, before anyone chooses how to draw it.

Every row carries the span that it stands on, so that whoever draws it can link it to its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from counterclaim.records.claim import Casualty, Ceasefire, Claim, Position, Withheld
from counterclaim.records.evidence import GRADES, Evidence, counts
from counterclaim.records.finding import Finding, Incident, Voice, status_words
from counterclaim.records.grades import NOT_COUNTED
from counterclaim.records.party import Party
from counterclaim.records.reader_match import StretchMatch
from counterclaim.records.reading import Reading
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.service.reader_threads import match_within

VERBS = {
    "state": "says",
    "confirm": "confirms",
    "admit": "admits",
    "deny": "denies",
    "accuse": "accuses",
    "allege": "alleges",
    "demand": "demands",
    "appeal": "appeals",
    "promise": "promises",
    "threaten": "threatens",
    "warn": "warns",
    "predict": "predicts",
    "reject": "rejects",
    "withhold": "withholds",
    "correct": "corrects",
    "retract": "retracts",
}
"""How a stance reads in a table."""

ISO_WEEK = re.compile(r"(\d{4})-W(\d{2})")

MEDIA = re.compile(r"\bmedia: ")
"""The sort before an outlet's name."""

OPEN_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
OPEN_YEAR = re.compile(r"XXXX-(\d{2})-(\d{2})")

MEASURES = {
    "new": "new",
    "cumulative": "in all",
    "incident": "in one incident",
    "snapshot": "at that time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechRow:
    """One attribution kept in the ledger."""

    speaker: str
    verb: str
    words: str
    span: Span
    cue: Span
    targets: str
    via: str
    quotation: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionCell:
    """What one party says on one slot."""

    party: str
    """The side that speaks: organs of one state share a column."""
    words: str
    """Who within the side, how, and its words: ``Ministry of Defence confirms: struck``."""
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """One slot of an incident: each party's words side by side, and the status by its rule."""

    slot: str
    proposition: str
    cells: tuple[PositionCell, ...]
    status: str
    rule: int
    reason: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentBlock:
    """One incident with its slots."""

    label: str
    kind: str
    parties: tuple[str, ...]
    rows: tuple[SlotRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One casualty figure."""

    side: str
    group: str
    outcome: str
    number: str
    measure: str
    day: str
    reporter: str
    relation: str
    span: Span | None
    derivation: str = ""
    """For figures that nobody reported: how they were computed."""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireRow:
    """One told state of a ceasefire."""

    status: str
    parties: str
    broker: str
    effective: str
    terms: str
    told_by: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """One position."""

    holder: str
    act: str
    addressee: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldLine:
    """Something not said."""

    owner: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRow:
    """One wording of whose land a place is."""

    words: str
    agreement: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """One reader's comment."""

    number: int
    words: str
    types: str
    boundary: str
    reason: str
    reply_to: str
    span: Span
    beside: tuple[StretchMatch, ...] = ()
    """What of it can be checked, beside the rows of its own report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """All tables of one reading."""

    title: str
    source: str
    speech: tuple[SpeechRow, ...]
    incidents: tuple[IncidentBlock, ...]
    figures: tuple[FigureRow, ...]
    totals: tuple[str, ...]
    ceasefires: tuple[CeasefireRow, ...]
    positions: tuple[PositionRow, ...]
    withheld: tuple[WithheldLine, ...]
    lands: tuple[LandRow, ...]
    comments: tuple[CommentRow, ...]
    cut: str
    problems: tuple[tuple[str, str, Span | None], ...]
    sides: str = ""
    """The parties to the conflict, and whether a conflict file names them or the text alone."""


def build_report_view(reading: Reading) -> ReportView:
    """Lay a reading out in tables, each in the order of the text."""
    document = reading.document
    day = document.published.isoformat() if document.published else "date not known"
    source = ", ".join(part for part in (document.outlet, day, document.name) if part)
    return ReportView(
        title=document.title or _first_words(document.text),
        source=source,
        speech=tuple(_speech(reading)),
        incidents=tuple(_incidents(reading)),
        figures=tuple(_figures(reading)),
        totals=tuple(f"killed: {total}" for total in reading.account.totals),
        ceasefires=tuple(_ceasefires(reading)),
        positions=tuple(_positions(reading)),
        withheld=tuple(_withheld(reading)),
        lands=tuple(_lands(reading)),
        comments=tuple(_comments(reading)),
        cut=_cut(reading),
        problems=tuple(
            (problem.code, problem.message, problem.span) for problem in reading.problems
        ),
        sides=_side_line(reading),
    )


def _side_line(reading: Reading) -> str:
    """Write the sides with their basis; nothing where the text names no party."""
    if reading.conflict is not None:
        day = reading.document.published
        groups: dict[str, list[str]] = {}
        for party in reading.conflict.parties_on(day):
            side = reading.conflict.side_of(party.root, day) or ""
            groups.setdefault(side, []).append(str(party))
        written = " against ".join(", ".join(names) for names in groups.values())
    else:
        kinds = {"state", "armed group", "de facto authority"}
        written = ", ".join([str(party) for party in reading.sides if party.kind in kinds][:4])
    return f"{written} ({reading.sides_basis})" if written else ""


def _first_words(text: str) -> str:
    first = next((line for line in text[:400].splitlines() if line.strip()), "")
    words = " ".join(first.split())
    return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + " …"


def marked(words: str, evidence: Evidence) -> str:
    """Write a value with its mark, where it is inferred."""
    return f"{words} ({NOT_COUNTED})" if evidence == GRADES[-1] else words


def party_names(parties: Sequence[Party], none: str = "nobody named") -> str:
    """Write parties for a table: normal forms joined by ``and``, inferred ones marked.

    Args:
        parties: Whom to name.
        none: What is written where there are none.
    """
    return " and ".join(marked(_with_owner(party), party.evidence) for party in parties) or none


def _with_owner(party: Party) -> str:
    return str(party) if party.owner is None else f"{party} (perhaps of {party.owner})"


def time_words(time: Time | None) -> str:
    """Write a time for a table: its value; an unresolved one says so."""
    if time is None:
        return ""
    if not time.is_resolved:
        return f"{_open_time(time.value)} (not dated)"
    week = ISO_WEEK.fullmatch(time.value)
    words = f"week of {date.fromisocalendar(int(week[1]), int(week[2]), 1)}" if week else time.value
    return marked(_stretch(words), time.evidence)


PART_OF_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(MO|MI|AF|EV|NI|DT)")
"""A part of a day, as TIMEX3 writes it: ``2020-10-14TNI``."""
_PARTS = {
    "MO": "morning",
    "MI": "midday",
    "AF": "afternoon",
    "EV": "evening",
    "NI": "night",
    "DT": "daytime",
}


def _stretch(value: str) -> str:
    """Write a stretch of days in words; one day as it is."""
    first, stroke, last = value.partition("/")
    if not stroke:
        part = PART_OF_DAY.fullmatch(value)
        return value if part is None else f"{part[1]}, {_PARTS[part[2]]}"
    if not first or not last:
        return f"since {first}" if first else f"until {last}"
    return f"{first} to {last}"


def _open_time(value: str) -> str:
    """Write a time that stands nowhere on the calendar, as far as it is told: ``a Saturday``, ``11 March``."""
    weekday = OPEN_WEEKDAY.fullmatch(value)
    if weekday:
        return f"a {date.fromisocalendar(2024, 1, int(weekday[1])):%A}"
    told = OPEN_YEAR.fullmatch(value)
    try:
        day = date(2024, int(told[1]), int(told[2])) if told else None  # a leap year has every day
    except ValueError:
        day = None
    return value if day is None else f"{day.day} {day:%B}"


def _flat(words: str, limit: int = 240) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= limit else flat[: limit - 2].rsplit(" ", 1)[0] + " …"


def _speech(reading: Reading) -> Iterator[SpeechRow]:
    for item in reading.attributions:
        if not item.is_claim:
            continue
        yield SpeechRow(
            speaker=party_names(item.speakers),
            verb=VERBS[item.stance],
            words=_flat(reading.document.words(*item.content)),
            span=item.content[0] if item.content else item.cue,
            cue=item.cue,
            targets=party_names(item.targets, ""),
            via=party_names(item.via, ""),
            quotation=item.quotation,
            id=item.id,
        )


def _incidents(reading: Reading) -> Iterator[IncidentBlock]:
    by_incident: dict[str, list[Finding]] = {}
    for finding in reading.findings:
        by_incident.setdefault(finding.incident_id, []).append(finding)
    for incident in reading.incidents:
        findings = by_incident.get(incident.id, ())
        if not findings:
            continue
        rows = tuple(
            _slot(reading, finding)
            for finding in findings
            if finding.slot != "actor" or finding.status == "contested"
        )
        parties = tuple(dict.fromkeys(cell.party for row in rows for cell in row.cells))
        yield IncidentBlock(
            label=_heading(incident, rows), kind=incident.kind, parties=parties, rows=rows
        )


def _heading(incident: Incident, rows: Sequence[SlotRow]) -> str:
    """Name an incident in words: what is said to have occurred, or the incident's own label."""
    told = next((row.proposition for row in rows if row.slot == "occurred"), incident.label)
    words = told.removesuffix(" occurred")
    return words[:1].upper() + words[1:]


def _slot(reading: Reading, finding: Finding) -> SlotRow:
    cells = [cell for voice in finding.voices if (cell := _cell(reading, voice)) is not None]
    return SlotRow(
        slot=finding.slot,
        proposition=finding.proposition,
        cells=tuple(dict.fromkeys(cells)),
        status=status_words(finding.status),
        rule=finding.rule,
        reason=MEDIA.sub("", finding.reason),
        flags=finding.flags,
    )


def _bare(root: str) -> str:
    """Return a party's root as readers know it: an outlet without its sort."""
    return MEDIA.sub("", root)


def _cell(reading: Reading, voice: Voice) -> PositionCell | None:
    side, unit = "nobody named", ""
    if voice.party is not None and not counts(voice):
        side, unit = NOT_COUNTED, f"perhaps {voice.party} "
    elif voice.party is not None:
        side, unit = _bare(voice.party.root), f"{voice.party.unit} " if voice.party.unit else ""
    scope = " (wider denial)" if voice.scope_inferred else ""
    claim = reading.claim_by_id.get(voice.claim_id)
    if claim is not None:
        verb = VERBS[voice.stance] if claim.attribution_id is not None else "reports"
        return PositionCell(
            party=side, words=f"{unit}{verb}{scope}: {_flat(claim.quote, 120)}", span=claim.span
        )
    speech = reading.attribution_by_id.get(voice.claim_id)
    if speech is None:
        return None
    said = _flat(reading.document.words(*speech.content), 120)
    words = f"{unit}{VERBS[speech.stance]}{scope}" + (f": {said}" if said else "")
    return PositionCell(party=side, words=words, span=speech.cue)


def _figures(reading: Reading) -> Iterator[FigureRow]:
    for series in reading.account.series:
        for point in series.points:
            claim = reading.claim_by_id.get(point.claim_id) if point.claim_id else None
            payload = claim.payload if claim is not None else None
            assert payload is None or isinstance(payload, Casualty)
            told = series.side if payload is None else payload.side
            yield FigureRow(
                side=party_names(told if series.is_inferred else series.side, "side not told"),
                group=series.category
                if series.subgroup is None
                else f"{series.category}: {series.subgroup}",
                outcome=series.outcome
                if payload is None or payload.outcome_words is None
                else payload.outcome_words,
                number=str(point.count),
                measure=MEASURES[point.measure],
                day=time_words(point.as_of),
                reporter="derived" if point.is_derived else _reporter(claim),
                relation="" if payload is None else payload.relation,
                span=None if claim is None else claim.span,
                derivation=point.derivation or "",
                flags=() if payload is None else payload.flags,
            )


def _reporter(claim: Claim | None) -> str:
    if claim is None or (claim.attribution_id is None and not claim.speakers):
        return "the report itself"
    return party_names(claim.speakers)


def _ceasefires(reading: Reading) -> Iterator[CeasefireRow]:
    for claim in reading.claims:
        if isinstance(claim.payload, Ceasefire):
            payload = claim.payload
            yield CeasefireRow(
                status=payload.status,
                parties=party_names(payload.parties),
                broker=party_names(payload.brokers, ""),
                effective=time_words(payload.effective),
                terms=payload.terms or "",
                told_by=_reporter(claim),
                words=_flat(claim.quote),
                span=claim.span,
            )


def _positions(reading: Reading) -> Iterator[PositionRow]:
    for claim in reading.claims:
        if isinstance(claim.payload, Position):
            yield PositionRow(
                holder=party_names(claim.payload.holders),
                act=claim.payload.act,
                addressee=party_names(claim.payload.addressees, ""),
                words=_flat(claim.quote),
                span=claim.span,
            )


def _withheld(reading: Reading) -> Iterator[WithheldLine]:
    for claim in reading.claims:
        if isinstance(claim.payload, Withheld):
            yield WithheldLine(
                owner=party_names(claim.payload.owners), words=_flat(claim.quote), span=claim.span
            )


def _lands(reading: Reading) -> Iterator[LandRow]:
    for item in reading.wordings:
        words = _flat(reading.document.words(item.span))
        yield LandRow(words=words, agreement=item.agreement, reason=item.reason, span=item.span)


def _comments(reading: Reading) -> Iterator[CommentRow]:
    beside = match_within(reading)
    for number, comment in enumerate(reading.comments, 1):
        yield CommentRow(
            number=number,
            words=_flat(reading.document.words(comment.span)),
            types=", ".join(comment.types),
            boundary=comment.boundary,
            reason=comment.reason,
            reply_to="" if comment.reply_to is None else str(comment.reply_to + 1),
            span=comment.span,
            beside=beside.get(number - 1, ()),
        )


def _cut(reading: Reading) -> str:
    cut = reading.division.cut
    if cut.at >= len(reading.document.text):
        return f"no readers' comments found{'' if cut.boundary == 'sure' else f' ({cut.boundary})'}"
    return f"report ends at character {cut.at} ({cut.boundary}): {cut.reason}"
