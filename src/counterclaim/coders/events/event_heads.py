"""Event heads: happenings as the reader's heads find them, joined with those that the grammar finds.

The heads mark trigger words with a PLOVER type, and point at who did it, to whom, where and when. A
happening of the grammar stays, with its type and how it is told; the heads fill what it leaves open, and
add happenings that it does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.factuality import stance_towards_event
from counterclaim.coders.events.triggers import protests_in_words
from counterclaim.coders.unreal import find_real
from counterclaim.decode import COUNTS, Decoder, PartyReading, grade, is_named
from counterclaim.model.heads import Run
from counterclaim.model.reading import EVENT_TYPES
from counterclaim.records.claim import Claim, Event
from counterclaim.records.evidence import weakest
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence

THRESHOLDS = {"found": 0.7, "beside another": 0.75, "place": 0.9, "time": 0.9}
"""Probabilities from which on a head decides."""
PARTY_THRESHOLDS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "agent": {"told": 1.01, "carried": 1.01, "inferred": 1.01, "none": 0.45},
        "target": {"told": 1.01, "carried": 1.01, "inferred": 0.6, "none": 0.6},
    }
)
"""The same for agents and targets, by how the grammar knows its own: what it was told by name, stays. On wars left out
the heads found the doer in .36 of the happenings where the grammar read none, and the target in .29."""
UNLIKELY: Mapping[str, float] = MappingProxyType({"agent": 0.8, "target": 0.95, "admitted": 0.95})
"""The same for the teller as the doer, the doer as the target, and the teller as the doer of what is admitted."""
FAR_TARGET = 0.9
"""The same for a target that another sentence names: "Ardenia denied that it had fired on **Kestria**"."""
DOUBTS = 0.35
"""Probability from which on another agent takes the grammar's out of the count."""


def join_events(
    setting: DocumentContext, decoder: Decoder, claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """Join the grammar's events with the heads'.

    Args:
        setting: The document's.
        decoder: What the heads say of it.
        claims: The grammar's events.

    Returns:
        Events in reading order.
    """
    runs = [run for run in decoder.runs("event") if run.probability >= THRESHOLDS["found"]]
    taken: set[int] = set()
    found: list[Claim] = []
    for claim in claims:
        at = next((i for i, run in enumerate(runs) if run.span.meets(claim.span)), None)
        if at is None:
            found.append(_filled(decoder, claim, claim.span))
        elif at not in taken:
            taken.add(at)
            found.append(_decided(setting, decoder, claim, runs[at]))
        elif not any(item.span.meets(claim.span) for item in found):
            found.append(_filled(decoder, claim, claim.span))
    for index, run in enumerate(runs):
        sentence = None if index in taken else find_real(setting.sentences, run.span)
        if sentence is not None and not _names_again(found, run, sentence):
            if EVENT_TYPES[run.label] == "PROTEST" and protests_in_words(sentence, run.span):
                continue
            beside = any(sentence.span.covers(claim.span) for claim in found)
            if beside and run.probability < THRESHOLDS["beside another"]:
                continue
            claim = _decided(setting, decoder, _bare(setting, sentence, run), run)
            if not _is_what_another_hit(found, claim, run):
                found.append(claim)
    return tuple(sorted(found, key=lambda claim: (claim.span.start, claim.span.end)))


def _names_again(found: Sequence[Claim], run: Run, sentence: Sentence) -> bool:
    """Whether a truce is only named in a sentence that tells how it was agreed: "the **truce** they signed"."""
    return EVENT_TYPES[run.label] == "AGREE" and any(
        isinstance(claim.payload, Event)
        and claim.payload.type == "AGREE"
        and sentence.span.covers(claim.span)
        for claim in found
    )


def _is_what_another_hit(found: Sequence[Claim], new: Claim, run: Run) -> bool:
    """Whether words are what one party is told to hit, and would be another's attack: "Kestria destroyed **a missile launcher**"."""
    doers = _doers(new)
    return EVENT_TYPES[run.label] == "ASSAULT" and any(
        isinstance(claim.payload, Event)
        and claim.payload.type == "ASSAULT"
        and claim.payload.object is not None
        and claim.payload.object.covers(run.span)
        and doers != _doers(claim)
        for claim in found
    )


def _doers(claim: Claim) -> set[str]:
    assert isinstance(claim.payload, Event)
    return {party.root for party in claim.payload.actors}


def _bare(setting: DocumentContext, sentence: Sentence, run: Run) -> Claim:
    """Make a claim of trigger words alone."""
    speaker = setting.speaker_of(run.span)
    return Claim(
        document_id=setting.document.id,
        span=run.span,
        quote=setting.document.words(run.span),
        sentence=sentence.span,
        payload=Event(
            type=EVENT_TYPES[run.label],  # type: ignore[arg-type]  # the labels are its types
            telling="fact" if speaker is None else "alleged",
        ),
        speakers=speaker.speakers if speaker is not None else (),
        attribution_id=speaker.id if speaker is not None else None,
    )


def _decided(setting: DocumentContext, decoder: Decoder, claim: Claim, run: Run) -> Claim:
    """Return an event with the fields that the heads decide."""
    step = Step("coders", f"head:event:{run.probability:.2f}", EVENT_TYPES[run.label], run.span)
    claim = _filled(decoder, claim, run.span, seen=True)
    payload = claim.payload
    assert isinstance(payload, Event)
    return replace(
        claim,
        payload=replace(
            payload,
            place=_place(decoder, run, payload.place),
            time=_time(decoder, run, payload.time),
        ),
        stance=stance_towards_event(
            payload.telling, payload.actors, setting.speaker_of(claim.span)
        ),
        trace=(*claim.trace, step),
    )


def _filled(decoder: Decoder, claim: Claim, trigger: Span, *, seen: bool = False) -> Claim:
    """Return an event with the parties that the heads decide, and those that they doubt out of the count.

    Args:
        decoder: What the heads say.
        claim: The event.
        trigger: The words that the heads point from.
        seen: Whether the heads find an event there too; else what they point at is only a suggestion.
    """
    payload = claim.payload
    assert isinstance(payload, Event)
    parts: dict[str, tuple[Party, ...]] = {"agent": payload.actors, "target": payload.recipients}
    reads = {
        role: decoder.point_party(role, trigger, places=role == "target", named=True)
        for role in parts
    }
    trace = claim.trace
    for role, read in reads.items():
        if read is None or not _decides(claim, role, read, parts):
            continue
        # A target is right in three of four on wars left out: never enough to count.
        is_sure = seen and role == "agent"
        evidence = grade(read, claim.sentence, least=COUNTS) if is_sure else "inferred"
        parts[role] = tuple(party.known(evidence) for party in read.parties)
        trace = (*trace, _step(role, read))
    payload = replace(payload, actors=parts["agent"], recipients=parts["target"])
    return _doubted(decoder, replace(claim, payload=payload, trace=trace), trigger, reads)


def _decides(
    claim: Claim, role: str, read: PartyReading, parts: Mapping[str, tuple[Party, ...]]
) -> bool:
    """Whether a head is sure enough to name another party than the grammar, or one where it has none.

    Only a sure head names the teller as the doer ("Armenia confirmed that it was **struck**"), or the doer as the target.
    """
    roots = {party.root for party in read.parties}
    known = parts[role]
    if not (read.parties and is_named(read.parties)) or roots == {party.root for party in known}:
        return False
    needed = PARTY_THRESHOLDS[role][weakest(known) if known else "none"]
    unlikely = claim.speakers if role == "agent" else parts["agent"]
    if role == "target" and not (read.span and claim.sentence.covers(read.span)):
        needed = max(needed, FAR_TARGET)
    if roots & {party.root for party in unlikely}:
        assert isinstance(claim.payload, Event)
        is_admission = claim.payload.telling == "admitted" or claim.stance in {"confirm", "admit"}
        needed = max(needed, UNLIKELY["admitted" if is_admission else role])
    return read.probability >= needed


def _doubted(
    decoder: Decoder, claim: Claim, trigger: Span, reads: Mapping[str, PartyReading | None]
) -> Claim:
    """Return an event whose parties count only where the heads point at them too; and so whose admission.

    What the grammar reads and the heads do not was right in two of five on wars left out; what both read, in nine
    of ten.
    """
    payload = claim.payload
    assert isinstance(payload, Event)
    parts = {
        "actors": _unshared("agent", reads["agent"], payload.actors),
        "recipients": _unshared("target", reads["target"], payload.recipients),
    }
    words = {"actors": "agent", "recipients": "target"}
    steps = [
        Step("coders", f"head:{words[name]}-doubted") for name, changed in parts.items() if changed
    ]
    telling = payload.telling
    if telling == "admitted" and not _tells_itself(decoder, claim, trigger):
        telling = "alleged"
        steps.append(Step("coders", "head:admission-doubted"))
    if not steps:
        return claim
    return replace(
        claim,
        payload=replace(
            payload,
            actors=parts["actors"] or payload.actors,
            recipients=parts["recipients"] or payload.recipients,
            telling=telling,
        ),
        trace=(*claim.trace, *steps),
    )


def _unshared(role: str, read: PartyReading | None, known: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return parties that the heads do not point at, as inferred ones; empty where they do, or know less."""
    if not known or weakest(known) == "inferred" or not is_named(known):
        return ()
    if read is None or read.is_both:
        return ()
    if {party.root for party in read.parties} & {party.root for party in known}:
        return ()
    if role == "agent" and read.parties and read.probability < DOUBTS:
        return ()
    return tuple(party.known("inferred") for party in known)


def _tells_itself(decoder: Decoder, claim: Claim, trigger: Span) -> bool:
    """Whether the heads too find that the doer tells of the act."""
    teller = decoder.point_party("teller", trigger, places=False)
    if teller is None:
        return True
    return bool({party.root for party in teller.parties} & {party.root for party in claim.speakers})


def _step(role: str, read: PartyReading) -> Step:
    words = " & ".join(map(str, read.parties))
    return Step("coders", f"head:{role}:{read.probability:.2f}", words, read.span)


def _place(decoder: Decoder, run: Run, known: Place | None) -> Place | None:
    found = None if known is not None else decoder.point_place("event_place", run.span)
    if found is None or found[1] < THRESHOLDS["place"]:
        return known
    return known if found[0] is None else found[0].place


def _time(decoder: Decoder, run: Run, known: Time | None) -> Time | None:
    found = None if known is not None else decoder.point_time("event_time", run.span)
    if found is None or found[1] < THRESHOLDS["time"]:
        return known
    return known if found[0] is None else found[0].time
