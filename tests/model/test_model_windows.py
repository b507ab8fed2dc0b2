"""Windows cover their passages, and batches every window once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.model.windows import batches, cut_points, distance_to


def offsets_of(text: str) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """One piece a word."""
    found, at = [], 0
    for word in text.split(" "):
        found.append((at, at + len(word)))
        at += len(word) + 1
    return np.array(found, dtype=np.int64)


def test_model_cut_points_prefer_the_end_of_a_sentence() -> None:
    text = "They came at dawn. They left at noon and nobody saw them."
    assert list(cut_points(text, offsets_of(text), 6)) == [(0, 4), (4, 10), (10, 12)]


@given(
    st.lists(st.sampled_from(["a", "b.", "c,", "d!”"]), min_size=1, max_size=60), st.integers(1, 9)
)
def test_model_cut_points_cover_the_passage(words: list[str], most: int) -> None:
    text = " ".join(words)
    cuts = list(cut_points(text, offsets_of(text), most))
    assert [at for start, end in cuts for at in range(start, end)] == list(range(len(words)))
    assert all(end - start <= most for start, end in cuts)


@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 200))
def test_model_batches_hold_every_window_once(lengths: list[int], most: int) -> None:
    found = list(batches(lengths, most))
    assert sorted(index for batch in found for index in batch) == list(range(len(lengths)))
    for batch in found:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= most


def test_model_distance_is_nought_on_the_cue() -> None:
    assert distance_to((2, 4), 6).tolist() == [-2, -1, 0, 0, 1, 2]
