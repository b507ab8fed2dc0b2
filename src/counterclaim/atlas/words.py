"""Words around the names of places, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """The lists of data/place_words.yaml; its header says what each is for. All in lower case."""

    within: frozenset[str]
    turning: frozenset[str]
    measures: frozenset[str]
    directions: frozenset[str]
    kinds: Mapping[str, str]
    """A word for what a place is, to ``region``, ``district``, ``town`` or ``feature``."""
    joiners: frozenset[str]
    locatives: frozenset[str]
    holdings: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    speech: frozenset[str]
    stop_words: frozenset[str]
    """Common words that are villages too."""
    stop_names: frozenset[str]
    """First names and surnames that are places too."""


@cache
def load_words() -> PlaceWords:
    """Read the lists; once, then from memory."""
    text = files("counterclaim.atlas").joinpath("data/place_words.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    kinds = {str(word): kind for kind, words in data["kinds"].items() for word in words}
    return PlaceWords(
        within=_words(data["within"]),
        turning=_words(data["turning"]),
        measures=_words(data["measures"]),
        directions=_words(data["directions"]),
        kinds=MappingProxyType(kinds),
        joiners=_words(data["joiners"]),
        locatives=_words(data["locatives"]),
        holdings=_words(data["holdings"]),
        titles=_words(data["titles"]),
        bodies=_words(data["bodies"]),
        speech=_words(data["speech"]),
        stop_words=_words(data["stop"]["words"]),
        stop_names=_words(data["stop"]["names"]),
    )


def _words(entries: list[str]) -> frozenset[str]:
    assert all(isinstance(entry, str) for entry in entries), "quote on, off, yes and no"
    return frozenset(entries)
