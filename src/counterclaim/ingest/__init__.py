"""Ingest: a report taken in, from wherever it stands; a table of counts likewise.

Takes a path, an address, ``-`` or pasted text; gives a Document, its problems and its thread's place.
Takes a table and its map; gives figures and problems.
Never invents a date or an outlet, never normalises the text, never reaches into a private network.
"""

from counterclaim.ingest.column_mapping import read_map
from counterclaim.ingest.days import as_day
from counterclaim.ingest.sources import Opened, open_document
from counterclaim.ingest.tables import TABLE_SUFFIXES, TableFigures, read_table

__all__ = [
    "TABLE_SUFFIXES",
    "Opened",
    "TableFigures",
    "as_day",
    "open_document",
    "read_map",
    "read_table",
]
