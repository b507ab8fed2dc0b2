"""Export: readings leave the house, as text that others can read.

Takes a Reading; gives notation, JSON, JSON lines or one HTML page.
Never changes a claim on the way out.
"""

from counterclaim.export.formats import FORMATS, write_reading

__all__ = ["FORMATS", "write_reading"]
