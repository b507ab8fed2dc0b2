"""Charts: an account as one picture, drawn from one Vega-Lite specification.

Takes accounts; gives a specification, and SVG, PNG or a page that needs no network.
Never joins a side's own count with its enemy's, and never draws a derived point as a reported one.
"""

__all__: list[str] = []
