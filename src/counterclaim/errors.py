"""Errors a person can mend: each says what happened, where, and what to do."""


class CounterclaimError(Exception):
    """Base of every error that is the input's or the setting's fault, never ours.

    The command line prints it as one line and leaves with code 2.
    """
