"""What tells a reader's line from a reporter's: one table of features with weights.

The docstring of a feature is its explanation in the workbench; ``says`` is how a line with it is
called in a reason. A line's score is the sum of weight x strength, in log-odds: above 0 it is
likelier a reader's, below 0 a reporter's.

Weights were set by hand at about half of what each feature alone tells (its measured log ratio
between 5,900 paragraphs of news and 4,000 readers' comments), because features lean on each other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from counterclaim.segment.comment_headers import StampKind
from counterclaim.segment.line_features import LineView
from counterclaim.segment.words import word

EMPHASIS = re.compile(r"\b[A-Z]{2,}\b")
MARKS = re.compile(r"[!?]{2,}|\.{4,}|(?<!\w)[:;=]-?[)(DPp/](?!\w)|[\U0001F300-\U0001FAFF☺❤]|^\s*\^")


@dataclass(frozen=True, slots=True)
class Feature:
    """A named, weighted test of a line."""

    name: str
    weight: float
    says: str
    test: Callable[[LineView], float]


STAMP_STRENGTH = {"named": 1.0, "dated": 0.6, "button": 0.5, "handle": 0.4, "timed": 0.1}
"""A name with a time says more than a time alone, which articles and live reports also carry."""


def is_heading(voice: LineView) -> float:
    """The line announces a thread, such as “12 Comments”."""
    return float(voice.stamp == "heading")


def is_stamp(voice: LineView) -> float:
    """The line names a writer or a time, as comment systems do above or below a comment."""
    return STAMP_STRENGTH.get(voice.stamp or "", 0.0)


def starts_small(voice: LineView) -> float:
    """The line begins with a small letter, which print does not."""
    return float(voice.words[0].islower() and not voice.is_furniture and not voice.stamp)


def lacks_stop(voice: LineView) -> float:
    """A sentence without a full stop at its end; titles, lists and site furniture do not count."""
    if voice.count < 3 or voice.is_furniture or voice.stamp or voice.is_closed:
        return 0.0
    long = [w for w in voice.words.split() if len(w) > 3]
    capital = sum(not w[0].islower() for w in long)
    return 0.0 if capital > 0.5 * len(long) else 1.0


def speaks_as_i(voice: LineView) -> float:
    """The writer says I, outside any quotation."""
    return voice.uses("first-person")


def speaks_as_we(voice: LineView) -> float:
    """The writer says we, outside any quotation."""
    return voice.uses("we")


def speaks_to_you(voice: LineView) -> float:
    """The writer speaking to a reader, outside any quotation."""
    return voice.uses("second-person")


def asks(voice: LineView) -> float:
    """A question outside any quotation."""
    return float("?" in voice.bare)


def exclaims(voice: LineView) -> float:
    """An exclamation mark outside any quotation."""
    return float("!" in voice.bare)


def shouts(voice: LineView) -> float:
    """An ordinary word in capitals, for emphasis: one that stands in small letters elsewhere."""
    stressed = word("register", "stress").pattern.fullmatch
    small = voice.manner.small_words
    words = [w for w in EMPHASIS.findall(voice.bare) if w.lower() in small or stressed(w)]
    return min(1.5, 0.75 * len(words)) if words and not voice.words.isupper() else 0.0


def talks(voice: LineView) -> float:
    """Words of talk rather than of a report."""
    return voice.uses("informal")


def shortens(voice: LineView) -> float:
    """Shortened forms such as don’t, outside any quotation."""
    return voice.uses("contraction")


def judges(voice: LineView) -> float:
    """Words that judge, urge or ask instead of telling."""
    return voice.uses("opinion-words")


def speaks_of_the_piece(voice: LineView) -> float:
    """Words about the report itself or about other comments."""
    return voice.uses("about-the-piece")


def marks(voice: LineView) -> float:
    """Doubled marks and emoticons."""
    return float(MARKS.search(voice.words) is not None)


def answers(voice: LineView) -> float:
    """The line turns to somebody who has just spoken, or calls one by name."""
    return float(
        word("voice", "answers").find(voice.words, voice.small)
        or word("voice", "vocative").find(voice.words)
    )


def attributes(voice: LineView) -> float:
    """Words by which a report giving a source."""
    return voice.uses("attribution")


def quotes(voice: LineView) -> float:
    """A quotation of some length, as reports carry them."""
    return float(len(voice.words) - len(voice.bare) >= 40)


def dates(voice: LineView) -> float:
    """The weekday on which it happened."""
    return voice.uses("time-of-report")


def introduces(voice: LineView) -> float:
    """A person introduced by office."""
    return voice.uses("office")


def is_even(voice: LineView) -> float:
    """A full paragraph as print sets it: a capital first, a stop last, 18 to 90 words."""
    return float(18 <= voice.count <= 90 and not voice.words[0].islower() and voice.is_closed)


def is_furniture(voice: LineView) -> float:
    """A line that a site sets around an article: neither report nor comment, and no sign of either."""
    return float(voice.is_furniture)


FEATURES: tuple[Feature, ...] = (
    Feature("heading", 6.0, "announcing a thread", is_heading),
    Feature("stamp", 4.0, "naming a writer or a time", is_stamp),
    Feature("small-start", 1.6, "beginning with a small letter", starts_small),
    Feature("no-stop", 1.2, "without a full stop", lacks_stop),
    Feature("i", 0.7, "speaking as I", speaks_as_i),
    Feature("we", 0.3, "speaking as we", speaks_as_we),
    Feature("you", 0.8, "speaking to a reader", speaks_to_you),
    Feature("question", 0.6, "asking", asks),
    Feature("exclamation", 0.9, "exclaiming", exclaims),
    Feature("capitals", 1.0, "stressing words in capitals", shouts),
    Feature("talk", 0.9, "in words of talk", talks),
    Feature("short-forms", 0.5, "with short forms", shortens),
    Feature("judging", 0.7, "judging or urging", judges),
    Feature("the-piece", 1.0, "about the article or a comment", speaks_of_the_piece),
    Feature("marks", 1.0, "with doubled marks", marks),
    Feature("answer", 0.8, "answering somebody", answers),
    Feature("attribution", -1.1, "giving a source", attributes),
    Feature("quotation", -0.7, "quoting at length", quotes),
    Feature("weekday", -0.6, "dated by weekday", dates),
    Feature("office", -0.6, "introducing a person by office", introduces),
    Feature("even", -0.4, "set as a printed paragraph", is_even),
    Feature("furniture", -0.8, "of site furniture", is_furniture),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A line's score and the features behind it."""

    score: float
    fired: tuple[Feature, ...]
    stamp: StampKind | None


def score_line(voice: LineView) -> Scored:
    """Sum the features of a line.

    Returns:
        Log-odds that the line is a reader's rather than a reporter's, and every feature that fired.
    """
    total, fired = 0.0, []
    for feature in FEATURES:
        strength = feature.test(voice)
        if strength:
            total += feature.weight * strength
            fired.append(feature)
    return Scored(total, tuple(fired), voice.stamp)
