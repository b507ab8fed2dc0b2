"""Harm agents: who did the harm that a figure counts, and the party a word of it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.coders.arguments import tells_where
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Category
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, by_agent, child, children, is_passive, subject

LOSING = frozenset({"lose", "suffer", "sustain", "mourn", "bury"})
"""Verbs whose subject bears the loss."""
SIDED = frozenset(
    {"state", "de facto authority", "armed group", "government", "military", "people", "alliance"}
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The persons that a number counts, as far as the sentence tells."""

    anchor: int
    """The word that stands in the sentence's grammar for number and noun."""
    noun: int
    """The noun counted, which may stand behind "of"."""
    category: Category
    harm_word: int | None
    """The verb of harm, where a verb told it."""


def sided(setting: DocumentContext, sentence: Sentence, index: int | None) -> Party | None:
    """Return the party that a word names or stands for, if it can bear losses."""
    if index is None:
        return None
    name = setting.names.get((sentence.index, index))
    if name is not None and name.party.kind in SIDED:
        return name.party.whole()
    mention = setting.resolution.party_at(sentence.index, index)
    if mention is None or not mention.parties or mention.parties[0].kind not in SIDED:
        return None
    if mention.rule == "unnamed":
        return None
    return mention.parties[0].whole()


def agents_of_harm(
    setting: DocumentContext, sentence: Sentence, counted: Counted
) -> frozenset[str]:
    """Return the roots of those who did the harm, by themselves or by what they sent.

    Accepts:
      1. a subject or by-phrase           "**rebels** killed", "killed by **rebels**"
      2. whoever sent the means           "**Kestrian** shells killed 12"
      3. whoever acts in the clause above "**Kestria** raided the house, killing 12"
    """
    verb = counted.harm_word
    if verb is None or sentence[verb].pos not in {"VERB", "AUX"} or sentence[verb].lemma in LOSING:
        return frozenset()
    doer = agent(sentence, verb) if is_passive(sentence, verb) else _acting(setting, sentence, verb)
    found: set[str] = set()
    for index in (doer, *_means(sentence, verb)):
        if index is None or index == counted.anchor:
            continue
        own = sided(setting, sentence, index)
        if own is not None:
            found.add(own.root)
        found.update(_senders(setting, sentence, index))
        behind = (
            by_agent(sentence, index) if sentence[index].lemma in load_harm().occasions else None
        )
        sender = sided(setting, sentence, behind)
        if sender is not None:
            found.add(sender.root)
        carrier = sentence[index].head
        if sentence[index].lemma in load_harm().occasions and sentence[index].dep == "dobj":
            sender = sided(setting, sentence, subject(sentence, carrier))
            if sender is not None:
                found.add(sender.root)
    return frozenset(found)


def _acting(setting: DocumentContext, sentence: Sentence, verb: int) -> int | None:
    """Return who acts in a verb of harm: never who only says so: "bombed Ost, **Ardenia** said, killing five"."""
    found = subject(sentence, verb)
    if found is None or sentence[verb].dep != "advcl":
        return found
    span = sentence[found].span
    speaks = any(
        item.speaker_span is not None and item.speaker_span.covers(span)
        for item in setting.attributions
    )
    if not speaks:
        return found
    said = sentence[verb].head
    told = children(sentence, said, "ccomp")
    return subject(sentence, told[0]) if told else None


def _senders(setting: DocumentContext, sentence: Sentence, noun: int) -> Iterator[str]:
    """Yield the roots of the parties that a noun's modifiers name; a dateline before it is none."""
    for modifier in children(sentence, noun, "amod", "compound", "nmod", "poss"):
        between = sentence.words[modifier + 1 : noun]
        name = setting.names.get((sentence.index, modifier))
        if name is not None and tells_where(sentence, modifier, name):
            continue
        sender = sided(setting, sentence, modifier)
        if sender is not None and not any(word.pos == "PUNCT" for word in between):
            yield sender.root


def _means(sentence: Sentence, verb: int) -> Iterator[int]:
    """Yield what a passive harm was done in or by: "killed **in** Kestrian **airstrikes**"."""
    for prep in children(sentence, verb, "prep", "agent"):
        inner = child(sentence, prep, "pobj")
        if inner is not None and sentence[inner].lemma in load_harm().occasions:
            yield inner
