"""Times: dates, relative days and stretches, read against the day of publication.

A closed grammar of English date expressions, one pattern tried at each place, longest first. What
the document does not date stays open: a bare "Wednesday" becomes ``XXXX-WXX-3``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_NUMBERS: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "several": 3, "few": 3, "couple": 2,
}  # fmt: skip
_UNITS: Mapping[str, int] = {"day": 1, "week": 7, "fortnight": 14}
_PARTS: Mapping[str, str] = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "midnight": "TNI",
    "overnight": "TNI",
    "dawn": "TMO",
    "dusk": "TEV",
    "noon": "T12:00",
}

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|march|mar\.|april|apr\.|may|june|july|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_NUMBER = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|a couple of)"
_PART = r"(?:morning|afternoon|evening|night)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", rf"(?P<iso>{_YEAR}-\d\d-\d\d)"),
    ("month-day-year", rf"(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>{_YEAR}))?(?!\d|,\d)"),
    ("day-month-year", rf"(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>{_YEAR}))?"),
    ("month-year", rf"(?:(?P<part3>early|late|mid)[\s-]+)?(?P<m3>{_MONTH})(?:,?\s+(?:of\s+)?(?P<y3>{_YEAR}|last\s+year|this\s+year))"),
    ("month", rf"(?P<lead4>last|this|next|in|since|early|late|mid|until|from|during|by)[\s-]+(?P<m4>{_MONTH})(?!\w)(?!,?\s+(?:of\s+)?\d)"),
    ("weekday", rf"(?:(?P<lead5>last|next|this(?:\s+past)?|the\s+previous|the\s+following|early|late|earlier|later)\s+(?:on\s+)?)?(?P<day5>{_DAY})(?:\s+(?P<part5>{_PART}))?"),
    ("weekday-part", rf"(?P<part6>overnight|midnight|dawn)\s+(?:on\s+)?(?P<day6>{_DAY})"),
    ("ago", rf"(?P<n7>{_NUMBER})\s+(?P<u7>hour|day|week|month|year)s?\s+(?:ago|earlier|before)"),
    ("past", rf"(?:the\s+)?(?:past|last|previous|recent)\s+(?P<n8>{_NUMBER}|24|48|72)?\s*(?P<u8>hour|day|week|month|year)s"),
    ("calendar-unit", r"(?P<lead9>last|this|next|the\s+previous|the\s+following|earlier\s+this|later\s+this|late\s+last|early\s+this|earlier\s+last)\s+(?P<u9>week|weekend|month|year|summer|winter|spring|autumn|fall|morning|afternoon|evening|night)"),
    ("deictic", r"(?P<now>today|tonight|yesterday|tomorrow|overnight)(?:\s+(?P<part10>morning|afternoon|evening|night))?"),
    ("recent", r"(?P<recent>in\s+recent\s+(?:hours|days|weeks|months|years)|recently|lately)"),
    ("year", rf"(?:(?P<lead11>in|since|until|from|during|of|early|late|mid|by|the)[\s-]+)(?P<y11>{_YEAR})(?!\s*(?:people|troops|soldiers|rockets|men|km|miles)|[\d,.]\d)"),
    ("decade", r"(?:the\s+)?(?P<decade>(?:19|20)\d)0s"),
    ("clock", r"(?P<clock>\d{1,2}(?:[:.]\d\d)?\s*(?:a\.m\.|p\.m\.|am|pm|GMT|ET|local\s+time))"),
)  # fmt: skip

_ANY = re.compile(
    "|".join(
        rf"(?P<r{number}>(?<!\w)(?:{pattern})(?!\w))"
        for number, (_, pattern) in enumerate(_PATTERNS)
    ),
    re.IGNORECASE,
)


def find_times(document: Document, sentences: Sequence[Sentence]) -> tuple[TimeMention, ...]:
    """Find the time expressions of a document and give each its TIMEX3 value.

    Args:
        document: ``published`` anchors relative days; without it they stay unresolved.
        sentences: In document order.

    Returns:
        Mentions from left to right, without overlaps.
    """
    found: list[TimeMention] = []
    for sentence in sentences:
        found.extend(_in_sentence(document, sentence))
    return tuple(found)


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[TimeMention]:
    start, end = sentence.words[0].start, sentence.words[-1].end
    ends = [word.end for word in sentence.words]
    for match in _ANY.finditer(document.text, start, end):
        rule = next(
            name for number, (name, _) in enumerate(_PATTERNS) if match[f"r{number}"] is not None
        )
        value = _READERS[rule](match, document.published, _is_future(sentence, match.start()))
        if value is None:
            continue
        first = _word_at(ends, match.start())
        last = _word_at(ends, match.end() - 1)
        if first is None or last is None:
            continue
        span = Span(match.start(), match.end())
        yield TimeMention(
            sentence=sentence.index,
            first=first,
            last=last,
            span=span,
            time=Time(value, span),
            rule=rule,
        )


def _word_at(ends: Sequence[int], character: int) -> int | None:
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if ends[middle] <= character:
            low = middle + 1
        else:
            high = middle
    return low if low < len(ends) else None


def _is_future(sentence: Sentence, character: int) -> bool:
    """Say whether the verb nearest before an expression speaks of the future."""
    words = [word for word in sentence.words if word.start < character]
    return any(
        word.lower in {"will", "would", "shall", "next", "until", "'ll", "’ll"}
        for word in words[-14:]
    ) or any(
        a.lower == "to" and a.tag == "TO" and b.lower in {"begin", "start", "take", "meet", "hold"}
        for a, b in zip(words[-12:], words[-11:], strict=False)
    )


def _day_value(day: date) -> str:
    return day.isoformat()


def _month_number(words: str) -> int:
    return _MONTH_NUMBERS[words.lower().rstrip(".")]


def _amount(words: str | None) -> int:
    if words is None:
        return 1
    words = words.lower().removeprefix("a ").removesuffix(" of")
    return int(words) if words.isdigit() else _NUMBERS.get(words, 3)


Match = re.Match[str]
Reader = Callable[[Match, "date | None", bool], "str | None"]


def _read_iso(match: Match, _anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001 - one signature for all readers
    return match["iso"]


def _dated(
    month: int, day: int, year: int | None, anchor: date | None, *, future: bool
) -> str | None:
    if year is None and anchor is None:
        return f"XXXX-{month:02}-{day:02}" if 1 <= day <= 31 else None
    try:
        if year is not None:
            return _day_value(date(year, month, day))
        assert anchor is not None
        guess = date(anchor.year, month, day)
    except ValueError:
        return None
    if guess > anchor + timedelta(days=45) and not future:
        guess = guess.replace(year=guess.year - 1)
    return _day_value(guess)


def _read_month_day(match: Match, anchor: date | None, future: bool) -> str | None:  # noqa: FBT001
    year = int(match["y1"]) if match["y1"] else None
    return _dated(_month_number(match["m1"]), int(match["d1"]), year, anchor, future=future)


def _read_day_month(match: Match, anchor: date | None, future: bool) -> str | None:  # noqa: FBT001
    year = int(match["y2"]) if match["y2"] else None
    return _dated(_month_number(match["m2"]), int(match["d2"]), year, anchor, future=future)


def _read_month_year(match: Match, anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    words = match["y3"].lower()
    if words[0].isdigit():
        return f"{int(words):04}-{_month_number(match['m3']):02}"
    if anchor is None:
        return f"XXXX-{_month_number(match['m3']):02}"
    year = anchor.year - (1 if words.startswith("last") else 0)
    return f"{year:04}-{_month_number(match['m3']):02}"


def _read_month(match: Match, anchor: date | None, future: bool) -> str | None:  # noqa: FBT001
    words = match["m4"]
    if words[0].islower() or (
        words.lower() in {"may", "march"} and match["lead4"].lower() == "in" and words.islower()
    ):
        return None
    month = _month_number(words)
    if anchor is None:
        return f"XXXX-{month:02}"
    year = anchor.year
    lead = match["lead4"].lower()
    future = future and lead not in {"since", "last"}
    if month > anchor.month and not future and lead != "next":
        year -= 1
    elif month < anchor.month and (future or lead == "next"):
        year += 1
    return f"{year:04}-{month:02}"


def _weekday(name: str, lead: str, anchor: date | None, *, future: bool) -> str:
    number = DAYS.index(name.lower())
    if anchor is None:
        return f"XXXX-WXX-{number + 1}"
    back = (anchor.weekday() - number) % 7
    if lead.startswith(("next", "the following")) or (future and not lead.startswith("last")):
        ahead = (number - anchor.weekday()) % 7
        return _day_value(anchor + timedelta(days=ahead or (7 if lead.startswith("next") else 0)))
    if lead.startswith("last") and back == 0:
        back = 7
    return _day_value(anchor - timedelta(days=back))


def _read_weekday(match: Match, anchor: date | None, future: bool) -> str | None:  # noqa: FBT001
    if match["day5"][0].islower():
        return None
    value = _weekday(match["day5"], (match["lead5"] or "").lower(), anchor, future=future)
    part = (match["part5"] or "").lower()
    return value + _PARTS[part] if part else value


def _read_weekday_part(match: Match, anchor: date | None, future: bool) -> str | None:  # noqa: FBT001
    return _weekday(match["day6"], "", anchor, future=future) + _PARTS[match["part6"].lower()]


def _shift(anchor: date, amount: int, unit: str) -> str:
    if unit in _UNITS:
        return _day_value(anchor + timedelta(days=amount * _UNITS[unit]))
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 + amount
        return f"{index // 12:04}-{index % 12 + 1:02}"
    if unit == "year":
        return f"{anchor.year + amount:04}"
    return _day_value(anchor)


def _read_ago(match: Match, anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    if not match.group().lower().endswith("ago") and anchor is None:
        return None
    unit = match["u7"].lower()
    if anchor is None:
        return f"XXXX-{unit}"
    return _shift(anchor, -_amount(match["n7"]), unit)


def _read_past(match: Match, anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    unit = match["u8"].lower()
    amount = _amount(match["n8"])
    if anchor is None:
        return f"PXX{unit[0].upper()}"
    if unit == "hour":
        return f"{_day_value(anchor - timedelta(days=max(1, amount // 24)))}/{_day_value(anchor)}"
    return f"{_shift(anchor, -amount, unit)}/{_day_value(anchor)}"


def _read_calendar_unit(match: Match, anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    lead, unit = match["lead9"].lower(), match["u9"].lower()
    step = (
        -1
        if "last" in lead or "previous" in lead
        else 1
        if "next" in lead or "following" in lead
        else 0
    )
    if anchor is None:
        return f"XXXX-{unit}"
    if unit in _PARTS:
        return (
            _day_value(anchor + timedelta(days=step if unit != "night" or step >= 0 else -1))
            + _PARTS[unit]
        )
    if unit in {"week", "weekend"}:
        year, week, _ = (anchor + timedelta(days=7 * step)).isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit in {"month", "year"}:
        return (
            _shift(anchor, step, unit)
            if step or unit == "year"
            else f"{anchor.year:04}-{anchor.month:02}"
        )
    season = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}[unit]
    return f"{anchor.year + step:04}-{season}"


def _read_deictic(match: Match, anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    word = match["now"].lower()
    part = _PARTS.get((match["part10"] or "").lower(), "")
    if word in {"tonight", "overnight"}:
        part = "TNI"
    if anchor is None:
        return f"XXXX-{word}"
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return _day_value(anchor + timedelta(days=step)) + part


def _read_recent(match: Match, _anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    return "PAST_REF" if match["recent"] else None


def _read_year(match: Match, _anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    return match["y11"]


def _read_decade(match: Match, _anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    return match["decade"]


def _read_clock(match: Match, anchor: date | None, _future: bool) -> str | None:  # noqa: FBT001
    hour = re.match(r"\d{1,2}", match["clock"])
    if hour is None or int(hour.group()) > 24:
        return None
    number = int(hour.group()) % 12 + (12 if "p" in match["clock"].lower() else 0)
    return f"{_day_value(anchor) if anchor else 'XXXX-XX-XX'}T{number:02}"


_READERS: Mapping[str, Reader] = {
    "iso": _read_iso,
    "month-day-year": _read_month_day,
    "day-month-year": _read_day_month,
    "month-year": _read_month_year,
    "month": _read_month,
    "weekday": _read_weekday,
    "weekday-part": _read_weekday_part,
    "ago": _read_ago,
    "past": _read_past,
    "calendar-unit": _read_calendar_unit,
    "deictic": _read_deictic,
    "recent": _read_recent,
    "year": _read_year,
    "decade": _read_decade,
    "clock": _read_clock,
}
