"""Walks over a sentence: subjects, objects, clauses, noun phrases.

Every function takes a sentence and an index and gives indices. None means there is no such word.
"""

from collections.abc import Collection, Iterator

from counterclaim.syntax.sentence import Sentence

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "pobj", "dative", "iobj"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "parataxis", "csubj", "csubjpass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OUTSIDE_NAME = frozenset({"punct", "relcl", "acl", "appos", "conj", "cc", "advcl", "preconj"})


def children(sentence: Sentence, index: int, *deps: str) -> list[int]:
    """Return the dependants with one of the relations, from left to right; all, if none is named."""
    if not deps:
        return list(sentence.children[index])
    return [child for child in sentence.children[index] if sentence.words[child].dep in deps]


def child(sentence: Sentence, index: int, *deps: str) -> int | None:
    """Return the first dependant with one of the relations."""
    for candidate in sentence.children[index]:
        if sentence.words[candidate].dep in deps:
            return candidate
    return None


def ancestors(sentence: Sentence, index: int) -> Iterator[int]:
    """Yield the heads above a word, nearest first."""
    words = sentence.words
    while words[index].head != index:
        index = words[index].head
        yield index


def subtree(sentence: Sentence, index: int) -> list[int]:
    """Return a word and everything below it, in order of the sentence."""
    found = [index]
    for node in found:
        found.extend(sentence.children[node])
    return sorted(found)


def is_below(sentence: Sentence, index: int, above: int) -> bool:
    """Return whether one word is the other or depends on it, at any depth."""
    return index == above or above in ancestors(sentence, index)


def subject(sentence: Sentence, verb: int) -> int | None:
    """Return the subject of a verb, found where English leaves it.

    Accepts:
      1. its own               "Kestria **denied** it"
      2. a conjunct's          "Kestria confirmed it and **denied** the rest"
      3. a controlling verb's  "Kestria refused to **say**"
      4. a participle's host   "Kestria fired back, **saying** ..."
      5. a relative clause's antecedent, through the pronoun  "the army, which **said** ..."
    """
    seen: set[int] = set()
    node = verb
    while node not in seen:
        seen.add(node)
        own = child(sentence, node, *SUBJECTS)
        if own is not None:
            return antecedent(sentence, own)
        word = sentence.words[node]
        if word.dep in {"relcl", "acl"}:
            return word.head
        if (
            word.dep in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "pcomp", "aux"}
            or word.dep == "prep"
        ):
            node = word.head
        else:
            return None
    return None


def antecedent(sentence: Sentence, pronoun: int) -> int:
    """Return the noun that a relative pronoun stands for, or the word itself."""
    word = sentence.words[pronoun]
    if word.tag not in {"WP", "WDT", "WP$"}:
        return pronoun
    for above in ancestors(sentence, pronoun):
        if sentence.words[above].dep == "relcl":
            return sentence.words[above].head
    return pronoun


def agent(sentence: Sentence, verb: int) -> int | None:
    """Return the by-phrase of a passive: "was hit **by** Kestrian **rockets**"."""
    by = child(sentence, verb, "agent")
    if by is None:
        for prep in children(sentence, verb, "prep"):
            if sentence.words[prep].lower == "by":
                by = prep
                break
    return None if by is None else child(sentence, by, "pobj")


_OF_A_DEED = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"})


def by_agent(sentence: Sentence, deed: int) -> int | None:
    """Find who stands behind "by" after a deed, wherever the parser joins it: "shelling of Ost **by Kestria**".

    Only names and nouns may stand between; a gerund behind "by" tells how, not who.
    """
    for index in range(deed + 1, len(sentence.words)):
        word = sentence.words[index]
        if word.lower == "by":
            found = child(sentence, index, "pobj")
            if found is None or sentence.words[found].entity in {"DATE", "TIME", "CARDINAL"}:
                return None
            return found
        if word.pos not in _OF_A_DEED:
            return None
    return None


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb stands in the passive, with or without its auxiliary."""
    if child(sentence, verb, "nsubjpass", "auxpass", "csubjpass") is not None:
        return True
    word = sentence.words[verb]
    return word.tag == "VBN" and word.dep in {"acl", "amod"}


def is_negated(sentence: Sentence, index: int) -> bool:
    """Return whether a word carries a negation of its own: not, never, no."""
    for candidate in sentence.children[index]:
        word = sentence.words[candidate]
        if word.dep == "neg" or (
            word.dep in {"det", "preconj"} and word.lower in {"no", "neither"}
        ):
            return True
    return False


def prepositional_object(sentence: Sentence, index: int, *prepositions: str) -> int | None:
    """Return the object of the first of these prepositions below a word."""
    for prep in children(sentence, index, "prep", "agent", "dative"):
        if sentence.words[prep].lower in prepositions:
            return child(sentence, prep, "pobj", "pcomp")
    return None


def conjuncts(sentence: Sentence, index: int) -> list[int]:
    """Return a word and the words coordinated with it, to its right."""
    found = [index]
    for node in found:
        found.extend(children(sentence, node, "conj"))
    return sorted(found)


def phrase(
    sentence: Sentence, noun: int, leave: Collection[str] = _OUTSIDE_NAME
) -> tuple[int, int]:
    """Return the first and last word of a noun phrase, without clauses and coordinations.

    Prepositional phrases stay: "the head of the provincial hospital".
    """
    found = [noun]
    for node in found:
        found.extend(
            candidate
            for candidate in sentence.children[node]
            if sentence.words[candidate].dep not in leave
        )
    return min(found), max(found)
