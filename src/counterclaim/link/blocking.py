"""Blocking: which documents are compared at all, so that the work grows with neighbours, not pairs.

Two documents are compared when they share a key in the same week or the one beside it, or ``FAR_KEYS``
keys whatever the days between them. A name that is always in the news costs only the weeks around: a
key in more than ``CROWDED`` documents no longer reaches far, one in more than ``PACKED`` of a week not
even near. Those two limits bound the work for one document, and are the one place where the order of
arrival can tell.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import Generic, TypeVar

from counterclaim.link.document_features import DocumentFeatures

NEAR = 7
"""Days of a week: one shared key is enough within the same one and those beside it."""

FAR_KEYS = 2
"""Shared keys that are enough at any distance."""

CROWDED = 60
"""Documents with a key beyond which it reaches only the weeks around."""

PACKED = 150
"""Documents of one week with a key beyond which it tells nothing: everybody writes of it."""

_Name = TypeVar("_Name", bound=Hashable)


class BlockingIndex(Generic[_Name]):
    """An index of documents by their keys."""

    def __init__(self) -> None:
        self._weeks: defaultdict[tuple[str, int | None], list[_Name]] = defaultdict(list)
        self._all: defaultdict[str, list[_Name]] = defaultdict(list)

    def add(self, name: _Name, telling: DocumentFeatures) -> None:
        """Put a document under its keys."""
        week = None if telling.published is None else telling.published // NEAR
        for key in telling.keys:
            if len(self._weeks[key, week]) <= PACKED:
                self._weeks[key, week].append(name)
            if len(self._all[key]) <= CROWDED:
                self._all[key].append(name)

    def neighbours(self, telling: DocumentFeatures) -> set[_Name]:
        """Return the documents to compare with this one."""
        found: set[_Name] = set()
        far: Counter[_Name] = Counter()
        for key in telling.keys:
            for week in _weeks(telling.published):
                near = self._weeks.get((key, week), ())
                if len(near) <= PACKED:
                    found.update(near)
            everywhere = self._all.get(key, ())
            if len(everywhere) <= CROWDED:
                far.update(everywhere)
        return found.union(name for name, shared in far.items() if shared >= FAR_KEYS)


def _weeks(published: int | None) -> tuple[int | None, ...]:
    if published is None:
        return (None,)
    week = published // NEAR
    return (week - 1, week, week + 1)
