"""Cast: which party a name in a report stands for, whether the lexicon knows it or not.

A name that ``resolve`` knows is the party that it found. Any other is taken at its word: the forms of one
name are one party ("Kestria", "Kestrian", "the Kestrians"), a short form is the longer one told elsewhere
("the Coalition", of the Lake Coalition; "KLM", of the Kestrian Liberation Movement), and what only tells a
rank or an organ names nobody.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from counterclaim.lexicon import load_modifiers, load_roles
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span

_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w'’&]|\.(?=\w))*(?:-[\w'’]+)*"
_RUN = re.compile(
    rf"{_WORD}(?:\s(?:(?:of|for)\s(?:the\s)?|(?:de|del|du|al|el|bin|van|von)\s)?{_WORD})*"
)
_OPENING = re.compile(r"(?:^|[.!?:;\n\"“(•–—-]\s*)$")
_ENDINGS = (
    "",
    "n",
    "s",
    "an",
    "ns",
    "i",
    "is",
    "ian",
    "ans",
    "ese",
    "ian",
    "ians",
    "ish",
    "ite",
    "ites",
    "er",
    "ers",
)
_LEAST = 4
"""Letters that forms of one name share."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands."""

    span: Span
    party: Party


@dataclass(frozen=True)
class Cast:
    """The names of one report."""

    document: Document
    resolution: Resolution

    def at(self, offset: int) -> Name | None:
        """Return the name that a character belongs to."""
        return min(self._held.get(offset, ()), key=lambda name: len(name.span), default=None)

    @cached_property
    def _held(self) -> Mapping[int, Sequence[Name]]:
        """The names by each of their characters, in the order of ``names``."""
        found: dict[int, list[Name]] = {}
        for name in self.names:
            for at in range(name.span.start, name.span.end):
                found.setdefault(at, []).append(name)
        return found

    def owner_in(self, outlet: str) -> Party | None:
        """Return whose organ an outlet's name tells: "Press office of the **Kestrian** army".

        A paper or a body of citizens is no organ of the land that its name tells.
        """
        words = {word.lower() for word in re.findall(r"\w+", outlet)}
        if not words & (state_organ_words() | _BANDS) or words & (_PAPERS | civil_words()):
            return None
        for name in self.names:
            told = _bare(self.document.words(name.span))
            if name.party.kind == "official" or len(told) < _LEAST:
                continue
            if re.search(rf"(?<!\w){re.escape(told)}(?!\w)", outlet):
                return name.party
        for word in re.findall(_WORD, outlet):
            kin = [token for token in self._tokens if is_form(word, token)]
            if kin:
                return Party(min(kin, key=len), None, "state")
        first = outlet.partition(",")[0].strip()
        return Party(first, None, "armed group") if words & _BANDS else None

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """All names: known ones, then the report's own."""
        known = [Name(item.span, item.party) for item in self.resolution.names]
        taken = [name.span for name in known]
        own = [name for name in self._own() if not any(name.span.meets(span) for span in taken)]
        return (*known, *own)

    def _own(self) -> Iterator[Name]:
        found: dict[tuple[str, ...], Party | None] = {}
        for span, words in self._runs:
            if words not in found:
                found[words] = self._party(words)
            party = found[words]
            if party is not None:
                yield Name(span, party)

    @cached_property
    def _runs(self) -> tuple[tuple[Span, tuple[str, ...]], ...]:
        """Runs of capitalised words, without words that are capitalised only where a sentence opens."""
        text = self.document.text
        found = []
        for opening, end in _parts(text):
            start = opening
            words = tuple(re.findall(_WORD, text[start:end]))
            if _OPENING.search(text, max(0, start - 4), start) and _is_common(words[0], text):
                rest = re.search(rf"\s({_WORD}.*)", text[start:end], re.DOTALL)
                if rest is None:
                    continue
                start, words = start + rest.start(1), words[1:]
            found.append((Span(start, end), tuple(map(_bare, words))))
        return tuple(found)

    def _party(self, words: Sequence[str]) -> Party | None:
        """Return the party of a run of words; None for what tells a rank or an organ alone."""
        own = [word for word in words if word.lower() not in organ_words()]
        if not own:
            longer = [
                run
                for _, run in self._runs
                if len(run) > len(words) and run[-len(words) :] == tuple(words)
            ]
            full = Counter(longer).most_common(1)
            return None if not full else self._party(full[0][0])
        if len(words) > 1 and any(word.lower() in body_words() for word in words):
            return Party(" ".join(words), None, "organisation")
        if len(own) > 1:
            return Party(" ".join(own), None, "official")
        if own[0].isupper() and len(own[0]) > 1:
            full_name = self._spelt_out(own[0])
            return Party(full_name or own[0], None, "organisation")
        return self._family(own[0])

    def _spelt_out(self, initials: str) -> str | None:
        """Return the name whose first letters some capitals are, where the report has it."""
        for _, run in self._runs:
            if len(run) > 1 and "".join(word[0] for word in run) == initials:
                return " ".join(run)
        return None

    @cached_property
    def _tokens(self) -> Counter[str]:
        return Counter(
            word for _, run in self._runs for word in run if word.lower() not in organ_words()
        )

    def _family(self, word: str) -> Party:
        """Return the party that a word is a form of: the shortest name that the report has.

        A name with an adjective or a people is a land's ("Kestria", "Kestrian"); another is a body's.
        """
        kin = {other for other in self._tokens if is_form(word, other) or is_form(other, word)}
        name = min(kin | {word}, key=lambda item: (len(item), item))
        return Party(name, None, "state" if len(kin - {name}) > 0 else "organisation")


_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)


def _words_of(*ids: str) -> frozenset[str]:
    """Return the single words of the nouns of some roles."""
    return frozenset(
        word
        for role in load_roles()
        if role.id in ids
        for phrase in role.words
        for word in re.findall(r"\w+", phrase)
    )


@cache
def organ_words() -> frozenset[str]:
    """Return the words that tell an organ, a rank or a day, and name nobody."""
    roles = _words_of(*(role.id for role in load_roles()))
    kinds = load_modifiers()
    plural = {f"{word}s" for word in roles}
    return frozenset(
        roles | plural | kinds["state"] | kinds["official"] | kinds["inward"] | _CALENDAR
    )


_PAPERS = frozenset(
    "news times post daily radio tv agency voice herald tribune review journal gazette monitor".split()
)


@cache
def state_organ_words() -> frozenset[str]:
    """Return the words of organs that a state or an armed group has: "army", "ministry", "command"."""
    ids = {
        "defence-ministry",
        "foreign-ministry",
        "interior-ministry",
        "health-ministry",
        "ministry",
        "government",
        "military",
        "police",
    }
    found = _words_of(*ids)
    return frozenset(
        found
        - {
            "of",
            "the",
            "s",
            "council",
            "committee",
            "commission",
            "state",
            "side",
            "public",
            "general",
        }
    )


_BANDS = frozenset(
    "movement front brigade brigades fighters guerrillas mujahideen liberation".split()
)
"""Words of the names of groups that fight."""


@cache
def civil_words() -> frozenset[str]:
    """Return the last words of bodies of citizens: "network", "union", "observatory"."""
    found = _words_of("civil")
    return frozenset(found - {"human", "rights", "war", "medical", "group", "s", "committees"})


@cache
def body_words() -> frozenset[str]:
    """Return the last words of bodies' own names: "the Lake **Coalition**", "Ost Relief **Committee**"."""
    found = _words_of("group", "civil")
    return frozenset(found - {"human", "rights", "war", "medical"}) | {
        "league",
        "congress",
        "committee",
        "council",
    }


def is_form(word: str, name: str) -> bool:
    """Whether a word is an adjective or a people of a name: "Kestrian", "Kestrians", of "Kestria"."""
    if word[:_LEAST] != name[:_LEAST]:
        return False
    stem = name.rstrip("aeiouy") if len(name.rstrip("aeiouy")) >= _LEAST else name
    return (
        len(stem) >= _LEAST
        and word.startswith(stem)
        and (word.removeprefix(stem) in _ENDINGS or word.removeprefix(name) in _ENDINGS)
    )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Find runs of capitalised words, parted behind an owner and behind whoever holds an office.

    "People's Army for Renewal" is one run; "Kestria's | Defence Ministry" and "President Varn of | Kestria" are two.
    """
    for match in _RUN.finditer(text):
        start = match.start()
        for joint in re.finditer(r"(?:['’]s?\s|\s(?:of|for)\s(?:the\s)?)", match.group()):
            before = text[start : match.start() + joint.start()].lower().split()
            owned = joint.group().startswith(("'", "’"))
            if (owned and len(before) == 1 and before[0] != "people") or (
                not owned and set(before) & holder_words()
            ):
                yield start, match.start() + joint.start()
                start = match.start() + joint.end()
        yield start, match.end()


@cache
def holder_words() -> frozenset[str]:
    """Return the words of people that may be of somebody: "rebels **of** the movement", "president **of** Kestria"."""
    return _words_of(
        "official", "leader", "minister", "spokesperson", "rebels", "civilian", "source", "expert"
    ) | {
        "soldiers",
        "troops",
        "forces",
    }


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").rstrip(".'’")


_POINTING = frozenset(
    "they them their theirs these those this that there here what when where which while who whom whose".split()
)
"""Words that stand for others, and name nobody."""


def _is_common(word: str, text: str) -> bool:
    """Whether a word that opens a sentence is none of a name: the report has it in small letters, it is short, or a pronoun."""
    return len(word) < _LEAST or word.lower() in _POINTING or has_word(text, word.lower())


def has_word(text: str, word: str) -> bool:
    """Whether some characters stand in a text with no letter or number on either side."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(text[at - 1 : at]) or _is_letter(text[end : end + 1])):
            return True
        at = text.find(word, at + 1)
    return False


def _is_letter(character: str) -> bool:
    """Whether a character is one of a word: a letter, a number or a low line; an empty one is not."""
    return character.isalnum() or character == "_"
