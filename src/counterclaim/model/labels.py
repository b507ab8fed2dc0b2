"""Labels and layout: what the numbers that go into and come out of the networks mean."""

import numpy as np
import numpy.typing as npt

LAYOUT = 2
"""Version of the inputs, outputs and labels; files of another layout are refused."""

CUE_LABELS = ("O", "B-CUE", "I-CUE")
ROLE_LABELS = ("O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT")

Pieces = tuple[int, int]
"""A half-open range of word pieces."""
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Labels = npt.NDArray[np.int8]
"""Indices into CUE_LABELS or ROLE_LABELS."""
