"""Targets: whom an accusation, demand, denial or threat is about, or to whom it is addressed."""

from collections.abc import Callable, Iterator, Sequence

from counterclaim.attribute.content import Content
from counterclaim.attribute.doers import (
    owners_of,
    parties_in,
    parties_of,
    rivals,
    same_side,
)
from counterclaim.attribute.said import Clause
from counterclaim.attribute.stance import StanceReading
from counterclaim.attribute.text import Text
from counterclaim.records.attribution import Stance
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, is_passive, subtree

AIMED: frozenset[Stance] = frozenset(
    {"accuse", "demand", "appeal", "threaten", "warn", "reject", "deny", "allege", "promise"}
)
"""Stances that have somebody in view even where the cue's frame names nobody."""


def find_targets(
    text: Text,
    sentence: Sentence,
    content: Content | None,
    clauses: Sequence[Clause],
    reading: StanceReading,
    speakers: Sequence[Party],
) -> tuple[Party, ...]:
    """Find the targets; the first evidence that names a side decides.

    Accepts:
      1. the cue's own frame               "accused **Kestria** of ...", "urged **both sides** to ..."
      2. who does it in the clause read    "said **Kestria** had shelled the port" (accuse)
      3. whose deed or thing it is         "condemned the **Kestrian** raid", "rejected **Kestria's** offer"
      4. to whom it is done                "will strike **Kestrian** bases" (threaten)
      5. the only rival the content names  "a withdrawal of **Kestrian** troops"
    The speaker's own side is never a target. An armed group without a name ("the rebels") is the one
    group that the report is about, where there is just one.
    """
    framed = _framed(text, sentence, content, speakers)
    if framed:
        return framed
    if reading.stance not in AIMED:
        return ()
    for evidence in _EVIDENCE:
        found = evidence(text, sentence, content, clauses, reading, speakers)
        if found:
            return found
    return ()


def _framed(
    text: Text, sentence: Sentence, content: Content | None, speakers: Sequence[Party]
) -> tuple[Party, ...]:
    if content is None or content.target is None:
        return ()
    if sentence[content.target].lower == "other" and len(speakers) > 1:
        return tuple(speakers)  # "each accused the other": both are accused
    mention = text.resolution.party_at(sentence.index, content.target)
    if mention is None:
        return rivals(owners_of(text, sentence, content.target), speakers)
    if mention.rule == "unnamed" or same_side(mention.parties, speakers):
        return ()
    return tuple(_known(text, party) for party in mention.parties)


def _known(text: Text, party: Party) -> Party:
    """Give the one armed group of the report for a group told of without a name."""
    if party.kind != "armed group" or "(unnamed)" not in party.root:
        return party
    groups = [home for home in text.resolution.home if home.kind == "armed group"]
    return groups[0] if len(groups) == 1 else party


_Evidence = Callable[
    [Text, Sentence, Content | None, Sequence[Clause], StanceReading, Sequence[Party]],
    tuple[Party, ...],
]


def _doers(
    _text: Text,
    _sentence: Sentence,
    _content: Content | None,
    _clauses: Sequence[Clause],
    reading: StanceReading,
    _speakers: Sequence[Party],
) -> tuple[Party, ...]:
    if reading.clause is None or reading.stance in {"promise", "threaten"}:
        return ()
    return reading.clause.doers


def _owners(
    text: Text,
    sentence: Sentence,
    content: Content | None,
    _clauses: Sequence[Clause],
    _reading: StanceReading,
    speakers: Sequence[Party],
) -> tuple[Party, ...]:
    if content is None:
        return ()
    for head in _nouns(sentence, content):
        found = rivals(parties_of(text, sentence, head), speakers)
        if found:
            return found
    return ()


def _nouns(sentence: Sentence, content: Content) -> Iterator[int]:
    """Give the nouns that a content's deed may belong to: its head, its subject, what it is called."""
    if content.target is not None:
        yield content.target
    yield content.head
    for subject in children(sentence, content.head, "nsubj", "nsubjpass"):
        yield subject


def _sufferers(
    text: Text,
    _sentence: Sentence,
    _content: Content | None,
    clauses: Sequence[Clause],
    reading: StanceReading,
    speakers: Sequence[Party],
) -> tuple[Party, ...]:
    if reading.stance not in {"threaten", "promise", "warn"}:
        return ()
    for clause in (reading.clause, *clauses):
        if clause is None:
            continue
        for noun in _acted_upon(clause.sentence, clause.head):
            found = rivals(parties_of(text, clause.sentence, noun), speakers)
            if found:
                return found
    return ()


def _acted_upon(sentence: Sentence, head: int) -> Iterator[int]:
    yield from children(sentence, head, "dobj")
    for host in (head, *children(sentence, head, "dobj", "acomp", "attr")):
        for prep in children(sentence, host, "prep"):
            if sentence[prep].lower in {"on", "at", "against", "to"}:
                yield from children(sentence, prep, "pobj")
    if is_passive(sentence, head):
        subject = child(sentence, head, "nsubjpass")
        if subject is not None:
            yield subject


def _only_rival(
    text: Text,
    sentence: Sentence,
    content: Content | None,
    clauses: Sequence[Clause],
    reading: StanceReading,
    speakers: Sequence[Party],
) -> tuple[Party, ...]:
    """Give the rivals that the content names, if they are of one side."""
    found: list[Party] = []
    if content is not None:
        words = [
            index for index in subtree(sentence, content.head) if content.first <= index <= content.last
        ] or list(range(content.first, content.last + 1))
        found.extend(parties_in(text, sentence, words))
    for clause in clauses:
        if clause.sentence is not sentence:
            found.extend(parties_in(text, clause.sentence, subtree(clause.sentence, clause.head)))
    foes = [party for party in rivals_of_each(found, speakers)]
    return (foes[0],) if len({party.root for party in foes}) == 1 else ()


def rivals_of_each(parties: Sequence[Party], speakers: Sequence[Party]) -> Iterator[Party]:
    """Give the rival sides, one by one."""
    for party in parties:
        yield from rivals((party,), speakers)


_EVIDENCE: tuple[_Evidence, ...] = (_doers, _owners, _sufferers, _only_rival)
