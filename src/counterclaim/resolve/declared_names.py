"""Declared names: abbreviations that a report itself explains: "the Lake Liberation Front (LLF)".

From there on both names mean one party, whether the lexicon knows it or not. Where the lexicon knows the same
letters for another body, the report's own word goes before it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from counterclaim.lexicon import KnownParty, load_modifiers
from counterclaim.records.party import PartyKind
from counterclaim.resolve.known_names import NameIndex, load_names

MOST = 40
"""Abbreviations looked at in one report."""

LONGEST = 9
"""Words of the longest name that is abbreviated."""

REACH = 160
"""Characters before a bracket in which the name stands."""

ALIKE = 0.7
"""Share of its words from which on a spelt-out name is the one that the lexicon knows."""

_SHORT = re.compile(r"\((?:the\s+|or\s+)?(?P<short>[A-Z][A-Za-z0-9-]{1,8})(?:\s*[,;)])")
_LETTERS = re.compile(r"(?<![(\w])[A-Z]{3,7}(?![\w)])")
_RUN = re.compile(
    r"\b[A-Z][\w'’-]{1,40}(?: (?:(?:of|for|and|the|in|de|del|la|las|los) )?[A-Z][\w'’-]{1,40}){2,7}"
)
"""A name of three to eight words; words are bounded, or a line of hyphens would be gone through from each of them."""
_JOINING = frozenset(
    "of for and the to in de del la las los des du y e al para por das do da & wa ya".split()
)
_OPENING = frozenset(
    "the a an on in at by but and when while as for since after before with from under both also meanwhile later "
    "then this that its their our monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december".split()
)
_ARMED_BEHIND = (
    r"\)?(?:(?:['’]s?)?\s+(?:fighters?|rebels?|militants?|guerrillas?|gunmen|insurgents?|commanders?|troops|forces|"
    r"militia|positions)\b|[^.]{0,80}\.?[^.]{0,60}\b(?:its|their)\s+(?:fighters|men|combatants|guerrillas|gunmen)\b)"
)
_TRUCE_BEFORE = r"\b(?:truce|ceasefire|cease-fire|armistice)\s+(?:\w+\s+)?with\s+(?:the\s+)?"
_ARMED_BEFORE = re.compile(
    r"\b(?:rebel|rebels|armed|insurgent|guerrilla|militant|separatist|paramilitary|jihadist|dissident)\s+"
    r"(?:(?:group|alliance|coalition|movement|faction|organi[sz]ation|force|umbrella|army)s?\b|\W*\Z)[^.]{0,40}\Z|"
    r"\bmilitia\b[^.]{0,30}\Z",
    re.IGNORECASE,
)  # fmt: skip


def declared_names(text: str) -> tuple[KnownParty, ...]:
    """Find the parties whose names a report abbreviates, each with both of its names.

    Accepts a name right before letters in brackets that are its initials, in any order ("Coordination of Azawad
    Movements (CMA)"), or two of them at least; and one whose initials, in order, stand alone further on. Left alone are organs of a state, media, and what the lexicon knows by
    both names.

    Args:
        text: Of the report.
    """
    index = load_names()
    found: dict[str, KnownParty] = {}
    for match in islice(_SHORT.finditer(text), MOST):
        short = match["short"]
        if short in found or sum(letter.isupper() for letter in short) < 2:
            continue
        words = _spelt_out(text[max(0, match.start() - REACH) : match.start()], short)
        if words is None:
            continue
        party = _declared(text, match.start(), words, short, index)
        if party is not None:
            found[short] = party
    for at, words, short in islice(_used_later(text), MOST):
        if short not in found:
            party = _declared(text, at, words, short, index)
            if party is not None:
                found[short] = party
    return tuple(found.values())


def _used_later(text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield names of several words whose initials, in order, stand alone behind them: "the Lake Liberation Front ... the LLF".

    Near miss: "the Lake Liberation Front ... the FLL".
    """
    shorts = {match[0]: match.start() for match in _LETTERS.finditer(text)}
    if not shorts:
        return
    for match in _RUN.finditer(text):
        words = tuple(match[0].split())
        while words and words[0].lower() in _OPENING:
            words = words[1:]
        short = "".join(_initials(words))
        if len(words) > 2 and shorts.get(short, -1) > match.end():
            yield match.end(), words, short


def _spelt_out(before: str, short: str) -> tuple[str, ...] | None:
    """Return the words before a bracket whose initials the letters in it are."""
    words = re.split(r"\s+", before.rstrip())[-LONGEST - 3 :]
    run: list[str] = []
    for word in reversed(words):
        if re.search(r"[.,;:!?)\"”]\Z", word) or not (word[:1].isupper() or word in _JOINING):
            break
        run.insert(0, word)
    while run and run[0].lower() in _OPENING | _JOINING:
        run.pop(0)
    letters = sorted(short.upper().replace("-", ""))
    for start in range(len(run)):
        if run[start] not in _JOINING and sorted(_initials(run[start:])) == letters:
            return tuple(run[start:]) if len(run) - start > 1 else None
    shared = sum(letter in letters for letter in set(_initials(run)))
    return tuple(run) if 2 <= len(run) <= LONGEST - 2 and shared >= 2 else None


def _initials(words: Sequence[str]) -> list[str]:
    return [
        part[0].upper()
        for word in words
        if word not in _JOINING
        for part in re.split(r"[-–]", word)
        if part[:1].isupper()
    ]


def _declared(
    text: str, at: int, words: Sequence[str], short: str, index: NameIndex
) -> KnownParty | None:
    """Return the party of a name and its abbreviation; None where it is left alone."""
    name = " ".join(words)
    within = tuple(index.match(name, 0))
    named = next((item for item, end in within if end == len(name)), None)
    known = next((item for item, end in index.match(short, 0) if end == len(short)), None)
    if named is not None:
        party = named.party
        same = known is None and party.unit is None and party.kind not in {"state", "media"}
        return KnownParty(id=party.root, aliases=(short,), kind=party.kind) if same else None
    if within or _has_word_of("organ_names", name):
        return None  # an organ of a state or a part of a body that is named
    if known is not None and (
        known.party.unit is not None or known.party.kind in {"state", "media"}
    ):
        return None
    kind = _kind(text, at, name, short)
    if known is None:
        return KnownParty(id=short, aliases=(name,), kind=kind)
    letters = sorted(short.upper())
    spelt = [
        other
        for other in index.names_of(known.party.root)
        if sorted(_initials(other.split())) == letters
    ]
    if spelt and not any(_share(words, other) > ALIKE for other in spelt):
        return KnownParty(id=name, aliases=(short,), kind=kind)
    return KnownParty(id=known.party.root, aliases=(name,), kind=known.party.kind)


def _has_word_of(id_: str, name: str) -> bool:
    """Return whether a word of one of the lexicon's sets stands in a name."""
    return _pattern(id_).search(name) is not None


@cache
def _pattern(id_: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(load_modifiers()[id_])))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _share(words: Sequence[str], name: str) -> float:
    """Return the share of two names' words that both have."""
    left = {word.lower() for word in words} - _JOINING
    right = set(name.lower().split()) - _JOINING
    return len(left & right) / max(len(left), len(right), 1)


def _kind(text: str, at: int, name: str, short: str) -> PartyKind:
    """Tell those who fight from other bodies: by their name, by what they are called before it, by who is theirs."""
    if set(name.lower().split()) & load_modifiers()["civil"]:
        return "organisation"
    if _has_word_of("fighting_names", name) or _ARMED_BEFORE.search(
        text[max(0, at - len(name) - 80) : at - len(name) - 1]
    ):
        return "armed group"
    return "armed group" if _has_fighters(text, (name, short)) else "organisation"


def _has_fighters(text: str, names: Sequence[str]) -> bool:
    """Return whether fighters, or a truce, are told to be somebody's: "**LLF** commander", "a truce with the **LLF**"."""
    return any(
        re.search(rf"\b{re.escape(name)}{_ARMED_BEHIND}", text)
        or re.search(rf"{_TRUCE_BEFORE}{re.escape(name)}\b", text)
        for name in names
    )
