"""Counts: how many, as an inclusive range with the words' own hedge."""

from dataclasses import dataclass
from typing import Literal

Qualifier = Literal["exact", "at_least", "at_most", "about", "range", "vague", "unstated"]
"""``unstated``: the words say harm to persons and set no number ("suffered casualties")."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons. Unit: persons, inclusive; ``high`` None means no upper bound is said.

    Source: docs/codebook/casualties.md, the table of wordings.
    """

    low: int | None
    high: int | None = None
    qualifier: Qualifier = "exact"
    said: int | None = None
    """The number in the words themselves, before the hedge: 300 in "nearly 300", 40 in "scores"."""

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"a count's low is at most its high: got {self.low}..{self.high}"
            raise ValueError(msg)

    @property
    def best(self) -> int | None:
        """The number to print when only one may be printed: the low, since midpoints are invented."""
        return self.low

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            return "not stated"
        if self.low == self.high:
            return f"{self.low:,}"
        if self.high is None and self.said is not None and self.low == self.said + 1:
            return f"more than {self.said:,}"
        if self.high is None:
            return f"at least {self.low:,}"
        if not self.low:
            return f"up to {self.high:,}"
        return f"{self.low:,}-{self.high:,}"


def exactly(number: int) -> Count:
    """Return the count of an exact number."""
    return Count(number, number, "exact", number)
