"""Losses: what a format could not carry, counted by field, with the ids of the claims."""

import json
from collections.abc import Collection
from typing import Any

from counterclaim.records.flat import FlatRow

EXAMPLES = 3
"""Kinds of loss that the line on the screen names."""

KINDS = {
    "event": "an event",
    "casualty": "a casualty figure",
    "ceasefire": "a ceasefire",
    "position": "a demand or offer",
    "withheld": "a silence",
}
"""How a kind of claim is called where a format has no place for it."""


class Losses:
    """What became of the claims on their way out."""

    def __init__(self, format_: str, carries: Collection[str]) -> None:
        """Begin a report.

        Args:
            format_: Name of the format.
            carries: Columns of the flat table that the format has a place for.
        """
        self.format = format_
        self._carries = frozenset(carries)
        self.written = 0
        self.dropped: dict[str, list[str]] = {}
        self.skipped: dict[str, list[str]] = {}
        self.unfilled: dict[str, int] = {}

    def carry(self, row: FlatRow, lost: Collection[str] = ()) -> None:
        """Note what of a claim was left behind.

        Args:
            row: The claim, which is written.
            lost: Columns that the format has a place for, and that this claim could not fill.
        """
        self.written += 1
        for name, value in row.items():
            is_empty = value is None or value is False or value in ([], "")
            if not is_empty and (name not in self._carries or name in lost):
                self.dropped.setdefault(name, []).append(str(row["id"]))

    def skip(self, row: FlatRow, why: str) -> None:
        """Note that a claim has no place in the format at all."""
        self.skipped.setdefault(why, []).append(str(row["id"]))

    def leave_empty(self, *columns: str) -> None:
        """Note columns of the format that a ledger has nothing to fill with."""
        for name in columns:
            self.unfilled[name] = self.unfilled.get(name, 0) + 1

    def as_json(self) -> str:
        """Return the report as JSON."""
        told: dict[str, Any] = {
            "format": self.format,
            "claims_written": self.written,
            "claims_not_written": {
                why: {"claims": len(ids), "ids": ids} for why, ids in sorted(self.skipped.items())
            },
            "fields_not_carried": {
                name: {"claims": len(ids), "ids": ids} for name, ids in sorted(self.dropped.items())
            },
            "columns_left_empty": dict(sorted(self.unfilled.items())),
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    def __str__(self) -> str:
        left = sum(map(len, self.skipped.values()))
        parts = [f"{self.format}: {self.written:,} claim{'' if self.written == 1 else 's'} written"]
        if left:
            why = max(self.skipped, key=lambda name: len(self.skipped[name]))
            most = len(self.skipped[why])
            rest = f", {left - most:,} for other reasons" if left > most else ""
            parts.append(f"{left:,} not ({most:,} because {why}{rest})")
        if self.dropped:
            named = sorted(self.dropped, key=lambda name: -len(self.dropped[name]))[:EXAMPLES]
            more = len(self.dropped) - len(named)
            rest = f" and {more} more fields" if more > 0 else ""
            parts.append(f"not carried: {', '.join(named)}{rest}")
        return "; ".join(parts)
