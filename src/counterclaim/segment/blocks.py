"""Blocks of a text: the units its writer set apart, whatever way the lines were broken.

A block is a paragraph, a heading, a list item or one comment's paragraph. Texts come with a blank
line between paragraphs, with a single line break, or broken at a fixed width like mail; only the
last kind needs lines to be joined, and it is told from the others by its width alone.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from counterclaim.records.text import PassageKind, Span
from counterclaim.segment.asides import find_asides
from counterclaim.segment.lines import Line, split_lines

WRAP_WIDTHS = range(24, 121)
"""Characters. Hard-wrapped text is set at 60-80 columns as a rule; 24-120 leaves room for columns of
print and for wide terminals. Prose whose longest line is longer was not wrapped."""

NARROW = 40
"""Characters under which full lines may be a list of short ones; they must also go on in the middle of
sentences."""

RUNNING_SHARE = 0.5
"""Share of adjacent line pairs that must run on, as ``_runs_on`` says, where width alone does not tell.
Lists, headings and readers' lines have 0.0-0.2."""

RUNNING_WORDS = frozenset(
    "a an and as at between by for from in into its near of on or over than that the their to were with".split()
)
"""Words behind which no sentence and no line of a list ends."""

WRAPPED_SHARE = 0.6
"""Share of adjacent line pairs in which the next line's first word would not have fitted. A wrapped
text has 0.8-1.0 (only its paragraphs' last lines fall short); unwrapped short lines 0.0-0.2."""

FEWEST_PAIRS = 2
"""Adjacent pairs needed to judge by: one full line may be chance."""

TITLE_WORDS = 25
"""A first block with more words than this is a lead, not a headline."""

HEADING_WORDS = 10
"""A heading inside a text is shorter than a headline."""

BROKEN_SHARE = 0.5
"""Share of full lines that must end inside a sentence: paragraphs of about equal length are full
too, and end with a stop."""

LONGEST_OVERHANG = 20
"""Characters by which a wrapped line may stick out: an address or a long word that would not break."""

ITEM = re.compile(
    r"(?:[-*+•▪◦‣·●○]|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]+\ufe0f?(?=\s)|[–—](?=\s+\S)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S"
)
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
ACCOUNT = re.compile(r"^[^\n@]{2,70}\(?@\w{2,20}\)?$")
"""An account's line over a post: who writes, and a handle."""
UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
QUOTE_MARK = re.compile(r">\s?")
TAIL = 12
"""Characters at a block's end in which its stop stands."""

STOP = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that its writer set apart."""

    span: Span
    kind: PassageKind
    indent: int
    gap: int
    """Blank lines above it."""


def wrap_width(text: str, lines: tuple[Line, ...]) -> int | None:
    """Tell the width at which a text was broken, or None when its breaks mean something.

    The sign is that lines are full: the next line's first word would not have fitted.

    Args:
        text: The document's text.
        lines: Its lines, from ``split_lines``.

    Returns:
        Characters a line may hold.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0]
    short = sorted(n for a, _ in pairs if (n := _columns(a)) in range(1, WRAP_WIDTHS.stop))
    if len(short) < max(FEWEST_PAIRS, WRAPPED_SHARE * len(pairs)):
        return None
    width = short[int(0.98 * (len(short) - 1))]
    if width not in WRAP_WIDTHS:
        return None
    full = [a for a, b in pairs if _is_full(text, a, b, width)]
    broken = sum(text[line.span.end - 1] not in '.!?…"”' for line in full)
    running = sum(_runs_on(text, a, b) for a, b in pairs)
    if running < RUNNING_SHARE * len(pairs):
        if width < NARROW or len(full) < WRAPPED_SHARE * len(pairs):
            return None
    elif not full:
        return None
    return width if broken >= BROKEN_SHARE * len(full) else None


def _runs_on(text: str, line: Line, following: Line) -> bool:
    """Return whether a line breaks off inside a sentence that the following line goes on with."""
    here = text[line.span.start : line.span.end]
    there = text[following.span.start : following.span.end]
    if STOP.search(here[-TAIL:]) and not here.endswith(","):
        return False
    return there[0].islower() or here.rpartition(" ")[2].lower() in RUNNING_WORDS


def _columns(line: Line) -> int:
    return line.indent + len(line.span)


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    word = text[following.span.start : following.span.end].split(None, 1)[0]
    return width - len(word) <= _columns(line) <= width + LONGEST_OVERHANG


def _goes_on(text: str, line: Line, following: Line, width: int | None) -> bool:
    """Return whether the following line is the same block as this one."""
    if following.gap:
        return False
    here = text[line.span.start : line.span.end]
    there = text[following.span.start : following.span.end]
    if UNDERLINE.match(there):
        return True
    if ACCOUNT.search(here):
        return False
    if QUOTE_MARK.match(here) and QUOTE_MARK.match(there):
        return True
    if width is None or ITEM.match(there) or MARKDOWN_HEADING.match(there):
        return False
    if MARKDOWN_HEADING.match(here) or (
        following.indent > line.indent + 1 and not ITEM.match(here)
    ):
        return False
    return _is_full(text, line, following, width) or _runs_on(text, line, following)


def split_blocks(text: str) -> tuple[Block, ...]:
    """Divide a text into blocks, in order.

    Accepts:
      1. paragraphs with blank lines between them
      2. one paragraph a line
      3. lines broken at a fixed width, joined into the paragraph they are
      4. Markdown: headings (``#`` or underlined), list items, quoted lines
      5. one giant line: one block

    Returns:
        Blocks that do not overlap and between them hold every character that is not white space.
    """
    lines = split_lines(text)
    width = wrap_width(text, lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(text, groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    blocks = [
        Block(Span(g[0].span.start, g[-1].span.end), "paragraph", g[0].indent, g[0].gap)
        for g in groups
    ]
    return tuple(_with_kinds(text, blocks))


def _with_kinds(text: str, blocks: list[Block]) -> list[Block]:
    told: list[Block] = []
    asides = find_asides([text[block.span.start : block.span.end] for block in blocks])
    for index, block in enumerate(blocks):
        words = text[block.span.start : block.span.end]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        kind: PassageKind = "paragraph"
        if index in asides:
            kind = "aside"
        elif ITEM.match(words):
            kind = "item"
        elif _is_heading(words, index, following, text):
            kind = "headline"
        told.append(Block(block.span, kind, block.indent, block.gap))
    return told


def _is_heading(words: str, index: int, following: Block | None, text: str) -> bool:
    if MARKDOWN_HEADING.match(words):
        return True
    above, _, last = words.rpartition("\n")
    if above and UNDERLINE.match(last):
        return True
    if following is None or STOP.search(words[-TAIL:]) or "\n" in words:
        return False
    tokens = words.split()
    if index == 0:
        below = text[following.span.start : following.span.end]
        return len(tokens) <= TITLE_WORDS and len(below) > len(words) / 2
    return 1 < len(tokens) <= HEADING_WORDS and _is_set_as_title(tokens)


def _is_set_as_title(tokens: list[str]) -> bool:
    """Return whether nearly every long word begins with a capital."""
    long = [t for t in tokens if len(t) > 3 and t[0].isalpha()]
    return bool(long) and sum(t[0].isupper() for t in long) >= 0.8 * len(long)
