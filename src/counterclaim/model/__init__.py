"""Model: shipped weights that tag who is made to say what.

Takes the texts of passages; gives for each the Tagged attributions in it, with their probabilities.
Never decides what enters the ledger: that is for ``attribute``, whose rules stand without it.
"""

from counterclaim.model.files import ModelFilesError, OpenedTagger, open_model
from counterclaim.model.heads import Reader, Readout
from counterclaim.model.reader_files import OpenedReader, open_reader
from counterclaim.model.tagged import Tagged
from counterclaim.model.tagger import Tagger

__all__ = [
    "ModelFilesError",
    "OpenedReader",
    "OpenedTagger",
    "Reader",
    "Readout",
    "Tagged",
    "Tagger",
    "open_model",
    "open_reader",
]
