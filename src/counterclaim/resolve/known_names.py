"""Known names: where the known names of states, groups, bodies and media stand in a text."""

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


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    party: Party
    kind: NameKind
    exact: bool


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

    def match(self, text: str, start: int) -> Iterator[tuple[_Name, int]]:
        """Yield the names that stand at a character, longest first, with their ends."""
        for name in self._by_first.get(_first_token(text[start : start + 40]).lower(), ()):
            end = start + len(name.words)
            found = text[start:end].translate(_AS_WRITTEN)
            if found != name.words and (name.exact or not _is_spelling(found, name.words)):
                continue
            if end < len(text) and (text[end].isalnum() or text[end] == "_"):
                continue
            yield name, end


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


@cache
def load_names(added: tuple[KnownParty, ...] = ()) -> NameIndex:
    """Build the index of all known names; once, then from memory.

    Args:
        added: Parties that a conflict file brings, or known ones with further aliases.
    """
    names: list[_Name] = []
    for known in added:
        names.extend(_party_names(known))
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
        yield _Name(bare.replace("’", "'"), party, kind, _is_exact(bare))


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
    for sentence in sentences:
        found.extend(_in_sentence(document.text, sentence, index))
    return tuple(found)


def _in_sentence(text: str, sentence: Sentence, index: NameIndex) -> Iterator[NameMention]:
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
        if _is_person(sentence, position, last, name):
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
