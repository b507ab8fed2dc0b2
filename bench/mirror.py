"""The mirror test: a report in which two sides' names are swapped must give the mirrored claims.

The two states most spoken of change names, adjectives, peoples, capitals and known leaders
wherever the report uses them (the two first sides, where there are no two states: a state and a
group do not stand in one grammar). Both texts are read; the claims of the second, with spans mapped
back, must be those of the first with the sides changed. A row is mirrored when cue and stance are
equal, speakers and targets are the other side's, and the contents share half of their characters,
which is what the ledger's scorer calls one content; a second figure asks for 0.9.

What has a name of its own that only one side has ("the Pentagon", "Nawaz Sharif") is not swapped in
the text, so it may stay with its side; nothing else may. How a speaker who stayed stands to the side
that took his own side's name is no longer the same question: of his claims the stance and the target
are not compared. A group that lives in one side's country (its rebels, its opposition) has no counterpart
in the other's: who speaks or is meant is then not compared.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bench.results import keep
from bench.tasks import day, tools, use
from counterclaim.atlas.countries import Country, load_countries
from counterclaim.lexicon import KnownParty, load_parties, load_persons
from counterclaim.parse import parse_passages
from counterclaim.pipeline.read import read_document
from counterclaim.records.attribution import Attribution
from counterclaim.records.mention import NameMention
from counterclaim.records.party import Party
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.resolve.known_names import known_party

Edit = tuple[int, int, str]
"""Replace the characters from, to by words."""

ALIKE = 0.5
"""Share of their characters from which two contents are one, as the ledger's scorer counts."""
CLOSE = 0.9
"""The same for the stricter figure."""
WITH_ARTICLE = frozenset(
    {"United States", "United Kingdom", "United Arab Emirates", "Philippines", "Taliban"}
)
"""Names that a sentence writes with "the"."""
_MODIFIERS = frozenset({"compound", "amod", "nmod"})


@dataclass(frozen=True, slots=True)
class Names:
    """What one side is called."""

    root: str
    adjective: str
    people: str
    capital: str
    leaders: Mapping[str, str]
    """Full names by office, the first of each in the lexicon's order."""
    persons: frozenset[str]
    """Full names of all that the lexicon knows."""

    @property
    def words(self) -> tuple[str, ...]:
        """Those that may stand inside a speaker's name: ``civilian: Iraq resident``."""
        return self.people, self.adjective, self.root, self.capital

    def write(self, kind: str) -> str:
        """Return the word of a kind for this side."""
        if kind in {"capital", "seat"}:
            return self.capital
        return {"adjective": self.adjective, "people": self.people}.get(kind, self.root)


def run_mirror(source: Path, *, rules_only: bool = False) -> int:
    """Print the share of claims mirrored, and the reasons of those that were not."""
    if not source.exists():
        print(f"mirror needs {source}: nothing measured; give IN.jsonl")
        return 0
    use(rules_only=rules_only)
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    misses: Counter[str] = Counter()
    total = documents = 0
    for row in rows:
        document = Document(text=row["text"], published=day(row.get("date")), name=str(row["id"]))
        found = mirror(document)
        if found is None:
            continue
        documents += 1
        total += found[0]
        misses.update(reason for reason, _ in found[1])
        for reason, words in found[1]:
            print(f"{row['id']} {reason}: {words}")
    strict = 1 - misses.total() / max(1, total)
    share = strict + misses["edges"] / max(1, total)
    print(f"{documents} documents, {total} claims, {share:.3f} mirrored, {strict:.3f} to the edges")
    print(f"missed: {dict(misses)}")
    figures = {"documents": documents, "claims": total, "mirrored": round(share, 4)}
    keep("mirror", figures | {"mirrored_to_the_edges": round(strict, 4), "missed": dict(misses)})
    return 0


def mirror(document: Document) -> tuple[int, list[tuple[str, str]]] | None:
    """Read a report and its mirror.

    Returns:
        The number of claims, and for each that is not mirrored the reason and the words; None for
        a report that has no two sides.
    """
    reading = read_document(document, tools=tools())
    sides = main_sides(reading)
    if sides is None:
        return None
    edits = list(swap_names(reading, *sides))
    swap = Swap(*sides, own_names(reading, edits))
    text, back = apply(document.text, edits)
    mirrored = read_document(replace(document, text=text), tools=tools())
    claims = [item for item in reading.attributions if item.is_claim]
    others = {back[item.cue.start]: item for item in mirrored.attributions if item.is_claim}
    misses = []
    for item in claims:
        reason = _difference(document, item, others.get(item.cue.start), back, swap)
        if reason is not None:
            misses.append((reason, _told(reason, document, item, others.get(item.cue.start))))
    return len(claims), misses


def main_sides(reading: Reading) -> tuple[Names, Names] | None:
    """Choose the two sides to swap."""
    states = [side for side in reading.sides if side.kind == "state"]
    chosen = states if len(states) > 1 else list(reading.sides)
    named = [names for side in chosen if (names := names_of(side.root)) is not None]
    return (named[0], named[1]) if len(named) > 1 else None


@cache
def names_of(root: str) -> Names | None:
    """Look a side's names up in the lexicon and the table of countries."""
    persons = [person for person in load_persons() if person.root == root]
    leaders = {person.office: person.id for person in reversed(persons) if person.surname}
    known = frozenset(person.id for person in persons)
    country = next((one for one in load_countries() if one.name == root and one.of is None), None)
    if country is not None:
        return _of_country(country, leaders, known)
    group = next((one for one in load_parties() if one.id == root), None)
    return None if group is None else _of_group(group, leaders, known)


def _of_country(country: Country, leaders: Mapping[str, str], persons: frozenset[str]) -> Names:
    adjective = next(iter(country.adjectives), country.name)
    return Names(
        country.name,
        adjective,
        next(iter(country.people), country.name),
        next(iter(country.capitals), country.name),
        leaders,
        persons,
    )


def _of_group(known: KnownParty, leaders: Mapping[str, str], persons: frozenset[str]) -> Names:
    adjective = next(iter(known.adjectives), known.id)
    return Names(
        known.id, adjective, next(iter(known.people), known.id), known.id, leaders, persons
    )


def swap_names(reading: Reading, first: Names, second: Names) -> Iterator[Edit]:
    """Yield the edits that swap two sides in a report, in order and without overlaps."""
    edits: list[Edit] = []
    grammar = _modifiers(reading)
    for mention in reading.resolution.names:
        for own, other in ((first, second), (second, first)):
            if mention.party.root == own.root and mention.party.unit is None:
                edits.append(_name_edit(reading.document.text, mention, other, grammar))
    edits.extend(_half_edits(reading, first, second))
    edits.extend(_leader_edits(reading, first, second))
    end = 0
    for edit in sorted(edits):
        if edit[0] >= end:
            yield edit
            end = edit[1]


def _half_edits(reading: Reading, first: Names, second: Names) -> Iterator[Edit]:
    """Swap a side told by its quarter: "the South", of South Kestria's."""
    for mention in reading.resolution.parties:
        for own, other in ((first, second), (second, first)):
            if mention.rule != "half" or [party.root for party in mention.parties] != [own.root]:
                continue
            start = mention.span.start
            match = re.compile(r"the \w+", re.IGNORECASE).match(reading.document.text, start)
            if match is not None:
                yield start, match.end(), other.root


def _modifiers(reading: Reading) -> set[int]:
    """Return the first characters of the words that modify a noun: "US" in "US troops"."""
    sentences = parse_passages(reading.document, reading.division.passages, tools().parser)
    return {word.start for sentence in sentences for word in sentence if word.dep in _MODIFIERS}


def _name_edit(text: str, mention: NameMention, other: Names, modifiers: set[int]) -> Edit:
    start, end = mention.span.start, mention.span.end
    old = text[start:end]
    kind = mention.kind
    if kind in {"name", "alias"} and start in modifiers and text[end : end + 1] not in {"'", "’"}:
        kind = "adjective"
    new = other.write(kind)
    article = text[max(0, start - 4) : start].lower() == "the "
    if kind in {"name", "alias"}:
        if article and other.root not in WITH_ARTICLE:
            start -= 4
        elif not article and other.root in WITH_ARTICLE:
            new = f"the {new}"
    if (old.isupper() and len(old) > 4) or (
        old.isupper() and text[:start].rsplit("\n", 1)[-1].isupper()
    ):
        new = new.upper()
    return start, end, new


def _leader_edits(reading: Reading, first: Names, second: Names) -> Iterator[Edit]:
    """Swap leaders of the same office, by full name or surname with its particle."""
    for one, two in pairs(first, second).items():
        for words, new in ((one, two), (_surnames()[one], _surnames()[two])):
            for match in _spelling(words).finditer(reading.document.text):
                yield match.start(), match.end(), new


@cache
def _surnames() -> Mapping[str, str]:
    return {person.id: person.surname for person in load_persons()}


@cache
def _spelling(name: str) -> re.Pattern[str]:
    """Match a name as a whole word, with the particle that reports write or leave out."""
    return re.compile(rf"(?<![\w-])(?:al-)?{re.escape(name)}(?!\w)", re.IGNORECASE)


def swap_leader(unit: str, leaders: Mapping[str, str]) -> str:
    """Swap the leader named in a unit, whatever first names it has: "Abdul Fattah al-Sisi"."""
    if unit in leaders:
        return leaders[unit]
    for one, two in leaders.items():
        if _spelling(_surnames()[one]).search(unit):
            return _spelling(_surnames()[one]).sub(_surnames()[two], unit)
    return unit


def pairs(first: Names, second: Names) -> dict[str, str]:
    """Return the leaders who change places, each way, by full names."""
    both = [
        (name, second.leaders[office])
        for office, name in first.leaders.items()
        if office in second.leaders
    ]
    return dict(both) | {two: one for one, two in both}


def apply(text: str, edits: Sequence[Edit]) -> tuple[str, list[int]]:
    """Apply edits.

    Returns:
        The text, and for each of its characters and its end where it stood before.
    """
    pieces: list[str] = []
    back: list[int] = []
    at = 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        back.extend(range(at, start))
        back.extend(min(start + offset, end) for offset in range(len(new)))
        at = end
    pieces.append(text[at:])
    back.extend(range(at, len(text) + 1))
    return "".join(pieces), back


@dataclass(frozen=True, slots=True)
class Swap:
    """Two sides that change places, and what stays where it is."""

    first: Names
    second: Names
    own: frozenset[str]
    """Parties with a proper name of their own, whose words in the report were not touched."""

    def party(self, party: Party) -> set[str]:
        """Name the parties that the mirror may have in this one's place.

        One, but for an organ or person with a name of its own: whether the name alone tells its side
        ("the Pentagon") or its title does ("Iraqi spokesman Ibrahim"), the words have to show.
        """
        for own, other in ((self.first, self.second), (self.second, self.first)):
            if party.root == own.root:
                leaders, unit = pairs(own, other), party.unit
                mirrored = str(Party(other.root, swap_leader(unit, leaders) if unit else None))
                known = unit in own.persons and unit not in leaders
                return {mirrored, str(party)} if known or str(party) in self.own else {mirrored}
        if known_party(party.root) is not None:
            return {str(party)}
        return {self.words(str(party))}

    def belongs(self, party: Party) -> bool:
        """Return whether a known group lives in one side's country: "the rebels" of the other are others."""
        sides = {self.first.root, self.second.root}
        homes = {known.country for root in sides if (known := known_party(root)) is not None}
        known = known_party(party.root)
        return known is not None and party.root not in sides and known.country in homes - {None}

    def words(self, words: str) -> str:
        """Swap the sides' names inside a speaker's own words."""
        for own, other in ((self.first, self.second), (self.second, self.first)):
            for old, new in zip(own.words, other.words, strict=True):
                if old in words:
                    return words.replace(old, new)
        return words

    def same(self, parties: Sequence[Party], others: Sequence[Party]) -> bool:
        """Return whether the second are the mirror of the first, groups of one side's country left out."""
        if any(self.belongs(party) for party in parties):
            return True
        names = {str(party) for party in others}
        return len(set(parties)) == len(names) and all(
            self.party(party) & names for party in parties
        )

    def keeps(self, item: Attribution, document: Document) -> bool:
        """Return whether a speaker of one of the sides may stay with it."""
        sides = {self.first.root, self.second.root}
        own = [party for party in item.speakers if party.root in sides]
        named = bool(own) and all(str(party) in self.party(party) for party in own)
        return named or self._is_called_after(item, document)

    def _is_called_after(self, item: Attribution, document: Document) -> bool:
        """Return whether a speaker is called after a leader who has nobody to change names with."""
        words = document.words(item.speaker_span) if item.speaker_span else ""
        paired = pairs(self.first, self.second)
        return any(
            _spelling(_surnames()[name]).search(words)
            for name in (self.first.persons | self.second.persons) - set(paired)
            if _surnames()[name]
        )


def own_names(reading: Reading, edits: Sequence[Edit]) -> frozenset[str]:
    """Return the organs and persons with a name of their own, none of whose mentions were touched.

    Where an organ is named whose side the text need not say ("the Pentagon"), "the military" may
    be its.
    """
    organs = {name.party.root for name in reading.resolution.names if name.party.unit is not None}
    named = [
        (str(party), mention.span)
        for mention in reading.resolution.parties
        for party in mention.parties
        if party.unit is not None and (party.unit[:1].isupper() or party.root in organs)
    ]
    touched = {
        name
        for name, span in named
        if any(start < span.end and span.start < end for start, end, _ in edits)
    }
    lexical = {str(name.party) for name in reading.resolution.names if name.party.unit is not None}
    return frozenset(name for name, _ in named) - touched | lexical


def _difference(
    document: Document,
    item: Attribution,
    other: Attribution | None,
    back: Sequence[int],
    swap: Swap,
) -> str | None:
    """Say in what a claim and its mirror differ; None when they do not."""
    if other is None:
        return "cue"
    stayed = set(item.speakers) == set(other.speakers) and swap.keeps(item, document)
    if not (stayed or swap.same(item.speakers, other.speakers)):
        return "speaker"
    if not stayed and item.stance != other.stance:
        return "stance"
    if not stayed and not swap.same(item.targets, other.targets):
        return "target"
    spans = [Span(back[span.start], back[span.end]) for span in other.content]
    share = _share(item.content, spans)
    return None if share >= CLOSE else "edges" if share >= ALIKE else "content"


def _told(reason: str, document: Document, item: Attribution, other: Attribution | None) -> str:
    """Tell a miss in a line: the cue, then what the report and what its mirror give."""
    words = document.words(item.cue)
    if other is None or reason in {"content", "edges"}:
        return f"{words}: {document.words(*item.content)[:120]}"
    if reason == "stance":
        return f"{words}: {item.stance}, mirrored {other.stance}"
    names = item.targets, other.targets
    if reason == "speaker":
        names = item.speakers, other.speakers
    return f"{words}: {', '.join(map(str, names[0]))}, mirrored {', '.join(map(str, names[1]))}"


def _share(some: Sequence[Span], others: Sequence[Span]) -> float:
    own = {at for span in some for at in range(span.start, span.end)}
    their = {at for span in others for at in range(span.start, span.end)}
    return 2 * len(own & their) / max(1, len(own) + len(their)) if own or their else 1.0
