"""The cut between a report and the reader thread under it, with its reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.records.text import Boundary
from counterclaim.segment.comment_scorer import FEATURES, Scored
from counterclaim.segment.line_features import LineView
from counterclaim.segment.register_shift import CLEAR_GAIN, LEAST_GAIN, find_turn
from counterclaim.segment.thread import CommentRun, find_thread

SURE_STAMPS = 3
"""Stamps of one form from which on a thread is sure; two may be two datelines."""

HEADING_REACH = 6
"""Blocks between a heading and the first stamp under it: sort buttons, a form, a notice."""

MOST_HEADINGS = 10
"""Headings looked at: a page has a few, above and under its thread."""

LEAST_UNDER_HEADING = 0.0
"""Mean log-odds of the lines under a heading that announces a thread: not a report's."""

TOLD_HABITS = 3
"""Habits told in a reason: more would not be read."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the discussion begins among the blocks, and what led there."""

    at: int
    """First block of the discussion; the number of blocks when there is none."""
    boundary: Boundary
    reason: str
    thread: CommentRun | None = None


def find_cut(
    voices: Sequence[LineView], scored: Sequence[Scored], indented: CommentRun | None = None
) -> Decision:
    """Decide where a report ends and its readers begin.

    Evidence is asked in the order of its strength:
      1. a heading that announces a thread, with readers' lines under it
      2. stamps of one form down to the end of the text
      3. names over lines that are set in, down to the end of the text
      4. a change of register from which the text does not come back

    Args:
        voices: The text's blocks, as voices.
        scored: Their scores, in the same order.
        indented: The thread that indents show, if any.
    """
    words = [voice.words for voice in voices]
    thread = find_thread(words, scored)
    headed = _under_heading(scored, thread)
    if headed is not None:
        return headed
    if thread is not None and thread.starts:
        return _by_thread(thread)
    if indented is not None:
        return _by_indents(indented)
    return _by_register(voices, scored)


def _under_heading(scored: Sequence[Scored], thread: CommentRun | None) -> Decision | None:
    headings = [i for i, line in enumerate(scored) if line.stamp == "heading" and i > 0]
    for i in headings[:MOST_HEADINGS]:
        under = [s for s in scored[i + 1 :] if s.stamp != "heading"]
        mean = sum(s.score for s in under) / len(under) if under else -1.0
        follows = thread is not None and i <= thread.starts[0] <= i + HEADING_REACH
        if follows or (thread is None and mean > LEAST_UNDER_HEADING):
            return Decision(i, "sure", "a line by itself announces the readers’ comments", thread)
    return None


def _by_thread(thread: CommentRun) -> Decision:
    where = "under" if thread.below else "above"
    if thread.stamps == 1:
        reason = "a line with a writer’s name and a time stands above the last lines"
        return Decision(thread.starts[0], "guess", reason, thread)
    boundary: Boundary = "sure" if thread.stamps >= SURE_STAMPS else "likely"
    reason = (
        f"from here on {thread.stamps} lines of one form name a writer or a time, "
        f"each {where} what was written"
    )
    return Decision(thread.starts[0], boundary, reason, thread)


def _by_indents(thread: CommentRun) -> Decision:
    boundary: Boundary = "likely" if thread.stamps >= SURE_STAMPS else "guess"
    reason = "from here on names stand over lines that are set in under them"
    return Decision(thread.starts[0], boundary, reason, thread)


def _by_register(voices: Sequence[LineView], scored: Sequence[Scored]) -> Decision:
    turn = find_turn(scored)
    if turn is None or turn.gain < LEAST_GAIN:
        return Decision(len(voices), "sure", "no line reads as a reader’s comment on the report")
    lines = len(voices) - turn.at
    if not turn.passes:
        reason = (
            f"the last {lines} lines are livelier than a report’s, but not set off enough from "
            "the lines before them to be readers’ comments"
        )
        return Decision(len(voices), "likely", reason)
    boundary: Boundary = "likely" if turn.gain >= CLEAR_GAIN else "guess"
    reason = f"{_first_line(voices, scored, turn.at)}; {_habits(scored[turn.at :])}"
    return Decision(turn.at, boundary, reason)


def _first_line(voices: Sequence[LineView], scored: Sequence[Scored], at: int) -> str:
    above = voices[at - 1].words
    if above[-1] in '”"’»':
        before = "a closed quotation"
    else:
        before = "a finished paragraph" if voices[at - 1].is_closed else "the report’s last line"
    manner = [feature.says for feature in scored[at].fired if feature.weight > 0]
    return f"a line {', '.join(manner) or 'of another kind'} follows {before}"


def _habits(scored: Sequence[Scored]) -> str:
    """Tell the commonest habits of the discussion's lines, with their numbers."""
    fired = Counter(f.name for line in scored for f in line.fired if f.weight > 0)
    says = {feature.name: feature.says for feature in FEATURES}
    told = [f"{n} {says[name]}" for name, n in fired.most_common(TOLD_HABITS)]
    if not told:
        return "no line from here on gives a source"
    return f"of the {len(scored)} lines from here on {', '.join(told)}"
