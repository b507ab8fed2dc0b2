"""Charts: an account as one picture, drawn from one Vega-Lite specification.

Takes accounts; gives a specification, and SVG, PNG or a page that needs no network.
Never joins a side's own count with its enemy's, and never draws a derived point as a reported one.
"""

from counterclaim.charts.casualties import casualty_chart
from counterclaim.charts.draw import CHART_SUFFIXES, draw_account

__all__ = ["CHART_SUFFIXES", "casualty_chart", "draw_account"]
