"""Physical lines of a text, with the space around them."""

import re
from dataclasses import dataclass

from counterclaim.records.text import Span

LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line: the same set as ``str.splitlines``."""

TAB_WIDTH = 4
"""Columns a tab counts for in an indent; only more or less than the line above matters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the white space around it."""

    span: Span
    indent: int
    """Columns of white space before the first character."""
    gap: int
    """Blank lines above it."""


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that hold anything, in order."""
    lines: list[Line] = []
    start, gap = 0, 0
    ends = [(m.start(), m.end()) for m in LINE_BREAK.finditer(text)]
    for end, following in [*ends, (len(text), len(text))]:
        raw = text[start:end]
        bare = raw.strip()
        if bare:
            lead = len(raw) - len(raw.lstrip())
            columns = len(raw[:lead].expandtabs(TAB_WIDTH))
            begin = start + lead
            lines.append(Line(Span(begin, begin + len(bare)), columns, gap))
            gap = 0
        else:
            gap += 1
        start = following
    return tuple(lines)
