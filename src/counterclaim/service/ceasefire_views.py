"""What the ledger keeps of ceasefires and of positions: each one's life, and what was answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from counterclaim.check import CeasefireLifecycle, count_by_broker, find_positions, run_lifecycle
from counterclaim.check.positions import PositionThread
from counterclaim.ledger import Ledger
from counterclaim.ledger.columns import roles_of
from counterclaim.records.claim import Ceasefire
from counterclaim.records.ledger_rows import Entry, every_row
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.service.corrections import as_corrected, is_left_out

MOST_CLAIMS = 5_000
"""Claims of one kind that are run through, the latest filed first: with more, the answer says that it is cut."""

PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCeasefires:
    """The ceasefires that a ledger keeps."""

    lives: tuple[CeasefireLifecycle, ...]
    """In order of their start."""
    by_broker: tuple[tuple[str, int], ...]
    """Ceasefires that were ever agreed, by broker; the most first."""
    breaches: tuple[tuple[str, str, int], ...]
    """Who alleges breaches, of whom, and of how many ceasefires; the most first."""
    entries: dict[str, Entry]
    """By claim id: the words that each state stands on, as corrected by people."""
    is_cut: bool
    earlier: tuple[Entry, ...] = ()
    """What is told of ceasefires of earlier wars."""
    left_out: tuple[Entry, ...] = ()
    """What people rejected or discounted: in no ceasefire's life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPositions:
    """The positions that a ledger keeps, with what was answered."""

    stances: tuple[PositionThread, ...]
    """The latest told first."""
    entries: dict[str, Entry]
    is_cut: bool


def ledger_ceasefires(
    ledger: Ledger, party: str | None = None, *, known: Known = EVERYTHING
) -> KeptCeasefires:
    """Run what a ledger keeps of each ceasefire, as corrected by people, through the table of states.

    Args:
        ledger: Which.
        party: Root of a party, a broker or who alleges a breach; None for all ceasefires.
        known: As known on which day. Terms that have run out by then are over; by the last day of
            which something is known, where none is given.
    """
    entries, is_cut = _entries(ledger, "ceasefire", known)
    today = known.day or max((entry.known_on for entry in entries), default=None)
    days = {entry.claim.document_id: _day(entry) for entry in entries}
    groups = _groups([entry for entry in entries if not is_left_out(entry)])
    past = {name for name, rows in groups.items() if any(map(_is_past, rows))}
    lives = [
        run_lifecycle(name, [entry.claim for entry in rows], days, today)
        for name, rows in groups.items()
        if name not in past
    ]
    kept = [item for item in lives if item.changes and (party is None or party in _roots(item))]
    kept.sort(key=lambda item: (item.start or _first(item), item.incident_id))
    return KeptCeasefires(
        lives=tuple(kept),
        by_broker=tuple(count_by_broker(kept).items()),
        breaches=_breaches(kept),
        entries={entry.claim.id: entry for entry in entries},
        is_cut=is_cut,
        earlier=tuple(
            entry for name in sorted(past) for entry in groups[name] if _is_of(entry, party)
        ),
        left_out=tuple(entry for entry in entries if is_left_out(entry) and _is_of(entry, party)),
    )


def _breaches(lives: Sequence[CeasefireLifecycle]) -> tuple[tuple[str, str, int], ...]:
    """Count, for each who alleges a breach and each accused, in how many ceasefires it is alleged."""
    counted = Counter(
        pair
        for life in lives
        for pair in {
            (breach.alleged_by, " and ".join(breach.accused) or "nobody named")
            for breach in life.breaches
        }
    )
    return tuple(
        (by, of, number)
        for (by, of), number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    )


def kept_positions(
    ledger: Ledger, party: str | None = None, *, known: Known = EVERYTHING
) -> KeptPositions:
    """Set beside each position that a ledger keeps what those addressed did about it.

    Args:
        ledger: Which.
        party: Root of who holds it or is addressed; None for all positions.
        known: As known on which day.
    """
    entries, is_cut = _entries(ledger, "position", known)
    stances = find_positions(
        {
            name: [entry.claim for entry in rows]
            for name, rows in _groups(
                [entry for entry in entries if not is_left_out(entry)]
            ).items()
        },
        {entry.claim.document_id: _day(entry) for entry in entries},
    )
    kept = [item for item in stances if party is None or party in {*item.holders, *item.addressees}]
    kept.sort(key=lambda item: item.incident_id)
    kept.sort(key=lambda item: item.last or date.min, reverse=True)
    return KeptPositions(
        stances=tuple(kept), entries={entry.claim.id: entry for entry in entries}, is_cut=is_cut
    )


def _entries(ledger: Ledger, kind: str, known: Known) -> tuple[list[Entry], bool]:
    query = ClaimQuery(kind=kind)
    every = every_row(lambda after: ledger.claims(query, known=known, limit=PAGE, after=after))
    found = list(map(as_corrected, islice(every, MOST_CLAIMS + 1)))
    return found[:MOST_CLAIMS], len(found) > MOST_CLAIMS


def _groups(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Return claims by their incident; a claim of none is its own."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.claim.id):
        groups.setdefault(entry.incident_id or entry.claim.id, []).append(entry)
    return groups


def _day(entry: Entry) -> date:
    return entry.published or entry.known_on


def _is_past(entry: Entry) -> bool:
    return isinstance(entry.claim.payload, Ceasefire) and entry.claim.payload.background


def _roots(life: CeasefireLifecycle) -> set[str]:
    return {*life.parties, *life.brokers, *(breach.alleged_by for breach in life.breaches)}


def _is_of(entry: Entry, party: str | None) -> bool:
    return party is None or any(root == party for root, _ in roles_of(entry.claim))


def _first(life: CeasefireLifecycle) -> date:
    return next((change.day for change in life.changes if change.day is not None), date.max)
