"""Wires: a number that one text gives is one number, however many outlets print it and however they cut it.

Source: docs/casualties.md, rule R23; ``link`` says which reports are by one hand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from counterclaim.records.account import Account
from counterclaim.records.casualty_figure import Figure

Repeats: TypeAlias = Mapping[str, tuple[str, ...]]
"""Ids of the figures that repeat one, by its id."""


def sharing(figures: Iterable[Figure]) -> frozenset[tuple[str, str]]:
    """Return the pairs of reports, by source, that give one number of one loss: they alone can repeat each other.

    Args:
        figures: Of any number of reports.
    """
    givers: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for figure in figures:
        key, count = figure.key, figure.count
        side = tuple(party.root for party in key.side)
        told = (side, key.category, key.subgroup, key.outcome, count.low, count.high)
        givers[told].add(figure.source)
    return frozenset(pair for names in givers.values() for pair in combinations(sorted(names), 2))


def join_wires(
    figures: Sequence[Figure], hands: Mapping[str, str]
) -> tuple[tuple[Figure, ...], Repeats]:
    """Leave out the figures of a report that an earlier one by the same hand gives already.

    The n-th such number of one report is the n-th of another. One with a reporter stands for one whose reporter an
    editor cut, and one with a day for one without.

    Args:
        figures: Of any number of reports.
        hands: Who wrote each, by source: equal names are one hand. Others are by hands of their own.

    Returns:
        The figures that count, and which others each of them stands for.
    """
    times = Counter(hands.values())
    groups: defaultdict[tuple[object, ...], dict[str, list[Figure]]] = defaultdict(dict)
    for figure in figures:
        if times[hands.get(figure.source, "")] > 1:
            told = groups[hands[figure.source], *_same(figure)]
            told.setdefault(figure.source, []).append(figure)
    stands_for: dict[str, str] = {}
    for told in groups.values():
        if len(told) > 1:
            stands_for |= _pair(told)
    if not stands_for:
        return tuple(figures), {}
    repeats: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for figure in figures:
        if figure.id in stands_for:
            repeats[stands_for[figure.id]] += (figure.id,)
    kept = tuple(_renamed(figure, stands_for) for figure in figures if figure.id not in stands_for)
    return kept, dict(repeats)


def with_repeats(account: Account, repeats: Repeats) -> Account:
    """Return an account whose points name the repeats of their figures too."""
    if not repeats:
        return account
    series = tuple(
        replace(
            row,
            points=tuple(
                replace(
                    point,
                    figure_ids=tuple(
                        dict.fromkeys(
                            (
                                *point.figure_ids,
                                *(
                                    more
                                    for id_ in point.figure_ids
                                    for more in repeats.get(id_, ())
                                ),
                            )
                        )
                    ),
                )
                for point in row.points
            ),
        )
        for row in account.series
    )
    return replace(account, series=series)


def _same(figure: Figure) -> tuple[object, ...]:
    key, count = figure.key, figure.count
    return (
        tuple(party.root for party in key.side),
        key.category,
        key.subgroup,
        key.outcome,
        figure.measure,
        (count.low, count.high, count.qualifier),
        figure.background,
    )


def _pair(told: Mapping[str, Sequence[Figure]]) -> dict[str, str]:
    """Pair the n-th number of every report; of each such row the one that says most stands."""
    stands_for: dict[str, str] = {}
    most = max(len(rows) for rows in told.values())
    for place in range(most):
        row = [rows[place] for rows in map(_ordered, told.values()) if place < len(rows)]
        for reporters in _reporters(row):
            first = min(reporters, key=_rank)
            stands_for |= {item.id: first.id for item in reporters if item is not first}
    return stands_for


def _reporters(row: Sequence[Figure]) -> Iterable[list[Figure]]:
    """Divide a row by who reports; numbers without a reporter go with the first that has one."""
    named: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in row:
        named[tuple(party.root for party in figure.key.reporters)].append(figure)
    bare = named.pop((), [])
    if named and bare:
        named[min(named)] += bare
    elif bare:
        named[()] = bare
    return named.values()


def _ordered(rows: Sequence[Figure]) -> list[Figure]:
    return sorted(rows, key=lambda figure: (figure.order, figure.id))


def _rank(figure: Figure) -> tuple[bool, bool, str, str]:
    known = "" if figure.known is None else figure.known.isoformat()
    return not figure.key.reporters, not figure.dated, known, figure.id


def _renamed(figure: Figure, stands_for: Mapping[str, str]) -> Figure:
    """Let a figure speak of those that stand for the ones it names."""

    def now(name: str | None) -> str | None:
        return name if name is None else stands_for.get(name, name)

    return replace(
        figure,
        part_of=now(figure.part_of),
        includes=tuple(dict.fromkeys(stands_for.get(name, name) for name in figure.includes)),
        supersedes=now(figure.supersedes),
        reclassified_from=now(figure.reclassified_from),
    )
