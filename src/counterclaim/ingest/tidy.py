"""Tidying: what a layout or a faulty program left in a text, and no reader sees, is taken out."""

import re

from counterclaim.records.problem import Problem
from counterclaim.records.text import Span

UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\u2063\ufeff]")
"""Soft hyphens, blanks without width, joiners and stray byte order marks: none is a letter of English, and each
cuts a word or a number in two."""

BROKEN = re.compile(r"([A-Za-z][a-z]+)-[ \t]*\r?\n[ \t]*([a-z]{2,}[^\s]*)([ \t]+(?=\S))?")
"""A word broken at a line's end, and what follows on the next line up to its first blank."""

_COMPOUNDS = """
    air anti arms bomb cease car co cross death drone ex far first four five six seven eight nine ten front full
    gun half hard heavy high hit joint key long low mass medium mid multi near newly non north old one own peace post
    pro quasi rapid roadside sea self semi short single south suicide surface third three top twenty thirty forty
    fifty sixty seventy eighty ninety two vice war well west east wide year
"""
COMPOUNDS = frozenset(_COMPOUNDS.split())
"""First parts of words that English writes with a hyphen: "cease-fire", "long-range", "three-day". They keep it
where a line ends behind it."""

LONGEST_PART = 24
"""Characters: no half of an English word has more."""

GARBLED = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
"""Letters that UTF-8 gives when it is read as windows-1252 and written anew: ``â€™`` for an apostrophe."""

SURELY_GARBLED = re.compile(
    "\u00e2\u20ac[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u02dc\u2013-\u203a\u2122]|\u00c3[\u0080-\u00bf]"
)
"""Sequences that no language writes."""

UNDEFINED = {"\u0081", "\u008d", "\u008f", "\u0090", "\u009d"}
"""Bytes that windows-1252 leaves open, and decoders pass through."""


def tidy(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text without what nobody sees, its broken words whole, and what was mended.

    Accepts:
      1. soft hyphens, and blanks and joiners without width    in the middle of a word or a number
      2. words broken at a line's end                          "kil-", "led": the break moves behind the word
      3. UTF-8 read as windows-1252 and saved so               "Armeniaâ€™s"

    Problems:
        mended-encoding: Garbled signs were turned back into what they stood for.
    """
    clean, problems = _ungarble(text)
    return join_broken(UNSEEN.sub("", clean)), problems


def drop_unseen(text: str) -> str:
    """Return a text without soft hyphens and signs without width."""
    return UNSEEN.sub("", text)


def join_broken(text: str) -> str:
    """Return a text in which a word broken at a line's end stands whole on the upper line.

    A hyphen stays where it is the word's own: behind the first part of a compound ("cease-", "long-"), and where the
    text writes the word with its hyphen elsewhere.
    """
    if "-\n" not in text and "-\r" not in text and not re.search(r"-[ \t]+\r?\n", text):
        return text
    whole = text.lower()

    def join(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        letters = re.match(r"[a-z]+", second)
        rest = letters[0] if letters is not None else second
        if len(first) > LONGEST_PART or len(rest) > LONGEST_PART:
            return match[0]
        keeps = first.lower() in COMPOUNDS or f"{first}-{rest}".lower() in whole
        if f"{first}{rest}".lower() in whole:
            keeps = False
        return f"{first}{'-' if keeps else ''}{second}" + ("\n" if match[3] else "")

    return BROKEN.sub(join, text)


def _ungarble(text: str) -> tuple[str, tuple[Problem, ...]]:
    first = SURELY_GARBLED.search(text)
    if first is None:
        return text, ()
    mended = 0

    def turn(match: re.Match[str]) -> str:
        nonlocal mended
        try:
            data = b"".join(
                bytes([ord(c)]) if c in UNDEFINED else c.encode("windows-1252") for c in match[0]
            )
            words = data.decode("utf-8")
        except UnicodeError:
            return match[0]
        mended += 1
        return words

    clean = GARBLED.sub(turn, text)
    if not mended:
        return text, ()
    message = (
        f"{mended} sign{'s' * (mended > 1)} garbled by an earlier program (UTF-8 read as windows-1252) "
        "turned back into what they stood for"
    )
    return clean, (Problem("mended-encoding", message, Span(first.start(), first.start() + 1)),)
