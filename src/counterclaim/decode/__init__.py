"""Decode: from the heads' probabilities to parties, places, times and labels.

Takes a document, its resolution and what the reader read of it; gives what a figure, trigger or cue
points at, with its probability. Never writes a value that no words of the document stand for.
"""

from counterclaim.decode.decoder import COUNTS, Decoder
from counterclaim.decode.grading import PartyReading, grade, is_lone_person, is_named
from counterclaim.decode.whose import suggest_owners

__all__ = [
    "COUNTS",
    "Decoder",
    "PartyReading",
    "grade",
    "is_lone_person",
    "is_named",
    "suggest_owners",
]
