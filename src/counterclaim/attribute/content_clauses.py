"""Content clauses: the clauses of a content, and what each tells of its doer, its time and its truth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from counterclaim.attribute.agents import (
    accusable_parties,
    is_first_person,
    is_side,
    parties_of,
    possessors,
    same_side,
    skip_quantifier,
)
from counterclaim.attribute.clause_modality import PHASES, clause_form, subject_of
from counterclaim.attribute.content import Content
from counterclaim.attribute.document_context import AttributionContext
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import (
    agent,
    antecedent,
    child,
    children,
    is_negated,
    is_passive,
    subtree,
)

CLAUSES = 6
"""Clauses of one content that are read. A longer quotation says too much to have one stance."""

_ONE_PERSON = frozenset({"leader", "official", "expert", "media", "unknown"})
_GROUNDS = frozenset({"evidence", "proof", "information", "intelligence", "doubt", "indication"})
"""Nouns whose that-clause is what is really told: "has **evidence** that ..."."""
_GUESSED = frozenset({"again", "suggested", "its", "own-name", "both"})
"""Rules of resolution by which a description without a name gets a party."""
_FOES = frozenset({"enemy", "occupier", "invader", "aggressor", "foe", "adversary"})
"""What a speaker calls the other side."""
_IN_REVOLT = frozenset({"rebel", "separatist", "insurgent", "guerrilla"})
"""Words that name a side by what it is, even where no name stands by."""
_OTHER_SENSE = frozenset({"down", "back", "off"})
_HANGING = frozenset({"involve", "link", "connect", "prepare", "determine", "commit", "resolve"})
_OPENERS = frozenset(
    {"believe", "think", "know", "want", "remind", "note", "say", "repeat", "stress"}
)


@dataclass(frozen=True, slots=True)
class ContentClause:
    """One clause of a content."""

    sentence: Sentence
    head: int
    facts: frozenset[str]
    doers: tuple[Party, ...]
    """The rival sides that do it."""
    words: frozenset[str]
    """Lemmas of the clause without its subject and its own sub-clauses."""
    objects: frozenset[str]
    """Lemmas of what the verb acts upon."""

    @property
    def verb(self) -> str:
        """The lemma of its head, with the particle that gives it another sense: ``shoot-down``."""
        particle = child(self.sentence, self.head, "prt")
        lemma = self.sentence[self.head].lemma
        if particle is None or self.sentence[particle].lower not in _OTHER_SENSE:
            return lemma
        return f"{lemma}-{self.sentence[particle].lower}"

    @property
    def span(self) -> Span:
        """Its characters, sub-clauses included, the clauses joined to it left out."""
        first, last = self.sentence.first[self.head], self.sentence.last[self.head]
        for beside in children(self.sentence, self.head, "conj"):
            if self.sentence[beside].pos in {"VERB", "AUX"}:
                joined = [*children(self.sentence, self.head, "cc"), self.sentence.first[beside]]
                last = min(last, *(index - 1 for index in joined if index > self.head))
        return self.sentence.cover(first, max(last, self.head))


@dataclass(frozen=True, slots=True)
class ContentClauses:
    """A content with its clauses, and who says it."""

    content: Content | None
    """Its syntax in the cue's sentence, where it has one."""
    clauses: tuple[ContentClause, ...]
    """In the order to be read: the main one first."""
    words: str
    speakers: tuple[Party, ...]


def read_said(
    text: AttributionContext,
    sentence: Sentence,
    content: Content | None,
    spans: Sequence[Span],
    speakers: tuple[Party, ...],
) -> ContentClauses:
    """Read the clauses of a content.

    Args:
        text: The document.
        sentence: The cue's.
        content: Its syntax in that sentence, where it has one.
        spans: Its characters.
        speakers: Who speaks; "I" and "we" are they.
    """
    heads = _heads(text, sentence, content, spans)
    clauses = tuple(
        _clause(text, home, head, content if home is sentence else None, speakers)
        for home, head in islice(heads, CLAUSES)
    )
    return ContentClauses(content, clauses, text.document.words(*spans), speakers)


def _heads(
    text: AttributionContext, sentence: Sentence, content: Content | None, spans: Sequence[Span]
) -> Iterator[tuple[Sentence, int]]:
    seen: set[tuple[int, int]] = set()
    starts = [(sentence, content.head)] if content is not None else []
    for span in spans:
        starts.extend(
            (home, root)
            for home in text.sentences_in(span)
            if home is not sentence or content is None
            for root in home.roots()
            if span.covers(home[root].span)
        )
    if content is None and not starts:
        return
    for home, start in starts:
        for head in _with_conjuncts(home, start):
            if (home.index, head) not in seen and any(
                span.covers(home[head].span) for span in spans
            ):
                seen.add((home.index, head))
                yield home, head


def _with_conjuncts(sentence: Sentence, head: int) -> Iterator[int]:
    """Yield a clause's verb, the clause it opens ("I think that ..."), and the verbs beside it."""
    yield head
    word = sentence[head]
    if word.lemma in _OPENERS:
        for below in children(sentence, head, "ccomp"):
            yield from _with_conjuncts(sentence, below)
    for noun in children(sentence, head, "dobj", "attr"):
        if sentence[noun].lemma in _GROUNDS:
            yield from children(sentence, noun, "acl", "ccomp", "relcl")
    if word.lemma in PHASES and not is_negated(sentence, head):
        yield from children(sentence, head, "xcomp")
    for beside in children(sentence, head, "conj"):
        if sentence[beside].pos in {"VERB", "AUX"}:
            yield from _with_conjuncts(sentence, beside)
    for subject in children(sentence, head, "nsubj", "nsubjpass"):
        yield from children(sentence, subject, "relcl")
    for beside in children(sentence, head, "ccomp", "parataxis"):
        if beside < head and word.lemma not in _OPENERS:
            yield from _with_conjuncts(sentence, beside)


def _clause(
    text: AttributionContext,
    sentence: Sentence,
    head: int,
    content: Content | None,
    speakers: Sequence[Party],
) -> ContentClause:
    is_noun = (
        sentence[head].pos in {"NOUN", "PROPN"} and child(sentence, head, "nsubj", "cop") is None
    )
    doer = None if is_noun else skip_quantifier(sentence, _doer(sentence, head))
    parties = possessors(text, sentence, head) if is_noun else parties_of(text, sentence, doer)
    foes = (
        accusable_parties(parties, speakers)
        if doer is None or _is_named(text, sentence, doer)
        else ()
    )
    facts = {"said-noun"} if is_noun else set(clause_form(sentence, head))
    if (
        _is_ones_own(sentence, head, doer, content)
        or same_side(parties, speakers)
        or _is_they(text, sentence, head, doer, speakers)
    ):
        facts.add("own")
    elif foes or (doer is not None and sentence[doer].lemma in _FOES and speakers):
        facts.add("rival")
    if _at_third_party(text, sentence, head, speakers, foes):
        facts.add("at-third-party")
    return ContentClause(
        sentence,
        head,
        frozenset(facts),
        foes,
        frozenset(_own_words(sentence, head)),
        frozenset(_objects(sentence, head)),
    )


def _is_ones_own(sentence: Sentence, head: int, doer: int | None, content: Content | None) -> bool:
    """Return whether the speaker does it by grammar alone: "**we** fired", "claimed **to have fired**"."""
    if is_first_person(sentence, doer):
        return True
    return (
        doer is None
        and content is not None
        and content.head == head
        and content.frame == "infinitive"
    )


def _is_they(
    text: AttributionContext,
    sentence: Sentence,
    head: int,
    doer: int | None,
    speakers: Sequence[Party],
) -> bool:
    """Return whether "it" or "they" inside reported speech is the body that speaks.

    Not where the clause names somebody before: "if **Kestria** goes on, **it** will ...".
    """
    return (
        doer is not None
        and sentence[doer].lower in {"it", "they"}
        and not any(
            text.resolution.party_at(sentence.index, index)
            for index in range(sentence.first[head], doer)
        )
        and sentence[doer].dep in {"nsubj", "nsubjpass"}
        and bool(speakers)
        and not any(party.kind in _ONE_PERSON for party in speakers if party.kind != "unknown")
    )


def _is_named(text: AttributionContext, sentence: Sentence, doer: int) -> bool:
    """Return whether a doer is told by name: "the militants" may be anybody's word for anybody."""
    mention = text.resolution.party_at(sentence.index, doer)
    return (
        mention is None
        or mention.rule not in _GUESSED
        or sentence[doer].lemma in _IN_REVOLT
        or not any(party.kind == "armed group" for party in mention.parties)
    )


def _doer(sentence: Sentence, head: int) -> int | None:
    """Find who does it: the subject, a relative clause's noun, or a passive's agent."""
    if is_passive(sentence, head) and sentence[head].lemma not in _HANGING:
        return agent(sentence, head)
    subject = subject_of(sentence, head)
    if subject is not None and sentence[head].dep == "relcl":
        return antecedent(sentence, subject)
    return subject


def _own_words(sentence: Sentence, head: int) -> Iterator[str]:
    """Yield the lemmas of a clause, without its subject and its sub-clauses."""
    yield sentence[head].lemma
    yield sentence[head].lower
    for below in children(sentence, head):
        word = sentence[below]
        if word.dep in {"nsubj", "nsubjpass", "csubj", "ccomp", "parataxis", "punct"} or (
            word.dep in {"conj", "advcl", "relcl"} and word.pos in {"VERB", "AUX"}
        ):
            if word.dep == "nsubjpass" or child(sentence, below, "poss") is not None:
                yield word.lemma
            continue
        for index in subtree(sentence, below):
            yield sentence[index].lemma
            yield sentence[index].lower


def _objects(sentence: Sentence, head: int) -> Iterator[str]:
    for noun in children(sentence, head, "dobj", "nsubjpass", "attr"):
        for index in (noun, *children(sentence, noun, "conj", "compound")):
            if index == 0 or sentence[index - 1].text != "-":  # "a cease-fire" is no fire
                yield sentence[index].lemma
        for prep in children(sentence, noun, "prep"):
            for inner in children(sentence, prep, "pobj"):
                yield sentence[inner].lemma
    for prep in children(sentence, head, "prep", "prt"):
        for inner in children(sentence, prep, "pobj"):
            yield sentence[inner].lemma


def _at_third_party(
    text: AttributionContext,
    sentence: Sentence,
    head: int,
    speakers: Sequence[Party],
    foes: Sequence[Party],
) -> bool:
    """Return whether the deed is done to a side that is neither the speaker's nor the doer's."""
    nouns = children(sentence, head, "dobj")
    for host in (head, *nouns):
        for prep in children(sentence, host, "prep"):
            if sentence[prep].lower in {"on", "at", "against"}:
                nouns = [*nouns, *children(sentence, prep, "pobj")]
    for noun in nouns:
        parties = [party for party in parties_of(text, sentence, noun) if is_side(party)]
        if parties and not same_side(parties, speakers) and not same_side(parties, foes):
            return True
    return False
