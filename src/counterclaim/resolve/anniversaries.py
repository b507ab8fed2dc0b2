"""Times told by two others: years back from a day, days from a day just told, the stretch up to a day."""

from datetime import date

from counterclaim.lexicon.times import TimeLexicon
from counterclaim.resolve.calendar import (
    day_value,
    make_day,
    month_value,
    shift_days,
    week_value,
    weekday_near,
)
from counterclaim.resolve.dates import value_of_day
from counterclaim.resolve.durations import VAGUE, read_amount
from counterclaim.resolve.reference_time import Anchor, Expression, TimeValue, singular

STRETCH = {"week": 6, "fortnight": 13}
"""Days that a stretch runs back from its last."""


def read_anniversary(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``twenty years ago on Monday``: the same day and month, so many years before that Monday."""
    amount = read_amount(item.get("number"))
    if amount is VAGUE:
        return TimeValue.of("PAST_REF")
    today = anchor.today
    if today is None:
        return TimeValue.of("XXXX-years")
    near = _near(item, today, lexicon)
    year = near.year - round(amount)
    if item.get("unit") == "month":
        return TimeValue.of(month_value(year, near.month))
    day = make_day(year, near.month, near.day) or make_day(year, near.month, near.day - 1)
    if day is None:
        return None
    return TimeValue.of(week_value(day) if item.get("unit") == "week" else day_value(day))


def _near(item: Expression, today: date, lexicon: TimeLexicon) -> date:
    """Return the day near publication that the anniversary falls on: the nearest such weekday, or as told."""
    shift = {"tomorrow": 1, "yesterday": -1}.get(item.get("today"), 0)
    weekday = item.get("weekday")
    if not weekday:
        return shift_days(today, shift) or today
    number = lexicon.days[weekday]
    words = item.words.lower()
    if " last " in words or " past " in words:
        return weekday_near(today, number, ahead=False, strictly=" last " in words)
    after = weekday_near(today, number, ahead=True)
    if " this " in words or " next " in words:
        return after
    before = weekday_near(today, number, ahead=False)
    return before if today - before <= after - today else after


def read_day_apart(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``on Friday, a day after drones hit Ost``: what follows was a day before the day just told.

    Only where that day stands right before; "two days after the truce" by itself tells no day.
    """
    day = anchor.day
    amount = read_amount(item.get("number"))
    if not item.is_beside or day is None or amount is VAGUE:
        return None
    step = round(amount) * (7 if singular(item.get("units"), lexicon) == "week" else 1)
    found = shift_days(day, -step if item.get("side") == "after" else step)
    return None if found is None else TimeValue.of(day_value(found))


def read_up_to(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the week to 7 May``: seven days, of which that is the last."""
    month = lexicon.months.get((item.get("month") or item.get("month2")).rstrip("."))
    if month is None:
        return None
    year = int(item.get("year")) if item.get("year") else None
    day = int(item.get("day") or item.get("first"))
    last = value_of_day(month, day, year, anchor, future=item.future)
    if last is None:
        return None
    if last.startswith("X"):
        return TimeValue.of(last)
    end = date.fromisoformat(last)
    unit = item.get("unit")
    if unit == "month":
        before = make_day(end.year - (end.month == 1), (end.month - 2) % 12 + 1, min(end.day, 28))
        start = None if before is None else shift_days(before, 1)
    else:
        start = shift_days(end, -STRETCH[unit])
    return None if start is None else TimeValue(f"{day_value(start)}/{last}", f"{start}/{last}")
