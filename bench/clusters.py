"""Groups against gold groups: B3 and pairwise F1, for items that may be in several groups."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

_Item = TypeVar("_Item", bound=Hashable)
Keys = Mapping[_Item, frozenset[str]]


def measure(gold: Keys[_Item], found: Keys[_Item]) -> dict[str, float]:
    """Measure groups.

    Args:
        gold: The groups of each item.
        found: The same as found; a missing item stands alone.

    Returns:
        ``b3`` (F1 of the mean share of an item's companions that are right, and of the right ones that
        are there; an item is its own companion), ``pairwise`` (F1 of pairs), and the precision and
        recall of both. Two items are companions when they share any group.

    Source:
        Bagga and Baldwin 1998 for B3.
    """
    right, kept = _companions(gold), _companions(found)
    precision = recall = 0.0
    both = told = true = 0
    for item in gold:
        mine, theirs = kept.get(item, {item}) & gold.keys(), right[item]
        shared = len(mine & theirs)
        precision += shared / len(mine)
        recall += shared / len(theirs)
        both, told, true = both + shared - 1, told + len(mine) - 1, true + len(theirs) - 1
    size = len(gold) or 1
    return {
        "b3": round(_f1(precision / size, recall / size), 4),
        "b3 precision": round(precision / size, 4),
        "b3 recall": round(recall / size, 4),
        "pairwise": round(_f1(both / told if told else 0.0, both / true if true else 0.0), 4),
        "pairwise precision": round(both / told if told else 0.0, 4),
        "pairwise recall": round(both / true if true else 0.0, 4),
    }


def _companions(keys: Keys[_Item]) -> dict[_Item, set[_Item]]:
    members: dict[str, set[_Item]] = {}
    for item, names in keys.items():
        for name in names:
            members.setdefault(name, set()).add(item)
    return {item: {item}.union(*(members[name] for name in names)) for item, names in keys.items()}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
