"""A document divided: the report's passages, and the discussion's comments."""

from dataclasses import replace

from counterclaim.records.problem import Problem
from counterclaim.records.text import Division, Document, ReportEnd, Span
from counterclaim.segment.blocks import split_blocks
from counterclaim.segment.comment_scorer import score_line
from counterclaim.segment.comments import split_comments
from counterclaim.segment.indents import find_indented
from counterclaim.segment.line_features import describe_line, manner_of
from counterclaim.segment.passages import make_passages
from counterclaim.segment.report_end import Decision, find_cut
from counterclaim.segment.thread import find_thread


def segment_document(
    document: Document, *, comments_hint: Span | None = None
) -> tuple[Division, tuple[Problem, ...]]:
    """Divide a document into its report's passages and its readers' comments.

    Every character that is not white space lies in one passage, or after the cut. Precision comes
    first: a false cut would lose real claims, so the lines stay in the report unless their
    register, their stamps or a heading set them apart.

    Args:
        document: What was taken in.
        comments_hint: Where the page's markup sets its readers' comments apart, in characters of
            ``document.text``; the cut is then made there.

    Returns:
        The division, and its problems. Without a discussion the cut stands at the text's end and
        its boundary says how sure it is that there is none.

    Problems:
        discussion-cut: What follows was taken for readers' comments and enters no ledger.
    """
    text = document.text
    blocks = split_blocks(text)
    words = [text[block.span.start : block.span.end] for block in blocks]
    manner = manner_of(text, words)
    voices = [describe_line(line, manner) for line in words]
    scored = [score_line(voice) for voice in voices]
    if comments_hint is None:
        decision = find_cut(voices, scored, find_indented(text, blocks, words, scored))
    else:
        at = next(
            (i for i, b in enumerate(blocks) if b.span.start >= comments_hint.start), len(blocks)
        )
        thread = find_thread(words, scored)
        if thread is not None:
            within = tuple(s for s in thread.starts if s >= at)
            thread = replace(thread, starts=within) if within else None
        decision = Decision(
            at, "sure", "the page’s markup sets the readers’ comments apart", thread
        )
    end = blocks[decision.at - 1].span.end if 0 < decision.at < len(blocks) else len(text)
    if decision.at == 0 and blocks:
        end = 0
    division = Division(
        report=Span(0, end),
        cut=ReportEnd(at=end, boundary=decision.boundary, reason=decision.reason),
        passages=make_passages(text, blocks[: decision.at]),
        comments=split_comments(blocks, voices, decision),
    )
    return division, _problems(division, text)


def _problems(division: Division, text: str) -> tuple[Problem, ...]:
    cut = division.cut
    if cut.at == len(text):
        return ()
    message = (
        f"taken for readers’ comments ({cut.boundary}: {cut.reason}); "
        "nothing after the cut is read as the report’s"
    )
    return (Problem("discussion-cut", message, Span(cut.at, len(text))),)
