"""Parties: who speaks, acts or suffers."""

from dataclasses import dataclass, field, replace
from typing import Literal

from counterclaim.records.evidence import Evidence

PartyKind = Literal[
    "state",
    "government",
    "ministry",
    "military",
    "official",
    "leader",
    "armed group",
    "de facto authority",
    "alliance",
    "mediator",
    "organisation",
    "media",
    "expert",
    "civilian",
    "people",
    "unknown",
]
"""What a party is. ``leader`` is a named person who speaks for the root; ``people`` a population."""


@dataclass(frozen=True, slots=True)
class Party:
    """One party in its normal form: a root, and the organ or person of it that is meant.

    Printed ``Azerbaijan/Ministry of Defence``. Two parties are the same when root and unit are;
    kind and country are what is known about them.
    """

    root: str
    """The state, group or body: ``Azerbaijan``, ``Hezbollah``, ``United Nations``, ``media: Reuters``."""
    unit: str | None = None
    """The organ or person: ``Ministry of Defence``, ``Erdogan``, ``officials``."""
    kind: PartyKind = field(default="unknown", compare=False)
    country: str | None = field(default=None, compare=False)
    """ISO 3166-1 alpha-3 of the state it belongs to or claims to leave, where one is known."""
    evidence: Evidence = field(default="told", compare=False)
    """How it is known that these words mean this party."""
    owner: str | None = field(default=None, compare=False)
    """Root of the party that it is suggested to be of, where the words tell none; never counted."""

    def __str__(self) -> str:
        return self.root if self.unit is None else f"{self.root}/{self.unit}"

    def whole(self) -> "Party":
        """Return the root itself, without its unit."""
        return (
            self
            if self.unit is None
            else Party(self.root, None, "unknown", self.country, self.evidence)
        )

    def known(self, evidence: Evidence) -> "Party":
        """Return the same party, known in another way."""
        return self if evidence == self.evidence else replace(self, evidence=evidence)
