"""Headings with days: what stands under one belongs to its day.

Chronologies head their entries with a day, live reports with a day and a clock. Under either, "yesterday" counts from
that day; under a day alone, what is told without a day of its own happened on it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Passage, Span
from counterclaim.syntax.sentence import Sentence

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)"
_DAY = (
    rf"{_WEEKDAY}?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+(?:19|20)\d\d)?"
    r"|(?:19|20)\d\d-\d\d-\d\d"
)
_CLOCK = r"(?:at\s+|[-–—,·|]\s*)?\d{1,2}[.:]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}|UTC\s*[+-]?\d*)\)?)?"
HEADING = re.compile(
    rf"\W{{0,4}}(?P<day>{_DAY})[ \t]*(?P<clock>{_CLOCK})?(?P<mark>[ \t]*[:–—]|[ \t]+-(?=\s))?[ \t*_:.]*(?P<rest>\Z|(?<=[:–—*_-])[ \t]*\S|\n)"
)
"""A day, with or without a clock, alone on its line or before a colon or a dash."""

LONGEST = 60
"""Characters of a heading's line up to its day's end."""


@dataclass(frozen=True, slots=True)
class DayHeading:
    """A heading with a day."""

    at: int
    """Where its passage begins."""
    words: Span
    is_clocked: bool
    """Whether it stamps a post with a clock: what the post tells may be of another day."""


def find_day_headings(text: str, passages: Sequence[Passage]) -> tuple[DayHeading, ...]:
    """Return the passages that are, or begin with, a day that governs what follows; none where only one does.

    Args:
        text: The document's text.
        passages: Of the report, in order.
    """
    found: list[DayHeading] = []
    for passage in passages:
        match = HEADING.match(
            text, passage.span.start, min(passage.span.end, passage.span.start + LONGEST)
        )
        if match is None or (match["rest"] and not match["mark"] and match["rest"] != "\n"):
            continue
        if not match["rest"] and match.end() < passage.span.end:
            continue
        found.append(
            DayHeading(passage.span.start, Span(*match.span("day")), match["clock"] is not None)
        )
    return tuple(found) if len(found) > 1 else ()


def carry_days(
    sentences: Sequence[Sentence],
    times: Sequence[TimeMention],
    headings: Sequence[DayHeading],
) -> Iterator[TimeMention]:
    """Yield for each sentence under a day without a clock, and without a time of its own, that day.

    Args:
        sentences: In order.
        times: What was found in them.
        headings: From ``find_day_headings``.
    """
    by_start = {item.span.start: item for item in times}
    dated = {item.sentence for item in times}
    for sentence in sentences:
        heading = governing(sentence, headings)
        if heading is None or heading.is_clocked or sentence.index in dated:
            continue
        day = by_start.get(heading.words.start) or next(
            (item for item in times if heading.words.covers(item.span)), None
        )
        if day is None or day.time.start is None or day.time.start != day.time.end:
            continue
        yield TimeMention(
            sentence=sentence.index,
            first=0,
            last=0,
            span=day.span,
            time=replace(day.time, evidence="carried"),
            rule="heading",
            kind=day.kind,
            timex=day.timex,
        )


def governing(sentence: Sentence, headings: Sequence[DayHeading]) -> DayHeading | None:
    """Return the heading under which a sentence stands; None before the first."""
    above = [item for item in headings if item.at <= sentence.span.start]
    return above[-1] if above else None


def day_under(heading: DayHeading, times: Sequence[TimeMention]) -> date | None:
    """Return the day that a heading names, once its words are read."""
    return next(
        (
            item.time.start
            for item in times
            if heading.words.covers(item.span) and item.time.start == item.time.end
        ),
        None,
    )
