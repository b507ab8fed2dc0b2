"""Change the surface of a paragraph and carry its annotation along.

The annotated news writes quotation marks in one way and names few parties of the
wars that we read about; a model that ships must not depend on either.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from training.attribution.corpus import GoldAttribution, Paragraph, Span

_DOUBLE = re.compile('["“”]')

Edit = tuple[int, int, str]
"""Replace the characters [start, end) by a string."""


def straighten_marks(text: str, _: random.Random) -> list[Edit]:
    """Curly quotation marks and apostrophes become straight ones."""
    swap = {"“": '"', "”": '"', "‘": "'", "’": "'"}
    return [(i, i + 1, swap[c]) for i, c in enumerate(text) if c in swap]


def curl_marks(text: str, _: random.Random) -> list[Edit]:
    """Straight double marks become curly by turns; apostrophes lean right."""
    edits: list[Edit] = []
    opened = False
    for i, c in enumerate(text):
        if c == '"':
            edits.append((i, i + 1, "”" if opened else "“"))
            opened = not opened
        elif c == "'":
            edits.append((i, i + 1, "’"))
    return edits


def single_marks(text: str, _: random.Random) -> list[Edit]:
    """Double marks become single ones, as British papers print them."""
    edits: list[Edit] = []
    opened = False
    for match in _DOUBLE.finditer(text):
        opened = match.group() == "“" or (match.group() == '"' and not opened)
        edits.append((match.start(), match.end(), "‘" if opened else "’"))
    return edits


def drop_marks(text: str, chance: random.Random) -> list[Edit]:
    """Every second paragraph loses all double marks, the others one of them."""
    marks = [match.span() for match in _DOUBLE.finditer(text)]
    if marks and chance.random() < 0.5:
        marks = [chance.choice(marks)]
    return [(start, end, "") for start, end in marks]


def double_backticks(text: str, _: random.Random) -> list[Edit]:
    """Double marks become `` and '', as some agencies' wires have them."""
    edits: list[Edit] = []
    opened = False
    for match in _DOUBLE.finditer(text):
        opened = match.group() == "“" or (match.group() == '"' and not opened)
        edits.append((match.start(), match.end(), "``" if opened else "''"))
    return edits


SURFACES: tuple[Callable[[str, random.Random], list[Edit]], ...] = (
    straighten_marks, curl_marks, single_marks, drop_marks, double_backticks)


def apply_edits(paragraph: Paragraph, edits: list[Edit]) -> Paragraph:
    """Apply non-overlapping edits, in order, to a text and to the spans over it."""
    if not edits:
        return paragraph
    pieces, where, at, shift = [], [0] * (len(paragraph.text) + 1), 0, 0
    for start, end, new in edits:
        pieces += [paragraph.text[at:start], new]
        where[at:start] = range(at + shift, start + shift)
        where[start:end] = [start + shift] * (end - start)
        shift += len(new) - (end - start)
        at = end
    pieces.append(paragraph.text[at:])
    where[at:] = range(at + shift, len(paragraph.text) + 1 + shift)

    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((where[s], where[e]) for s, e in spans if where[s] < where[e])

    moved = tuple(
        GoldAttribution(move(a.cue), move(a.source), move(a.content))
        for a in paragraph.attributions if move(a.cue))
    return replace(paragraph, text="".join(pieces), attributions=moved)


def augment(paragraph: Paragraph, chance: random.Random) -> Paragraph:
    """Change one surface of a paragraph, drawn by chance."""
    return apply_edits(paragraph, chance.choice(SURFACES)(paragraph.text, chance))
