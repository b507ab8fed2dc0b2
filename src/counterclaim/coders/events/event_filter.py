"""Event filter: which triggers tell of a happening of their own, and which only point back or name a state.

A small logistic model over named features of grammar and discourse; no feature holds words of a text.
Its weights are readable in data/sieve.json. Without them the rules of ``events.py`` decide.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counterclaim.coders.events.triggers import TriggerMatch
from counterclaim.records.claim import Claim, Event
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, children

_CARRIERS = frozenset(
    "launch carry conduct hold begin sign reach follow continue say come take kill have be make include cause "
    "claim condemn end stop leave target hit".split()
)
_QUALITIES = frozenset(
    "deadly recent latest first new last major fierce heavy alleged suspected further future possible other previous".split()
)
_PREPOSITIONS = frozenset(
    "in of after before during for since by on against to with from about amid over".split()
)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Weights of the logistic model."""

    weights: Mapping[str, float]
    bias: float
    threshold: float
    """Chance from which a trigger is kept that the rules keep too."""
    surer: float
    """Chance from which one is kept against the rules."""

    def chance(self, features: Mapping[str, float]) -> float:
        """Return the chance that a trigger tells of a happening of its own; between 0 and 1."""
        score = self.bias + sum(
            self.weights.get(name, 0.0) * value for name, value in features.items()
        )
        return 1.0 / (1.0 + math.exp(-score))


@cache
def load_event_filter() -> Sieve | None:
    """Load the shipped weights once; None where the file is missing."""
    path = files("counterclaim.coders") / "data" / "sieve.json"
    if not path.is_file():
        return None
    table = json.loads(path.read_text("utf-8"))
    return Sieve(table["weights"], table["bias"], table["threshold"], table["surer"])


def event_filter_features(
    sentence: Sentence,
    match: TriggerMatch,
    claim: Claim,
    matches: Sequence[TriggerMatch],
    earlier: Sequence[Claim],
    *,
    by_rule: bool,
) -> dict[str, float]:
    """Describe a trigger for the sieve.

    Args:
        sentence: That holds it.
        match: The trigger.
        claim: The event claim that it would make.
        matches: All triggers of the sentence.
        earlier: Event claims made before it in the document, dropped ones included.
        by_rule: What the rules say of it.

    Returns:
        Named features that are not 0; all but ``length`` and ``repeats`` are 1.
    """
    kind = _event(claim).type
    alike = [item for item in earlier if _event(item).type == kind]
    found = dict.fromkeys(
        (
            *_of_trigger(match, claim),
            *_of_grammar(sentence, match),
            *_of_company(match, matches),
            *_of_discourse(claim, alike),
            *_of_likeness(claim, alike),
            *_of_setting(sentence, match),
        ),
        1.0,
    )
    if by_rule:
        found["rule"] = 1.0
    event = claim.payload
    found["repeats"] = min(5, len(alike)) / 5
    found["length"] = min(60, len(sentence)) / 60
    assert isinstance(event, Event)
    return found


def _event(claim: Claim) -> Event:
    assert isinstance(claim.payload, Event)
    return claim.payload


def _of_trigger(match: TriggerMatch, claim: Claim) -> Iterator[str]:
    event = _event(claim)
    yield f"id={match.trigger.id}"
    yield f"type={event.type}"
    yield f"type={event.type} verb={match.is_verb}"
    yield f"telling={event.telling}"
    yield f"stance={claim.stance}"
    yield f"speaker={claim.attribution_id is not None}"
    told = {
        "actor": bool(event.actors),
        "recipient": bool(event.recipients),
        "place": event.place is not None,
        "time": event.time is not None,
    }
    for name, value in told.items():
        if value:
            yield name
    yield f"slots={sum(told.values())}"


def _of_grammar(sentence: Sentence, match: TriggerMatch) -> Iterator[str]:
    word = sentence[match.index]
    head = sentence[word.head]
    yield f"dep={word.dep}"
    yield f"tag={word.tag}"
    yield f"head={head.pos}"
    yield f"dep={word.dep} head={head.dep}"
    yield f"depth={min(4, sum(1 for _ in ancestors(sentence, match.index)))}"
    if word.dep == "pobj":
        yield f"prep={head.lemma if head.lemma in _PREPOSITIONS else 'other'}"
    if word.dep in {"dobj", "nsubj"}:
        yield f"carrier={word.dep} {head.lemma if head.lemma in _CARRIERS else 'other'}"
    for index in sentence.children[match.index]:
        below = sentence[index]
        yield f"child={below.dep}"
        if below.dep in {"det", "aux", "auxpass"}:
            yield f"{below.dep}={below.lower}"
        if below.dep == "amod":
            yield "quality"
            if below.lower in _QUALITIES:
                yield f"quality={below.lower}"
    if children(sentence, match.index, "auxpass"):
        yield "passive"
    if match.is_verb:
        yield "verb"


def _of_company(match: TriggerMatch, matches: Sequence[TriggerMatch]) -> Iterator[str]:
    same = [
        item for item in matches if item is not match and item.trigger.type == match.trigger.type
    ]
    yield f"same type={min(3, len(same))}"
    if any(item.index < match.index for item in same):
        yield "same type before"
    if any(item.index > match.index for item in same):
        yield "same type after"


def _of_discourse(claim: Claim, alike: Sequence[Claim]) -> Iterator[str]:
    event = _event(claim)
    yield f"place in text={min(5, claim.span.start // 500)}"
    if any(
        {p.root for p in _event(item).actors} & {p.root for p in event.actors} for item in alike
    ):
        yield "actor again"
    if any(
        {p.root for p in _event(item).recipients} & {p.root for p in event.recipients}
        for item in alike
    ):
        yield "recipient again"
    if event.place is not None and any(
        (place := _event(item).place) is not None and place.name == event.place.name
        for item in alike
    ):
        yield "place again"
    if any(item.trace[0].rule == claim.trace[0].rule for item in alike):
        yield "trigger again"
    if any(item.quote == claim.quote for item in alike):
        yield "words again"


def _of_likeness(claim: Claim, alike: Sequence[Claim]) -> Iterator[str]:
    """Return whether an earlier telling may be of the same happening: alike in kind, at odds in nothing."""
    mine = _marks(_event(claim))
    best = max(
        (
            _agreements(_marks(_event(item)), mine)
            for item in alike
            if item.sentence != claim.sentence
        ),
        default=-1,
    )
    yield f"likeness={min(3, best)}"


_Marks = tuple[frozenset[str], ...]


def _marks(event: Event) -> _Marks:
    """Return what may agree or be at odds: actors, recipients, modes, place, day."""
    place, time = event.place, event.time
    is_named = place is not None and place.precision != "country"
    return (
        frozenset(party.root for party in event.actors),
        frozenset(party.root for party in event.recipients),
        frozenset(event.modes),
        frozenset({place.name} if place is not None and is_named else ()),
        frozenset({time.value} if time is not None else ()),
    )


def _agreements(left: _Marks, right: _Marks) -> int:
    """Count in what two events agree; -1 where they are at odds."""
    count = 0
    for mine, yours in zip(left, right, strict=True):
        if mine and yours:
            if not mine & yours:
                return -1
            count += 1
    return count


def _of_setting(sentence: Sentence, match: TriggerMatch) -> Iterator[str]:
    """Describe where in the sentence a trigger stands, and below what."""
    above = next((a for a in ancestors(sentence, match.index) if sentence[a].pos == "VERB"), None)
    if above is not None:
        lemma = sentence[above].lemma
        for name, lemmas in _GOVERNORS.items():
            if lemma in lemmas:
                yield f"below {name}"
    clauses = [sentence[a].dep for a in (match.index, *ancestors(sentence, match.index))]
    for dep in ("relcl", "advcl", "acl", "ccomp"):
        if dep in clauses:
            yield f"within {dep}"


_GOVERNORS = {
    "judging": frozenset(
        "condemn denounce deplore mourn criticize criticise praise welcome slam decry blame regret".split()
    ),
    "asking": frozenset("investigate probe examine discuss review study consider debate".split()),
    "answering": frozenset(
        "respond retaliate react prompt follow come lead spark trigger cause fuel avenge".split()
    ),
    "ending": frozenset("end stop halt prevent avoid avert suspend deter".split()),
    "wishing": frozenset(
        "plan want seek hope prepare threaten vow plot intend try aim need".split()
    ),
    "saying": frozenset("say tell report announce add state claim".split()),
}
