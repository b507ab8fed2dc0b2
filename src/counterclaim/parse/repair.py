"""Repairs: attachments that the parser gets wrong where reports are densest.

The commonest is a coordinated reporting verb hung on the verb inside the first
one's content. "The ministry **confirmed** areas were hit and **denied** that it fired": parsed, the
areas deny.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from counterclaim.lexicon import load_cues
from counterclaim.syntax.sentence import Sentence, Word, make_sentence
from counterclaim.syntax.walk import SUBJECTS, ancestors, child

_SPEAKERS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_PERSONAL = frozenset("he she they we i who it".split())


@cache
def _reporting() -> frozenset[str]:
    """Lemmas of verbs that say or do by saying."""
    return frozenset(
        form
        for cue in load_cues()
        if cue.role == "verb" and cue.sort in {"speech", "act"}
        for form in cue.forms
    )


def repair_sentences(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Repair each sentence; those that need nothing come back as they are."""
    return tuple(repair_sentence(sentence) for sentence in sentences)


def repair_sentence(sentence: Sentence) -> Sentence:
    """Hang coordinated reporting verbs on the reporting verb that they continue."""
    sentence = _with_stray_subjects(sentence)
    moves = dict(_moves(sentence))
    participles = [word.index for word in sentence.words if _is_stray_participle(sentence, word)]
    if not moves and not participles:
        return sentence
    words: list[Word] = list(sentence.words)
    for index in participles:
        words[index] = replace(words[index], head=index - 1, dep="acl", tag="VBN")
    for index, head in moves.items():
        old = words[index].head
        words[index] = replace(words[index], head=head, dep="conj")
        for link in sentence.children[old]:
            if (
                words[link].dep in {"cc", "punct"}
                and old < link < index
                and not any(
                    old < other < link for other in sentence.children[old] if other in moves
                )
                and index - link <= 4
            ):
                words[link] = replace(words[link], head=head)
    return make_sentence(words, sentence.index, sentence.passage)


def _with_stray_subjects(sentence: Sentence) -> Sentence:
    """Attach to a coordinated verb the name right before it, which the parser joins to the object before.

    "Kestria lost 40 soldiers and **Ardenia lost** 12": parsed, Kestria lost soldiers and Ardenia.
    """
    words = list(sentence.words)
    for word in sentence.words[1:]:
        before = words[word.index - 1]
        if (
            word.dep == "conj"
            and word.tag in {"VBD", "VBZ"}
            and before.pos == "PROPN"
            and before.dep == "conj"
            and before.head < word.head + 6
            and words[before.head].head == word.head
            and child(sentence, word.index, *SUBJECTS) is None
        ):
            words[before.index] = replace(before, head=word.index, dep="nsubj")
    return (
        make_sentence(words, sentence.index, sentence.passage)
        if words != list(sentence.words)
        else sentence
    )


def _is_stray_participle(sentence: Sentence, word: Word) -> bool:
    """Return whether a verb without subject, right behind a noun, only modifies it.

    "the ceasefire **agreed** to in Moscow": parsed as a clause of its own.
    """
    if word.tag not in {"VBD", "VBN"} or word.dep != "ccomp" or word.index == 0:
        return False
    before = sentence[word.index - 1]
    return (
        before.pos == "NOUN"
        and before.head < word.index
        and word.head < before.index
        and child(sentence, word.index, *SUBJECTS, "auxpass", "aux") is None
        and word.index + 1 < len(sentence)
        and sentence[word.index + 1].pos in {"ADP", "ADV", "PROPN"}
    )


def _moves(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield each misplaced conjunct with the verb that it belongs to."""
    for word in sentence.words:
        if word.dep != "conj" or word.pos != "VERB" or word.lemma not in _reporting():
            continue
        if child(sentence, word.index, *SUBJECTS) is not None or not _says_something(
            sentence, word.index
        ):
            continue
        host = word.head
        outer = next(
            (
                above
                for above in ancestors(sentence, host)
                if sentence[above].lemma in _reporting()
                and sentence[above].pos == "VERB"
                and above < word.index
            ),
            None,
        )
        if outer is None or sentence[host].dep not in {
            "ccomp",
            "conj",
            "xcomp",
            "advcl",
            "relcl",
            "acl",
            "pcomp",
        }:
            continue
        if _cannot_share(sentence, host, word) or _is_thing(sentence, host):
            yield word.index, outer


def _says_something(sentence: Sentence, verb: int) -> bool:
    return any(
        sentence[index].dep in {"ccomp", "xcomp", "dobj", "prep", "advcl"}
        for index in sentence.children[verb]
        if index > verb
    )


def _cannot_share(sentence: Sentence, host: int, word: Word) -> bool:
    """Return whether the auxiliaries before one verb cannot serve the other.

    "could not **justify** ... and **reiterated**": a modal takes no past tense, so the second verb
    hangs higher.
    """
    if word.tag not in {"VBD", "VBZ", "VBP"}:
        return False
    return sentence[host].tag in {"VB", "VBG"} or (
        sentence[host].tag == "VBN" and word.tag in {"VBZ", "VBP"}
    )


def _is_thing(sentence: Sentence, host: int) -> bool:
    """Return whether the verb's subject is something that cannot speak: areas, blasts, the bombing."""
    subject = child(sentence, host, *SUBJECTS)
    if subject is None:
        return False
    word = sentence[subject]
    if word.dep == "expl" or word.lower in {"there", "this", "that"}:
        return True
    if word.pos == "PRON":
        return word.lower not in _PERSONAL
    if word.pos == "PROPN" or word.entity in _SPEAKERS:
        return False
    return (
        word.pos in {"NOUN", "NUM"}
        and not any(
            sentence[index].entity in {"NORP", "GPE", "ORG"} for index in sentence.children[subject]
        )
        and word.lemma not in _HUMAN
    )


_HUMAN = frozenset(
    "official spokesman spokeswoman minister president leader army military government ministry police force troop soldier rebel "
    "militant fighter group witness resident people man woman commander officer general prime party side country state court "
    "council agency organization organisation family member critic protester student survivor doctor authority activist analyst".split()
)
"""Nouns that may well speak, so that the parser's reading stands."""
