"""Sentences of tokens without grammar, for rooms that look at words alone."""

import re
from itertools import pairwise

from counterclaim.records.text import Passage, Span
from counterclaim.syntax.sentence import Sentence, Word, make_sentence


def flat(text: str, start: int = 0, end: int | None = None, index: int = 0) -> Sentence:
    """Make one sentence of a text's words, in the characters of the text."""
    end = len(text) if end is None else end
    passage = Passage(index=0, span=Span(start, end), kind="paragraph", region="report")
    tokens = [
        Word(
            number,
            match.start(),
            match.end(),
            match.group(),
            match.group().lower(),
            "X",
            "XX",
            "dep",
            0,
            "",
            match.group().lower(),
        )
        for number, match in enumerate(re.compile(r"\w+|[^\w\s]").finditer(text, start, end))
    ]
    return make_sentence(tokens, index, passage)


def flat_sentences(text: str) -> list[Sentence]:
    """Make sentences of a text, cut behind full stops followed by a capital."""
    cuts = [0, *(match.end() for match in re.finditer(r"\. (?=[A-Z])", text)), len(text)]
    return [flat(text, start, end, index) for index, (start, end) in enumerate(pairwise(cuts))]
