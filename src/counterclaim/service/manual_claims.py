"""Manual claims: a claim that a person makes on words of a report, filed beside those that were read there.

It is a row like any other, on its words and in its sentence, and its trace says who made it. A later reading
of the report carries it on; whoever thinks it wrong rejects or corrects it, as with a claim that was read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.ledger.documents import SUPERSEDED
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.records.attribution import STANCES, Attribution, Stance
from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    Claim,
    Event,
    Payload,
    Position,
    Withheld,
)
from counterclaim.records.count import Count
from counterclaim.records.identity import make_id
from counterclaim.records.judgement import Mendable
from counterclaim.records.ledger_rows import Filed
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.service.corrected_claims import (
    TELLINGS,
    correct_field,
    correctable_fields,
    value_of,
)
from counterclaim.service.fields import LABELS, choices_of
from counterclaim.service.spelling import known_parties, parse_parties

ROOM = "hand"
"""The room of a trace's step that says who made the row."""

MADE_BY = "made by "

SIGNED = "by-hand"
"""Names, in a reading's signature, the claims of it that were made by hand."""

MOST_PLACES = 20
"""Places of the same words in one report that are offered."""

LONGEST = 600
"""Characters of the words that a claim stands on."""

SAMPLES: Mapping[str, Payload] = MappingProxyType(
    {
        "event": Event(type="ASSAULT"),
        "casualty": Casualty(count=Count(None, None, "unstated"), outcome="killed"),
        "ceasefire": Ceasefire(status="agreed"),
        "position": Position(act="demand"),
        "withheld": Withheld(),
    }
)
"""What each kind of claim begins as, before its fields are filled in."""

FOLLOWING: frozenset[Mendable] = frozenset({"speaker", "stance", "telling"})
"""Fields that are asked of every claim, or follow from those."""

SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")


class MakingError(CounterclaimError):
    """A claim cannot be made so; the message says why."""


def find_words(document: Document, words: str) -> tuple[Span, ...]:
    """Return the places where words stand in a report, in any case and however its lines are broken.

    Args:
        document: The report.
        words: As somebody typed or pasted them.
    """
    parts = words.split()
    if not parts or len(words) > LONGEST:
        return ()
    pattern = r"\s+".join(re.escape(part) for part in parts)
    found = re.finditer(pattern, document.text, re.IGNORECASE)
    return tuple(Span(item.start(), item.end()) for item in islice(found, MOST_PLACES))


def fields_to_fill(kind: str) -> tuple[tuple[Mendable, str, str, tuple[str, ...]], ...]:
    """Return the fields of a kind of claim: name, label, value to begin with, words of a closed list."""
    sample = _sample(kind)
    return tuple(
        (name, LABELS[name], value_of(sample, name), choices_of(name))
        for name in correctable_fields(sample)
        if name not in FOLLOWING
    )


def _sample(kind: str) -> Claim:
    if kind not in SAMPLES:
        raise MakingError(f"{kind[:40]!r} is no kind of claim: choose one of {', '.join(SAMPLES)}")
    nowhere = Span(0, 0)
    return Claim(document_id="", span=nowhere, quote="", sentence=nowhere, payload=SAMPLES[kind])


def make_claim(
    filed: Filed, span: Span, kind: str, given: Mapping[str, str], *, by: str
) -> tuple[Claim, Attribution | None]:
    """Make a claim on words of a report, with the attribution that it stands in.

    Args:
        filed: The report as it was read.
        span: The words.
        kind: Of claim.
        given: By field, the words filled in; ``speaker`` empty where the report itself says it.
        by: Who makes it.

    Returns:
        The claim, and the attribution where none that was read holds the words for these speakers.

    Raises:
        MakingError: If there are no such words in the report, or there is this very claim.
        CorrectionError: If a field cannot be read.
    """
    if not (0 <= span.start < span.end <= len(filed.document.text)) or len(span) > LONGEST:
        raise MakingError("choose the words that the claim stands on")
    if not filed.division.report.covers(span):
        raise MakingError("these words stand in the readers' discussion, which is never a source")
    sample = _sample(kind)
    stance = next((item for item in STANCES if item == given.get("stance", "state")), None)
    if stance is None:
        raise MakingError(f"choose what is done by saying it: one of {', '.join(STANCES)}")
    quote = filed.document.text[span.start : span.end]
    speakers = known_parties(parse_parties(given.get("speaker", "")), sample)
    step = Step(ROOM, f"{MADE_BY}{by}", quote, span)
    said = _attribution(filed, span, speakers=speakers, stance=stance, step=step)
    claim = replace(
        sample,
        document_id=filed.document.id,
        span=span,
        quote=quote,
        sentence=sentence_of(filed, span),
        payload=_payload(sample.payload, stance, is_said=bool(speakers)),
        speakers=speakers,
        stance=stance,
        attribution_id=said.id if said else None,
        trace=(step,),
    )
    for name, _, _, _ in fields_to_fill(kind):
        words = " ".join(given.get(name, "").split())
        if words != value_of(claim, name) and (words or name in given):
            claim = correct_field(claim, name, words)
    claim = replace(claim)
    if any(item.id == claim.id for item in filed.claims):
        raise MakingError("this very claim is in the ledger: look at it in the list of the report")
    is_new = said is not None and all(item.id != said.id for item in filed.attributions)
    return claim, said if is_new else None


def _payload(payload: Payload, stance: Stance, *, is_said: bool) -> Payload:
    """Begin an act as its telling: as fact in the report's own voice, else as the stance tells it."""
    if isinstance(payload, Event):
        return replace(payload, telling=TELLINGS.get(stance, "alleged") if is_said else "fact")
    return payload


def _attribution(
    filed: Filed, span: Span, *, speakers: tuple[Party, ...], stance: Stance, step: Step
) -> Attribution | None:
    """Return the attribution in which the words stand for these speakers; None in the report's own voice."""
    if not speakers:
        return None
    for item in filed.attributions:
        holds = any(part.covers(span) for part in item.content)
        if holds and item.is_claim and item.speakers == speakers and item.stance == stance:
            return item
    return Attribution(
        document_id=filed.document.id,
        cue=span,
        cue_entry=ROOM,
        content=(span,),
        speakers=speakers,
        stance=stance,
        trace=(step,),
    )


def sentence_of(filed: Filed, span: Span) -> Span:
    """Return the sentence that holds some words: as another claim's, else cut at the marks around them."""
    known = [item.sentence for item in filed.claims if item.sentence.covers(span)]
    if known:
        return min(known, key=len)
    text = filed.document.text
    passages = [item.span for item in filed.division.passages if item.span.meets(span)]
    first = min((item.start for item in passages), default=span.start)
    last = max((item.end for item in passages), default=span.end)
    before = [item.end() for item in SENTENCE_END.finditer(text, first, span.start)]
    behind = SENTENCE_END.search(text, max(span.start, span.end - 1), last)
    end = last if behind is None else behind.start() + len(behind[0].rstrip())
    return Span(before[-1] if before else first, max(end, span.end))


def made_by(claim: Claim) -> str:
    """Return who made a claim by hand; empty where it was read."""
    return next(
        (
            item.rule.removeprefix(MADE_BY)
            for item in claim.trace
            if item.room == ROOM and item.rule.startswith(MADE_BY)
        ),
        "",
    )


def with_made(
    reading: Reading, made: Sequence[Claim], attributions: Sequence[Attribution]
) -> Reading:
    """Return a reading with claims made by hand beside those that were read; its signature names them.

    Args:
        reading: Of one report; a claim that it has itself is not added.
        made: Claims made by hand on the same report.
        attributions: Those that such claims may stand in.
    """
    if not made:
        return reading
    own = {item.id for item in reading.claims if not made_by(item)}
    named = sorted({item.id: item for item in made if item.id not in own}.values(), key=_order)
    claims = [*(item for item in reading.claims if not made_by(item)), *named]
    said = {item.id: item for item in (*reading.attributions, *attributions)}
    held = {item.attribution_id for item in named} | {item.id for item in reading.attributions}
    return replace(
        reading,
        claims=tuple(sorted(claims, key=_order)),
        attributions=tuple(item for item in said.values() if item.id in held),
        signature={**reading.signature, SIGNED: make_id("h", *(item.id for item in named))},
    )


def _order(claim: Claim) -> tuple[Span, str, str]:
    return claim.span, claim.kind, claim.id


def carry_made(ledger: Ledger, reading: Reading) -> Reading:
    """Return a reading with what people made by hand on the same report, where the ledger has any."""
    try:
        filed = ledger.document(reading.document.id)
    except UnknownRowError:
        return reading
    if SUPERSEDED in filed.signature:
        earlier = (ledger.document(filed.document.id, reading_id=id_) for id_ in filed.reading_ids)
        filed = next((item for item in reversed([*earlier]) if SIGNED in item.signature), filed)
    made = [item for item in filed.claims if made_by(item)]
    return with_made(reading, made, filed.attributions)


def is_read_alike(signature: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Return whether a report was read by the same versions, whatever people added to it by hand."""
    return {name: value for name, value in signature.items() if name != SIGNED} == dict(now)
