"""Events: what happens between parties, in PLOVER's terms, and how it is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from counterclaim.coders.arguments import (
    LIGHT,
    noun_actors,
    noun_recipients,
    parties_at,
    time_of,
    verb_actors,
    verb_recipients,
)
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.assault_mode import assault_mode
from counterclaim.coders.events.event_filter import event_filter_features, load_event_filter
from counterclaim.coders.events.event_heads import join_events
from counterclaim.coders.events.event_location import EventLocations, resolve_event_location
from counterclaim.coders.events.factuality import classify_factuality, stance_towards_event
from counterclaim.coders.events.triggers import TriggerMatch, find_triggers, merged_triggers
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event, Telling
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, prepositional_object, subject

_ABSTRACT = frozenset(
    "war violence fighting insurgency hostility hostilities conflict aggression combat battle standoff unrest fire bomb search advance".split()
)


def code_events(setting: DocumentContext) -> tuple[Claim, ...]:
    """Read the material events, meetings and agreements of a document, in reading order.

    Accepts:
      1. a verb of happening            "Kestria **shelled** Ost", passive and relative clauses too
      2. a noun of happening            "the **shelling** of Ost by Kestria"
      3. a light verb with its noun     "Kestria **carried out strikes** on Ost"
    A denied, demanded or foretold act keeps its telling and is never told as fact.

    Source:
        docs/codebook/events.md; lexicon/events.yaml.
    """
    kept = [item.claim for item in find_candidates(setting) if item.is_kept]
    if setting.decoder is None:
        return tuple(kept)
    return join_events(setting, setting.decoder, kept)


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """A trigger with the claim that it would make."""

    claim: Claim
    features: Mapping[str, float]
    by_rule: bool
    """Whether the rules keep it."""
    is_kept: bool


def find_candidates(setting: DocumentContext) -> tuple[EventCandidate, ...]:
    """Make a claim of every trigger in a document, and say which are kept.

    A claim told as done, in the report's own voice or as said by somebody, is kept where the sieve
    thinks it likely; what is denied, admitted, accused or wished is kept by the rules alone, for
    checking needs it.
    """
    sieve = load_event_filter()
    told = [*triggers_of(setting)]
    known = EventLocations.of(setting, event_types_by_sentence(told))
    found: list[EventCandidate] = []
    earlier: list[Claim] = []
    for sentence, matches in told:
        for match in matches:
            claim = _claim(known, sentence, match)
            by_rule = _tells(sentence, match, claim, matches)
            features = event_filter_features(
                sentence, match, claim, matches, earlier, by_rule=by_rule
            )
            kept = by_rule and not _is_unreal(claim)
            if sieve is not None and kept is by_rule and _is_plainly_done(claim):
                chance = sieve.chance(features)
                kept = chance >= (sieve.threshold if by_rule else sieve.surer)
                claim = replace(claim, trace=(*claim.trace, Step("coders", f"sieve:{chance:.2f}")))
            found.append(EventCandidate(claim, features, by_rule, kept))
            earlier.append(claim)
    return tuple(found)


def event_types_by_sentence(
    told: Iterable[tuple[Sentence, Sequence[TriggerMatch]]],
) -> Mapping[int, frozenset[str]]:
    """Return the types of the happenings that each sentence tells, by the sentence's index."""
    return {
        sentence.index: frozenset(match.trigger.type for match in matches)
        for sentence, matches in told
    }


def triggers_of(setting: DocumentContext) -> Iterator[tuple[Sentence, list[TriggerMatch]]]:
    """Yield every sentence outside the headlines with its triggers."""
    for sentence in setting.sentences:
        if sentence.passage.kind != "headline":
            yield (
                sentence,
                list(merged_triggers(sentence, list(find_triggers(setting, sentence)))),
            )


def _is_unreal(claim: Claim) -> bool:
    """Return whether nothing of the kind is said to have happened or to be about to."""
    return any(
        step.rule.removeprefix("telling:") in _UNREAL
        for step in claim.trace
        if step.rule.startswith("telling:")
    )


_UNREAL = frozenset({"question", "practice", "fiction", "plot", "figure of speech"})


def _is_plainly_done(claim: Claim) -> bool:
    event = claim.payload
    return (
        isinstance(event, Event)
        and event.telling in {"fact", "admitted", "alleged"}
        and claim.stance in {"state", "allege"}
    )


def _tells(
    sentence: Sentence, match: TriggerMatch, claim: Claim, matches: Sequence[TriggerMatch]
) -> bool:
    """Return whether a trigger tells of a happening, rather than pointing back to one or naming a state.

    Left out:
      1. a definite noun without words of its own     "after **the attack**"
      2. an abstract noun without parties             "the **violence** went on"
      3. harm to persons beside the act that did it   "the blast **killed** ten"
      4. a verb without anybody or anything           "they **met**" of nobody known
    """
    assert isinstance(claim.payload, Event)
    has_party = bool(claim.payload.actors or claim.payload.recipients)
    if match.trigger.id == "kill":
        others = any(other is not match and other.trigger.type == "ASSAULT" for other in matches)
        return not others and (
            bool(claim.payload.actors) or bool(claim.payload.place or claim.payload.time)
        )
    if match.trigger.type == "AGREE" and _is_breach(sentence, match.index):
        return False
    if match.is_verb:
        return has_party or claim.payload.object is not None
    if not has_party and sentence[match.index].lemma in _ABSTRACT:
        return False
    if _is_definite(sentence, match.index) or not has_party:
        return _has_own_words(sentence, match.index) and (
            has_party or not _is_definite(sentence, match.index)
        )
    return True


_BREACHES = frozenset(
    {"violate", "breach", "break", "reject", "refuse", "undermine", "flout", "ignore"}
)
_BREACH_NOUNS = frozenset({"violation", "breach", "rejection"})


def _is_breach(sentence: Sentence, noun: int) -> bool:
    """Return whether an agreement is told only to be broken: "**violated** the truce"."""
    word = sentence[noun]
    head = sentence[word.head]
    if word.dep in {"dobj", "nsubjpass", "compound"}:
        return head.lemma in _BREACHES | _BREACH_NOUNS
    return word.dep == "pobj" and sentence[head.head].lemma in _BREACH_NOUNS


def _is_definite(sentence: Sentence, noun: int) -> bool:
    return any(
        sentence[i].lower
        in {"the", "this", "that", "these", "those", "its", "their", "such", "any", "no"}
        for i in children(sentence, noun, "det", "poss")
    )


def _has_own_words(sentence: Sentence, noun: int) -> bool:
    """Return whether a noun brings its own words: "on Ost", "by the rebels", "in the north", a clause."""
    return (
        any(
            sentence[i].dep in {"prep", "acl", "relcl", "agent"}
            or (sentence[i].dep in {"poss", "amod", "compound"} and sentence[i].pos == "PROPN")
            for i in sentence.children[noun]
        )
        or sentence[noun].dep == "dobj"
    )


def _time(
    setting: DocumentContext,
    sentence: Sentence,
    index: int,
    telling: Telling,
    speaker: Attribution | None,
) -> Time | None:
    """Return when a happening was; what is foretold does not happen on the day it is foretold."""
    time = time_of(setting, sentence, index)
    if telling != "foretold" or speaker is None or time is None or speaker.said_at is None:
        return time
    return None if time.span == speaker.said_at.span else time


def _claim(known: EventLocations, sentence: Sentence, match: TriggerMatch) -> Claim:
    setting = known.setting
    speaker = setting.speaker_of(sentence[match.index].span)
    actors, recipients = _arguments(setting, sentence, match)
    if match.trigger.type == "ASSAULT":
        actors = tuple(map(_as_attacker, actors))
        recipients = tuple(map(_as_target, recipients))
    telling, telling_rule = classify_factuality(sentence, match.index, speaker, actors)
    span = sentence.cover(match.first, match.last)
    obj = _object(sentence, match)
    place, place_steps = resolve_event_location(known, sentence, match.index, match.trigger.type)
    payload = Event(
        type=match.trigger.type,
        modes=_modes(sentence, match),
        actors=actors,
        recipients=recipients,
        place=place,
        time=_time(setting, sentence, match.index, telling, speaker),
        telling=telling,
        object=obj,
    )
    return Claim(
        document_id=setting.document.id,
        span=span,
        quote=setting.document.text[span.start : span.end],
        sentence=sentence.span,
        payload=payload,
        speakers=speaker.speakers if speaker is not None else (),
        stance=stance_towards_event(telling, actors, speaker),
        attribution_id=speaker.id if speaker is not None else None,
        hedges=tuple(
            hedge for hedge in (speaker.hedges if speaker else ()) if sentence.span.covers(hedge)
        ),
        trace=(
            Step(
                "coders",
                f"trigger:{match.trigger.id}",
                setting.document.text[span.start : span.end],
                span,
            ),
            Step("coders", f"telling:{telling_rule}"),
            *_hearsay(setting, sentence, match, speaker),
            *place_steps,
        ),
    )


def _hearsay(
    setting: DocumentContext, sentence: Sentence, match: TriggerMatch, speaker: Attribution | None
) -> tuple[Step, ...]:
    """Mark what stands under "reports of": whoever speaks does not vouch for it."""
    for hedge in () if speaker is None else speaker.hedges:
        words = setting.document.text[hedge.start : hedge.end]
        if (
            words.lower().endswith((" of", " that"))
            and hedge.end <= sentence[match.index].start
            and sentence.span.covers(hedge)
        ):
            return (Step("coders", "hearsay", words, hedge),)
    return ()


def _arguments(
    setting: DocumentContext, sentence: Sentence, match: TriggerMatch
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    if match.is_verb:
        actors = verb_actors(setting, sentence, match.index)
        recipients = verb_recipients(setting, sentence, match.index)
        between = prepositional_object(sentence, match.index, "between")
        if match.trigger.id == "fight" and between is not None:
            return parties_at(setting, sentence, between), ()
        noun = child(sentence, match.index, "dobj", "nsubjpass")
        if noun is not None and not recipients:
            recipients = noun_recipients(setting, sentence, noun)
        if match.trigger.type == "ASSAULT" and not actors:
            instrument = child(sentence, match.index, "nsubj")
            if instrument is not None:
                actors = noun_actors(setting, sentence, instrument)
    else:
        actors = noun_actors(setting, sentence, match.index)
        recipients = noun_recipients(setting, sentence, match.index)
        against = prepositional_object(sentence, match.index, "against")
        if match.trigger.id == "fight" and against is not None:
            return actors, tuple(p for p in recipients if p not in actors)
        carrier = sentence[match.index].head
        if (
            match.trigger.symmetric
            and not actors
            and sentence[match.index].dep in {"nsubj", "dobj"}
        ):
            actors = (
                parties_at(setting, sentence, subject(sentence, carrier))
                if sentence[match.index].dep == "dobj"
                and sentence[carrier].lemma in LIGHT | _HOLDING
                else ()
            )
        between = next(
            (p for p in children(sentence, match.index, "prep") if sentence[p].lower == "between"),
            None,
        )
        if between is not None:
            actors, recipients = parties_at(setting, sentence, child(sentence, between, "pobj")), ()
    recipients = tuple(party for party in recipients if party not in actors)
    if match.trigger.type == "RETREAT" and match.trigger.id not in _SUFFERED:
        return _leavers(setting, sentence, match, actors), ()
    if match.trigger.id == "fight" and not match.is_verb:
        return tuple(dict.fromkeys((*actors, *recipients))), ()
    if match.trigger.symmetric and match.trigger.type in {"CONSULT", "AGREE", "COOPERATE"}:
        return tuple(dict.fromkeys((*actors, *recipients))), ()
    return actors, recipients


_HOLDING = frozenset(
    {"have", "hold", "fight", "see", "attend", "host", "renew", "continue", "sign"}
)
"""Verbs besides the light ones whose subject takes part in what their object names."""
_SUFFERED = frozenset({"release", "stop-fighting"})
"""Triggers of RETREAT that are done to or towards somebody else."""


def _as_attacker(party: Party) -> Party:
    """Return attackers of whom only "men" is told as unnamed ones: nothing says that they are civilians."""
    words = party.root.removeprefix("civilian: ")
    if party.kind != "civilian" or words not in _ONLY_MEN:
        return party
    return Party(f"{words} (unnamed)", None, "armed group", evidence=party.evidence)


def _as_target(party: Party) -> Party:
    """Return what is hit under a name that nothing explains as a suggestion: it may be a place as well as a party.

    "shelled **Vaziani**", "attacked a **church**": a town that no gazetteer has, a house and not those who own it.
    """
    is_bare = party.unit is None and (
        (party.kind == "unknown" and " " not in party.root)
        or (party.kind == "organisation" and party.root.islower())
    )
    return party.known("inferred") if is_bare else party


_ONLY_MEN = frozenset({"man", "men", "individual", "individuals", "person", "persons"})


def _leavers(
    setting: DocumentContext, sentence: Sentence, match: TriggerMatch, actors: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Return who leaves: "**Kestria's troops** were removed from Ost" is Kestria's retreat, not Ost's loss."""
    if actors or not match.is_verb:
        return actors
    return parties_at(setting, sentence, child(sentence, match.index, "nsubjpass"))


def _modes(sentence: Sentence, match: TriggerMatch) -> tuple[str, ...]:
    mode = match.trigger.mode
    if mode is None and match.trigger.type == "ASSAULT":
        mode = assault_mode(sentence, match.index)
    return (mode,) if mode else ()


def _object(sentence: Sentence, match: TriggerMatch) -> Span | None:
    if not match.is_verb:
        return None
    obj = child(sentence, match.index, "dobj", "nsubjpass")
    if obj is None:
        return None
    first, last = sentence.first[obj], sentence.last[obj]
    return sentence.cover(first, min(last, obj + 8))
