"""Imported: a file of another data set that a ledger took in beside what it read."""

from dataclasses import dataclass
from datetime import datetime

from counterclaim.records.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCard:
    """One file, and what became of its rows."""

    id: str
    format: str
    file: str
    sha256: str
    claims: int
    refused: int
    problems: tuple[Problem, ...] = ()
    """Rows refused, and rows taken though they are odd: the first of them, with the reasons."""
    recorded_at: datetime
    by: str
    withdrawn_by: str | None = None
    reason: str = ""
    """Why it was taken back."""
