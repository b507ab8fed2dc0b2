"""Ceasefire terms: how long a ceasefire is to hold, as worded."""

import re

_TERM = re.compile(r"\b(\w+)[- ](hour|day|week|month)s?\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720}


def stated_hours(terms: str | None) -> int | None:
    """Read the hours that terms set: 72 in "72-hour" and in "three-day humanitarian"; None where they set none.

    Example:
        >>> stated_hours("five-day")
        120
    """
    match = _TERM.search(terms or "")
    if match is None:
        return None
    word = match[1].lower()
    number = int(word) if word.isdigit() else _NUMBERS.get(word)
    return None if number is None else number * _HOURS[match[2].lower()]
