"""A report laid out for a page: its text with marks, its rows, and where each problem stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from counterclaim.export.highlights import Highlight, Stretch, anchor, stretches
from counterclaim.export.page import marks_of
from counterclaim.records.claim import Claim
from counterclaim.records.reading import Reading
from counterclaim.records.text import Span
from counterclaim.service.report_view import ReportView, build_report_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the templates ``_text.html`` and ``_rows.html`` are told."""

    sheet: ReportView
    claims: tuple[Claim, ...]
    blocks: tuple[tuple[str, tuple[Stretch, ...]], ...]
    """Passages of the report: kind and stretches."""
    loose: frozenset[str]
    """Anchors of problems whose words stand outside the report: their rows carry them."""


def lay_out_report(reading: Reading, alike: Iterable[Span] = ()) -> Report:
    """Lay one reading out.

    Args:
        reading: Which.
        alike: Words that another report has too: they can be led to.
    """
    text = reading.document.text
    spans = [problem.span for problem in reading.problems if problem.span is not None]
    marks = [*marks_of(reading), *(Highlight(span, "problem", "a problem") for span in spans)]
    marks += [Highlight(span, "alike", "printed elsewhere too") for span in alike]
    blocks = tuple(
        (passage.kind, tuple(stretches(text, passage.span, marks)))
        for passage in reading.division.passages
    )
    shown = {id_ for _, parts in blocks for part in parts for id_ in part.anchors}
    shown |= {anchor(comment.span) for comment in reading.comments}
    return Report(
        sheet=build_report_view(reading),
        claims=reading.claims,
        blocks=blocks,
        loose=frozenset(id_ for span in spans if (id_ := anchor(span)) not in shown),
    )
