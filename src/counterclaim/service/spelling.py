"""Spelling: how a reviewer writes parties, numbers and times, and how they are read back."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from counterclaim.errors import CounterclaimError
from counterclaim.records.claim import Claim
from counterclaim.records.count import Count, exactly
from counterclaim.records.party import Party
from counterclaim.records.time import Time, bounds
from counterclaim.resolve.known_names import known_party

MOST = 10_000_000
"""Persons in one number."""


class CorrectionError(CounterclaimError):
    """A correction cannot be read, or the claim has no such field."""


def print_parties(parties: Sequence[Party]) -> str:
    """Write parties as ``parse_parties`` reads them; an ``&`` inside a name becomes ``and``."""
    return " & ".join(str(party).replace("&", "and") for party in dict.fromkeys(parties))


def parse_parties(words: str) -> tuple[Party, ...]:
    """Read parties: ``Azerbaijan/Ministry of Defence & Armenia``. Empty words are nobody."""
    found = []
    for part in words.split("&") if words.strip() else ():
        root, slash, unit = part.strip().partition("/")
        if not root.strip():
            raise CorrectionError(f"{words!r}: a party has a name between each two &")
        if slash and not unit.strip():
            raise CorrectionError(f"{words!r}: behind the / stands a unit; leave it out for none")
        found.append(Party(root.strip(), unit.strip() or None))
    return tuple(dict.fromkeys(found))


_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,8})"
_COUNTS: tuple[tuple[re.Pattern[str], Callable[[Sequence[int]], Count]], ...] = (
    (re.compile(_NUMBER), lambda n: exactly(n[0])),
    (re.compile(rf"more than\s*{_NUMBER}"), lambda n: Count(n[0] + 1, None, "at_least", n[0])),
    (re.compile(rf"(?:at least|≥)\s*{_NUMBER}"), lambda n: Count(n[0], None, "at_least", n[0])),
    (re.compile(rf"(?:up to|at most|≤)\s*{_NUMBER}"), lambda n: Count(0, n[0], "at_most", n[0])),
    (re.compile(rf"{_NUMBER}\s*(?:-|–|to|\.\.)\s*{_NUMBER}"), lambda n: Count(n[0], n[1], "range")),
)


def print_count(count: Count) -> str:
    """Write a count as ``parse_count`` reads it."""
    return str(count)


def parse_count(words: str) -> Count:
    """Read a number of persons as a reviewer writes it.

    Raises:
        CorrectionError: If it is none.
    """
    if words.casefold() in {"", "not stated"}:
        return Count(None, None, "unstated")
    for pattern, make in _COUNTS:
        match = pattern.fullmatch(words.casefold())
        if match is None:
            continue
        numbers = [int(group.replace(",", "")) for group in match.groups()]
        if numbers == sorted(numbers) and numbers[-1] <= MOST:
            return make(numbers)
    raise CorrectionError(
        f"{words!r} is no number of persons: write 40, at least 40, up to 45, 40-45 or not stated"
    )


def parse_time(words: str) -> Time | None:
    """Read a time: a day, week, month or year, or two with a slash; empty words are none."""
    if not words:
        return None
    first, last = bounds(words)
    if (first, last) == (None, None):
        raise CorrectionError(f"{words!r} is no time: write 2020-10-14, 2020-10 or 2020-09-27/")
    if first is not None and last is not None and first > last:
        raise CorrectionError(f"{words!r} ends before it begins")
    return Time(words)


def known_parties(parties: Sequence[Party], claim: Claim) -> tuple[Party, ...]:
    """Add to parties what is known of their names: from the claim itself, else from the lexicon."""
    payload: Any = claim.payload
    held = [*claim.speakers, *getattr(payload, "side", ()), *getattr(payload, "actors", ())]
    found = []
    for party in parties:
        named = next((item for item in held if item == party), None)
        root = named or known_party(party.root)
        kind, country = (root.kind, root.country) if root else ("unknown", None)
        found.append(Party(party.root, party.unit, kind, country))
    return tuple(found)
