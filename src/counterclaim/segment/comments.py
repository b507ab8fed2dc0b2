"""One comment from the next, in a thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.records.text import Boundary, Comment, Span
from counterclaim.segment.blocks import Block
from counterclaim.segment.comment_continuation import LINKS, LineStyle, Pair, customs_of
from counterclaim.segment.line_features import LineView
from counterclaim.segment.report_end import Decision
from counterclaim.segment.thread import CommentRun

APART = -0.3
"""Log-odds of two neighbouring lines being one writer's when nothing tells: a line is a comment by
default."""

JOINED = 0.2
"""Log-odds above which a line is joined to the one above. At 0 both mistakes are equally likely; a
comment cut in two is still found, one swallowed by another is not. Tried -0.6 to 1.5."""

SURE_APART = -1.0
"""Log-odds below which the cut between two comments is sure: two signs beside the default."""

LIKELY_APART = -0.29
"""Log-odds below which it is likely rather than a guess: nothing speaks for going on."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a comment begins, and why."""

    block: int
    boundary: Boundary
    reason: str


def split_comments(
    blocks: Sequence[Block], voices: Sequence[LineView], decision: Decision
) -> tuple[Comment, ...]:
    """Split a discussion into its comments.

    A thread with stamps is split at them. Elsewhere a line is a comment, unless it goes on in the
    voice of the line above (``links.py``). Lines that announce the thread, and buttons by
    themselves at its head, belong to no comment.

    Args:
        blocks: The text's blocks.
        voices: The same blocks, as voices.
        decision: Where the discussion begins.
    """
    first = decision.at
    while first < len(blocks) and voices[first].stamp in {"heading", "button"}:
        first += 1
    if first == len(blocks):
        return ()
    if decision.thread is not None:
        starts = _by_stamps(decision.thread, first)
    else:
        starts = _by_voice(blocks, voices, first, decision)
    ends = [start.block for start in starts[1:]] + [len(blocks)]
    return tuple(
        Comment(
            span=Span(blocks[start.block].span.start, blocks[end - 1].span.end),
            boundary=start.boundary,
            reason=start.reason,
        )
        for start, end in zip(starts, ends, strict=True)
    )


def _by_stamps(thread: CommentRun, first: int) -> list[Start]:
    where = "ends" if thread.below else "begins"
    boundary: Boundary = "sure" if thread.stamps > 1 else "guess"
    reason = f"it {where} with a line that names a writer or a time"
    at = sorted({max(first, block) for block in thread.starts})
    head = (
        []
        if at[0] == first
        else [Start(first, "guess", "it stands above the first signed comment")]
    )
    return [*head, *(Start(block, boundary, reason) for block in at)]


def _by_voice(
    blocks: Sequence[Block], voices: Sequence[LineView], first: int, decision: Decision
) -> list[Start]:
    hands = [LineStyle(voices[i], blocks[i].gap) for i in range(first, len(blocks))]
    customs = customs_of(hands)
    starts = [Start(first, decision.boundary, "the discussion begins here")]
    for offset in range(1, len(hands)):
        score, reason = _weigh(Pair(hands[offset - 1], hands[offset], customs))
        if score > JOINED:
            starts[-1] = _with_joined(starts[-1], score, reason)
            continue
        starts.append(Start(first + offset, _boundary(score), reason))
    return starts


def _weigh(pair: Pair) -> tuple[float, str]:
    """Sum the links of a pair; tell the strongest for the side that wins."""
    found = [link for link in LINKS if link.test(pair)]
    score = APART + sum(link.weight for link in found)
    side = 1 if score > JOINED else -1
    told = [
        link.says
        for link in sorted(found, key=lambda k: -side * k.weight)
        if side * link.weight > 0
    ]
    return score, " and ".join(told[:2]) or "it stands on a line by itself"


def _boundary(score: float) -> Boundary:
    if score <= SURE_APART:
        return "sure"
    return "likely" if score <= LIKELY_APART else "guess"


def _with_joined(start: Start, score: float, reason: str) -> Start:
    """Mark a comment that took in another line: no longer sure, and a guess when the tie is weak."""
    boundary: Boundary = "guess" if start.boundary == "guess" or score < 2 * JOINED else "likely"
    if "; lines go on" in start.reason:
        return Start(start.block, boundary, start.reason)
    return Start(start.block, boundary, f"{start.reason}; lines go on because {reason}")
