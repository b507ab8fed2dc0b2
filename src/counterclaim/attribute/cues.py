"""Cues: the verbs, nouns and formulas that report speech, with the lexicon entry that reads each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from counterclaim.lexicon import Cue, load_cues
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, child, children, is_negated, is_passive, subtree

_PARTICLES = frozenset({"out", "up", "down"})
_ADJECTIVAL = frozenset({"amod", "compound", "nmod"})


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A lexicon entry at a word of a sentence."""

    cue: Cue
    head: int
    """The verb, noun, or last word of the formula."""
    first: int
    last: int
    """The cue's words, particle included; inclusive."""
    negated: bool = False


@cache
def _by_lemma() -> tuple[Mapping[str, Sequence[Cue]], Mapping[str, Sequence[Cue]], Sequence[Cue]]:
    verbs: dict[str, list[Cue]] = {}
    nouns: dict[str, list[Cue]] = {}
    phrases: list[Cue] = []
    for cue in load_cues():
        if cue.role == "phrase":
            phrases.append(cue)
            continue
        table = verbs if cue.role == "verb" else nouns
        for form in cue.forms:
            table.setdefault(form, []).append(cue)
    for table in (verbs, nouns):
        for entries in table.values():
            entries.sort(key=lambda cue: not cue.words)
    return verbs, nouns, phrases


def find_cues(sentence: Sentence) -> Iterator[tuple[CueMatch, ...]]:
    """Find the words of a sentence that may report speech, from left to right.

    Participles before a noun ("the alleged attack") are no cues.

    Returns:
        For each word its entries in the order to be tried: one that asks for a companion word
        ("claim **responsibility**") before one that does not.
    """
    verbs, nouns, phrases = _by_lemma()
    for word in sentence.words:
        found: tuple[CueMatch, ...] = ()
        if word.pos in {"VERB", "AUX"} and word.lemma in verbs:
            found = tuple(_verb(sentence, word.index, verbs[word.lemma]))
        elif word.pos == "NOUN" and word.lemma in nouns:
            found = tuple(_noun(sentence, word.index, nouns[word.lemma]))
        for cue in phrases:
            if word.lower == cue.forms[0]:
                found += tuple(_phrase(sentence, word.index, cue))
        if found:
            yield found


def _verb(sentence: Sentence, index: int, entries: Sequence[Cue]) -> Iterator[CueMatch]:
    word = sentence[index]
    if word.dep in _ADJECTIVAL:
        return
    for cue in entries:
        companion = _companion(sentence, index, cue) if cue.words else index
        if companion is None or _means_else(sentence, index, cue):
            continue
        negated = (
            is_negated(sentence, index)
            or (companion != index and is_negated(sentence, companion))
            or is_negated(sentence, joined_to(sentence, index))
        )
        if cue.needs == "negation" and not negated:
            continue
        if cue.needs == "active" and is_passive(sentence, index) and agent(sentence, index) is None:
            continue
        last = companion if _is_part_of_cue(sentence, index, companion) else index
        yield CueMatch(cue, index, min(index, last), max(index, last), negated)


def joined_to(sentence: Sentence, verb: int) -> int:
    """Return the verb that another goes on with by "or" and "nor", and whose negation it shares.

    "has **not denied** or confirmed", "has **yet to confirm** or deny": one helper holds for both.
    """
    word = sentence[verb]
    if word.dep != "conj" or child(sentence, verb, "nsubj", "nsubjpass", "aux") is not None:
        return verb
    links = {sentence[i].lower for i in children(sentence, word.head, "cc", "preconj")}
    between = {item.lower for item in sentence.words[word.head : verb]}
    return word.head if (links | between) & {"or", "nor"} else verb


def _means_else(sentence: Sentence, index: int, cue: Cue) -> bool:
    """Return whether the verb's object gives it another sense: "claimed 67 lives", "declared war"."""
    if not cue.unless:
        return False
    behind = [
        i for prep in children(sentence, index, "prep") for i in children(sentence, prep, "pobj")
    ]
    for candidate in (*children(sentence, index, "dobj", "nsubjpass", "oprd", "npadvmod"), *behind):
        if sentence[candidate].lemma in cue.unless or sentence[candidate].lower in cue.unless:
            return True
        below = {
            sentence[i].lemma
            for prep in children(sentence, candidate, "prep")
            for i in children(sentence, prep, "pobj")
        }
        if below & cue.unless:
            return True
    return False


def _companion(sentence: Sentence, index: int, cue: Cue) -> int | None:
    """Find the word an entry asks for: a particle, preposition, object, or object's modifier."""
    for candidate in sentence.children[index]:
        word = sentence[candidate]
        if word.dep in {"nsubj", "csubj", "aux", "punct", "advcl"} or (
            candidate < index and word.dep != "nsubjpass"
        ):
            continue
        if word.lower in cue.words or word.lemma in cue.words:
            if word.lower in _PARTICLES and word.dep not in {"prt", "advmod"}:
                continue
            return candidate
        if word.dep in {"dobj", "obj", "acomp", "attr", "nsubjpass", "ccomp", "xcomp", "oprd"}:
            reach = (
                subtree(sentence, candidate) if word.dep == "dobj" else sentence.children[candidate]
            )
            for below in reach:
                if sentence[below].lower in cue.words and sentence[below].dep in {
                    "amod",
                    "compound",
                    "nsubj",
                }:
                    return below
    host = _said_of(sentence, index)
    if host is not None and sentence[host].lemma in cue.words:
        return host
    after = index + 1
    if (
        after < len(sentence)
        and sentence[after].lower in cue.words - _PARTICLES
        and sentence[after].pos in {"ADP", "PART", "SCONJ", "ADV"}
    ):
        return after
    return None


def _said_of(sentence: Sentence, verb: int) -> int | None:
    """Return the noun that a passive participle or relative clause is said of: "**a raid** claimed by ..."."""
    word = sentence[verb]
    if word.dep in {"acl", "relcl"} and is_passive(sentence, verb):
        return word.head
    return None


def _is_part_of_cue(sentence: Sentence, index: int, companion: int) -> bool:
    """Return whether the companion is printed with the cue: close by, and not a clause of its own."""
    return (
        0 < companion - index <= 4
        and sentence[companion].dep not in {"xcomp", "ccomp"}
        and all(sentence[between].dep != "punct" for between in range(index, companion))
        and not (companion - index > 2 and sentence[companion].pos == "ADP")
    )


def _noun(sentence: Sentence, index: int, entries: Sequence[Cue]) -> Iterator[CueMatch]:
    if sentence[index].dep in _ADJECTIVAL:
        return
    for cue in entries:
        if cue.words:
            prep = child(sentence, index, "prep")
            inner = None if prep is None else child(sentence, prep, "pobj")
            if inner is None or sentence[inner].lemma not in cue.words:
                continue
            yield CueMatch(cue, index, index, inner, is_negated(sentence, index))
        else:
            yield CueMatch(cue, index, index, index, is_negated(sentence, index))


def _phrase(sentence: Sentence, index: int, cue: Cue) -> Iterator[CueMatch]:
    last = index + len(cue.forms) - 1
    if last >= len(sentence):
        return
    if tuple(word.lower for word in sentence.words[index : last + 1]) != cue.forms:
        return
    named = children(sentence, last, "pobj", "pcomp", "dobj")
    if named and not any(sentence[noun].lemma in cue.unless for noun in named):
        yield CueMatch(cue, last, index, last)
