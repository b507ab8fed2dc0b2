"""The cut by register: where a report's voice turns into its readers' voices.

Where a page lost its marks, what is left is the way lines are written. Each line has a score in
log-odds (``features.py``); the likeliest turn is the line from which on the sum is greatest
(maximum likelihood of one change point). It counts only when the lines before it are a reporter's
and the lines from it on are not: an essay in the first person has no turn, a report with one lively
paragraph turns back again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.segment.comment_scorer import Scored

# The limits below were set by hand from what they mean, then moved one at a time over 1,687 news
# texts, essays and blog pages without any discussion, and 600 reports with readers' comments put
# under them; false cuts stayed between 0.6 % and 1.1 % and turns found to the line between 53 %
# and 67 % over the ranges given, so no value is tuned finely. All are log-odds or shares.

LEAST_GAIN = 4.0
"""Log-odds that the lines from the turn on, together, are readers'. Tried 3-7."""

CLEAR_GAIN = 8.0
"""Log-odds from which on a turn is likely rather than a guess."""

HIGHEST_BEFORE = -0.35
"""Mean log-odds of the lines before the turn: a report's is -0.9, an essay's about 0. Tried
-0.45 to -0.15; higher finds more turns under essays and cuts more essays."""

LEAST_AFTER = 0.45
"""Mean log-odds of the lines from the turn on. Tried 0.35-0.6."""

LEAST_JUST_AFTER = 0.4
"""The same for the first ``NEAR`` lines after the turn. Tried 0.3-0.7."""

MOST_SOURCED = 0.2
"""Share of lines after the turn that say where they have it from and read as a report's on the
whole: readers say “the ministry itself said” too. Readers 5 %, reports 42 %.
Tried 0.2-0.35."""

LEAST_SPOKEN = 0.3
"""Share of lines after the turn in which somebody speaks: says I or you, asks, exclaims, judges,
answers. Lists and stray markup also begin small and lack stops, but nobody speaks in them."""

SPOKEN = frozenset(
    {
        *("i", "we", "you", "question", "exclamation", "capitals", "talk"),
        *("short-forms", "judging", "the-piece", "marks", "answer"),
    }
)
"""Features of somebody speaking."""

NEAR = 6
"""Lines looked at on either side of the turn. Tried 4-8."""

FEWEST_BEFORE = 2
"""Lines of report before a turn: a headline and a lead."""

PLAIN = 0.1
"""Log-odds of a line that shows no feature: bare lines are a little commoner among readers."""

FLOOR, CEILING = -3.0, 3.5
"""No single line may outweigh the rest."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The likeliest turn of a text, and whether it passes."""

    at: int
    """Block at which readers begin."""
    gain: float
    passes: bool


def find_turn(scored: Sequence[Scored]) -> Turn | None:
    """Find the line at which readers' voices most likely begin.

    Args:
        scored: Scores of the text's blocks, in order.

    Returns:
        The likeliest turn, or None when nothing speaks for one.
    """
    sums = [0.0]
    for line in scored:
        sums.append(sums[-1] + _weight(line))
    size = len(scored)
    ends = range(FEWEST_BEFORE, size)
    at = max(ends, key=lambda k: sums[size] - sums[k], default=None)
    if at is None or sums[size] - sums[at] <= 0:
        return None
    gain = sums[size] - sums[at]
    near_before, near_after = min(NEAR, at), min(NEAR, size - at)
    sourced = sum(
        line.score <= 0 and any(f.name == "attribution" for f in line.fired) for line in scored[at:]
    )
    spoken = sum(any(f.name in SPOKEN for f in line.fired) for line in scored[at:])
    passes = (
        gain >= LEAST_GAIN
        and sums[at] <= HIGHEST_BEFORE * at
        and sums[at] - sums[at - near_before] <= 0
        and gain >= LEAST_AFTER * (size - at)
        and sums[at + near_after] - sums[at] >= LEAST_JUST_AFTER * near_after
        and sourced <= MOST_SOURCED * (size - at)
        and spoken >= LEAST_SPOKEN * (size - at)
    )
    return Turn(at, gain, passes)


def _weight(line: Scored) -> float:
    if any(feature.name == "furniture" for feature in line.fired):
        return 0.0
    return min(CEILING, max(FLOOR, line.score)) + PLAIN
