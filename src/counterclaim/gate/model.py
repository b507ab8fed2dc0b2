"""The linear model over hashed words, as shipped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.errors import CounterclaimError
from counterclaim.gate.features import BUCKETS, hash_words

DATA = Path(__file__).parent / "data"


class GateError(CounterclaimError):
    """The gate cannot be opened."""


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """A linear model over hashed words. A text passes whose score reaches the threshold."""

    name: str
    """Names the weights by their digest: part of what a manifest says of a run."""
    weights: NDArray[np.float32]
    """One for each bucket. Shape: (BUCKETS,)."""
    bias: float
    threshold: float
    card: Mapping[str, Any]
    """What it was trained on and what it loses, by war and kind of text."""

    def score(self, text: str) -> float:
        """Return how much a text looks like one on armed conflict: log-odds, 0 at even chances."""
        buckets = np.fromiter(hash_words(text), np.intp)
        if not buckets.size:
            return self.bias
        return self.bias + float(self.weights[buckets].sum() / np.sqrt(buckets.size))

    def lets_pass(self, text: str) -> bool:
        """Return whether a text may tell of armed conflict."""
        return self.score(text) >= self.threshold

    def at(self, threshold: float) -> "Gate":
        """Return the same gate with another threshold."""
        return replace(self, threshold=threshold)


@cache
def open_gate(folder: Path = DATA) -> Gate:
    """Open the shipped gate.

    Args:
        folder: Where ``gate.npz`` and ``gate.json`` stand.

    Raises:
        GateError: If they are not there, or are not the ones that belong together.
    """
    try:
        told = json.loads((folder / "gate.json").read_text("utf-8"))
        with np.load(folder / "gate.npz", allow_pickle=False) as stored:
            codes = stored["codes"]
    except (OSError, ValueError, KeyError) as error:
        raise GateError(
            f"the gate's weights cannot be read ({error}): install the package anew, or pass --no-gate"
        ) from error
    if codes.shape != (BUCKETS,):
        raise GateError(
            f"the gate has {codes.size:,} weights where {BUCKETS:,} belong: install the package anew"
        )
    weights = codes.astype(np.float32) * np.float32(told["step"])
    return Gate(told["name"], weights, told["bias"], told["threshold"], told["card"])
