"""The parts of ``lexicon/discussion.yaml`` that this room reads, compiled once."""

import re
from dataclasses import dataclass
from functools import cache

from counterclaim.lexicon.load import read_rows


@dataclass(frozen=True, slots=True)
class Sign:
    """One lexicon entry: a pattern, what it means, and how much it weighs for what."""

    id: str
    pattern: re.Pattern[str]
    means: str
    type: str
    """Comment type an act speaks for; empty for other parts."""
    weight: float


@cache
def signs_of(part: str) -> tuple[Sign, ...]:
    """Return the entries of one part of the lexicon, in the file's order."""
    return tuple(
        Sign(
            row["id"],
            re.compile(row["pattern"]),
            row["means"],
            row.get("type", ""),
            float(row.get("weight", 0)),
        )
        for row in read_rows("discussion.yaml")
        if row["part"] == part
    )


def stands_in(part: str, text: str, *entries: str) -> bool:
    """Return whether any entry of a part, or any of those named, stands in the text."""
    return any(
        sign.pattern.search(text) for sign in signs_of(part) if not entries or sign.id in entries
    )
