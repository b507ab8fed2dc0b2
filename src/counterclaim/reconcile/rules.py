"""Rules: each numbered rule of the casualty account, in a sentence, with the function that holds it.

Source: docs/casualties.md, which says the same at length. A test walks the table: every function named
here exists, and every rule has a test that names it.
"""

from dataclasses import dataclass

_HERE = "counterclaim.reconcile"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its number, what it says, and where it is held."""

    number: str
    says: str
    held_by: str
    """Dotted name of the function."""


RULES: tuple[Rule, ...] = (
    Rule(
        "R1",
        "own, enemy's and others' counts are different series, never mixed or averaged",
        f"{_HERE}.claims.line_of",
    ),
    Rule(
        "R2",
        "another N is new; it covers its reporting day, or the hours that are stated",
        f"{_HERE}.claims.days_of",
    ),
    Rule(
        "R3",
        "a total that includes a new figure is never added to it",
        f"{_HERE}.series.derive_previous",
    ),
    Rule(
        "R4",
        "the total before a new figure is the total less that figure, derived, a check value",
        f"{_HERE}.series.derive_previous",
    ),
    Rule(
        "R5",
        "an as-of day comes from the words, else from the report, else from publication",
        f"{_HERE}.claims.days_of",
    ),
    Rule(
        "R6",
        "a total of people equals the sum of its categories only where the source says so",
        f"{_HERE}.checks.check_series",
    ),
    Rule("R7", "parts of a number never add to it", f"{_HERE}.totals.total_over_sides"),
    Rule(
        "R8",
        "killed, wounded and killed or wounded are different outcomes",
        f"{_HERE}.claims.key_of",
    ),
    Rule(
        "R9",
        "an incident inside a series' period is presumed in it; the larger of total and sum is shown",
        f"{_HERE}.account.running_total",
    ),
    Rule(
        "R10",
        "incidents are one by side, days and place; unsure ones count once in low, twice in high",
        f"{_HERE}.incidents.same_incident",
    ),
    Rule(
        "R11",
        "several sources of one figure give a range, and a best number for a stated reason",
        f"{_HERE}.incidents.range_of",
    ),
    Rule(
        "R12",
        "a later number of the same origin supersedes the earlier; both are kept",
        f"{_HERE}.origins.settle",
    ),
    Rule(
        "R13",
        "a falling total is a revision, never negative deaths",
        f"{_HERE}.series.find_revisions",
    ),
    Rule("R14", "the checks C1 to C8 find what does not close", f"{_HERE}.account.reconcile"),
    Rule(
        "R15",
        "claims are never interpolated; days that are filled in are derived",
        f"{_HERE}.series.fill_days",
    ),
    Rule(
        "R16",
        "a total across sides names what it leaves out, and is then at least",
        f"{_HERE}.totals.total_over_sides",
    ),
    Rule(
        "R17",
        "an undisclosed figure is a row with a start and an end",
        f"{_HERE}.withheld.find_withheld",
    ),
    Rule(
        "R18",
        "persons who move from missing to dead stay in both series, linked",
        f"{_HERE}.checks.check_figures",
    ),
    Rule(
        "R19",
        "rounded or vague numbers never replace an exact one for the same day",
        f"{_HERE}.origins.settle",
    ),
    Rule("R20", "counts in different places are different series", f"{_HERE}.claims.key_of"),
    Rule(
        "R21",
        "nationality is not side: foreign fighters are a subgroup of the side they fought for",
        f"{_HERE}.claims.key_of",
    ),
    Rule(
        "R22",
        "an enemy's count never enters a side's own total",
        f"{_HERE}.totals.total_over_sides",
    ),
    Rule(
        "R23",
        "a repeated number keeps the day of its first origin",
        f"{_HERE}.origins.find_origins",
    ),
    Rule(
        "R24",
        "exports take lows for minimal counts and bests by side for estimates",
        f"{_HERE}.exchange.exchange_counts",
    ),
    Rule(
        "C1",
        "the rise of a total equals the new figures of the same days",
        f"{_HERE}.series.find_gaps",
    ),
    Rule("C2", "low, best and high are in order", f"{_HERE}.checks.check_range"),
    Rule("C3", "parts are no more than their whole", f"{_HERE}.checks.check_series"),
    Rule("C4", "totals do not fall unless they are revised", f"{_HERE}.series.find_revisions"),
    Rule("C5", "categories sum to no more than an undivided total", f"{_HERE}.checks.check_series"),
    Rule(
        "C6",
        "a side's own total stands beside its enemy's count of it",
        f"{_HERE}.checks.check_series",
    ),
    Rule(
        "C7", "a period does not reach back over the last report", f"{_HERE}.series.check_periods"
    ),
    Rule("C8", "nothing counts days after its publication", f"{_HERE}.checks.check_figures"),
)
"""All rules, in order."""
