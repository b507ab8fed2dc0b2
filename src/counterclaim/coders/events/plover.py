"""PLOVER coding: the events of a report, speech acts included, in the terms of one public codebook.

The learned scorer (``typer.py``) names the type of each sentence's main event; the grammar finds its
trigger, telling, participants, place and time. Without the scorer's file the triggers alone decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.coders.arguments import time_of
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.argument_words import actor_word, recipient_word
from counterclaim.coders.events.assault_mode import assault_mode
from counterclaim.coders.events.entities import entity_at
from counterclaim.coders.events.event_location import EventLocations, resolve_event_location
from counterclaim.coders.events.event_type_features import event_features, main_predicates
from counterclaim.coders.events.event_type_model import (
    EventTypeModel,
    TypePrediction,
    load_typer,
    split_yield,
    typer_label,
)
from counterclaim.coders.events.factuality import classify_factuality
from counterclaim.coders.events.triggers import TriggerMatch, find_triggers, merged_triggers
from counterclaim.lexicon.event_triggers import trigger_index
from counterclaim.lexicon.plover import context_index, load_types
from counterclaim.records.claim import Claim, Event, EventType, Telling
from counterclaim.records.place import Place
from counterclaim.records.plover import Entity, PloverEvent
from counterclaim.records.problem import Step
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, subtree

SURE = 0.3
"""Chance from which the scorer is believed where no trigger of its type stands. Chosen on the part of the
development sentences that was looked at: F1 of the whole coder 0.82 at 0.3, 0.81 at 0.4, 0.80 at 0.5."""

SECOND = 0.2
"""Chance from which a sentence's further triggers are events of their own beside the main one."""

_WORDS_ARE_ACTS = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT"})
"""Types whose acts are themselves told as future, wished or negated: "will sign", "must leave", "did not allow"."""

_THREATS = {
    "ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict", "PROTEST": "restrict",
}  # fmt: skip
_WISHES = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Choice:
    """A type at a word, and who chose it."""

    type: EventType
    index: int
    match: TriggerMatch | None
    chance: float | None
    trace: tuple[Step, ...]


def code_plover(
    setting: DocumentContext,
    claims: Sequence[Claim],
    typer: EventTypeModel | None = None,
    *,
    learned: bool = True,
) -> tuple[PloverEvent, ...]:
    """Code the events of a document in PLOVER's terms, in reading order.

    Args:
        setting: The document with sentences, mentions and attributions.
        claims: The ledger's, to tie events to them.
        typer: The learned scorer; the shipped one by default.
        learned: False for the rules alone.

    Returns:
        For each sentence its main event, and further ones that the scorer does not rule out.

    Source:
        docs/events.md; PLOVER manual 2.0, boundary rules restated there.
    """
    typer = typer or (load_typer() if learned else None)
    by_start = {claim.span.start: claim for claim in claims if isinstance(claim.payload, Event)}
    bodies = [item for item in setting.sentences if item.passage.kind != "headline"]
    known = EventLocations.of(setting, _acts(setting, claims))
    return tuple(
        _event(known, sentence, choice, by_start)
        for sentence in bodies or setting.sentences
        for choice in _choices(setting, sentence, typer)
    )


def _acts(setting: DocumentContext, claims: Sequence[Claim]) -> Mapping[int, frozenset[str]]:
    """Return the types of the claims that each sentence makes, by the sentence's index."""
    at = {sentence.span: sentence.index for sentence in setting.sentences}
    found: dict[int, set[str]] = {}
    for claim in claims:
        if isinstance(claim.payload, Event) and claim.sentence in at:
            found.setdefault(at[claim.sentence], set()).add(claim.payload.type)
    return {index: frozenset(types) for index, types in found.items()}


def sentence_triggers(setting: DocumentContext, sentence: Sentence) -> list[TriggerMatch]:
    """Find the triggers of both lexicons, from left to right."""
    found = [
        match
        for name in ("events.yaml", "acts.yaml")
        for match in find_triggers(setting, sentence, trigger_index(name))
    ]
    return sorted(found, key=lambda match: match.index)


def _choices(
    setting: DocumentContext, sentence: Sentence, typer: EventTypeModel | None
) -> Iterator[_Choice]:
    matches = sentence_triggers(setting, sentence)
    mains = main_predicates(sentence)
    ranked = sorted(matches, key=lambda match: _rank(sentence, match, mains))
    if typer is None:
        if ranked:
            yield _by_rule(ranked[0])
        return
    features = event_features(sentence, matches)
    guess = typer.read(features)
    label, chance = guess.best()
    anchor = _anchor(ranked, label)
    if anchor is None and (chance < SURE or not mains):
        return
    kind = split_yield(label, [match.trigger.type for match in ranked])
    reasons = "; ".join(guess.reasons(label))
    steps = (Step("coders", f"typer:{label} {chance:.2f}", reasons),)
    if anchor is not None:
        yield _Choice(kind, anchor.index, anchor, chance, (*steps, _trigger_step(anchor)))
    else:
        yield _Choice(kind, mains[-1], None, chance, steps)
    yield from _further(sentence, ranked, guess, kind, anchor)


def _anchor(ranked: Sequence[TriggerMatch], label: str) -> TriggerMatch | None:
    """Return the best trigger of a type of the scorer's."""
    return next(
        (match for match in ranked if typer_label(match.trigger.type) == label),
        None,
    )


def _further(
    sentence: Sentence,
    ranked: Sequence[TriggerMatch],
    guess: TypePrediction,
    main: EventType,
    anchor: TriggerMatch | None,
) -> Iterator[_Choice]:
    """Yield further events: other types that the scorer finds likely, one each."""
    seen = {main}
    for match in merged_triggers(sentence, list(ranked)):
        kind = match.trigger.type
        label = typer_label(kind)
        if kind in seen or match is anchor or guess.chance(label) < SECOND:
            continue
        seen.add(kind)
        yield _Choice(kind, match.index, match, guess.chance(label), (_trigger_step(match),))


def _by_rule(match: TriggerMatch) -> _Choice:
    return _Choice(match.trigger.type, match.index, match, None, (_trigger_step(match),))


def _trigger_step(match: TriggerMatch) -> Step:
    return Step("coders", f"trigger:{match.trigger.id}")


def _rank(
    sentence: Sentence, match: TriggerMatch, mains: Sequence[int]
) -> tuple[bool, bool, int, int]:
    """Order triggers: at the main predicate, hanging on it, then by depth and place."""
    return (
        match.index not in mains,
        sentence[match.index].head not in mains,
        sum(1 for _ in ancestors(sentence, match.index)),
        match.index,
    )


def _event(
    known: EventLocations, sentence: Sentence, choice: _Choice, claims: dict[int, Claim]
) -> PloverEvent:
    setting = known.setting
    first, last = (
        (choice.match.first, choice.match.last)
        if choice.match is not None
        else (choice.index, choice.index)
    )
    span = sentence.cover(first, last)
    actors, recipients = _participants(setting, sentence, choice)
    telling, rule = _telling(setting, sentence, choice, actors)
    modes = _modes(setting, sentence, choice)
    kind = load_types()[choice.type]
    rating = kind.rating(modes)
    claim = claims.get(span.start)
    place, steps = _place(known, sentence, choice, claim)
    return PloverEvent(
        document_id=setting.document.id,
        span=span,
        quote=setting.document.text[span.start : span.end],
        sentence=sentence.span,
        type=choice.type,
        modes=modes,
        contexts=read_contexts(sentence),
        actors=actors,
        recipients=recipients,
        telling=telling,
        place=place,
        time=time_of(setting, sentence, choice.index),
        score=rating.score,
        quad=kind.quad,
        cameo=rating.cameo,
        chance=choice.chance,
        claim_id=None if claim is None else claim.id,
        trace=(*choice.trace, Step("coders", f"telling:{rule}"), *steps),
    )


def _place(
    known: EventLocations, sentence: Sentence, choice: _Choice, claim: Claim | None
) -> tuple[Place | None, tuple[Step, ...]]:
    """Return the place that the ledger's claim on the same words has; else choose one."""
    if claim is not None and isinstance(claim.payload, Event):
        return claim.payload.place, tuple(
            step for step in claim.trace if step.rule.startswith("place:")
        )
    return resolve_event_location(known, sentence, choice.index, choice.type)


def _participants(
    setting: DocumentContext, sentence: Sentence, choice: _Choice
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    doer = actor_word(sentence, choice.index)
    other = recipient_word(sentence, choice.index, doer)
    actors = () if doer is None else entity_at(setting, sentence, doer)
    recipients = () if other is None else entity_at(setting, sentence, other)
    recipients = tuple(item for item in recipients if item not in actors)
    symmetric = choice.match is not None and choice.match.trigger.symmetric
    if symmetric and choice.type in {"CONSULT", "COOPERATE", "SUPPORT"}:
        return tuple(dict.fromkeys((*actors, *recipients))), ()
    return actors, recipients


def _telling(
    setting: DocumentContext, sentence: Sentence, choice: _Choice, actors: Sequence[Entity]
) -> tuple[Telling, str]:
    speaker = setting.speaker_of(sentence[choice.index].span)
    parties = tuple(item.party for item in actors if item.party is not None)
    telling, rule = classify_factuality(sentence, choice.index, speaker, parties)
    if choice.type in _WORDS_ARE_ACTS and telling not in {"fact", "admitted", "alleged"}:
        return "fact", "words-are-the-act"
    return telling, rule


def _modes(setting: DocumentContext, sentence: Sentence, choice: _Choice) -> tuple[str, ...]:
    allowed = load_types()[choice.type].modes
    own = choice.match.trigger.mode if choice.match is not None else None
    if own is None and choice.type == "ASSAULT":
        own = assault_mode(sentence, choice.index)
    if own is None and choice.type in {"THREATEN", "REQUEST", "REJECT"}:
        table = _THREATS if choice.type == "THREATEN" else _WISHES
        below = set(subtree(sentence, choice.index))
        own = next(
            (
                table[match.trigger.type]
                for match in sentence_triggers(setting, sentence)
                if match.index in below and match.trigger.type in table
            ),
            None,
        )
    return (own,) if own is not None and own in allowed else ()


def read_contexts(sentence: Sentence) -> tuple[str, ...]:
    """Read PLOVER's topics off the words of a sentence, in the order of the words."""
    index = context_index()
    lemmas = [word.lemma for word in sentence.words]
    found: dict[str, None] = {}
    for place, lemma in enumerate(lemmas):
        for words, name in index.get(lemma, ()):
            if tuple(lemmas[place : place + len(words)]) == words:
                found[name] = None
    return tuple(found)
