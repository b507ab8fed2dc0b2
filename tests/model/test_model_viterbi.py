"""The decoder gives the best allowed sequence, and nothing that is not allowed."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.model.labels import CUE_LABELS, ROLE_LABELS
from counterclaim.model.viterbi import (
    CUE_TRANSITIONS,
    ROLE_TRANSITIONS,
    best_labels,
    log_softmax,
    runs,
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_model_viterbi_is_the_best_of_all_sequences(seed: int, pieces: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(1, pieces, 3)).astype(np.float32)

    def worth(labels: tuple[int, ...]) -> float:
        before = (3, *labels)
        return float(
            sum(scores[0, at, label] for at, label in enumerate(labels))
            + sum(CUE_TRANSITIONS[a, b] for a, b in zip(before, labels, strict=False))
        )

    best = max(product(range(3), repeat=pieces), key=worth)
    assert tuple(best_labels(scores, CUE_TRANSITIONS)[0].tolist()) == best


@pytest.mark.parametrize("labels", [CUE_LABELS, ROLE_LABELS], ids=["cues", "roles"])
def test_model_viterbi_never_starts_a_run_inside(labels: tuple[str, ...]) -> None:
    pairs = CUE_TRANSITIONS if labels is CUE_LABELS else ROLE_TRANSITIONS
    scores = np.random.default_rng(1).normal(size=(20, 30, len(labels))).astype(np.float32)
    for row in best_labels(scores, pairs):
        before = "O"
        for label in (labels[index] for index in row):
            assert not label.startswith("I-") or before[1:] == label[1:]
            before = label


def test_model_runs_part_two_that_touch() -> None:
    assert runs(np.array([0, 1, 2, 1, 0, 2, 2], dtype=np.int8), 1) == [(1, 3), (3, 4), (5, 7)]


def test_model_log_softmax_sums_to_one() -> None:
    scores = np.array([[[1000.0, 0.0, -1000.0]]], dtype=np.float32)
    assert np.exp(log_softmax(scores)).sum() == pytest.approx(1.0)
