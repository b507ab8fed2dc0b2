"""Counterclaim reads reporting on armed conflict and keeps who says what happened.

``ROOMS`` is the floor plan: a room imports only rooms on lower floors, and rooms of one floor
never import each other. ``tests/test_architecture.py`` holds the house to it.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.exchange.frames import to_arrow as to_arrow
    from counterclaim.exchange.frames import to_frame as to_frame
    from counterclaim.exchange.opened import open_ledger as open_ledger
    from counterclaim.pipeline.many import read_many as read_many
    from counterclaim.pipeline.read import read as read
    from counterclaim.pipeline.second_reader import second_reader as second_reader
    from counterclaim.records.claim import Claim as Claim
    from counterclaim.records.problem import Problem as Problem
    from counterclaim.records.reading import Reading as Reading

ROOMS: tuple[tuple[str, ...], ...] = (
    ("records",),
    ("lexicon", "atlas", "syntax", "model", "gate", "copies", "plugins", "tell"),
    ("decode",),
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
    ("pipeline",),
    ("service",),
    ("charts", "export", "archive", "alerts"),
    ("exchange",),
    ("serve",),
    ("publish",),
    ("cli",),
)

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""Before anything imports onnxruntime, which else writes a device id and a queue of events under the user's cache."""

PUBLIC = {
    "read": "pipeline.read",
    "read_many": "pipeline.many",
    "second_reader": "pipeline.second_reader",
    "open_ledger": "exchange.opened",
    "to_frame": "exchange.frames",
    "to_arrow": "exchange.frames",
    "Reading": "records.reading",
    "Claim": "records.claim",
    "Problem": "records.problem",
}
"""The names that programs may rely on, and where each lives."""

__all__ = [
    "PUBLIC",
    "ROOMS",
    "Claim",
    "Problem",
    "Reading",
    "__version__",
    "open_ledger",
    "read",
    "read_many",
    "second_reader",
    "to_arrow",
    "to_frame",
]


def __getattr__(name: str) -> object:
    """Fetch a public name on first use, so that importing the package costs nothing."""
    if name in PUBLIC:
        return getattr(import_module(f"counterclaim.{PUBLIC[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(__all__)
