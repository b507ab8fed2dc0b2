"""Event type model: a small learned scorer that says which PLOVER type a sentence's main event has.

It is a linear model over hashed feature names, kept as 8-bit weights without any words. Without its
file the rules alone decide (``coders/events/plover.py``); both leave their trace.
"""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from counterclaim.records.claim import EventType

BUCKETS = 1 << 14
"""Hashed columns: half as many cost nearly 0.01 of accuracy, twice as many bring nothing."""

WEIGHTS = "events.npz"

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EventTypeModel:
    """Weights of the linear model."""

    labels: tuple[str, ...]
    """PLOVER types; ``YIELD`` stands for CONCEDE and RETREAT, which its texts do not tell apart."""
    weights: FloatArray
    """Shape: (BUCKETS, labels)."""
    bias: FloatArray
    """Shape: (labels,)."""

    def read(self, features: Collection[str]) -> "TypePrediction":
        """Score the labels for a sentence.

        Args:
            features: Names of the features that hold, from ``event_features``.
        """
        # A set has another order in every process, and floats add up differently in another order.
        names = tuple(sorted(features))
        if not names:
            even = np.full(len(self.labels), 1.0 / len(self.labels), dtype=np.float32)
            return TypePrediction(
                self.labels, (), np.zeros((0, len(self.labels)), np.float32), even
            )
        rows = self.weights[[bucket(name) for name in names]]
        scores = rows.sum(axis=0) / np.float32(len(names) ** 0.5) + self.bias
        powers = np.exp(scores - scores.max())
        return TypePrediction(self.labels, names, rows, cast("FloatArray", powers / powers.sum()))


@dataclass(frozen=True, slots=True)
class TypePrediction:
    """What the scorer makes of one sentence."""

    labels: tuple[str, ...]
    names: tuple[str, ...]
    """The features that held."""
    rows: FloatArray
    """Their weights. Shape: (names, labels)."""
    chances: FloatArray
    """Shape: (labels,), adding up to 1."""

    def best(self) -> tuple[str, float]:
        """Return the likeliest label with its chance."""
        index = int(self.chances.argmax())
        return self.labels[index], float(self.chances[index])

    def chance(self, label: str) -> float:
        """Return the chance of a label."""
        return float(self.chances[self.labels.index(label)])

    def reasons(self, label: str, most: int = 3) -> tuple[str, ...]:
        """Name the features that speak most for a label, for the trace."""
        weights = self.rows[:, self.labels.index(label)]
        order = np.argsort(-weights, kind="stable")[: most * 3]
        best = sorted((-float(weights[index]), self.names[index]) for index in order)
        return tuple(name for weight, name in best[:most] if weight < 0)


def bucket(name: str) -> int:
    """Return the column of a feature name."""
    return zlib.crc32(name.encode()) % BUCKETS


def hash_features(features: Collection[str]) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Turn feature names into columns and values.

    Returns:
        Columns, shape (features,), int64, in ascending order, a column that two names share kept
        once with both counted; values of the same shape, float32, with Euclidean length 1.
    """
    columns, counts = np.unique(
        np.fromiter((bucket(name) for name in features), dtype=np.int64), return_counts=True
    )
    return columns, counts.astype(np.float32) / np.float32(max(1, len(features)) ** 0.5)


@cache
def load_typer() -> EventTypeModel | None:
    """Load the shipped weights once; None where the file is missing or made for another width."""
    path = files("counterclaim.coders") / "data" / WEIGHTS
    if not path.is_file():
        return None
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
        return _unpacked({key: archive[key] for key in archive.files})


def _unpacked(archive: dict[str, npt.NDArray[Any]]) -> EventTypeModel | None:
    if archive["weights"].shape[0] != BUCKETS:
        return None
    weights = archive["weights"].astype(np.float32) * archive["scale"].astype(np.float32)
    return EventTypeModel(
        tuple(str(label) for label in archive["labels"]),
        weights,
        archive["bias"].astype(np.float32),
    )


def packed(
    labels: Sequence[str], weights: FloatArray, bias: FloatArray
) -> dict[str, npt.NDArray[Any]]:
    """Write weights as 8-bit numbers with one scale for each label."""
    scale = np.abs(weights).max(axis=0) / 127.0
    return {
        "labels": np.array(labels),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": bias.astype(np.float32),
    }


def split_yield(label: str, trigger_types: Sequence[str]) -> EventType:
    """Tell CONCEDE from RETREAT where the typer says only that somebody gives way.

    The nearest trigger decides; without one, words alone give way: CONCEDE.
    """
    if label != "YIELD":
        return cast("EventType", label)
    return next(
        (cast("EventType", name) for name in trigger_types if name in {"CONCEDE", "RETREAT"}),
        "CONCEDE",
    )


def typer_label(kind: EventType) -> str:
    """Return the scorer's label for a type."""
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind
