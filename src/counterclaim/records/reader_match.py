"""Reader matches: rows of the ledger set beside what a reader says. Nothing here is ever filed as a claim."""

from dataclasses import dataclass

from counterclaim.records.claim import Claim
from counterclaim.records.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMatch:
    """One row that speaks of the same as a reader's claim. Whether it bears the reader out, it does not say."""

    row: Claim
    reasons: tuple[str, ...]
    """What the two share and where they differ, in words, the shared first."""
    weight: float
    """How much the two share; the more, the likelier they speak of the same."""
    same_number: bool | None = None
    """Whether the two numbers fit each other; None where one of them has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchMatch:
    """A checkable stretch of a comment, with the rows that speak of the same."""

    span: Span
    words: str
    claims: tuple[Claim, ...] = ()
    """What was read in it, as in a report."""
    rows: tuple[RowMatch, ...] = ()
    """The likeliest first."""
    more: int = 0
    """Rows that speak of the same and are not shown."""

    @property
    def finding(self) -> str:
        """What is to be said of it in one line."""
        if not self.claims:
            return "nothing was read in it that rows could be set beside"
        if not self.rows:
            return "no row speaks of this"
        found = len(self.rows) + self.more
        return f"{found} row{' speaks' if found == 1 else 's speak'} of the same"
