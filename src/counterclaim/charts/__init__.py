"""Charts: an account, a map or a timeline as one picture, drawn from one Vega-Lite specification.

Takes accounts, places and claims by day; gives a specification, and SVG, PNG or a page that needs no network.
Never joins a side's own count with its enemy's, and never draws a derived point as a reported one.
"""

from counterclaim.charts.casualties import casualty_chart
from counterclaim.charts.draw import CHART_SUFFIXES, draw_account
from counterclaim.charts.timeline import TimelineClaim, timeline_chart

__all__ = [
    "CHART_SUFFIXES",
    "TimelineClaim",
    "casualty_chart",
    "draw_account",
    "timeline_chart",
]
