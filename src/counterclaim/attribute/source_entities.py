"""Source entities: the party behind the words that the model takes for a speaker."""

import re
from collections.abc import Sequence

from counterclaim.attribute.document_context import AttributionContext
from counterclaim.attribute.speakers import NOBODY, Speaker, speaker_at
from counterclaim.records.attribution import Attribution
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import antecedent

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
"""Words that stand for a speaker named before them."""
SHORT = 16
"""Words at most in which nothing else is said: "requested anonymity because he may not speak to the press"."""
_UNNAMED = re.compile(
    r"\b(?:anonym(?:ity|ous(?:ly)?)|not (?:to )?be (?:named|identified|quoted)|not be used"
    r"|(?:his|her|their) (?:full |last |real )?names? (?:be|to be|not be|was|were) (?:withheld|used|published|not)"
    r"|without (?:attribution|being (?:named|identified|quoted)))\b",
    re.IGNORECASE,
)
"""Words by which a source asks not to be named."""
_NOBODY = frozenset({"no", "nobody", "none", "neither"})


def speaker_of_source(
    text: AttributionContext, sentences: Sequence[Sentence], source: Span
) -> Speaker:
    """Find the party that a source's words stand for.

    The word that heads them decides; where it means no party, any other mention inside them.
    """
    sentence = next((one for one in sentences if one.span.meets(source)), None)
    if sentence is None:
        return NOBODY
    inside = [word.index for word in sentence.words if word.span.meets(source)]
    if any(sentence[index].lower in _NOBODY for index in inside):
        return Speaker(inside[0], source, (), "nobody")
    head = _head(sentence, inside)
    if sentence[head].lower in RELATIVES:
        head = antecedent(sentence, head)
    mentions = (text.resolution.party_at(sentence.index, index) for index in inside)
    other = next((mention for mention in mentions if mention is not None), None)
    if text.resolution.party_at(sentence.index, head) is None and other is not None:
        return Speaker(other.head, source, other.parties, other.rule)
    return speaker_at(text.document, sentence, head, text.resolution, ())


def _head(sentence: Sentence, inside: Sequence[int]) -> int:
    """Find the word of a stretch that the rest of it hangs on: the first whose head lies outside."""
    return next(
        (
            index
            for index in inside
            if sentence[index].dep != "punct" and sentence[index].head not in set(inside) - {index}
        ),
        inside[0],
    )


def is_anonymity(item: Attribution, document: Document) -> bool:
    """Return whether a source only asks not to be named: "**asked** not to be identified".

    That is the terms on which somebody spoke, and no appeal to anybody.
    """
    if item.stance not in {"appeal", "demand", "withhold", "state"} or not item.content:
        return False
    hull = Span(min(item.cue.start, item.content[0].start), max(item.cue.end, item.content[0].end))
    words = document.words(hull)
    return len(words.split()) <= SHORT and _UNNAMED.search(words) is not None
