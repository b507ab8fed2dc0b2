"""Corrected claims: a claim as people corrected it, beside the claim as it was read, which stays."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from counterclaim.atlas.candidates import as_place, find_candidates
from counterclaim.atlas.load import load_atlas
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
from counterclaim.records.judgement import MENDABLES, Judgement, Mendable
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.service.fields import FIELDS, has_field, read_field, set_field
from counterclaim.service.spelling import (
    CorrectionError,
    known_parties,
    parse_count,
    parse_parties,
    parse_time,
    print_count,
    print_parties,
)

__all__ = [
    "CorrectedClaim",
    "CorrectionError",
    "StaleCorrectionError",
    "apply_corrections",
    "check_correction",
    "correct_field",
    "correctable_fields",
    "parse_count",
    "parse_parties",
    "parse_time",
    "print_count",
    "value_of",
]

LONGEST = 200
"""Characters of a correction."""


class StaleCorrectionError(CorrectionError):
    """Somebody else changed the field since it was shown."""


@dataclass(frozen=True, slots=True)
class CorrectedClaim:
    """A claim with its corrections applied, and which they are."""

    claim: Claim
    corrections: tuple[Judgement, ...] = ()
    """The latest of each field, in the order of ``MENDABLES``."""


def correctable_fields(claim: Claim) -> tuple[Mendable, ...]:
    """Return the fields of a claim that can be corrected."""
    payload = claim.payload
    found: dict[Mendable, bool] = {
        "speaker": True,
        "stance": True,
        "side": isinstance(payload, Casualty),
        "number": isinstance(payload, Casualty),
        "place": isinstance(payload, Event | Casualty | Ceasefire),
        "time": isinstance(payload, Event | Casualty | Ceasefire | Withheld),
    }
    return tuple(name for name in MENDABLES if found.get(name) or has_field(claim, name))


def value_of(claim: Claim, name: Mendable) -> str:
    """Return a field as words that ``correct_field`` reads back; empty where nothing was read."""
    payload: Any = claim.payload
    if name in FIELDS:
        return read_field(claim, name)
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
            time = getattr(payload, _time_field(claim))
            return str(time.value) if time else ""
    raise CorrectionError(f"{name} is no field of a claim")


def correct_field(claim: Claim, name: Mendable, words: str) -> Claim:
    """Return a claim with one field corrected.

    Args:
        claim: As read, or as corrected before.
        name: One of ``correctable_fields(claim)``.
        words: The new value: parties joined by `` & ``, a stance, a number (``40``, ``at least 40``,
            ``40-45``, ``up to 45``, ``not stated``), a place's name, a day (``2020-10-14``) or range.

    Raises:
        CorrectionError: If the words cannot be read so, or the claim has no such field.
    """
    if name not in correctable_fields(claim):
        raise CorrectionError(f"a {claim.kind} claim has no {name} to correct")
    words = " ".join(words.split())
    if len(words) > LONGEST or not words.isprintable():
        raise CorrectionError(f"a correction has at most {LONGEST} characters, all printable")
    if name in FIELDS:
        return set_field(claim, name, words)
    return _MENDERS[name](claim, words)


def apply_corrections(claim: Claim, judgements: Sequence[Judgement]) -> CorrectedClaim:
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
    for name in correctable_fields(claim):
        if name in latest:
            with suppress(
                CorrectionError
            ):  # filed past the desk: it stands in the trail, unapplied
                mended = correct_field(mended, name, latest[name].after or "")
                applied.append(latest[name])
    return CorrectedClaim(mended, tuple(applied))


DECIDING = frozenset({"accepted", "corrected", "rejected", "discounted"})
"""Verdicts by which a person has said how a claim was read."""


def is_by_rule(judgement: Judgement) -> bool:
    """Return whether a correction was made by a rule, not by looking at the claim."""
    return (judgement.evidence or "").startswith("j-")


def has_decided(judgements: Sequence[Judgement], name: str) -> bool:
    """Return whether a person has decided by looking at a claim."""
    return any(
        item.by == name and item.verdict in DECIDING and not is_by_rule(item) for item in judgements
    )


def seen_by(claim: Claim, judgements: Sequence[Judgement], name: str) -> Claim:
    """Return a claim as a reviewer sees it: as it stands once they decided, before that without what others did.

    What a rule made is seen by everybody: it is nobody's reading of this claim.
    """
    if has_decided(judgements, name):
        return apply_corrections(claim, judgements).claim
    own = [item for item in judgements if item.by == name or is_by_rule(item)]
    return apply_corrections(claim, own).claim


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
    now = apply_corrections(claim, judgements).claim
    correct_field(now, said.field, said.after or "")
    seen = (now, seen_by(claim, judgements, said.by))
    if said.before not in {value_of(item, said.field) for item in seen}:
        raise StaleCorrectionError(
            f"the {said.field} was changed meanwhile: look at the claim again, then correct it"
        )


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
"""How an event is told under a stance, as ``coders/events/factuality.py`` reads it."""

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
    parties = known_parties(parse_parties(words), claim)
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
    side = known_parties(parse_parties(words), claim)
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


def _mend_number(claim: Claim, words: str) -> Claim:
    return _with(claim, count=parse_count(words))


def _mend_place(claim: Claim, words: str) -> Claim:
    old: Place | None = getattr(claim.payload, "place", None)
    if old is not None and old.name == words:
        return (
            claim if old.evidence == "told" else _with(claim, place=replace(old, evidence="told"))
        )
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
    """Return the name of the field that holds a claim's time."""
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
