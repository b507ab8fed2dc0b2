"""Clause modality: what the grammar of one clause tells of its voice, its truth, its time and its conditions."""

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.lexicon.stances import load_stance_words
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, child, children, is_passive, is_undone, subtree

PHASES = frozenset("continue begin start keep try attempt seek use go proceed".split())
"""Verbs whose deed is told by the verb below them: "is trying to **blockade**"."""

_HELD = frozenset({"told-as-done", "future", "must", "negated", "conditional"})
"""Facts that a verb below such a verb shares with it."""

_MODALS = {
    "future": frozenset({"will", "would", "shall", "wo", "'ll", "’ll", "'d", "’d"}),
    "maybe": frozenset({"could", "may", "might"}),
    "able": frozenset({"can", "could", "ca"}),
    "should": frozenset({"should", "ought"}),
    "must": frozenset({"must"}),
}
_CONDITIONS = ("if", "unless", "until")
_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_BEING = frozenset({"be", "become", "remain", "seem"})


@dataclass(frozen=True, slots=True)
class _Helpers:
    """The helping verbs of a clause."""

    lowers: frozenset[str]
    lemmas: frozenset[str]
    tags: frozenset[str]
    has_passive: bool


def subject_of(sentence: Sentence, head: int) -> int | None:
    """Find a clause's subject, its own or the one it shares as a conjunct or open complement."""
    node = head
    while True:
        own = children(sentence, node, "nsubj", "nsubjpass")
        if own:
            before = [index for index in own if index < node]
            return before[-1] if before else own[0]
        word = sentence[node]
        if word.dep not in {"conj", "xcomp"} or word.head == node:
            return None
        node = word.head


def clause_form(sentence: Sentence, head: int) -> Iterator[str]:
    """Yield the facts of a clause's form, by the names of ``lexicon.stances.FACTS``."""
    helpers = _helpers(sentence, head)
    yield from _voice(sentence, head)
    yield from _truth(sentence, head)
    yield from _time(sentence, head, helpers)
    yield from _conditions(sentence, head)
    if _is_subjunctive(sentence, head, helpers):
        yield "subjunctive"
    if sentence[head].lemma in _BEING:
        yield "states-being"
    if sentence[head].lemma in load_stance_words()["inner"]:
        yield "inner-verb"


def _helpers(sentence: Sentence, head: int) -> _Helpers:
    """Return a verb's helpers; a conjunct without any shares the first verb's."""
    found = children(sentence, head, "aux", "auxpass")
    word = sentence[head]
    if not found and word.dep == "conj":
        return _helpers(sentence, word.head)
    return _Helpers(
        frozenset(sentence[index].lower for index in found),
        frozenset(sentence[index].lemma for index in found),
        frozenset(sentence[index].tag for index in found),
        any(sentence[index].dep == "auxpass" for index in found),
    )


def _voice(sentence: Sentence, head: int) -> Iterator[str]:
    if is_passive(sentence, head):
        yield "passive"
        if agent(sentence, head) is not None:
            yield "agent"
    if child(sentence, head, "expl") is not None:
        yield "there-is"
    subject = subject_of(sentence, head)
    if subject is not None and sentence[subject].lower in {"i", "we"}:
        yield "first-person"


def _truth(sentence: Sentence, head: int) -> Iterator[str]:
    subject = subject_of(sentence, head)
    nobody = subject is not None and (
        sentence[subject].lower in _NOBODY
        or any(sentence[index].lower in _NOBODY for index in children(sentence, subject, "det"))
        or sentence[sentence.first[subject]].lower == "neither"
    )
    if nobody:
        yield "no-subject"
    if nobody or is_undone(sentence, head):
        yield "negated"
    if any(
        sentence[index].tag in {"WRB", "WP", "WDT"} and index < head
        for index in children(sentence, head, "advmod", "nsubj", "dobj")
    ):
        yield "question"


def _time(sentence: Sentence, head: int, helpers: _Helpers) -> Iterator[str]:
    word = sentence[head]
    for fact, modals in _MODALS.items():
        if helpers.lowers & modals:
            yield fact
    if word.dep == "xcomp" and sentence[word.head].lower == "going":
        yield "future"
    if _has_to(sentence, head):
        yield "must"
    if word.tag in {"VBP", "VBZ"} or helpers.lowers & {"do", "does"}:
        yield "present"
    if word.dep == "xcomp" and sentence[word.head].lemma in PHASES:
        yield from (fact for fact in clause_form(sentence, word.head) if fact in _HELD)
    elif _is_told(word.tag, helpers):
        yield "told-as-done"


def _is_told(tag: str, helpers: _Helpers) -> bool:
    """Return whether a verb tells of a fact: finite without a modal, or "to have done"."""
    if "MD" in helpers.tags or (tag == "VB" and not helpers.lowers):
        return False
    return "TO" not in helpers.tags or "have" in helpers.lemmas


def _conditions(sentence: Sentence, head: int) -> Iterator[str]:
    if any(_has_mark(sentence, head, mark) for mark in _CONDITIONS):
        yield "conditional"
    if _has_mark(sentence, head, "unless"):
        yield "unless"
    if _only_if(sentence, head):
        yield "only-if"


def _is_subjunctive(sentence: Sentence, head: int, helpers: _Helpers) -> bool:
    """Return whether a verb is bare behind its subject: "that the rebels **be disarmed**"."""
    if subject_of(sentence, head) is None or {"MD", "TO"} & helpers.tags:
        return False
    if sentence[head].tag == "VB":
        return sentence[head].dep != "conj" and not helpers.lowers & {"do", "does", "did"}
    finite = {"VBZ", "VBP", "VBD"} & helpers.tags
    return "be" in helpers.lowers and helpers.has_passive and not finite


def _has_mark(sentence: Sentence, head: int, mark: str) -> bool:
    """Return whether a clause of a verb opens with a word: if, unless, until."""
    return any(
        sentence[index].lower == mark
        for clause in children(sentence, head, "advcl", "prep")
        for index in (clause, *children(sentence, clause, "mark", "advmod"))
    )


def _only_if(sentence: Sentence, head: int) -> bool:
    """Return whether a condition is the only one: "**only if** Kestria withdraws"."""
    return any(
        sentence[index].lower == "only"
        and index + 1 < len(sentence)
        and sentence[index + 1].lower in {"if", "when", "after"}
        for index in subtree(sentence, head)
    )


def _has_to(sentence: Sentence, head: int) -> bool:
    """Return whether a verb stands under "have to", or is that "have"."""
    word = sentence[head]
    if word.dep == "xcomp" and sentence[word.head].lemma == "have":
        return sentence[word.head].tag != "VBD"  # "had to leave" tells what was done
    return (
        word.lemma == "have"
        and word.tag != "VBD"
        and any(
            sentence[below].tag == "VB" and child(sentence, below, "aux") is not None
            for below in children(sentence, head, "xcomp")
        )
    )
