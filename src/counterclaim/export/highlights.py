"""Highlights: a text cut into stretches, each with the marks that lie on it."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counterclaim.records.text import Span


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words to be highlighted, and why."""

    span: Span
    kind: str
    """Class of the highlight: speaker, cue, content, casualty, event, ceasefire, position, withheld."""
    note: str
    row: str = ""
    """Id of the claim or attribution whose words they are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text under the same marks."""

    words: str
    kinds: tuple[str, ...]
    notes: tuple[str, ...]
    anchors: tuple[str, ...]
    """Ids of the marks that begin here, for links into the text."""
    rows: tuple[str, ...] = ()
    """Ids of the rows whose words these are, the narrowest first, for links out of the text."""


def anchor(span: Span) -> str:
    """Return the id that links to a span."""
    return f"w{span.start}-{span.end}"


def stretches(text: str, within: Span, marks: Iterable[Highlight]) -> Iterator[Stretch]:
    """Cut a part of a text at every edge of every mark.

    Args:
        text: The document's.
        within: The part to cut.
        marks: In any order; they may overlap, nest and reach out of the part.
    """
    here = sorted(
        (mark for mark in marks if mark.span.meets(within)),
        key=lambda mark: (mark.span.start, -mark.span.end),
    )
    edges = sorted(
        {within.start, within.end}
        | {
            min(max(edge, within.start), within.end)
            for mark in here
            for edge in (mark.span.start, mark.span.end)
        }
    )
    for start, end in itertools.pairwise(edges):
        over = [mark for mark in here if mark.span.start < end and mark.span.end > start]
        begins = [mark for mark in over if max(mark.span.start, within.start) == start]
        yield Stretch(
            text[start:end],
            tuple(dict.fromkeys(mark.kind for mark in over)),
            tuple(dict.fromkeys(mark.note for mark in over)),
            tuple(dict.fromkeys(anchor(mark.span) for mark in begins)),
            tuple(
                dict.fromkeys(
                    mark.row for mark in sorted(over, key=lambda mark: len(mark.span)) if mark.row
                )
            ),
        )
