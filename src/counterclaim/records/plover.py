"""PLOVER events: what a report tells, coded in the terms of one public codebook."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from counterclaim.records.claim import EventType, Telling
from counterclaim.records.identity import make_id
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time

Sector = Literal[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
]  # fmt: skip
"""PLOVER's sectors: COP police, GOV government, REB armed opposition, UNK not told, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An actor or recipient as PLOVER codes it."""

    words: str
    """The words of the text."""
    country: str | None = None
    """Alpha-3 of a state, or IGO, UNO, EUR, NGO, IMG, MNC; None where the text tells of none.

    An unrecognised authority bears the code of the state that claims it, with ``PRE`` beside it.
    """
    sector: Sector = "UNK"
    secondary: tuple[Sector, ...] = ()
    group: str | None = None
    """Name of the group or body, where it has one."""
    party: Party | None = None
    """The ledger's party, where the words were resolved to one."""

    @property
    def code(self) -> str:
        """Country and sectors in one: ``AZE GOV PRE``."""
        return " ".join((self.country or "---", self.sector, *self.secondary))

    def __str__(self) -> str:
        return str(self.party) if self.party is not None else self.words


@dataclass(frozen=True, kw_only=True)
class PloverEvent:
    """One event in PLOVER's terms.

    Speech acts are events here; in the ledger they are attributions. ``telling`` keeps a denied,
    demanded or foretold act from being counted as done.
    """

    document_id: str
    span: Span
    """The words of its trigger."""
    quote: str
    sentence: Span
    type: EventType
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    telling: Telling = "fact"
    place: Place | None = None
    time: Time | None = None
    score: float = 0.0
    """PLOVER's successor of the Goldstein scale, -10 to 10."""
    quad: int = 0
    cameo: str = ""
    """CAMEO root by the crosswalk."""
    chance: float | None = None
    """The learned scorer's chance for the type, where it chose; None where the rules did."""
    claim_id: str | None = None
    """The ledger's claim of the same words."""
    trace: tuple[Step, ...] = field(default=(), compare=False)

    @cached_property
    def id(self) -> str:
        """Hash of the document, the words and the type."""
        return make_id("p", self.document_id, [self.span.start, self.span.end], self.type)

    @property
    def is_done(self) -> bool:
        """Whether it is told as something that happened, if only by one side."""
        return self.telling in {"fact", "admitted", "alleged"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """What a text does not say of an event but its sides suggest. Never part of a claim."""

    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    rule: str
    """``harmed``: whose loss the sentence counts; ``opponent``: whom the actor fights in this report
    or by the conflict file; ``responsibility``: the one party that claims it; ``authority``: the state
    that the report is most about, for an arrest or a curfew."""
