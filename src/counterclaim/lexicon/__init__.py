"""Lexicon: the words the house knows, as data with examples and counter-examples.

Takes nothing; gives frozen entries and the digest of each file.
Never decides: a room reads an entry and says which one it used.
"""

from counterclaim.lexicon.load import (
    Cue,
    Hedge,
    KnownParty,
    KnownPerson,
    RoleNoun,
    digest,
    load_cues,
    load_hedges,
    load_modifiers,
    load_nonspeaking_nouns,
    load_parties,
    load_persons,
    load_roles,
    load_state_outlets,
    load_unreal,
    part_of,
)

__all__ = [
    "Cue",
    "Hedge",
    "KnownParty",
    "KnownPerson",
    "RoleNoun",
    "digest",
    "load_cues",
    "load_hedges",
    "load_modifiers",
    "load_nonspeaking_nouns",
    "load_parties",
    "load_persons",
    "load_roles",
    "load_state_outlets",
    "load_unreal",
    "part_of",
]
