"""Lengths and rates: how long, and how often, in TIMEX3's notation."""

from datetime import date
from functools import cache

from counterclaim.lexicon.load import read_rows
from counterclaim.lexicon.times import TimeLexicon
from counterclaim.resolve.calendar import day_value, month_value, shift_days, shift_month
from counterclaim.resolve.reference_time import Anchor, Expression, TimeValue, singular

VAGUE = None
"""The amount of ``several``: TIMEX3 writes X for it."""

Amount = float | None

_RATES = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "annually": "P1Y",
    "yearly": "P1Y",
}


def read_amount(words: str) -> Amount:
    """Read a number before a unit: ``twenty-four``, ``a couple of``, ``2.5``; None for a vague one."""
    words = " ".join(words.lower().replace("-", " ").split())
    if words in {"a", "an"}:
        return 1
    if "couple" in words:
        return 2
    if words.endswith("half a dozen"):
        return 6
    if words.endswith("dozen"):
        return 12
    if words[:1].isdigit():
        return float(words)
    known = _cardinals()
    parts = words.split()
    return sum(known[part] for part in parts) if all(part in known for part in parts) else VAGUE


@cache
def _cardinals() -> dict[str, int]:
    values: dict[str, int] = next(
        row["values"] for row in read_rows("numerals.yaml") if row["id"] == "cardinals"
    )
    return values


def length_value(amount: Amount, unit: str, lexicon: TimeLexicon) -> str:
    """Write a length: ``P3Y``, ``PT24H``, ``PXM``; decades and centuries in years.

    Args:
        amount: None for a vague one.
        unit: In the singular or plural.
        lexicon: From ``load_times``.
    """
    unit = singular(unit, lexicon)
    letter = lexicon.units[unit]
    time = "T" if letter.startswith("T") else ""
    if amount is VAGUE:
        return f"P{time}X{letter[-1]}" if unit not in lexicon.times else "PXY"
    number = amount * lexicon.times.get(unit, 1)
    return f"P{time}{number:g}{letter[-1]}"


def read_length(item: Expression, _anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read a stretch: ``three years``, ``an hour and a half``, ``half a year``."""
    whole = item.get("whole")
    amount = 0.5 if whole.startswith("half") else 1 if whole else read_amount(item.get("number"))
    unit = item.get("unit")
    if item.get("half") and amount is not VAGUE:
        amount += 0.5
    if item.get("number") in {"a", "an", "one", ""} and unit.endswith("s") and not whole:
        return None
    if item.get("number") == "second" or _is_time_of(item):
        return None
    return TimeValue.of(length_value(amount, unit, lexicon))


def _is_time_of(item: Expression) -> bool:
    """Return whether ``a second`` stands before a noun: a second strike is no length."""
    return item.get("unit") == "second" and bool(item.after)


def read_age(item: Expression, _anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read an age: ``nineteen years old``."""
    return TimeValue.of(length_value(read_amount(item.get("number")), "year", lexicon))


def read_long(item: Expression, _anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``for years``."""
    return TimeValue.of(length_value(VAGUE, item.get("units"), lexicon))


def read_since_then(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the past 24 hours``: a length to TIMEX3, two days to the ledger where a day is known.

    Without a number it is vague: ``the past weeks``. What lies ahead is a length alone.
    """
    amount = read_amount(item.get("number")) if item.get("number") else VAGUE
    unit = item.get("unit")
    if item.get("lead") in {"first", "final"} and not item.get("number"):
        return None
    timex = length_value(amount, unit, lexicon)
    today = _ends(item, anchor)
    if item.get("lead") in {"past", "last", "previous"} and today is not None:
        since = _back(today, amount, singular(unit, lexicon), lexicon)
        if since is not None:
            return TimeValue(f"{since}/{day_value(today)}", timex)
    return TimeValue.of(timex)


def read_past_one(item: Expression, anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``the past week``."""
    unit = item.get("unit")
    timex = length_value(1, unit, lexicon)
    today = _ends(item, anchor)
    since = None if today is None else _back(today, 1, unit, lexicon)
    if since is None or today is None:
        return TimeValue.of(timex)
    return TimeValue(f"{since}/{day_value(today)}", timex)


def _ends(item: Expression, anchor: Anchor) -> date | None:
    """Return the day on which a stretch just past ends: that of the saying, where its words tell one, else today.

    "**On 4 October** the army **said** it had lost 12 men over the past day" speaks of 3 and 4 October.
    """
    today, said = anchor.today, anchor.day
    if today is None or not item.is_said_then or said is None or said > today:
        return today
    return said


def _back(today: date, amount: Amount, unit: str, lexicon: TimeLexicon) -> str | None:
    """Count a stretch back from a day; None for a vague one."""
    if amount is VAGUE:
        return None
    number = round(amount * lexicon.times.get(unit, 1))
    match lexicon.units[unit]:
        case "TH":
            day = shift_days(today, -max(1, number // 24))
        case "D":
            day = shift_days(today, -number)
        case "W":
            day = shift_days(today, -7 * number)
        case "M":
            return month_value(*shift_month(today.year, today.month, -number))
        case "Y":
            return f"{today.year - number:04}"
        case _:
            day = today
    return None if day is None else day_value(day)


def read_rate(item: Expression, _anchor: Anchor, lexicon: TimeLexicon) -> TimeValue | None:
    """Read how often: ``every day``, ``per month``, ``every Friday``, ``each winter``."""
    if weekday := item.get("weekday"):
        return TimeValue.of(f"XXXX-WXX-{lexicon.days[weekday] + 1}")
    unit = item.get("unit") or item.get("unit2")
    if unit in lexicon.seasons:
        return TimeValue.of(f"XXXX-{lexicon.seasons[unit]}")
    if unit in lexicon.parts:
        return TimeValue.of(f"XXXX-XX-XX{lexicon.parts[unit]}")
    return TimeValue.of(length_value(1, unit, lexicon))


def read_adverb_rate(item: Expression, _anchor: Anchor, _lexicon: TimeLexicon) -> TimeValue | None:
    """Read ``daily``, ``weekly``."""
    return TimeValue.of(_RATES[item.get("adverb")])
