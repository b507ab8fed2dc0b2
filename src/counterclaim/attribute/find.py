"""Finds the attributions of a document: cues, speakers, contents and stances put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterclaim.attribute.content import Content
from counterclaim.attribute.content_clauses import read_said
from counterclaim.attribute.content_edges import content_spans, quotation
from counterclaim.attribute.content_frames import read_content
from counterclaim.attribute.cues import CueMatch, find_cues
from counterclaim.attribute.document_context import AttributionContext, make_text
from counterclaim.attribute.hedges import find_hedges
from counterclaim.attribute.merge_model import merge_tagger
from counterclaim.attribute.nesting import (
    continue_quotations,
    link_nested,
    resolve_first_person,
    resolve_statement_issuers,
)
from counterclaim.attribute.quotes import find_quotes
from counterclaim.attribute.source_entities import is_anonymity
from counterclaim.attribute.speakers import TEXTS, Speaker, read_speaker
from counterclaim.attribute.stance import (
    StanceReading,
    is_present_or_future,
    read_cue_stance,
    read_stance,
)
from counterclaim.attribute.stance_heads import aim, decide_stances
from counterclaim.attribute.statement_issuers import add_issued
from counterclaim.attribute.tagger_output import tag_passages
from counterclaim.attribute.target_inference import fill_targets
from counterclaim.attribute.targets import TargetContext, find_targets
from counterclaim.decode import Decoder
from counterclaim.lexicon import load_nonspeaking_nouns
from counterclaim.model import Tagger
from counterclaim.records.attribution import Attribution
from counterclaim.records.mention import Resolution
from counterclaim.records.problem import Problem, Step
from counterclaim.records.text import Document, Passage, Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children, is_passive

_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_THINGS = frozenset(
    {"it", "this", "that", "which", "there", "what", "everything", "nothing", "these", "those"}
)


def find_attributions(
    document: Document,
    passages: Sequence[Passage],
    sentences: Sequence[Sentence],
    resolution: Resolution,
    tagger: Tagger | None = None,
    *,
    decoder: Decoder | None = None,
) -> tuple[tuple[Attribution, ...], tuple[Problem, ...]]:
    """Find who is made to say what, in reading order.

    Args:
        document: The document.
        passages: Its report's passages.
        sentences: Of those passages, parsed.
        resolution: Of the same sentences.
        tagger: The model; without it the rules alone read.
        decoder: What the reader's heads point at in the document; None to read stances by the lexicon alone.

    Returns:
        Attributions in order of their cues, those inside another's content pointing to it; and
        problems. Thoughts and mere carriers come too, with ``is_claim`` False.

    Problems:
        unresolved-speaker: A pronoun speaks that stands for nobody we found; the claim is kept.
    """
    text = make_text(document, find_quotes(document, passages), resolution, sentences)
    found: list[Attribution] = []
    told_now: set[Span] = set()
    for sentence in sentences:
        if sentence.passage.kind == "headline":
            continue
        for matches in find_cues(sentence):
            attribution = next(
                (
                    item
                    for match in matches
                    if (item := _attribution(text, sentence, match)) is not None
                ),
                None,
            )
            if attribution is not None:
                found.append(attribution)
                if is_present_or_future(sentence, matches[0].head):
                    told_now.add(attribution.cue)
    found = _without_doubles(found)
    if tagger is not None:
        tags = tag_passages(document, passages, sentences, tagger, resolution.names)
        found = merge_tagger(text, sentences, found, tags)
    found = continue_quotations(found, text.quotes, passages, document)
    found = [
        replace(item, is_claim=item.is_claim and not is_anonymity(item, document))
        for item in found
        if _says(item)
    ]
    found = resolve_first_person(resolve_statement_issuers(found, document), text.quotes, document)
    found = sorted(add_issued(text, passages, found), key=lambda item: item.cue)
    if decoder is not None:
        found = decide_stances(found, decoder)
    found = fill_targets(link_nested(found, told_now), resolution.home, document)
    if decoder is not None:
        found = aim(found, decoder)
    problems = tuple(
        Problem(
            "unresolved-speaker",
            "a pronoun speaks and nobody before it fits; the claim is kept without a speaker",
            item.speaker_span,
        )
        for item in found
        if item.is_claim and item.speaker_span is not None and not item.speakers
        if item.trace[1].rule != "speaker:issued"
    )
    return tuple(found), problems


def _says(item: Attribution) -> bool:
    """Return whether an attribution stands without content: only acts that are whole in themselves."""
    return bool(item.content) or item.trace[2].rule == "content:bare"


def _attribution(
    text: AttributionContext, sentence: Sentence, match: CueMatch
) -> Attribution | None:
    """Put one cue's parts together; None when they make no attribution."""
    content = read_content(sentence, match)
    reading = read_cue_stance(sentence, match)
    if reading is None:
        return None
    speaker = read_speaker(text.document, sentence, match, text.resolution)
    if not _may_speak(sentence, speaker, match, reading):
        return None
    if content is not None and match.head < content.first <= match.last <= content.last:
        match = replace(
            match, last=match.head
        )  # the companion is what is said: "claimed **the attack**"
    spans = content_spans(text, sentence, match, content, speaker)
    if not spans and not (_is_whole(match, reading) or _opens_block(sentence)):
        return None
    return _record(text, sentence, _Parts(match, content, reading, speaker, spans))


def _is_whole(match: CueMatch, reading: StanceReading) -> bool:
    """Return whether the cue alone is a claim: "Ardenia issued a denial", "had no comment"."""
    return (
        match.cue.alone
        or "bare" in match.cue.frames
        or (reading.stance == "withhold" and match.cue.sort != "mind")
    )


def _opens_block(sentence: Sentence) -> bool:
    return sentence[len(sentence) - 1].text == ":"


def _may_speak(
    sentence: Sentence, speaker: Speaker, match: CueMatch, reading: StanceReading
) -> bool:
    """Return whether the words found can be a speaker of this cue."""
    if speaker.head is None:
        return _may_be_absent(sentence, match, reading)
    word = sentence[speaker.head]
    if (
        word.lower in _NOBODY
        or sentence[sentence.first[speaker.head]].lower == "neither"
        or any(
            sentence[index].lower in _NOBODY for index in children(sentence, speaker.head, "det")
        )
    ):
        return False
    if _is_victim(sentence, speaker.head, match):
        return False
    if (
        word.pos == "NOUN"
        and word.lemma in load_nonspeaking_nouns()
        and word.lemma not in TEXTS
        and match.cue.sort != "show"
    ):
        return False
    if speaker.rule not in {"own-words", "unresolved-pronoun"}:
        return True
    if word.pos == "PRON":
        return word.lower not in _THINGS or (
            word.lower in {"it", "which"} and match.cue.sort in {"speech", "act"}
        )
    return True


_TOLLING = frozenset({"raise", "lower", "bring", "take", "push", "revise", "correct", "reduce"})
"""Verbs by which a count goes on: those counted say nothing by them."""


def _is_victim(sentence: Sentence, speaker: int, match: CueMatch) -> bool:
    """Return whether a count goes on behind those counted: "12 had died, **raising** the toll to 40"."""
    verb = sentence[match.head]
    host = sentence[verb.head]
    if verb.lemma not in _TOLLING or sentence[speaker].head != host.index:
        return False
    if verb.dep == "advcl" and verb.tag == "VBG":
        return sentence[speaker].dep in {"nsubj", "nsubjpass"} and host.lemma in {"die", "kill"}
    return verb.dep == "conj" and sentence[speaker].dep == "nsubjpass"


def _may_be_absent(sentence: Sentence, match: CueMatch, reading: StanceReading) -> bool:
    """Return whether a cue may stand without anybody named: "were reported killed", "reports emerged"."""
    if match.cue.role == "noun":
        return sentence[sentence[match.head].head].lemma in match.cue.carriers
    if match.cue.role == "phrase" or reading.rule == "withheld":
        return False
    word = sentence[match.head]
    if word.tag == "VBN" and word.dep in {"acl", "amod", "advcl"}:
        return False
    return match.cue.sort in {"speech", "act", "show"}


@dataclass(frozen=True, slots=True)
class _Parts:
    """One cue's parts."""

    match: CueMatch
    content: Content | None
    reading: StanceReading
    speaker: Speaker
    spans: tuple[Span, ...]


def _record(text: AttributionContext, sentence: Sentence, parts: _Parts) -> Attribution:
    match, content, reading, speaker, spans = (
        parts.match,
        parts.content,
        parts.reading,
        parts.speaker,
        parts.spans,
    )
    cue = sentence.cover(match.first, match.last)
    times = [
        time
        for time in text.resolution.times_in(sentence.index)
        if not any(span.meets(time.span) for span in spans)
    ]
    frame = (
        content.frame
        if content is not None
        else "quote"
        if spans
        else "bare"
        if _is_whole(match, reading)
        else "block"
    )
    words = text.document.text
    said = read_said(text, sentence, content, spans, speaker.parties)
    reading = read_stance(match, reading, said)
    return Attribution(
        document_id=text.document.id,
        cue=cue,
        cue_entry=match.cue.id,
        content=spans,
        speakers=speaker.parties,
        speaker_span=speaker.span,
        stance=reading.stance,
        stance_words=reading.words,
        targets=find_targets(TargetContext(text, sentence, match, said, reading)),
        quotation=quotation(spans, text.quotes, words),
        hedges=find_hedges(text.document, sentence, spans),
        via=speaker.carrier,
        said_at=times[0].time if times else None,
        is_claim=reading.rule != "withheld" and _is_claim(sentence, match, content, speaker),
        trace=(
            Step("attribute", f"cue:{match.cue.id}", words[cue.start : cue.end], cue),
            Step(
                "attribute",
                f"speaker:{speaker.rule}",
                text.document.words(speaker.span) if speaker.span else "",
                speaker.span,
            ),
            Step("attribute", f"content:{frame}", "", spans[0] if spans else None),
            Step("attribute", f"stance:{reading.rule}", "", reading.words),
        ),
    )


def _is_claim(
    sentence: Sentence, match: CueMatch, content: Content | None, speaker: Speaker
) -> bool:
    """Return whether the ledger keeps it: the entry's condition, and words in which somebody speaks."""
    claim = match.cue.claim
    if claim in {"yes", "no"}:
        return claim == "yes" and not _is_what_clause(sentence, match)
    if claim == "other-doer":
        return (
            content is not None
            and _is_party(speaker)
            and (content.target is not None or content.frame == "object")
        )
    if claim == "doer":
        return content is not None and content.frame == "infinitive"
    if speaker.head is not None and sentence[speaker.head].lemma in TEXTS:
        return True
    return _is_party(speaker)


def _is_party(speaker: Speaker) -> bool:
    return bool(speaker.parties) and speaker.rule != "own-words"


def _is_what_clause(sentence: Sentence, match: CueMatch) -> bool:
    """Return whether a naming verb only tells what somebody calls a thing: "what he called a massacre"."""
    if match.cue.role != "verb" or match.cue.id not in {"call", "label", "describe"}:
        return False
    return any(
        sentence[index].tag == "WP" and sentence[index].lower == "what"
        for index in children(sentence, match.head)
    ) and not is_passive(sentence, match.head)


def _without_doubles(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Drop a cue that stands inside another's longer one: the noun of "issued a denial"."""
    return [
        item
        for item in attributions
        if not any(
            other is not item and other.cue.meets(item.cue) and len(other.cue) > len(item.cue)
            for other in attributions
        )
    ]
