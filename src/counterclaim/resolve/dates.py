"""Dates by the calendar: days, months, years and larger, with or without their year."""

from datetime import date, timedelta

from counterclaim.lexicon.times import TimeLexicon
from counterclaim.resolve.calendar import decade_value, make_day, month_value, weekday_near
from counterclaim.resolve.reference_time import Anchor, Expression, TimeValue

AHEAD_DAYS = 45
"""A day and month without a year is the coming one only up to so far ahead of publication."""

OLDEST_BARE_YEAR = 1500
"""Four digits below it are rather a number, unless ``in`` or ``since`` stands before."""

_LEADS = {"in", "since", "of", "until", "till", "by", "from", "during", "to", "between", "after"}
_MONTH_LEADS = _LEADS | {"through", "before", "and", "or", "early", "late", "mid", "last", "next"}
_AMBIGUOUS = frozenset({"may", "march"})
_NOT_AFTER = frozenset({"to", "of", "on"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "PRODUCT", "WORK_OF_ART"})


def month_of(item: Expression, lexicon: TimeLexicon, group: str = "month") -> int | None:
    """Return the month's number; None when it stands in lower case, as a verb does."""
    words = item.groups.get(group, "")
    if not words[:1].isupper():
        return None
    return lexicon.months.get(words.lower().rstrip("."))


def year_said(item: Expression, anchor: Anchor) -> int | None:
    """Return the year that the words name, or point to: ``of that year``, ``last year``."""
    if year := item.get("year") or item.get("year2"):
        return int(year)
    if item.ahead is not None:
        return item.ahead
    that = item.get("that").removeprefix("the ")
    if that in {"that", "same"}:
        return anchor.year
    base = anchor.year if anchor.today is None else anchor.today.year
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(that, 0)
    return base + step if that and base is not None else None


def value_of_day(
    month: int, day: int, year: int | None, anchor: Anchor, *, future: bool
) -> str | None:
    """Write a day, whose year is found where none is given; None where there is no such day.

    In a report it is the latest such day up to publication, or one soon after it; in an account, the
    year told last. Without either the year stays open: ``XXXX-07-17``.
    """
    if year is None and anchor.is_account:
        year = anchor.year_of(month, day)
    elif year is None:
        year = _year_near(month, day, anchor, future=future)
    if year is None:
        return f"XXXX-{month:02}-{day:02}" if make_day(2000, month, day) else None
    found = make_day(year, month, day)
    return None if found is None else found.isoformat()


def _year_near(month: int, day: int, anchor: Anchor, *, future: bool) -> int | None:
    today = anchor.today
    if today is None:
        return anchor.first_year
    guess = make_day(today.year, month, day)
    is_ahead = guess is not None and guess > today + timedelta(days=AHEAD_DAYS)
    return today.year - 1 if is_ahead and not future else today.year


def read_iso(item: Expression, _anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``2020-09-27``, with or without a clock."""
    try:
        date.fromisoformat(item.groups["iso"])
    except ValueError:
        return None
    clock = item.groups.get("clock")
    return TimeValue.of(item.groups["iso"] + (f"T{clock}" if clock else ""))


def read_day(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read a day and a month, in either order, with or without a year."""
    month = month_of(item, lexicon)
    if month is None:
        return None
    year = year_said(item, anchor)
    found = value_of_day(month, int(item.get("day")), year, anchor, future=item.future)
    return None if found is None else TimeValue.of(found)


def read_part_of_date(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the morning of December 28, 1979``."""
    month = month_of(item, lexicon) or month_of(item, lexicon, "month2")
    if month is None:
        return None
    day = int(item.get("day") or item.get("first"))
    year = year_said(item, anchor)
    found = value_of_day(month, day, year, anchor, future=item.future)
    return None if found is None else TimeValue.of(found + lexicon.parts[item.get("part")])


def read_month_year(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``March 2019``, ``July last year``."""
    month = month_of(item, lexicon)
    if month is None:
        return None
    year = year_said(item, anchor)
    return TimeValue.of(f"XXXX-{month:02}" if year is None else month_value(year, month))


def read_month(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read a month without its year: the latest such month, or the coming one where the verb says so."""
    month = month_of(item, lexicon)
    if month is None or not _is_month(item):
        return None
    lead = item.get("lead")
    year = anchor.year_of(month, None) if anchor.is_account else None
    if item.ahead is not None or year is not None:
        return TimeValue.of(month_value(item.ahead or year or 0, month))
    today = anchor.today
    if today is None:
        return TimeValue.of(f"XXXX-{month:02}")
    future = item.future and lead != "last" and item.before.rpartition(" ")[2] != "since"
    if month > today.month and not future and lead != "next":
        return TimeValue.of(month_value(today.year - 1, month))
    if month < today.month and (future or lead == "next"):
        return TimeValue.of(month_value(today.year + 1, month))
    return TimeValue.of(month_value(today.year, month))


def _is_month(item: Expression) -> bool:
    """Tell the month from a person's name and, at a sentence's beginning, from a verb."""
    if item.get("lead") or item.get("edge") or item.get("shade"):
        return True
    if item.before.rpartition(" ")[2] in _MONTH_LEADS:
        return True
    if item.get("month") in _AMBIGUOUS:
        return item.entity == "DATE" and bool(item.before) and item.after not in _NOT_AFTER
    return item.entity not in _NAMES


def read_season(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read a season with its year; in an account, also one without."""
    if item.get("season") == "fall" and item.before.rpartition(" ")[2] in {"a", "its", "his"}:
        return None
    year = year_said(item, anchor) or (anchor.year if item.form.account else None)
    return (
        None if year is None else TimeValue.of(f"{year:04}-{lexicon.seasons[item.get('season')]}")
    )


def read_bare_season(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the summer`` of the year told last; ``fall`` only after a preposition."""
    if item.get("season") == "fall" and item.before.rpartition(" ")[2] not in _LEADS:
        return None
    return read_season(item, anchor, lexicon)


def read_weekday(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read a weekday: the latest up to publication, or the coming one where the words say so."""
    words = item.groups["weekday"]
    if not words[0].isupper():
        return None
    number = lexicon.days[words.lower()]
    part = lexicon.parts.get(item.get("part"), "")
    day = anchor.day if anchor.is_account else anchor.today
    if day is None:
        return TimeValue.of(f"XXXX-WXX-{number + 1}{part}")
    lead = item.get("lead")
    is_next = lead in {"next", "the following", "this coming"}
    ahead = is_next or (item.future and not lead.startswith("last"))
    found = weekday_near(day, number, ahead=ahead, strictly=lead in {"next", "last"})
    return TimeValue.of(found.isoformat() + part)


def read_year(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read four digits as a year, unless they count something: ``2014 people``."""
    year = int(item.get("year") or item.get("year2"))
    lead = item.before.rpartition(" ")[2]
    if item.form.id == "year" and lead not in _LEADS:
        latest = (anchor.published.year if anchor.published else 2050) + 50
        if not OLDEST_BARE_YEAR <= year <= latest:
            return None
    return None if item.after.lower() in lexicon.counted else TimeValue.of(f"{year:04}")


def read_decade(item: Expression, _anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the 1990s``."""
    short = item.get("short")
    return TimeValue.of(f"19{short}" if short else decade_value(int(item.get("decade") + "0")))


def read_century(item: Expression, _anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the nineteenth century``, ``the 9th century BC``."""
    words = item.get("nth").replace(" ", "-")
    digits = "".join(letter for letter in words if letter.isdigit())
    number = int(digits) if digits else lexicon.ordinals[words]
    return TimeValue.of(f"{'BC' if item.get('bc') else ''}{number - 1:02}") if number else None


def read_share(item: Expression, anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read halves and quarters of years."""
    year = year_said(item, anchor)
    if (year is None and item.form.id == "quarter") or item.get("that") == "the":
        year = anchor.year
    if year is None:
        return None
    is_half = item.get("share") == "half"
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = order.get(item.get("half"), 2 if is_half else 4)
    if is_half and number > 2:
        return None
    return TimeValue.of(f"{year:04}-{'H' if is_half else 'Q'}{number}")


def read_feast(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read a feast with a fixed day."""
    if not item.words[0].isupper():
        return None
    month, day = map(int, lexicon.feasts[item.get("feast")].split("-"))
    year = year_said(item, anchor)
    found = value_of_day(month, day, year, anchor, future=item.future)
    return None if found is None else TimeValue.of(found)


def read_before_christ(
    item: Expression, _anchor: Anchor, _lexicon: TimeLexicon
) -> TimeValue | None:
    """Read ``218 BC``."""
    if "b" in item.words:
        return None
    return TimeValue.of(f"BC{int(item.get('number')):04}")


def read_anno_domini(item: Expression, _anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``AD 79``, ``636 CE``."""
    if item.words.upper() != item.words:
        return None
    return TimeValue.of(f"{int(item.get('number') or item.get('number2')):04}")
