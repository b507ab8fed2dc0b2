"""Review reasons: why a claim deserves a second look."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.finding import Finding, status_words
from counterclaim.records.grades import inferred_fields
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.proposal import ROOM, contested_fields
from counterclaim.tell.choices import FIELD_WORDS
from counterclaim.tell.words import SHORT

UNSURE = 0.8
"""A model's probability below which a reading is put before a person."""

CONTESTED = 200
"""Weight of a field that two readers have differently: before all else, since the whole claim counts nowhere."""

INFERRED = 100
"""Weight of what is inferred: before all other doubts, since it counts nowhere until somebody says."""

_PROBABILITY = re.compile(r".*:([01]\.\d+)\Z")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look again."""

    code: str
    weight: int
    """Sets the order of the queue: the weights of a claim's doubts are added."""
    why: str


def review_reasons(entry: Entry, findings: Sequence[Finding] = ()) -> tuple[Doubt, ...]:
    """Say why a claim may have been misread or needs weighing, the heaviest reason first.

    Args:
        entry: As filed.
        findings: Those of its incident; those in which the claim has no voice are passed over.
    """
    found = [*_of_claim(entry.claim), *_of_standing(entry.claim, findings)]
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: -doubt.weight))


def _of_claim(claim: Claim) -> Iterator[Doubt]:
    for name in contested_fields(claim.trace):
        yield Doubt(
            "readers",
            CONTESTED,
            f"the two readers differ over {FIELD_WORDS.get(name, name)}: it is not counted yet",
        )
    second = {step.rule.partition(":")[0] for step in claim.trace if step.room == ROOM}
    if "proposed" in second:
        yield Doubt("second", 5, "the second reader alone has it")
    elif second & {"filled", "taken"}:
        yield Doubt("second", 4, "a field of it is the second reader's")
    sure = min_probability(claim)
    if sure is not None and sure < UNSURE and "agreed" not in second:
        weight = 2 + round(10 * (UNSURE - sure))
        yield Doubt("model", weight, f"the model gave this reading {sure:.0%}")
    guessed = inferred_fields(claim)
    if guessed:
        weight = INFERRED + len(guessed)
        yield Doubt(
            "inferred",
            weight,
            f"inferred, not counted: {', '.join(FIELD_WORDS.get(name, name) for name in guessed)}",
        )
    if not claim.speakers and claim.attribution_id is not None:
        yield Doubt("speaker", 3, "somebody says it, and nobody is named")
    if claim.hedges:
        yield Doubt("hedged", 1, "its words keep a distance")
    if isinstance(claim.payload, Casualty):
        yield from _of_figure(claim.payload)


def _of_figure(payload: Casualty) -> Iterator[Doubt]:
    if "side_inferred" in payload.flags:
        yield Doubt("side", 4, "whose loss it is was inferred")
    elif not payload.side:
        yield Doubt("side", 3, "nobody is named whose loss it is")
    if "as_of_shared" in payload.flags:
        yield Doubt("time", 2, "its day is taken from a neighbouring clause")
    if payload.count.qualifier == "vague":
        yield Doubt("number", 1, "the number is told in a vague word")


def _of_standing(claim: Claim, findings: Sequence[Finding]) -> Iterator[Doubt]:
    for finding in findings:
        voices = [voice for voice in finding.voices if voice.claim_id == claim.id]
        if any(voice.scope_inferred for voice in voices):
            yield Doubt("scope", 4, f"that it covers “{finding.proposition}” was inferred")
        if voices and finding.status in {"contested", "denied"}:
            yield Doubt("contested", 3, f"{SHORT[finding.slot]}: {status_words(finding.status)}")


def min_probability(claim: Claim) -> float | None:
    """Return the least probability that a model wrote into a claim's trace; None where none did."""
    found = [
        float(match[1])
        for step in claim.trace
        if step.room == "model" and (match := _PROBABILITY.match(step.rule))
    ]
    return min(found, default=None)
