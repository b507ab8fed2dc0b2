"""The timeline: who said what on which day, one lane for each party, one mark for each claim.

The kind of a claim is told by shape and colour together. Where a lane has more claims in one stretch of
days than fit, a number says how many more there are: the page's list and the table have them all.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from counterclaim.charts.casualties import SCHEMA
from counterclaim.charts.theme import Theme, config

Spec = dict[str, Any]

KINDS: dict[str, tuple[str, str]] = {
    "event": ("happenings", "circle"),
    "casualty": ("casualties", "square"),
    "ceasefire": ("ceasefires", "triangle-up"),
    "position": ("positions", "diamond"),
    "withheld": ("withheld", "cross"),
}
"""Words and shape of each kind of claim, in the order of the palette."""

NOBODY = "The reports"
OTHERS = "Others"

MOST_LANES = 10
"""Parties with a lane of their own, those with most claims; the rest share one."""

MOST_ROWS = 5
"""Marks above each other in a lane; what does not fit is counted."""

CELL = 12
"""Pixels of a mark with its distance."""

NARROW = 560
LANE_LABEL = 168
"""Pixels at the left for the lanes' names; in a narrow picture they stand over their lanes."""

PADDING = 14
KEY_ROW = 24
LANE_GAP = 10
NAME_ROW = 17
AXIS = 26
DAY_LABEL = 92
"""Pixels that a day's name takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineClaim:
    """One claim as it is drawn."""

    party: str
    """Who says it; empty in the report's own voice."""
    kind: str
    """A key of ``KINDS``."""
    day: date
    words: str
    """For whoever points at it."""
    link: str | None = None
    """Where its sentence stands."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One party's lane. Sizes in pixels, from the top of the plot."""

    name: str
    top: int
    rows: int
    claims: tuple[TimelineClaim, ...]

    @property
    def height(self) -> int:
        """How high its marks stand."""
        return self.rows * CELL


@dataclass(frozen=True, slots=True)
class Grid:
    """Where marks stand. A stretch of days has room for so many marks beside each other."""

    first: date
    days: int
    """All that are shown."""
    stretch: int
    """Days of one stretch: one, or as many as a mark is wide."""
    columns: int
    """Marks beside each other in a stretch."""
    width: int
    """Of the plot."""

    def stretch_of(self, day: date) -> int:
        """Return the number of the stretch that holds a day."""
        return (day - self.first).days // self.stretch

    def x(self, stretch: int, column: float) -> float:
        """Return the place of a column of a stretch, in pixels."""
        per_day = self.width / self.days
        wide = self.stretch * per_day
        return stretch * wide + (column + 0.5) * (wide / self.columns)


def timeline_chart(
    claims: Sequence[TimelineClaim],
    *,
    title: str = "Timeline",
    subtitle: str = "",
    width: int = 960,
    theme: Theme = "light",
) -> Spec:
    """Make the specification of a timeline.

    Args:
        claims: In any order; none gives a picture that says so.
        title: Over the chart.
        subtitle: Under the title, where something is to be said of what is drawn.
        width: Of the whole picture. Unit: pixels.
        theme: Light or dark.

    Returns:
        A Vega-Lite specification that names no address but its schema's and the claims' links.
    """
    inner = width - 2 * PADDING
    head: Spec = {
        "$schema": SCHEMA,
        "description": describe(claims),
        "title": {"text": title} | ({"subtitle": subtitle} if subtitle else {}),
        "config": config(theme),
    }
    if not claims:
        words = {"data": {"values": [{"words": "No claim to draw."}]}}
        mark = {"type": "text", "fontSize": 13}
        text = {"text": {"field": "words"}}
        return {**head, **words, "width": inner, "height": 60, "mark": mark, "encoding": text}
    is_narrow = width < NARROW
    left = 0 if is_narrow else LANE_LABEL
    grid = lay_grid(claims, inner - left)
    plot = Plot(tuple(lay_lanes(claims, grid, is_narrow=is_narrow)), grid, left)
    drawn = {"width": inner, "height": plot.foot + AXIS, "layer": list(plot.layers())}
    return {**head, "vconcat": [_key(claims, inner), drawn], "spacing": 8}


def describe(claims: Sequence[TimelineClaim]) -> str:
    """Say in words what the chart shows, for those who cannot see it."""
    told = Counter(item.party or NOBODY for item in claims)
    words = "; ".join(f"{name}: {number} claims" for name, number in told.most_common(MOST_LANES))
    if not claims:
        return "No claim."
    first, last = min(item.day for item in claims), max(item.day for item in claims)
    return f"Claims from {first} to {last}. {words}"


def lay_grid(claims: Sequence[TimelineClaim], width: int) -> Grid:
    """Say how many days a mark covers, or how many marks fit into a day."""
    first, last = min(item.day for item in claims), max(item.day for item in claims)
    days = (last - first).days + 1
    per_day = width / days
    stretch = 1 if per_day >= CELL else -(-CELL * days // width)
    days = -(-days // stretch) * stretch
    columns = max(1, int(width / days * stretch // CELL))
    return Grid(first, days, stretch, columns, width)


def lay_lanes(claims: Sequence[TimelineClaim], grid: Grid, *, is_narrow: bool) -> Iterator[Lane]:
    """Assign each party a lane as high as its fullest stretch, those with most claims first."""
    told = Counter(item.party for item in claims)
    named = [name for name, _ in sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))]
    own = [name for name in named if name][:MOST_LANES]
    groups: dict[str, list[TimelineClaim]] = {name: [] for name in own}
    for item in claims:
        name = NOBODY if not item.party else item.party if item.party in own else OTHERS
        groups.setdefault(name, []).append(item)
    order = [*own, *(name for name in (OTHERS, NOBODY) if name in groups)]
    top = 0
    for name in order:
        held = Counter(grid.stretch_of(item.day) for item in groups[name])
        rows = min(MOST_ROWS, -(-max(held.values()) // grid.columns))
        top += LANE_GAP + (NAME_ROW if is_narrow else 0)
        yield Lane(name, top, rows, tuple(groups[name]))
        top += max(rows * CELL, CELL + 4)


def place_claims(
    lane: Lane, grid: Grid
) -> tuple[list[tuple[TimelineClaim, float, float]], list[Spec]]:
    """Set a lane's claims row by row; give them with their places, and the counts of what did not fit."""
    order = list(KINDS)
    by_stretch: dict[int, list[TimelineClaim]] = {}
    for item in sorted(lane.claims, key=lambda claim: (claim.day, order.index(claim.kind))):
        by_stretch.setdefault(grid.stretch_of(item.day), []).append(item)
    placed: list[tuple[TimelineClaim, float, float]] = []
    rest: list[Spec] = []
    room = lane.rows * grid.columns
    for stretch, held in by_stretch.items():
        kept = held if len(held) <= room else held[: room - 1]
        for at, item in enumerate(kept):
            row, column = divmod(at, grid.columns)
            placed.append((item, grid.x(stretch, column), lane.top + (row + 0.5) * CELL))
        if len(kept) < len(held):
            row, column = divmod(room - 1, grid.columns)
            y = lane.top + (row + 0.5) * CELL
            words = f"+{len(held) - len(kept)}"
            rest.append({"x": grid.x(stretch, column), "y": y, "words": words})
    return placed, rest


@dataclass(frozen=True, slots=True)
class Plot:
    """The lanes as they are drawn. Sizes in pixels."""

    lanes: tuple[Lane, ...]
    grid: Grid
    left: int
    """Where the days begin: right of the names, or at the edge where names stand over their lanes."""

    @property
    def width(self) -> int:
        """Of names and days together."""
        return self.left + self.grid.width

    @property
    def foot(self) -> int:
        """Where the lanes end and the days' axis begins."""
        return self.lanes[-1].top + max(self.lanes[-1].height, CELL + 4) + LANE_GAP

    @property
    def at(self) -> Spec:
        """The encoding of places in pixels."""
        across = {"domain": [0, self.width], "nice": False}
        down = {"domain": [self.foot + AXIS, 0], "nice": False}
        return {
            "x": {"field": "x", "type": "quantitative", "scale": across, "axis": None},
            "y": {"field": "y", "type": "quantitative", "scale": down, "axis": None},
        }

    def layers(self) -> Iterator[Spec]:
        """Yield what is drawn, from the ground up."""
        over = 0 if self.left else NAME_ROW
        edges = [lane.top - over - LANE_GAP / 2 for lane in self.lanes]
        yield self._rules([{"x": 0, "x2": self.width, "y": y} for y in edges])
        yield self._words(
            [
                {
                    "x": 0,
                    "y": lane.top + (CELL / 2 if self.left else -NAME_ROW / 2),
                    "words": lane.name,
                }
                for lane in self.lanes
            ],
            {"align": "left", "fontWeight": 600, "limit": (self.left or self.width) - 14},
        )
        yield from self._days()
        placed = [place_claims(lane, self.grid) for lane in self.lanes]
        yield self._marks([item for marks, _ in placed for item in marks])
        more = [{**row, "x": self.left + row["x"]} for _, rest in placed for row in rest]
        yield self._words(more, {"fontSize": 9.5})

    def _rules(self, rows: list[Spec]) -> Spec:
        return {
            "data": {"values": rows},
            "mark": {"type": "rule", "strokeWidth": 1, "style": "lane"},
            "encoding": {**self.at, "x2": {"field": "x2"}},
        }

    def _words(self, rows: list[Spec], how: Spec) -> Spec:
        return {
            "data": {"values": rows},
            "mark": {"type": "text", "baseline": "middle", "fontSize": 12, **how},
            "encoding": {**self.at, "text": {"field": "words"}},
        }

    def _days(self) -> Iterator[Spec]:
        """Draw the days under the lanes, as many as can be read, each with its year."""
        ticks = max(1, self.grid.width // DAY_LABEL)
        step = max(1, -(-self.grid.days // ticks))
        per_day = self.grid.width / self.grid.days
        days = range(0, self.grid.days, step)
        places = [self.left + (day + 0.5) * per_day for day in days]
        yield {
            "data": {"values": [{"x": x, "y": 0, "y2": self.foot} for x in places]},
            "mark": {"type": "rule", "strokeWidth": 1, "strokeDash": [2, 4], "style": "lane"},
            "encoding": {**self.at, "y2": {"field": "y2"}},
        }
        labels = [
            {"x": x, "y": self.foot + AXIS / 2, "words": write_day(self.grid.first, day)}
            for x, day in zip(places, days, strict=True)
            if x + DAY_LABEL / 2 <= self.width + PADDING
        ]
        yield self._words(labels, {"fontSize": 11.5})

    def _marks(self, placed: Sequence[tuple[TimelineClaim, float, float]]) -> Spec:
        rows = [
            {
                "x": self.left + x,
                "y": y,
                "kind": KINDS[item.kind][0],
                "party": item.party or NOBODY,
                "day": f"{item.day.day} {item.day:%b %Y}",
                "words": item.words,
            }
            | ({} if item.link is None else {"link": item.link})
            for item, x, y in placed
        ]
        encoding = {
            **self.at,
            **_kind_scales(),
            "tooltip": [
                {"field": name, "title": title}
                for name, title in (
                    ("party", "party"),
                    ("day", "day"),
                    ("kind", "of"),
                    ("words", "words"),
                )
            ],
        }
        if any("link" in row for row in rows):
            encoding["href"] = {"field": "link"}
        return {
            "data": {"values": rows},
            "mark": {"type": "point", "filled": True, "size": 62, "opacity": 1},
            "encoding": encoding,
        }


def write_day(first: date, after: int) -> str:
    """Write the day so many days after another."""
    day = first + timedelta(days=after)
    return f"{day.day} {day:%b %Y}"


def _kind_scales() -> Spec:
    names = [words for words, _ in KINDS.values()]
    shapes = [shape for _, shape in KINDS.values()]
    return {
        "color": {"field": "kind", "type": "nominal", "scale": {"domain": names}, "legend": None},
        "shape": {
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": names, "range": shapes},
            "legend": None,
        },
    }


def _key(claims: Sequence[TimelineClaim], inner: int) -> Spec:
    """Draw the key: the kinds that are there, in rows that fit."""
    present = [words for kind, (words, _) in KINDS.items() if any(c.kind == kind for c in claims)]
    rows, left, top = [], 0.0, 0
    for words in present:
        needed = 24 + len(words) * 6.6 + 18
        if left and left + needed > inner:
            left, top = 0.0, top + 1
        rows.append({"x": left + 7, "y": (top + 0.5) * KEY_ROW, "kind": words})
        left += needed
    height = (top + 1) * KEY_ROW
    at = {
        "x": {
            "field": "x",
            "type": "quantitative",
            "scale": {"domain": [0, inner], "nice": False},
            "axis": None,
        },
        "y": {
            "field": "y",
            "type": "quantitative",
            "scale": {"domain": [height, 0], "nice": False},
            "axis": None,
        },
    }
    marks = {
        "mark": {"type": "point", "filled": True, "size": 62, "opacity": 1},
        "encoding": {**at, **_kind_scales()},
    }
    text = {
        "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12, "dx": 12},
        "encoding": {**at, "text": {"field": "kind"}},
    }
    return {"width": inner, "height": height, "data": {"values": rows}, "layer": [marks, text]}
