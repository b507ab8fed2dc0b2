"""Counts for exchange formats: what ACLED, UCDP and HXL would each make of figures.

Source: docs/casualties.md, rule R24.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.reconcile.incidents import choose_best, incident_count, latest_by_reporter
from counterclaim.records.casualty_figure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeCounts:
    """One incident's dead, as three kinds of data sets carry them. Unit: persons."""

    acled_fatalities: int
    """Lowest low over all sides; 0 where the words only say casualties."""
    ucdp_best: dict[str, int]
    """Best number by side; civilians and persons of no known side apart."""
    ucdp_low: int
    ucdp_high: int
    hxl_new: int | None
    hxl_cumulative: int | None


def exchange_counts(figures: Sequence[Figure]) -> ExchangeCounts:
    """Return one incident's counts in the three forms (R24).

    Args:
        figures: Of one incident, of all sides; those of other outcomes than killed are left out.
    """
    killed = [f for f in figures if f.key.outcome == "killed" and f.part_of is None]
    sides: dict[str, list[Figure]] = {}
    for figure in killed:
        sides.setdefault(_column(figure), []).append(figure)
    counts = {side: incident_count(items) for side, items in sides.items()}
    lows = sum(count.low or 0 for count in counts.values())
    highs = sum(count.low or 0 if count.high is None else count.high for count in counts.values())
    return ExchangeCounts(
        acled_fatalities=lows,
        ucdp_best={
            side: choose_best(latest_by_reporter(items))[0] or 0 for side, items in sides.items()
        },
        ucdp_low=lows,
        ucdp_high=highs,
        hxl_new=_sum(killed, {"new", "incident"}),
        hxl_cumulative=_sum(killed, {"cumulative"}),
    )


def _column(figure: Figure) -> str:
    """Return the UCDP column: the side for combatants, else civilians or unknown."""
    if figure.key.category == "civilian":
        return "civilians"
    return " & ".join(party.root for party in figure.key.side) or "unknown"


def _sum(figures: Sequence[Figure], measures: set[str]) -> int | None:
    chosen = [f.count.low for f in figures if f.measure in measures and f.count.low is not None]
    return sum(chosen) if chosen else None
