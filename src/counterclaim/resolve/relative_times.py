"""Relative times: those that count from today, or from a time that was told before."""

from datetime import date

from counterclaim.lexicon.times import TimeLexicon
from counterclaim.resolve.calendar import (
    day_value,
    decade_value,
    make_day,
    month_value,
    shift_days,
    shift_month,
    week_value,
)
from counterclaim.resolve.durations import VAGUE, length_value, read_amount
from counterclaim.resolve.reference_time import Anchor, Expression, TimeValue, singular

UNKNOWN_DAY = "XXXX-XX-XX"

_BACK = frozenset({"last", "the previous", "the last", "this past"})
_ON = frozenset({"next", "the next", "the following", "the coming"})
_TOLD = frozenset({"that", "that same", "the same", "the next", "the previous", "the following"})
"""Leads that point to a time told before, in a report as in an account."""


def read_epoch(_item: Expression, anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``since the fighting began``: from the epoch, where one is given."""
    start = UNKNOWN_DAY if anchor.epoch is None else day_value(anchor.epoch.start)
    return TimeValue.of(f"{start}/")


def read_deictic(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``yesterday``, ``tonight``, ``overnight``; in an account ``today`` is the writer's own."""
    word = item.get("now")
    if anchor.is_account and word == "today":
        return TimeValue.of("PRESENT_REF")
    part = lexicon.parts.get(word, "") or lexicon.parts.get(item.get("part"), "")
    today = anchor.day if anchor.is_account else anchor.today
    if today is None:
        return TimeValue.of(f"XXXX-{word}")
    day = shift_days(today, {"yesterday": -1, "tomorrow": 1}.get(word, 0))
    return None if day is None else TimeValue.of(day_value(day) + part)


def read_shifted(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``two weeks ago``, ``three days later``: from today, or from the time told last."""
    amount, unit = read_amount(item.get("number")), singular(item.get("units"), lexicon)
    back = not item.get("later")
    if amount is VAGUE:
        return TimeValue.of("PAST_REF" if back else "FUTURE_REF")
    step = round(amount * lexicon.times.get(unit, 1)) * (-1 if back else 1)
    if item.get("ago"):
        base = anchor.day if anchor.is_account else anchor.today
        if base is None:
            return TimeValue.of(f"XXXX-{unit}")
        year, month = base.year, base.month
    else:
        base, year, month = anchor.day, anchor.year or 0, (anchor.month or (0, 0))[1]
    return _stepped(base, (year, month), step, unit, lexicon)


def _stepped(
    base: date | None, told: tuple[int, int], step: int, unit: str, lexicon: TimeLexicon
) -> TimeValue | None:
    """Count from a day, or from a month or year where no day is known."""
    letter = lexicon.units[unit]
    year, month = told
    if letter == "Y" and year:
        moved = year + step
        return TimeValue.of(decade_value(moved) if unit in lexicon.times else f"{moved:04}")
    if letter == "M" and year and month:
        return TimeValue.of(month_value(*shift_month(year, month, step)))
    if base is None or letter in {"Y", "M"}:
        return TimeValue.of(UNKNOWN_DAY if letter == "D" else f"XXXX-{unit}")
    day = shift_days(base, step * {"D": 1, "W": 7}.get(letter, 0))
    if day is None:
        return None
    return TimeValue(day_value(day), week_value(day) if letter == "W" else day_value(day))


def read_calendar_unit(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``last week``, ``this month``, ``that night``, ``the following year``."""
    lead, unit = item.get("lead"), item.get("unit")
    step = -1 if lead in _BACK else 1 if lead in _ON else 0
    is_told = anchor.is_account or lead in _TOLD
    if unit == "day" or unit in lexicon.parts:
        return _day_beside(lead, unit, step, anchor, lexicon, is_told=is_told)
    if unit == "decade" and step:
        return TimeValue.of(length_value(1, unit, lexicon))
    today = anchor.day if is_told else anchor.today
    if unit in {"week", "weekend"}:
        day = None if today is None else shift_days(today, 7 * step)
        ending = "-WE" if unit == "weekend" else ""
        if day is None:
            return TimeValue.of(f"XXXX-{unit}")
        if lead == "this" and unit == "week" and not item.future and not is_told:
            return TimeValue(_so_far(day, day.weekday()), week_value(day))
        return TimeValue.of(week_value(day) + ending)
    month = anchor.month if is_told else (today.year, today.month) if today else None
    if unit == "month":
        return TimeValue.of(
            "XXXX-month" if month is None else month_value(*shift_month(*month, step))
        )
    year = anchor.year if is_told else today.year if today else None
    if year is None:
        return TimeValue.of(f"XXXX-{unit}")
    return _year_or_season(year + step, unit, lexicon)


def _so_far(today: date, days: int) -> str:
    """Write the part of a week or month that has passed: what is told of "this week" is over."""
    first = shift_days(today, -days)
    return (
        day_value(today) if not days or first is None else f"{day_value(first)}/{day_value(today)}"
    )


def _year_or_season(year: int, unit: str, lexicon: TimeLexicon) -> TimeValue:
    if unit in lexicon.seasons:
        return TimeValue.of(f"{year:04}-{lexicon.seasons[unit]}")
    if unit == "century":
        return TimeValue.of(f"{year // 100:02}")
    return TimeValue.of(decade_value(year) if unit == "decade" else f"{year:04}")


def _day_beside(
    lead: str, unit: str, step: int, anchor: Anchor, lexicon: TimeLexicon, *, is_told: bool
) -> TimeValue | None:
    """Read ``the next day``, ``last night``, ``this morning``."""
    if unit == "day" and lead in {"last", "the last", "this past", "the coming"}:
        return None
    if unit == "day" and lead == "this":
        return TimeValue.of("PRESENT_REF")
    day = anchor.day if is_told else anchor.today
    if day is None:
        return TimeValue.of(UNKNOWN_DAY if unit == "day" else f"XXXX-{unit}")
    day = shift_days(day, step)
    return None if day is None else TimeValue.of(day_value(day) + lexicon.parts.get(unit, ""))


def read_day_beside(item: Expression, anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the day before``, ``a day later``."""
    later = bool(item.get("after")) or item.words.lower().endswith(("later", "following", "after"))
    day = None if anchor.day is None else shift_days(anchor.day, 1 if later else -1)
    return TimeValue.of(UNKNOWN_DAY if day is None else day_value(day))


def read_day_of_month(item: Expression, anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the 28th of that month``, ``the 5th``."""
    that = item.get("that")
    month = anchor.month
    if that in {"this", "last"} and anchor.today is not None:
        month = shift_month(anchor.today.year, anchor.today.month, -1 if that == "last" else 0)
    day = None if month is None else make_day(*month, int(item.get("day")))
    return None if day is None else TimeValue.of(day_value(day))


def read_edge_of_unit(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the end of the year``, ``later in the month``."""
    unit = item.get("unit") or item.get("bare")
    if unit == "week":
        return None if anchor.day is None else TimeValue.of(week_value(anchor.day))
    if unit == "month":
        return None if anchor.month is None else TimeValue.of(month_value(*anchor.month))
    return None if anchor.year is None else _year_or_season(anchor.year, unit, lexicon)


def read_the_part(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``in the early morning``, of the day told in the sentence or else today."""
    day = anchor.clock_day
    part = lexicon.parts[item.get("part")]
    return TimeValue.of((UNKNOWN_DAY if day is None else day_value(day)) + part)


def read_clock(item: Expression, anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read an hour, of the day told in the sentence or else today."""
    hour = int(item.get("hour") or item.get("hour2") or item.get("hour3"))
    minute = int(item.get("minute") or item.get("minute2") or item.get("minute3") or 0)
    half = item.get("half")
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or minute > 59:
        return None
    day = anchor.clock_day
    return TimeValue.of(f"{UNKNOWN_DAY if day is None else day_value(day)}T{hour:02}:{minute:02}")


def read_loose(item: Expression, _anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``recently``, ``now``, ``the future``, and in accounts ``former``."""
    if item.form.id == "loose-now" or item.get("present"):
        return TimeValue.of("PRESENT_REF")
    is_future = item.form.id == "loose-future" or bool(item.get("future"))
    return TimeValue.of("FUTURE_REF" if is_future else "PAST_REF")
