"""Evidence: how a party, a place or a day of a claim is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Evidence = Literal["told", "carried", "inferred"]
"""How a value is known.

``told``: its words stand in the claim's sentence, or a name that they plainly refer to.
``carried``: it comes from an earlier sentence by a link that the words make ("the ministry" after
"Lebanon's health ministry", a pronoun, "it added").
``inferred``: anything else. A suggestion for review: shown as such, and never counted in a status,
a total, a series, a column or an alignment.
"""

GRADES: tuple[Evidence, ...] = ("told", "carried", "inferred")
"""From the best to the weakest."""


class Graded(Protocol):
    """A value that says how it is known."""

    @property
    def evidence(self) -> Evidence:
        """How it is known."""
        ...


def weakest(values: Iterable[Graded]) -> Evidence:
    """Return the weakest grade among values; ``told`` for none."""
    found: Evidence = "told"
    for value in values:
        if value.evidence == "inferred":
            return "inferred"
        if value.evidence == "carried":
            found = "carried"
    return found


def counts(value: Graded) -> bool:
    """Whether a value may count: it is told or carried, not inferred."""
    return value.evidence != "inferred"


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """How one value is tied to another: the weaker of both grades holds."""

    evidence: Evidence
