"""Elliptical counts: harm that a number shares with the figure before it: what goes on, divides or restates."""

import re
from collections.abc import Sequence

from counterclaim.coders.casualties.count_candidates import CountCandidate
from counterclaim.coders.casualties.count_scope import brings_total
from counterclaim.coders.casualties.outcome import Harm, is_person_noun, read_harm
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children

PARTS = frozenset({"including", "of-them", "were", "of-noun"})
"""Shapes of a number that divides the one before."""
_THOSE = frozenset(
    {"them", "those", "dead", "wounded", "injured", "victims", "killed", "foreigners", "hostages"}
)
_INCLUDING = frozenset({"including", "among"})


def find_harm(
    setting: DocumentContext,
    sentence: Sentence,
    candidate: CountCandidate,
    *,
    harms: dict[int, Harm],
    found: Sequence[Claim],
    earlier: Sequence[Claim],
) -> Harm | None:
    """Return a candidate's harm by its own grammar, its coordination, or the figure it divides.

    Args:
        setting: The document.
        sentence: Where the number stands.
        candidate: The number and what it counts.
        harms: Of the sentence's numbers so far, by their anchors.
        found: The sentence's figures so far.
        earlier: The figures of the sentences before.
    """
    harm = read_harm(sentence, candidate.anchor)
    if harm is None and candidate.noun != candidate.anchor:
        harm = _of_noun(sentence, candidate)
    if harm is not None:
        if harm.shape == "subject" and not (
            is_person_noun(sentence, candidate.noun) or harm.outcome in {"killed", "wounded"}
        ):
            return None
        return harm
    follows = _follows(setting, sentence, candidate, found)
    if follows is not None:
        return follows
    if candidate.count.rule in {"article", "name"}:
        return _coordinate(sentence, candidate, harms)
    if found and _is_of_them(sentence, candidate):
        whole = found[-1].payload
        assert isinstance(whole, Casualty)
        return Harm(whole.outcome, "of-them", candidate.anchor)
    return _coordinate(sentence, candidate, harms) or _part(
        sentence, candidate, harms, found, earlier
    )


def _is_of_them(sentence: Sentence, candidate: CountCandidate) -> bool:
    """Return whether the words behind a number say that it divides another: "60, **140 of them** civilians"."""
    behind = sentence.words[candidate.count.last + 1 : candidate.count.last + 3]
    return [word.lower for word in behind] in (["of", "them"], ["of", "whom"])


_PLACES = frozenset({"in", "across", "near", "at", "around", "since", "outside", "elsewhere"})
"""Words behind a number that goes on with the one before: "nine in Ost, **three in** Vale"."""


def _follows(
    setting: DocumentContext, sentence: Sentence, candidate: CountCandidate, found: Sequence[Claim]
) -> Harm | None:
    """Read a number that goes on with the figure before it, its own words left out.

    Accepts:
      1. "bringing the total since May **to 555**"
      2. "nine people in Ost, **three** in Vale and **two** in Dell"
      3. "Kestria reported 23 dead and Ardenia **42**"
    """
    last = found[-1] if found else None
    if last is None or not isinstance(last.payload, Casualty):
        return None
    text, span = setting.document.text, candidate.count.span
    outcome = last.payload.outcome
    word = candidate.anchor
    if _FORMER.search(between_of(text, last.span, span)):
        return Harm(outcome, "coordinated", word)
    if brings_total(text[sentence.span.start : span.start]):
        return Harm(outcome if outcome == "wounded" else "killed", "toll", word)
    head = candidate.count.head
    is_bare = candidate.noun == candidate.anchor == head and sentence[head].pos == "NUM"
    if not is_bare or candidate.count.first == 0:
        return None
    before = sentence[candidate.count.first - 1]
    after = sentence[candidate.count.last + 1] if candidate.count.last + 1 < len(sentence) else None
    between = text[last.span.end : span.start]
    if any(mark in between for mark in ".;:") or _tells_anew(sentence, last, span.start):
        return None
    goes_on = before.lower in {"and", ","} and after is not None and after.lower in _PLACES
    named = (sentence.index, before.index) in setting.names or (
        setting.resolution.party_at(sentence.index, before.index) is not None
        and before.tag in {"NNS", "NNPS"}
    )
    gapped = named and (after is None or after.text in {".", ",", ";"})
    return Harm(outcome, "gapped" if gapped else "coordinated", word) if goes_on or gapped else None


_FORMER = re.compile(
    r"\b(?:up|down|raised|revised|compared)\s+(?:\w+\s+)?(?:from|with)\s+(?:\w+\s+){0,2}\Z"
)
"""Words before a number that the last figure took the place of."""


def between_of(text: str, left: Span, right: Span) -> str:
    """Return the words between two spans."""
    return text[left.end : right.start]


def _tells_anew(sentence: Sentence, last: Claim, end: int) -> bool:
    """Return whether a verb of harm other than the last figure's stands between two numbers."""
    lexicon = load_harm()
    own = {step.span for step in last.trace if step.rule.startswith("harm:")}
    return any(
        last.span.end <= word.start < end
        and word.pos == "VERB"
        and word.lemma in lexicon.verbs
        and word.span not in own
        for word in sentence.words
    )


def _of_noun(sentence: Sentence, candidate: CountCandidate) -> Harm | None:
    """Read a harm said of the noun behind "of": "dozens of people killed", "three of the dead"."""
    lexicon = load_harm()
    for index in children(sentence, candidate.noun, "acl", "amod", "relcl"):
        word = sentence[index]
        if word.tag == "VBN" and word.lemma in lexicon.verbs:
            return Harm(lexicon.verbs[word.lemma], "of-modifier", index)
    word = sentence[candidate.noun]
    if word.lower in {
        "dead",
        "wounded",
        "injured",
        "killed",
        "missing",
        "captives",
        "hostages",
        "victims",
    }:
        outcome = lexicon.alone.get(word.lower) or lexicon.nouns.get(word.lemma) or "killed"
        return Harm(outcome, "of-noun", candidate.noun)
    return None


def _coordinate(
    sentence: Sentence, candidate: CountCandidate, harms: dict[int, Harm]
) -> Harm | None:
    """Share the harm of the noun that this one is coordinated with."""
    index = candidate.anchor
    while True:
        above = _coordinated_with(sentence, index)
        if above is None:
            break
        index = above
        if index in harms:
            return Harm(harms[index].outcome, "coordinated", harms[index].word, harms[index].words)
        own = read_harm(sentence, index)
        if own is not None:
            return Harm(own.outcome, "coordinated", own.word, own.words)
    return None


def _coordinated_with(sentence: Sentence, index: int) -> int | None:
    """Return what a noun goes with: by "and", in apposition, or by "along with" and "as well as"."""
    word = sentence[index]
    if word.dep in {"conj", "appos"}:
        return word.head
    if word.dep == "pobj" and sentence[word.head].lower in {"with", "as"}:
        prep = sentence[word.head]
        before = sentence[max(0, prep.index - 1)].lower
        if before in {"along", "together", "well"}:
            host = sentence[prep.head]
            while host.lower in {"along", "together", "well", "as"} and host.head != host.index:
                host = sentence[host.head]
            if host.pos == "VERB":
                return child(sentence, host.index, "dobj", "nsubjpass")
            return host.index
    return None


def _part(
    sentence: Sentence,
    candidate: CountCandidate,
    harms: dict[int, Harm],
    found: Sequence[Claim],
    earlier: Sequence[Claim],
) -> Harm | None:
    """Share the harm of the figure that this number divides or goes on with.

    Accepts:
      1. "40 dead, **including 12** children", "among them 3 women"
      2. "all but **three** of whom", "**17** of them"
      3. "**142** of the dead were students", "**three** were policemen"
    """
    anchor = candidate.anchor
    for above in ancestors(sentence, anchor):
        word = sentence[above]
        if _is_what_includes(sentence, above) and found:
            whole = found[-1].payload
            assert isinstance(whole, Casualty)
            return Harm(whole.outcome, "including", above)
        if word.lower in _INCLUDING and word.dep in {"prep", "ROOT", "advcl", "acl"}:
            host = word.head
            if host in harms:
                return Harm(harms[host].outcome, "including", harms[host].word)
            if found and isinstance(found[-1].payload, Casualty):
                return Harm(found[-1].payload.outcome, "including", above)
            return None
        if word.pos == "VERB" and word.lemma not in {"be", "include"}:
            break
    noun = sentence[candidate.noun]
    before = [*earlier[-1:], *found]
    last = before[-1] if before else None
    if last is None or not isinstance(last.payload, Casualty):
        return None
    near = sentence.index - _sentence_of(last, sentence) <= 1
    if noun.lower in {"them", "whom", "those"} and near:
        return Harm(last.payload.outcome, "of-them", candidate.noun)
    verb = sentence[anchor].head
    if (
        sentence[anchor].dep == "nsubj"
        and sentence[verb].lemma == "be"
        and near
        and child(sentence, verb, "attr") is not None
        and candidate.count.rule != "article"
    ):
        attribute = child(sentence, verb, "attr")
        if (
            attribute is not None
            and is_person_noun(sentence, attribute)
            and sentence[anchor].pos == "NUM"
            and (candidate.noun == anchor or noun.lower in _THOSE)
        ):
            return Harm(last.payload.outcome, "were", verb)
    return None


def _is_what_includes(sentence: Sentence, verb: int) -> bool:
    """Return whether a clause tells what a number before it holds: "67,074, **which includes** 720 added later"."""
    return sentence[verb].lemma == "include" and any(
        sentence[at].lower in {"which", "that"} for at in children(sentence, verb, "nsubj")
    )


def _sentence_of(claim: Claim, sentence: Sentence) -> int:
    return sentence.index if claim.sentence == sentence.span else sentence.index - 1
