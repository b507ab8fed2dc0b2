"""Passages of a report: blocks, in pieces that can be parsed and shown."""

import re
from collections.abc import Iterator, Sequence

from counterclaim.records.text import Passage, Span
from counterclaim.segment.blocks import Block

PASSAGE_LIMIT = 3_000
"""Characters. A longer block is cut at a sentence end, so that a page that lost its line breaks is
still parsed and shown in pieces; the longest paragraph of print seen has 1,900."""

SENTENCE_END = re.compile(r"(?<![A-Z]\.)(?<!\b[A-Z])[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")


def make_passages(text: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """Return the report's blocks as passages, numbered in reading order.

    Args:
        text: The document's text.
        blocks: The blocks of the report.
    """
    pieces = [(piece, block.kind) for block in blocks for piece in _cut(text, block.span)]
    return tuple(
        Passage(index=i, span=span, kind=kind, region="report")
        for i, (span, kind) in enumerate(pieces)
    )


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Cut a span that is too long at the last sentence end, or white space, before the limit."""
    start = span.start
    while span.end - start > PASSAGE_LIMIT:
        window = text[start : start + PASSAGE_LIMIT]
        ends = [m.end() for m in SENTENCE_END.finditer(window)]
        at = start + (ends[-1] if ends else window.rfind(" ") + 1 or PASSAGE_LIMIT)
        yield Span(start, start + len(text[start:at].rstrip()))
        start = at
        while start < span.end and text[start].isspace():
            start += 1
    yield Span(start, span.end)
