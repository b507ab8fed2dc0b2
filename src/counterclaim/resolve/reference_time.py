"""Reference time: the day from which relative times count, and which times a text has told already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counterclaim.lexicon.times import TimeForm, TimeLexicon
from counterclaim.records.text import Document
from counterclaim.records.time import Epoch

FEWEST_YEARS = 5
"""An account of the past names at least so many years; a day's report seldom does."""

YEARS_PER_DAY_WORD = 8
"""And so many for each weekday, ``yesterday`` or ``today``."""

ASIDE_YEARS = 12
"""A bare year so far from the days told is an aside, and the account goes on where it was."""

STATED_REACH = 600
"""Characters at the head of a text in which it says as of which day it holds."""

BACK = 1.5
LEAVING = 200.0

_YEARS = re.compile(r"(?<![\w.,$€£-])(?:1[5-9]\d\d|20\d\d)(?![\w%])")
_DAY_WORDS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)\b"
)
_STATED = re.compile(
    r"(?:\bas (?:of|at)|\bupdated(?: on)?|\bissued(?: on)?|\breporting period|\bpublished(?: on)?|\bdate|^)\s*:?\s*"
    r"(?:(?:\d{1,2}(?:\s*[-–]\s*\d{1,2})?\s+)?[A-Z][a-z]{2,8}\.?\s*[-–]\s*)?"
    r"(?:\d{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s+\d{1,2}),?\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Words by which a text without a day of publication says of which year its days are: "As of 7 May 2024"."""
_DATED = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?=T|\Z|-(?:SP|SU|FA|WI|H|Q))")


@dataclass(slots=True)
class Anchor:
    """What relative times of one document stand on; moves on with the reading."""

    published: date | None
    epoch: Epoch | None = None
    is_account: bool = False
    """Whether the text tells of years long past, so that times follow one another and not the day of
    publication."""
    last: str | None = None
    """TIMEX3 value of the dated time told last; in an account, a bare year far from its story is passed
    over."""
    dated: date | None = None
    """The day told last, or the first of the month told last."""
    is_here: bool = False
    """Whether that time stands in the sentence that is being read."""
    first_year: int | None = None
    """The first year that an account names."""

    @property
    def today(self) -> date | None:
        """The day that a report calls today; an account has none."""
        return None if self.is_account else self.published

    @property
    def told(self) -> tuple[int, int | None, int | None] | None:
        """Year, month and day of the time told last, as far as it went."""
        match = _DATED.match(self.last or "")
        if match is None:
            return None
        month, day = (int(part) if part else None for part in match.group(2, 3))
        return int(match[1]), month, day

    @property
    def day(self) -> date | None:
        """The day from which ``the next day`` counts: the one told last, else today."""
        told = self.told
        if told is not None and told[1] is not None and told[2] is not None:
            return date(told[0], told[1], told[2])
        return self.today if told is None or not self.is_account else None

    @property
    def clock_day(self) -> date | None:
        """The day that an hour belongs to: one told in the same sentence, else today."""
        return self.day if self.is_account or self.is_here else self.today

    @property
    def month(self) -> tuple[int, int] | None:
        """The month that ``that month`` means: the one told last, else today's."""
        told = self.told
        if told is not None and told[1] is not None:
            return told[0], told[1]
        return None if self.today is None else (self.today.year, self.today.month)

    @property
    def year(self) -> int | None:
        """The year that ``that year`` means: the one told last, else today's."""
        told = self.told
        if told is not None:
            return told[0]
        return self.first_year if self.today is None else self.today.year

    def note(self, value: str) -> None:
        """Remember a time that was told, if it is dated."""
        match = _DATED.match(value)
        if match is None:
            return
        if match[2] is not None:
            self.dated = date(int(match[1]), int(match[2]), int(match[3] or 1))
        elif self.is_account and self.dated and abs(self.dated.year - int(match[1])) > ASIDE_YEARS:
            return
        self.last, self.is_here = value, True

    def year_of(self, month: int, day: int | None) -> int | None:
        """Find the year of a day or month that an account gives without one.

        The one that carries the story on from the day told last with the least leap: backwards counts
        ``BACK`` times, and leaving a year named since then costs ``LEAVING`` days.
        """
        if self.dated is None or self.year is None:
            return self.year
        costs: list[tuple[float, int]] = []
        for year in {self.dated.year, self.dated.year + 1, self.dated.year - 1, self.year}:
            leap = 365 * (year - self.dated.year) + 30.4 * (month - self.dated.month)
            leap += day - self.dated.day if day is not None else 0.0
            cost = leap if leap >= 0 else -BACK * leap
            costs.append((cost + (LEAVING if year != self.year else 0.0), year))
        return min(costs)[1]


@dataclass(frozen=True, slots=True)
class Expression:
    """Some words that may tell a time, and what stands around them."""

    form: TimeForm
    groups: Mapping[str, str]
    words: str
    before: str
    """Up to two words before, in lower case."""
    after: str
    """The word after, as it stands; empty for none, or for a mark."""
    ahead: int | None
    """The year of a date joined to this one: ``In April and June 1955``."""
    entity: str
    """The parser's entity type of the first word."""
    future: bool
    """Whether the verb nearest before speaks of the future."""
    is_beside: bool = False
    """Whether a time stands right before, with no more than a comma between."""
    is_said_then: bool = False
    """Whether a time told before in the sentence is when something was said: "on 4 May the army said that" """

    def get(self, name: str) -> str:
        """Return a group's words in lower case, runs of space as one; empty when it did not match."""
        return " ".join(self.groups.get(name, "").lower().split())


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A time's value for the ledger, and TIMEX3's for the words."""

    value: str
    timex: str

    @classmethod
    def of(cls, value: str) -> "TimeValue":
        """Return a value that is the same for both."""
        return cls(value, value)


def start_anchor(document: Document, epoch: Epoch | None = None) -> Anchor:
    """Return the anchor at a document's beginning, and tell accounts of the past from reports.

    An account names many years, few of them the year of publication or the one before, and hardly a
    weekday: an encyclopedia's article on a war, the background part of a study.
    """
    years = [int(year) for year in _YEARS.findall(document.text)]
    recent = 0 if document.published is None else document.published.year - 1
    past = [year for year in years if not recent or year < recent]
    day_words = len(_DAY_WORDS.findall(document.text))
    is_account = (
        len(past) >= FEWEST_YEARS
        and len(past) >= 0.5 * len(years)
        and len(years) >= YEARS_PER_DAY_WORD * day_words
    )
    first = past[0] if is_account else None
    if document.published is not None and document.published_basis in {"month", "year"}:
        return Anchor(None, epoch, is_account, first_year=first or document.published.year)
    if document.published is None and first is None:
        stated = _STATED.search(document.text, 0, STATED_REACH)
        first = int(stated["year"]) if stated is not None else None
    return Anchor(document.published, epoch, is_account, first_year=first)


def singular(unit: str, lexicon: TimeLexicon) -> str:
    """Write a unit in the singular: ``centuries`` as ``century``."""
    if unit in lexicon.units:
        return unit
    return "century" if unit == "centuries" else unit.removesuffix("s")
