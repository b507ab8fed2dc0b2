"""Checks over several series and single figures: C2, C3, C5, C6, C8, and moves between outcomes.

C1, C4 and C7 are found while a series is laid out: ``series``. Source: docs/casualties.md, the checks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from counterclaim.reconcile.totals import latest_total
from counterclaim.records.account import AccountFinding, Point, Series, SourceRange
from counterclaim.records.casualty_figure import Figure, SeriesKey
from counterclaim.records.claim import Category

_UNDIVIDED: frozenset[Category] = frozenset({"unknown", "mixed"})


def check_figures(
    figures: Iterable[Figure], by_id: Mapping[str, Figure]
) -> Iterator[AccountFinding]:
    """Check each figure alone and against the one it names: C2, C3, C8, R18.

    Args:
        figures: All that are known.
        by_id: Figures that others may name, by id.
    """
    for figure in figures:
        if figure.dated:
            yield from _early(figure)
        if figure.count.qualifier == "range":
            yield from _best_outside(figure)
        if figure.part_of is not None and figure.part_of in by_id:
            yield from _part_over_whole(figure, by_id[figure.part_of])
        if figure.reclassified_from is not None:
            yield _moved(figure, by_id.get(figure.reclassified_from))


def _early(figure: Figure) -> Iterator[AccountFinding]:
    """Tell a figure that counts days after its publication (C8)."""
    if figure.day is not None and figure.known is not None and figure.day > figure.known:
        yield AccountFinding(
            rule="C8",
            turn="day",
            words=f"it counts up to {figure.day}, and was public on {figure.known}",
            day=figure.day,
            figure_ids=(figure.id,),
            key=figure.key,
        )


def _best_outside(figure: Figure) -> Iterator[AccountFinding]:
    """Tell a best number outside its own bounds (C2)."""
    count = figure.count
    if count.said is None:
        return
    if count.said < (count.low or 0) or (count.high is not None and count.said > count.high):
        yield AccountFinding(
            rule="C2",
            turn="range",
            words=f"the best number {count.said:,} lies outside {count}",
            day=figure.day,
            figure_ids=(figure.id,),
            key=figure.key,
        )


def check_range(item: SourceRange) -> Iterator[AccountFinding]:
    """Tell a best number outside the range of its sources (C2)."""
    count, best = item.count, item.best
    if best is None:
        return
    if best < (count.low or 0) or (count.high is not None and best > count.high):
        yield AccountFinding(
            rule="C2",
            turn="range",
            words=f"{item.label}: the best number {best:,} lies outside {count}",
            day=item.day,
            figure_ids=tuple(id_ for source in item.sources for id_ in source.figure_ids),
        )


def _part_over_whole(part: Figure, whole: Figure) -> Iterator[AccountFinding]:
    """Tell a part that is larger than what it divides (C3)."""
    low, high = part.count.low, whole.count.high
    if low is not None and high is not None and low > high:
        yield AccountFinding(
            rule="C3",
            turn="part",
            words=f"a part of {part.count} is more than its whole of {whole.count}",
            day=part.day,
            amount=low - high,
            figure_ids=(part.id, whole.id),
            key=part.key,
        )


def _moved(figure: Figure, source: Figure | None) -> AccountFinding:
    """Tell persons who moved from one outcome to another; both series are kept (R18)."""
    before = "another outcome" if source is None else source.key.outcome
    return AccountFinding(
        rule="R18",
        turn="reclassified",
        words=f"{figure.count} {figure.key.outcome} were counted as {before} before",
        day=figure.day,
        figure_ids=(figure.id, *(() if source is None else (source.id,))),
        key=figure.key,
    )


def check_series(series: Sequence[Series]) -> Iterator[AccountFinding]:
    """Check series against each other: C3, C5, C6."""
    by_key = {item.key: item for item in series if not item.is_background and not item.is_part}
    for item in by_key.values():
        if item.subgroup is not None:
            whole = by_key.get(replace(item.key, subgroup=None))
            if whole is not None:
                yield from _subgroup_over_whole(item, whole)
    yield from _categories_over_whole(by_key)
    yield from _own_beside_enemy(by_key)


def _subgroup_over_whole(part: Series, whole: Series) -> Iterator[AccountFinding]:
    """Tell days on which a subgroup's total is over the whole total (C3): one finding for all of them."""
    totals = {point.day: point for point in whole.standing("cumulative")}
    over = [
        (point, totals[point.day])
        for point in part.standing("cumulative")
        if point.day in totals and _exceeds(point, totals[point.day])
    ]
    if over:
        point, total = over[0]
        days = "" if len(over) == 1 else f", and on {len(over) - 1} later days"
        yield AccountFinding(
            rule="C3",
            turn="part",
            words=f"{part.subgroup} {point.count} are more than all {total.count}{days}",
            day=point.day,
            amount=(point.count.low or 0) - (total.count.high or 0),
            figure_ids=(*point.figure_ids[:1], *total.figure_ids[:1]),
            key=part.key,
        )


def _exceeds(part: Point, whole: Point) -> bool:
    return (
        part.count.low is not None
        and whole.count.high is not None
        and part.count.low > whole.count.high
    )


def _categories_over_whole(by_key: Mapping[SeriesKey, Series]) -> Iterator[AccountFinding]:
    """Tell categories whose sum is over the same reporter's undivided total (C5, R6)."""
    families: dict[SeriesKey, list[Series]] = {}
    for key, item in by_key.items():
        if key.subgroup is None:
            families.setdefault(replace(key, category="unknown"), []).append(item)
    for items in families.values():
        wholes = [item for item in items if item.category in _UNDIVIDED]
        parts = [item for item in items if item.category not in _UNDIVIDED]
        for whole in wholes:
            yield from _sum_over_whole(whole, parts)


def _sum_over_whole(whole: Series, parts: Sequence[Series]) -> Iterator[AccountFinding]:
    total = latest_total(whole)
    if total is None or total.count.high is None:
        return
    chosen = [point for item in parts if (point := _latest_by(item, total.day)) is not None]
    amount = sum(point.count.low or 0 for point in chosen) - total.count.high
    if len(chosen) > 1 and amount > 0:
        yield AccountFinding(
            rule="C5",
            turn="part",
            words=f"the categories sum to {amount + total.count.high:,}, over the total of {total.count}",
            day=total.day,
            amount=amount,
            figure_ids=(*total.figure_ids[:1], *(p.figure_ids[0] for p in chosen)),
            key=whole.key,
        )


def _latest_by(series: Series, day: date | None) -> Point | None:
    """Return the last standing total up to a day."""
    found: Point | None = None
    for point in series.standing("cumulative"):
        if day is None or (point.day is not None and point.day <= day):
            found = point
    return found


def _own_beside_enemy(by_key: Mapping[SeriesKey, Series]) -> Iterator[AccountFinding]:
    """Set a side's own total beside its enemy's count of it (C6): the ratio is shown, not judged."""
    pairs: dict[tuple[object, ...], dict[str, list[Series]]] = {}
    for key, item in by_key.items():
        if key.line != "third" and latest_total(item) is not None:
            about = key.side, key.category, key.subgroup, key.outcome, key.scope
            pairs.setdefault(about, {}).setdefault(key.line, []).append(item)
    for found in pairs.values():
        for own in found.get("self", ()):
            for enemy in found.get("enemy", ()):
                yield from _ratio(own, enemy)


def _ratio(own: Series, enemy: Series) -> Iterator[AccountFinding]:
    mine, theirs = latest_total(own), latest_total(enemy)
    if mine is None or theirs is None or not mine.count.low or theirs.count.low is None:
        return
    days = [point.day for point in (mine, theirs) if point.day is not None]
    yield AccountFinding(
        rule="C6",
        turn="ratio",
        words=f"the enemy counts {theirs.count}, the side itself {mine.count}: {theirs.count.low / mine.count.low:.1f} times",
        day=max(days, default=None),
        figure_ids=(*mine.figure_ids[:1], *theirs.figure_ids[:1]),
        key=own.key,
    )
