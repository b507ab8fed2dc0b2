"""Conflict drafting: a conflict file proposed from what reports tell, for a person to check."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from counterclaim.errors import CounterclaimError
from counterclaim.ledger.columns import place_of
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.party import Party, PartyKind
from counterclaim.records.project import fold
from counterclaim.resolve.known_names import known_party

MOST_PLACES = 24
"""Places that a proposed file lists, those told of most."""

MOST_OUTLETS = 12

MOST_PARTIES = 16

FIGHTING = frozenset({"ASSAULT"})
"""Events whose doers and sufferers are proposed as parties."""

ARMED: frozenset[PartyKind] = frozenset({"state", "armed group", "de facto authority", "alliance"})
"""Kinds of parties that can stand in a file; one of another kind, or of none, is proposed as an armed group."""

NO_PARTY: frozenset[PartyKind] = frozenset(
    {"mediator", "organisation", "media", "expert", "civilian", "people"}
)
"""Kinds of whom are attacked and lose people, and fight no war."""


class NoSidesError(CounterclaimError):
    """Reports tell of fewer than two parties that fight."""


def write_project(
    name: str, reports: Iterable[tuple[Sequence[Claim], str | None, date | None]]
) -> str:
    """Write a conflict file from what reports tell, for a person to check.

    Its parties are those that are told to fight, to hold or to be attacked, to lose people or to be bound by a
    ceasefire, each on a side of its own until two of them are told to attack the same ones and never each other. What is
    only inferred proposes nobody.

    Args:
        name: The war's name.
        reports: Of each, its claims, its outlet and its day.

    Returns:
        TOML with a comment at each line that says what it rests on.

    Raises:
        NoSidesError: If fewer than two parties are told of.
    """
    told: Counter[Party] = Counter()
    against: Counter[tuple[str, str]] = Counter()
    places: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    days: list[date] = []
    number = 0
    for claims, outlet, day in reports:
        number += 1
        outlets.update([outlet] if outlet else [])
        days += [] if day is None else [day]
        for claim in claims:
            place = place_of(claim)
            places.update([] if place is None else [place.name])
            told.update(_plain(party) for party in _fighting(claim))
            against.update(_pairs(claim))
    parties = _merged(told)
    if len(parties) < 2:
        msg = "the reports tell of fewer than two parties that fight: give more of them, or write the file by hand"
        raise NoSidesError(msg)
    sides = choose_sides([party.root for party, _ in parties], against)
    lines = [
        f"# Proposed from {number} report{'s' if number != 1 else ''}: every line is for a person to check.",
        "# Put allies on one side, name mediators, and say under source where it can be looked up.",
        f"name = {_quoted(name)}",
        'summary = ""  # in a sentence: who fights whom',
        _epoch(days),
        f"places = [{', '.join(map(_quoted, _first(places, MOST_PLACES)))}]  # proposed: told of in the reports",
        f"outlets = [{', '.join(map(_quoted, _first(outlets, MOST_OUTLETS)))}]  # proposed: theirs; keep those that report on this war above all",
        "source = []",
    ]
    for party, count in parties:
        lines += ["", "[[party]]", f"name = {_quoted(party.root)}"]
        lines.append(
            f"side = {_quoted(sides[party.root])}  # proposed: fights, is attacked or loses people in {count} claim{'s' if count != 1 else ''}"
        )
        if known_party(party.root) is None:
            kind = party.kind if party.kind in ARMED else "armed group"
            lines.append(f"kind = {_quoted(kind)}  # proposed: nothing else knows it")
            lines += [] if party.country is None else [f"country = {_quoted(party.country)}"]
    return "\n".join(lines) + "\n"


def _epoch(days: Sequence[date]) -> str:
    """Write the line of the first day: that of the first report; today stands in where none has a day, and says so."""
    if days:
        return f"epoch = {min(days).isoformat()}  # proposed: the first report's day; write the day the fighting began"
    today = datetime.now(UTC).date().isoformat()
    return f"epoch = {today}  # no report has a day, so this is today: write the day the fighting began"


def choose_sides(roots: Sequence[str], against: Counter[tuple[str, str]]) -> dict[str, str]:
    """Propose sides: two that attack the same and never each other stand together; the others each for themselves.

    Args:
        roots: Those that fight, told of most first.
        against: How often one is told to have attacked the other.
    """
    foes = {
        root: {other for pair in against if root in pair for other in pair} - {root}
        for root in roots
    }
    sides: list[list[str]] = []
    for root in roots:
        for side in sides:
            shared = {foe for other in side for foe in foes[other]} & foes[root]
            if shared and all(other not in foes[root] for other in side):
                side.append(root)
                break
        else:
            sides.append([root])
    return {root: _letter(place) for place, side in enumerate(sides) for root in side}


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"side {place + 1}"


def _fighting(claim: Claim) -> list[Party]:
    """Return the parties that a claim tells to fight, to be attacked, to lose people or to be bound by a ceasefire."""
    match claim.payload:
        case Event() as payload if payload.type in FIGHTING:
            found = (*payload.actors, *payload.recipients)
        case Casualty() as payload:
            found = payload.side
        case Ceasefire() as payload:
            found = payload.parties
        case _:
            found = ()
    return [party for party in found if counts(party)]


def _pairs(claim: Claim) -> list[tuple[str, str]]:
    payload = claim.payload
    if not isinstance(payload, Event) or payload.type not in FIGHTING:
        return []
    return [
        (actor.root, target.root)
        for actor in payload.actors
        for target in payload.recipients
        if counts(actor) and counts(target) and actor.root != target.root
    ]


def _plain(party: Party) -> Party:
    return Party(party.root, None, party.kind, party.country)


def _merged(told: Counter[Party]) -> list[tuple[Party, int]]:
    """Return each party once, whatever else is told of it, the most told of first."""
    totals: Counter[str] = Counter()
    first: dict[str, Party] = {}
    for party, count in told.items():
        totals[fold(party.root)] += count
        first.setdefault(fold(party.root), party)
    most = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
    found = [(first[key], count) for key, count in most if _can_fight(first[key])]
    return found[:MOST_PARTIES]


def _can_fight(party: Party) -> bool:
    known = known_party(party.root)
    kind = party.kind if known is None else known.kind
    named = ": " not in party.root and "(unnamed)" not in party.root
    return named and kind not in NO_PARTY


def _first(found: Counter[str], most: int) -> list[str]:
    return [name for name, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]


def _quoted(words: str) -> str:
    """Write words as a TOML string; what a report brought cannot end it."""
    kept = "".join(letter if letter.isprintable() else " " for letter in words)
    escaped = kept.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
