"""Clustering: who belongs together, from chances between pairs and from judgements; the same in any order.

Pairs at or above the threshold tie names into clusters of neighbours. Inside each, groups are joined
two by two, the pair with the highest mean chance first, until no mean reaches the threshold; a pair
that was never compared counts as 0. The outcome depends on the set of pairs, not on their order, and
a new name changes only the cluster that it touches.

What one set of names (the claims of one document) comes to by itself stays together whatever comes
beside it: its groups are made first, and only joined further. Such a group is one unit: it is as like
another as the two of their names that are most alike, and not at all where two of them forbid it.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.records.link import SamenessJudgement
from counterclaim.records.problem import Problem

Group = tuple[str, ...]

FORBIDDEN = -1.0
"""The chance of two names that cannot be of one happening: units that hold them are not alike at all."""


class Groups:
    """Names with chances between them; groups are worked out when asked for, where something changed."""

    def __init__(self, threshold: float, judgements: Iterable[SamenessJudgement] = ()) -> None:
        self._threshold = threshold
        self._chances: dict[str, dict[str, float]] = {}
        self._cluster: dict[str, int] = {}
        self._members: dict[int, set[str]] = {}
        self._groups: dict[int, tuple[Group, ...]] = {}
        self._next = 0
        self._sets: dict[str, str] = {}
        self._bonds: dict[str, list[str]] = {}
        self._judgements: list[SamenessJudgement] = []
        for judgement in judgements:
            self.judge(judgement)

    def add(self, name: str, within: str | None = None) -> None:
        """Take in a name; a second time changes nothing but the set that it is of.

        Args:
            name: Whatever is to be grouped.
            within: The set that it is of, if any: a document.
        """
        if within is not None:
            self._sets[name] = within
        if name in self._cluster:
            self._stale(name)
            return
        self._chances[name] = {}
        self._cluster[name] = self._next
        self._members[self._next] = {name}
        self._next += 1

    def tie(self, left: str, right: str, chance: float) -> None:
        """Set the chance that two names are of one happening."""
        self._chances[left][right] = chance
        self._chances[right][left] = chance
        if chance >= self._threshold:
            self._join(left, right)
        self._stale(left)
        self._stale(right)

    def bind(self, left: str, right: str) -> None:
        """Hold two names to be of one happening, unless a judgement parts them."""
        self._bonds.setdefault(left, []).append(right)
        self._join(left, right)
        self._stale(left)

    def chance(self, left: str, right: str) -> float:
        """Return the chance that was set for two names, 0 where none was."""
        return self._chances.get(left, {}).get(right, 0.0)

    def judge(self, judgement: SamenessJudgement) -> None:
        """Let a judgement stand from now on; its names may come later."""
        self.add(judgement.left)
        self.add(judgement.right)
        self._judgements.append(judgement)
        if judgement.verdict == "merge":
            self._join(judgement.left, judgement.right)
        self._stale(judgement.left)
        self._stale(judgement.right)

    def group_of(self, name: str) -> Group:
        """Return the group that holds a name."""
        return next(group for group in self._settle(self._cluster[name]) if name in group)

    def all_groups(self) -> tuple[Group, ...]:
        """Return every group, names sorted within, groups by their first name."""
        return tuple(sorted(group for key in self._members for group in self._settle(key)))

    def problems(self) -> tuple[Problem, ...]:
        """Return the judgements that later ones overrule."""
        return _settled(self._judgements)[2]

    def _join(self, left: str, right: str) -> None:
        keep, drop = self._cluster[left], self._cluster[right]
        if keep == drop:
            return
        if len(self._members[keep]) < len(self._members[drop]):
            keep, drop = drop, keep
        for name in self._members[drop]:
            self._cluster[name] = keep
        self._members[keep] |= self._members.pop(drop)
        self._groups.pop(drop, None)

    def _stale(self, name: str) -> None:
        self._groups.pop(self._cluster[name], None)

    def _settle(self, cluster: int) -> tuple[Group, ...]:
        if cluster not in self._groups:
            names = self._members[cluster]
            judgements = [
                item for item in self._judgements if item.left in names or item.right in names
            ]
            self._groups[cluster] = self._grouped(sorted(names), judgements)
        return self._groups[cluster]

    def _grouped(
        self, names: Sequence[str], judgements: Sequence[SamenessJudgement]
    ) -> tuple[Group, ...]:
        """Group each set of names by itself, then all of them, its groups kept."""
        bonds = [(name, other) for name in names for other in sorted(self._bonds.get(name, ()))]
        sets: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            if name in self._sets:
                sets[self._sets[name]].append(name)
        splits = [item for item in judgements if item.verdict == "split"]
        if len(sets) > 1:
            for key in sorted(sets):
                held = set(sets[key])
                inner = [pair for pair in bonds if held.issuperset(pair)]
                if len(held) > 1:
                    own = group(sets[key], self._chances, self._threshold, splits, inner)
                    bonds += [(rows[0], other) for rows in own for other in rows[1:]]
        if len(splits) < len(judgements):
            # A merge joins whole groups: those that there would be without it stay together in it.
            without = group(names, self._chances, self._threshold, splits, bonds)
            bonds += [(rows[0], other) for rows in without for other in rows[1:]]
        return group(names, self._chances, self._threshold, judgements, bonds)


def group(
    names: Sequence[str],
    chances: dict[str, dict[str, float]],
    threshold: float,
    judgements: Sequence[SamenessJudgement] = (),
    bonds: Sequence[tuple[str, str]] = (),
) -> tuple[Group, ...]:
    """Group names by mean chance, the most alike first.

    Names that bonds or merges hold together from the start are one unit, with the best chance of any of them.

    Args:
        names: Sorted.
        chances: Both ways; a missing pair is 0.
        threshold: The least mean chance at which two groups are one.
        judgements: Merges hold from the start; two groups that a split keeps apart never join.
        bonds: Pairs that hold from the start unless a split parts them.
    """
    merged, apart, _ = _settled(judgements)
    home = {name: name for name in names}
    members: dict[str, list[str]] = {name: [name] for name in names}
    for left, right in merged:
        if left in home and right in home:
            _unite(home, members, home[left], home[right])
    parted = [(a, b) for a, b in apart if a in home and b in home]
    for left, right in bonds:
        one, two = home[left], home[right]
        if one != two and not _is_split(home, parted, one, two):
            _unite(home, members, one, two)
    sums = _sums(home, chances)
    units = dict.fromkeys(members, 1)
    split = {frozenset((home[a], home[b])) for a, b in parted}
    heap = [
        _entry(sums[left][right], units[left] * units[right], left, right)
        for left in sums
        for right in sums[left]
        if left < right
    ]
    heapq.heapify(heap)
    while heap:
        minus, left, right, size = heapq.heappop(heap)
        if -minus < threshold:
            break
        if left not in members or right not in members or frozenset((left, right)) in split:
            continue
        if size != units[left] * units[right]:
            continue
        keep, drop = (left, right) if left < right else (right, left)
        _unite(home, members, keep, drop)
        units[keep] += units.pop(drop)
        split = {frozenset(keep if name == drop else name for name in pair) for pair in split}
        for other, value in sums.pop(drop).items():
            if other == keep:
                continue
            sums[other].pop(drop)
            sums[keep][other] = sums[other][keep] = sums[keep].get(other, 0.0) + value
        sums[keep].pop(drop, None)
        for other, value in sums[keep].items():
            first, second = sorted((keep, other))
            heapq.heappush(heap, _entry(value, units[keep] * units[other], first, second))
    return tuple(sorted(tuple(sorted(rows)) for rows in members.values()))


def _entry(total: float, size: int, left: str, right: str) -> tuple[float, str, str, int]:
    return (-round(total / size, 12), left, right, size)


def _sums(
    home: dict[str, str], chances: dict[str, dict[str, float]]
) -> defaultdict[str, dict[str, float]]:
    """Return the best chance between the claims of two units; none where any two forbid it."""
    sums: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name in sorted(home):
        sums[home[name]]
        for other, chance in sorted(chances.get(name, {}).items()):
            if other in home and home[other] != home[name]:
                row = sums[home[name]]
                before = row.get(home[other], 0.0)
                row[home[other]] = (
                    min(before, chance) if min(before, chance) < 0 else max(before, chance)
                )
    for row in sums.values():
        row.update({name: 0.0 for name, chance in row.items() if chance < 0})
    return sums


def _unite(home: dict[str, str], members: dict[str, list[str]], one: str, two: str) -> None:
    if one == two:
        return
    keep, drop = sorted((one, two))
    for name in members[drop]:
        home[name] = keep
    members[keep] += members.pop(drop)


def _settled(
    judgements: Sequence[SamenessJudgement],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], tuple[Problem, ...]]:
    """Sort judgements into merges and splits that can all hold, the later ones first."""
    home: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    merges: list[tuple[str, str]] = []
    splits: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for item in sorted(judgements, key=lambda row: (row.at, row.id), reverse=True):
        for name in (item.left, item.right):
            if name not in home:
                home[name], members[name] = name, [name]
        one, two = home[item.left], home[item.right]
        if item.verdict == "split" and one != two:
            splits.append((item.left, item.right))
        elif item.verdict == "merge" and not _is_split(home, splits, one, two):
            merges.append((item.left, item.right))
            _unite(home, members, one, two)
        else:
            problems.append(
                Problem(
                    "overruled",
                    f"{item.verdict} of {item.left} and {item.right}: later judgements say otherwise",
                )
            )
    return merges, splits, tuple(problems)


def _is_split(home: dict[str, str], splits: Sequence[tuple[str, str]], one: str, two: str) -> bool:
    return any({home[left], home[right]} == {one, two} for left, right in splits if one != two)
