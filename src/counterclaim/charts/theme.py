"""Themes: colours that remain apart for colour-blind readers, on light and on dark ground.

Source: the palette of Okabe and Ito (2008), darkened or lightened until each colour has a contrast of
3 to 1 or more with its ground.
"""

from typing import Any, Literal

Theme = Literal["light", "dark"]

GROUND = {"light": "#fbfaf7", "dark": "#191816"}
"""The paper of the workbench's pages, so that a picture stands on them without a card."""

INK = {"light": "#1c1b19", "dark": "#ece9e2"}
SOFT = {"light": "#655f56", "dark": "#a9a398"}
GRID = {"light": "#e4e0d7", "dark": "#33302b"}
SERIES = {
    "light": (
        "#0067a5",
        "#c8500a",
        "#00805c",
        "#a64d82",
        "#8a6a00",
        "#2f8fc4",
        "#5a4fcf",
        "#3d4752",
        "#b3261e",
    ),
    "dark": (
        "#5ab4f0",
        "#f0913c",
        "#3cc79b",
        "#e59ac4",
        "#e3bf3d",
        "#9bd1f5",
        "#a9a1ff",
        "#c3cbd6",
        "#ff8a80",
    ),
}

FONT = "Inter, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"


def config(theme: Theme) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a theme."""
    ink, soft, grid = INK[theme], SOFT[theme], GRID[theme]
    return {
        "background": GROUND[theme],
        "padding": 14,
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "color": ink,
            "subtitleColor": soft,
            "fontSize": 18,
            "subtitleFontSize": 12.5,
            "fontWeight": 600,
            "subtitlePadding": 6,
            "subtitleLineHeight": 17,
            "offset": 14,
            "frame": "bounds",
        },
        "axis": {
            "labelColor": soft,
            "labelFontSize": 12,
            "gridColor": grid,
            "domainColor": soft,
            "tickColor": soft,
            "labelPadding": 6,
        },
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "range": {"category": list(SERIES[theme])},
        "text": {"color": ink},
        "style": {
            "kept": {"color": soft, "opacity": 0.7},
            "ground": {"color": GROUND[theme], "opacity": 1},
            "key": {"color": ink, "opacity": 1},
            "lane": {"color": grid, "opacity": 1},
            "keyBand": {"color": soft, "opacity": 0.35},
        },
    }
