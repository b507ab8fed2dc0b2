"""Events: what happens between parties, in PLOVER's terms, and how it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterclaim.coders.arguments import (
    noun_actors,
    noun_recipients,
    parties_at,
    place_of,
    time_of,
    verb_actors,
    verb_recipients,
)
from counterclaim.coders.setting import Setting
from counterclaim.lexicon.happenings import Trigger, trigger_index
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event, Telling
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children, is_negated, subject

_FORCES = frozenset(
    {"military", "armed group", "state", "de facto authority", "alliance", "government"}
)
_OFFICIALS = frozenset({"leader", "official", "ministry", "government", "mediator", "state"})
_MODES = {
    "airstrike": "aerial", "warplane": "aerial", "jet": "aerial", "aircraft": "aerial", "helicopter": "aerial", "air": "aerial", "airforce": "aerial",
    "drone": "drone", "rocket": "heavy-weapons", "missile": "heavy-weapons", "artillery": "heavy-weapons", "mortar": "heavy-weapons",
    "tank": "heavy-weapons", "shell": "heavy-weapons", "gunman": "firearms", "gunmen": "firearms", "rifle": "firearms", "sniper": "firearms",
    "bomb": "explosives", "ied": "explosives", "bomber": "suicide-attack", "suicide": "suicide-attack", "chemical": "unconventional", "gas": "unconventional",
}  # fmt: skip
_ABSTRACT = frozenset(
    "war violence fighting insurgency hostility hostilities conflict aggression combat battle standoff unrest fire bomb search advance".split()
)
_SPEECH = {
    "accuse": "ACCUSE",
    "demand": "REQUEST",
    "appeal": "REQUEST",
    "reject": "REJECT",
    "deny": "REJECT",
    "threaten": "THREATEN",
    "warn": "THREATEN",
    "promise": "AGREE",
}


@dataclass(frozen=True, slots=True)
class TriggerMatch:
    """A trigger at a word."""

    trigger: Trigger
    index: int
    first: int
    last: int
    is_verb: bool


def code_events(setting: Setting) -> tuple[Claim, ...]:
    """Read the material events, meetings and agreements of a document, in reading order.

    Accepts:
      1. a verb of happening            "Kestria **shelled** Ost", passive and relative clauses too
      2. a noun of happening            "the **shelling** of Ost by Kestria"
      3. a light verb with its noun     "Kestria **carried out strikes** on Ost"
    A denied, demanded or foretold act keeps its telling and is never told as fact.

    Source:
        docs/codebook/events.md; lexicon/events.yaml.
    """
    claims: list[Claim] = []
    for sentence in setting.sentences:
        if sentence.passage.kind == "headline":
            continue
        matches = list(_merged(sentence, list(find_triggers(setting, sentence))))
        for match in matches:
            claim = _claim(setting, sentence, match)
            if _tells(sentence, match, claim, matches):
                claims.append(claim)
    return tuple(claims)


def _tells(
    sentence: Sentence, match: TriggerMatch, claim: Claim, matches: Sequence[TriggerMatch]
) -> bool:
    """Say whether a trigger tells of a happening, rather than pointing back to one or naming a state.

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
    if match.is_verb:
        return has_party or claim.payload.object is not None
    if not has_party and sentence[match.index].lemma in _ABSTRACT:
        return False
    if _is_definite(sentence, match.index) or not has_party:
        return _has_own_words(sentence, match.index) and (
            has_party or not _is_definite(sentence, match.index)
        )
    return True


def _is_definite(sentence: Sentence, noun: int) -> bool:
    return any(
        sentence[i].lower
        in {"the", "this", "that", "these", "those", "its", "their", "such", "any", "no"}
        for i in children(sentence, noun, "det", "poss")
    )


def _has_own_words(sentence: Sentence, noun: int) -> bool:
    """Say whether a noun brings its own words: "on Ost", "by the rebels", "in the north", a clause."""
    return (
        any(
            sentence[i].dep in {"prep", "acl", "relcl", "agent"}
            or (sentence[i].dep in {"poss", "amod", "compound"} and sentence[i].pos == "PROPN")
            for i in sentence.children[noun]
        )
        or sentence[noun].dep == "dobj"
    )


def find_triggers(setting: Setting, sentence: Sentence) -> Iterator[TriggerMatch]:
    """Find the words of a sentence that tell of a happening."""
    index = trigger_index()
    for word in sentence.words:
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
        is_noun = (
            word.pos == "NOUN" or (word.pos == "PROPN" and word.text.islower()) or word.tag == "VBG"
        )
        if is_noun and word.dep not in {"compound", "amod", "nmod"}:
            found = _noun_trigger(sentence, word.index)
            if found is not None:
                yield found


def _verb_trigger(
    setting: Setting, sentence: Sentence, verb: int, triggers: tuple[Trigger, ...]
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
        if trigger.unless and _has_object(sentence, verb, trigger.unless):
            continue
        if (
            trigger.preps
            and not trigger.objects
            and not any(
                sentence[i].lower in trigger.preps for i in children(sentence, verb, "prep", "aux")
            )
        ):
            continue
        if trigger.actors is not None:
            kinds = _FORCES if trigger.actors == "forces" else _OFFICIALS
            actors = verb_actors(setting, sentence, verb)
            if not any(
                party.kind in kinds or (trigger.actors == "forces" and party.unit is None)
                for party in actors
            ):
                continue
        return trigger
    return None


def _has_object(sentence: Sentence, verb: int, words: frozenset[str]) -> bool:
    """Say whether one of the words is a verb's object, passive subject, or what stands behind its object."""
    for obj in children(sentence, verb, "dobj", "nsubjpass", "pobj", "oprd", "xcomp"):
        near = [obj, *children(sentence, obj, "conj", "compound", "amod", "nmod")]
        for prep in children(sentence, obj, "prep"):
            near.extend(children(sentence, prep, "pobj"))
        if any(sentence[i].lemma in words or sentence[i].lower in words for i in near):
            return True
    for prep in children(sentence, verb, "prep", "agent"):
        for inner in children(sentence, prep, "pobj"):
            if sentence[inner].lemma in words or sentence[inner].lower in words:
                return True
    if sentence[verb].dep in {"relcl", "acl"}:
        noun = sentence[verb].head
        return sentence[noun].lemma in words or sentence[noun].lower in words
    return False


def _noun_trigger(sentence: Sentence, noun: int) -> TriggerMatch | None:
    index = trigger_index()
    word = sentence[noun]
    for key in {word.lemma, word.lower}:
        for parts, trigger in index.phrases.get(key, ()):
            first = noun - len(parts) + 1
            if first < 0:
                continue
            front = tuple(item.lower for item in sentence.words[first:noun])
            if front == parts[:-1]:
                return TriggerMatch(trigger, noun, first, noun, is_verb=False)
    keys = (word.lower,) if word.pos == "VERB" else (word.lemma, word.lower)
    for trigger in next((index.nouns[key] for key in keys if key in index.nouns), ()):
        return TriggerMatch(trigger, noun, noun, noun, is_verb=False)
    return None


def _merged(sentence: Sentence, matches: list[TriggerMatch]) -> Iterator[TriggerMatch]:
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


def _claim(setting: Setting, sentence: Sentence, match: TriggerMatch) -> Claim:
    speaker = setting.speaker_of(sentence[match.index].span)
    actors, recipients = _arguments(setting, sentence, match)
    telling, telling_rule = read_telling(sentence, match.index, speaker, actors)
    span = sentence.cover(match.first, match.last)
    obj = _object(sentence, match)
    payload = Event(
        type=match.trigger.type,
        modes=_modes(sentence, match),
        actors=actors,
        recipients=recipients,
        place=place_of(setting, sentence, match.index),
        time=time_of(setting, sentence, match.index),
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
        stance=speaker.stance if speaker is not None else "state",
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
        ),
    )


def _hearsay(
    setting: Setting, sentence: Sentence, match: TriggerMatch, speaker: Attribution | None
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
    setting: Setting, sentence: Sentence, match: TriggerMatch
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    if match.is_verb:
        actors = verb_actors(setting, sentence, match.index)
        recipients = verb_recipients(setting, sentence, match.index)
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
        carrier = sentence[match.index].head
        if (
            match.trigger.symmetric
            and not actors
            and sentence[match.index].dep in {"nsubj", "dobj"}
        ):
            actors = (
                parties_at(setting, sentence, subject(sentence, carrier))
                if sentence[match.index].dep == "dobj"
                else ()
            )
        between = next(
            (p for p in children(sentence, match.index, "prep") if sentence[p].lower == "between"),
            None,
        )
        if between is not None:
            actors, recipients = parties_at(setting, sentence, child(sentence, between, "pobj")), ()
    recipients = tuple(party for party in recipients if party not in actors)
    if match.trigger.symmetric and match.trigger.type in {"CONSULT", "AGREE", "COOPERATE"}:
        return tuple(dict.fromkeys((*actors, *recipients))), ()
    return actors, recipients


def _modes(sentence: Sentence, match: TriggerMatch) -> tuple[str, ...]:
    if match.trigger.mode is not None or match.trigger.type != "ASSAULT":
        return (match.trigger.mode,) if match.trigger.mode else ()
    near = [
        word
        for word in sentence.words[sentence.first[match.index] : sentence.last[match.index] + 1]
        if abs(word.index - match.index) <= 8
    ]
    for word in near:
        if word.lemma in _MODES:
            return (_MODES[word.lemma],)
    return ()


def _object(sentence: Sentence, match: TriggerMatch) -> Span | None:
    if not match.is_verb:
        return None
    obj = child(sentence, match.index, "dobj", "nsubjpass")
    if obj is None:
        return None
    first, last = sentence.first[obj], sentence.last[obj]
    return sentence.cover(first, min(last, obj + 8))


def read_telling(
    sentence: Sentence, index: int, speaker: Attribution | None, actors: tuple[Party, ...]
) -> tuple[Telling, str]:
    """Read how an event is told.

    Rules, first match first:
      1. under a denial, or negated in speech     denied
      2. under a demand or appeal; "must"         demanded
      3. under a promise, threat, prediction;
         "will", "plans to"                       foretold
      4. "if", "could", "would"                   hypothetical
      5. under admit or confirm, or told by
         the doer itself                          admitted
      6. "allegedly" beside it, or under any
         other speech                             alleged
      7. in the report's own voice                fact
    """
    verb = index
    for above in (index, *ancestors(sentence, index)):
        if sentence[above].pos in {"VERB", "AUX"}:
            verb = above
            break
    modal = next(
        (sentence[i].lower for i in children(sentence, verb, "aux") if sentence[i].tag == "MD"),
        None,
    )
    negated = is_negated(sentence, index) or is_negated(sentence, verb)
    stance = speaker.stance_over(sentence[index].span) if speaker is not None else None
    if stance == "deny" or (negated and speaker is not None) or negated:
        return "denied", "negated" if negated else "stance:deny"
    if stance in {"demand", "appeal"} or modal in {"must", "should"}:
        return "demanded", f"stance:{stance}" if stance in {
            "demand",
            "appeal",
        } else f"modal:{modal}"
    if stance in {"promise", "threaten", "predict", "warn"} or modal in {"will", "shall", "'ll"}:
        return "foretold", f"modal:{modal}" if modal else f"stance:{stance}"
    if _under_condition(sentence, verb) or modal in {"could", "would", "may", "might", "can"}:
        return "hypothetical", f"modal:{modal}" if modal else "condition"
    if _is_purpose(sentence, verb):
        return "foretold", "purpose"
    if any(
        sentence[i].lower in {"allegedly", "reportedly", "purportedly", "suspected", "alleged"}
        for i in (
            *sentence.children[index],
            *sentence.children[verb],
            *sentence.children[sentence[verb].head],
        )
    ):
        return "alleged", "hedge"
    if speaker is None:
        return "fact", "narrated"
    if stance in {"admit", "confirm"}:
        return "admitted", f"stance:{stance}"
    if any(actor.root == party.root for actor in actors for party in speaker.speakers):
        return "admitted", "own-act"
    return "alleged", f"stance:{stance}"


def _under_condition(sentence: Sentence, verb: int) -> bool:
    for above in (verb, *ancestors(sentence, verb)):
        mark = child(sentence, above, "mark")
        if mark is not None and sentence[mark].lower in {"if", "unless", "whether"}:
            return True
    return False


def _is_purpose(sentence: Sentence, verb: int) -> bool:
    """Say whether a verb is an aim rather than a deed: "plans to attack", "in order to seize"."""
    has_to = any(sentence[i].tag == "TO" for i in children(sentence, verb, "aux"))
    if not has_to:
        return False
    word = sentence[verb]
    return not (
        word.dep == "xcomp"
        and sentence[word.head].lemma
        in {"begin", "start", "continue", "manage", "claim", "have", "use", "help", "force"}
    )


def speech_act_type(attribution: Attribution) -> str | None:
    """Give the PLOVER type of a speech act, for export: accuse is ACCUSE, demand is REQUEST."""
    return _SPEECH.get(attribution.stance)
