"""Targets: whom an accusation, demand, denial or threat is about, or to whom it is addressed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from counterclaim.attribute.agents import (
    accusable_parties,
    is_patient,
    parties_in,
    parties_of,
    possessors,
    rivals,
    same_side,
)
from counterclaim.attribute.content import Content
from counterclaim.attribute.content_clauses import ContentClause, ContentClauses
from counterclaim.attribute.cues import CueMatch
from counterclaim.attribute.document_context import AttributionContext
from counterclaim.attribute.stance import StanceReading
from counterclaim.records.attribution import Stance
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, is_passive, subtree

HOSTILE: frozenset[Stance] = frozenset({"accuse", "threaten", "demand", "reject"})
"""Stances that set two sides against each other; nobody takes one towards his own side."""


@dataclass(frozen=True, slots=True)
class TargetContext:
    """What a target is looked for in."""

    text: AttributionContext
    sentence: Sentence
    match: CueMatch
    said: ContentClauses
    reading: StanceReading

    @property
    def content(self) -> Content | None:
        """The content's syntax."""
        return self.said.content

    @property
    def clauses(self) -> tuple[ContentClause, ...]:
        """The content's clauses."""
        return self.said.clauses

    @property
    def speakers(self) -> tuple[Party, ...]:
        """Who speaks."""
        return self.said.speakers

    def rivals_at(self, sentence: Sentence, head: int) -> tuple[Party, ...]:
        """Return the rival sides that a noun stands for, or whose it is."""
        parties = parties_of(self.text, sentence, head)
        return (accusable_parties if self.reading.stance == "accuse" else rivals)(
            parties, self.speakers
        )


def find_targets(aim: TargetContext) -> tuple[Party, ...]:
    """Find the targets; the first evidence that names a side decides.

    Accepts:
      1. the cue's own frame               "accused **Kestria** of ...", "urged **both sides** to ..."
      2. to whom it is said                "appealed to **Kestria** for ...", "lashed out at **Kestria**"
      3. who does it in the clause read    "said **Kestria** had shelled the port" (accuse)
      4. whose deed or thing it is         "condemned the **Kestrian** raid", "rejected **Kestria's** offer"
      5. to whom it is done                "will strike **Kestrian** bases" (threaten)
      6. the only rival the content names  "a withdrawal of **Kestrian** troops"
    In a hostile stance the speaker's own side is never the target. An armed group without a name
    ("the rebels") is the one that the report speaks of most.
    """
    framed = _framed(aim)
    if framed or _is_asked_of_others(aim):
        return framed
    for evidence in _EVIDENCE.get(aim.reading.stance, ()):
        found = evidence(aim)
        if found:
            return found
    return ()


def _framed(aim: TargetContext) -> tuple[Party, ...]:
    if aim.content is None or aim.content.target is None:
        return ()
    head = aim.content.target
    if aim.sentence[head].lower == "other" and len(aim.speakers) > 1:
        return aim.speakers  # "each accused the other": both are accused
    mention = aim.text.resolution.party_at(aim.sentence.index, head)
    if mention is None:
        owners = possessors(aim.text, aim.sentence, head)
        return () if same_side(owners, aim.speakers) else owners
    if mention.rule == "unnamed":
        return ()
    if aim.reading.stance in HOSTILE and same_side(mention.parties, aim.speakers):
        return ()
    return mention.parties


def _is_asked_of_others(aim: TargetContext) -> bool:
    """Return whether an appeal names whom it asks, none of the parties: "urged **the world** to stop the Kestrian raids"."""
    if aim.reading.stance != "appeal" or aim.content is None or aim.content.target is None:
        return False
    head = aim.content.target
    named = aim.text.resolution.party_at(aim.sentence.index, head)
    return named is None and aim.sentence[head].pos == "NOUN"


def _addressee(aim: TargetContext) -> tuple[Party, ...]:
    if aim.match.cue.role != "verb":
        return ()
    verb = aim.match.head
    hosts = (verb, *children(aim.sentence, verb, "dobj"))
    for prep in (
        prep for host in hosts for prep in children(aim.sentence, host, "prep", "dative", "prt")
    ):
        if aim.sentence[prep].lower not in {"to", "on", "upon", "with", "at"}:
            continue
        for noun in children(aim.sentence, prep, "pobj"):
            if aim.reading.stance == "accuse" and is_patient(aim.sentence, noun):
                continue
            mention = aim.text.resolution.party_at(aim.sentence.index, noun)
            if mention is not None and not same_side(mention.parties, aim.speakers):
                return mention.parties
    return ()


def _doers(aim: TargetContext) -> tuple[Party, ...]:
    return () if aim.reading.clause is None else aim.reading.clause.doers


def _owners(aim: TargetContext) -> tuple[Party, ...]:
    if aim.content is None:
        return ()
    for head in _nouns(aim.sentence, aim.content):
        found = aim.rivals_at(aim.sentence, head)
        if found:
            return found
    return ()


def _nouns(sentence: Sentence, content: Content) -> Iterator[int]:
    """Yield the nouns whose owner is meant: what is called something, the head, its subject."""
    if content.target is not None:
        yield content.target
    yield content.head
    yield from children(sentence, content.head, "nsubj", "nsubjpass")


def _sufferers(aim: TargetContext) -> tuple[Party, ...]:
    clauses = aim.clauses if aim.reading.clause is None else (aim.reading.clause, *aim.clauses)
    for clause in clauses:
        for noun in _acted_upon(clause.sentence, clause.head):
            found = aim.rivals_at(clause.sentence, noun)
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


def _only_rival(aim: TargetContext) -> tuple[Party, ...]:
    """Return the rival that the content names, if all it names are of one side."""
    found: list[Party] = []
    blaming = aim.reading.stance == "accuse"
    if aim.content is not None:
        words = _words(aim.sentence, aim.content)
        found.extend(parties_in(aim.text, aim.sentence, words, blaming=blaming))
    for clause in aim.clauses:
        if clause.sentence is not aim.sentence:
            words = subtree(clause.sentence, clause.head)
            found.extend(parties_in(aim.text, clause.sentence, words, blaming=blaming))
    foes = [foe for party in found for foe in rivals((party,), aim.speakers)]
    return (foes[0],) if len({party.root for party in foes}) == 1 else ()


def _words(sentence: Sentence, content: Content) -> list[int]:
    inside = range(content.first, content.last + 1)
    return [index for index in subtree(sentence, content.head) if index in inside] or list(inside)


_Evidence = Callable[[TargetContext], tuple[Party, ...]]
_EVIDENCE: Mapping[Stance, tuple[_Evidence, ...]] = {
    "accuse": (_doers, _owners, _addressee, _only_rival),
    "demand": (_doers, _addressee, _owners, _only_rival),
    "appeal": (_addressee, _doers, _owners, _only_rival),
    "reject": (_owners, _sufferers, _only_rival),
    "threaten": (_sufferers, _doers, _owners, _only_rival),
    "warn": (_addressee, _sufferers, _doers, _owners, _only_rival),
    "deny": (_owners,),
    "promise": (_sufferers,),
}
"""Where each stance's target is looked for, in order. Other stances have the cue's frame alone."""
