"""Days: the day of publication as a caller gives it."""

from datetime import date, datetime

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.errors import shorten


class NotADayError(CounterclaimError):
    """What was given as a day is none."""


def as_day(value: date | str | None) -> date | None:
    """Return a day given as a date or as words like ``2020-10-14``; None for none.

    Raises:
        NotADayError: If it is neither; the message says how to write one.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    words = value.strip()
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        msg = f"published {shorten(words)!r} is not a day: write it as 2020-10-14, or give a date"
        raise NotADayError(msg) from error
