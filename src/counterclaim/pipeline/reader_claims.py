"""Reader claims: what readers say in their comments, read as a report is, filed nowhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from counterclaim.discussion.bodies import body_of
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event
from counterclaim.records.reading import Reading
from counterclaim.records.text import Comment, Document, Span

MOST_READ = 300
"""Comments of one thread that are read for claims; longer threads are read to there."""

FEWEST_WORDS = 3
"""Words of a comment that can hold a claim."""

OPEN = frozenset({"demanded", "foretold", "hypothetical"})
"""Tellings of events that tell of nothing done."""

OPEN_TRUCES = frozenset({"called for", "proposed"})

ReadDocument = Callable[[Document], Reading]


def read_reader_claims(
    document: Document, comments: Sequence[Comment], read: ReadDocument
) -> tuple[Claim, ...]:
    """Read what readers say, comment by comment, so that nobody's *they* is another's.

    Args:
        document: With the comments under it.
        comments: As they were set apart.
        read: Reads one short text as a report without an outlet.

    Returns:
        Claims in the comments' order; their spans are the document's.
    """
    return tuple(
        claim for comment in comments[:MOST_READ] for claim in _claims_of(document, comment, read)
    )


def told_in(claims: Sequence[Claim]) -> tuple[Span, ...]:
    """Return the words of claims that tell of something done, lost or agreed: no wishes, no forecasts."""
    return tuple(claim.span for claim in claims if _is_told(claim))


def only_checkable(claims: Sequence[Claim], comments: Sequence[Comment]) -> tuple[Claim, ...]:
    """Return the claims that stand in checkable stretches of comments."""
    stretches = [span for comment in comments for span in comment.checkable]
    return tuple(item for item in claims if any(item.span.meets(span) for span in stretches))


def _is_told(claim: Claim) -> bool:
    match claim.payload:
        case Event() as event:
            return event.telling not in OPEN
        case Ceasefire() as truce:
            return truce.status not in OPEN_TRUCES
        case payload:
            return isinstance(payload, Casualty)


def _claims_of(document: Document, comment: Comment, read: ReadDocument) -> Iterator[Claim]:
    text = _own_words(document, comment)
    if len(text.split()) < FEWEST_WORDS:
        return
    reading = read(Document(text=text, name=document.name, published=document.published))
    for claim in reading.claims:
        moved: Claim = move(claim, comment.span.start)
        yield replace(moved, document_id=document.id, attribution_id=None)


def _own_words(document: Document, comment: Comment) -> str:
    """Return a comment's words, as long as it is: the lines that a system set around them are blank.

    Else the reader whose name stands there would be taken for who is quoted.
    """
    start, words = comment.span.start, document.words(comment.span)
    shown = [" "] * len(words)
    for at, char in enumerate(words):
        if char.isspace():
            shown[at] = char
    for line in body_of(document.text, comment).lines:
        shown[line.start - start : line.end - start] = document.words(line)
    return "".join(shown)


def move(value: Any, by: int) -> Any:
    """Return a record with each span in it moved by so many characters.

    Example:
        >>> move((Span(0, 3), "Ost"), 10)
        (Span(start=10, end=13), 'Ost')
    """
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple(move(item, by) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{item.name: move(getattr(value, item.name), by) for item in fields(value)}
    )
