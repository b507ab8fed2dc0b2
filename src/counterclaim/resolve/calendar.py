"""The calendar: days, weeks, months and years counted on and back, as TIMEX3 writes them."""

import calendar
from datetime import date, timedelta


def day_value(day: date) -> str:
    """Write a day: ``2020-10-14``."""
    return day.isoformat()


def month_value(year: int, month: int) -> str:
    """Write a month: ``2020-10``."""
    return f"{year:04}-{month:02}"


def week_value(day: date) -> str:
    """Write the ISO week that holds a day: ``2020-W42``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def decade_value(year: int) -> str:
    """Write the decade that holds a year: ``199``."""
    return f"{year // 10:03}"


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day; None where the calendar has none such."""
    return date(year, month, day) if 1 <= day <= _month_length(year, month) else None


def shift_month(year: int, month: int, step: int) -> tuple[int, int]:
    """Count months on, or back for a negative step."""
    index = year * 12 + month - 1 + step
    return index // 12, index % 12 + 1


def shift_days(day: date, step: int) -> date | None:
    """Count days on, or back; None beyond the years 1 to 9999."""
    try:
        return day + timedelta(days=step)
    except OverflowError:
        return None


def weekday_near(anchor: date, weekday: int, *, ahead: bool, strictly: bool = False) -> date:
    """Find a weekday on or before a day, or on or after it.

    Args:
        anchor: The day to look from.
        weekday: 0 for Monday to 6.
        ahead: Whether to look forward.
        strictly: Whether the day itself is left out.
    """
    step = (weekday - anchor.weekday()) % 7 if ahead else -((anchor.weekday() - weekday) % 7)
    if strictly and step == 0:
        step = 7 if ahead else -7
    return anchor + timedelta(days=step)


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 0
