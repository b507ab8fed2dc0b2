"""Said: the clauses of a content, and what each tells of its doer, its time and its truth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from counterclaim.attribute.content import Content
from counterclaim.attribute.doers import (
    blamed,
    counted,
    is_first_person,
    is_side,
    owners_of,
    parties_of,
    same_side,
)
from counterclaim.attribute.text import Text
from counterclaim.lexicon.stances import load_stance_words
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, antecedent, child, children, is_negated, is_passive, subtree

CLAUSES = 6
"""Clauses of one content that are read. A longer quotation says too much to have one stance."""

_FUTURE = frozenset({"will", "would", "shall", "wo", "'ll", "’ll", "'d", "’d"})
_MUST = frozenset({"must"})
_CONDITIONS = frozenset({"if", "unless", "until"})
_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_ONE_PERSON = frozenset({"leader", "official", "expert", "media", "unknown"})
_GROUNDS = frozenset({"evidence", "proof", "information", "intelligence", "doubt", "indication"})
"""Nouns whose that-clause is what is really told: "has **evidence** that ..."."""
_PHASES = frozenset({"continue", "begin", "start", "keep", "try", "attempt", "seek", "use", "go", "proceed"})
"""Verbs whose deed is told by the verb below them: "is trying to **blockade**"."""
_GUESSED = frozenset({"again", "focus", "own-name", "both"})
"""Rules of resolution by which a description without a name gets a party."""
_FOES = frozenset({"enemy", "occupier", "invader", "aggressor", "foe", "adversary"})
"""What a speaker calls the other side."""
_IN_REVOLT = frozenset({"rebel", "separatist", "insurgent", "guerrilla"})
"""Words that name a side by what it is, even where no name stands by."""
_OTHER_SENSE = frozenset({"down", "back", "off"})
_TIMES = frozenset({"told-as-done", "future", "must", "negated", "conditional"})
_HANGING = frozenset({"involve", "link", "connect", "prepare", "determine", "commit", "resolve"})
_BEING = frozenset({"be", "become", "remain", "seem"})
_OPENERS = frozenset({"believe", "think", "know", "want", "remind", "note", "say", "repeat", "stress"})


@dataclass(frozen=True, slots=True)
class Clause:
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
        """Its characters, sub-clauses included."""
        return self.sentence.cover(self.sentence.first[self.head], self.sentence.last[self.head])


def read_clauses(
    text: Text,
    sentence: Sentence,
    content: Content | None,
    spans: Sequence[Span],
    speakers: Sequence[Party],
) -> tuple[Clause, ...]:
    """Read the clauses of a content, the main one first.

    Args:
        text: The document.
        sentence: The cue's.
        content: Its syntax in that sentence, where it has one.
        spans: Its characters.
        speakers: Who speaks; "I" and "we" are they.
    """
    heads = _heads(text, sentence, content, spans)
    return tuple(
        _clause(text, home, head, content if home is sentence else None, speakers)
        for home, head in islice(heads, CLAUSES)
    )


def _heads(
    text: Text, sentence: Sentence, content: Content | None, spans: Sequence[Span]
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
    """Give a clause's verb, the clause it opens ("I think that ..."), and the verbs beside it."""
    yield head
    word = sentence[head]
    if word.lemma in _OPENERS:
        for below in children(sentence, head, "ccomp"):
            yield from _with_conjuncts(sentence, below)
    for noun in children(sentence, head, "dobj", "attr"):
        if sentence[noun].lemma in _GROUNDS:
            yield from children(sentence, noun, "acl", "ccomp", "relcl")
    if word.lemma in _PHASES and not is_negated(sentence, head):
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
    text: Text,
    sentence: Sentence,
    head: int,
    content: Content | None,
    speakers: Sequence[Party],
) -> Clause:
    is_noun = sentence[head].pos in {"NOUN", "PROPN"} and child(sentence, head, "nsubj", "cop") is None
    doer = None if is_noun else counted(sentence, _doer(sentence, head))
    parties = owners_of(text, sentence, head) if is_noun else parties_of(text, sentence, doer)
    if sentence[head].dep == "relcl" and doer is not None and sentence[doer].tag in {"WDT", "WP"}:
        doer = antecedent(sentence, doer)
        parties = parties_of(text, sentence, doer)
    foes = blamed(parties, speakers) if doer is None or _is_named(text, sentence, doer) else ()
    facts = {"said-noun"} if is_noun else set(_form(sentence, head))
    if content is not None and content.head == head and doer is None and content.frame == "infinitive":
        facts.add("own")
    if is_first_person(sentence, doer) or same_side(parties, speakers) or _is_they(text, sentence, head, doer, speakers):
        facts.add("own")
    elif foes or (doer is not None and sentence[doer].lemma in _FOES and speakers):
        facts.add("rival")
    if _at_third_party(text, sentence, head, speakers, foes):
        facts.add("at-third-party")
    return Clause(
        sentence,
        head,
        frozenset(facts),
        foes,
        frozenset(_own_words(sentence, head)),
        frozenset(_objects(sentence, head)),
    )


def _is_they(
    text: Text, sentence: Sentence, head: int, doer: int | None, speakers: Sequence[Party]
) -> bool:
    """Say whether "it" or "they" inside reported speech is the body that speaks.

    Not where the clause names somebody before: "if **Kestria** goes on, **it** will ...".
    """
    return (
        doer is not None
        and sentence[doer].lower in {"it", "they"}
        and not any(
            text.resolution.party_at(sentence.index, index) for index in range(sentence.first[head], doer)
        )
        and sentence[doer].dep in {"nsubj", "nsubjpass"}
        and bool(speakers)
        and not any(party.kind in _ONE_PERSON for party in speakers if party.kind != "unknown")
    )


def _is_named(text: Text, sentence: Sentence, doer: int) -> bool:
    """Say whether a doer is told by name: "the militants" may be anybody's word for anybody."""
    mention = text.resolution.party_at(sentence.index, doer)
    return (
        mention is None
        or mention.rule not in _GUESSED
        or sentence[doer].lemma in _IN_REVOLT
        or not any(party.kind == "armed group" for party in mention.parties)
    )


def _subject(sentence: Sentence, head: int) -> int | None:
    node = head
    while True:
        found = [index for index in children(sentence, node, "nsubj", "nsubjpass") if index < node]
        if found or child(sentence, node, "nsubj", "nsubjpass") is not None:
            # A dateline before the sentence may pass for a first subject: the last one is the verb's.
            return found[-1] if found else child(sentence, node, "nsubj", "nsubjpass")
        word = sentence[node]
        if word.dep not in {"conj", "xcomp"} or word.head == node:
            return None
        node = word.head


def _doer(sentence: Sentence, head: int) -> int | None:
    """Find who does it: the subject, or a passive's agent."""
    if is_passive(sentence, head) and sentence[head].lemma not in _HANGING:
        return agent(sentence, head)
    return _subject(sentence, head)


def _helpers(sentence: Sentence, head: int) -> list[int]:
    found = children(sentence, head, "aux", "auxpass")
    word = sentence[head]
    if not found and word.dep == "conj":
        return _helpers(sentence, word.head)
    return found


def _form(sentence: Sentence, head: int) -> Iterator[str]:
    """Tell a clause's voice, time, truth and duty."""
    word = sentence[head]
    helpers = _helpers(sentence, head)
    lowers = {sentence[index].lower for index in helpers}
    tags = {sentence[index].tag for index in helpers}
    subject = _subject(sentence, head)
    nobody = subject is not None and (
        sentence[subject].lower in _NOBODY
        or any(sentence[index].lower in _NOBODY for index in children(sentence, subject, "det"))
    )
    if is_passive(sentence, head):
        yield "passive"
        if agent(sentence, head) is not None:
            yield "agent"
    if nobody:
        yield "no-subject"
    if nobody or is_negated(sentence, head) or _denies_object(sentence, head):
        yield "negated"
    if lowers & _FUTURE or _is_going_to(sentence, head):
        yield "future"
    if lowers & {"could", "may", "might"}:
        yield "maybe"
    if lowers & {"can", "could", "ca"}:
        yield "able"
    if lowers & {"should", "ought"}:
        yield "should"
    if subject is not None and sentence[subject].lower in {"i", "we"}:
        yield "first-person"
    if _has_mark(sentence, head, "unless"):
        yield "unless"
    if child(sentence, head, "expl") is not None:
        yield "there-is"
    if word.tag in {"VBP", "VBZ"} or lowers & {"do", "does"}:
        yield "present"
    if _only_if(sentence, head):
        yield "only-if"
    if lowers & _MUST or _has_to(sentence, head):
        yield "must"
    if word.dep == "xcomp" and sentence[word.head].lemma in _PHASES:
        yield from (fact for fact in _form(sentence, word.head) if fact in _TIMES)
    elif "MD" not in tags and not (word.tag == "VB" and "TO" not in tags and not helpers):
        if "TO" not in tags or "have" in {sentence[index].lemma for index in helpers}:
            yield "told-as-done"
    if word.tag == "VB" and not ({"MD", "TO"} & tags) and not (lowers & {"do", "does", "did"}):
        if subject is not None and word.dep != "conj":
            yield "subjunctive"
    elif lowers & {"be"} and "auxpass" in {sentence[i].dep for i in helpers} and not ({"MD", "TO"} & tags):
        if subject is not None and not any(sentence[i].tag in {"VBZ", "VBP", "VBD"} for i in helpers):
            yield "subjunctive"
    if any(_has_mark(sentence, head, mark) for mark in _CONDITIONS):
        yield "conditional"
    if any(
        sentence[index].tag in {"WRB", "WP", "WDT"} and index < head
        for index in children(sentence, head, "advmod", "nsubj", "dobj")
    ):
        yield "question"
    if word.lemma in _BEING:
        yield "states-being"
    if word.lemma in load_stance_words()["inner"]:
        yield "inner-verb"


def _has_mark(sentence: Sentence, head: int, mark: str) -> bool:
    """Say whether a clause of a verb opens with a word: if, unless, until."""
    return any(
        sentence[index].lower == mark
        for clause in children(sentence, head, "advcl", "prep")
        for index in (clause, *children(sentence, clause, "mark", "advmod"))
    )


def _only_if(sentence: Sentence, head: int) -> bool:
    """Say whether a condition is the only one: "**only if** Kestria withdraws"."""
    for index in subtree(sentence, head):
        if sentence[index].lower == "only" and index + 1 < len(sentence):
            if sentence[index + 1].lower in {"if", "when", "after"}:
                return True
    return False


def _denies_object(sentence: Sentence, head: int) -> bool:
    """Say whether the object carries the negation: "had **no** role", "had **nothing** to do with it"."""
    return any(
        sentence[noun].lower == "nothing"
        or any(sentence[index].lower == "no" for index in children(sentence, noun, "det"))
        for noun in children(sentence, head, "dobj", "attr")
    )


def _is_going_to(sentence: Sentence, head: int) -> bool:
    word = sentence[head]
    return word.dep == "xcomp" and sentence[word.head].lower == "going"


def _has_to(sentence: Sentence, head: int) -> bool:
    word = sentence[head]
    return (word.dep == "xcomp" and sentence[word.head].lemma == "have") or any(
        sentence[below].tag == "VB" and child(sentence, below, "aux") is not None
        for below in children(sentence, head, "xcomp")
        if word.lemma == "have"
    )


def _own_words(sentence: Sentence, head: int) -> Iterator[str]:
    """Give the lemmas of a clause, without its subject and its sub-clauses."""
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
    text: Text,
    sentence: Sentence,
    head: int,
    speakers: Sequence[Party],
    foes: Sequence[Party],
) -> bool:
    """Say whether the deed is done to a side that is neither the speaker's nor the doer's."""
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
