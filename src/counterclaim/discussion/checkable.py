"""Which stretches of a comment state something true or false of the world."""

import re
from collections.abc import Iterator, Sequence
from math import log

from counterclaim.discussion.bodies import Body, names_in
from counterclaim.discussion.clauses import Clause, clauses_of
from counterclaim.discussion.verifiability import open_verifiability
from counterclaim.discussion.words import signs_of
from counterclaim.records.text import Span

PLAIN = -0.9
"""Log-odds that a clause can be checked when nothing tells: of 6,300 propositions in readers'
comments on public rules 16 % state something of the world beyond the writer's own life; clauses on a
war are higher, since most of them name a party."""

NAMED = 0.6
"""Log-odds that a name adds: a claim on somebody can be held beside the ledger."""

NAMED_BOTH = 0.4
"""Log-odds that a second name adds: who and whom, or who and where."""

REFERRED = 0.3
"""Log-odds of a clause about he, they or it, when the comment has named somebody before."""

TOLD = 1.0
"""Log-odds of a clause in which the reader of reports found something told as done, lost or agreed; set by hand."""

LEARNT = 0.3
"""Weight of the log-odds that the model of verifiability adds."""

MOST_LEARNT = 2.0
"""Log-odds that the model adds at most, and none against: it was trained on other subjects than war, and on threads on
one the signs alone find what it would take away."""

PRONOUN = re.compile(r"(?i)(?:he|she|they|it|these|those|this)\b")

ENOUGH = 0.5
"""Log-odds from which on a clause is given as checkable."""


def find_marked(
    text: str, body: Body, known: frozenset[str], small: frozenset[str]
) -> tuple[Span, ...]:
    """Find what the signs of the lexicon alone mark as stating something of the world.

    Args:
        text: The document's text.
        body: One comment.
        known: Names that the document knows, in small letters.
        small: Words that the document writes in small letters.
    """
    return tuple(_checkable(text, body, known, small, (), learnt=0.0))


def find_checkable(
    text: str,
    body: Body,
    known: frozenset[str],
    small: frozenset[str],
    told: Sequence[Span] = (),
) -> tuple[Span, ...]:
    """Find the clauses that state something of the world.

    Not checkable are questions, wishes, thoughts, forecasts and tastes, nor what names nobody and
    counts nothing.

    Args:
        text: The document's text.
        body: One comment.
        known: Names that the document knows, in small letters.
        small: Words that the document writes in small letters.
        told: Words of claims read in the thread, told as done, lost or agreed.

    Returns:
        Spans in reading order, without end marks.

    Source:
        The signs' weights are hand-rounded log ratios between verifiable and unverifiable
        propositions of readers' comments, those of war matters set by hand beside them. What a model
        learnt from the same propositions is added where it speaks for a clause.
    """
    return tuple(_checkable(text, body, known, small, told, learnt=LEARNT))


def _checkable(
    text: str,
    body: Body,
    known: frozenset[str],
    small: frozenset[str],
    told: Sequence[Span],
    *,
    learnt: float,
) -> Iterator[Span]:
    has_named = False
    for line in body.lines:
        for clause in clauses_of(text, line):
            names = len(names_in(clause.words, known, small))
            weight = weigh(clause, names, has_named=has_named)
            weight += TOLD * any(clause.span.meets(span) for span in told)
            if learnt and 0 < ENOUGH - weight <= learnt * MOST_LEARNT:
                weight += learnt * _learnt_of(clause.words)
            if weight >= ENOUGH:
                yield clause.span
            has_named = has_named or names > 0


def _learnt_of(words: str) -> float:
    """Return the log-odds that a model adds: none where the three labels are as likely."""
    share = open_verifiability().chances(words)["verifiable"]
    odds = log(max(share, 1e-6) / max(1 - share, 1e-6)) - log(1 / 2)
    return max(0.0, min(MOST_LEARNT, odds))


def weigh(clause: Clause, names: int, *, has_named: bool = False) -> float:
    """Return the log-odds that a clause can be checked.

    Args:
        clause: The clause.
        names: How many names stand in it.
        has_named: Whether the comment has named somebody before.
    """
    signs = [sign for sign in signs_of("stance") if sign.pattern.search(clause.words)]
    counts = any(sign.id in {"tells-number", "tells-year"} for sign in signs)
    refers = has_named and PRONOUN.match(clause.words) is not None
    if not names and not counts and not refers:
        return float("-inf")
    score = PLAIN + sum(sign.weight for sign in signs)
    score += NAMED + NAMED_BOTH * (names > 1) if names else REFERRED * refers
    if clause.sentence.rstrip('"”’) ').endswith("?"):
        score += next(s.weight for s in signs_of("stance") if s.id == "not-asking")
    return score
