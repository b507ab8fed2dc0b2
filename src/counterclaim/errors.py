"""Errors a person can mend: each says what happened, where, and what to do."""

import difflib
from collections.abc import Sequence


class CounterclaimError(Exception):
    """Base of every error that is the input's or the setting's fault, never ours.

    The command line prints it as one line and leaves with code 2.
    """


def unknown_word(name: str, words: str, known: Sequence[str]) -> str:
    """Return what to say of a word that is none of a list's: which it may be meant for, and all there are."""
    asked = words.strip().casefold()
    near = difflib.get_close_matches(asked, known, n=1, cutoff=0.6)
    near = near or [word for word in known if asked and word.startswith(asked)][:1]
    meant = f"did you mean {near[0]}? " if near else ""
    return f"{name} {words[:60]!r} is unknown: {meant}choose one of {', '.join(known)}"
