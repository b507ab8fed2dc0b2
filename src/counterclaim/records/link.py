"""Links: why two records are held to speak of one happening, and what a person decided about it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from counterclaim.records.identity import make_id
from counterclaim.records.text import Span

Verdict = Literal["merge", "split"]


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One bar of a waterfall: a feature, its value, and what it adds."""

    name: str
    value: float
    points: float
    """Value times weight. Unit: logarithm of odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two records compared: what speaks for one happening and against it, and the sum.

    ``left`` is the smaller id, so that a pair has one link whichever came first.
    """

    left: str
    right: str
    parts: tuple[ScorePart, ...]
    """In the order of the weights file; the constant first. Their points sum to ``points``."""
    points: float
    """Logarithm of the odds that the two are of one happening."""
    chance: float
    """The same as a chance, 0 to 1."""

    def waterfall(self) -> tuple[tuple[str, float, float], ...]:
        """Return the bars to draw: name, where the bar starts, where it ends; unit as ``points``."""
        bars: list[tuple[str, float, float]] = []
        level = 0.0
        for part in self.parts:
            if part.points:
                bars.append((part.name, level, level + part.points))
                level += part.points
        return tuple(bars)

    def __str__(self) -> str:
        reasons = ", ".join(f"{part.name} {part.points:+.1f}" for part in self.parts if part.points)
        return f"{self.points:+.1f} = {reasons}"


@dataclass(frozen=True, kw_only=True)
class SamenessJudgement:
    """A person's decision that two records are, or are not, of one happening. It always wins."""

    verdict: Verdict
    left: str
    right: str
    by: str
    at: datetime
    """Of two judgements that cannot both hold, the later one holds."""
    reason: str = ""

    @cached_property
    def id(self) -> str:
        """Hash of what was decided, by whom and when."""
        pair = sorted((self.left, self.right))
        return make_id("j", self.verdict, *pair, self.by, self.at.isoformat(), self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What shows that two reports, or the words that both quote, are of one origin."""

    by: str
    """``passages``, ``mark`` or ``statement``."""
    left: str
    """Id of the document printed first."""
    right: str
    left_span: Span | None
    """Where the words stand; None where the outlet itself is the agency."""
    right_span: Span | None
    left_words: str
    right_words: str
    share: float
    """How much of the shorter report, or quotation, stands in the other: 0 to 1."""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class OriginWords:
    """Words of a report that show its origin."""

    document_id: str
    span: Span | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOrigin:
    """One origin of what is claimed, with the outlets that have it from there."""

    name: str
    """The speaker; the agency or outlet whose text it is."""
    by: str
    """``statement`` (a speaker's), ``mark``, ``passages``, or ``alone`` for a report by its own hand."""
    outlets: tuple[str, ...]
    document_ids: tuple[str, ...]
    claim_ids: tuple[str, ...]
    shown: tuple[OriginWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """By whom something is told: outlets, and the origins that they have it from."""

    outlets: tuple[str, ...]
    origins: tuple[ToldOrigin, ...]

    def __str__(self) -> str:
        def count(number: int, word: str) -> str:
            return f"{number} {word}{'' if number == 1 else 's'}"

        return f"told by {count(len(self.outlets), 'outlet')}, {count(len(self.origins), 'origin')}"


@dataclass(frozen=True, kw_only=True)
class StatementOrigin:
    """One statement, in however many outlets: a speaker, an act, a day, one happening.

    Ten papers that print one ministry's communiqué are one origin; so are ten copies of one agency's
    report.
    """

    speaker: str
    """Root of the speaker; ``report`` and a document's id for an outlet's own voice."""
    act: str
    """``affirms`` or ``denies``."""
    first_day: str | None
    """First day it was carried, ISO; None where no carrier is dated."""
    claim_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    """The documents that carried it, in order of publication."""

    @cached_property
    def id(self) -> str:
        """Hash of the claims it gathers."""
        return make_id("o", self.speaker, self.act, list(self.claim_ids))
