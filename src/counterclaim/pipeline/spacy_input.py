"""A whole spaCy ``Doc`` taken as one report: for the components."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.parse.repair import repair_sentences
from counterclaim.records.mention import Resolution
from counterclaim.records.text import Document, Passage, Span
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document
from counterclaim.syntax.build import from_doc
from counterclaim.syntax.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A parsed doc in our records."""

    document: Document
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    resolution: Resolution


def from_spacy_doc(doc: "Doc") -> ParsedDocument:
    """Take a parsed doc: its sentences fall to the passages that hold their first character."""
    document = Document(text=doc.text)
    division, _ = segment_document(document)
    everything = Passage(index=0, span=division.report, kind="paragraph", region="report")
    passages = division.passages or (everything,)
    sentences: list[Sentence] = []
    for sentence in from_doc(
        doc, Passage(index=0, span=Span(0, len(doc.text)), kind="paragraph", region="report")
    ):
        home = next(
            (item for item in passages if item.span.start <= sentence.span.start < item.span.end),
            None,
        )
        if home is not None:
            sentences.append(
                Sentence(
                    sentence.words,
                    len(sentences),
                    home,
                    sentence.children,
                    sentence.first,
                    sentence.last,
                )
            )
    repaired = repair_sentences(sentences)
    return ParsedDocument(document, tuple(passages), repaired, resolve_document(document, repaired))
