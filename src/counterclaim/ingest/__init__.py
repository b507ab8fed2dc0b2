"""Ingest: a report taken in, from wherever it stands.

Takes a path, an address, ``-`` or pasted text; gives a Document, its problems and its thread's place.
Never invents a date or an outlet, never normalises the text, never reaches into a private network.
"""

from counterclaim.ingest.sources import Opened, open_document

__all__ = ["Opened", "open_document"]
