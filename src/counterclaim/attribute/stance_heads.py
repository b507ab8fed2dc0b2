"""Stance heads: what the reader's heads say of a cue: its stance, whom it is aimed at, who speaks.

The lexicon reads most stances right, but not those that the words around a cue decide ("said it had
not fired", "put the blame on"). A head decides where its probability reaches a threshold chosen on the
corpus' development wars.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from counterclaim.decode import Decoder, PartyReading, grade
from counterclaim.model.reading import STANCES
from counterclaim.records.attribution import Attribution
from counterclaim.records.evidence import weakest
from counterclaim.records.problem import Step
from counterclaim.records.text import Span

THRESHOLDS = {"stance": 0.9, "target": 0.85, "speaker": 0.6, "nobody": 0.975}
"""Probabilities from which on a head decides; ``nobody``: who speaks where no words name a speaker ("were reported dead")."""
COUNTS = {"target": 0.95, "speaker": 0.97}
"""Probabilities from which on a party counts, and is not only inferred."""
AIMED = frozenset({"accuse", "demand", "appeal", "threaten", "warn", "reject"})
"""Stances that are aimed at somebody."""


DENYING = frozenset({"deny", "reject"})
"""Stances that a head gives only where something negative is said."""
_NEGATIVE = re.compile(
    r"\b(?:no|not|none|nor|never|neither|nobody|nothing|without|false|untrue|baseless|unfounded|groundless|invented|"
    r"fabricat\w+|lies?|lying|hoax|fiction|nonsense|myth|slander|propaganda|disinformation|absurd|wrong|incorrect|"
    r"den(?:y|ies|ied|ial|ying)|reject\w*|refus\w+|dismiss\w*|refut\w+|cannot|contrary|rather|only|"
    r"\w+less)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Words by which something is denied: "it had **not** fired", "the charge was **baseless**". Near miss: "it is responding
to provocation", which denies nothing."""


def decide_stances(attributions: Sequence[Attribution], decoder: Decoder) -> list[Attribution]:
    """Return attributions with what the heads decide.

    Args:
        attributions: As the lexicon and the tagger found them.
        decoder: Of their document.
    """
    return [_decided(item, decoder) if item.is_claim else item for item in attributions]


def _decided(item: Attribution, decoder: Decoder) -> Attribution:
    steps: list[Step] = []
    found = decoder.choose("stance", STANCES, item.cue)
    if (
        found is not None
        and found[1] >= THRESHOLDS["stance"]
        and found[0] not in {"state", "accuse"}
        and item.stance == "state"
        and (found[0] not in DENYING or _is_negative(item, decoder))
    ):
        steps.append(Step("attribute", f"head:stance:{found[1]:.2f}", found[0], item.cue))
        item = replace(item, stance=found[0], stance_words=None)  # type: ignore[arg-type]  # the labels are its stances
    if not item.speakers or weakest(item.speakers) == "inferred":
        speaker = decoder.point_party("speaker", item.cue, places=False)
        needed = THRESHOLDS["speaker" if item.speakers else "nobody"]
        if speaker is not None and speaker.parties and speaker.probability >= needed:
            evidence = grade(speaker, _around(item, decoder), least=COUNTS["speaker"])
            steps.append(_pointed("speaker", speaker))
            item = replace(item, speakers=tuple(party.known(evidence) for party in speaker.parties))
    return replace(item, trace=(*item.trace, *steps)) if steps else item


def _is_negative(item: Attribution, decoder: Decoder) -> bool:
    """Return whether the sentence around a cue, or what it says, has words that deny."""
    spans = (_around(item, decoder), *item.content)
    return any(_NEGATIVE.search(decoder.document.words(span)) for span in spans)


def aim(attributions: Sequence[Attribution], decoder: Decoder) -> list[Attribution]:
    """Return attributions with the targets that the heads know and the grammar does not."""
    return [_aimed(item, decoder) if item.is_claim else item for item in attributions]


def _aimed(item: Attribution, decoder: Decoder) -> Attribution:
    if item.stance not in AIMED or item.targets:
        return item
    target = decoder.point_party("addressee", item.cue, places=False)
    if target is None or not target.parties or target.probability < THRESHOLDS["target"]:
        return item
    evidence = grade(target, _around(item, decoder), least=COUNTS["target"])
    return replace(
        item,
        targets=tuple(party.known(evidence) for party in target.parties),
        trace=(*item.trace, _pointed("target", target)),
    )


def _around(item: Attribution, decoder: Decoder) -> Span:
    """Return the sentence around a cue, as far as stops tell."""
    text = decoder.document.text
    start = max(text.rfind(mark, 0, item.cue.start) for mark in (". ", "\n", "? ", "! ")) + 1
    ends = [at for mark in (". ", "\n", "? ", "! ") if (at := text.find(mark, item.cue.end)) >= 0]
    return Span(start, min(ends, default=len(text)))


def _pointed(field: str, read: PartyReading) -> Step:
    words = " & ".join(map(str, read.parties))
    return Step("attribute", f"head:{field}:{read.probability:.2f}", words, read.span)
