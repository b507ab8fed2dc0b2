"""Stance: what a speaker does by saying it, read from the cue, its negation and the content."""

from dataclasses import dataclass

from counterclaim.attribute.cues import CueMatch
from counterclaim.records.attribution import Stance
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children

GIVING = frozenset(
    "say comment confirm disclose reveal give provide identify name specify elaborate release answer respond "
    "announce state explain discuss report detail divulge issue acknowledge claim".split()
)
"""Verbs that, negated, tell of something withheld: "did not **say**", "has not **disclosed**"."""


@dataclass(frozen=True, slots=True)
class StanceReading:
    """A stance and what it stands on."""

    stance: Stance
    rule: str
    words: Span | None = None


def read_stance(sentence: Sentence, match: CueMatch) -> StanceReading | None:
    """Read the stance of one cue; None when the words are no claim at all.

    Rules, first match first:
      1. a negated giving verb             withhold   "did not say how many had died"
      2. another negated verb              no claim   "did not shout"
      3. a condition or question           no claim   "if Kestria confirms it"
      4. the entry's own stance
    """
    base = match.cue.stance
    word = sentence[match.head]
    if match.negated and match.cue.role == "verb" and match.cue.needs != "negation":
        if word.lemma in GIVING and match.cue.sort != "mind":
            negation = next((i for i in children(sentence, match.head, "neg", "det")), match.head)
            return StanceReading("withhold", "negated", sentence[negation].span)
        return None
    if _is_conditional(sentence, match):
        return None
    return StanceReading(base, match.cue.id)


def _is_conditional(sentence: Sentence, match: CueMatch) -> bool:
    """Say whether a verb tells of no act: under "if", in a wish, or as a mere possibility."""
    if match.cue.role != "verb":
        return False
    mark = child(sentence, match.head, "mark")
    if mark is not None and sentence[mark].lower in {"if", "unless", "whether"}:
        return True
    modal = next(
        (i for i in children(sentence, match.head, "aux") if sentence[i].tag == "MD"), None
    )
    if modal is not None and sentence[modal].lower in {
        "should",
        "could",
        "may",
        "might",
        "can",
        "must",
    }:
        return True
    return content_is_purpose(sentence, match.head)


def content_is_purpose(sentence: Sentence, verb: int) -> bool:
    """Say whether a verb is an infinitive that tells of no act done: "is expected to announce"."""
    has_to = any(sentence[i].tag == "TO" for i in children(sentence, verb, "aux"))
    if not has_to:
        return False
    word = sentence[verb]
    return not (
        word.dep == "xcomp"
        and sentence[word.head].lemma
        in {"go", "continue", "seem", "appear", "begin", "start", "proceed", "come"}
    )
