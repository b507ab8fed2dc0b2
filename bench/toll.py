"""Tolls: what the figures about one happening come to, as a range over its sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counterclaim.records.claim import Casualty, Claim, Outcome

Figure = tuple[Claim, Casualty]


@dataclass(frozen=True, slots=True)
class Toll:
    """How many one happening is said to have cost, from the least to the most that anyone says."""

    low: int | None
    high: int | None
    claims: tuple[Claim, ...]
    """The figures it rests on."""


WHOLE = 0.7
"""Share of the largest figure below which another speaks of a part of the dead, as a rule of thumb."""


def incident_toll(
    claims: Iterable[Claim],
    outcome: Outcome = "killed",
    *,
    leave_out: frozenset[str] = frozenset({"military", "paramilitary"}),
) -> Toll | None:
    """Return the range of one happening's toll over its sources.

    Figures that divide a larger one do not count again; persons told one by one count where no
    total is told; running totals of a war are another matter and are left out. The least and
    the most are those of any source: no average is made, and none is preferred.

    Args:
        claims: Claims about one happening.
        outcome: Which harm.
        leave_out: Categories that are not asked for.

    Returns:
        The range with its figures; None where no figure is told.

    Source:
        docs/codebook/casualties.md, rules R7 and R11.
    """
    figures = [
        (claim, claim.payload)
        for claim in claims
        if isinstance(claim.payload, Casualty)
        and claim.payload.outcome == outcome
        and claim.payload.category not in leave_out
        and claim.payload.measure in {"incident", "new"}
        and claim.payload.part_of is None
    ]
    if not figures:
        return None
    totals = _totals(figures)
    if not totals:
        return Toll(len(figures), len(figures), tuple(claim for claim, _ in figures))
    lows = [low for _, figure in totals if (low := figure.count.low) is not None]
    highs = [
        high
        for _, figure in totals
        if (high := figure.count.high if figure.count.high is not None else figure.count.said)
        is not None
    ]
    return Toll(
        min(lows, default=None), max(highs, default=None), tuple(claim for claim, _ in totals)
    )


def _totals(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that speak of the whole: not one person of many, not a part of the dead."""
    told = [item for item in figures if (item[1].count.said or 0) > 1]
    plain = [item for item in told if item[1].subgroup is None] or told
    most = max((item[1].count.said or 0 for item in plain), default=0)
    return [item for item in plain if (item[1].count.said or 0) >= WHOLE * most]
