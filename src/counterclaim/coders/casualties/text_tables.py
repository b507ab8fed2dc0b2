"""Text tables: tables as texts hold them, told apart into cells with their heads.

Nothing here knows of harm: whoever asks says which words make a column's head.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from counterclaim.records.text import Span

RULED = re.compile(r"\s*\|.*\|\s*\Z")
RULE = re.compile(r"[\s|:=+-]+\Z")
GAP = re.compile(r"\t+|[ \u00a0]{2,}")
"""What stands between columns of a table set in plain text."""

NUMBER = re.compile(r"(?:[~>+]\s?)?\d{1,3}(?:,\d{3})+\+?|(?:[~>+]\s?)?\d{1,7}\+?")
NONE = re.compile(r"[-–—]|n/?a|nil|\.\.|\?", re.IGNORECASE)
"""A cell that gives no number."""

MOST_COLUMNS = 12
LONGEST_CELL = 60
"""Characters of a cell that stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Some words where they stand."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number in a table."""

    number: PlacedWords
    column: PlacedWords
    """Its column's head."""
    row: PlacedWords
    """Its row's head."""


IsHead = Callable[[str], bool]
"""Whether some words are the head of a column that is wanted."""


def find_cells(text: str, lines: Sequence[Span], is_head: IsHead) -> Iterator[NumberCell]:
    """Find the numbers of a text's tables that stand under wanted heads.

    Accepts:
      1. rows between strokes                      "| Ost | 23 | 61 |", as pages' tables are read
      2. columns set apart by tabs or blanks       "Ost     23     61"
      3. a cell a line, as many PDFs give them     "Place", "Killed", "Injured", "Ost", "23", "61"

    Args:
        text: The document's text.
        lines: Its lines, in order.
        is_head: Whether some words are a wanted head.
    """
    rows = [_cells(text, line) for line in lines]
    at = 0
    while at < len(rows):
        heads = rows[at]
        if len(heads) > 1 and any(is_head(cell.words) for cell in heads[1:]):
            end = at + 1
            heads = _with_corner(heads, next((row for row in rows[end:] if row), ()))
            while end < len(rows) and (not rows[end] or len(rows[end]) == len(heads)):
                yield from _row(heads, rows[end], is_head)
                end += 1
            at = end
            continue
        stacked = _stacked(rows, at, is_head)
        if stacked is not None:
            heads, end = stacked
            for start in range(at + len(heads), end, len(heads)):
                yield from _row(
                    heads, [rows[i][0] for i in range(start, start + len(heads))], is_head
                )
            at = end
            continue
        at += 1


def _cells(text: str, line: Span) -> list[PlacedWords]:
    """Return a line's cells; a rule between rows has none, prose is one."""
    words = text[line.start : line.end]
    if RULE.match(words) and not any(c.isalnum() for c in words):
        return []
    cuts = re.compile(r"\|") if RULED.match(words) else GAP
    pieces: list[PlacedWords] = []
    start = 0
    for match in [*cuts.finditer(words), None]:
        end = len(words) if match is None else match.start()
        bare = words[start:end].strip()
        if bare or (pieces and match is not None):
            lead = start + len(words[start:end]) - len(words[start:end].lstrip())
            pieces.append(PlacedWords(Span(line.start + lead, line.start + lead + len(bare)), bare))
        start = len(words) if match is None else match.end()
    if RULED.match(words) and words.lstrip()[1:].lstrip().startswith("|"):
        pieces.insert(0, PlacedWords(Span(line.start, line.start), ""))
    return pieces[: MOST_COLUMNS + 1]


def _with_corner(heads: list[PlacedWords], below: Sequence[PlacedWords]) -> list[PlacedWords]:
    """Return a table's heads with its empty corner, which columns set apart by blanks do not show."""
    is_short = len(below) == len(heads) + 1 and not NUMBER.fullmatch(below[0].words)
    if is_short and all(
        NUMBER.fullmatch(cell.words) or NONE.fullmatch(cell.words) for cell in below[1:]
    ):
        start = heads[0].span.start
        return [PlacedWords(Span(start, start), ""), *heads]
    return heads


def _row(
    heads: Sequence[PlacedWords], cells: Sequence[PlacedWords], is_head: IsHead
) -> Iterator[NumberCell]:
    if len(cells) != len(heads):
        return
    for head, cell in zip(heads[1:], cells[1:], strict=True):
        if is_head(head.words) and NUMBER.fullmatch(cell.words):
            yield NumberCell(cell, head, cells[0])


def _stacked(
    rows: Sequence[Sequence[PlacedWords]], at: int, is_head: IsHead
) -> tuple[list[PlacedWords], int] | None:
    """Read a table whose cells stand each on a line: its heads, and the line behind it."""
    heads: list[PlacedWords] = []
    for row in rows[at : at + MOST_COLUMNS]:
        if len(row) != 1 or len(row[0].words) > LONGEST_CELL or NUMBER.fullmatch(row[0].words):
            break
        heads.append(row[0])
    # The last of the lines without a number is the first row's own head.
    heads = heads[:-1]
    while heads and not is_head(heads[-1].words):
        heads.pop()
    if (
        len(heads) < 2
        or is_head(heads[0].words)
        or not all(is_head(head.words) for head in heads[1:])
    ):
        return None
    width = len(heads)
    end = at + width
    while end + width <= len(rows) and _is_stacked_row(rows[end : end + width]):
        end += width
    return (heads, end) if end > at + width else None


def _is_stacked_row(rows: Sequence[Sequence[PlacedWords]]) -> bool:
    if any(len(row) != 1 for row in rows):
        return False
    first, *others = (row[0].words for row in rows)
    return (
        len(first) <= LONGEST_CELL
        and not NUMBER.fullmatch(first)
        and all(NUMBER.fullmatch(words) or NONE.fullmatch(words) for words in others)
    )
