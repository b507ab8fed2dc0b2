"""Captions: what a casualty chart says in words, over the picture and to those who cannot see it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counterclaim.charts.chart_data import (
    OUTCOME_TITLES,
    ChartLine,
    kept_back,
    label_of,
    write_day,
    write_days,
)
from counterclaim.charts.layout import LETTER, MOST_LINES, Layout
from counterclaim.records.account import Account, TotalLine
from counterclaim.records.claim import Outcome


def describe(account: Account, every: Mapping[Outcome, Sequence[ChartLine]]) -> str:
    """Say in words what the chart shows, for those who cannot see it."""
    latest = [
        f"{line.label}: {line.points[-1].words} {OUTCOME_TITLES[outcome].lower()} by {line.points[-1].day}"
        for outcome, lines in every.items()
        for line in lines[:MOST_LINES]
    ]
    kept = [f"{row.label}: not disclosed from {row.start}" for row in kept_back(account)]
    return "; ".join((*latest, *kept)) or "No running total with a day."


def subtitle_of(account: Account, layout: Layout | None, width: int) -> list[str]:
    """Say what the sum is and what the picture leaves out, in lines that fit its width."""
    parts = [
        f"Total killed, own counts: {write_days(_sum_words(total))}." for total in account.totals
    ]
    if account.known_on is not None:
        parts.append(f"As known on {write_day(account.known_on)}.")
    if layout and _leaves_earlier(account, layout):
        parts.append("Losses of earlier wars: in the table.")
    left_out = [label for panel in layout.panels for label in panel.left_out] if layout else []
    if left_out:
        parts.append(f"None at all, in the table: {', '.join(left_out)}.")
    return [line for part in parts for line in _wrapped(part, max(20, int(width / LETTER)))][:6]


def _leaves_earlier(account: Account, layout: Layout) -> bool:
    drawn = {line.label for panel in layout.panels for line in panel.every}
    return any(
        label_of(series) not in drawn
        for series in account.series
        if series.is_background and not (series.is_part or series.is_inferred)
    )


def _sum_words(total: TotalLine) -> str:
    """Write a sum with its parts; what it leaves out is counted here, and named beside the picture."""
    left_out = len(total.excludes)
    words = str(replace(total, excludes=()))
    return f"{words}; {left_out} left out" if left_out else words


def _wrapped(words: str, letters: int) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
