"""Claims: what is said to have happened, been lost, been agreed, be wanted or be withheld."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from counterclaim.records.attribution import Stance
from counterclaim.records.count import Count
from counterclaim.records.evidence import counts
from counterclaim.records.identity import Part, make_id
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
"""The sixteen PLOVER types. Speech acts live in attributions; the types for them are for export."""

Telling = Literal["fact", "admitted", "alleged", "denied", "demanded", "foretold", "hypothetical"]
"""How an event is told. Only the first three tell of something done, and ``alleged`` only by one side."""

Outcome = Literal["killed", "wounded", "missing", "captured", "displaced", "unspecified"]
Category = Literal["military", "paramilitary", "civilian", "mixed", "unknown"]
Measure = Literal["new", "cumulative", "incident", "snapshot"]
Relation = Literal["self", "enemy", "third", "narrator"]
CeasefireStatus = Literal[
    "called for",
    "proposed",
    "agreed",
    "in force",
    "suspended",
    "violated",
    "collapsed",
    "rejected",
    "expired",
]
PositionAct = Literal[
    "demand", "appeal", "offer", "refuse", "commit", "support", "oppose", "threaten", "condition"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something done between parties, in PLOVER's terms."""

    kind: ClassVar[str] = "event"

    type: EventType
    modes: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    time: Time | None = None
    telling: Telling = "fact"
    object: Span | None = None
    """What was hit, taken or destroyed, as worded, where that is not a party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """One figure of a casualty account."""

    kind: ClassVar[str] = "casualty"

    count: Count
    outcome: Outcome
    outcome_words: str | None = None
    """The words where ``outcome`` is unspecified ("killed or wounded", "neutralised")."""
    category: Category = "unknown"
    subgroup: str | None = None
    side: tuple[Party, ...] = ()
    """Whose loss it is; several parties when the number sums them."""
    relation: Relation = "narrator"
    """The reporter's relation to the side: its own loss, its enemy's, a third party's; or no reporter."""
    measure: Measure = "incident"
    period: Time | None = None
    """The stretch a new or incident figure covers."""
    as_of: Time | None = None
    """The day up to which a cumulative or snapshot figure counts."""
    since: Span | None = None
    """The words that name a cumulative figure's start ("since the fighting began")."""
    place: Place | None = None
    part_of: Span | None = None
    """The larger number that this one divides."""
    includes: tuple[Span, ...] = ()
    """Numbers that this one is said to hold already."""
    supersedes: Span | None = None
    """The number that the same words say it replaces: "raised the toll from **32** to 40"."""
    background: bool = False
    """Losses of an earlier war or phase, told for context."""
    flags: tuple[str, ...] = ()
    """``as_of_shared``, ``side_inferred``, ``police``, ``hedged``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefire:
    """One state of one ceasefire, as told."""

    kind: ClassVar[str] = "ceasefire"

    status: CeasefireStatus
    brokers: tuple[Party, ...] = ()
    parties: tuple[Party, ...] = ()
    effective: Time | None = None
    place: Place | None = None
    """Where it was agreed."""
    terms: str | None = None
    """As worded: humanitarian, permanent, 72-hour."""
    breach_alleged_by: tuple[Party, ...] = ()
    background: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a party wants, offers, refuses or backs."""

    kind: ClassVar[str] = "position"

    act: PositionAct
    holders: tuple[Party, ...] = ()
    addressees: tuple[Party, ...] = ()
    what: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Something a party has not said: losses, details, comment, a claim of responsibility."""

    kind: ClassVar[str] = "withheld"

    owners: tuple[Party, ...] = ()
    what: Span | None = None
    since: Time | None = None


Payload = Event | Casualty | Ceasefire | Position | Withheld


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One row of the ledger: somebody says that something is so, in these words.

    ``attribution_id`` None means that no saying holds it: the report itself says it, or a party whose count it is told
    to be ("the ministry's tally stands at 40").
    """

    document_id: str
    span: Span
    """The words it stands on: the number, the trigger, the clause."""
    quote: str
    """Those words, as they stand in the document."""
    sentence: Span
    """The sentence that holds them."""
    payload: Payload
    speakers: tuple[Party, ...] = ()
    stance: Stance = "state"
    attribution_id: str | None = None
    hedges: tuple[Span, ...] = ()
    trace: tuple[Step, ...] = field(default=(), compare=False)

    @cached_property
    def id(self) -> str:
        """Hash of the document, the words, the speakers and the payload."""
        return make_id(
            "c",
            self.document_id,
            [self.span.start, self.span.end],
            [str(party) for party in self.speakers],
            self.kind,
            as_part(self.payload),
        )

    @property
    def kind(self) -> str:
        """Which kind of claim it is: event, casualty, ceasefire, position or withheld."""
        return self.payload.kind

    @property
    def is_own_voice(self) -> bool:
        """Return whether the report itself tells it: no saying holds it, and nobody is told to have counted."""
        return self.attribution_id is None and not any(map(counts, self.speakers))

    def corrected(self, **fields: Any) -> Self:
        """Return the claim with fields as a person corrected them: the same row, under the same id."""
        return replace(self, **fields).known_as(self.id)

    def known_as(self, row: str) -> Self:
        """Return the claim under the id of its row: it is not hashed anew, whatever was corrected."""
        self.__dict__["id"] = row
        return self


LATER = frozenset({"supersedes"})
"""Fields that payloads have not always had: where they hold nothing, a claim keeps the id it had before."""


def as_part(value: object) -> Part:
    """Turn a payload into what ``make_id`` can hash: field by field, in their written order.

    How a value is known is left out: a claim keeps its id when that is told better.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Party():
            return str(value)
        case Place():
            return [value.name, value.gazetteer_id, value.within]
        case Span():
            return [value.start, value.end]
        case tuple() | list():
            return [as_part(item) for item in value]
        case _:
            slots: tuple[str, ...] = getattr(value, "__slots__", ())
            return [
                [name, as_part(getattr(value, name))]
                for name in slots
                if name != "evidence" and (name not in LATER or getattr(value, name) is not None)
            ]
