"""What tells that a line of a thread goes on in the voice of the line above, or is another's.

One table, as in ``features.py``: above 0 the two lines are likelier one writer's.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from counterclaim.segment.comment_scorer import EMPHASIS
from counterclaim.segment.line_features import LineView
from counterclaim.segment.words import word

SPACED_DASH = re.compile(r"\s(?:—|–|--?|-/)\s")
JOINED_DASH = re.compile(r"\w(?:—|–|--)\w")
UNFINISHED = re.compile(r"(?:[,;:—–-]|-/|\b(?:and|or|but|the|of|to))$")
CONTENT_WORD = re.compile(r"\b[A-Z][a-z]{2,}|\b[a-z]{5,}\b")
COURTESY = re.compile(
    r"\W*(?:thanks?|great|nice|love|awesome|hi|hey|hello|dear|congrat\w*)\b", re.IGNORECASE
)
ENUMERATED = re.compile(r"\W*\d+[.)]|[-*•]\s|(?:first|second|third|finally|also)\b", re.IGNORECASE)

RARE_SHARE = 0.15
"""Share of a thread's lines in which a word may stand and still tie two lines together."""

COMMON_HABIT = 0.6
"""Share of a thread's lines from which on a habit is everybody's and tells nothing."""

SIGNED_WORDS = 3
"""Words of a line that can only be a greeting or a signature."""


@dataclass(frozen=True)
class Customs:
    """What a thread's lines have in common, against which one line stands out."""

    rare_words: frozenset[str]
    rare_habits: frozenset[str]
    mixed_gaps: bool
    """Whether some lines have a blank line above and some have not: then the gaps mean something."""


@dataclass(frozen=True)
class LineStyle:
    """One line of a thread: its voice and the habits of its writer."""

    voice: LineView
    gap: int
    """Blank lines above it."""

    @cached_property
    def habits(self) -> frozenset[str]:
        """Ways of writing that a person keeps: dashes with or without spaces, stress in capitals."""
        words = self.voice.words
        found = {
            "spaced dash": SPACED_DASH.search(words) is not None,
            "joined dash": JOINED_DASH.search(words) is not None,
            "stress": any(
                w.lower() in self.voice.manner.small_words
                for w in EMPHASIS.findall(self.voice.bare)
            ),
        }
        return frozenset(name for name, there in found.items() if there)

    @cached_property
    def content(self) -> frozenset[str]:
        """Its longer words and names, without a plural s."""
        return frozenset(w.lower().rstrip("s") for w in CONTENT_WORD.findall(self.voice.words))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of a thread, one above the other."""

    above: LineStyle
    line: LineStyle
    customs: Customs


@dataclass(frozen=True, slots=True)
class LinePairTest:
    """A named, weighted test of a pair of lines."""

    name: str
    weight: float
    says: str
    test: Callable[[Pair], bool]


def leans(pair: Pair) -> bool:
    """The line leans on the one above: And, But, This is, The question is."""
    return word("voice", "goes-on").find(pair.line.voice.words, pair.line.voice.small)


def was_unfinished(pair: Pair) -> bool:
    """The line above ends with a comma, a colon, a dash or a word that wants another."""
    return UNFINISHED.search(pair.above.voice.words) is not None


def keeps_dash(pair: Pair) -> bool:
    """Both lines set their dashes between spaces, which few lines of the thread do."""
    return "spaced dash" in pair.above.habits & pair.line.habits & pair.customs.rare_habits


def keeps_stress(pair: Pair) -> bool:
    """Both lines stress words in capitals, which few lines of the thread do."""
    return "stress" in pair.above.habits & pair.line.habits & pair.customs.rare_habits


def shares_word(pair: Pair) -> bool:
    """Both lines use a word that few lines of the thread use."""
    return bool(pair.above.content & pair.line.content & pair.customs.rare_words)


def shares_words(pair: Pair) -> bool:
    """Both lines use two or more words that few lines of the thread use."""
    return len(pair.above.content & pair.line.content & pair.customs.rare_words) > 1


def answers(pair: Pair) -> bool:
    """The line turns to somebody who has just spoken, or calls one by name."""
    words = pair.line.voice.words
    return any(word("voice", entry).find(words) for entry in ("answers", "vocative"))


def both_small(pair: Pair) -> bool:
    """Both lines begin with a small letter."""
    return pair.line.voice.words[0].islower() and pair.above.voice.words[0].islower()


def turns_small(pair: Pair) -> bool:
    """The line begins with a small letter though the line above began with a capital and is closed."""
    above = pair.above.voice
    return pair.line.voice.words[0].islower() and not above.words[0].islower() and above.is_closed


def speaks_of_the_piece(pair: Pair) -> bool:
    """The line speaks of the article or of a comment, as a new comment's opening does."""
    return pair.line.voice.uses("about-the-piece") > 0


def is_courteous(pair: Pair) -> bool:
    """The line opens with a greeting, thanks or praise."""
    return COURTESY.match(pair.line.voice.words) is not None


def is_signature(pair: Pair) -> bool:
    """The line is a word or two, such as a signature under what was said."""
    words = pair.line.voice.words
    return pair.line.voice.count <= SIGNED_WORDS and words[-1] not in ".!?…"


def changes_dash(pair: Pair) -> bool:
    """One line sets dashes between spaces, the other without."""
    both = pair.above.habits ^ pair.line.habits
    return {"spaced dash", "joined dash"} <= both


def changes_stress(pair: Pair) -> bool:
    """One line stresses words in capitals, the other does not."""
    return "stress" in pair.above.habits ^ pair.line.habits


def changes_habit(pair: Pair) -> bool:
    """One line uses spaced dashes, the other none."""
    return "spaced dash" in pair.above.habits ^ pair.line.habits


def speaks_up(pair: Pair) -> bool:
    """The line says I or speaks to a reader."""
    voice = pair.line.voice
    return voice.uses("first-person") > 0 or voice.uses("second-person") > 0


def enumerates(pair: Pair) -> bool:
    """The line is the next of a list: 2., second, also."""
    return ENUMERATED.match(pair.line.voice.words) is not None


def stands_close(pair: Pair) -> bool:
    """No blank line stands above, though other lines of the thread have one."""
    return pair.customs.mixed_gaps and pair.line.gap == 0


def stands_apart(pair: Pair) -> bool:
    """A blank line stands above, though other lines of the thread have none."""
    return pair.customs.mixed_gaps and pair.line.gap > 0


LINKS: tuple[LinePairTest, ...] = (
    LinePairTest("unfinished", 2.0, "the line above is not finished", was_unfinished),
    LinePairTest("leaning", 0.9, "it leans on the line above", leans),
    LinePairTest("same-dash", 0.9, "it keeps the spaced dashes of the line above", keeps_dash),
    LinePairTest("same-stress", 0.9, "it keeps the capitals of the line above", keeps_stress),
    LinePairTest("shared-word", 0.3, "it takes up a rare word of the line above", shares_word),
    LinePairTest("shared-words", 0.4, "it takes up rare words of the line above", shares_words),
    LinePairTest("both-small", 0.8, "both begin with a small letter", both_small),
    LinePairTest("signature", 0.8, "it is a word or two", is_signature),
    LinePairTest("list", 0.8, "it goes on with a list", enumerates),
    LinePairTest("close", 1.2, "no blank line stands between", stands_close),
    LinePairTest("apart", -0.6, "a blank line stands above", stands_apart),
    LinePairTest("answer", -0.9, "it answers somebody", answers),
    LinePairTest(
        "small-start",
        -1.0,
        "it begins with a small letter, the line above with a capital",
        turns_small,
    ),
    LinePairTest("other-dash", -1.0, "its dashes are set otherwise", changes_dash),
    LinePairTest("no-dash", -0.3, "only one of the two uses dashes", changes_habit),
    LinePairTest(
        "other-stress", -0.3, "only one of the two stresses words in capitals", changes_stress
    ),
    LinePairTest(
        "the-piece", -0.8, "it speaks of the article or of a comment", speaks_of_the_piece
    ),
    LinePairTest("courtesy", -0.8, "it opens with a greeting or praise", is_courteous),
    LinePairTest("i-or-you", -0.4, "it says I or speaks to a reader", speaks_up),
)
"""Weights set by hand at about half of each test's log ratio between 3,000 neighbouring lines of
one comment and 2,800 of two, in threads whose stamps tell."""


def customs_of(hands: Sequence[LineStyle]) -> Customs:
    """Look over a thread once for what is common in it."""
    lines = len(hands)
    words = Counter(w for hand in hands for w in hand.content)
    habits = Counter(h for hand in hands for h in hand.habits)
    gaps = {hand.gap > 0 for hand in hands[1:]}
    return Customs(
        frozenset(w for w, n in words.items() if n <= max(2, RARE_SHARE * lines)),
        frozenset(h for h, n in habits.items() if n <= COMMON_HABIT * lines + 1),
        len(gaps) > 1,
    )
