"""Lines that a comment system writes around comments: headings, who and when, buttons."""

import re
from typing import Literal

from counterclaim.segment.words import first_match

StampKind = Literal["heading", "named", "dated", "timed", "button", "handle"]
"""What a line is besides somebody's words.

heading: announces a thread. named: a writer, often with a time. dated: a day, often with a time,
and no name. timed: a clock time alone, which live reports also carry. button: what a site puts
around a comment. handle: one word by itself that looks like a user's name.
"""

LONGEST_STAMP = 140
"""Characters. A name of 50, an address of 40 and a date of 30; beyond that a line is prose."""

MOST_NAME_WORDS = 7
"""Words left beside date and verb in a stamp: the writer's name, town or blog."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\.?"
DATE = re.compile(
    rf"(?P<month>(?-i:(?<![A-Z])){_MONTH}\s*{_DAY}(?:,?\s+|,)\d{{4}}\b)"
    rf"|(?P<day>(?<!\d){_DAY},?\s+{_MONTH},?\s+(?:['’]?\d{{2}}|\d{{4}})\b)"
    r"|(?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)"
    r"|(?P<figures>(?<![\d/.])\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?![\d/]))"
    rf"|(?P<short>\b(?:{_MONTH}\s+{_DAY}|{_DAY}\s+{_MONTH})(?=\W*(?:at\s+)?@?\s*\d{{1,2}}:\d\d))",
    re.IGNORECASE,
)
"""A day as comment systems write it; the group's name is the form. ``short`` has no year and
counts only before a clock time. A month's name glued to a user's name is read too."""

TIME = re.compile(
    r"(?<![\d.])\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\b\.?|\s*hrs\b)?"
    r"(?:\s*\(?(?:[A-Z]{2,4}|UTC\s*[-+]?\d*)\)?)?(?![\w%])|\b\d{1,2}\s*[ap]\.?m\b\.?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
VERB = re.compile(
    r"\b(?:says|said|wrote|writes|written by|posted by|submitted by|by|replied|ago|pingback)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:on|at|by|from|posted|submitted|says?|said|writes|wrote|written|replied|replying|to|repl(?:y|ies)"
    r"|comment(?:ed)?|permalink|report|abuse|link|edited|recs?|pts|likes?|fans?|unregistered|commenter"
    r"|not verified|in response|am|pm"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|#?\d+|[^\w\s]",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?=\S*(?:\d|_|[a-z][A-Z]|☆)|[a-z]+$)(?=\S*[a-z]{3})[A-Za-z][\w.☆]{4,24}$")
_SENTENCE_BREAK = re.compile(r"[a-z]{2}[.!?]\s+[A-Z]|[a-z]{3}[.!?][\"”’')]*$")


def stamp_of(words: str) -> StampKind | None:
    """Tell what a comment system's line a line is, if it is one.

    Accepts:
      1. a heading                     "12 Comments"
      2. a name and a verb             "Toma says:"
      3. a name and a date             "Mara V. May 3, 2031 at 4:12 pm"
      4. a date, or a date and time    "3 May 2031 16:12"
      5. a time alone                  "7:28 PM"
      6. buttons                       "Reply | Permalink"
      7. a name no person bears        "oldGunner99"

    Args:
        words: One line's words, without white space around them.
    """
    if len(words) > LONGEST_STAMP or "\n" in words:
        return None
    small = words.lower()
    if first_match("heading", words, small):
        return "heading"
    if first_match("byline", words, small):
        return None
    found = first_match("stamp", words, small)
    if found:
        return "button" if found.id in {"stamp-button", "stamp-standing"} else "named"
    return _dated(words) or ("handle" if _HANDLE.match(words) else None)


def _dated(words: str) -> StampKind | None:
    plain = ADDRESS.sub(" ", words)
    date, time = DATE.search(plain), TIME.search(plain)
    if date is None and time is None:
        return None
    rest = TIME.sub(" ", DATE.sub(" ", plain))
    left = _FILLER.sub(" ", rest).split()
    if date is None:
        return "timed" if not left else None
    if len(left) > MOST_NAME_WORDS or _SENTENCE_BREAK.search(rest):
        return None
    if not left:
        return "dated"
    capitals = sum(not word[0].islower() for word in left)
    return "named" if 2 * capitals >= len(left) or len(left) <= 2 else None


def form_of(words: str, kind: StampKind) -> str:
    """Reduce a stamp to its form: what stands in it, without the name and the figures.

    Two stamps of one comment system have one form; an article's own date line seldom shares it.
    """
    if kind not in {"named", "dated"}:
        return kind
    date, time, verb = DATE.search(words), TIME.search(words), VERB.search(words)
    parts = [
        date.lastgroup if date else "",
        "time" if time else "",
        verb.group().lower() if verb else "",
    ]
    return " ".join(part for part in parts if part) or "named"
