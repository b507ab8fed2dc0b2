"""Comparison cache: comparisons made before, so that a claim that many reports come near is not weighed anew for each."""

from collections.abc import Callable, Hashable
from itertools import count
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

next_serial = count().__next__
"""Gives a number that nothing else in this process has: comparisons are remembered by the numbers of two sides."""


class Memory(Generic[_Key, _Value]):
    """What was worked out, by what it was worked out from; when full, everything is forgotten at once.

    Only for what depends on its key alone. It may be used from several threads: at worst they work out
    the same twice.

    Example:
        >>> memory = Memory[str, int](most=2)
        >>> memory.get("Ost", lambda: 3), memory.get("Ost", lambda: 4)
        (3, 3)
    """

    def __init__(self, most: int) -> None:
        """Begin empty.

        Args:
            most: Values to keep.
        """
        self._most = most
        self._kept: dict[_Key, _Value] = {}

    def get(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        """Return what is kept under a key, or make and keep it."""
        kept = self._kept
        try:
            return kept[key]
        except KeyError:
            value = make()
        if len(kept) >= self._most:
            self._kept = kept = {}
        kept[key] = value
        return value

    def forget(self) -> None:
        """Forget everything."""
        self._kept = {}
