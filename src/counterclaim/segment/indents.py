"""The cut by indents: comments set in under their writers' names, as copied threads have them."""

from collections.abc import Sequence
from itertools import pairwise

from counterclaim.segment.blocks import Block
from counterclaim.segment.comment_scorer import Scored
from counterclaim.segment.thread import NO_NAME, REPORT_CHARACTERS, CommentRun

DEEPER = 2
"""Columns by which a comment stands in under its writer's name."""

NAME_WORDS = 6
"""Words of a line that may be a writer's name."""

SHARE = 0.8
"""Share of the outermost lines, from the first name to the end, that must be names over something set in."""

FEWEST = 2
"""Names that make a thread; a lone one needs a reader's voice under it."""

LONGEST_LONE = 4
"""Lines of a comment that stands alone under the only name."""

SURELY = 0.3
"""Mean log-odds of the lines under a lone name from which they are a reader's."""

ENOUGH_ABOVE = 40
"""Characters of report that must stand above a thread of many names."""


def find_indented(
    text: str, blocks: Sequence[Block], words: Sequence[str], scored: Sequence[Scored]
) -> CommentRun | None:
    """Find a thread whose comments are set in under names down to the end of a text.

    Accepts:
      1. names at one column, each over lines set in deeper, replies deeper still
      2. one name at the end over a few lines set in, where they read as a reader's

    Args:
        text: The document's.
        blocks: Its blocks.
        words: Their words.
        scored: Their scores, in the same order.
    """
    columns = [_column(text, block) for block in blocks]
    heads = [
        i
        for i in range(len(blocks) - 1)
        if columns[i + 1] >= columns[i] + DEEPER and _may_be_name(words[i], scored[i])
    ]
    above = _characters(words)
    for first in heads:
        if above[first] < ENOUGH_ABOVE:
            continue
        outer = [i for i in range(first, len(blocks)) if columns[i] <= columns[first]]
        named = [i for i in outer if i in set(heads) and columns[i] == columns[first]]
        if len(named) < SHARE * len(outer) or outer[0] != first:
            continue
        if len(named) >= FEWEST and _reads(scored, named, len(blocks)):
            inner = [i for i in heads if i >= first]
            return CommentRun(tuple(sorted({*named, *inner})), max(len(inner), FEWEST), below=False)
        inner = [i for i in range(first + 1, len(blocks)) if _may_be_name(words[i], scored[i])]
        if len(named) == 1 and _is_lone(scored, first, inner, above[first]):
            return CommentRun((first, *inner), 1 + len(inner), below=False)
    return None


def _column(text: str, block: Block) -> int:
    start = text.rfind("\n", 0, block.span.start) + 1
    return len(text[start : block.span.start].expandtabs(4))


def _characters(words: Sequence[str]) -> list[int]:
    found, total = [], 0
    for line in words:
        found.append(total)
        total += len(line)
    return found


def _may_be_name(line: str, scored: Scored) -> bool:
    """Return whether a line may be a writer's name: short, open at its end, nothing announced."""
    if scored.stamp in {"named", "handle", "dated"}:
        return True
    return (
        scored.stamp is None
        and len(line.split()) <= NAME_WORDS
        and NO_NAME.search(line) is None
        and line[:1] not in "-*•·"
    )


def _reads(scored: Sequence[Scored], named: Sequence[int], end: int) -> bool:
    """Return whether what stands under the names is not a report's, on the whole."""
    under = [scored[i].score for i in range(named[0] + 1, end) if i not in set(named)]
    short = all(b - a >= 2 for a, b in pairwise(named))
    least = -0.3 if len(named) > FEWEST else SURELY
    return short and bool(under) and sum(under) >= least * len(under)


def _is_lone(scored: Sequence[Scored], first: int, inner: Sequence[int], above: int) -> bool:
    """Return whether all that is set in under one name is a reader's: a short comment, or a thread of replies to it."""
    rest = [item.score for i, item in enumerate(scored) if i > first and i not in set(inner)]
    mean = sum(rest) / len(rest) if rest else -1.0
    if len(rest) <= LONGEST_LONE:
        return above >= REPORT_CHARACTERS and mean > (-0.01 if scored[first].stamp else SURELY)
    return above >= ENOUGH_ABOVE and len(inner) >= FEWEST and mean > SURELY
