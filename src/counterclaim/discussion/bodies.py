"""What a reader wrote, without the lines that a comment system set around it."""

import re
from collections import Counter
from dataclasses import dataclass

from counterclaim.discussion.words import stands_in
from counterclaim.records.text import Comment, Span

QUOTATION = re.compile(r"“[^”]*(?:”|$)|(?<!\w)\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)")
LINE = re.compile(r"[^\n\r]+")
NAME = re.compile(r"(?<![\w’'])[A-Z][\w’-]*\w(?:\.[A-Z]\.?)*")
FIRST_WORD = re.compile(r"(?:^|[.!?…:;—–-]\s*[\"“(]*|[\"“(])\s*([A-Z][\w’-]*)")
ANY_WORD = re.compile(r"[^\W\d_][\w’-]+")
NEVER_STRESSED = frozenset({"US", "UN"})
"""Names in capitals that are also words in small letters, or look so: us."""

CALENDAR = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    }
)
"""Written with a capital, and nobody's name."""

FEWEST_TIMES = 2
"""Times a word stands with a capital, and never without, before it counts as a name though it only
opens sentences."""

TIME = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{4}\b|\b\d+ (?:minutes?|hours?|days?|weeks?) ago\b")

STAMP_WORDS = 12
"""Words of a line that may be a stamp: a name, a date and a time."""


@dataclass(frozen=True, slots=True)
class Body:
    """A comment as this room reads it."""

    comment: Comment
    lines: tuple[Span, ...]
    """Its lines, without the system's."""
    words: str
    """The same lines' words, one line under the other."""
    bare: str
    """The words without what they quote."""
    stamp: str
    """The system's lines, where the writer's name stands."""


def body_of(text: str, comment: Comment) -> Body:
    """Read one comment.

    Args:
        text: The document's text.
        comment: As segmentation found it.
    """
    lines: list[Span] = []
    stamps: list[str] = []
    for found in LINE.finditer(text, comment.span.start, comment.span.end):
        words = found.group().strip()
        if not words:
            continue
        if _is_stamp(words):
            stamps.append(words)
            continue
        start = found.start() + found.group().index(words[0])
        lines.append(Span(start, start + len(words)))
    words = "\n".join(text[span.start : span.end] for span in lines)
    return Body(comment, tuple(lines), words, QUOTATION.sub(" ", words), " ".join(stamps))


def _is_stamp(words: str) -> bool:
    if len(words.split()) > STAMP_WORDS:
        return False
    if stands_in("stamp", words) or stands_in("heading", words):
        return True
    return TIME.search(words) is not None and words[-1] not in ".!?…" and ":" in words


def names_in(
    words: str, known: frozenset[str] = frozenset(), small: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the names in a text, in small letters.

    Args:
        words: The text.
        known: Names known from elsewhere, small: found however they are written here.
        small: Words that the document also writes in small letters: in capitals they are stressed,
            not names.
    """
    opening = {m.group(1) for m in FIRST_WORD.finditer(words)}
    found = {
        name.lower()
        for name in NAME.findall(words)
        if (name not in opening or name.lower() in known) and not _is_stressed(name, small)
    }
    if known:
        found |= known.intersection(ANY_WORD.findall(words.lower()))
    plain = (_plain(name) for name in found)
    return frozenset(name for name in plain if len(name) > 1 and name not in CALENDAR)


def repeated_names(text: str, small: frozenset[str]) -> frozenset[str]:
    """Return the words that a text writes with a capital again and again, and never without.

    Args:
        text: The whole document's.
        small: Words that it writes in small letters.
    """
    times = Counter(_plain(name.lower()) for name in NAME.findall(text))
    return frozenset(n for n, k in times.items() if k >= FEWEST_TIMES and n not in small) - CALENDAR


def _is_stressed(name: str, small: frozenset[str]) -> bool:
    return name.isupper() and name.lower() in small and name not in NEVER_STRESSED


def _plain(name: str) -> str:
    return re.sub(r"[’']s?$", "", name)
