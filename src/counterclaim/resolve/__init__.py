"""Resolve: names, pronouns, places, times and numbers get their values.

Takes a document and its parsed sentences; gives one Resolution for the whole document.
Never decides what a sentence claims, and never guesses a name that nothing in the text supports.
"""

from counterclaim.resolve.conflict import settle_conflict
from counterclaim.resolve.document import resolve_document

__all__ = ["resolve_document", "settle_conflict"]
