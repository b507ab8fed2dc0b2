"""Document context: what the reading of one document's attributions shares."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from counterclaim.attribute.quotes import Quote
from counterclaim.records.mention import NameMention, Resolution
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence


@dataclass(frozen=True, slots=True)
class AttributionContext:
    """One document with its quotations, sentences and mentions."""

    document: Document
    quotes: tuple[Quote, ...]
    resolution: Resolution
    sentences: tuple[Sentence, ...] = ()
    names: Mapping[tuple[int, int], NameMention] = field(default_factory=dict)
    """Known names by sentence and last word."""

    def name_at(self, sentence: int, word: int) -> NameMention | None:
        """Return the known name that ends at a word."""
        return self.names.get((sentence, word))

    def sentences_in(self, span: Span) -> list[Sentence]:
        """Return the sentences that begin or end inside a span, in order."""
        after = bisect_right(self.sentences, span.start, key=_start)
        found: list[Sentence] = []
        for sentence in self.sentences[max(0, after - 1) :]:
            if sentence.words[0].start >= span.end:
                break
            if sentence.words[-1].end > span.start:
                found.append(sentence)
        return found


def _start(sentence: Sentence) -> int:
    return sentence.words[0].start


def make_text(
    document: Document,
    quotes: tuple[Quote, ...],
    resolution: Resolution,
    sentences: Sequence[Sentence],
) -> AttributionContext:
    """Put a document's parts together, its names indexed."""
    names = {(name.sentence, name.last): name for name in resolution.names}
    return AttributionContext(document, quotes, resolution, tuple(sentences), names)
