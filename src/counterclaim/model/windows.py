"""Windows: passages as runs of word pieces that the encoder can read, and batches of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from counterclaim.model.labels import Ints, Pieces
from counterclaim.records.text import Span

_CLOSERS = "”\"’') \t"
"""What may stand between the stop of a sentence and the next one."""


@dataclass(frozen=True, slots=True)
class PassageWindow:
    """One passage, or a part of a long one, between the two marks that the encoder wants."""

    passage: int
    """Index of the passage."""
    ids: Ints
    """Piece ids with ``[CLS]`` before and ``[SEP]`` behind. Shape: (pieces,)."""
    offsets: Ints
    """Characters of each piece in the passage, half-open; (0, 0) for the marks. Shape: (pieces, 2)."""

    def characters(self, pieces: Pieces) -> Span:
        """Return the characters of a run of pieces."""
        return Span(int(self.offsets[pieces[0], 0]), int(self.offsets[pieces[1] - 1, 1]))


def cut_points(text: str, offsets: Ints, most: int) -> Iterator[Pieces]:
    """Cut a passage into runs of at most so many pieces, at sentence ends where there are any.

    Args:
        text: The passage.
        offsets: Characters of its pieces. Shape: (pieces, 2).
        most: Pieces a run may have.

    Yields:
        Ranges of pieces that cover the passage.
    """
    start, pieces = 0, len(offsets)
    while pieces - start > most:
        end = start + most
        at = next(
            (at for at in range(end, start + most // 2, -1) if _ends_sentence(text, offsets, at)),
            end,
        )
        yield start, at
        start = at
    if start < pieces:
        yield start, pieces


def _ends_sentence(text: str, offsets: Ints, at: int) -> bool:
    """Return whether a sentence ends before a piece, and a space parts them."""
    before = text[offsets[at - 1, 0] : offsets[at, 0]].rstrip(_CLOSERS)
    return bool(offsets[at, 0] > offsets[at - 1, 1]) and before[-1:] in {".", "!", "?"}


def make_window(passage: int, ids: Ints, offsets: Ints, marks: tuple[int, int]) -> PassageWindow:
    """Put the two marks around a run of pieces.

    Args:
        passage: Index of the passage.
        ids: Shape: (pieces,).
        offsets: Shape: (pieces, 2).
        marks: Ids of ``[CLS]`` and ``[SEP]``.
    """
    nothing = np.zeros((1, 2), dtype=np.int64)
    return PassageWindow(
        passage,
        np.concatenate(([marks[0]], ids, [marks[1]])),
        np.concatenate((nothing, offsets, nothing)),
    )


def batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Group indices of like length so that rows times the longest stays within ``most``."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * lengths[index] > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def distance_to(cue: Pieces, pieces: int) -> Ints:
    """Return the signed distance of each piece to a cue, 0 on the cue itself. Shape: (pieces,)."""
    at = np.arange(pieces, dtype=np.int64)
    distance: Ints = np.minimum(at - cue[0], 0) + np.maximum(at - (cue[1] - 1), 0)
    return distance
