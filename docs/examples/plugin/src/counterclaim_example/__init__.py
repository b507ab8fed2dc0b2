"""An example of a package that brings things to Counterclaim."""

from pathlib import Path

WORDS = Path(__file__).parent / "words"
"""A folder of lexicon files: what ``--lexicon kestria`` stands for."""
