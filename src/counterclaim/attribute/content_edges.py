"""Content edges: a content's syntax fitted to its quotation marks, and cut where the cue's own words stand."""

from collections.abc import Sequence

from counterclaim.attribute.content import Content
from counterclaim.attribute.cues import CueMatch
from counterclaim.attribute.document_context import AttributionContext
from counterclaim.attribute.quotes import Quote
from counterclaim.attribute.speakers import TEXTS, Speaker
from counterclaim.records.attribution import Quotation
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child

REACH = 60
"""Characters between a quotation and the words that carry it. A long title fits; another clause does not."""

NEXT = 3
"""Characters of space between a quotation and the one that goes on with it."""

_NOUNS = frozenset({"for", "object"})
_DASHES = frozenset({"—", "–", "--"})
_THROUGH = frozenset({"via", "through"})
_OUTLETS = frozenset(
    {"twitter", "telegram", "facebook", "website", "television", "tv", "x", "instagram"}
)
"""Where words are published; with in, on, via they tell of the saying, not of what is said."""

DIRECT = 0.9
"""Share of a content's letters inside marks from which it counts as a direct quotation."""


def content_spans(
    text: AttributionContext,
    sentence: Sentence,
    match: CueMatch,
    content: Content | None,
    speaker: Speaker,
) -> tuple[Span, ...]:
    """Return the characters of a content.

    A content whose head is quoted takes in the whole quotation, also the sentences of it that stand
    before; a cue in the middle splits it; a cue inside a quotation keeps to it. Indirect speech
    ends before ", which ..." and its kin: those words are the reporter's.
    """
    cue = sentence.cover(match.first, match.last)
    outside = [
        quote
        for quote in text.quotes
        if quote.passage == sentence.passage.index and not quote.span.covers(cue)
    ]
    hull = next((quote for quote in text.quotes if quote.span.covers(cue)), None)
    carrier = carrier_span(sentence, match, speaker)
    beside = (
        _beside(sentence, carrier, outside)
        if "quote" in match.cue.frames or match.cue.role == "phrase"
        else None
    )
    if content is None:
        return () if beside is None else (beside.span,)
    last = _end_of_speech(sentence, content, outside)
    total = sentence.cover(content.first, last)
    head = sentence[content.head]
    for quote in outside:
        if not quote.span.meets(total):
            continue
        holds_head = quote.span.start <= head.start < quote.span.end
        if quote.is_speech and (holds_head or quote.span.covers(total) or quote is beside):
            total = Span(min(total.start, quote.span.start), max(total.end, quote.span.end))
        elif quote.inner.covers(total) and _is_all(text.document.text, quote, total):
            total = quote.span
        elif total.start <= quote.span.start < total.end <= quote.span.end:
            total = Span(total.start, quote.span.end)
    if hull is not None:
        start = max(total.start, hull.inner.start)
        total = Span(start, max(start, min(total.end, hull.inner.end)))
    return _trimmed(text.document.text, _less(total, carrier))


def _is_all(text: str, quote: Quote, total: Span) -> bool:
    """Return whether a content is the whole of a quotation but for its stops."""
    return text[total.start : total.end].strip(" ,.") == text[
        quote.inner.start : quote.inner.end
    ].strip(" ,.")


def carrier_span(sentence: Sentence, match: CueMatch, speaker: Speaker) -> Span:
    """Return the stretch of cue and speaker, with what stands between them."""
    cue = sentence.cover(match.first, match.last)
    if speaker.span is None or (
        speaker.head is not None and sentence[speaker.head].tag in {"WP", "WDT"}
    ):
        return cue
    gap = max(speaker.span.start - cue.end, cue.start - speaker.span.end)
    if gap > REACH:
        return cue
    return Span(min(cue.start, speaker.span.start), max(cue.end, speaker.span.end))


def _end_of_speech(sentence: Sentence, content: Content, quotes: Sequence[Quote]) -> int:
    """Cut a content before a trailing relative or participial clause behind a comma, unless quoted."""
    if content.frame == "around":
        return content.last
    medium = _medium(sentence, content, quotes)
    if medium is not None:
        return medium
    for index in range(content.first + 1, content.last):
        if sentence[index].text != ",":
            continue
        opener = index + 1
        if not _opens_aside(sentence, opener, content):
            continue
        at = sentence[opener].start
        if any(quote.span.start <= at < quote.span.end for quote in quotes):
            continue
        return index - 1
    return content.last


def _medium(sentence: Sentence, content: Content, quotes: Sequence[Quote]) -> int | None:
    """Find the word before a trailing phrase that tells how it was said: "the attack **in a statement**".

    A noun's own aside goes too: "the attack**, which killed nine**", "the attack **— the third so far**".
    """
    if content.frame not in _NOUNS:
        return None
    for index in range(content.head + 1, content.last + 1):
        word = sentence[index]
        if any(quote.span.start <= word.start < quote.span.end for quote in quotes):
            continue
        if word.text in _DASHES or (
            word.text == "," and index < content.last and sentence[index + 1].tag in {"WDT", "WP"}
        ):
            return index - 1
        if word.lower in _THROUGH or (word.lower in {"in", "on"} and _is_outlet(sentence, index)):
            return index - 1
    return None


def _is_outlet(sentence: Sentence, prep: int) -> bool:
    noun = child(sentence, prep, "pobj")
    return noun is not None and (sentence[noun].lemma in TEXTS or sentence[noun].lower in _OUTLETS)


def _opens_aside(sentence: Sentence, opener: int, content: Content) -> bool:
    """Return whether a word opens an aside that runs to the content's end: ", which ...", ", killing ..."."""
    word = sentence[opener]
    for index in range(opener, min(opener + 3, content.last + 1)):
        if sentence[index].tag not in {"WDT", "WP", "WRB", "WP$"}:
            continue
        clause = sentence[index].head
        while (
            sentence[clause].dep not in {"relcl", "ROOT", "advcl"}
            and (sentence[clause].dep != "ccomp" or sentence[opener].lower == "which")
            and sentence[clause].head != clause
        ):
            clause = sentence[clause].head
        if sentence[clause].dep == "relcl":
            return sentence.last[clause] >= content.last - 1
    if (
        word.tag == "VBG"
        and word.dep in {"advcl", "acl"}
        and word.lemma in {"end", "say", "cite", "raise"}
    ):
        return sentence.last[opener] >= content.last - 1
    return False


def _less(total: Span, carrier: Span) -> tuple[Span, ...]:
    """Take the carrier's words out of a content: nothing, one edge, or a hole in the middle."""
    if not total.meets(carrier):
        return (total,)
    parts = []
    if total.start < carrier.start:
        parts.append(Span(total.start, carrier.start))
    if carrier.end < total.end:
        parts.append(Span(carrier.end, total.end))
    return tuple(parts)


def _trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Take spaces and stray commas off the edges; drop what holds no word."""
    found: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start] in " \n\t,;:—–-":
            start += 1
        while end > start and text[end - 1] in " \n\t,;:—–-":
            end -= 1
        if any(letter.isalnum() for letter in text[start:end]):
            found.append(Span(start, end))
    return tuple(found)


def _beside(sentence: Sentence, carrier: Span, quotes: Sequence[Quote]) -> Quote | None:
    """Find the quotation beside a cue: right before or after its clause, in or next to its sentence."""
    near = sentence.span
    best: tuple[int, Quote] | None = None
    for quote in quotes:
        if not quote.is_speech:
            continue
        if quote.span.end <= carrier.start:
            gap = carrier.start - quote.span.end
            touches = quote.span.end >= near.start - NEXT
        elif quote.span.start >= carrier.end:
            gap = quote.span.start - carrier.end
            touches = quote.span.start <= near.end or sentence[len(sentence) - 1].text == ":"
        else:
            continue
        if touches and gap <= REACH and (best is None or gap < best[0]):
            best = (gap, quote)
    return None if best is None else best[1]


def quotation(spans: Sequence[Span], quotes: Sequence[Quote], text: str) -> Quotation:
    """Return whether a content is quoted: at least ``DIRECT`` of its letters, none, or some."""
    letters = sum(_letters(text, span.start, span.end) for span in spans)
    if not letters:
        return "indirect"
    inside = 0
    for span in spans:
        for quote in quotes:
            first, last = max(span.start, quote.span.start), min(span.end, quote.span.end)
            inside += _letters(text, first, max(first, last))
    share = inside / letters
    return "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"


def _letters(text: str, start: int, end: int) -> int:
    """Return how many letters and numbers stand between two characters of a text."""
    return sum(map(str.isalnum, text[start:end]))
