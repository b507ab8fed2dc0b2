"""Factuality: whether an event is told as fact, admitted, alleged, denied, demanded, foretold or supposed."""

from counterclaim.coders.unreal import is_unreal
from counterclaim.records.attribution import Attribution, Stance
from counterclaim.records.claim import Telling
from counterclaim.records.evidence import counts
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children, is_negated, is_undone

_NOT_OWN = frozenset(
    {"accuse", "reject", "deny", "demand", "appeal", "warn", "predict", "threaten"}
)
"""Stances in which nobody owns up to an act, even where the act seems to be the speaker's."""


def classify_factuality(
    sentence: Sentence, index: int, speaker: Attribution | None, actors: tuple[Party, ...]
) -> tuple[Telling, str]:
    """Read how an event is told.

    Rules, first match first:
      0. asked, practised, played or plotted      hypothetical
      1. under a denial, or negated in speech     denied
      2. under a demand or appeal; "must"         demanded
      3. under a promise, threat, prediction;
         "will", "plans to"                       foretold
      4. "if", "could", "would"; under a refusal  hypothetical
      5. under admit or confirm, or told by
         the doer itself, who does not accuse     admitted
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
    unreal = is_unreal(sentence, index)
    if unreal is not None and unreal != "foretold":
        return "hypothetical", unreal
    negated = is_negated(sentence, index) or is_undone(sentence, verb)
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
    if stance == "reject":
        return "hypothetical", "stance:reject"
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
    if stance == "confirm" or (stance == "admit" and not _is_others(actors, speaker)):
        return "admitted", f"stance:{stance}"
    if stance not in _NOT_OWN and any(
        actor.root == party.root and counts(actor) and counts(party)
        for actor in actors
        for party in speaker.speakers
    ):
        return "admitted", "own-act"
    return "alleged", f"stance:{stance}"


def _is_others(actors: tuple[Party, ...], speaker: Attribution) -> bool:
    """Return whether none of those who did it speaks: nobody admits what others did."""
    own = {party.root for party in speaker.speakers}
    return bool(actors) and bool(own) and not any(actor.root in own for actor in actors)


def stance_towards_event(
    telling: str, actors: tuple[Party, ...], speaker: Attribution | None
) -> Stance:
    """Return a speaker's stance on one event of what is said.

    It is the saying's, but for an admission that tells by the way of another's act, or of one that
    is only alleged ("admitted the strike on missiles **allegedly used to target** towns"): of it
    somebody is accused.
    """
    if speaker is None:
        return "state"
    if speaker.stance == "admit" and (telling == "alleged" or _is_others(actors, speaker)):
        return "accuse"
    return speaker.stance


def _under_condition(sentence: Sentence, verb: int) -> bool:
    for above in (verb, *ancestors(sentence, verb)):
        mark = child(sentence, above, "mark")
        if mark is not None and sentence[mark].lower in {"if", "unless", "whether"}:
            return True
    return False


def _is_purpose(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb is an aim rather than a deed: "plans to attack", "in order to seize"."""
    has_to = any(sentence[i].tag == "TO" for i in children(sentence, verb, "aux"))
    if not has_to or any(sentence[i].lemma == "have" for i in children(sentence, verb, "aux")):
        return False  # "are known to have been killed" tells what has happened
    word = sentence[verb]
    return not (
        word.dep == "xcomp"
        and sentence[word.head].lemma
        in {"begin", "start", "continue", "manage", "claim", "have", "use", "help", "force"}
    )
