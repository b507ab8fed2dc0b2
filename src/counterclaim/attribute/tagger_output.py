"""Tagger output: what the model says of a report's passages, in the characters of the document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterclaim.attribute.name_masking import MaskedPassage, mask_names
from counterclaim.model import Tagged, Tagger
from counterclaim.records.mention import NameMention
from counterclaim.records.problem import Step
from counterclaim.records.text import Document, Passage, Span
from counterclaim.syntax.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Tag:
    """One tagged attribution where it stands; its spans are characters of the document."""

    tagged: Tagged
    sentence: Sentence
    """That holds the cue's first character."""

    def trace(self, document: Document) -> tuple[Step, ...]:
        """Say what the model read, and how sure it was of each part."""
        tagged = self.tagged
        parts = (
            ("cue", tagged.cue_probability, tagged.cue),
            ("speaker", tagged.source_probability, tagged.source),
            *(("content", tagged.content_probability, span) for span in tagged.content),
        )
        return tuple(
            Step("model", f"{part}:{sure:.2f}", document.words(span) if span else "", span)
            for part, sure, span in parts
        )


def tag_passages(
    document: Document,
    passages: Sequence[Passage],
    sentences: Sequence[Sentence],
    tagger: Tagger,
    names: Sequence[NameMention] = (),
) -> tuple[Tag, ...]:
    """Tag the passages of a report, headlines left out: they repeat what the report says.

    States are shown to the model under stand-ins' names, so that no side's name weighs.

    Returns:
        In reading order of the cues.
    """
    kept = [passage for passage in passages if passage.kind != "headline"]
    shown = mask_names(document, kept, sentences, names)
    found = tagger.tag([item.text for item in shown])
    home: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        home.setdefault(sentence.passage.index, []).append(sentence)
    tags: list[Tag] = []
    for passage, told, items in zip(kept, shown, found, strict=True):
        for item in items:
            moved = _moved(item, told)
            host = _sentence_at(home.get(passage.index, ()), moved.cue)
            if host is not None:
                tags.append(Tag(moved, host))
    return tuple(tags)


def _moved(tagged: Tagged, shown: MaskedPassage) -> Tagged:
    """Put what was tagged in a passage as shown where it stands in the document."""
    return replace(
        tagged,
        cue=shown.told(tagged.cue),
        source=shown.told(tagged.source) if tagged.source else None,
        content=tuple(shown.told(span) for span in tagged.content),
    )


def _sentence_at(sentences: Sequence[Sentence], cue: Span) -> Sentence | None:
    return next((sentence for sentence in sentences if sentence.span.meets(cue)), None)
