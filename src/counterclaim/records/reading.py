"""Readings: all that was read from one document, signed with what read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from counterclaim.records.account import Account
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.conflict import Conflict
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.frames import Table, to_frame
from counterclaim.records.mention import Resolution
from counterclaim.records.notebook import claims_table
from counterclaim.records.party import Party
from counterclaim.records.pickling import allow_mappings
from counterclaim.records.place import PlaceWording
from counterclaim.records.plover import Inferred, PloverEvent
from counterclaim.records.problem import Problem
from counterclaim.records.proposal import SecondReading
from counterclaim.records.text import Comment, Division, Document

if TYPE_CHECKING:
    import pandas as pd

allow_mappings()


@dataclass(frozen=True, kw_only=True, repr=False)
class Reading:
    """One document, read from its words to its findings. Nothing in it is stored anywhere else."""

    document: Document
    division: Division
    attributions: tuple[Attribution, ...]
    """Who is made to say what. Those with ``is_claim`` False are thoughts and mere carriers."""
    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    findings: tuple[Finding, ...]
    account: Account
    wordings: tuple[PlaceWording, ...] = ()
    """Where the report says whose land a place is, and whether that agrees with what is recognised."""
    events: tuple[PloverEvent, ...] = ()
    """What happens, speech acts included, in PLOVER's terms."""
    inferred: Mapping[str, Inferred] = field(default_factory=lambda: MappingProxyType({}))
    """By claim: participants that the text does not name but its sides suggest."""
    comments: tuple[Comment, ...] = ()
    """The reader thread, never a source."""
    reader_claims: tuple[Claim, ...] = ()
    """What its readers say, to be set beside the ledger: never filed as claims."""
    sides: tuple[Party, ...] = ()
    """The parties to the conflict that the report is about, most spoken of first."""
    conflict: Conflict | None = None
    """By whose file the sides are told; None where they are inferred from the text."""
    problems: tuple[Problem, ...] = ()
    signature: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Versions: package, parser, each lexicon's digest, the model's."""
    resolution: Resolution = field(default_factory=Resolution, repr=False, compare=False)
    second: SecondReading | None = None
    """What the second reader made of it, where one was asked."""

    def __repr__(self) -> str:
        day = self.document.published or "undated"
        name = self.document.title or self.document.name
        return (
            f"<Reading {name[:60]!r}, {day}: {len(self.claims)} claims, "
            f"{len(self.findings)} findings, {len(self.problems)} problems>"
        )

    def _repr_html_(self) -> str:
        """Return the claims as a small table, for notebooks."""
        return claims_table(self)

    @property
    def sides_basis(self) -> str:
        """Say where the sides come from: ``inferred from the text``, or the conflict file's name."""
        return "inferred from the text" if self.conflict is None else f"conflict {self.conflict.id}"

    def to_frame(self, table: Table = "claims") -> "pd.DataFrame":
        """Return one table as a pandas data frame: ``claims``, ``figures``, ``events``, ``ceasefires`` ...

        Raises:
            NoPandasError: If pandas is missing: it is in the extra ``frames``.
        """
        return to_frame(self, table)

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return MappingProxyType({claim.id: claim for claim in self.claims})

    @cached_property
    def attribution_by_id(self) -> Mapping[str, Attribution]:
        """Attributions by id."""
        return MappingProxyType({item.id: item for item in self.attributions})
