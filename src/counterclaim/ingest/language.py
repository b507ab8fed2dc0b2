"""Whether a text is English: by its commonest words, without a model."""

import re

_WORDS = """
the of and to were that for with by from has have it at his this which not are be but they their its
been who would after about when more than there said or if what into you she him all could because
them these those before between
"""
FUNCTION_WORDS = frozenset(_WORDS.split())
"""Words without which English is not written, and which other languages in Latin script lack, or
use seldom; in, on, is, was, had, an, over, will, as, no, me and die are left out for that reason."""

_REPORTED = """
killed dead deaths died fatalities injured injuries wounded hurt missing soldiers soldier civilians civilian people
person men man women woman children child troops army forces police rebels fighters rocket rockets missile missiles
shells shelling strike strikes attack attacks drone drones hit two three four five six seven eight nine ten one
twelve villages village houses destroyed total casualties monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december day week north south east west
"""
REPORTED_WORDS = frozenset(_REPORTED.split())
"""What telegraphic English is written with, and no other language: lists of losses have no function words."""

LEAST_REPORTED = 0.2
"""Share of both kinds of words from which on a text without function words is telegraphic English."""

FEWEST_WORDS = 40
"""Words below which the share of any word is chance."""

FEWEST_WITHOUT = 20
"""Words that English does not string together, headlines included, without any function word."""

LEAST_SHARE = 0.07
"""Share of function words: of 1,957 English news pages and blogs the middle one has 0.28 and the
leanest 0.09; German, Dutch, French, Spanish, Italian and Turkish news have 0.00-0.02."""

LEAST_LATIN = 0.5
"""Share of letters in Latin script; scripts without blanks have no words to count."""

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
FEWEST_LETTERS = 40


def is_english(text: str) -> bool:
    """Say whether a text is English, or too short to tell.

    Args:
        text: As taken in; only its first 20,000 characters are looked at.
    """
    head = text[:20_000]
    letters = [c for c in head if c.isalpha()]
    if len(letters) >= FEWEST_LETTERS:
        latin = sum(c.isascii() or "À" <= c <= "ɏ" or "Ḁ" <= c <= "ỿ" for c in letters)
        if latin < LEAST_LATIN * len(letters):
            return False
    words = WORD.findall(head.lower())
    common = sum(word in FUNCTION_WORDS for word in words)
    if len(words) < FEWEST_WORDS and (common > 0 or len(words) < FEWEST_WITHOUT):
        return True
    if len(words) >= FEWEST_WORDS and common >= LEAST_SHARE * len(words):
        return True
    reported = sum(word in REPORTED_WORDS for word in words)
    return common + reported >= LEAST_REPORTED * len(words)
