"""Event type features: what the learned scorer sees of a sentence, as names that a reader understands."""

from collections.abc import Iterator, Sequence

from counterclaim.coders.events.triggers import TriggerMatch
from counterclaim.syntax.sentence import Sentence, Word
from counterclaim.syntax.walk import ancestors, children

_BELOW = frozenset({"xcomp", "ccomp", "conj", "advcl"})
_GRAMMAR = frozenset({"dobj", "prt", "xcomp", "ccomp", "neg", "prep", "nsubjpass", "aux", "acomp"})
_SILENT = frozenset({"PUNCT", "SPACE"})
_SPEECH = frozenset(
    "say tell report add state announce note write explain confirm show believe think".split()
)


def event_features(sentence: Sentence, matches: Sequence[TriggerMatch]) -> frozenset[str]:
    """Describe a sentence for the typing of its main event.

    Kinds of features:
      1. lemmas                                ``u=shell``
      2. the main predicate and what hangs on it,
         below verbs of saying (``r``)         ``m.root=fire``, ``m+dobj=open=fire``
      3. every verb with its grammar           ``v=agree+xcomp=meet``
      4. triggers of both lexicons by depth    ``t0=ASSAULT``, ``id=shelling``

    Args:
        sentence: As parsed.
        matches: Triggers of events.yaml and acts.yaml in it.

    Returns:
        Names of the features that hold; each has the value 1 before scaling.
    """
    return frozenset(
        (
            *_of_words(sentence),
            *_of_root(sentence),
            *_of_verbs(sentence),
            *_of_triggers(sentence, matches),
        )
    )


def _of_words(sentence: Sentence) -> Iterator[str]:
    lemmas = [_word(word) for word in sentence.words if word.pos not in _SILENT]
    for lemma in lemmas:
        yield f"u={lemma}"


def _word(word: Word) -> str:
    """Return a lemma; all numbers are one word."""
    if word.pos == "NUM":
        return "#"
    return word.lemma


def main_predicates(sentence: Sentence) -> tuple[int, ...]:
    """Return the root, and below verbs of saying what is said, nearest to the root first."""
    found = [word.index for word in sentence.words if word.dep == "ROOT"]
    for index in list(found):
        node = index
        while sentence[node].lemma in _SPEECH:
            below = children(sentence, node, "ccomp")
            if not below:
                break
            node = below[0]
            found.append(node)
    return tuple(found)


def _of_root(sentence: Sentence) -> Iterator[str]:
    predicates = main_predicates(sentence)
    for node in predicates[:-1]:
        yield from _of_predicate(sentence, node, "r")
    for node in predicates[-1:]:
        yield from _of_predicate(sentence, node, "m")


def _of_predicate(sentence: Sentence, node: int, mark: str) -> Iterator[str]:
    head = sentence[node].lemma
    yield f"{mark}.root={head}"
    yield f"{mark}tag={sentence[node].tag}"
    for index in sentence.children[node]:
        word = sentence[index]
        if word.pos in _SILENT:
            continue
        yield f"{mark}.{word.dep}={_word(word)}"
        yield f"{mark}+{word.dep}={head}={_word(word)}"
        if word.dep in _BELOW:
            yield f"{mark}d={head}={word.dep}"
            for below in sentence.children[index]:
                yield f"{mark}2.{sentence[below].dep}={_word(sentence[below])}"
        if word.dep in {"prep", "agent"}:
            yield f"{mark}p={head}={word.lemma}"
            for below in sentence.children[index]:
                yield f"{mark}p.{word.lemma}={_word(sentence[below])}"
        if word.dep in {"nsubj", "nsubjpass", "dobj"}:
            yield f"{mark}has.{word.dep}"
            for below in sentence.children[index]:
                if sentence[below].pos not in _SILENT:
                    yield f"{mark}{word.dep}m={_word(sentence[below])}"


def _of_verbs(sentence: Sentence) -> Iterator[str]:
    for word in sentence.words:
        if word.pos != "VERB":
            continue
        yield f"v={word.lemma}"
        yield f"vtag={word.tag}"
        for index in sentence.children[word.index]:
            below = sentence[index]
            if below.dep in _GRAMMAR:
                yield f"v+{below.dep}={word.lemma}={_word(below)}"


def _of_triggers(sentence: Sentence, matches: Sequence[TriggerMatch]) -> Iterator[str]:
    ranked = sorted(matches, key=lambda match: (_depth(sentence, match.index), match.index))
    for place, match in enumerate(ranked[:3]):
        yield f"t{place}={match.trigger.type}"
        yield f"t{place}={match.trigger.type}={sentence[match.index].dep}"
    for match in ranked:
        yield f"t={match.trigger.type}"
        yield f"id={match.trigger.id}"
        yield f"mode={match.trigger.type}={match.trigger.mode}"
    mains = main_predicates(sentence)
    for match in ranked:
        if match.index in mains or sentence[match.index].head in mains:
            yield f"tm={match.trigger.type}"
            yield f"idm={match.trigger.id}"


def _depth(sentence: Sentence, index: int) -> int:
    return sum(1 for _ in ancestors(sentence, index))
