"""Reading: what the heads choose from, and the windows of a report that they read."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

OUTCOMES = ("none", "killed", "wounded", "missing", "captured", "displaced", "other")
CATEGORIES = ("military", "civilian", "mixed", "unspecified")
SCOPES = ("incident", "new", "cumulative")
ATTRIBUTIONS = ("party", "opponent", "third_party", "author")
BACKGROUND = ("current", "background")
EVENT_TYPES = (
    "none", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "MOBILIZE", "COERCE",
    "SANCTION", "PROTEST", "ASSAULT",
)  # fmt: skip
TOLD = ("fact", "alleged", "admitted", "denied", "demanded", "foretold")
STATUSES = (
    "none", "agreed", "in force", "violated", "collapsed", "called for", "proposed", "rejected", "extended", "expired",
)  # fmt: skip
STANCES = (
    "state", "confirm", "admit", "deny", "accuse", "allege", "demand", "appeal", "promise", "threaten", "warn",
    "predict", "reject", "withhold", "correct",
)  # fmt: skip
ROLES = ("side", "M", "T", "?")
"""Roles of a party: a side of the conflict, a mediator, any other, one of no stated owner."""

TAGS = {
    "outcome": len(OUTCOMES),
    "event": len(EVENT_TYPES),
    "truce": len(STATUSES),
    "withheld": 2,
    "party": 2,
}
"""Heads that label every piece, and how many labels they have."""
CHOICES = {
    "outcome": len(OUTCOMES), "category": len(CATEGORIES), "scope": len(SCOPES), "attribution": len(ATTRIBUTIONS),
    "background": 2, "told": len(TOLD), "truce_background": 2, "stance": len(STANCES), "role": len(ROLES),
}  # fmt: skip
"""Heads that label a span."""
POINTERS = (
    "side", "reporter", "part_of", "loss_place", "loss_day", "agent", "target", "teller", "event_place", "event_time",
    "truce_party", "broker", "breach", "owner", "speaker", "addressee", "antecedent",
    "side_name", "reporter_name", "agent_name", "target_name", "speaker_name", "addressee_name", "named",
)  # fmt: skip
"""Heads that point from a span to pieces of the window, or to one of SPECIALS. Those that end in ``_name`` point
past "the rebels" and "his men" to where the party's name stands; ``named`` does so from any words for a party."""
SPECIALS = ("none", "both")
"""Where a pointer may point besides pieces: to nothing that the text tells; to all sides together
(for an antecedent: to no stated owner)."""

OVERLAP = 96
"""Pieces that neighbouring windows share."""

NUMERAL = re.compile(
    r"\d[\d,.  ]*\d|\d|(?<![\w])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"millions?|billions?|dozens?|scores|tens|several|half|couple|few|many)(?:[- ](?:and[- ])?(?:one|two|three|four|five|six|"
    r"seven|eight|nine|hundred|thousand|million|dozen))*(?![\w])",
    re.IGNORECASE,
)
"""Numbers as digits or words, without their qualifiers."""

Pieces = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReportWindow:
    """A stretch of a report as the encoder reads it: ``[CLS] heading [SEP] text [SEP]``."""

    ids: tuple[int, ...]
    offsets: tuple[Pieces, ...]
    """Characters of each piece in the report, half-open; (-1, -1) for marks and the heading."""
    heading: Pieces | None
    """Pieces of the heading: who publishes the report."""
    core: Pieces
    """Pieces that this window, and not a neighbour, speaks for."""
    _before: int = field(init=False, repr=False, compare=False)
    """How many marks and pieces of the heading stand before the first piece of the report."""
    _firsts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """First character of each piece of the report; they never fall."""
    _lasts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Character behind each piece of the report; they never fall."""

    def __post_init__(self) -> None:
        """Note where pieces begin and end, so that those of a span need not be looked for one by one."""
        told = [pair for pair in self.offsets if pair[0] >= 0]
        before = next((index for index, pair in enumerate(self.offsets) if pair[0] >= 0), 0)
        object.__setattr__(self, "_before", before)
        object.__setattr__(self, "_firsts", tuple(first for first, _ in told))
        object.__setattr__(self, "_lasts", tuple(last for _, last in told))

    def pieces_of(self, start: int, end: int) -> Pieces | None:
        """Return the pieces that meet characters of the report; None where the window lacks them."""
        first = bisect_right(self._lasts, start)
        behind = bisect_left(self._firsts, end)
        return (self._before + first, self._before + behind) if first < behind else None


def cut_windows(
    tokenizer: "Tokenizer", text: str, *, heading: str | None = None, most: int = 320
) -> Iterator[ReportWindow]:
    """Cut a report into windows that overlap, each ending with a paragraph or sentence where it can.

    Args:
        tokenizer: Of the encoder.
        text: The report.
        heading: Who publishes it; stands before every window.
        most: Pieces a window may have, marks and heading counted.
    """
    mark, stop = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if mark is None or stop is None:
        msg = "the tokenizer has no [CLS] or [SEP]: it belongs to another encoder"
        raise ValueError(msg)
    head = list(tokenizer.encode(heading, add_special_tokens=False).ids[:12]) if heading else []
    before = [mark, *head, stop] if head else [mark]
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, offsets = encoding.ids, encoding.offsets
    room = most - len(before) - 1
    start, spoken = 0, 0
    while start < len(ids) or not ids:
        end = _end(text, offsets, start, start + room)
        shift = len(before) - start
        upto = len(ids) if end >= len(ids) else end - OVERLAP // 2
        yield ReportWindow(
            ids=(*before, *ids[start:end], stop),
            offsets=(*[(-1, -1)] * len(before), *offsets[start:end], (-1, -1)),
            heading=(1, 1 + len(head)) if head else None,
            core=(spoken + shift, upto + shift),
        )
        if end >= len(ids):
            return
        spoken, start = upto, end - OVERLAP


def _end(text: str, offsets: Sequence[Pieces], start: int, end: int) -> int:
    """Return the best piece to end a window before."""
    if end >= len(offsets):
        return len(offsets)
    for stops in ("\n", ".!?"):
        for at in range(end, end - (end - start) // 4, -1):
            between = text[offsets[at - 1][1] - 1 : offsets[at][0]]
            if any(stop in between for stop in stops) and offsets[at][0] > offsets[at - 1][1]:
                return at
    return end


def numeral_in(text: str, start: int, end: int) -> Pieces:
    """Return the numeral of a number expression, without its qualifier; the whole where there is none."""
    found = NUMERAL.search(text, start, end)
    return (found.start(), found.end()) if found else (start, end)
