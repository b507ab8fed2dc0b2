"""Lexicons of one's own, chosen by folder or by the name of a package that brings them, and tried before anything is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from counterclaim.lexicon import load, stances, statuses, territorial_wording, times
from counterclaim.lexicon.event_triggers import load_triggers
from counterclaim.lexicon.harm import load_harm
from counterclaim.lexicon.overlay import LexiconError, choose_overlays, overlays
from counterclaim.lexicon.plover import load_contexts, load_types
from counterclaim.plugins import PluginError, load_plugin, plugin_names

LOADERS: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "acts.yaml": partial(load_triggers, "acts.yaml"),
        "casualties.yaml": load_harm,
        "ceasefires.yaml": statuses.load_ceasefires,
        "events.yaml": load_triggers,
        "hedges.yaml": load.load_hedges,
        "modifiers.yaml": load.load_modifiers,
        "nouns.yaml": load.load_cues,
        "outlets.yaml": load.load_state_outlets,
        "parties.yaml": load.load_parties,
        "persons.yaml": load.load_persons,
        "phrases.yaml": load.load_cues,
        "plover.yaml": lambda: (load_types(), load_contexts()),
        "roles.yaml": load.load_roles,
        "stance_words.yaml": stances.load_stance_words,
        "stances.yaml": stances.load_stances,
        "things.yaml": load.load_nonspeaking_nouns,
        "times.yaml": times.load_times,
        "unreal.yaml": load.load_unreal,
        "verbs.yaml": load.load_cues,
        "withheld.yaml": statuses.load_formulas,
        "wordings.yaml": territorial_wording.load_wordings,
    }
)
"""What reads each file; the others are read as they are."""


def choose_lexicons(names: Sequence[str]) -> None:
    """Choose lexicons of one's own for this process and those it starts; they are part of a reading's signature.

    Args:
        names: Folders, or names that installed packages give theirs.

    Raises:
        LexiconError: If one is not as the shipped ones are, or words were read already.
        PluginError: If a package's cannot be had.
    """
    choose_overlays([_folder(name) for name in names])
    for own in overlays():
        for name in own.files:
            try:
                LOADERS.get(name, partial(load.read_rows, name))()
            except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
                what = f"{type(error).__name__}: {error}"
                msg = f"{own.name}/{name}: an entry is not as the shipped ones are ({what}); compare it with theirs"
                raise LexiconError(msg) from error


def _folder(name: str) -> Path:
    """Return the folder that a person means: one on disk before one of a package."""
    if Path(name).exists():
        return Path(name)
    found = load_plugin("lexicons", name)
    if callable(found):
        found = found()
    if found is None:
        known = (
            f"; packages bring {', '.join(names)}" if (names := plugin_names("lexicons")) else ""
        )
        msg = f"--lexicon {name!r}: there is no such folder{known}"
        raise LexiconError(msg)
    if not isinstance(found, str | Path):
        raise PluginError("lexicons", name, "it is no path of a folder", "ask its makers")
    return Path(found)
