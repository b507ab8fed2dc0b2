"""Text: documents, and the places inside them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, Self, get_args

from counterclaim.records.identity import make_id

Region = Literal["report", "discussion"]
"""Which voice a passage belongs to: the reporter's, or the readers' under the report."""

PassageKind = Literal["headline", "paragraph", "item", "comment", "aside"]
"""What a block is. An ``aside`` is the page's and not the report's, a link to another story or a banner: it is shown and not read."""

Boundary = Literal["sure", "likely", "guess"]
DateBasis = Literal["given", "markup", "address", "dateline", "month", "year"]


LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters: no encoding carries them, and no page that holds one can be sent."""


def mend(words: str) -> str:
    """Return words with each half of a character replaced by �; their length stays."""
    return words if words.isascii() else LONE.sub("�", words)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: half-open, in characters of ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"a span runs forward from 0: got {self.start}-{self.end}"
            raise ValueError(msg)

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: "Span") -> bool:
        """Return whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Return whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, kw_only=True)
class Document:
    """One report as it was taken in. ``text`` is never normalised: offsets count its code points."""

    text: str
    name: str = "pasted"
    """Where it came from: a file name, an address, ``pasted`` or ``stdin``."""
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    """Day of publication. None when nobody said: relative days then stay relative."""
    published_basis: DateBasis | None = None
    """Who said so: the caller (given), the page's markup, its address, or the report's own dateline. ``month`` and ``year``: the caller knows no
    day; ``published`` is then the last one of it, and relative days stay relative."""

    def __post_init__(self) -> None:
        for name in ("text", "name", "title", "outlet", "author"):
            words = getattr(self, name)
            if words is not None and (clean := mend(words)) is not words:
                object.__setattr__(self, name, clean)

    def known_as(self, row: str) -> Self:
        """Return the document under the id of its row, whatever was taken out of it since."""
        self.__dict__["id"] = row
        return self

    @cached_property
    def id(self) -> str:
        """Hash of the text alone: one text is one document, whoever carries it."""
        return make_id("d", self.text)

    def words(self, *spans: Span) -> str:
        """Return the words of the spans; a gap between two shows as `` … ``."""
        return " … ".join(self.text[span.start : span.end] for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block of a document, read as a unit: a headline, a paragraph, a list item, a comment."""

    index: int
    """Position in the document, from 0."""
    span: Span
    kind: PassageKind
    region: Region


Verifiability = Literal["unverifiable", "verifiable", "own experience"]
"""Of a reader's words: whether they state something that others can check, that the writer alone lived through, or neither."""

VERIFIABILITIES: tuple[Verifiability, ...] = get_args(Verifiability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One reader's comment under a report. Never a source for the ledger."""

    span: Span
    boundary: Boundary
    """How sure the cut before it is."""
    reason: str
    """Why the cut was made there, in words for the reader."""
    types: tuple[str, ...] = ()
    """What it does: opinion, prediction, question, checkable, proposal, reply, insult, off_topic."""
    checkable: tuple[Span, ...] = ()
    """Stretches that state something true or false of the world."""
    verifiability: Verifiability = "unverifiable"
    """``verifiable`` if any stretch of it can be checked; else ``own experience`` if any tells what the writer lived through."""
    reply_to: int | None = None
    """Position of the comment it answers, where that can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEnd:
    """Where the report ends and its discussion begins."""

    at: int
    """First character after the report; the text's length when there is no discussion."""
    boundary: Boundary
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A document divided: the report's passages, and the discussion's comments."""

    report: Span
    cut: ReportEnd
    passages: tuple[Passage, ...]
    comments: tuple[Comment, ...] = ()
