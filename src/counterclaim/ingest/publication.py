"""The day of publication, as a page or a feed states it: in the zone it is written in."""

import calendar
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from counterclaim.records.text import DateBasis

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FIRST_YEAR = 1990
"""No page is older; 1970 is what a program writes that knows no day."""

META_NAMES = frozenset(
    {
        "article:published_time", "og:article:published_time", "date", "pubdate", "publishdate", "publish-date",
        "datepublished", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "sailthru.date",
        "parsely-pub-date", "publication_date", "article.published", "cxenseparse:recs:publishtime",
    }
)  # fmt: skip
"""Names under which heads of pages state their day of publication."""

MOST_JSON = 400_000
"""Characters of linked data looked at; a page has some thousands."""

DEEPEST_JSON = 6
FIRST_DATELINE = 1900
"""First year of a dateline that is taken: archives are older than the web."""

ISO = re.compile(r"\s*((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
WORDED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d))", re.IGNORECASE
)
WORDED_US = re.compile(
    rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>(?:19|20)\d\d))", re.IGNORECASE
)
DATELINE = re.compile(
    rf"^[A-Z][A-Z.'’ -]{{1,40}}[A-Z](?:,\s[\w.’' ]{{2,40}})?,\s{_MONTH}\s(?P<day>\d{{1,2}})(?:,\s\d{{4}})?"
    r"\s{0,2}(?:\([^)\n]{1,40}\)\s{0,2})?[-–—_]",
    re.MULTILINE,
)
"""Town in capitals, a day and a dash: "ODESA, Ukraine, May 10 (Reuters) -"."""

_DAY = rf"(?:\d{{1,2}}\s+{_MONTH.replace('?P<month>', '?:')},?\s+(?:19|20)\d\d|{_MONTH.replace('?P<month>', '?:')}\s+\d{{1,2}},?\s+(?:19|20)\d\d)"
DATED_LINE = re.compile(
    r"^[ \t]*(?:"
    r"(?:[A-Z][\w.'’ -]{1,40}(?:,\s[A-Z][\w.’' ]{1,40})?,\s)"  # a town
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?P<line>{_DAY})"
    r"\s{0,2}(?:[(/\[][^)\n]{1,40}[)/\]]\s{0,2})?(?:[-–—_]|:\s)"
    r"|(?:(?:Published|Posted|Updated|Date|Dated|Issued|Released)(?:\s+on)?:?\s+|By\s[A-Z][\w.'’ -]{2,40}[,|·•–—-]\s*)?"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?P<own>{_DAY})"
    r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?)?[ \t]*\.?[ \t]*$)",
    re.MULTILINE,
)
"""A dateline with a whole day, or a line that is nothing but one: "ODESA, 10 May 2022 (Reuters) -", "Published: 10 May 2022"."""

HEAD = 240
"""Characters at the head of a text in which a day of its own may stand."""

DATELINE_REACH = 800
"""Characters at the head of a text in which its dateline stands."""


def read_stamp(
    words: str, *, latest: date | None = None, earliest: int = FIRST_YEAR
) -> date | None:
    """Return the day that a stamp names, in the zone it is written in; None for none that a page can have.

    Accepts:
      1. ISO, with or without time and zone    "2020-10-14T01:30:00+04:00"
      2. the same with strokes                 "2020/10/14 15:07:41"
      3. as in mail                            "Wed, 14 Oct 2020 22:30:00 EST"
      4. in words                              "14 October 2020", "October 14, 2020"

    A day before 1990 or after tomorrow is none.

    Args:
        words: The stamp.
        latest: The last day that is taken; tomorrow, if none is given.
        earliest: The first year that is taken.
    """
    match = ISO.match(words)
    if match is not None:
        return _possible(int(match[1]), int(match[2]), int(match[3]), latest, earliest)
    for form in (WORDED, WORDED_US):
        worded = form.search(words[:100])
        if worded is not None:
            month = _MONTHS.index(worded["month"][:3].lower()) + 1
            return _possible(int(worded["year"]), month, int(worded["day"]), latest, earliest)
    try:
        found = parsedate_to_datetime(words)
    except (TypeError, ValueError, IndexError):
        return None
    return _possible(found.year, found.month, found.day, latest, earliest)


PARTIAL = re.compile(r"\s*((?:19|20)\d\d)(?:-(\d\d))?\s*\Z")


def read_published(words: str) -> tuple[date, DateBasis] | None:
    """Return the day that somebody gives as that of publication, and how exactly; None for none.

    Accepts:
      1. a day         "2020-10-14", with or without a time
      2. a month       "2020-10": its last day stands for it, and relative days stay open
      3. a year        "2020": likewise
    """
    partial = PARTIAL.match(words)
    if partial is not None:
        year, month = int(partial[1]), int(partial[2] or 12)
        if not 1 <= month <= 12:
            return None
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last, "month" if partial[2] else "year"
    try:
        return date.fromisoformat(words.strip()[:10]), "given"
    except ValueError:
        return None


def _possible(
    year: int, month: int, day: int, latest: date | None, earliest: int = FIRST_YEAR
) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    latest = latest or datetime.now(UTC).date() + timedelta(days=1)
    return found if year >= earliest and found <= latest else None


def stated_days(page: "HtmlElement") -> list[date]:
    """Return the days that a page's markup states as those of its publication, the surest first."""
    found: list[date] = []
    for words in _stamps(page):
        day = read_stamp(words)
        if day is not None and day not in found:
            found.append(day)
    return found


def day_ahead(page: "HtmlElement") -> date | None:
    """Return the first day that a page's markup states and that is yet to come: a page cannot have it."""
    days = (read_stamp(words, latest=date.max) for words in _stamps(page))
    return next((day for day in days if day is not None), None)


def day_in_head(text: str) -> date | None:
    """Return the first whole day that the head of a text names: perhaps that of its publication, perhaps not."""
    found = [match for form in (WORDED, WORDED_US) if (match := form.search(text, 0, HEAD))]
    if not found:
        return None
    return read_stamp(min(found, key=lambda match: match.start())[0], latest=date.max)


def day_of_dateline(text: str) -> date | None:
    """Return the whole day of a report's own dateline, or of a line at its head that is nothing but a day.

    Accepts:
      1. a dateline         "ODESA, Ukraine, 10 May 2022 (Agency) -"
      2. a line of its own  "Published: May 10, 2022", "By Ana Ruiz, 10 May 2022"
    Near misses: a dateline without a year; "On 10 May 2022 the army said ...".
    """
    match = DATED_LINE.search(text, 0, HEAD)
    if match is None:
        return None
    words = match["line"] or match["own"]
    return read_stamp(words, earliest=FIRST_DATELINE)


def _stamps(page: "HtmlElement") -> Iterator[str]:
    metas = [
        (
            str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(),
            meta.get("content"),
        )
        for meta in page.iter("meta")
    ]
    yield from (
        str(content) for name, content in metas if content and name.endswith("published_time")
    )
    for script in page.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from _linked(script.text or "")
    yield from (
        str(content)
        for name, content in metas
        if content and name in META_NAMES and not name.endswith("published_time")
    )
    for item in page.iter("time"):
        if (item.get("itemprop") or "").lower() == "datepublished" or item.get(
            "pubdate"
        ) is not None:
            yield str(item.get("datetime") or item.text or "")


def _linked(words: str) -> Iterator[str]:
    if len(words) > MOST_JSON:
        return
    try:
        data = json.loads(words)
    except (ValueError, RecursionError):
        return
    yield from _published(data, 0)


def _published(data: Any, depth: int) -> Iterator[str]:
    """Yield what linked data says of the page itself, not of posts and stories within it."""
    if depth > DEEPEST_JSON:
        return
    if isinstance(data, list):
        for item in data[:20]:
            yield from _published(item, depth + 1)
    elif isinstance(data, dict):
        if isinstance(data.get("datePublished"), str):
            yield data["datePublished"]
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _published(data.get(name), depth + 1)


def dateline_day(text: str, published: date) -> date | None:
    """Return the day of a dateline that lies one day after the stated one.

    A report cannot be written after it was published: the page's stamp is then that of a zone farther west.
    """
    match = DATELINE.search(text, 0, DATELINE_REACH)
    if match is None:
        return None
    following = published + timedelta(days=1)
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    return following if (following.month, following.day) == (month, int(match["day"])) else None
