"""Divided counts: persons told one by one right behind the number that counts them all.

Source:
    docs/codebook/casualties.md: parts never add to their whole (R7).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.problem import Step

_OPENS = re.compile(
    r"[^.;,:()–—\d]{0,60}?(?:,|:|\(|\s[-–—]{1,2}\s)\s*(?:all\s+|both\s+|among them\s+)?\Z"
)
"""What stands between a number and the first of its parts: the persons counted, and one mark."""
_GOES_ON = re.compile(r"[^.;:]{0,90}?(?:,|\band\b)\s*\Z")
"""What stands between two parts."""
_ANOTHER = re.compile(
    r"\b(?:another|more|other|further|separately|while|whereas|meanwhile)\b", re.IGNORECASE
)
REACH = 90
"""Characters from one part to the next."""


def mark_parts(setting: DocumentContext, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark figures that divide the one before them without a word that says so.

    Accepts, behind a number N of two or more and one mark:
      1. numbers that sum to N          "**Five people, three soldiers and two civilians**, were killed"
      2. persons with an article        "**Two brothers, a boy of nine** and ..., were killed"; never more than N
      3. the same behind a colon        "**Two children** were killed**: a boy** of 16 **and a girl** of four"

    Args:
        setting: The document's.
        claims: Casualty figures, in reading order.
    """
    wholes: dict[str, Claim] = {}
    for at, whole in enumerate(claims):
        for part in _parts_of(setting.document.text, whole, claims[at + 1 :]):
            wholes[part.id] = whole
    return tuple(
        _divided(claim, wholes[claim.id]) if claim.id in wholes else claim for claim in claims
    )


def _parts_of(text: str, whole: Claim, later: Sequence[Claim]) -> list[Claim]:
    size = _size(whole)
    if size is None or size < 2 or _is_part(whole):
        return []
    found: list[Claim] = []
    last = whole
    for claim in later:
        if not _may_divide(text, whole, last, claim):
            break
        found.append(claim)
        last = claim
    total = sum(_size(claim) or 0 for claim in found)
    singles = all(_size(claim) == 1 for claim in found)
    return found if found and (total == size or (singles and total < size)) else []


def _may_divide(text: str, whole: Claim, last: Claim, claim: Claim) -> bool:
    size = _size(claim)
    if size is None or _is_part(claim) or not isinstance(claim.payload, Casualty):
        return False
    assert isinstance(whole.payload, Casualty)
    if claim.sentence != whole.sentence or claim.payload.outcome != whole.payload.outcome:
        return False
    between = text[last.span.end : claim.span.start]
    if len(between) > REACH or _ANOTHER.search(between):
        return False
    return (_OPENS if last is whole else _GOES_ON).fullmatch(between) is not None


def _size(claim: Claim) -> int | None:
    """Return the exact number of a figure; None where it has none."""
    if not isinstance(claim.payload, Casualty):
        return None
    count = claim.payload.count
    return count.low if count.low == count.high else None


def _is_part(claim: Claim) -> bool:
    return isinstance(claim.payload, Casualty) and (
        claim.payload.part_of is not None or claim.payload.supersedes is not None
    )


def _divided(claim: Claim, whole: Claim) -> Claim:
    assert isinstance(claim.payload, Casualty)
    assert isinstance(whole.payload, Casualty)
    return replace(
        claim,
        payload=replace(claim.payload, part_of=whole.span, measure=whole.payload.measure),
        trace=(*claim.trace, Step("coders", "divides", whole.quote, whole.span)),
    )
