"""Grading: which parties have names of their own, and how a party that a head points at is known."""

from dataclasses import dataclass

from counterclaim.records.evidence import Evidence, EvidenceLink, weakest
from counterclaim.records.party import Party
from counterclaim.records.text import Span


@dataclass(frozen=True, slots=True)
class PartyReading:
    """The party that a head points at."""

    parties: tuple[Party, ...]
    """Empty where the text does not tell."""
    probability: float
    span: Span | None = None
    """The likeliest words that stand for it."""
    is_both: bool = False
    """Whether all sides together are meant."""


def is_named(parties: tuple[Party, ...]) -> bool:
    """Whether parties have names of their own: neither unnamed ones nor persons of no stated side."""
    return all(
        not party.root.endswith("(unnamed)") and party.kind not in {"civilian", "unknown", "expert"}
        for party in parties
    )


def is_lone_person(party: Party) -> bool:
    """Whether a party is a person of whom nothing tells whose they are."""
    return party.kind in {"official", "leader"} and party.unit is None


def grade(read: PartyReading, sentence: Span, *, least: float) -> Evidence:
    """Return how a party that a head points at is known: never better than whose its words are is known.

    A head may be sure of the words ("the **ministry** said") where whose ministry it is was only guessed.

    Args:
        read: What the head says.
        sentence: The claim's own sentence.
        least: Probability from which on the value may count, chosen on wars left out of training.
    """
    if read.probability < least:
        return "inferred"
    near = read.span is not None and sentence.covers(read.span)
    return weakest((*read.parties, EvidenceLink("told" if near else "carried")))
