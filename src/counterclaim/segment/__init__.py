"""Segment: where the report ends, and its passages.

Takes a Document; gives its Division: passages of the report, comments of its readers, the cut.
Never drops a character silently: what is not a passage stands after a cut that tells its reason.
"""

from counterclaim.segment.divide import segment_document

__all__ = ["segment_document"]
