"""Columns: what is taken out of a claim so that views find it without unpacking it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from counterclaim.ledger.codec import dump
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Position, Withheld
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time


def roots(parties: tuple[Party, ...]) -> str:
    """Return the roots of some parties, in their order, each once, joined by `` & ``."""
    return " & ".join(dict.fromkeys(party.root for party in parties))


def iso(day: date | None) -> str | None:
    """Write a day as the tables keep it."""
    return None if day is None else day.isoformat()


def time_of(claim: Claim) -> Time | None:
    """Return the time of which a claim speaks."""
    match claim.payload:
        case Event():
            return claim.payload.time
        case Casualty():
            return claim.payload.period or claim.payload.as_of
        case Ceasefire():
            return claim.payload.effective
        case Withheld():
            return claim.payload.since
    return None


def days_of(claim: Claim) -> tuple[str | None, str | None]:
    """Return the first and last day of which a claim speaks; an open end takes the other."""
    time = time_of(claim)
    if time is None:
        return None, None
    first, last = time.start, time.end
    return iso(first or last), iso(last or first)


def place_of(claim: Claim) -> Place | None:
    """Return the place of which a claim speaks."""
    match claim.payload:
        case Event() | Casualty() | Ceasefire():
            return claim.payload.place
    return None


def act_of(claim: Claim) -> str | None:
    """Return what tells claims of one kind apart."""
    match claim.payload:
        case Event():
            return claim.payload.type
        case Casualty():
            return claim.payload.outcome
        case Ceasefire():
            return claim.payload.status
        case Position():
            return claim.payload.act
    return None


def roles_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield each party's root and role in a claim, each pair once, in order."""
    found = [("speaker", claim.speakers)]
    match claim.payload:
        case Event() as payload:
            found += [("actor", payload.actors), ("recipient", payload.recipients)]
        case Casualty() as payload:
            found += [("side", payload.side)]
        case Ceasefire() as payload:
            found += [
                ("broker", payload.brokers),
                ("party", payload.parties),
                ("accuser", payload.breach_alleged_by),
            ]
        case Position() as payload:
            found += [("holder", payload.holders), ("addressee", payload.addressees)]
        case Withheld() as payload:
            found += [("owner", payload.owners)]
    yield from dict.fromkeys((party.root, role) for role, group in found for party in group)


def claim_columns(claim: Claim, known_on: str) -> dict[str, Any]:
    """Return a claim's row in ``claims``, but for the numbers of the rows it hangs on."""
    place = place_of(claim)
    first_day, last_day = days_of(claim)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "stance": claim.stance,
        "speakers": roots(claim.speakers),
        "known_on": known_on,
        "first_day": first_day,
        "last_day": last_day,
        "place": None if place is None else place.name,
        "act": act_of(claim),
        "body": dump(claim),
    }


def figure_columns(claim: Claim, known_on: str) -> Mapping[str, Any] | None:
    """Return a casualty claim's row in ``figures``; None for other claims."""
    payload = claim.payload
    if not isinstance(payload, Casualty):
        return None
    first_day, last_day = days_of(claim)
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "side": roots(payload.side),
        "outcome": payload.outcome,
        "category": payload.category,
        "subgroup": payload.subgroup,
        "reporters": roots(claim.speakers),
        "relation": payload.relation,
        "measure": payload.measure,
        "low": payload.count.low,
        "high": payload.count.high,
        "qualifier": payload.count.qualifier,
        "background": payload.background,
        "is_part": payload.part_of is not None,
        "first_day": first_day,
        "last_day": last_day,
        "place": None if payload.place is None else payload.place.name,
        "known_on": known_on,
        "quote": claim.quote,
    }
