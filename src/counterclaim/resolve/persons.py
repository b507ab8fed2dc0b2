"""Persons: names of people in a document, and whose they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from counterclaim.atlas.names import without_accents
from counterclaim.lexicon import KnownPerson, load_persons
from counterclaim.records.mention import NameMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document
from counterclaim.resolve.known_names import is_borrowed
from counterclaim.resolve.roles import (
    HONORIFICS,
    PERSONAL,
    RoleMatch,
    role_ending_at,
    role_starting_at,
    whose_diplomat,
)
from counterclaim.syntax.sentence import Sentence

_DOUBLED = re.compile(r"([a-z])\1")
_ENDING = re.compile(r"(?<=[b-df-hj-np-tv-xz])(?:iy|yi|ij|yj|i|y)\b")
"""How a name's last vowel is spelt from another alphabet: Zelensky, Zelenskiy, Zelenskyi."""

PARTICLES = frozenset(
    "al el ad an ar as ash at az de del della der den di du da bin ben ibn von van la le abu umm ul e i".split()
)
"""Small words inside names."""

APPOSITION_REACH = 14
"""Words after a name in which an apposition's role is looked for. Longest seen in sixty reports: 13."""

_ORGANISATION_WORDS = frozenset(
    "ministry department army front party council committee commission group brigade brigades division university "
    "college hospital school court agency association organization organisation union network movement forces force "
    "institute foundation center centre church company corporation bank office board authority guard corps coalition "
    "congress senate parliament assembly house police bureau service services times post journal news television tv "
    "staff radio press league federation society fund medical club airlines airport camp base square street mosque".split()
)
_OFFICES = frozenset({"spokesperson", "minister", "official", "leader"})
_CIVIL_BODIES = frozenset(
    "association union network society federation committee college university institute foundation church club hospital".split()
)
"""Words in the names of bodies that are no state's, whatever land their name tells."""
LONGEST_NAME = 3
"""Words of a full name that the surname alone may call up again."""

CIVIL = frozenset(
    "hospital clinic airline company firm university college school church charity club union hotel bank factory "
    "mine museum league team hospice orchestra supermarket mall restaurant ambulance pharmacy".split()
)
"""Bodies that are no state's: whoever leads or speaks for one does not speak for a state."""
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec a.m. p.m. gmt et".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRun:
    """A run of capitalised words that may name a person, a body or a place."""

    sentence: int
    first: int
    last: int
    text: str
    roles: tuple[RoleMatch, ...] = ()
    """Role phrases right before it ("President") or in apposition after it (", head of ...")."""
    owner: NameMention | None = None
    """The party named with the role: "Afghan President", ", a Syrian army officer"."""
    is_person: bool = False
    is_civil: bool = False
    """Whether the role is one at a body that is no state's: a hospital, an airline."""

    @property
    def span_words(self) -> tuple[int, int]:
        """First and last word."""
        return self.first, self.last


@dataclass(slots=True)
class Person:
    """What a document tells of one person, gathered from all its mentions."""

    full: str
    roles: list[RoleMatch] = field(default_factory=list)
    owner: NameMention | None = None
    known: KnownPerson | None = None
    sentence: int = 0
    """Where first named."""
    is_civil: bool = False
    """Whether the role is one at a body that is no state's."""
    home: Sentence | None = None
    """The sentence that tells the role."""


def find_runs(
    document: Document, sentence: Sentence, names: Mapping[int, NameMention]
) -> Iterator[NameRun]:
    """Find the runs of capitalised words in a sentence that are not known names.

    Args:
        document: Whose text the sentence is.
        sentence: One sentence.
        names: Known names by each word they cover.
    """
    position = 0
    words = sentence.words
    while position < len(words):
        if not _is_name_word(sentence, position, names):
            position += 1
            continue
        first = position
        while position + 1 < len(words):
            step = _next_in_name(sentence, position, names)
            if step is None:
                break
            position = step
        last = position
        position += 1
        roles = _trim_roles(sentence, first, last)
        if roles is None:
            continue
        first = roles
        text = document.text[words[first].start : words[last].end]
        yield _describe(sentence, first, last, text, names)


def _is_name_word(sentence: Sentence, index: int, names: Mapping[int, NameMention]) -> bool:
    word = sentence.words[index]
    if index in names or not word.text[:1].isupper() or word.lower in _DAYS:
        return False
    if word.pos == "PROPN" or word.entity == "PERSON":
        return len(word.text) > 1 and word.lower not in HONORIFICS
    return index == 0 and word.pos == "NOUN" and spelling(word.text) in _known_by_name()[1]


def _next_in_name(sentence: Sentence, index: int, names: Mapping[int, NameMention]) -> int | None:
    """Return the next word of a name: a capitalised one, or one behind a hyphen, initial or particle."""
    words = sentence.words
    if _is_name_word(sentence, index + 1, names):
        return index + 1
    reach = index + 1
    while reach < len(words) and reach <= index + 3:
        link = words[reach]
        joined = link.text in {"-", "'", "’"} and link.start == words[reach - 1].end
        initial = (
            len(link.text) <= 2
            and link.text[:1].isupper()
            and link.text[-1:] in {".", link.text[:1]}
        )
        if not (joined or initial or link.lower in PARTICLES):
            return None
        reach += 1
        if reach < len(words) and words[reach].text[:1].isupper() and reach not in names:
            return reach
        if (
            joined
            and reach < len(words)
            and words[reach].start == words[reach - 1].end
            and words[reach].text.isalpha()
        ):
            return reach
    return None


def _trim_roles(sentence: Sentence, first: int, last: int) -> int | None:
    """Move the start of a run past the titles in it; None when nothing but titles is left.

    A title of several words ends with the noun that makes it one: "Internal Affairs **Minister** ...".
    """
    at = first
    for index in range(last - 1, first - 1, -1):
        match = role_ending_at(sentence, index)
        if match is not None and match.role.id in PERSONAL and sentence.words[index].pos == "PROPN":
            at = index + 1
            break
    while at <= last:
        match = role_starting_at(sentence, at)
        if match is None or match.last > last:
            break
        at = match.last + 1
    return at if at <= last else None


def _describe(
    sentence: Sentence, first: int, last: int, text: str, names: Mapping[int, NameMention]
) -> NameRun:
    roles, owner = _before(sentence, first, names)
    titled = any(match.role.id in PERSONAL for match in roles)
    honorific = first > 0 and sentence.words[first - 1].lower in HONORIFICS
    start = min((match.first for match in roles), default=first)
    for further in (_renamed, _after):
        if owner is not None:
            break
        more, owner = further(sentence, start, last, names)
        roles = (*more, *roles) if more else roles
        titled = any(match.role.id in PERSONAL for match in roles)
    tokens = [sentence.words[index] for index in range(first, last + 1)]
    member = not roles and owner is not None and len(tokens) > 1
    by_entity = member or sum(word.entity == "PERSON" for word in tokens) * 2 > len(tokens)
    is_body = any(word.lower in _ORGANISATION_WORDS for word in tokens)
    return NameRun(
        sentence=sentence.index,
        first=first,
        last=last,
        text=text,
        roles=roles,
        owner=owner,
        is_person=(titled or honorific or by_entity or _is_known(text)) and not is_body,
        is_civil=owner is None and _is_civil(sentence, first, last, roles),
    )


def _is_civil(sentence: Sentence, first: int, last: int, roles: Sequence[RoleMatch]) -> bool:
    """Return whether the role is one at a body of no state: "**airline** spokesman", ", head of a **clinic**"."""
    if not roles:
        return False
    start = min(first, *(match.first for match in roles))
    stop = max(last, *(match.last for match in roles))
    while start > 0 and sentence.words[start - 1].pos in {"NOUN", "PROPN", "ADJ"}:
        start -= 1
    after = sentence.words[stop + 1 : stop + 1 + APPOSITION_REACH] if stop > last else ()
    ends = next(
        (n for n, word in enumerate(after) if word.text in {",", ";", ")", "—"}), len(after)
    )
    around = (*sentence.words[start:first], *sentence.words[last + 1 : stop], *after[:ends])
    return any(word.lemma.lower() in CIVIL for word in around)


def _before(
    sentence: Sentence, first: int, names: Mapping[int, NameMention]
) -> tuple[tuple[RoleMatch, ...], NameMention | None]:
    """Read the titles and their owner right before a name: "Afghan Interior Minister ..."."""
    roles: list[RoleMatch] = []
    owner: NameMention | None = None
    at = first - 1
    while at >= 0:
        word = sentence.words[at]
        match = role_ending_at(sentence, at)
        if match is not None and at not in names:
            roles.insert(0, match)
            at = match.first - 1
        elif at in names:
            if owner is None:
                owner = names[at]
            elif roles:
                owner = whose_diplomat(owner, names[at], roles[0].words)
            at = names[at].first - 1
        elif word.lower in HONORIFICS or (
            roles and (word.lower in {"'s", "’s", "’", "'"} or word.pos in {"ADJ", "PROPN", "NOUN"})
        ):
            at -= 1
        else:
            break
    return tuple(roles), owner if roles else None


def _renamed(
    sentence: Sentence, first: int, last: int, names: Mapping[int, NameMention]
) -> tuple[tuple[RoleMatch, ...], NameMention | None]:
    """Read the role that a name stands in apposition to: "the mayor of Ost, ..."."""
    if first == 0 or sentence.words[first - 1].text != ",":
        return (), None
    word = next(
        (sentence.words[i] for i in range(first, last + 1) if sentence.words[i].dep == "appos"),
        None,
    )
    beside = None if first < 2 else role_ending_at(sentence, first - 2)
    if (word is None or word.head >= first) and beside is not None and beside.role.id in _OFFICES:
        head = first - 2  # the parser may join the name elsewhere
    elif word is None or word.head >= first:
        return (), None
    else:
        head = word.head
    match = role_ending_at(sentence, head)
    if match is None or match.role.id not in PERSONAL:
        return (), None
    owner = next(
        (
            names[i]
            for i in range(sentence.first[head], first)
            if i in names and not is_borrowed(sentence, names[i].last)
        ),
        None,
    )
    return (match,), owner


def _after(
    sentence: Sentence, _first: int, last: int, names: Mapping[int, NameMention]
) -> tuple[tuple[RoleMatch, ...], NameMention | None]:
    """Read an apposition's role and owner: ", a spokesman for the Afghan army", "of the police"."""
    words = sentence.words
    at = last + 1
    if at >= len(words) or words[at].lower not in {",", "of", "from", "(", "—", "-"}:
        return (), None
    found: list[RoleMatch] = []
    owner: NameMention | None = None
    stop = min(len(words), last + 1 + APPOSITION_REACH)
    at += 1
    while at < stop:
        word = words[at]
        is_half = word.tag == "VBN" and words[at - 1].text == "-"
        if word.text in {",", ";", ")", "—", "“", '"', "”"} or (
            word.pos in {"VERB", "AUX", "SCONJ"} and not is_half
        ):
            break
        if word.pos == "CCONJ" and not found:
            break
        match = role_starting_at(sentence, at)
        if at in names:
            if not is_borrowed(sentence, names[at].last):
                owner = owner or names[at]
        elif match is not None:
            found.append(match)
            at = match.last
        at += 1
    if words[last + 1].lower in {"of", "from"} and not found:
        return (), _body_owner(sentence, last + 2, names)
    return tuple(found), owner if found else None


def _body_owner(
    sentence: Sentence, start: int, names: Mapping[int, NameMention]
) -> NameMention | None:
    """Return the party in the name of a body that a person is of: "of the **Turkish** Medical Association"."""
    near = sentence.words[start : start + 7]
    if not any(word.lower in _ORGANISATION_WORDS and word.text[:1].isupper() for word in near):
        return None
    name = next((names[word.index] for word in near if word.index in names), None)
    if name is None or name.party.kind not in {"state", "de facto authority"}:
        return name
    last = name.last
    while last + 1 < len(sentence) and sentence.words[last + 1].text[:1].isupper():
        last += 1
    words = {word.lower for word in sentence.words[name.first : last + 1]}
    if not words & _CIVIL_BODIES:
        return name
    text = " ".join(word.text for word in sentence.words[name.first : last + 1])
    return replace(name, party=Party(text, None, "organisation"), kind="name")


@cache
def _known_by_name() -> tuple[Mapping[str, KnownPerson], Mapping[str, KnownPerson]]:
    full = {spelling(person.id): person for person in load_persons()}
    short = {spelling(person.surname): person for person in load_persons() if person.surname}
    return full, short


def _is_known(text: str) -> bool:
    """Return whether a name, as it stands, is a known person's own."""
    full, short = _known_by_name()
    return spelling(text) in full or spelling(text) in short


def known_person(name: str, year: int | None) -> KnownPerson | None:
    """Find a person of public office by full name, or by a surname that is enough.

    Args:
        name: As in the text.
        year: Of publication. A bare surname counts only from the first year of office on.
    """
    full, short = _known_by_name()
    key = spelling(name)
    found = full.get(key)
    if found is None:
        found = short.get(key)
        if found is None and key[:3] in {"al-", "el-"}:
            found = short.get(key[3:])
        if found is None and " " in key:
            tail = short.get(key.rsplit(" ", 1)[1])
            if tail is not None and spelling(tail.id).split(" ")[0] == key.split(" ")[0]:
                found = tail
        if found is not None and year is not None and year < found.first_year:
            return None
    return found


class People:
    """The persons of one document, by every shorter form of their names."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._by_form: dict[str, Person] = {}

    def add(self, run: NameRun, sentence: Sentence | None = None) -> Person:
        """Take in one mention; a longer name or a new role adds to what is known."""
        person = self.find(run.text)
        if person is None:
            person = Person(
                run.text, sentence=run.sentence, known=known_person(run.text, self._year)
            )
        if len(run.text) > len(person.full) and person.known is None:
            person.known = known_person(run.text, self._year)
        if len(run.text) > len(person.full):
            person.full = run.text
        if run.roles and not person.roles:
            person.roles = list(run.roles)
            person.is_civil = run.is_civil
            person.home = sentence
        if run.owner is not None and person.owner is None:
            person.owner = run.owner
        for form in forms(person.full):
            self._by_form.setdefault(spelling(form), person)
        return person

    def find(self, name: str) -> Person | None:
        """Find a person by full name, surname, or any tail of the name."""
        person = self._by_form.get(spelling(name))
        if person is not None:
            return person
        parts = spelling(name).split()
        return (
            self._by_form.get(parts[-1]) if len(parts) > 1 and parts[0][:-1].endswith(".") else None
        )


def with_full_names(runs: Sequence[NameRun]) -> Iterator[NameRun]:
    """Yield the runs, each one introduced before in full as a person where its last word alone is taken for one.

    A parser may not know "Ofri Valk" for a person and know "Valk": both are one.
    """
    earlier: dict[str, NameRun] = {}
    for run in runs:
        words = run.text.split()
        full = earlier.get(run.text) if run.is_person else None
        if full is not None:
            yield replace(full, is_person=True)
        yield run
        is_body = any(word.lower() in _ORGANISATION_WORDS for word in words)
        if 1 < len(words) <= LONGEST_NAME and not run.is_person and not is_body:
            earlier.setdefault(words[-1], run)


def spelling(name: str) -> str:
    """Write a name as all its spellings in one text come out: no case, no accents, no doubled letters.

    Example:
        >>> spelling("el-Sissi") == spelling("El-Sisi")
        True
    """
    plain = _DOUBLED.sub(r"\1", without_accents(name.lower()))
    return _ENDING.sub("y", plain)


def forms(full: str) -> tuple[str, ...]:
    """Return the shorter forms by which a person is named again, longest first, lower case.

    Example:
        >>> forms("Haider al-Abadi")
        ('haider al-abadi', 'al-abadi', 'abadi', 'haider')
    """
    parts = full.lower().split()
    tails = [" ".join(parts[index:]) for index in range(len(parts))]
    tails.extend(part.rsplit("-", 1)[1] for part in parts[1:] if "-" in part)
    if len(parts) > 2:
        tails.extend(part for part in parts[1:-1] if len(part) > 3)
    if len(parts) > 1:
        tails.append(parts[0])
    return tuple(dict.fromkeys(tails))


def group_runs(
    document: Document, sentences: Sequence[Sentence], names: Sequence[NameMention]
) -> tuple[list[NameRun], dict[int, dict[int, NameMention]]]:
    """Find all runs of a document, and index the known names by sentence and word."""
    covered: dict[int, dict[int, NameMention]] = {}
    for name in names:
        row = covered.setdefault(name.sentence, {})
        for index in range(name.first, name.last + 1):
            row[index] = name
    runs: list[NameRun] = []
    for sentence in sentences:
        runs.extend(find_runs(document, sentence, covered.get(sentence.index, {})))
    return runs, covered
