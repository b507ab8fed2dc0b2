"""Ceasefires: what was told of each, run through a table of states; and how many each broker has had.

The table is the rule: ``NEXT`` lists every state against everything that can be told, and
docs/codebook/ceasefires.md shows it. A breach that somebody alleges does not end a ceasefire; it is
kept beside the state, with who alleges it against whom.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from counterclaim.records.ceasefire_terms import stated_hours
from counterclaim.records.claim import Ceasefire, CeasefireStatus, Claim
from counterclaim.records.party import Party

State = Literal[
    "none",
    "called for",
    "proposed",
    "rejected",
    "agreed",
    "in force",
    "suspended",
    "ended",
    "expired",
]
Told = Literal[
    "called for",
    "proposed",
    "agreed",
    "in force",
    "violated",
    "collapsed",
    "rejected",
    "expired",
    "suspended",
    "term over",
]
"""What can be told of one: the coder's statuses, and ``term over`` when its stated hours have passed."""

STATES: tuple[State, ...] = get_args(State)
TOLD: tuple[Told, ...] = get_args(Told)

_OPEN: Mapping[Told, State] = {
    "agreed": "agreed",
    "in force": "in force",
    "violated": "in force",
    "collapsed": "ended",
    "expired": "expired",
    "suspended": "suspended",
}
"""From any state before agreement, what each of these tells at once: a breach presumes that it held."""

NEXT: Mapping[State, Mapping[Told, State]] = {
    "none": {
        **_OPEN,
        "called for": "called for",
        "proposed": "proposed",
        "rejected": "rejected",
        "term over": "none",
    },
    "called for": {
        **_OPEN,
        "called for": "called for",
        "proposed": "proposed",
        "rejected": "rejected",
        "term over": "called for",
    },
    "proposed": {
        **_OPEN,
        "called for": "proposed",
        "proposed": "proposed",
        "rejected": "rejected",
        "term over": "proposed",
    },
    "rejected": {
        **_OPEN,
        "called for": "rejected",
        "proposed": "proposed",
        "rejected": "rejected",
        "term over": "rejected",
    },
    "agreed": {
        "called for": "agreed",
        "proposed": "agreed",
        "agreed": "agreed",
        "in force": "in force",
        "violated": "in force",
        "collapsed": "ended",
        "rejected": "agreed",
        "expired": "expired",
        "suspended": "suspended",
        "term over": "expired",
    },
    "in force": {
        "called for": "in force",
        "proposed": "in force",
        "agreed": "in force",
        "in force": "in force",
        "violated": "in force",
        "collapsed": "ended",
        "rejected": "in force",
        "expired": "expired",
        "suspended": "suspended",
        "term over": "expired",
    },
    "suspended": {
        "called for": "suspended",
        "proposed": "suspended",
        "agreed": "in force",
        "in force": "in force",
        "violated": "suspended",
        "collapsed": "ended",
        "rejected": "suspended",
        "expired": "expired",
        "suspended": "suspended",
        "term over": "expired",
    },
    "ended": {
        "called for": "ended",
        "proposed": "ended",
        "agreed": "in force",
        "in force": "in force",
        "violated": "ended",
        "collapsed": "ended",
        "rejected": "ended",
        "expired": "ended",
        "suspended": "ended",
        "term over": "ended",
    },
    "expired": {
        "called for": "expired",
        "proposed": "expired",
        "agreed": "in force",
        "in force": "in force",
        "violated": "expired",
        "collapsed": "expired",
        "rejected": "expired",
        "expired": "expired",
        "suspended": "expired",
        "term over": "expired",
    },
}
"""The state after what is told, for every state and everything that can be told.

Calls and proposals do not undo what is agreed; a rejection is of an offer, never of a truce that holds;
what is over holds again only when somebody tells that it was agreed or is in force (an extension).
"""

Stand = Literal["accepts", "rejects", "proposes", "calls for", "alleges a breach", "is accused"]

_STANDS: Mapping[CeasefireStatus, Stand] = {
    "agreed": "accepts",
    "rejected": "rejects",
    "proposed": "proposes",
    "called for": "calls for",
}


_NO_ALLEGATION = frozenset({"deny", "reject", "retract"})
"""Stances under which a breach is told of but not alleged."""


_ASKING = frozenset({"appeal", "demand", "promise"})
_NO_PARTY = frozenset({"media", "unknown", "expert", "civilian"})
"""Kinds of speakers that take no stand: they tell of others'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A state reached, by what was told, in which claims."""

    state: State
    told: Told
    day: date | None
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A breach that somebody alleges."""

    alleged_by: str
    """Root; ``the report`` where an outlet says it in its own voice."""
    accused: tuple[str, ...]
    """The other parties bound; empty where it cannot be told."""
    day: date | None
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireLifecycle:
    """One ceasefire from its first mention to its end, as told."""

    incident_id: str
    parties: tuple[str, ...]
    brokers: tuple[str, ...]
    """Empty where nobody says who brokered it."""
    terms: str | None
    start: date | None
    """The day it took effect, as most tell it; else the first day it was told as agreed or in force."""
    changes: tuple[StateChange, ...]
    """In order; two that follow each other are never the same state."""
    breaches: tuple[Breach, ...] = ()
    stands: Mapping[str, tuple[Stand, ...]] = field(default_factory=dict)
    """What each party did about it, by root, in order."""

    @property
    def state(self) -> State:
        """The last state reached."""
        return self.changes[-1].state if self.changes else "none"

    @property
    def was_agreed(self) -> bool:
        """Return whether it was ever more than a wish."""
        return any(change.state in {"agreed", "in force"} for change in self.changes)


def run_lifecycle(
    incident_id: str,
    told: Sequence[Claim],
    days: Mapping[str, date | None],
    today: date | None = None,
) -> CeasefireLifecycle:
    """Run what was told of one ceasefire through the table.

    Args:
        incident_id: Of the incident that holds the claims.
        told: Its claims, of kind ceasefire.
        days: Of publication, by document id.
        today: Day as known on which the state holds; a stated term that has passed by then is over.

    Returns:
        Its life. Within one day, what comes earlier in a ceasefire's life is taken as told earlier.
    """
    rows = sorted(
        ((days.get(claim.document_id), claim) for claim in told),
        key=lambda row: (row[0] or date.min, _rank(row[1]), row[1].id),
    )
    payloads = [_payload(claim) for claim in told]
    terms = _commonest(item.terms for item in payloads if item.terms and stated_hours(item.terms))
    terms = terms or _commonest(item.terms for item in payloads if item.terms)
    start = _start(rows)
    parties = _bound(payloads)
    return CeasefireLifecycle(
        incident_id=incident_id,
        parties=parties,
        brokers=tuple(sorted({party.root for item in payloads for party in item.brokers})),
        terms=terms,
        start=start,
        changes=tuple(_changes(rows, _end(start, terms), today)),
        breaches=tuple(_breaches(rows, parties)),
        stands=_stands(rows, parties),
    )


def count_by_broker(lives: Sequence[CeasefireLifecycle]) -> Mapping[str, int]:
    """Count the ceasefires that were agreed, by broker; ``not told`` for those without one."""
    counts: Counter[str] = Counter()
    for life in lives:
        if life.was_agreed:
            counts.update(life.brokers or ("not told",))
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _payload(claim: Claim) -> Ceasefire:
    assert isinstance(claim.payload, Ceasefire)
    return claim.payload


def _rank(claim: Claim) -> int:
    return TOLD.index(_payload(claim).status)


def _commonest(values: Iterator[str]) -> str | None:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _start(rows: Sequence[tuple[date | None, Claim]]) -> date | None:
    effective = Counter(
        payload.effective.start
        for _, claim in rows
        if (payload := _payload(claim)).effective is not None
        and payload.effective.start is not None
        and payload.effective.start == payload.effective.end
        and payload.status in {"agreed", "in force"}
    )
    if effective:
        return min(effective, key=lambda day: (-effective[day], day))
    return next(
        (day for day, claim in rows if _payload(claim).status in {"agreed", "in force"}), None
    )


def _end(start: date | None, terms: str | None) -> date | None:
    """Return the last day of a stated term: "72-hour", "five-day"."""
    hours = stated_hours(terms)
    return None if start is None or hours is None else start + timedelta(hours=hours)


def _changes(
    rows: Sequence[tuple[date | None, Claim]], end: date | None, today: date | None
) -> Iterator[StateChange]:
    state: State = "none"
    over = False
    for day, claim in rows:
        if end is not None and day is not None and day > end and not over:
            over = True
            if NEXT[state]["term over"] != state:
                state = NEXT[state]["term over"]
                yield StateChange(state=state, told="term over", day=end, claim_ids=())
        told = _payload(claim).status
        if NEXT[state][told] != state:
            state = NEXT[state][told]
            yield StateChange(state=state, told=told, day=day, claim_ids=(claim.id,))
    is_over = end is not None and today is not None and today > end and not over
    if is_over and NEXT[state]["term over"] != state:
        yield StateChange(state=NEXT[state]["term over"], told="term over", day=end, claim_ids=())


def _breaches(
    rows: Sequence[tuple[date | None, Claim]], parties: tuple[str, ...]
) -> Iterator[Breach]:
    for day, claim in rows:
        payload = _payload(claim)
        if payload.status != "violated" or claim.stance in _NO_ALLEGATION:
            continue
        accusers = [party.root for party in payload.breach_alleged_by] or ["the report"]
        for accuser in dict.fromkeys(accusers):
            others = tuple(party for party in parties if party != accuser)
            is_party = accuser in parties
            yield Breach(
                alleged_by=accuser,
                accused=others if is_party else (),
                day=day,
                claim_id=claim.id,
            )


def _bound(payloads: Sequence[Ceasefire]) -> tuple[str, ...]:
    """Return those that most tellings bind: a name that one report alone has for a side is left out."""
    told = Counter(root for item in payloads for root in {party.root for party in item.parties})
    most = max(told.values(), default=0)
    return tuple(sorted(root for root, number in told.items() if 2 * number >= most))


def _stands(
    rows: Sequence[tuple[date | None, Claim]], parties: tuple[str, ...]
) -> Mapping[str, tuple[Stand, ...]]:
    """Return what each did about it. Only who is bound can accept or reject; who only tells of it does neither."""
    found: dict[str, list[Stand]] = {}
    for _, claim in rows:
        payload = _payload(claim)
        stand = _STANDS.get(payload.status)
        for party in claim.speakers:
            if stand is not None and _takes(party, stand, claim, parties):
                found.setdefault(party.root, []).append(stand)
        for party in payload.breach_alleged_by:
            if party.kind not in _NO_PARTY:
                found.setdefault(party.root, []).append("alleges a breach")
    return {name: tuple(dict.fromkeys(rows)) for name, rows in sorted(found.items())}


def _takes(party: Party, stand: Stand, claim: Claim, parties: tuple[str, ...]) -> bool:
    if party.kind in _NO_PARTY:
        return False
    if stand in {"accepts", "rejects"}:
        return party.root in parties
    return claim.stance in _ASKING
