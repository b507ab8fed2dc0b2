"""Triggers: the words of a sentence that tell of a happening, by the lexicon and the grammar."""

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.coders.arguments import verb_actors
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.event_triggers import Trigger, TriggerIndex, trigger_index
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, subject

_FORCES = frozenset(
    {"military", "armed group", "state", "de facto authority", "alliance", "government"}
)
_OFFICIALS = frozenset({"leader", "official", "ministry", "government", "mediator", "state"})
PLACE = "PLACE"
"""Among a trigger's objects: any name of a place, as the very object: "seized **Ost**"."""

_TELLING = frozenset({"VERB", "ADJ", "NOUN", "PROPN"})
"""Parts of speech that may tell of a happening; so may any gerund."""

_ARMIES = frozenset("army troop soldier force tank column convoy militia fighter".split())
_OFFICES = frozenset(
    "government ministry minister ambassador envoy embassy president premier delegation secretary spokesman".split()
)
"""Subjects who protest in words: "the **government** protested to its neighbour"."""


@dataclass(frozen=True, slots=True)
class TriggerMatch:
    """A trigger at a word."""

    trigger: Trigger
    index: int
    first: int
    last: int
    is_verb: bool


def find_triggers(
    setting: DocumentContext, sentence: Sentence, index: TriggerIndex | None = None
) -> Iterator[TriggerMatch]:
    """Find the words of a sentence that tell of a happening.

    Args:
        setting: The sentence's document, for triggers that ask who acts.
        sentence: Where to look.
        index: Of which lexicon file; events.yaml by default.
    """
    index = index or trigger_index()
    for word in sentence.words:
        if word.pos not in _TELLING and word.tag != "VBG":
            continue
        key = word.lemma if word.lemma in index.verbs else word.lower
        if word.pos == "VERB" and key in index.verbs and word.dep not in {"amod", "compound"}:
            trigger = _verb_trigger(setting, sentence, word.index, index.verbs[key])
            if trigger is not None:
                obj = child(sentence, word.index, "dobj", "prt")
                last = (
                    obj
                    if obj is not None and obj > word.index and obj - word.index < 6
                    else word.index
                )
                yield TriggerMatch(trigger, word.index, word.index, last, is_verb=True)
                continue
        if word.pos == "ADJ" and word.lemma in index.adjectives:
            adjective = index.adjectives[word.lemma][0]
            if child(sentence, word.index, "xcomp") is not None:
                yield TriggerMatch(adjective, word.index, word.index, word.index, is_verb=False)
            continue
        is_noun = (
            word.pos == "NOUN" or (word.pos == "PROPN" and word.text.islower()) or word.tag == "VBG"
        )
        if is_noun and word.dep not in {"compound", "amod", "nmod"}:
            found = _noun_trigger(sentence, word.index, index)
            if found is not None:
                yield found


def _verb_trigger(
    setting: DocumentContext, sentence: Sentence, verb: int, triggers: tuple[Trigger, ...]
) -> Trigger | None:
    for trigger in triggers:
        if (
            trigger.particles
            and not any(sentence[i].lower in trigger.particles for i in sentence.children[verb])
            and not (
                trigger.id == "retreat"
                and sentence[verb].lemma in {"withdraw", "retreat", "abandon", "vacate"}
            )
        ):
            continue
        if trigger.objects and not _has_object(sentence, verb, trigger.objects):
            continue
        if trigger.unless and (
            _has_object(sentence, verb, trigger.unless) or _is_of(sentence, verb, trigger.unless)
        ):
            continue
        if (
            trigger.preps
            and not trigger.objects
            and not any(
                sentence[i].lower in trigger.preps for i in children(sentence, verb, "prep", "aux")
            )
        ):
            continue
        if trigger.intransitive and child(sentence, verb, "dobj") is not None:
            continue
        if trigger.to and not _has_infinitive(sentence, verb):
            continue
        if trigger.actors == "crowd":
            doer = subject(sentence, verb)
            if doer is not None and sentence[doer].lemma in _ARMIES | _OFFICES:
                continue
        elif trigger.actors is not None:
            kinds = _FORCES if trigger.actors == "forces" else _OFFICIALS
            actors = verb_actors(setting, sentence, verb)
            if not any(
                party.kind in kinds or (trigger.actors == "forces" and party.unit is None)
                for party in actors
            ):
                continue
        return trigger
    return None


def protests_in_words(sentence: Sentence, span: Span) -> bool:
    """Return whether an office protests, which it does in words: "the **government** protested to its neighbour"."""
    for word in sentence.words:
        if span.covers(word.span) and word.lemma == "protest" and word.pos == "VERB":
            doer = subject(sentence, word.index)
            return doer is not None and sentence[doer].lemma in _OFFICES
    return False


def _has_infinitive(sentence: Sentence, verb: int) -> bool:
    """Return whether an infinitive depends on a verb: "refused **to leave**"."""
    return any(
        any(sentence[i].tag == "TO" for i in sentence.children[below])
        for below in children(sentence, verb, "xcomp", "ccomp")
    )


def _has_object(sentence: Sentence, verb: int, words: frozenset[str]) -> bool:
    """Return whether one of the words is a verb's object, passive subject, or what stands behind its object."""
    for obj in children(sentence, verb, "dobj", "nsubjpass", "pobj", "oprd", "xcomp", "acomp"):
        near = [obj, *children(sentence, obj, "conj", "compound", "amod", "nmod")]
        for prep in children(sentence, obj, "prep"):
            near.extend(children(sentence, prep, "pobj"))
        if any(_is_one_of(sentence, i, words) for i in near):
            return True
    preps = children(sentence, verb, "prep", "agent")
    for prep in (*preps, *(i for above in preps for i in children(sentence, above, "prep"))):
        for inner in children(sentence, prep, "pobj"):
            if _is_one_of(sentence, inner, words - {PLACE}):
                return True
    if sentence[verb].dep in {"relcl", "acl"}:
        return _is_one_of(sentence, sentence[verb].head, words)
    return False


def _is_of(sentence: Sentence, index: int, words: frozenset[str]) -> bool:
    """Return whether a verb's subject or a noun's modifier is one of some words: "a **heart** attack"."""
    return any(
        sentence[i].lemma in words for i in children(sentence, index, "nsubj", "compound", "amod")
    )


def _is_one_of(sentence: Sentence, index: int, words: frozenset[str]) -> bool:
    word = sentence[index]
    return (
        word.lemma in words
        or word.lower in words
        or _joined(sentence, index) in words
        or (PLACE in words and word.entity in {"GPE", "LOC"} and word.dep in {"dobj", "nsubjpass"})
    )


def _joined(sentence: Sentence, index: int) -> str:
    """Return a word with what a hyphen ties to its front: "cease-**fire**"; the bare word without one."""
    if index < 2 or sentence[index - 1].text != "-":
        return sentence[index].lemma
    return f"{sentence[index - 2].lower}-{sentence[index].lemma}"


def _noun_trigger(sentence: Sentence, noun: int, index: TriggerIndex) -> TriggerMatch | None:
    word = sentence[noun]
    if not index.may_name(word.lemma, word.lower):
        return None
    for key in {word.lemma, word.lower}:
        for parts, trigger in index.phrases.get(key, ()):
            first = noun - len(parts) + 1
            if first < 0:
                continue
            front = tuple(item.lower for item in sentence.words[first:noun])
            if front == parts[:-1]:
                return TriggerMatch(trigger, noun, first, noun, is_verb=False)
    keys = (
        (word.lower,) if word.pos == "VERB" else (_joined(sentence, noun), word.lemma, word.lower)
    )
    for trigger in next((index.nouns[key] for key in keys if key in index.nouns), ()):
        if trigger.unless and _is_of(sentence, noun, trigger.unless):
            continue
        return TriggerMatch(trigger, noun, noun, noun, is_verb=False)
    return None


def merged_triggers(sentence: Sentence, matches: list[TriggerMatch]) -> Iterator[TriggerMatch]:
    """Keep one match for a light verb with its noun, and for a noun that only repeats its verb.

    The verb's trigger gives way to the noun's mode: "launched **airstrikes**".
    """
    by_index = {match.index: match for match in matches}
    dropped: set[int] = set()
    replaced: dict[int, TriggerMatch] = {}
    for match in matches:
        if not match.is_verb:
            continue
        for obj in children(sentence, match.index, "dobj", "nsubjpass", "xcomp"):
            noun = by_index.get(obj)
            if noun is None or noun.is_verb:
                continue
            dropped.add(obj)
            same = noun.trigger.type == match.trigger.type
            trigger = noun.trigger if same and noun.trigger.mode is not None else match.trigger
            replaced[match.index] = TriggerMatch(
                trigger, match.index, match.first, max(match.last, noun.last), is_verb=True
            )
    for match in matches:
        if match.index in dropped:
            continue
        yield replaced.get(match.index, match)
