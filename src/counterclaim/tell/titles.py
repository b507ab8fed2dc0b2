"""Titles: what an incident is called, as a person would: what, where, when, and who says so.

Made here alone: a page, the command line and the API show the same words. What is inferred is in no title.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    CeasefireStatus,
    Claim,
    Event,
    Position,
    Withheld,
)
from counterclaim.records.evidence import Graded, counts
from counterclaim.records.finding import Finding, Slot, Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.tell.words import ACTS, HARMS, PERSONS, day_name, days_name, listed, plain_name

Record = TypeVar("Record")
Value = TypeVar("Value", bound=Graded)

MOST_QUOTED = 70
"""Characters of a position's or a silence's own words in a title."""

HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "THREATEN"})
"""Types of which a doer's own word is an admission."""

LIFE: tuple[CeasefireStatus, ...] = (
    "called for",
    "proposed",
    "rejected",
    "agreed",
    "in force",
    "suspended",
    "violated",
    "expired",
    "collapsed",
)
"""A truce's states in the order of a life."""

_ASIDE = frozenset({"called for", "proposed", "rejected"})
"""States that say nothing where the truce was agreed."""


@dataclass(frozen=True, slots=True)
class Title:
    """What an incident is called."""

    what: str
    """What, how many, where and when: ``Airstrikes inside Armenia, 14 October 2020``."""
    said: str = ""
    """Who says so: ``admitted by Azerbaijan, confirmed by Armenia``; empty where nobody is named."""

    def __str__(self) -> str:
        return f"{self.what}: {self.said}" if self.said else self.what


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of happenings.yaml."""

    words: str
    to: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def load_happenings() -> MappingProxyType[str, Happening]:
    """Load happenings.yaml once: by type, or type and mode."""
    source = (files("counterclaim.tell") / "happenings.yaml").read_bytes()
    rows: list[dict[str, Any]] = yaml.safe_load(source)
    return MappingProxyType(
        {
            row["id"]: Happening(row["words"], row["to"], tuple(row["examples"]), tuple(row["not"]))
            for row in rows
        }
    )


def title_of(
    claims: Sequence[Claim],
    findings: Sequence[Finding] = (),
    *,
    reported: date | None = None,
) -> Title:
    """Return what an incident is called.

    Args:
        claims: Its claims as corrected, at least one; in the order of publication.
        findings: Its findings as they stand.
        reported: The first day on which it was published, for a happening that no words date.
    """
    first = claims[0].payload
    match first:
        case Event():
            return _event(claims, findings, reported)
        case Casualty():
            return _losses(claims, findings, reported)
        case Ceasefire():
            return _truce(claims, reported)
        case Position():
            return _position(claims[0], first, reported)
        case Withheld():
            return _silence(claims[0], first, reported)


# Happenings


def _event(claims: Sequence[Claim], findings: Sequence[Finding], reported: date | None) -> Title:
    events = _of(claims, Event)
    known = load_happenings()
    mode = _commonest(item.modes[0] for item in events if item.modes)
    kind = events[0].type
    named = known.get(f"{kind}/{mode}") or known[kind]
    voices = _voices(findings, "occurred", "actor")
    doers = _commonest_parties(item.actors for item in events)
    sufferers = _commonest_parties(item.recipients for item in events)
    place = _place(item.place for item in events)
    said = _who_says(voices, doers, "admitted by" if kind in HOSTILE else "told by")
    parts = [named.words]
    if doers and not said.startswith((f"admitted by {doers}", f"told by {doers}")):
        parts.append(f"by {doers}")
    if sufferers and sufferers != doers and (not place or sufferers not in place):
        parts.append(f"{named.to} {sufferers}")
    parts.append(place)
    return Title(_dated(parts, _days(item.time for item in events), reported), said)


def _who_says(voices: Sequence[Voice], doers: str, owning: str) -> str:
    """Return who stands where, those who own or confirm it first: ``admitted by A, denied by B``."""
    yes = [voice for voice in voices if voice.affirms]
    no = [voice for voice in voices if voice.affirms is False]
    owned = [voice for voice in yes if voice.alignment == "doer"]
    others = [voice for voice in yes if voice.alignment != "doer"]
    denied = _names(no)
    told = _names(others)
    if owned:
        parts = [f"{owning} {doers or _names(owned)}"]
        against = _names(voice for voice in others if voice.alignment == "other side")
        parts += [f"confirmed by {against}"] if against else []
    elif told and denied:
        parts = [f"according to {told}"]
    elif told:
        is_confirmed = any(voice.stance == "confirm" for voice in others)
        parts = [f"{'confirmed by' if is_confirmed else 'according to'} {told}"]
    else:
        parts = []
    parts += [f"denied by {denied}"] if denied else []
    return ", ".join(parts)


# Losses


def _losses(claims: Sequence[Claim], findings: Sequence[Finding], reported: date | None) -> Title:
    losses = _of(claims, Casualty)
    first = losses[0]
    side = _commonest_parties(item.side for item in losses)
    category = _commonest(item.category for item in losses if item.category != "unknown")
    one, many = PERSONS[category or "unknown"]
    if first.subgroup:
        one = many = f"people ({first.subgroup})" if not category else f"{many} ({first.subgroup})"
    number = _numbers(losses)
    harm = first.outcome_words or HARMS[first.outcome]
    people = one if number == "1" else many
    more = "more " if first.measure == "new" and first.count.low == first.count.high else ""
    place = _place(item.place for item in losses)
    parts = [f"{number} {more}{people}"] if number else [many.capitalize()]
    parts += [f"of {side}"] if side and side not in place else []
    parts += [harm, place]
    days = _days(item.period or item.as_of for item in losses)
    if first.measure == "cumulative":
        day = None if days is None else days[1] or days[0]
        what = " ".join(part for part in (*parts, "in all") if part)
        what += f" by {day_name(day)}" if day else _reported(reported)
    else:
        what = _dated(parts, days, reported)
    voices = _voices(findings, "figure")
    told = _names(voice for voice in voices if voice.affirms)
    denied = _names(voice for voice in voices if voice.affirms is False)
    said = [f"according to {told}"] if told else []
    said += [f"denied by {denied}"] if denied else []
    return Title(what[:1].upper() + what[1:], ", ".join(said))


def _numbers(losses: Sequence[Casualty]) -> str:
    """Return one number where all tell the same, else from the lowest to the highest that is told."""
    told = list(dict.fromkeys(str(item.count) for item in losses if item.count.low is not None))
    if len(told) == 1:
        return told[0]
    lows = [item.count.low for item in losses if item.count.low is not None]
    if not lows:
        return str(losses[0].count) if losses[0].count.high is not None else ""
    highs = [item.count.high or item.count.low or 0 for item in losses]
    return f"{min(lows):,} to {max(highs):,}"


# Truces, positions, silences


def _truce(claims: Sequence[Claim], reported: date | None) -> Title:
    truces = _of(claims, Ceasefire)
    terms = _commonest(item.terms for item in truces if item.terms)
    parties = _commonest_parties(item.parties for item in truces)
    brokers = _commonest_parties(item.brokers for item in truces)
    states = {item.status for item in truces}
    if states - _ASIDE:
        states -= _ASIDE
    told = [state for state in LIFE if state in states]
    breached = _listed_parties(
        party for item in truces for party in item.breach_alleged_by if counts(party)
    )
    parts = [terms.capitalize() if terms else "", "ceasefire" if terms else "Ceasefire"]
    parts += [f"of {parties}"] if parties else []
    parts += [f"brokered by {brokers}"] if brokers else []
    said = ", ".join(told[-3:])
    said += f" (breach alleged by {breached})" if breached else ""
    return Title(_dated(parts, _days(item.effective for item in truces), reported), said)


def _position(claim: Claim, position: Position, reported: date | None) -> Title:
    holders = _listed_parties(party for party in position.holders if counts(party))
    to = _listed_parties(party for party in position.addressees if counts(party))
    words = ACTS[position.act]
    toward = {"demand": "of", "appeal": "to", "offer": "to", "support": "", "oppose": ""}
    parts = [holders or "Somebody", words]
    parts += [f"{toward.get(position.act, 'toward')} {to}".strip()] if to else []
    return Title(f"{' '.join(parts)} {_quoted(claim)}{_reported(reported)}")


def _silence(claim: Claim, silence: Withheld, reported: date | None) -> Title:
    owners = _listed_parties(party for party in silence.owners if counts(party))
    return Title(
        f"Not disclosed by {owners or 'anybody named'}: {_quoted(claim)}{_reported(reported)}"
    )


def _quoted(claim: Claim) -> str:
    words = " ".join(claim.quote.split())
    cut = words if len(words) <= MOST_QUOTED else f"{words[:MOST_QUOTED].rsplit(' ', 1)[0]} …"
    return f"“{cut}”"


# Pieces


def _of(claims: Sequence[Claim], kind: type[Record]) -> list[Record]:
    return [claim.payload for claim in claims if isinstance(claim.payload, kind)]


def _commonest(values: Iterable[Any]) -> Any:
    """Return the value that stands most often, the first of several that stand as often; empty for none."""
    found = Counter(values).most_common(1)
    return found[0][0] if found else ""


def _commonest_parties(groups: Iterable[Sequence[Party]]) -> str:
    """Return the parties that are told most often together, by their roots; empty where none are told."""
    told = [
        tuple(dict.fromkeys(sorted(party.root for party in group)))
        for group in groups
        if group and all(map(counts, group))
    ]
    roots: tuple[str, ...] = _commonest(told) or ()
    return listed(map(plain_name, roots))


def _listed_parties(parties: Iterable[Party]) -> str:
    return listed(plain_name(party.root) for party in parties)


def _names(voices: Iterable[Voice]) -> str:
    return listed(
        plain_name(voice.party.root)
        for voice in voices
        if voice.party is not None and counts(voice)
    )


def _voices(findings: Sequence[Finding], *slots: Slot) -> list[Voice]:
    """Return the voices on the first of some slots that has any, each speaker's stand once."""
    for slot in slots:
        found = {
            (voice.party.root, voice.affirms, voice.alignment): voice
            for finding in findings
            if finding.slot == slot
            for voice in finding.voices
            if voice.party is not None and voice.affirms is not None and counts(voice)
        }
        if found:
            return list(found.values())
    return []


IN = frozenset({"inside", "within", "in", "near", "around", "across", "outside", "nearby", "at"})


def _place(places: Iterable[Place | None]) -> str:
    """Return where, with the words that place it: ``inside Armenia``, ``in northern Syria``, ``north of Ost``."""
    told = [
        (place.within or "", place.name) for place in places if place is not None and counts(place)
    ]
    if not told:
        return ""
    name = _commonest(name for _, name in told)
    within = _commonest(within for within, other in told if other == name)
    if within in IN or within.endswith(" of"):
        return f"{within} {name}".replace("nearby ", "near ")
    return f"in {within} {name}" if within else f"in {name}"


def _days(times: Iterable[Any]) -> tuple[date | None, date | None] | None:
    """Return the stretch of days that most of the claims tell; None where no words date it."""
    told = [
        (time.start, time.end)
        for time in times
        if time is not None and counts(time) and (time.start or time.end)
    ]
    return _commonest(told) or None


def _dated(
    parts: Iterable[str], days: tuple[date | None, date | None] | None, reported: date | None
) -> str:
    what = " ".join(part for part in parts if part)
    told = days_name(*days) if days else ""
    return f"{what}, {told}" if told else f"{what}{_reported(reported)}"


def _reported(day: date | None) -> str:
    return f", reported {day_name(day)}" if day else ""
