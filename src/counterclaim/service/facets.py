"""Facets: rows that are narrowed by what they hold, and counted by it, in memory and in a millisecond.

A row holds any number of values of each facet. Rows are added and dropped, never changed.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet, and how many rows hold it."""

    value: str
    rows: int


class Facets:
    """Rows to which values are added; ``frozen`` gives what is asked."""

    def __init__(self, facets: Sequence[str], numbers: Sequence[str]) -> None:
        """Begin without rows.

        Args:
            facets: Names of what a row holds values of.
            numbers: Names of what a row holds one whole number of.
        """
        self._codes: dict[str, dict[str, int]] = {name: {} for name in facets}
        self._rows = {name: array("i") for name in facets}
        self._held = {name: array("i") for name in facets}
        self._numbers = {name: array("q") for name in numbers}
        self._alive = bytearray()
        self._frozen: Frozen | None = None

    def __len__(self) -> int:
        return len(self._alive)

    def add(self, values: Mapping[str, Iterable[str]], numbers: Mapping[str, int]) -> int:
        """Add a row; return its place."""
        row = len(self._alive)
        self._alive.append(1)
        for name, codes in self._codes.items():
            for value in values.get(name, ()):
                self._rows[name].append(row)
                self._held[name].append(codes.setdefault(value, len(codes)))
        for name, column in self._numbers.items():
            column.append(numbers[name])
        self._frozen = None
        return row

    def drop(self, row: int) -> None:
        """Let a row go."""
        self._alive[row] = 0
        self._frozen = None

    def frozen(self) -> "Frozen":
        """Return the rows as they stand."""
        if self._frozen is None:
            self._frozen = Frozen(
                values={name: tuple(codes) for name, codes in self._codes.items()},
                codes={name: dict(codes) for name, codes in self._codes.items()},
                rows={name: np.array(rows, dtype=np.int32) for name, rows in self._rows.items()},
                held={name: np.array(held, dtype=np.int32) for name, held in self._held.items()},
                numbers={
                    name: np.array(column, dtype=np.int64) for name, column in self._numbers.items()
                },
                alive=np.array(self._alive, dtype=np.bool_),
            )
        return self._frozen


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """Rows as they stood at one moment; threads may share it."""

    values: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, int]]
    rows: Mapping[str, NDArray[np.int32]]
    held: Mapping[str, NDArray[np.int32]]
    numbers: Mapping[str, NDArray[np.int64]]
    alive: Mask

    def holding(self, facet: str, value: str) -> Mask:
        """Hold for the rows that hold a value."""
        found = np.zeros(len(self.alive), dtype=np.bool_)
        code = self.codes[facet].get(value)
        if code is not None:
            found[self.rows[facet][self.held[facet] == code]] = True
        return found

    def among(self, rows: Iterable[int]) -> Mask:
        """Hold for the rows at some places."""
        found = np.zeros(len(self.alive), dtype=np.bool_)
        found[np.fromiter(rows, dtype=np.int64)] = True
        return found

    def count(self, facet: str, mask: Mask, most: int) -> tuple[FacetCount, ...]:
        """Count the rows of a mask by the values of a facet, the most frequent first."""
        names = self.values[facet]
        if not names:
            return ()
        counted = np.bincount(self.held[facet][mask[self.rows[facet]]], minlength=len(names))
        order = np.argsort(-counted, kind="stable")[:most]
        return tuple(
            FacetCount(names[int(place)], int(counted[place])) for place in order if counted[place]
        )


def narrowed(base: Mask, chosen: Mapping[str, Mask], without: str | None = None) -> Mask:
    """Return the rows of a base that pass what is chosen, but for one choice.

    Args:
        base: Rows that may be shown.
        chosen: Masks by facet.
        without: A facet whose own choice is left aside, so that its other values can be counted.
    """
    mask = base
    for name, held in chosen.items():
        if name != without:
            mask = mask & held
    return mask
