"""Decoding: from the networks' scores to cues, sources and contents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from counterclaim.model.labels import Floats, Labels, Pieces
from counterclaim.model.tagged import Tagged
from counterclaim.model.viterbi import (
    CUE_TRANSITIONS,
    FORBIDDEN,
    ROLE_TRANSITIONS,
    best_labels,
    log_softmax,
    runs,
)
from counterclaim.model.windows import PassageWindow

_SOURCE, _CONTENT = 1, 3
"""Where B-SOURCE and B-CONTENT stand in ROLE_LABELS."""


@dataclass(frozen=True, slots=True)
class CueFound:
    """A cue in a window of a batch."""

    row: int
    """Row of its window in the batch."""
    window: PassageWindow
    pieces: Pieces
    probability: float


def find_cues(windows: Sequence[PassageWindow], scores: Floats, bias: float) -> list[CueFound]:
    """Read the cues off the encoder's scores.

    Args:
        windows: Of the batch, in the order of its rows.
        scores: Shape: (windows, pieces, CUE_LABELS).
        bias: Taken from the score of every B-CUE; positive finds fewer cues.
    """
    sure = log_softmax(scores)
    for row, window in enumerate(windows):
        _only_outside(sure[row], 0, 1)
        _only_outside(sure[row], len(window.ids) - 1, sure.shape[1])
    inside = 1 - np.exp(sure[:, :, 0])
    biased = sure.copy()
    biased[:, :, 1] -= bias
    labels = best_labels(biased, CUE_TRANSITIONS)
    return [
        CueFound(row, window, (start, end), float(inside[row, start:end].max()))
        for row, window in enumerate(windows)
        for start, end in runs(labels[row], 1)
    ]


def read_roles(cues: Sequence[CueFound], scores: Floats) -> Iterator[tuple[int, Tagged]]:
    """Read each cue's source and content off the role network's scores.

    A cue without content is no attribution and gives nothing.

    Args:
        cues: One per row.
        scores: Shape: (cues, pieces, ROLE_LABELS).

    Yields:
        Index of the passage, and the attribution.
    """
    sure = log_softmax(scores)
    probabilities = np.exp(sure)
    for row, cue in enumerate(cues):
        _only_outside(sure[row], 0, 1)
        _only_outside(sure[row], *cue.pieces)
        _only_outside(sure[row], len(cue.window.ids) - 1, sure.shape[1])
    labels = best_labels(sure, ROLE_TRANSITIONS)
    for row, cue in enumerate(cues):
        tagged = _tagged(cue, labels[row], probabilities[row])
        if tagged is not None:
            yield cue.window.passage, tagged


def _tagged(cue: CueFound, labels: Labels, probabilities: Floats) -> Tagged | None:
    said = runs(labels, _CONTENT)
    if not said:
        return None
    source, sureness = _source(labels, probabilities, len(cue.window.ids) - 1)
    mass = sum(float(probabilities[start:end, _CONTENT:].sum()) for start, end in said)
    return Tagged(
        cue=cue.window.characters(cue.pieces),
        source=cue.window.characters(source) if source else None,
        content=tuple(map(cue.window.characters, said)),
        cue_probability=cue.probability,
        source_probability=sureness,
        content_probability=mass / sum(end - start for start, end in said),
    )


def _source(labels: Labels, probabilities: Floats, end: int) -> tuple[Pieces | None, float]:
    """Return the most probable run of source pieces and its mean probability."""
    mass = probabilities[:, _SOURCE:_CONTENT].sum(axis=-1)
    found = runs(labels, _SOURCE)
    if not found:
        return None, float(1 - mass[1:end].max(initial=0.0))
    means = [float(mass[start:stop].mean()) for start, stop in found]
    best = max(range(len(found)), key=means.__getitem__)
    return found[best], means[best]


def _only_outside(scores: Floats, start: int, end: int) -> None:
    """Leave pieces no label but O, in place. Shape of scores: (pieces, labels)."""
    scores[start:end, 0] = 0
    scores[start:end, 1:] = FORBIDDEN
