"""Link reasons: what speaks for and against one happening, in plain words and not as names of features."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterclaim.records.link import Link, ScorePart

STARTING = "constant"
"""What every comparison starts from: no reason of these two."""

DAYS_APART = "days apart"

LEAST = 0.05
"""Points below which a reason is not worth a word."""

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "same actor": ("by the same party", "by different parties"),
        "same recipient": ("done to, or suffered by, the same party", "done to different parties"),
        "same place": ("at the same place", "at different places"),
        "same region": ("in the same region", "in different regions"),
        "place within": ("one place lies within the other", "neither place lies in the other"),
        "same day": ("the days told fit each other", "the days told do not fit"),
        DAYS_APART: ("told of the same day", "{days} apart"),
        "same mode": ("done in the same way", "done in different ways"),
        "same word": ("told with the same word", "told with different words"),
        "wording": ("the sentences are worded alike", "the sentences are worded differently"),
        "story": ("the two reports tell one story", "the two reports tell different stories"),
        "same document": ("told in one report", "told in one report, as two"),
        "same sentence": ("told in one sentence", "told in one sentence, as two"),
        "answer": ("one answers the other", "neither answers the other"),
        "same terms": ("on the same terms", "on different terms"),
    }
)
"""By feature: in words where it speaks for one happening, and where it speaks against it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against one happening."""

    words: str
    points: float
    """What it adds. Unit: logarithm of odds; above 0 it speaks for one happening."""


def reasons_of(link: Link) -> tuple[Reason, ...]:
    """Return the reasons of a link, the weightiest first; their order is that of what they add."""
    found = [Reason(_told(part), part.points) for part in link.parts if _is_told(part)]
    return tuple(sorted(found, key=lambda item: -abs(item.points)))


def _is_told(part: ScorePart) -> bool:
    return part.name != STARTING and abs(part.points) >= LEAST


def _told(part: ScorePart) -> str:
    known = REASONS.get(part.name)
    if known is None:
        return part.name
    if part.name == DAYS_APART:
        days = round(math.expm1(part.value))
        return known[1].format(days=f"{days} day{'' if days == 1 else 's'}")
    return known[part.points < 0]
