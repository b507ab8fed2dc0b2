"""Attribute: who is made to say what.

Takes parsed sentences and their resolution; gives Attribution records, in reading order.
Never decides whether the words are true, and never merges two speakers.
"""

from counterclaim.attribute.find import find_attributions

__all__ = ["find_attributions"]
