"""A line as the features look at it: its words, and its words outside quotations."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.segment.comment_headers import StampKind, stamp_of
from counterclaim.segment.words import word

QUOTATION = re.compile(
    r"“[^”]*(?:”|$)|(?<!\w)\"[^\"]*(?:\"|$)|(?<!\w)‘[^’]{12,}?(?:’(?!\w)|$)|«[^»]*(?:»|$)"
)
"""Somebody's own words; a quotation left open runs on into the next paragraph."""

LABEL = re.compile(r"(?:[A-Z][\w.’' -]{0,30}|Q|A)[:.]\s")
"""A speaker's name before what is said, as interviews and transcripts set it."""

FEWEST_LABELS = 2
"""Lines that must begin with one label before it counts as a speaker's: once is any colon."""

CLOSED = re.compile(r"[.!?…:;—–-]+[\"'”’»)\]]*$|[.!?…,]?[\"”’»)\]]$")
"""The end of a line that a writer closed."""

HEAD, TAIL = 200, 12
"""Characters at a line's ends that tell how it begins and closes; the rest need not be searched."""

SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds for a whole document and is needed to look at one line."""

    small_words: frozenset[str]
    """Words that the document writes in small letters: capitals on them are emphasis."""
    labels: frozenset[str]
    """Names of speakers that stand before their words."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line in its document, as ``describe_line`` makes it."""

    words: str
    small: str
    """The line in small letters, for patterns that take both."""
    bare: str
    """The line without what it quotes; nothing when all of it is a transcript's."""
    bare_small: str
    count: int
    """Words in the line."""
    is_closed: bool
    """Whether the line ends with a stop or a closing mark."""
    stamp: StampKind | None
    """What a comment system's line it is, if it is one."""
    is_furniture: bool
    """Whether a site set the line around the article."""
    manner: Manner

    def uses(self, entry: str) -> float:
        """Say how much a register entry shows outside quotations: 0, 1, or 1.5 for more than once."""
        found = word("register", entry).count(self.bare, self.bare_small)
        return 0.0 if not found else 1.0 if found == 1 else 1.5


def describe_line(words: str, manner: Manner) -> LineView:
    """Look at one line the way the features do.

    Args:
        words: The line, without white space around it.
        manner: What holds for its document.
    """
    small = words.lower()
    bare, bare_small = words, small
    if manner.labels and label_of(words) in manner.labels:
        bare = bare_small = ""
    elif any(mark in words for mark in '“"‘«'):
        bare = QUOTATION.sub(" ", words)
        bare_small = bare.lower()
    stamp = stamp_of(words)
    return LineView(
        words=words,
        small=small,
        bare=bare,
        bare_small=bare_small,
        count=len(words.split()),
        is_closed=CLOSED.search(words[-TAIL:]) is not None,
        stamp=stamp,
        is_furniture=stamp is None
        and word("register", "furniture").find(words[:HEAD], small[:HEAD]),
        manner=manner,
    )


def label_of(words: str) -> str:
    """Return the speaker's label a line begins with, or an empty string."""
    found = LABEL.match(words)
    return found.group() if found else ""


def manner_of(text: str, lines: Sequence[str]) -> Manner:
    """Look over a document once for what its lines are to be held beside."""
    labels = Counter(label for line in lines if (label := label_of(line)))
    return Manner(
        frozenset(SMALL_WORD.findall(text)),
        frozenset(label for label, n in labels.items() if n >= FEWEST_LABELS),
    )
