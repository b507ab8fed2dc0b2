"""Withdrawals and erasures: reports that count no longer, and words that were taken out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One decision that a report counts no longer, or counts again."""

    document_id: str
    withdrawn: bool
    """False where it was brought back."""
    by: str
    reason: str
    recorded_at: datetime
    """UTC."""

    def __str__(self) -> str:
        what = "withdrawn" if self.withdrawn else "brought back"
        return f"{what} on {self.recorded_at.date()} by {self.by}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Words taken out of a report and of all that was read in it."""

    document_id: str
    is_whole: bool
    """Whether all its words were taken, and not a name alone."""
    by: str
    reason: str
    rows: int
    """Rows that were touched; 0 where nothing was left to take out."""
    sha256: str
    """Of the text as it stood before."""
    recorded_at: datetime
    """UTC."""

    def __str__(self) -> str:
        what = "the whole text was" if self.is_whole else "words were"
        return f"{what} taken out on {self.recorded_at.date()} by {self.by}: {self.reason}"
