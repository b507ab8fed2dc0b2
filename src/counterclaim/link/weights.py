"""Weights: what each agreement is worth, read from a data file; their sum is the chance of one happening."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counterclaim.records.link import Link, ScorePart

CONSTANT = "constant"
"""The name of the part that every comparison starts from."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression, kept as named numbers."""

    constant: float
    by_name: Mapping[str, float]
    threshold: float
    """Mean chance from which two groups are one."""

    def link(self, left: str, right: str, features: Mapping[str, float]) -> Link:
        """Weigh the features of two records.

        Args:
            left: Id of one.
            right: Id of the other; the order of the two does not matter.
            features: By name; names without a weight are left out, and show as no part.
        """
        first, second = sorted((left, right))
        parts = (
            ScorePart(CONSTANT, 1.0, self.constant),
            *(
                ScorePart(name, features[name], weight * features[name])
                for name, weight in self.by_name.items()
                if name in features
            ),
        )
        points = math.fsum(part.points for part in parts)
        return Link(
            left=first, right=second, parts=parts, points=points, chance=probability(points)
        )

    def chance_of(self, features: Mapping[str, float]) -> float:
        """Return the chance alone, where no reasons are asked for."""
        points = math.fsum(
            [
                self.constant,
                *(
                    weight * features[name]
                    for name, weight in self.by_name.items()
                    if name in features
                ),
            ]
        )
        return probability(points)


def probability(points: float) -> float:
    """Turn a logarithm of odds into a chance, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))


@cache
def load_weights(name: str) -> Weights:
    """Load data/weights.json's set of this name: ``dated``, ``undated`` or ``claims``."""
    text = (files("counterclaim.link") / "data" / "weights.json").read_text("utf-8")
    row = json.loads(text)[name]
    return Weights(row["constant"], row["weights"], row["threshold"])
