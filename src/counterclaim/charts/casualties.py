"""The casualty chart: one Vega-Lite specification, from which SVG, PNG and page are all drawn.

Steps by side. Who counts is told by the dash: solid the side itself, dashed its enemy, dotted others.
Ranges are bands or bars, derived points hollow, gaps and revisions marked, what is not disclosed a lane
of its own. Nothing rests on colour alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from counterclaim.charts.captions import describe, subtitle_of
from counterclaim.charts.chart_data import (
    LINE_WORDS,
    OUTCOME_TITLES,
    ChartLine,
    ChartPoint,
    lines_by_outcome,
    write_day,
)
from counterclaim.charts.layout import (
    AXIS_WIDTH,
    LETTER,
    LINE_HEIGHT,
    MOST_COLORS,
    MOST_DOTS,
    TICK,
    Layout,
    Panel,
    at_rise,
    day_ticks,
    end_label,
    lay_out,
    named,
    rise,
    spread,
)
from counterclaim.charts.legend import DASHES, HOLLOW, MARK_WORDS, SHAPES, key_view
from counterclaim.charts.theme import SERIES, SOFT, Theme, config
from counterclaim.records.account import Account
from counterclaim.records.claim import Outcome

Spec = dict[str, Any]

KNEE = 0.02
"""Share of the time shown in which a link bends from its line's height to that of its name: what lies before is level."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def casualty_chart(
    account: Account,
    *,
    title: str = "Casualty account",
    width: int = 960,
    theme: Theme = "light",
    only: Sequence[Outcome] = (),
    by_side: bool = False,
) -> Spec:
    """Make the specification of an account's chart.

    Args:
        account: With at least one running total that has a day; without, the chart says so.
        title: Over the chart.
        width: Of the whole picture. Unit: pixels.
        theme: Light or dark.
        only: Outcomes to draw; all that have something to draw, if none are given.
        by_side: Whether each side has panels of its own.

    Returns:
        A Vega-Lite specification that names no address but its schema's.
    """
    lines = lines_by_outcome(account)
    layout = lay_out(account, lines, width, only, by_side=by_side)
    subtitle = subtitle_of(account, layout, width)
    return {
        "$schema": SCHEMA,
        "description": describe(account, lines),
        "title": {"text": title} | ({"subtitle": subtitle} if subtitle else {}),
        "vconcat": [_nothing(width)] if layout is None else list(_views(layout)),
        "spacing": 22,
        "resolve": {"scale": dict.fromkeys(("color", "shape", "strokeDash"), "independent")},
        "config": _config(theme, layout),
    }


def _config(theme: Theme, layout: Layout | None) -> Spec:
    """Return the theme; sides beyond its colours take one that no side has."""
    told = config(theme)
    sides = layout.panels[0].sides if layout else ()
    others = [SOFT[theme]] * max(0, len(sides) - MOST_COLORS)
    return told | {"range": {"category": [*SERIES[theme], *others]}}


def _views(layout: Layout) -> Iterable[Spec]:
    key = key_view(layout)
    if key is not None:
        yield key
    for panel in layout.panels:
        yield {
            "title": {"text": _panel_title(panel), "fontSize": 13, "offset": 8},
            "width": layout.width,
            "height": panel.height,
            "layer": [
                _bands(layout, panel),
                _bars(layout, panel),
                _steps(layout, panel, panel.lines, {"strokeWidth": 2}),
                _steps(layout, panel, panel.sparse, {"strokeWidth": 1.2, "opacity": 0.45}),
                _dots(layout, panel),
                *_hollow(layout, panel),
                *_names(layout, panel),
            ],
        }
        if layout.is_narrow and panel.lines:
            yield _name_list(layout, panel)
    if layout.kept:
        yield _lanes(layout)


def _panel_title(panel: Panel) -> str:
    """Say what a panel shows, and that its steps are factors where they are."""
    title = OUTCOME_TITLES[panel.outcome]
    title = f"{panel.name}: {title.lower()}" if panel.name else title
    return f"{title} (each step up is ten times as many)" if panel.is_log else title


def _x(layout: Layout) -> Spec:
    """Set days along the picture, as numbers.

    A scale of dates would be compiled into expressions that the script of the workbench's pages cannot
    evaluate, since no page may run words as code: all points would then lie at the left edge.
    """
    ticks = day_ticks(layout.first, layout.last, layout.width // TICK)
    by_month = all(day.day == 1 for day in ticks) and layout.days > 100
    return {
        "field": "day",
        "type": "quantitative",
        "scale": {
            "domain": [_utc(layout.first), _utc(layout.last)],
            "nice": False,
            "zero": False,
        },
        "axis": {
            "title": None,
            "values": [_utc(day) for day in ticks],
            "labelExpr": f"utcFormat(datum.value, '{'%b %Y' if by_month else '%-d %b %Y'}')",
            "labelOverlap": True,
        },
    }


def _utc(day: date) -> int:
    """Return the first moment of a day. Unit: milliseconds since 1970, UTC."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def _y(layout: Layout, panel: Panel, field: str = "value") -> Spec:
    short = layout.is_narrow and panel.top > 9_999
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, panel.top], "nice": False}
        | ({"type": "symlog", "constant": 1} if panel.is_log else {}),
        "axis": {
            "title": None,
            "labelExpr": "datum.value === 0 ? '0' : format(datum.value, '~s')"
            if short
            else "format(datum.value, ',d')",
            **_ticks(panel),
            "minExtent": AXIS_WIDTH - 8,
            "maxExtent": AXIS_WIDTH - 8,
        },
    }


def _ticks(panel: Panel) -> Spec:
    """Return which numbers an axis names: tens, hundreds, thousands where its steps are factors."""
    if not panel.is_log:
        return {"tickCount": 5, "tickMinStep": 1}
    return {"values": [0, *(10**power for power in range(12) if 10**power <= panel.top)]}


def _color(panel: Panel) -> Spec:
    """Colour sides in the order of the alphabet, or the lines of a single side."""
    return {
        "field": panel.color,
        "type": "nominal",
        "scale": {"domain": panel.colors},
        "legend": None,
    }


_WHERE = ("series", "side", "counted", "day", "value")
"""What places a point of a line; nobody points at a line, so that it needs no words."""

_RANGE = (*_WHERE[:4], "low", "high")
_POINT = (*_WHERE, "date", "mark", "words")
_BAR = (*_RANGE, "date", "mark", "words")


def _data(points: Iterable[ChartPoint], fields: Sequence[str] = _POINT) -> Spec:
    write = [(name, _FIELDS[name]) for name in fields]
    return {"values": [{name: one(point) for name, one in write} for point in points]}


_FIELDS: Mapping[str, Callable[[ChartPoint], Any]] = MappingProxyType(
    {
        "series": attrgetter("series"),
        "side": attrgetter("side"),
        "counted": lambda point: LINE_WORDS[point.line],
        "day": lambda point: _utc(point.day),
        "date": lambda point: write_day(point.day),
        "value": attrgetter("value"),
        "low": attrgetter("low"),
        "high": attrgetter("high"),
        "mark": lambda point: MARK_WORDS[point.mark],
        "words": attrgetter("words"),
    }
)


def _turns(line: ChartLine) -> Iterator[ChartPoint]:
    """Yield the points in which a line of steps changes, and its ends: the others lie on it."""
    for index, point in enumerate(line.points):
        if index in {0, len(line.points) - 1} or point.value != line.points[index - 1].value:
            yield point


def _tooltip() -> list[Spec]:
    return [
        {"field": "series", "title": "series"},
        {"field": "date", "title": "day"},
        {"field": "words", "title": "number"},
        {"field": "counted", "title": "counted by"},
        {"field": "mark", "title": "kind"},
    ]


def _bands(layout: Layout, panel: Panel) -> Spec:
    """Draw the ranges of lines as bands."""
    points = [
        point
        for line in panel.lines
        if len(line.points) > 1 and any(p.is_range for p in line.points)
        for point in line.points
        if point.low is not None and point.high is not None
    ]
    return {
        "data": _data(points, _RANGE),
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.22},
        "encoding": {
            "x": _x(layout),
            "y": _y(layout, panel, "low"),
            "y2": {"field": "high"},
            "color": _color(panel),
            "detail": {"field": "series"},
        },
    }


def _bars(layout: Layout, panel: Panel) -> Spec:
    """Draw every range also as a bar on its day: a single estimate has no band."""
    points = [p for line in panel.every for p in line.points if p.is_range]
    return {
        "data": _data(points, _BAR),
        "mark": {"type": "rule", "strokeWidth": 3.5, "opacity": 0.4, "strokeCap": "round"},
        "encoding": {
            "x": _x(layout),
            "y": _y(layout, panel, "low"),
            "y2": {"field": "high"},
            "color": _color(panel),
            "tooltip": _tooltip(),
        },
    }


def _steps(layout: Layout, panel: Panel, lines: Sequence[ChartLine], how: Spec) -> Spec:
    """Draw lines as steps: a total holds until the next one is told. The dash tells who counts."""
    return {
        "data": _data((p for line in lines if len(line.points) > 1 for p in _turns(line)), _WHERE),
        "mark": {"type": "line", "interpolate": "step-after", "strokeJoin": "round", **how},
        "encoding": {
            "x": _x(layout),
            "y": _y(layout, panel),
            "color": _color(panel),
            "strokeDash": _dash(panel),
            "detail": {"field": "series"},
        },
    }


def _dash(panel: Panel) -> Spec:
    """Tell who counts by the dash."""
    present = [line for line in LINE_WORDS if any(item.line == line for item in panel.every)]
    return {
        "field": "counted",
        "type": "nominal",
        "scale": {
            "domain": [LINE_WORDS[line] for line in present],
            "range": [DASHES[line] for line in present],
        },
        "legend": None,
    }


def _dots(layout: Layout, panel: Panel) -> Spec:
    """Dot reports where they are few, and wherever no line shows them."""
    is_few = sum(len(line.points) for line in panel.lines) <= MOST_DOTS
    points = [
        point
        for line in panel.every
        if is_few or line in panel.sparse or len(line.points) == 1
        for point in line.points
        if point.mark not in HOLLOW
    ]
    return _points(layout, panel, points, {"filled": True, "size": 58})


def _hollow(layout: Layout, panel: Panel) -> list[Spec]:
    """Draw derived points hollow, and gaps and revisions large enough to stand around a dot; always."""
    derived = [p for line in panel.every for p in line.points if p.mark in HOLLOW]
    turns = [mark for line in panel.every for mark in line.marks]
    return [
        layer
        for points, size in ((derived, 58), (turns, 100))
        for layer in (
            _uncolored(
                _points(layout, panel, points, {"size": size, "filled": True, "style": "ground"})
            ),
            _points(layout, panel, points, {"size": size}),
        )
    ]


def _uncolored(layer: Spec) -> Spec:
    """Return the same layer in the colour of its style, and without words: the layer above it has them."""
    encoding = {n: how for n, how in layer["encoding"].items() if n not in {"color", "tooltip"}}
    places = [{n: row[n] for n in ("day", "value", "mark")} for row in layer["data"]["values"]]
    return {**layer, "data": {"values": places}, "encoding": encoding}


def _points(layout: Layout, panel: Panel, points: Sequence[ChartPoint], how: Spec) -> Spec:
    return {
        "data": _data(points),
        "mark": {"type": "point", "strokeWidth": 1.8, "opacity": 1, **how},
        "encoding": {
            "x": _x(layout),
            "y": _y(layout, panel),
            "color": _color(panel),
            "shape": {
                "field": "mark",
                "type": "nominal",
                "scale": {
                    "domain": [*MARK_WORDS.values()],
                    "range": [SHAPES[m] for m in MARK_WORDS],
                },
                "legend": None,
            },
            "tooltip": _tooltip(),
        },
    }


def _names(layout: Layout, panel: Panel) -> list[Spec]:
    """Write each line's name and last number at the right edge, with a thin link to its end."""
    if layout.is_narrow:
        return []
    lines = named(panel, layout.first, layout.last)
    ends = [rise(panel, line.points[-1].value) for line in lines]
    spaced = spread(ends, LINE_HEIGHT, panel.height)
    places = [at_rise(panel, place) for place in spaced]
    at_edge = [
        _end(line, layout.last, place) | {"name": end_label(line)}
        for line, place in zip(lines, places, strict=True)
    ]
    knee = layout.last - timedelta(days=max(1, round(layout.days * KNEE)))
    at_end = [
        _end(line, day, line.points[-1].value)
        for line in lines
        for day in (line.points[-1].day, max(knee, line.points[-1].day))
    ]
    text: Spec = {"type": "text", "fontSize": 12, "fontWeight": 500, "baseline": "middle"}
    at = {"x": _x(layout), "y": _y(layout, panel, "place"), "color": _color(panel)}
    link = {
        "data": {"values": [*at_end, *at_edge]},
        "mark": {"type": "line", "strokeWidth": 0.8, "opacity": 0.5, "strokeDash": [1, 3]},
        "encoding": {**at, "detail": {"field": "series"}, "order": {"field": "day"}},
    }
    name = {
        "data": {"values": at_edge},
        "mark": text | {"align": "left", "dx": 6},
        "encoding": {**at, "text": {"field": "name"}},
    }
    return [link, name]


def _end(line: ChartLine, day: date, place: float) -> Spec:
    return {"series": line.label, "side": line.side, "day": _utc(day), "place": place}


def _name_list(layout: Layout, panel: Panel) -> Spec:
    """List the lines' names under a narrow plot, each beside a piece of its line."""
    lines = sorted(panel.lines, key=lambda line: -line.points[-1].value)
    letters = int((layout.width + AXIS_WIDTH - 44) / LETTER)
    rows = [
        {
            "series": line.label,
            "side": line.side,
            "counted": LINE_WORDS[line.line],
        }
        | {"row": position, "from": 0, "to": 30}
        | {"name": end_label(line) if len(end_label(line)) <= letters else line.label}
        for position, line in enumerate(lines)
    ]
    left = AXIS_WIDTH - 8
    x: Spec = {"field": "from", "type": "quantitative", "axis": None}
    x["scale"] = {"domain": [left, left + layout.width], "nice": False}
    y: Spec = {"field": "row", "type": "ordinal", "axis": None}
    sample: Spec = {
        "x": x,
        "x2": {"field": "to"},
        "y": y,
        "color": _color(panel),
        "strokeDash": _dash(panel),
    }
    return {
        "width": layout.width,
        "height": {"step": 19},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 2.5}, "encoding": sample},
            {
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "middle",
                    "dx": 7,
                    "fontSize": 12,
                },
                "encoding": {"x": x | {"field": "to"}, "y": y, "text": {"field": "name"}},
            },
        ],
    }


def _lanes(layout: Layout) -> Spec:
    """Draw what is not disclosed as hatched lanes, open to the right while it is kept back."""
    ends = [
        {"lane": row.label, "day": _utc(day)}
        for row in layout.kept
        for day in (row.start, row.end or layout.last)
    ]
    told = [
        {
            "lane": row.label,
            "day": _utc(layout.first),
            "words": row.label
            + (
                f" since {write_day(row.start)}"
                if row.end is None
                else f" from {write_day(row.start)} to {write_day(row.end)}"
            ),
        }
        for row in layout.kept
    ]
    at: Spec = {
        "x": _x(layout) | {"axis": None},
        "y": {"field": "lane", "type": "nominal", "axis": None, "sort": None},
    }
    hatch: Spec = {"type": "line", "strokeWidth": 11, "strokeDash": [2, 3], "yOffset": 9}
    text: Spec = {"type": "text", "align": "left", "baseline": "middle", "dy": -9, "fontSize": 12}
    return {
        "title": {"text": "Not disclosed", "fontSize": 13, "offset": 6},
        "width": layout.width,
        "height": {"step": 40},
        "layer": [
            {
                "data": {"values": ends},
                "mark": hatch | {"style": "kept"},
                "encoding": {**at, "detail": {"field": "lane"}},
            },
            {
                "data": {"values": told},
                "mark": text,
                "encoding": {**at, "text": {"field": "words"}},
            },
        ],
    }


def _nothing(width: int) -> Spec:
    return {
        "width": width - 40,
        "height": 60,
        "data": {"values": [{"words": "No running total has a day: there is nothing to draw."}]},
        "mark": {"type": "text", "fontSize": 13},
        "encoding": {"text": {"field": "words"}},
    }
