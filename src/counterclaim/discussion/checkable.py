"""Which stretches of a comment state something true or false of the world."""

import re
from collections.abc import Iterator, Sequence

from counterclaim.discussion.bodies import Body, names_in
from counterclaim.discussion.clauses import Clause, clauses_of
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

PRONOUN = re.compile(r"(?i)(?:he|she|they|it|these|those|this)\b")

ENOUGH = 0.5
"""Log-odds from which on a clause is given as checkable."""


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
        propositions of readers' comments, those of war matters set by hand beside them.
    """
    return tuple(_checkable(text, body, known, small, told))


def _checkable(
    text: str, body: Body, known: frozenset[str], small: frozenset[str], told: Sequence[Span]
) -> Iterator[Span]:
    has_named = False
    for line in body.lines:
        for clause in clauses_of(text, line):
            names = len(names_in(clause.words, known, small))
            weight = weigh(clause, names, has_named=has_named)
            if weight + TOLD * any(clause.span.meets(span) for span in told) >= ENOUGH:
                yield clause.span
            has_named = has_named or names > 0


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
