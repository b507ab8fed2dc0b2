"""Rules: the twelve statuses as people read them.

Source: docs/codebook/statuses.md; ``check.status`` applies them.
"""

from dataclasses import dataclass
from typing import get_args

from counterclaim.records.finding import Status


@dataclass(frozen=True, slots=True)
class Rule:
    """One status: its number, its name, and when it is given."""

    number: int
    status: Status
    when: str


WHEN = (
    "every origin that affirmed it was taken back by its own speaker",
    "an origin of the doer's side and one of the opposing side affirm it; nobody denies",
    "the side that did it, or bore the loss, affirms; the other side is silent",
    "a side's claim is affirmed by the side that would rather deny it; the doer has not spoken",
    "it is affirmed and denied, not only by accuser and accused; or affirmations exclude each other",
    "only the accuser's side affirms, and the accused denies",
    "two or more origins of different alignment, nobody denies, the doer has not spoken",
    "two or more origins, all of one side",
    "one named origin, or the outlet's own reporting",
    "no named origin",
    "its owner is reported as not giving it, and has given no figure",
    "none of these",
)

RULES: tuple[Rule, ...] = tuple(
    Rule(number, status, when)
    for number, (status, when) in enumerate(zip(get_args(Status), WHEN, strict=True), 1)
)
"""In the order in which they are tried: the first that fits gives the status."""
