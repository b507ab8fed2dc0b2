"""Rules: the twelve statuses as people read them.

Source: docs/codebook/statuses.md; ``check.status`` applies them.
"""

from dataclasses import dataclass

from counterclaim.records.finding import RULE_NUMBERS, Status


@dataclass(frozen=True, slots=True)
class StatusRule:
    """One status: its number, its name, and when it is given."""

    number: int
    status: Status
    when: str

    @property
    def is_first(self) -> bool:
        """Whether it is the first status that its rule gives: by it the rule is found on the page."""
        return (
            next(name for name, number in RULE_NUMBERS.items() if number == self.number)
            == self.status
        )


WHEN: tuple[str, ...] = (
    "every origin that affirmed it was taken back by its own speaker",
    "an origin of the doer's side and one of the opposing side affirm it; nobody denies",
    "the side that did it affirms it as its own act; the other side is silent",
    "a side reports its own losses: it tells them, and admits nothing",
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

RULES: tuple[StatusRule, ...] = tuple(
    StatusRule(number, status, when)
    for (status, number), when in zip(RULE_NUMBERS.items(), WHEN, strict=True)
)
"""In the order in which they are tried: the first that fits gives the status."""
