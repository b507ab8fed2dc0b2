"""Ranges: two times that are said as one stretch, or as days that follow one another.

"Between 1 and 5 May", "from 21 May to 3 June", "2012-13", "4 and 5 May". Each of the two words keeps its TIMEX3
value; to the ledger both mean the whole stretch, so that whichever is nearest to a figure tells all of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Span
from counterclaim.records.time import Time

_DASH = re.compile(r"\s*[-–—/]\s*\Z")
_TO = re.compile(r",?\s+(?:to|until|till|through)\s+(?:the\s+)?\Z")
_AND = re.compile(r"\s+(?:and|or)\s+(?:the\s+)?(?:on\s+|in\s+)?\Z")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?\Z", re.IGNORECASE)
_PLAIN = re.compile(r"\d{4}(?:-\d{2}){0,2}\Z")
"""A day, a month or a year: what a stretch begins and ends with."""

LEAD = 16
"""Characters before a time in which "between" or "from" may stand."""


def join_ranges(text: str, times: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """Return the times of one sentence; those that are one stretch together each tell the whole of it.

    Accepts:
      1. two joined by "to" or a dash      "from **21 May** to **3 June**", "**1**-**7 May**", "**2012**-**13**"
      2. "between" and "and"               "between **1** and **5 May**"
      3. days, months or years in a row    "**4** and **5 May**", "in **2012-13** and **2013-14**"
    Left alone is what has a hour or no calendar, and days with others between them ("on Monday and Friday").

    Args:
        text: The document's.
        times: Of one sentence, from left to right.
    """
    runs: list[list[TimeMention]] = []
    for item in times:
        if runs and _joins(text, runs[-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    for run in runs:
        if len(run) == 1:
            yield run[0]
            continue
        whole = _whole(run)
        yield from (replace(item, time=whole) for item in run)


def _whole(run: Sequence[TimeMention]) -> Time:
    value = f"{run[0].time.value}/{run[-1].time.value}"
    return Time(value, Span(run[0].span.start, run[-1].span.end))


def _joins(text: str, run: Sequence[TimeMention], item: TimeMention) -> bool:
    """Return whether a time goes on with the stretch before it."""
    last = run[-1]
    if not (_PLAIN.match(last.time.value) and _PLAIN.match(item.time.value)):
        return False
    if len(last.time.value) != len(item.time.value):
        return False
    start, before, after = last.time.start, last.time.end, item.time.start
    if start is None or before is None or after is None or after < start:
        return False
    between = text[last.span.end : item.span.start]
    lead = text[max(0, run[0].span.start - LEAD) : run[0].span.start]
    if _DASH.match(between):
        return True
    if _TO.match(between):
        return _FROM.search(lead) is not None or _is_next(before, after)
    if _AND.match(between):
        return _BETWEEN.search(lead) is not None or _is_next(before, after)
    return False


def _is_next(before: date, after: date) -> bool:
    return after - before <= timedelta(days=1)
