"""Hedges: words in and beside a content that keep a distance from it."""

import re
from collections.abc import Sequence
from functools import cache

from counterclaim.lexicon import load_hedges
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(
        {words for hedge in load_hedges() for words in hedge.patterns}, key=len, reverse=True
    )
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)


def find_hedges(document: Document, sentence: Sentence, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Find the hedges in the spans that stand in a sentence.

    Source:
        lexicon/hedges.yaml.
    """
    found: list[Span] = []
    for span in spans:
        start, end = max(span.start, sentence.span.start), min(span.end, sentence.span.end)
        if start < end:
            found.extend(
                Span(*match.span())
                for match in _pattern().finditer(document.text, start, end)
                if match.group() != "May" or match.start() == start
            )
    return tuple(found)
