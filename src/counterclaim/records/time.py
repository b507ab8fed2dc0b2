"""Times: when, and how exactly that is known."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from counterclaim.records.evidence import Evidence
from counterclaim.records.text import Span

TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]
"""TIMEX3's types: when, at what hour, how long, how often."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?\Z")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_YEAR = re.compile(r"(\d{4})\Z")


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and its value.

    ``value`` follows TIMEX3: ``2020-10-14``, ``2020-10-14TNI``, ``2020-W41``, ``2020-10``, ``2020``;
    two values and a slash for a range, either of which may be empty (``2020-09-27/``); and
    ``XXXX-WXX-3`` for a Wednesday that nothing in the document dates.
    """

    value: str
    span: Span | None = None
    """The words that say so; None when the value is carried over from other words."""
    evidence: Evidence = field(default="told", compare=False)
    """How it is known that what is claimed belongs to this time."""

    @property
    def is_resolved(self) -> bool:
        """Return whether the value names a time on the calendar."""
        return bounds(self.value) != (None, None)

    @property
    def start(self) -> date | None:
        """First day, None when open or unresolved."""
        return bounds(self.value)[0]

    @property
    def end(self) -> date | None:
        """Last day, inclusive; None when open or unresolved."""
        return bounds(self.value)[1]


@lru_cache(maxsize=4_096)
def bounds(value: str) -> tuple[date | None, date | None]:
    """Return the first and last day of a TIMEX3 value, inclusive; None where it sets none."""
    if "/" in value:
        left, _, right = value.partition("/")
        return bounds(left)[0], bounds(right)[1]
    try:
        return _calendar_bounds(value)
    except ValueError:
        return None, None


def _calendar_bounds(value: str) -> tuple[date | None, date | None]:
    if match := _DAY.match(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _WEEK.match(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first = monday + timedelta(days=5) if match[3] else monday
        return first, monday + timedelta(days=6)
    if match := _MONTH.match(value):
        year, month = int(match[1]), int(match[2])
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if match := _YEAR.match(value):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    return None, None


@dataclass(frozen=True, slots=True)
class Epoch:
    """When the fighting that a document tells of began; a conflict file may say so.

    ``since the fighting began`` then reads as ``2020-09-27/``.
    """

    start: date
    name: str | None = None
    """What began, for the reader: ``the war of 2020``."""
