"""Counterclaim reads reporting on armed conflict and keeps who says what happened.

``ROOMS`` is the floor plan: a room imports only rooms on lower floors, and rooms of one floor
never import each other. ``tests/test_architecture.py`` holds the house to it.
"""

from typing import TYPE_CHECKING

from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.desk.read import read as read

ROOMS: tuple[tuple[str, ...], ...] = (
    ("records",),
    ("lexicon", "atlas", "syntax", "model"),
    (
        "ingest",
        "segment",
        "parse",
        "resolve",
        "attribute",
        "coders",
        "proposals",
        "discussion",
        "link",
        "check",
        "reconcile",
    ),
    ("ledger",),
    ("desk",),
    ("charts", "export"),
    ("serve",),
    ("cli",),
)

__all__ = ["ROOMS", "__version__", "read"]


def __getattr__(name: str) -> object:
    """Fetch a public name on first use, so that importing the package costs nothing."""
    if name == "read":
        from counterclaim.desk.read import read  # noqa: PLC0415 - lazily, for start-up time

        return read
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
