"""Chunks: a report's sentences in stretches that fit one question, each overlapping the one before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterclaim.records.text import Span

OVERLAP = 2
"""Sentences repeated from the end of the stretch before, so that "it added" has its "it"."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One sentence under the number by which the reader may point to it."""

    number: int
    """From 1, over the whole report."""
    span: Span
    passage: Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences asked about together."""

    sentences: tuple[Numbered, ...]
    repeated: int = 0
    """How many at its beginning stand in the chunk before."""


def make_chunks(sentences: Sequence[Numbered], most: int) -> Iterator[Chunk]:
    """Divide sentences into chunks of at most so many characters; a longer sentence stands alone.

    Args:
        sentences: In reading order.
        most: Characters.
    """
    at, repeated = 0, 0
    while at + repeated < len(sentences):
        end, size = at, 0
        while end < len(sentences) and (
            end <= at + repeated or size + len(sentences[end].span) <= most
        ):
            size += len(sentences[end].span)
            end += 1
        yield Chunk(tuple(sentences[at:end]), repeated)
        if end == len(sentences):
            return
        kept = sentences[max(at, end - OVERLAP) : end]
        small = sum(len(item.span) for item in kept) <= most // 2
        repeated = len(kept) if small and len(kept) < end - at else 0
        at = end - repeated
