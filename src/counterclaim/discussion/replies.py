"""Whom a comment answers."""

import re
from collections.abc import Sequence

from counterclaim.discussion.bodies import Body, names_in
from counterclaim.discussion.words import stands_in

QUOTED = re.compile(r"[“\"«>]\s*([^”\"»\n]{20,})")
AT_NAME = re.compile(r"(?<!\w)@([\w.-]{2,30})")
VOCATIVE = re.compile(r"[A-Z]\w{2,20}(?=,)")
TO_NAME = re.compile(
    r"(?i)(?:repl(?:y|ying|ied) to|in (?:reply|response) to)(?: a comment (?:from|by))? (\S+)"
)
FIRST_SENTENCE = re.compile(r"[^.!?…\n]+")

REACH = 4
"""Comments back within which a name taken up ties two comments: farther, a thread returns to its
subjects of itself."""

SHARED_START = 40
"""Characters of a quotation that must stand in the comment quoted."""


def answered(
    at: int, bodies: Sequence[Body], report_names: frozenset[str], small: frozenset[str]
) -> int | None:
    """Tell which comment a comment answers.

    Accepts, in this order:
      1. words of an earlier comment, quoted
      2. the name of an earlier writer: "@toma", "Toma, ...", "Replying to Toma"
      3. words that answer whoever spoke last: "You are mistaken, sir"
      4. a name that the report does not have, and a comment shortly before brought in

    Args:
        at: Position of the comment among the bodies.
        bodies: The thread's comments in order.
        report_names: Names in the report, in small letters.
        small: Words that the document writes in small letters.

    Returns:
        Position of the comment answered, or None when that cannot be told.
    """
    if at == 0:
        return None
    body = bodies[at]
    quoted = _quoted(body, bodies[:at])
    if quoted is not None:
        return quoted
    named = _named(body, bodies[:at])
    if named is not None:
        return named
    if stands_in("voice", body.words, "answers", "vocative"):
        return at - 1
    return _taken_up(at, bodies, report_names, small)


def _quoted(body: Body, earlier: Sequence[Body]) -> int | None:
    for found in QUOTED.finditer(body.words):
        start = found.group(1).strip()[:SHARED_START]
        for i in range(len(earlier) - 1, -1, -1):
            if start in earlier[i].words:
                return i
    return None


def _named(body: Body, earlier: Sequence[Body]) -> int | None:
    names = [*AT_NAME.findall(body.words), *TO_NAME.findall(body.stamp)]
    names += VOCATIVE.findall(body.words[:30])[:1]
    for name in names:
        for i in range(len(earlier) - 1, -1, -1):
            if name.lower() in earlier[i].stamp.lower():
                return i
    return len(earlier) - 1 if AT_NAME.match(body.words) else None


def _taken_up(
    at: int, bodies: Sequence[Body], report_names: frozenset[str], small: frozenset[str]
) -> int | None:
    opening = FIRST_SENTENCE.match(bodies[at].words)
    if opening is None:
        return None
    for i in range(at - 1, max(-1, at - 1 - REACH), -1):
        brought = names_in(bodies[i].words, small=small) - report_names
        if brought & names_in(opening.group(), brought):
            return i
    return None
