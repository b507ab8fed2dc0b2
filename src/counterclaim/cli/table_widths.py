"""Fits tables to the screen: a column is no narrower than its words where there is room, and none is cut off."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Column, Table

GAP = 2
"""Blanks beside each column."""


def fit(console: Console, table: Table, most: int, kept: Mapping[int, int] | None = None) -> None:
    """Set how narrow the columns may get: as their longest words, less where the screen is narrow.

    Together they are never wider than the screen, as whatever stands beyond its edge is lost.

    Args:
        console: On which the table is printed.
        table: With all its rows, a blank on either side of each.
        most: No column is kept wider than this for its words.
        kept: Widths of columns that must not be folded, by number.
    """
    kept = kept or {}
    room = console.width - GAP * len(table.columns) + GAP
    wanted = [kept.get(number) or _whole(item) for number, item in enumerate(table.columns)]
    words = [kept.get(number) or _longest(item) for number, item in enumerate(table.columns)]
    least = _within(room, [0] * len(words), [min(width, most) for width in words], kept)
    for column, width in zip(table.columns, least, strict=True):
        column.min_width = width
    if sum(_within(room, [0] * len(words), wanted, kept)) == sum(wanted):
        return
    for column, width in zip(table.columns, _within(room, least, wanted, kept), strict=True):
        column.width = width


def _within(
    room: int, least: Sequence[int], wanted: Sequence[int], kept: Mapping[int, int]
) -> list[int]:
    """Return widths that fit a room: all that are wanted, or the widest ones cut to one width."""
    widest = max(wanted, default=1)
    while True:
        found = [
            width if number in kept else max(1, low, min(width, widest))
            for number, (low, width) in enumerate(zip(least, wanted, strict=True))
        ]
        if sum(found) <= room or widest <= 1:
            return _filled(room - sum(found), found, wanted)
        widest -= 1


def _filled(left: int, found: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Return widths with the blanks that are left given to those columns that lack the fewest."""
    widths = list(found)
    for number in sorted(range(len(widths)), key=lambda place: wanted[place] - widths[place]):
        more = max(0, min(left, wanted[number] - widths[number]))
        widths[number] += more
        left -= more
    return widths


def _whole(column: Column) -> int:
    """Return how wide a column is with its lines whole."""
    lines = [line for cell in _cells(column) for line in cell.split("\n")]
    return min(max(map(len, lines), default=1), column.max_width or max(map(len, lines), default=1))


def _longest(column: Column) -> int:
    return max((len(word) for cell in _cells(column) for word in cell.split()), default=1)


def _cells(column: Column) -> list[str]:
    return [str(cell) for cell in (column.header, *column.cells)]
