"""Merging: the rules' attributions and the model's tags brought together.

The rules read stances, parties and what the ledger keeps; the model knows where sources and
contents end, and finds what the rules overlook. So:

  1. a cue that both found     the rules' stance stands; where the contents differ and the model is
                               sure, its content does, widened by the rules'; the speaker's words
                               are the model's, and where they are others than the rules', so is the
                               party they stand for
  2. a cue of the rules alone  stands as it is
  3. a cue of the model alone  is kept as an attribution; the ledger keeps it only where the lexicon
                               knows the cue and a party speaks

Each choice was measured on the development corpora; docs/attribution.md has the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterclaim.attribute.content_clauses import read_said
from counterclaim.attribute.content_edges import quotation
from counterclaim.attribute.cues import CueMatch, find_cues
from counterclaim.attribute.document_context import AttributionContext
from counterclaim.attribute.hedges import find_hedges
from counterclaim.attribute.source_entities import RELATIVES, speaker_of_source
from counterclaim.attribute.speakers import NOBODY, Speaker
from counterclaim.attribute.stance import StanceReading, read_cue_stance, read_stance
from counterclaim.attribute.tagger_output import Tag
from counterclaim.attribute.targets import TargetContext, find_targets
from counterclaim.records.attribution import MODEL, Attribution
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence

_PRONOUNS = RELATIVES | {"what", "it", "they", "he", "she", "this", "these", "those", "we", "i"}

ALIKE = 0.8
"""Contents that share so much differ by a "that" or a comma: the rules' edges then stand."""
SURE_SPEAKER = 0.75
"""From here on the model's source overrules the rules': of 27 such on sixty reports, 20 were right and 4 wrong."""
_LOOSE = frozenset({"clause", "quote", "around", "object", "noun", "far-that", "figure"})
"""Frames whose content ends where its clause or noun phrase does; a parser often errs there."""
SURE_CONTENT = 0.9
"""Below this the rules' content stands where they have one."""
SURE_CUE = 0.9
"""From here on a cue of the model alone may enter the ledger."""


def merge_tagger(
    text: AttributionContext,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    tags: Sequence[Tag],
) -> list[Attribution]:
    """Bring attributions and tags together, in reading order of the cues.

    Args:
        text: The document's.
        sentences: Of the document, parsed.
        attributions: As the rules found them.
        tags: As the model found them.
    """
    found: list[Attribution] = []
    left = list(tags)
    for item in attributions:
        tag = next((tag for tag in left if tag.tagged.cue.meets(item.cue)), None)
        if tag is None:
            found.append(item)
            continue
        left.remove(tag)
        found.append(_supported(text, sentences, item, tag))
    found.extend(_added(text, sentences, tag) for tag in left)
    return sorted(found, key=lambda item: item.cue)


def _supported(
    text: AttributionContext, sentences: Sequence[Sentence], item: Attribution, tag: Tag
) -> Attribution:
    """Add to an attribution of the rules what the model knows better."""
    content = _content(text, item, tag)
    item = replace(
        item,
        content=content,
        quotation=quotation(content, text.quotes, text.document.text),
        probability=tag.tagged.cue_probability,
        trace=(*item.trace, *tag.trace(text.document)),
    )
    source = tag.tagged.source
    if source is None or tag.tagged.source_probability < SURE_SPEAKER:
        return item
    if item.speaker_span is not None and item.speaker_span.meets(source):
        return replace(item, speaker_span=source)
    speaker = speaker_of_source(text, sentences, source)
    if item.speakers and text.document.words(source).lower() in RELATIVES:
        return replace(item, speaker_span=source)
    return replace(item, speaker_span=source, speakers=speaker.parties)


def _content(text: AttributionContext, item: Attribution, tag: Tag) -> tuple[Span, ...]:
    """Bring two readings of one cue's content together."""
    if not item.content and text.document.text[item.cue.end :].lstrip()[:1] == ":":
        return ()  # the paragraphs behind the colon are its content
    parts = fragments(text, tag)
    is_unsure = bool(item.content) and tag.tagged.content_probability < SURE_CONTENT
    if is_unsure or _is_told_closer(item, parts) or span_overlap(parts, item.content) >= ALIKE:
        return item.content
    return merge_spans(parts, item.content)


def _is_told_closer(item: Attribution, parts: Sequence[Span]) -> bool:
    """Return whether the rules' content is the model's without what the cue's frame sets apart.

    A preposition and whom it is said of: "accused **Kestria of** shelling", "claimed responsibility
    **for** the raid **on Telegram**"; or what the cue stands between: "two men **were reported** killed".
    """
    if len(item.content) != 1 or item.quotation != "indirect":
        return False
    own = item.content[0]
    frame = item.trace[2].rule.removeprefix("content:")
    if frame not in _LOOSE:
        return any(part.start <= own.start < part.end for part in parts)
    return len(parts) > 1 and any(span_overlap([part], [own]) >= ALIKE for part in parts)


def span_overlap(some: Sequence[Span], others: Sequence[Span]) -> float:
    """Return the characters that two contents share, as Dice's share of both; 0 to 1."""
    shared = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in some
        for other in others
    )
    return 2 * shared / max(1, sum(map(len, some)) + sum(map(len, others)))


def fragments(text: AttributionContext, tag: Tag) -> tuple[Span, ...]:
    """Return a tagged content without gaps of a word or two, and without a lone "which" or "they".

    The gaps are the model's doubts; only the cue or a speaker between two fragments keeps them
    apart. A pronoun is a fragment of its own where the cue stands inside the content's clause
    ("which Kestria says was hit"), and tells nothing.
    """
    joined = _joined(tag)
    telling = [span for span in joined if text.document.words(span).lower() not in _PRONOUNS]
    return tuple(telling or joined)


def _joined(tag: Tag) -> tuple[Span, ...]:
    tagged = tag.tagged
    found: list[Span] = []
    for span in tagged.content:
        hull = Span(found[-1].start, span.end) if found else span
        if (
            found
            and not hull.meets(tagged.cue)
            and not (tagged.source and hull.meets(tagged.source))
        ):
            found[-1] = hull
        else:
            found.append(span)
    return tuple(found)


def merge_spans(content: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    """Widen each span by the other reading's spans that meet it; the result does not overlap."""
    found: list[Span] = []
    for span in content:
        met = [span, *(one for one in other if one.meets(span))]
        hull = Span(min(one.start for one in met), max(one.end for one in met))
        if found and hull.start < found[-1].end:
            hull = Span(found.pop().start, max(hull.end, found[-1].end if found else 0, span.end))
        found.append(hull)
    return tuple(found)


def _added(text: AttributionContext, sentences: Sequence[Sentence], tag: Tag) -> Attribution:
    """Make an attribution of a cue that the rules did not find."""
    tagged = tag.tagged
    speaker = NOBODY if tagged.source is None else speaker_of_source(text, sentences, tagged.source)
    document, content = text.document, fragments(text, tag)
    known = _read_known(text, tag, speaker, content)
    if known is not None and not _is_claim(known.match, speaker, tag):
        known = None  # the rules had their reasons: "nobody claimed it", "he called his mother"
    return Attribution(
        document_id=document.id,
        cue=tagged.cue,
        cue_entry=MODEL if known is None else known.match.cue.id,
        content=content,
        speakers=speaker.parties,
        speaker_span=tagged.source,
        stance="state" if known is None else known.reading.stance,
        stance_words=None if known is None else known.reading.words,
        targets=() if known is None else find_targets(known),
        quotation=quotation(content, text.quotes, document.text),
        hedges=find_hedges(document, tag.sentence, content),
        is_claim=known is not None,
        probability=tagged.cue_probability,
        trace=(
            *_steps(tag, known, speaker, document.words(tagged.cue)),
            *tag.trace(document),
        ),
    )


def _read_known(
    text: AttributionContext, tag: Tag, speaker: Speaker, content: Sequence[Span]
) -> TargetContext | None:
    """Read a cue that the lexicon knows, with the model's content at hand."""
    for match, reading in _readings(tag):
        said = read_said(text, tag.sentence, None, content, speaker.parties)
        return TargetContext(text, tag.sentence, match, said, read_stance(match, reading, said))
    return None


def _steps(tag: Tag, known: TargetContext | None, speaker: Speaker, words: str) -> tuple[Step, ...]:
    """Return the same four steps as the rules do."""
    entry, rule = (MODEL, MODEL) if known is None else (known.match.cue.id, known.reading.rule)
    return (
        Step("attribute", f"cue:{entry}", words, tag.tagged.cue),
        Step("attribute", f"speaker:{speaker.rule}", "", speaker.span),
        Step("attribute", f"content:{MODEL}", "", tag.tagged.content[0]),
        Step("attribute", f"stance:{rule}", "", None if known is None else known.reading.words),
    )


def _readings(tag: Tag) -> Iterator[tuple[CueMatch, StanceReading]]:
    """Yield the lexicon's readings of a tagged cue, those that tell of no act left out."""
    for matches in find_cues(tag.sentence):
        for match in matches:
            if not tag.sentence.cover(match.first, match.last).meets(tag.tagged.cue):
                continue
            reading = read_cue_stance(tag.sentence, match)
            if reading is not None:
                yield match, reading


def _is_claim(match: CueMatch, speaker: Speaker, tag: Tag) -> bool:
    """Return whether the ledger keeps a cue of the model alone."""
    return (
        tag.tagged.cue_probability >= SURE_CUE
        and match.cue.claim == "yes"
        and match.cue.sort in {"speech", "act"}
        and bool(speaker.parties)
        and speaker.rule not in {"own-words", "nobody"}
    )
