"""Known names: where the known names of states, groups, bodies and media stand in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from counterclaim.atlas.countries import Country, load_countries
from counterclaim.lexicon import KnownParty, load_parties
from counterclaim.records.mention import NameKind, NameMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence

ACRONYM_LETTERS = 5
"""Names of at most this many letters, all capitals, match only so written: US, NATO, never "us", "who"."""

_ALSO_WORDS = frozenset(
    {"Fars", "Dawn", "Observatory", "Amnesty", "Fox", "Channel 2", "Pope", "Mali", "Chad"}
)
"""Names that are also words or first names: they match only in this very spelling."""


BORROWED = frozenset(
    "backed led run based allied aligned held controlled born style made brokered sponsored supported funded "
    "trained supplied registered listed occupied administered owned affiliated inspired linked friendly speaking "
    "flagged majority dominated designated besieged".split()
)
"""Second halves of compounds whose first half is not the owner: "Iranian-**backed** militia"."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    party: Party
    kind: NameKind
    exact: bool
    shared: bool = False
    """Whether bodies of other lands bear it too."""


_AS_WRITTEN = str.maketrans({"’": "'", "\n": " ", "\u00a0": " "})
"""A name is the same with either apostrophe, and where a line breaks or must not break inside it."""


class NameIndex:
    """Known names by their first token, longest first."""

    def __init__(self, names: Sequence[_Name]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        for name in names:
            self._by_first.setdefault(_first_token(name.words).lower(), []).append(name)
        for bucket in self._by_first.values():
            bucket.sort(key=lambda name: -len(name.words))

    def names_of(self, root: str) -> Iterator[str]:
        """Yield the names of a whole party, as written."""
        for bucket in self._by_first.values():
            for name in bucket:
                if name.party.root == root and name.party.unit is None:
                    yield name.words

    def with_names(self, names: Sequence[_Name]) -> "NameIndex":
        """Return this index with further names, which go before those of the same words."""
        wider = NameIndex(())
        wider._by_first = dict(self._by_first)
        for name in names:
            first = _first_token(name.words).lower()
            known = [other for other in wider._by_first.get(first, ()) if other.words != name.words]
            wider._by_first[first] = sorted([name, *known], key=lambda item: -len(item.words))
        return wider

    def match(self, text: str, start: int) -> Iterator[tuple[_Name, int]]:
        """Yield the names that stand at a character, longest first, with their ends.

        A name that several bodies share is left out where the text gives it to another.
        """
        for name in self._by_first.get(_first_token(text[start : start + 40]).lower(), ()):
            end = start + len(name.words)
            found = text[start:end].translate(_AS_WRITTEN)
            if found != name.words and (name.exact or not _is_spelling(found, name.words)):
                continue
            if end < len(text) and (text[end].isalnum() or text[end] == "_"):
                continue
            if name.shared and _is_of_another(text, start):
                continue
            yield name, end


_OWNER = re.compile(r"(?:\b(?P<name>[A-Z][\w-]+)|(?P<genitive>\w['’]s|s['’]))[^\S\n]\Z")
"""What stands right before a name and makes it another's: "**Ardenian** Red Cross", "**Kestria's** Security Council"."""

_NO_OWNERS = frozenset(
    {
        "The",
        "A",
        "An",
        "In",
        "At",
        "And",
        "But",
        "When",
        "While",
        "As",
        "For",
        "Since",
        "After",
        "With",
    }
)
"""Words that begin a sentence, and own nothing."""


def _is_of_another(text: str, start: int) -> bool:
    """Return whether a capitalised word or an owner stands right before a character."""
    before = _OWNER.search(text, max(0, start - 40), start)
    return before is not None and before["name"] not in _NO_OWNERS


def _first_token(words: str) -> str:
    """Return the letters up to the first break; dots inside an abbreviation are kept, its last is not."""
    end = 0
    while end < len(words) and (words[end].isalnum() or words[end] == "."):
        end += 1
    return words[:end].rstrip(".")


def _is_spelling(found: str, name: str) -> bool:
    """Return whether a text writes a name in its own way: capitals throughout, or "the" for "The"."""
    if found.lower() != name.lower():
        return False
    return found.isupper() or (found[:1].isupper() and not found.islower()) or name.islower()


def load_names(added: tuple[KnownParty, ...] = ()) -> NameIndex:
    """Return the index of all known names.

    Args:
        added: Parties that a conflict file brings or a report declares, or known ones with further aliases.
    """
    own = [name for known in added for name in _party_names(known)]
    return _all_names().with_names(own) if own else _all_names()


@cache
def _all_names() -> NameIndex:
    """Build the index of the lexicon's parties and the countries; once, then from memory."""
    names: list[_Name] = []
    for known in load_parties():
        names.extend(_party_names(known))
    taken = {name.words for name in names if name.party.unit is None}
    for country in load_countries():
        names.extend(name for name in _country_names(country) if name.words not in taken)
    return NameIndex(names)


def _party_names(known: KnownParty) -> Iterator[_Name]:
    iso3 = (
        _iso3(known.country) if known.country is None or len(known.country) == 2 else known.country
    )
    party = Party(known.of or known.id, known.unit, known.kind, iso3)
    for words in {known.id, *known.aliases} if known.of is None else set(known.aliases):
        bare = words.removeprefix("media: ")
        kind: NameKind = "alias"
        if words in known.people:
            kind = "people"
        elif words in known.adjectives:
            kind = "adjective"
        is_shared = words in known.shared
        yield _Name(bare.replace("’", "'"), party, kind, _is_exact(bare), is_shared)


def _country_names(country: Country) -> Iterator[_Name]:
    if country.of is not None:
        return
    party = Party(country.name, None, "state", country.iso3)
    for kind, words in country.words():
        for spelling in {words, words.removeprefix("The ").removeprefix("the ")}:
            yield _Name(spelling.replace("’", "'"), party, kind, _is_exact(spelling))


def _is_person(sentence: Sentence, first: int, last: int, name: _Name) -> bool:
    """Return whether a land's name is somebody's first name: "**Jordan** Lewis", "**Israel** Hernandez"."""
    if name.kind != "name" or last + 1 >= len(sentence):
        return False
    after = sentence[last + 1]
    if after.pos != "PROPN" or not after.text[:1].isupper() or after.text.isupper():
        return False
    return (
        sentence[first].entity == "PERSON"
        and after.entity == "PERSON"
        and after.dep not in {"appos", "conj"}
    )


def _is_exact(words: str) -> bool:
    """Return whether a name counts only as it is written: "US", "LeT", which other words resemble."""
    letters = [letter for letter in words if letter.isalpha()]
    is_acronym = all(letter.isupper() for letter in letters) or (
        words.isalpha() and any(letter.isupper() for letter in words[1:])
    )
    return words in _ALSO_WORDS or (len(letters) <= ACRONYM_LETTERS and is_acronym)


@cache
def _iso3_by_iso2() -> dict[str, str]:
    return {country.iso2: country.iso3 for country in load_countries()}


def _iso3(iso2: str | None) -> str | None:
    return None if iso2 is None else _iso3_by_iso2().get(iso2)


@cache
def _party_by_root() -> dict[str, Party]:
    found = {
        country.name: Party(country.name, None, "state", country.iso3)
        for country in load_countries()
    }
    for known in load_parties():
        if known.of is None:
            found[known.id] = Party(known.id, None, known.kind, _iso3(known.country))
    return found


def known_party(root: str) -> Party | None:
    """Return the party with a root name of the lexicon or the table of countries."""
    return _party_by_root().get(root)


def find_names(
    document: Document, sentences: Sequence[Sentence], added: tuple[KnownParty, ...] = ()
) -> tuple[NameMention, ...]:
    """Find the known names in a document, longest match first, without overlaps.

    Args:
        document: Whose text the sentences are.
        sentences: In document order.
        added: Names that a conflict file brings.

    Source:
        lexicon/parties.yaml; atlas/data/countries.csv.
    """
    index = load_names(added)
    found: list[NameMention] = []
    borne = _Bearers(document)
    for sentence in sentences:
        found.extend(_in_sentence(document.text, sentence, index, borne))
    return tuple(found)


class _Bearers:
    """Which of the names that several bodies share another body bears in a document."""

    def __init__(self, document: Document) -> None:
        self._texts = tuple(filter(None, (document.text, document.title, document.outlet)))
        self._known: dict[str, bool] = {}

    def has_another(self, words: str) -> bool:
        """Return whether the document, its title or its outlet gives a shared name to another body."""
        bare = words.removeprefix("the ")
        if bare not in self._known:
            name = re.compile(rf"\b{re.escape(bare)}\b")
            self._known[bare] = any(
                _is_of_another(text, match.start())
                and not any(
                    known.words.endswith(bare)
                    for start in _starts_before(text, match.start())
                    for known, end in load_names().match(text, start)
                    if end == match.end()
                )
                for text in self._texts
                for match in name.finditer(text)
            )
        return self._known[bare]


def _starts_before(text: str, at: int) -> Iterator[int]:
    """Yield where the words begin that stand in the sixty characters before a place in a text."""
    for match in re.finditer(r"\b\w", text[max(0, at - 60) : at]):
        yield max(0, at - 60) + match.start()


def _in_sentence(
    text: str, sentence: Sentence, index: NameIndex, borne: _Bearers
) -> Iterator[NameMention]:
    words = sentence.words
    position = 0
    while position < len(words):
        word = words[position]
        matched = None
        if word.text[:1].isalpha() and (word.start == 0 or not text[word.start - 1].isalnum()):
            for name, end in index.match(text, word.start):
                last = position
                while last + 1 < len(words) and words[last].end < end:
                    last += 1
                if words[last].end <= end or words[last].end - end <= 2:
                    matched = (name, last, end)
                    break
        if matched is None:
            position += 1
            continue
        name, last, end = matched
        if _is_person(sentence, position, last, name) or (
            name.shared and borne.has_another(name.words)
        ):
            position = last + 1
            continue
        yield NameMention(
            sentence=sentence.index,
            first=position,
            last=last,
            span=Span(word.start, end),
            party=name.party,
            kind=name.kind,
        )
        position = last + 1


def is_borrowed(sentence: Sentence, last: int) -> bool:
    """Return whether a name is the first half of a compound such as "Iranian-backed"."""
    after = sentence.words[last + 1 : last + 3]
    if len(after) == 2 and after[0].text in {"-", "–"}:
        return after[1].lower in BORROWED
    before = sentence.words[max(0, sentence.words[last].index - 2) : last]
    return (
        bool(before) and before[-1].text == "-" and before[0].lower in {"pro", "anti", "ex", "non"}
    )
