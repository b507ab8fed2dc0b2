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


_NOBODY = frozenset({"nobody", "none", "nothing", "nowhere", "neither"})
_BUT = frozenset({"but", "except", "other", "less", "short", "more", "fewer"})
"""Words that take a "no" back: "**nothing but** barracks", "**no fewer** than ten"."""
_NOTHING_AT = frozenset({"on", "upon", "at", "against", "to", "into", "in", "of", "by", "with"})
_LEFT_UNDONE = frozenset(
    {"fail", "refuse", "decline", "neglect", "forbear", "refrain", "abstain", "avoid", "stop"}
)


def is_undone(sentence: Sentence, verb: int) -> bool:
    """Return whether what a verb tells was not done, by whatever word of its clause says so.

    Accepts:
      1. a negation of its own       "had **not** shelled Ost", "**never** shelled it"
      2. who did it                  "**none** of its aircraft had bombed Ost", "**no** troops crossed"
      3. whom, what or where         "had fired on **no one**", "killed **nobody**", "fired **no** shot", "at **no** village"
      4. what stands above it        "left **without** shelling Ost", "**failed** to take it"
    Near miss: "struck with **no** warning", "**no** doubt that it shelled Ost", "hit **nothing but** barracks".
    """
    if is_negated(sentence, verb):
        return True
    for noun in children(sentence, verb, "nsubj", "nsubjpass", "dobj", "dative", "attr"):
        if _is_nobody(sentence, noun) or _is_none_of(sentence, noun):
            return True
    for prep in children(sentence, verb, "prep", "agent", "dative"):
        at = child(sentence, prep, "pobj")
        word = sentence[prep].lower
        if at is None or word not in _NOTHING_AT:
            continue
        if _is_nobody(sentence, at) and (word != "with" or sentence[at].lower in _NOBODY):
            return True
    above = sentence[sentence[verb].head]
    if sentence[verb].dep in {"pcomp", "prep"} and above.lower == "without":
        return True
    return sentence[verb].dep in {"xcomp", "pcomp"} and _is_left(sentence, verb)


def _is_left(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb is what somebody did not do: "**refrained** from shelling", "**failed** to take"."""
    above = sentence[verb].head
    if sentence[above].dep == "prep" and sentence[above].lower == "from":
        above = sentence[above].head
    word = sentence[above]
    if word.lemma == "stop":
        return sentence[sentence[verb].head].lower == "from"
    return word.lemma in _LEFT_UNDONE and not is_negated(sentence, above)


def _is_nobody(sentence: Sentence, noun: int) -> bool:
    """Return whether a noun stands for none: nobody, no one, none of them, no village, not a single shot."""
    word = sentence[noun]
    after = sentence.words[noun + 1 : noun + 2]
    if after and after[0].lower in _BUT:
        return False
    if word.lower in _NOBODY:
        return True
    for index in sentence.children[noun]:
        below = sentence[index]
        if below.lower in _BUT:
            return False
        if below.dep in {"det", "neg", "preconj"} and below.lower in {"no", "neither"}:
            return True
        if below.dep == "neg" and below.lower == "not":  # "not a single shot"
            return True
        if below.lower == "single" and index >= 2 and sentence[index - 2].lower == "not":
            return True
    return False


def _is_none_of(sentence: Sentence, noun: int) -> bool:
    """Return whether a noun stands under "none of": parsers take either word for the head."""
    first = sentence.first[noun]
    return (
        sentence[first].lower in {"none", "neither"}
        and first + 1 < len(sentence)
        and sentence[first + 1].lower == "of"
    )


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
