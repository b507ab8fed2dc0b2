"""Roles: nouns that make a speaker of a party, matched in a sentence."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from counterclaim.lexicon import RoleNoun, load_roles
from counterclaim.records.mention import NameMention
from counterclaim.records.party import PartyKind
from counterclaim.syntax.sentence import Sentence

HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady sheikh shaikh sheik ayatollah imam rev rev. "
    "fr. father sister prof prof. prince princess queen pope mullah maulana hajji sayyid".split()
)
"""Titles that make a person of a name and tell nothing of a party."""

PERSONAL = frozenset({"leader", "minister", "spokesperson", "official", "expert", "civilian"})
"""Roles that a single person holds."""

ORGANS = frozenset(
    {
        "defence-ministry",
        "foreign-ministry",
        "interior-ministry",
        "health-ministry",
        "ministry",
        "government",
        "office",
        "military",
        "police",
    }
)
"""Roles of bodies that belong to a state or authority."""

DIPLOMATS = frozenset({"ambassador", "envoy", "representative", "delegate", "diplomat"})
"""Last words of roles held for a state at a body, or for a body in a state."""

BODIES: frozenset[PartyKind] = frozenset({"organisation", "alliance", "mediator"})
"""Kinds of body at which states keep ambassadors."""

LONGEST = 5
"""Words in the longest role phrase: "high commissioner for human rights"."""

_BREAK = re.compile(r"[ -]|(?=')")
"""Where the parser may part the words of a role phrase."""


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role phrase in a sentence."""

    role: RoleNoun
    words: str
    """As the lexicon writes it."""
    first: int
    last: int


@cache
def _by_words() -> dict[str, RoleNoun]:
    found: dict[str, RoleNoun] = {}
    for role in load_roles():
        for words in role.words:
            found.setdefault(words.replace("’", "'"), role)
    return found


def singular(word: str) -> str:
    """Take the plural off a role noun: officials, ministries, spokesmen, secretaries."""
    if word in _by_words():
        return word
    for ending, mended in (("ies", "y"), ("men", "man"), ("women", "woman"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + mended in _by_words():
            return word[: -len(ending)] + mended
    return word


def role_ending_at(sentence: Sentence, last: int) -> RoleMatch | None:
    """Find the longest role phrase whose last word stands at an index."""
    if _ending(sentence.words[last].lower) is None:
        return None
    for length in range(min(LONGEST, last + 1), 0, -1):
        first = last - length + 1
        match = _lookup(sentence, first, last)
        if match is not None:
            return match
    return None


def role_starting_at(sentence: Sentence, first: int) -> RoleMatch | None:
    """Find the longest role phrase whose first word stands at an index."""
    for length in range(min(LONGEST, len(sentence) - first), 0, -1):
        match = _lookup(sentence, first, first + length - 1)
        if match is not None:
            return match
    return None


def _lookup(sentence: Sentence, first: int, last: int) -> RoleMatch | None:
    end = _ending(sentence.words[last].lower)
    if end is None:
        return None
    front = (word.lower.replace("’", "'") for word in sentence.words[first:last])
    words = " ".join([*front, end]).replace(" '", "'").replace(" - ", "-")
    role = _by_words().get(words)
    return None if role is None else RoleMatch(role, words, first, last)


@lru_cache(maxsize=8192)
def _ending(word: str) -> str | None:
    """Return the singular of a word that can end a role phrase; None for all others, which are most."""
    one = singular(word.replace("’", "'"))
    return one if _last_part(one) in _last_parts() else None


@cache
def _last_parts() -> frozenset[str]:
    return frozenset(map(_last_part, _by_words()))


def _last_part(words: str) -> str:
    return _BREAK.split(words)[-1]


def whose_diplomat(near: NameMention, far: NameMention | None, role: str) -> NameMention:
    """Choose between the two names before a diplomat's title.

    Accepts:
      1. a state's at a body       "**Kestria's** U.N. ambassador", "the **Kestrian** NATO envoy"
      2. a body's in a state       "the **U.N.** Kestria envoy"

    Args:
        near: The name right before the title.
        far: The one right before that name, if any.
        role: The title, as the lexicon writes it.
    """
    if far is None or singular(_last_part(role)) not in DIPLOMATS:
        return near
    serves = near.party.kind in BODIES and far.party.kind in {"state", "de facto authority"}
    sent = near.kind == "name" and near.party.kind == "state" and far.party.kind in BODIES
    return far if serves or sent else near
