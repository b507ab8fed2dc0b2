"""Layout: which lines a casualty chart draws, how large, and where their names stand."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counterclaim.charts.chart_data import ChartLine, Kept, kept_back
from counterclaim.charts.theme import SERIES
from counterclaim.records.account import Account
from counterclaim.records.claim import Outcome

NARROW = 560
"""Pixels under which names are listed under the plot."""

MOST_LINES = 9
"""Named lines in one panel; a panel with more is read by nobody."""

LEAST_SHARE = 0.02
"""Share of the panel's largest number under which a line lies on the axis and cannot be read: where one does,
equal steps stand for equal factors."""

MOST_SIDES = 8
"""Sides that have a panel each, those with the largest numbers."""

MOST_COLORS = len(SERIES["light"])
"""Sides that have a colour each, those with the largest numbers; all others share one that is nobody's."""

MOST_DOTS = 90
"""Reports in one panel up to which each is dotted; beyond, the steps alone show them."""

FEW_REPORTS = 10
"""Reports from which on a line among many is drawn as a line; fewer are points with a faint link."""

FEW_POINTS = 3
"""Points up to which a panel is half as high: one number needs no tall picture."""

LATE = 0.12
"""Share of the time shown: a line that ends within it of the right edge can be named there."""

LETTER = 6.5
"""Pixels of a letter of a name, on average, at 12 pixels' size."""

LINE_HEIGHT = 15
_FOOT = 6.0
"""Pixels over the axis at which the lowest name stands."""
AXIS_WIDTH = 64
"""Pixels kept for the numbers at the left, so that all panels begin at one place."""

PADDING = 14

TICK = 96
"""Pixels that a day's name takes on the axis."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One outcome's panel. Sizes in pixels."""

    outcome: Outcome
    lines: tuple[ChartLine, ...]
    """Drawn as steps."""
    sparse: tuple[ChartLine, ...]
    """Drawn as points with a faint link: few reports among many lines."""
    left_out: tuple[str, ...]
    """Names of lines that are only in the table."""
    height: int
    top: float
    """Upper end of the scale. Unit: persons."""
    color: str
    """The field that colour tells: ``side``, or ``series`` where the whole picture is of one side."""
    sides: tuple[str, ...] = ()
    """Sides of the whole picture: a side has one colour in all panels, and in the key."""
    is_log: bool = False
    """Whether equal steps are equal factors: one number is far larger than another."""
    name: str = ""
    """Whose panel it is, where each side has its own; empty otherwise."""

    @property
    def every(self) -> tuple[ChartLine, ...]:
        """All that is drawn."""
        return (*self.lines, *self.sparse)

    @property
    def colors(self) -> list[str]:
        """What the colours stand for, in the order of the palette."""
        if self.color == "side":
            return list(self.sides) or sorted({line.side for line in self.every})
        return [line.label for line in self.every]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture. Sizes in pixels."""

    panels: tuple[Panel, ...]
    kept: tuple[Kept, ...]
    total_width: int
    width: int
    """Of the plots alone."""
    first: date
    last: date
    is_narrow: bool

    @property
    def days(self) -> int:
        """How many days the plots show."""
        return (self.last - self.first).days


def lay_out(
    account: Account,
    every: Mapping[Outcome, Sequence[ChartLine]],
    width: int,
    only: Sequence[Outcome] = (),
    *,
    by_side: bool = False,
) -> Layout | None:
    """Choose what is drawn; None where nothing can be.

    Args:
        account: With what is not disclosed.
        every: Its lines by outcome.
        width: Of the whole picture. Unit: pixels.
        only: Outcomes to draw; all, if none are given.
        by_side: Whether each side has panels of its own.
    """
    drawn = [item for item in every if not only or item in only]
    lines = {outcome: every[outcome] for outcome in drawn}
    kept = kept_back(account)
    days = [point.day for found in lines.values() for line in found for point in line.points]
    if not days:
        return None
    days += [row.start for row in kept]
    first, last = min(days), max(days)
    pad = timedelta(days=max(1, round((last - first).days * 0.015)))
    is_narrow = width < NARROW
    groups = _by_side(lines) if by_side else [("", outcome, lines[outcome]) for outcome in drawn]
    height = _height(len(groups), is_narrow=is_narrow)
    made = [_panel(outcome, found, height, name) for name, outcome, found in groups]
    sides = _sides(made)
    panels = tuple(
        replace(panel, sides=sides, color="side" if len(sides) > 1 else panel.color)
        for panel in made
    )
    right = _right_margin(panels, first, last, is_narrow=is_narrow)
    return Layout(
        panels=panels,
        kept=tuple(kept),
        total_width=width,
        width=width - 2 * PADDING - AXIS_WIDTH - right,
        first=first - pad,
        last=last + pad,
        is_narrow=is_narrow,
    )


def _sides(panels: Sequence[Panel]) -> tuple[str, ...]:
    """Return all sides in the order of the alphabet; where colours run short, the largest numbers first."""
    largest: dict[str, int] = {}
    for line in (line for panel in panels for line in panel.every):
        largest[line.side] = max(largest.get(line.side, 0), _largest(line))
    if len(largest) <= MOST_COLORS:
        return tuple(sorted(largest))
    return tuple(sorted(largest, key=lambda side: (-largest[side], side)))


def _by_side(
    lines: Mapping[Outcome, Sequence[ChartLine]],
) -> list[tuple[str, Outcome, list[ChartLine]]]:
    """Part lines by side, the side with the largest number first, and within it by outcome."""
    largest: dict[str, int] = {}
    for found in lines.values():
        for line in found:
            largest[line.side] = max(largest.get(line.side, 0), _largest(line))
    sides = sorted(largest, key=lambda side: (-largest[side], side))[:MOST_SIDES]
    return [
        (side, outcome, own)
        for side in sides
        for outcome, found in lines.items()
        if (own := [line for line in found if line.side == side])
    ]


def _height(panels: int, *, is_narrow: bool) -> int:
    if is_narrow:
        return 270 if panels == 1 else 230
    return 400 if panels == 1 else 290


def _panel(outcome: Outcome, found: Sequence[ChartLine], height: int, name: str = "") -> Panel:
    most = max(max(point.value, point.high or 0) for line in found for point in line.points)
    is_log = any(0 < _largest(line) < LEAST_SHARE * most for line in found)
    small = [line for line in found if not _largest(line) and most]
    seen = [line for line in found if line not in small] or list(found)
    if len(seen) <= MOST_LINES:
        lines, sparse = seen, []
    else:
        dense = [line for line in seen if len(line.points) >= FEW_REPORTS]
        lines = sorted(dense, key=lambda line: (-_largest(line), line.label))[:MOST_LINES]
        sparse = [line for line in seen if line not in lines]
    one_side = len({line.side for line in (*lines, *sparse)}) == 1
    return Panel(
        outcome=outcome,
        lines=tuple(lines),
        sparse=tuple(sparse),
        left_out=tuple(line.label for line in small if line not in seen),
        height=height if sum(len(line.points) for line in seen) > FEW_POINTS else height // 2,
        top=max(most * (1.6 if is_log else 1.05), 1),
        color="series" if one_side and not sparse and not name else "side",
        is_log=is_log,
        name=name,
    )


def _largest(line: ChartLine) -> int:
    return max(max(point.value, point.high or 0) for point in line.points)


def rise(panel: Panel, value: float) -> float:
    """Return how high a number stands over the axis. Unit: pixels."""
    if panel.is_log:
        return panel.height * math.log1p(value) / math.log1p(panel.top)
    return panel.height * value / panel.top


def at_rise(panel: Panel, pixels: float) -> float:
    """Return the number that stands at a height over the axis."""
    share = pixels / panel.height
    return math.expm1(share * math.log1p(panel.top)) if panel.is_log else share * panel.top


def named(panel: Panel, first: date, last: date) -> list[ChartLine]:
    """Return the lines whose names stand in the plot: all steps, and points that end near the right edge.

    What has no name there is named when pointed at, and in the table.
    """
    late = last - timedelta(days=round((last - first).days * LATE))
    near = sorted(
        (line for line in panel.sparse if line.points[-1].day >= late),
        key=lambda line: (-line.points[-1].value, line.label),
    )
    return [*panel.lines, *near[: max(0, MOST_LINES - 1 - len(panel.lines))]]


def end_label(line: ChartLine) -> str:
    """Write a line's name with its last number."""
    return f"{line.label}  {line.points[-1].count}"


def _right_margin(panels: Sequence[Panel], first: date, last: date, *, is_narrow: bool) -> int:
    if is_narrow:
        return 10
    longest = max(
        (len(end_label(line)) for panel in panels for line in named(panel, first, last)), default=0
    )
    return min(300, round(longest * LETTER) + 26)


def spread(places: Sequence[float], apart: float, top: float) -> list[float]:
    """Move places apart on a line so that neighbours keep a distance, as little as may be.

    Neighbours that are too close become one block, set around its own middle, as often as blocks meet.

    Args:
        places: In pixels from the bottom, in any order.
        apart: Least distance. Unit: pixels.
        top: The highest place.

    Returns:
        Places in the order given, from just over the axis to ``top`` where there is room.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    blocks: list[list[int]] = []
    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and _meet(blocks[-2], blocks[-1], places, apart, top):
            last = blocks.pop()
            blocks[-1] += last
    moved = list(places)
    for block in blocks:
        start = _start(block, places, apart, top)
        for step, index in enumerate(block):
            moved[index] = start + step * apart
    return moved


def _start(block: Sequence[int], places: Sequence[float], apart: float, top: float) -> float:
    height = (len(block) - 1) * apart
    middle = sum(places[index] for index in block) / len(block)
    return max(_FOOT, min(middle - height / 2, top - height))


def _meet(
    lower: Sequence[int], upper: Sequence[int], places: Sequence[float], apart: float, top: float
) -> bool:
    end = _start(lower, places, apart, top) + (len(lower) - 1) * apart
    return _start(upper, places, apart, top) - end < apart


def day_ticks(first: date, last: date, most: int) -> list[date]:
    """Choose days to name on an axis: every so many days, or firsts of months, as many as there is room.

    Args:
        first: Of the axis.
        last: Of the axis.
        most: The most ticks; at least one is given.
    """
    span = (last - first).days + 1
    for step in (1, 2, 3, 4, 5, 7, 14, 28):
        if -(-span // step) <= most:
            return [first + timedelta(days=day) for day in range(0, span, step)]
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 600):
        start = first.year * 12 + first.month - 1
        end = last.year * 12 + last.month
        found = [
            date(at // 12, at % 12 + 1, 1)
            for at in range(start, end)
            if at % months == 0 and date(at // 12, at % 12 + 1, 1) >= first
        ]
        if found and len(found) <= max(most, 1):
            return found
    return [first]
