"""A reader thread, read: what each comment does, what of it can be checked, whom it answers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterclaim.discussion.acts import types_of
from counterclaim.discussion.bodies import Body, body_of, names_in, repeated_names
from counterclaim.discussion.checkable import find_checkable
from counterclaim.discussion.clauses import sentences_of
from counterclaim.discussion.replies import answered
from counterclaim.discussion.verifiability import open_verifiability
from counterclaim.discussion.words import stands_in
from counterclaim.records.text import Comment, Division, Document, Span, Verifiability

CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")

REFERENCE = re.compile(
    r"(?i)\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those)\b"
)
"""Words that point back to what the thread or the report is about."""

STEM = 5
"""Letters by which two words count as one: border and borders, ceasefire and ceasefires."""

BY_WEIGHT: tuple[Verifiability, ...] = ("verifiable", "own experience")
"""What one sentence makes of a whole comment, the first that any of them has."""

FEWEST_OFF_TOPIC = 4
"""Content words a comment must have before it can be said to be off the topic."""


@dataclass(frozen=True, slots=True)
class ThreadContext:
    """What the whole document gives to the reading of one comment."""

    text: str
    bodies: Sequence[Body]
    report_names: frozenset[str]
    known: frozenset[str]
    """Names of the report and of every comment, in small letters."""
    small: frozenset[str]
    """Words that the document writes in small letters."""
    told: Sequence[Span] = ()
    """Words of claims read in the comments, told as done, lost or agreed."""


def read_comments(
    document: Document, division: Division, told: Sequence[Span] = ()
) -> tuple[Comment, ...]:
    """Read the comments under a report.

    Args:
        document: The document.
        division: As segmentation divided it.
        told: Words of claims that were read in the comments, told as done, lost or agreed.

    Returns:
        The division's comments in order, with types, checkable spans and replies. Each span of
        ``checkable`` lies inside its comment; ``reply_to`` is always an earlier position.
    """
    text = document.text
    if not division.comments:
        return ()
    bodies = [body_of(text, comment) for comment in division.comments]
    report = text[division.report.start : division.report.end]
    small = frozenset(SMALL_WORD.findall(text))
    repeated = repeated_names(text, small)
    names = names_in(report, repeated, small)
    known = repeated.union(names, *(names_in(body.words, small=small) for body in bodies))
    setting = ThreadContext(text, bodies, names, known, small, told)
    stems = [_stems(body.words) for body in bodies]
    shared = Counter(stem for own in (_stems(report), *stems) for stem in own)
    return tuple(_read(i, setting, is_apart=_is_apart(own, shared)) for i, own in enumerate(stems))


def _read(at: int, setting: ThreadContext, *, is_apart: bool) -> Comment:
    body = setting.bodies[at]
    reply_to = answered(at, setting.bodies, setting.report_names, setting.small)
    checkable = find_checkable(setting.text, body, setting.known, setting.small, setting.told)
    is_reply = reply_to is not None or stands_in("voice", body.words, "answers", "vocative")
    types = types_of(
        body,
        has_checkable=bool(checkable),
        is_reply=is_reply,
        is_off_topic=is_apart and not is_reply and REFERENCE.search(body.words) is None,
    )
    return replace(
        body.comment,
        types=types,
        checkable=checkable,
        verifiability=_verifiability(setting.text, body, checkable),
        reply_to=reply_to,
    )


def _verifiability(text: str, body: Body, checkable: Sequence[Span]) -> Verifiability:
    """Tell whether others can check anything in a comment, or the writer alone lived through it."""
    model = open_verifiability()
    labels = {
        "own experience" if model.tells_own(text[span.start : span.end]) else "verifiable"
        for span in checkable
    }
    if not labels:
        labels |= {
            model.label(sentence)
            for line in body.words.splitlines()
            for sentence in sentences_of(line)
        }
    return next((label for label in BY_WEIGHT if label in labels), "unverifiable")


def _stems(words: str) -> frozenset[str]:
    return frozenset(w[:STEM].lower() for w in CONTENT_WORD.findall(words))


def _is_apart(own: frozenset[str], shared: Counter[str]) -> bool:
    """Return whether a comment has nothing in common with the report or any other comment."""
    return len(own) >= FEWEST_OFF_TOPIC and all(shared[stem] == 1 for stem in own)
