"""Proposals: a second reader, a language model, that may only point at words of the report.

Takes a document's sentences and what they resolve to, and the first reader's attributions and claims;
gives grounded proposals, the dropped ones counted by reason, and both readings brought together under a
stated policy. Never lets in a word that is not in the text, never hides who read a row, and never goes to
the network unless whoever runs the program named an endpoint.
"""

from counterclaim.proposals.ask import Asker, Estimate, estimate
from counterclaim.proposals.chosen import Wishes, choose_second_reader
from counterclaim.proposals.figures import meet_figures
from counterclaim.proposals.ground import ground
from counterclaim.proposals.meet import meet_speech
from counterclaim.proposals.settings import (
    Budget,
    SecondReaderError,
    SecondReaderSettings,
    kept_replies,
    make_settings,
)

__all__ = [
    "Asker",
    "Budget",
    "Estimate",
    "SecondReaderError",
    "SecondReaderSettings",
    "Wishes",
    "choose_second_reader",
    "estimate",
    "ground",
    "kept_replies",
    "make_settings",
    "meet_figures",
    "meet_speech",
]
