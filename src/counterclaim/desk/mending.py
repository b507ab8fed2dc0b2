"""Mending: a claim as people corrected it, beside the claim as it was read, which stays."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from counterclaim.atlas.candidates import as_place, find_candidates
from counterclaim.atlas.load import load_atlas
from counterclaim.errors import CounterclaimError
from counterclaim.records.attribution import STANCES, Stance
from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    Claim,
    Event,
    Position,
    PositionAct,
    Relation,
    Telling,
    Withheld,
)
from counterclaim.records.count import Count, exactly
from counterclaim.records.judgement import MENDABLES, Judgement, Mendable
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time, bounds
from counterclaim.resolve.names import known_party

LONGEST = 200
"""Characters of a correction."""

MOST = 10_000_000
"""Persons in one number."""


class CorrectionError(CounterclaimError):
    """A correction cannot be read, or the claim has no such field."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A claim with its corrections applied, and which they are."""

    claim: Claim
    corrections: tuple[Judgement, ...] = ()
    """The latest of each field, in the order of ``MENDABLES``."""


def mendables_of(claim: Claim) -> tuple[Mendable, ...]:
    """Give the fields of a claim that can be corrected."""
    payload = claim.payload
    found: dict[Mendable, bool] = {
        "speaker": True,
        "stance": True,
        "side": isinstance(payload, Casualty),
        "number": isinstance(payload, Casualty),
        "place": isinstance(payload, Event | Casualty | Ceasefire),
        "time": isinstance(payload, Event | Casualty | Ceasefire | Withheld),
    }
    return tuple(name for name in MENDABLES if found[name])


def value_of(claim: Claim, name: Mendable) -> str:
    """Give a field as words that ``mend`` reads back; empty where nothing was read."""
    payload: Any = claim.payload
    match name:
        case "speaker":
            return print_parties(claim.speakers)
        case "stance":
            return claim.stance
        case "side":
            return print_parties(payload.side)
        case "number":
            return print_count(payload.count)
        case "place":
            return payload.place.name if payload.place else ""
        case "time":
            time: Time | None = getattr(payload, _time_field(claim))
            return time.value if time else ""


def mend(claim: Claim, name: Mendable, words: str) -> Claim:
    """Give a claim with one field corrected.

    Args:
        claim: As read, or as corrected before.
        name: One of ``mendables_of(claim)``.
        words: The new value: parties joined by `` & ``, a stance, a number (``40``, ``at least 40``,
            ``40-45``, ``up to 45``, ``not stated``), a place's name, a day (``2020-10-14``) or range.

    Raises:
        CorrectionError: If the words cannot be read so, or the claim has no such field.
    """
    if name not in mendables_of(claim):
        raise CorrectionError(f"a {claim.kind} claim has no {name} to correct")
    words = " ".join(words.split())
    if len(words) > LONGEST or not words.isprintable():
        raise CorrectionError(f"a correction has at most {LONGEST} characters, all printable")
    return _MENDERS[name](claim, words)


def as_mended(claim: Claim, judgements: Sequence[Judgement]) -> Mended:
    """Apply the standing corrections about a claim; of each field the latest holds.

    Args:
        claim: As filed.
        judgements: Those that stand, oldest first; others than corrections of a field are passed over.
    """
    latest: dict[Mendable, Judgement] = {}
    for item in judgements:
        if item.field is not None and item.after is not None and item.subject == claim.id:
            latest[item.field] = item
    mended, applied = claim, []
    for name in mendables_of(claim):
        if name in latest:
            with suppress(
                CorrectionError
            ):  # filed past the desk: it stands in the trail, unapplied
                mended = mend(mended, name, latest[name].after or "")
                applied.append(latest[name])
    return Mended(mended, tuple(applied))


def check_correction(claim: Claim, judgements: Sequence[Judgement], said: Judgement) -> None:
    """Pass if a correction can be read, and was made on what the ledger says now.

    Args:
        claim: As filed.
        judgements: Those about it that stand, oldest first.
        said: The correction.

    Raises:
        CorrectionError: If it cannot be read, or somebody else corrected the field meanwhile.
    """
    if said.field is None:
        return
    now = as_mended(claim, judgements).claim
    mend(now, said.field, said.after or "")
    if value_of(now, said.field) != said.before:
        raise CorrectionError(
            f"the {said.field} was changed meanwhile: look at the claim again, then correct it"
        )


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


OWN_ROLES = ("holders", "owners", "breach_alleged_by")
"""Fields of payloads that name the speaker again: who wants, withholds or alleges."""

TELLINGS: Mapping[Stance, Telling] = MappingProxyType(
    {
        "deny": "denied",
        "admit": "admitted",
        "confirm": "admitted",
        "state": "alleged",
        "accuse": "alleged",
        "allege": "alleged",
        "demand": "demanded",
        "appeal": "demanded",
        "promise": "foretold",
        "threaten": "foretold",
        "warn": "foretold",
        "predict": "foretold",
    }
)
"""How an event is told under a stance, as ``coders/telling.py`` reads it."""

ACTS: Mapping[Stance, PositionAct] = MappingProxyType(
    {
        "demand": "demand",
        "appeal": "appeal",
        "threaten": "threaten",
        "promise": "commit",
        "reject": "refuse",
    }
)
"""The act of a position that a stance names."""


def _mend_speaker(claim: Claim, words: str) -> Claim:
    """Set who says it; whatever else the claim gave to the speaker follows."""
    parties = _known(parse_parties(words), claim)
    payload: Any = claim.payload
    own: dict[str, Any] = {
        name: parties
        for name in OWN_ROLES
        if claim.speakers and getattr(payload, name, None) == claim.speakers
    }
    if isinstance(payload, Casualty):
        own["relation"] = _relation(claim, parties, payload.side)
    mended = claim.corrected(speakers=parties)
    return _with(mended, **own) if own else mended


def _mend_stance(claim: Claim, words: str) -> Claim:
    """Set what the speaker does by saying it; how an event is told and what a position does follow."""
    stance = next((item for item in STANCES if item == words), None)
    if stance is None:
        raise CorrectionError(f"stance {words!r} is unknown: choose one of {', '.join(STANCES)}")
    mended = claim.corrected(stance=stance)
    if stance == claim.stance:
        return mended
    if isinstance(claim.payload, Event) and stance in TELLINGS:
        return _with(mended, telling=TELLINGS[stance])
    if isinstance(claim.payload, Position) and stance in ACTS:
        return _with(mended, act=ACTS[stance])
    return mended


def _mend_side(claim: Claim, words: str) -> Claim:
    side = _known(parse_parties(words), claim)
    return _with(claim, side=side, relation=_relation(claim, claim.speakers, side))


def _relation(claim: Claim, speakers: Sequence[Party], side: Sequence[Party]) -> Relation:
    """Say how who counts stands to whose loss it is, after a correction of either.

    Own and no reporter follow from the names. Whether another party is an enemy was read from the whole
    report: it is kept where the claim said so and both are still others, else a third party is assumed.
    """
    if not speakers:
        return "narrator" if claim.attribution_id is None else "third"
    if {party.root for party in speakers} & {party.root for party in side}:
        return "self"
    was: Relation = claim.payload.relation if isinstance(claim.payload, Casualty) else "third"
    return "enemy" if was == "enemy" else "third"


def _known(parties: Sequence[Party], claim: Claim) -> tuple[Party, ...]:
    """Give parties what is known of their names: from the claim itself, else from the lexicon."""
    payload: Any = claim.payload
    held = [*claim.speakers, *getattr(payload, "side", ()), *getattr(payload, "actors", ())]
    found = []
    for party in parties:
        named = next((item for item in held if item == party), None)
        root = named or known_party(party.root)
        kind, country = (root.kind, root.country) if root else ("unknown", None)
        found.append(Party(party.root, party.unit, kind, country))
    return tuple(found)


def _mend_number(claim: Claim, words: str) -> Claim:
    return _with(claim, count=parse_count(words))


def _mend_place(claim: Claim, words: str) -> Claim:
    old: Place | None = getattr(claim.payload, "place", None)
    if old is not None and old.name == words:
        return claim
    return _with(claim, place=_find_place(words, old) if words else None)


def _find_place(words: str, old: Place | None) -> Place:
    """Look a place's name up; of several the likeliest, first among those of the country read before."""
    candidates = find_candidates(load_atlas().gazetteer, words)
    near = [item for item in candidates if old is not None and item.country == old.country]
    best = max(near or candidates, key=lambda item: (item.prior, item.id), default=None)
    return Place(name=words) if best is None else as_place(best, words)


def _mend_time(claim: Claim, words: str) -> Claim:
    return _with(claim, **{_time_field(claim): parse_time(words)})


def _with(claim: Claim, **fields: Any) -> Claim:
    payload: Any = claim.payload
    return claim.corrected(payload=replace(payload, **fields))


def _time_field(claim: Claim) -> str:
    """Give the name of the field that holds a claim's time."""
    match claim.payload:
        case Casualty():
            return "as_of" if claim.payload.as_of is not None else "period"
        case Ceasefire():
            return "effective"
        case Withheld():
            return "since"
    return "time"


_MENDERS: Mapping[Mendable, Callable[[Claim, str], Claim]] = MappingProxyType(
    {
        "speaker": _mend_speaker,
        "stance": _mend_stance,
        "side": _mend_side,
        "number": _mend_number,
        "place": _mend_place,
        "time": _mend_time,
    }
)
