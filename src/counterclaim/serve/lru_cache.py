"""LRU cache: things that take long to make, kept while the ledger stays as it is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

Thing = TypeVar("Thing")

ROOM = 48
"""Things kept; the one used longest ago goes first."""


class LruCache:
    """A small cache that threads may share. A key must name all that its thing depends on."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._things: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return the thing of a key, made now if it is not there.

        Two who ask at once may both make it: the later stays, and neither waits for the other.
        """
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return cast("Thing", self._things[key])
        thing = make()
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._room:
                self._things.popitem(last=False)
        return thing
