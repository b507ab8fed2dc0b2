"""Legend: what dash, shape, shade and colour mean, in rows that fit the picture's width.

Drawn as a view of its own, since built-in legends neither wrap nor stand in one line together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counterclaim.charts.chart_data import LINE_WORDS, Mark
from counterclaim.charts.layout import AXIS_WIDTH, MOST_COLORS, PADDING, Layout

Spec = dict[str, Any]

DASHES = {"self": [1, 0], "enemy": [7, 3], "third": [2, 3]}
SHAPES: dict[Mark, str] = {
    "reported": "circle",
    "at least": "triangle-up",
    "up to": "triangle-down",
    "derived": "circle",
    "gap": "diamond",
    "revision": "cross",
}
MARK_WORDS: dict[Mark, str] = {
    "reported": "a report",
    "at least": "at least",
    "up to": "up to",
    "derived": "derived: nobody reported it",
    "gap": "gap: the sums do not close",
    "revision": "revision: the total falls",
}
HOLLOW = frozenset({"derived", "gap", "revision"})

_ROW = 21
_LEFT = AXIS_WIDTH - 8
_SYMBOL = 30
_BETWEEN = 20
_LETTER = 6.3


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry: a symbol and its words."""

    kind: str
    """``line``, ``mark``, ``band`` or ``color``."""
    name: str
    words: str


def key_items(layout: Layout) -> list[LegendEntry]:
    """Return the entries for what the picture holds, and no others."""
    lines = [line for panel in layout.panels for line in panel.every]
    points = [point for line in lines for point in (*line.points, *line.marks)]
    items = [
        LegendEntry("line", line, words)
        for line, words in LINE_WORDS.items()
        if any(item.line == line for item in lines)
    ]
    if any(panel.color == "side" for panel in layout.panels):
        sides = layout.panels[0].sides
        items += [
            LegendEntry("color", side, f"losses of {side}")
            for side in sides[:MOST_COLORS]
            if len(sides) > 1
        ]
        if len(sides) > MOST_COLORS:
            items.append(LegendEntry("color", sides[MOST_COLORS], "losses of others"))
    if any(point.is_range for point in points):
        items.append(LegendEntry("band", "band", "range, low to high"))
    items += [
        LegendEntry("mark", mark, MARK_WORDS[mark])
        for mark in SHAPES
        if mark != "reported" and any(point.mark == mark for point in points)
    ]
    return items


def key_view(layout: Layout) -> Spec | None:
    """Draw the key; None where there is nothing to tell."""
    items = key_items(layout)
    if not items:
        return None
    placed, rows = _place(items, layout.total_width - 2 * PADDING)
    # the view begins at the plots' left edge, and the key at the picture's: under the axis numbers
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [_LEFT, _LEFT + layout.width], "nice": False},
        "axis": None,
    }
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [rows * _ROW, 0], "nice": False},
        "axis": None,
    }
    colors = layout.panels[0].sides
    words = {
        "data": {
            "values": [
                {"x": left + _SYMBOL + 6, "y": top, "words": item.words}
                for item, left, top in placed
            ]
        },
        "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12},
        "encoding": {"x": x, "y": y, "text": {"field": "words"}},
    }
    symbols = [_symbol(item, left, top, {"x": x, "y": y}, colors) for item, left, top in placed]
    return {"width": layout.width, "height": rows * _ROW, "layer": [words, *symbols]}


def _place(
    items: Sequence[LegendEntry], width: int
) -> tuple[list[tuple[LegendEntry, float, float]], int]:
    """Set entries in rows from the left; a row that is full begins another."""
    placed: list[tuple[LegendEntry, float, float]] = []
    left, row = 0.0, 0
    for item in items:
        needed = _SYMBOL + 6 + len(item.words) * _LETTER
        if left and left + needed > width:
            left, row = 0.0, row + 1
        placed.append((item, left, (row + 0.5) * _ROW))
        left += needed + _BETWEEN
    return placed, row + 1


def _symbol(item: LegendEntry, left: float, top: float, at: Spec, colors: Sequence[str]) -> Spec:
    """Draw one entry's symbol, 30 pixels wide."""
    if item.kind == "mark":
        return {
            "data": {"values": [{"x": left + _SYMBOL / 2, "y": top}]},
            "mark": {
                "type": "point",
                "shape": {str(mark): shape for mark, shape in SHAPES.items()}[item.name],
                "size": 62,
                "strokeWidth": 1.7,
                "filled": item.name not in HOLLOW,
                "style": "key",
            },
            "encoding": at,
        }
    encoding: Spec = {**at, "x2": {"field": "x2"}}
    if item.kind == "line":
        mark: Spec = {
            "type": "rule",
            "strokeWidth": 2,
            "strokeDash": DASHES[item.name],
            "style": "key",
        }
    elif item.kind == "band":
        mark = {"type": "bar", "height": 11, "style": "keyBand"}
    else:
        mark = {"type": "bar", "height": 11, "cornerRadius": 2}
        scale = {"domain": list(colors)}
        encoding["color"] = {"field": "name", "type": "nominal", "scale": scale, "legend": None}
    row = {"x": left, "x2": left + _SYMBOL, "y": top, "name": item.name}
    return {"data": {"values": [row]}, "mark": mark, "encoding": encoding}
