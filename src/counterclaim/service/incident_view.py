"""An incident laid out: each party's words side by side, slot by slot, over all its reports."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Ceasefire, Event, Payload, Position, Withheld
from counterclaim.records.evidence import Evidence, counts
from counterclaim.records.finding import Finding, Voice
from counterclaim.records.grades import NOT_COUNTED
from counterclaim.records.ledger_rows import Entry, IncidentView
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from counterclaim.service.report_view import VERBS

NOBODY = "nobody named"

OTHERS = "others"
"""The column of those who are no side, where each would have one of its own and there are many."""

MOST_COLUMNS = 4
"""Columns up to which everybody has one."""

BELLIGERENT = frozenset({"state", "armed group", "de facto authority"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPosition:
    """What one party says on one slot, with the words it stands on."""

    party: str
    """The side that speaks: organs of one state share a column."""
    speaker: str
    """The organ or person; empty where the side itself is named."""
    verb: str
    words: str
    sentence: str
    affirms: bool | None
    """None where it counts neither way."""
    evidence: Evidence
    """How it is known that this party says it: an inferred one is not counted."""
    scope_inferred: bool
    """Whether a wider denial is held to cover the slot."""
    document_id: str
    span: Span
    outlet: str
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """One slot: who stands where on it, and its status by its rule."""

    finding: Finding
    stands: Mapping[str, tuple[PartyPosition, ...]]
    """By party, each in the order of filing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSheet:
    """One incident for reading."""

    parties: tuple[str, ...]
    """Columns: the sides, then others in the order in which they speak."""
    silent: tuple[str, ...]
    """Those of the sides that say nothing on it in the reports kept."""
    lines: tuple[SlotLine, ...]
    entries: tuple[tuple[Entry, str], ...]
    """Each claim with the sentence that holds it."""


def build_incident_view(view: IncidentView, texts: Mapping[str, str]) -> IncidentSheet:
    """Lay an incident out.

    Args:
        view: As the ledger gives it.
        texts: Of its documents, by id.
    """
    lines = tuple(_line(view, finding, texts) for finding in view.findings)
    spoken = list(dict.fromkeys(party for line in lines for party in line.stands))
    sides = sides_of(view)
    others = [name for name in spoken if name not in sides and name not in _LAST]
    last = [name for name in _LAST if name in spoken]
    if len(sides) + len(others) > MOST_COLUMNS and len(others) > 1:
        lines = tuple(_joined(line, frozenset(others)) for line in lines)
        others = [OTHERS]
    return IncidentSheet(
        parties=(*sides, *others, *last),
        silent=tuple(name for name in sides if name not in spoken),
        lines=lines,
        entries=tuple((entry, _sentence(entry, texts)) for entry in view.entries),
    )


_LAST = (NOBODY, NOT_COUNTED)


def sides_of(view: IncidentView) -> tuple[str, ...]:
    """Return the roots of both sides: who did it, who suffered it; of a war of two, the other one too.

    Only what is told counts, and nobody who is a sort of person ("civilian: residents") is a side.
    """
    found: dict[str, None] = {}
    for role in range(2):
        for entry in view.entries:
            for party in _roles(entry.claim.payload)[role]:
                if counts(party) and ": " not in party.root:
                    found[party.root] = None
    for entry in view.entries:
        told = view.sides.get(entry.claim.document_id, ())
        roots = list(dict.fromkeys(item.root for item in told if item.kind in BELLIGERENT))
        if len(roots) == 2 and any(root in found for root in roots):
            found |= dict.fromkeys(roots)
    return tuple(found)


def _roles(payload: Payload) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return who did, and to whom it was done."""
    match payload:
        case Event():
            return payload.actors, payload.recipients
        case Casualty():
            return payload.side, ()
        case Ceasefire():
            return payload.parties, payload.breach_alleged_by
        case Position():
            return payload.holders, payload.addressees
        case Withheld():
            return payload.owners, ()


def _joined(line: SlotLine, others: frozenset[str]) -> SlotLine:
    """Put the stands of some parties under one head, each with its own name."""
    stands = {name: told for name, told in line.stands.items() if name not in others}
    joined = tuple(
        replace(stand, speaker=f"{stand.speaker}, {name}" if stand.speaker else name)
        for name, told in line.stands.items()
        if name in others
        for stand in told
    )
    return replace(line, stands=stands | ({OTHERS: joined} if joined else {}))


def _sentence(entry: Entry, texts: Mapping[str, str]) -> str:
    claim = entry.claim
    return _flat(texts[claim.document_id][claim.sentence.start : claim.sentence.end])


def _flat(words: str) -> str:
    return " ".join(words.split())


def _line(view: IncidentView, finding: Finding, texts: Mapping[str, str]) -> SlotLine:
    stands: dict[str, list[PartyPosition]] = {}
    for voice in finding.voices:
        stand = _stand(view, voice, texts)
        if stand is not None and stand not in stands.setdefault(stand.party, []):
            stands[stand.party].append(stand)
    return SlotLine(
        finding=finding, stands={party: tuple(found) for party, found in stands.items()}
    )


def _stand(view: IncidentView, voice: Voice, texts: Mapping[str, str]) -> PartyPosition | None:
    """Return what one voice says; None where its words are not among those seen."""
    entries = (*view.entries, *view.beside)
    entry = next((item for item in entries if item.claim.id == voice.claim_id), None)
    if entry is not None:
        claim = entry.claim
        verb = VERBS[voice.stance] if claim.attribution_id is not None else "reports"
        bare = _bare(voice, claim.document_id, claim.span)
        words, sentence = _flat(claim.quote), _sentence(entry, texts)
        return replace(
            bare, verb=verb, words=words, sentence=sentence, outlet=_outlet(view, claim.document_id)
        )
    speech = next((item for item in _speech(view) if item.id == voice.claim_id), None)
    if speech is None:
        return None
    text = texts[speech.document_id]
    return replace(
        _bare(voice, speech.document_id, speech.cue),
        verb=VERBS[speech.stance],
        words=_flat(" … ".join(text[span.start : span.end] for span in speech.content)),
        sentence=_flat(sentence_around(speech.cue, text)),
        outlet=_outlet(view, speech.document_id),
    )


_ENDS = re.compile(r"[.!?][”\"’')]*\s+|\n+")


def sentence_around(span: Span, text: str) -> str:
    """Return the sentence of a saying that no claim was coded from, by its stops."""
    start = max((match.end() for match in _ENDS.finditer(text, 0, span.start)), default=0)
    end = next((match.end() for match in _ENDS.finditer(text, span.end)), len(text))
    return text[start:end]


def _speech(view: IncidentView) -> tuple[Attribution, ...]:
    own = tuple(entry.attribution for entry in view.entries if entry.attribution is not None)
    return (*view.attributions, *own)


def _outlet(view: IncidentView, document_id: str) -> str:
    entries = (*view.entries, *view.beside)
    found = (item for item in entries if item.claim.document_id == document_id)
    return next((item.outlet or item.document_name for item in found), "")


def _bare(voice: Voice, document_id: str, span: Span) -> PartyPosition:
    """Return where a voice stands, without its words."""
    party = voice.party
    side, speaker = NOBODY, ""
    if party is not None and not counts(voice):
        side, speaker = NOT_COUNTED, f"perhaps {party}"
    elif party is not None:
        side, speaker = party.root, party.unit or ""
    return PartyPosition(
        party=side,
        speaker=speaker,
        verb="",
        words="",
        sentence="",
        affirms=voice.affirms,
        evidence=voice.evidence,
        scope_inferred=voice.scope_inferred,
        document_id=document_id,
        span=span,
        outlet="",
        claim_id=voice.claim_id,
    )
