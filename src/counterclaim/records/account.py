"""Accounts: the casualty figures of one or many documents, in series, with a total line."""

from dataclasses import dataclass

from counterclaim.records.claim import Category, Measure, Outcome
from counterclaim.records.count import Count
from counterclaim.records.party import Party
from counterclaim.records.time import Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a series, as reported or as derived from those that were."""

    count: Count
    measure: Measure
    as_of: Time | None
    claim_id: str | None
    """None for a derived figure."""
    derivation: str | None = None
    """How a derived figure was computed: "555 less the 23 new"."""

    @property
    def is_derived(self) -> bool:
        """Say whether nobody reported it."""
        return self.derivation is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures of one key, in order of their days."""

    reporters: tuple[Party, ...]
    """Empty where no reporter is named."""
    side: tuple[Party, ...]
    category: Category
    subgroup: str | None
    outcome: Outcome
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLine:
    """The sum of the latest figures of all sides, with what it leaves out."""

    outcome: Outcome
    count: Count
    parts: tuple[int, ...]
    """The numbers summed, largest first."""
    claim_ids: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    excludes: tuple[str, ...]
    """What is not in it, in words: "Azerbaijan, military (not disclosed)"."""

    def __str__(self) -> str:
        number = str(self.count)
        sum_of = (
            f" ({' + '.join(f'{part:,}' for part in self.parts)})" if len(self.parts) > 1 else ""
        )
        days = (
            ""
            if self.first_day is None
            else f", {self.first_day}"
            if self.first_day == self.last_day
            else f", {self.first_day} to {self.last_day}"
        )
        left_out = f"; excludes {', '.join(self.excludes)}" if self.excludes else ""
        return f"{number}{sum_of}{days}{left_out}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All series, and one total line for each outcome that can be summed."""

    series: tuple[Series, ...]
    totals: tuple[TotalLine, ...]
    undisclosed: tuple[str, ...] = ()
    """Claim ids of withheld figures."""
