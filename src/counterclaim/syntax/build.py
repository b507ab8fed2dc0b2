"""Builds sentences from a spaCy ``Doc``, and from a written table for tests."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.records.text import Passage, Span
from counterclaim.syntax.sentence import Sentence, Word, make_sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Stretch

_LEMMAS = {
    "cordoned": "cordon",
    "cordoning": "cordon",
    "reoccupied": "reoccupy",
    "sniped": "snipe",
    "sniping": "snipe",
    "staged": "stage",
    "staging": "stage",
    "waged": "wage",
    "waging": "wage",
}
"""Verb forms that the parser's rules take for those of other verbs ("wag", "stag")."""


LONGEST_SENTENCE = 500
"""Words of one sentence; the longest of a report, a list of names, has about 300. What is longer is cut there,
so that nothing that walks up and down a sentence can be led without end."""


def from_doc(
    doc: "Doc", passage: Passage, first_index: int = 0, *, start: int | None = None
) -> Iterator[Sentence]:
    """Turn one parsed passage into sentences, in document coordinates.

    Args:
        doc: Parse of the passage's characters, or of those from ``start``.
        passage: Where the characters stand in the document.
        first_index: Index that the first sentence gets.
        start: The document's character that the parse begins at; the passage's first by default.
    """
    offset = passage.span.start if start is None else start
    index = first_index
    for sent in _stretches(doc):
        base = sent.start
        words = [
            Word(
                token.i - base,
                offset + token.idx,
                offset + token.idx + len(token.text),
                token.text,
                _lemma(token),
                token.pos_,
                token.tag_,
                token.dep_ if sent.start <= token.head.i < sent.end else "ROOT",
                (token.head.i if sent.start <= token.head.i < sent.end else token.i) - base,
                token.ent_type_,
                token.lower_,
            )
            for token in sent
        ]
        while words and words[-1].pos == "SPACE" and words[-1].dep != "ROOT":
            words.pop()
        if words and all(word.head < len(words) for word in words):
            yield make_sentence(words, index, passage)
            index += 1


def _stretches(doc: "Doc") -> Iterator["Stretch"]:
    """Yield the sentences of a parse, those too long in several parts."""
    for sent in doc.sents:
        for start in range(sent.start, sent.end, LONGEST_SENTENCE):
            yield doc[start : min(start + LONGEST_SENTENCE, sent.end)]


def _lemma(token: "Token") -> str:
    if token.pos_ == "VERB" and token.lower_ in _LEMMAS:
        return _LEMMAS[token.lower_]
    return str(token.lemma_).lower()


def from_table(table: str, start: int = 0) -> Sentence:
    """Read a sentence from a table, one word a line: text, lemma, pos, tag, head, relation.

    For tests of grammar without a model. Words are laid out with single spaces between them;
    ``head`` counts from 0, and the root names itself.

    Example:
        >>> from_table('''
        ... Kestria Kestria PROPN NNP 1 nsubj
        ... denied  deny    VERB  VBD 1 ROOT
        ... it      it      PRON  PRP 1 dobj''')[1].lemma
        'deny'
    """
    rows = [line.split() for line in table.strip().splitlines()]
    words: list[Word] = []
    at = start
    for position, (text, lemma, pos, tag, head, dep) in enumerate(rows):
        words.append(
            Word(
                position,
                at,
                at + len(text),
                text,
                lemma.lower(),
                pos,
                tag,
                dep,
                int(head),
                "",
                text.lower(),
            )
        )
        at += len(text) + 1
    span = Span(start, max(start, at - 1))
    return make_sentence(words, 0, Passage(index=0, span=span, kind="paragraph", region="report"))
