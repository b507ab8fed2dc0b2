"""Reader claims: what readers say in the checkable stretches of their comments, read as a report is, filed nowhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from counterclaim.records.claim import Claim
from counterclaim.records.reading import Reading
from counterclaim.records.text import Comment, Document, Span

MOST_READ = 300
"""Comments of one thread that are read for claims; longer threads are read to there."""

ReadDocument = Callable[[Document], Reading]


def read_reader_claims(
    document: Document, comments: Sequence[Comment], read: ReadDocument
) -> tuple[Claim, ...]:
    """Read what readers say, comment by comment, so that nobody's *they* is another's.

    Args:
        document: With the comments under it.
        comments: As ``discussion`` read them.
        read: Reads one short text as a report without an outlet.

    Returns:
        Claims in reading order; each one's span meets a checkable stretch, and is the document's.
    """
    asked = [comment for comment in comments if comment.checkable][:MOST_READ]
    return tuple(claim for comment in asked for claim in _claims_of(document, comment, read))


def _claims_of(document: Document, comment: Comment, read: ReadDocument) -> Iterator[Claim]:
    text = document.words(comment.span)
    published = document.published
    reading = read(Document(text=text, name=document.name, published=published))
    for claim in reading.claims:
        moved: Claim = move(claim, comment.span.start)
        if any(moved.span.meets(span) for span in comment.checkable):
            yield replace(moved, document_id=document.id, attribution_id=None)


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
