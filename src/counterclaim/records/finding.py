"""Findings: how the claims about one happening stand to each other. Never who is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from counterclaim.records.attribution import Stance
from counterclaim.records.evidence import Evidence
from counterclaim.records.identity import make_id
from counterclaim.records.party import Party
from counterclaim.records.problem import Step

Status = Literal[
    "withdrawn",
    "agreed_by_both",
    "admitted",
    "self_reported",
    "confirmed_by_adversary",
    "contested",
    "denied",
    "corroborated",
    "one_sided",
    "single_source",
    "unattributed",
    "undisclosed",
    "unassessed",
]
"""In the order of their rules: docs/codebook/statuses.md. ``self_reported`` is what rule 3 gives for a
side's count of its own losses: it tells them, and admits nothing."""

RULE_NUMBERS: Mapping[Status, int] = MappingProxyType(
    {
        "withdrawn": 1,
        "agreed_by_both": 2,
        "admitted": 3,
        "self_reported": 3,
        "confirmed_by_adversary": 4,
        "contested": 5,
        "denied": 6,
        "corroborated": 7,
        "one_sided": 8,
        "single_source": 9,
        "unattributed": 10,
        "undisclosed": 11,
        "unassessed": 12,
    }
)
"""The rule that gives each status."""


def status_words(status: str) -> str:
    """Return a status as people read it: ``agreed by both``, ``self-reported``."""
    return "self-reported" if status == "self_reported" else status.replace("_", " ")


Slot = Literal[
    "occurred",
    "actor",
    "object",
    "place",
    "border",
    "time",
    "effect",
    "justification",
    "figure",
    "agreement",
    "disclosure",
]

Alignment = Literal["doer", "other side", "third party", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One origin's stand on one slot: who affirms or denies it, and by which claim."""

    party: Party | None
    alignment: Alignment
    """``unknown`` where its speaker is inferred, or told without an owner."""
    affirms: bool | None
    """None where it is shown and counts neither way: its speaker is inferred, or it only foresees,
    demands or turns down."""
    stance: Stance = "state"
    claim_id: str = ""
    """A claim's or an attribution's id."""
    scope_inferred: bool = False
    """True when a wider denial is held to cover the slot (docs/codebook/statuses.md, denial scope)."""
    origin: str = ""
    """The origin it belongs to; empty for a saying without a claim of its own."""
    evidence: Evidence = "told"
    """How it is known that this party says it. An inferred voice is shown and never counted."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The status of one slot of one incident, by one rule, for stated reasons."""

    incident_id: str
    slot: Slot
    proposition: str
    """What the slot says, in words: "airstrikes by Azerbaijan inside Armenia occurred"."""
    status: Status
    rule: int
    """Number of the rule that gave the status, 1 to 12."""
    reason: str
    voices: tuple[Voice, ...] = ()
    flags: tuple[str, ...] = ()
    trace: tuple[Step, ...] = field(default=(), compare=False)

    @cached_property
    def id(self) -> str:
        """Hash of the incident, slot, status and the claims it rests on."""
        return make_id(
            "f",
            self.incident_id,
            self.slot,
            self.proposition,
            self.status,
            [voice.claim_id for voice in self.voices],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two stands on one slot that cannot both hold: of two parties, or of one party with itself."""

    incident_id: str
    slot: Slot
    kind: Literal["between parties", "with itself"]
    left: str
    """Root of who affirms, or who said the first."""
    right: str
    claim_ids: tuple[str, ...]
    words: str
    """What is contradicted: the slot's proposition."""


@dataclass(frozen=True, kw_only=True)
class Incident:
    """Claims held to speak of one happening."""

    label: str
    """A short title made of the claims' own terms."""
    kind: str
    """The claims' kind: event, casualty, ceasefire, position or withheld."""
    claim_ids: tuple[str, ...]
    attribution_ids: tuple[str, ...] = ()
    """Attributions without a coded claim that bear on it: denials, confirmations."""
    key: tuple[str, ...] = ()
    """What links the claims, as words: type, parties, place, time."""
    trace: tuple[Step, ...] = field(default=(), compare=False)

    @cached_property
    def id(self) -> str:
        """Hash of the claims it holds."""
        return make_id("i", self.kind, list(self.claim_ids), list(self.attribution_ids))
