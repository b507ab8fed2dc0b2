"""Viterbi: the best allowed sequence of labels, for many rows at once."""

import numpy as np

from counterclaim.model.labels import CUE_LABELS, ROLE_LABELS, Floats, Labels, Pieces

FORBIDDEN = -1e4
"""Log probability of what a decoder may not choose."""


def transitions(labels: tuple[str, ...]) -> Floats:
    """Score pairs of labels: ``I-X`` follows only ``B-X`` or ``I-X``.

    Returns:
        Shape (labels + 1, labels): from, to; the last row is for the first piece.
    """
    allowed = np.zeros((len(labels) + 1, len(labels)), dtype=np.float32)
    for after, label in enumerate(labels):
        for before, other in enumerate((*labels, "O")):
            if label.startswith("I-") and other[1:] != label[1:]:
                allowed[before, after] = FORBIDDEN
    return allowed


CUE_TRANSITIONS = transitions(CUE_LABELS)
ROLE_TRANSITIONS = transitions(ROLE_LABELS)


def log_softmax(scores: Floats) -> Floats:
    """Turn scores into log probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    normal: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return normal


def best_labels(scores: Floats, pairs: Floats) -> Labels:
    """Find the best allowed label sequence of each row.

    Args:
        scores: Log probabilities; padding must score 0 for ``O`` and far below for the others.
            Shape: (rows, pieces, labels).
        pairs: As ``transitions`` gives them.

    Returns:
        Shape: (rows, pieces).
    """
    rows, pieces, labels = scores.shape
    came_from = np.zeros((rows, pieces, labels), dtype=np.int8)
    total = scores[:, 0] + pairs[-1]
    for at in range(1, pieces):
        ways = total[:, :, None] + pairs[:-1]
        came_from[:, at] = ways.argmax(axis=1)
        total = ways.max(axis=1) + scores[:, at]
    best = np.empty((rows, pieces), dtype=np.int8)
    best[:, -1] = total.argmax(axis=1)
    every = np.arange(rows)
    for at in range(pieces - 1, 0, -1):
        best[:, at - 1] = came_from[every, at, best[:, at]]
    return best


def runs(labels: Labels, begin: int) -> list[Pieces]:
    """Return the runs of pieces labelled ``begin`` (B-) or ``begin + 1`` (I-)."""
    found: list[Pieces] = []
    for at in np.flatnonzero((labels == begin) | (labels == begin + 1)).tolist():
        if found and found[-1][1] == at and labels[at] != begin:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
