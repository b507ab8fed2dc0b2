"""Argument words: the words beside a trigger that stand for who acts and who is acted on.

``arguments.py`` gives parties; this gives words, so that "textile workers" or "a court" can be coded
by noun and country where they are no party of the ledger.
"""

from collections.abc import Iterator

from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, child, children, is_passive, subject

TOWARD = (
    "against",
    "on",
    "to",
    "with",
    "at",
    "from",
    "for",
    "into",
    "over",
    "in",
    "of",
    "upon",
    "toward",
    "towards",
)
"""Prepositions that bring in whoever suffers or shares an act, most telling first."""

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december week month year day hour night morning evening today".split()
)


def actor_word(sentence: Sentence, trigger: int) -> int | None:
    """Return the word for who does what a trigger says.

    Accepts:
      1. a subject, shared ones too         "**Kestria** shelled Ost and took the ridge"
      2. a passive's by-phrase              "Ost was shelled by **Kestria**"
      3. a noun's owner or by-phrase        "**Kestria's** shelling", "the shelling by **Kestria**"
      4. the subject of the verb around     "**Kestria** carried out strikes", "**Kestria** is ready"
    """
    word = sentence[trigger]
    if word.pos in {"VERB", "AUX"}:
        found = (
            agent(sentence, trigger)
            if is_passive(sentence, trigger)
            else subject(sentence, trigger)
        )
    elif word.pos == "ADJ":
        found = subject(sentence, word.head)
    else:
        found = _of_noun(sentence, trigger)
    return (
        found
        if found is None or sentence[found].pos in _NOMINAL or sentence[found].pos == "X"
        else None
    )


def _of_noun(sentence: Sentence, noun: int) -> int | None:
    owner = child(sentence, noun, "poss")
    if owner is not None:
        return owner
    doer = agent(sentence, noun)
    if doer is not None:
        return doer
    named = next(
        (
            i
            for i in children(sentence, noun, "compound", "amod", "nmod")
            if sentence[i].pos == "PROPN" or sentence[i].entity in {"NORP", "GPE"}
        ),
        None,
    )
    if named is not None:
        return named
    between = next(
        (i for i in children(sentence, noun, "prep") if sentence[i].lower == "between"), None
    )
    if between is not None:
        return child(sentence, between, "pobj")
    head = sentence[noun].head
    if head != noun and sentence[noun].dep in {"dobj", "attr", "pobj"}:
        while sentence[head].dep == "prep":
            head = sentence[head].head
        if sentence[head].pos in {"VERB", "AUX"}:
            return agent(sentence, head) if is_passive(sentence, head) else subject(sentence, head)
    return None


def recipient_word(sentence: Sentence, trigger: int, actor: int | None) -> int | None:
    """Return the word for who suffers or shares what a trigger says.

    Tried in order, the actor's own words left out:
      1. a passive's subject, an object that is somebody
      2. what a preposition brings        "talks **with Kestria**", "an attack **on Ost**"
      3. the same of the object           "launched an attack **on Ost**", "condemned **Kestria's** raid"
      4. the same of an infinitive        "refused to meet **the envoy**"
      5. a that-clause's subject          "demanded that **Kestria** withdraw"
    """
    for found in _recipients(sentence, trigger):
        if (
            found != actor
            and sentence[found].pos in _NOMINAL
            and sentence[found].lemma not in _TIMES
        ):
            return found
    return None


def _recipients(sentence: Sentence, node: int, depth: int = 0) -> Iterator[int]:
    if is_passive(sentence, node):
        patient = child(sentence, node, "nsubjpass")
        if patient is not None:
            yield patient
        elif sentence[node].dep in {"acl", "relcl"}:
            yield sentence[node].head
    direct = children(sentence, node, "dative", "dobj")
    for index in direct:
        if _is_somebody(sentence, index):
            yield index
    for index in direct:
        yield from _beside(sentence, index)
    yield from _beside(sentence, node)
    if depth < 2:
        for below in children(sentence, node, "xcomp", "ccomp", "pcomp"):
            own = child(sentence, below, "nsubj", "nsubjpass")
            if own is not None:
                yield own
            yield from _recipients(sentence, below, depth + 1)
        for prep in children(sentence, node, "prep"):
            for below in children(sentence, prep, "pcomp"):
                yield from _recipients(sentence, below, depth + 1)
    yield from direct
    if (
        sentence[node].pos in {"NOUN", "PROPN"}
        and sentence[node].dep in {"dobj", "nsubjpass"}
        and depth == 0
    ):
        yield from _beside(sentence, sentence[node].head)


def _is_somebody(sentence: Sentence, index: int) -> bool:
    """Return whether a noun is a name or has one for its own, rather than a thing."""
    word = sentence[index]
    return word.pos in {"PROPN", "PRON"} or word.entity in {"GPE", "ORG", "NORP", "PERSON"}


def _beside(sentence: Sentence, node: int) -> Iterator[int]:
    owner = child(sentence, node, "poss")
    if owner is not None and sentence[owner].pos != "PRON":
        yield owner
    found: dict[str, int] = {}
    for prep in children(sentence, node, "prep", "dative"):
        inner = child(sentence, prep, "pobj")
        if inner is not None:
            found.setdefault(sentence[prep].lower, inner)
    for preposition in TOWARD:
        if preposition in found:
            yield found[preposition]
