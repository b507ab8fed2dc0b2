"""Whether a text is English: by its commonest words; where it is too short for those, by a model of letters.

The model (py3langid, BSD, 97 languages) decides alone only where it is sure: of English sentences it calls one in
thirty another language, and never with nine in ten.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

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

LEAST_HEADLINED = 0.1
"""The same where the model of letters, too, calls the text English: headlines one under another are names and verbs."""

FEWEST_WORDS = 40
"""Words below which the share of any word is chance."""

FEWEST_WITHOUT = 20
"""Words that English does not string together, headlines included, without any function word."""

LEAST_SHARE = 0.07
"""Share of function words: of 1,957 English news pages and blogs the middle one has 0.28 and the
leanest 0.09; German, Dutch, French, Spanish, Italian and Turkish news have 0.00-0.02."""

LEAST_LATIN = 0.5
"""Share of letters in Latin script; scripts without blanks have no words to count."""

SURE = 0.9
"""Probability of another language from which on a short text is refused whatever its words. Tried 0.8-0.99 on 1,039
English sentences, 1,000 of eight words at most, and 556 sentences of 67 other languages."""

LIKELY = 0.65
"""The same for a text without one English word that tells."""

FEWEST_TOLD = 3
"""Words of a text that the model is asked about."""

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
FEWEST_LETTERS = 3


def is_english(text: str) -> bool:
    """Return whether a text is English, or too short to tell.

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
    if len(words) < FEWEST_WORDS:
        reported = sum(word in REPORTED_WORDS for word in words)
        if len(words) >= FEWEST_TOLD:
            other = _other_language(head)
            if other >= SURE or (other >= LIKELY and not common and not reported):
                return False
        if common > 0 or len(words) < FEWEST_WITHOUT:
            return True
    if len(words) >= FEWEST_WORDS and common >= LEAST_SHARE * len(words):
        return True
    told = common + sum(word in REPORTED_WORDS for word in words)
    if told >= LEAST_REPORTED * len(words):
        return True
    return told >= LEAST_HEADLINED * len(words) and _other_language(head) == 0.0


def _other_language(text: str) -> float:
    """Return the probability of the language that a text is likeliest in; 0 where that is English."""
    language, probability = _identifier().classify(text)
    return 0.0 if language == "en" else float(probability)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import (  # noqa: PLC0415 - lazily, for start-up time
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
