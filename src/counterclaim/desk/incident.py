"""An incident laid out: each party's words side by side, slot by slot, over all its reports."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from counterclaim.desk.sheet import VERBS
from counterclaim.records.attribution import Attribution
from counterclaim.records.evidence import Evidence, counts
from counterclaim.records.filed import Entry, IncidentView
from counterclaim.records.finding import Finding, Voice
from counterclaim.records.grades import NOT_COUNTED
from counterclaim.records.text import Span

NOBODY = "nobody named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
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
    stands: Mapping[str, tuple[Stand, ...]]
    """By party, each in the order of filing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSheet:
    """One incident for reading."""

    parties: tuple[str, ...]
    """Columns, in the order in which they speak."""
    lines: tuple[SlotLine, ...]
    entries: tuple[tuple[Entry, str], ...]
    """Each claim with the sentence that holds it."""


def lay_out_incident(view: IncidentView, texts: Mapping[str, str]) -> IncidentSheet:
    """Lay an incident out.

    Args:
        view: As the ledger gives it.
        texts: Of its documents, by id.
    """
    lines = tuple(_line(view, finding, texts) for finding in view.findings)
    parties = dict.fromkeys(party for line in lines for party in line.stands)
    return IncidentSheet(
        parties=tuple(sorted(parties, key=lambda name: name in {NOBODY, NOT_COUNTED})),
        lines=lines,
        entries=tuple((entry, _sentence(entry, texts)) for entry in view.entries),
    )


def _sentence(entry: Entry, texts: Mapping[str, str]) -> str:
    claim = entry.claim
    return _flat(texts[claim.document_id][claim.sentence.start : claim.sentence.end])


def _flat(words: str) -> str:
    return " ".join(words.split())


def _line(view: IncidentView, finding: Finding, texts: Mapping[str, str]) -> SlotLine:
    stands: dict[str, list[Stand]] = {}
    for voice in finding.voices:
        stand = _stand(view, voice, texts)
        if stand is not None and stand not in stands.setdefault(stand.party, []):
            stands[stand.party].append(stand)
    return SlotLine(
        finding=finding, stands={party: tuple(found) for party, found in stands.items()}
    )


def _stand(view: IncidentView, voice: Voice, texts: Mapping[str, str]) -> Stand | None:
    """Give what one voice says; None where its words are not among those seen."""
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
        sentence=_flat(_around(speech.cue, text)),
        outlet=_outlet(view, speech.document_id),
    )


_ENDS = re.compile(r"[.!?][”\"’')]*\s+|\n+")


def _around(span: Span, text: str) -> str:
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


def _bare(voice: Voice, document_id: str, span: Span) -> Stand:
    """Give where a voice stands, without its words."""
    party = voice.party
    side, speaker = NOBODY, ""
    if party is not None and not counts(voice):
        side, speaker = NOT_COUNTED, f"perhaps {party}"
    elif party is not None:
        side, speaker = party.root, party.unit or ""
    return Stand(
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
