"""Whether a proposition can be verified, and by whom: a linear model over hashed features, as shipped."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.discussion.proposition_features import BLOCKS, BUCKETS, features_of
from counterclaim.errors import CounterclaimError
from counterclaim.records.text import VERIFIABILITIES, Verifiability

DATA = Path(__file__).parent / "data"


SURELY_OWN = 0.8
"""Probability from which on a stretch that the signs mark as checkable is its writer's own experience."""


class VerifiabilityError(CounterclaimError):
    """The model of verifiability cannot be opened."""


@dataclass(frozen=True, slots=True, eq=False)
class VerifiabilityModel:
    """A linear model over hashed features, one row of weights for each label."""

    name: str
    """Names the weights by their digest."""
    weights: NDArray[np.float32]
    """Shape: (labels, BUCKETS)."""
    bias: NDArray[np.float32]
    """Shape: (labels,)."""
    card: Mapping[str, Any]
    """What it was trained on, its figures and its limits."""

    def chances(self, words: str) -> dict[Verifiability, float]:
        """Return the probability of each label for one proposition.

        Args:
            words: A sentence or a clause, as its reader wrote it.
        """
        scores = self.bias.astype(np.float64)
        found = features_of(words)
        for block in BLOCKS:
            if found[block]:
                at = np.fromiter(found[block], np.intp)
                scores += self.weights[:, at].sum(axis=1) / np.sqrt(at.size)
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return {label: float(shares[i]) for i, label in enumerate(VERIFIABILITIES)}

    def tells_own(self, words: str) -> bool:
        """Return whether what can be checked in a proposition is surely what its writer lived through."""
        return self.chances(words)["own experience"] >= SURELY_OWN

    def label(self, words: str) -> Verifiability:
        """Return the likeliest label of one proposition."""
        shares = self.chances(words)
        return max(VERIFIABILITIES, key=lambda label: shares[label])


@cache
def open_verifiability(folder: Path = DATA) -> VerifiabilityModel:
    """Open the shipped model.

    Args:
        folder: Where ``verifiability.npz`` and ``verifiability.json`` stand.

    Raises:
        VerifiabilityError: If they are not there, or are not the ones that belong together.
    """
    try:
        told = json.loads((folder / "verifiability.json").read_text("utf-8"))
        with np.load(folder / "verifiability.npz", allow_pickle=False) as stored:
            codes = stored["codes"]
    except (OSError, ValueError, KeyError) as error:
        raise VerifiabilityError(
            f"the weights of verifiability cannot be read ({error}): install the package anew"
        ) from error
    if codes.shape != (len(VERIFIABILITIES), BUCKETS) or told["name"] != name_of(codes):
        raise VerifiabilityError(
            "the weights of verifiability are not those of their card: install the package anew"
        )
    weights = codes.astype(np.float32) * np.float32(told["step"])
    return VerifiabilityModel(
        told["name"], weights, np.array(told["bias"], np.float32), told["card"]
    )


def name_of(codes: NDArray[np.int8]) -> str:
    """Return the name of some weights: their digest."""
    return f"verifiability-{hashlib.sha256(codes.tobytes()).hexdigest()[:12]}"
