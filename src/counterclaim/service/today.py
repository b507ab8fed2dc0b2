"""Today: what moved since an instant, in numbers first, each of which opens on its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from counterclaim.ledger import Ledger
from counterclaim.ledger.moves import Moves, Series, TollRow, reading_sequence
from counterclaim.records.attribution import Stance
from counterclaim.records.claim import Casualty
from counterclaim.records.evidence import counts
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import Known
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.incident_list import Brief, IncidentAsk, catalogue_of
from counterclaim.service.statement_views import SaidRow, SayingAsk, sayings_of
from counterclaim.service.tellings import Telling, tellings_of
from counterclaim.tell.words import HARMS, PERSONS, listed, plain_name

MOST = 30
"""Lines of a kind; the number over them counts all."""

MOST_APART = 366
"""Days between two totals beyond which they are of two wars, or of two phases of one: neither moved the other."""

DENYING: tuple[Stance, ...] = ("deny", "reject", "retract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A running total that moved, or that is told for the first time."""

    whose: str
    """``Nagorno-Karabakh, soldiers killed``."""
    by: str
    """Who counts."""
    was: str
    """The number before; empty where none was told."""
    now: str
    day: date
    entry: Entry
    """The words it stands on."""
    before: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What moved. Each list has the latest first, at most ``MOST`` of it; numbers count all."""

    tolls: tuple[Toll, ...]
    denials: tuple[SaidRow, ...]
    denied: Mapping[Stance, int]
    """How many, by act: denied, rejected, retracted."""
    admissions: tuple[SaidRow, ...]
    admitted: Mapping[Stance, int]
    truces: tuple[tuple[str, Brief], ...]
    truces_changed: int
    opened: tuple[tuple[str, Brief], ...]
    opened_number: int
    closed: tuple[tuple[str, Brief], ...]
    closed_number: int
    words: Mapping[str, tuple[Telling, ...]]
    """Of the incidents in these lists: who says what, by id."""
    outlets: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, str, str], ...]

    @property
    def reports(self) -> int:
        """How many reports were filed."""
        return sum(number for _, number in self.outlets)

    @property
    def is_still(self) -> bool:
        """Whether nothing moved."""
        return not (self.reports or self.tolls or self.opened_number or self.closed_number)


def tell_today(ledger: Ledger, since: datetime, *, project: str | None = None) -> Today:
    """Return what moved in a ledger since an instant.

    Args:
        ledger: Which.
        since: UTC.
        project: Of which project alone; None for all.
    """
    known = Known(project=project)
    moves = ledger.facts.moves(since, project=project)
    denials, denied = _said(ledger, moves, DENYING, known)
    admissions, admitted = _said(ledger, moves, ("admit",), known)
    changed = catalogue_of(ledger).find(
        IncidentAsk(kind="ceasefire", above=moves.state_floor, single=True),
        known=known,
        limit=MOST,
        is_counted=False,
    )
    truces = [item.id for item in changed.facts]
    shown = [*truces, *moves.opened[:MOST], *moves.closed[:MOST]]
    briefs = catalogue_of(ledger).briefs(shown)
    return Today(
        tolls=_tolls(ledger, moves),
        denials=denials,
        denied=denied,
        admissions=admissions,
        admitted=admitted,
        truces=_with(briefs, truces),
        truces_changed=changed.total,
        opened=_with(briefs, moves.opened[:MOST]),
        opened_number=moves.opened_number,
        closed=_with(briefs, moves.closed[:MOST]),
        closed_number=moves.closed_number,
        words=tellings_of(ledger, shown),
        outlets=moves.outlets,
        documents=moves.documents,
    )


def _with(briefs: Mapping[str, Brief], ids: Sequence[str]) -> tuple[tuple[str, Brief], ...]:
    return tuple((name, briefs[name]) for name in ids if name in briefs)


def _said(
    ledger: Ledger, moves: Moves, acts: Sequence[Stance], known: Known
) -> tuple[tuple[SaidRow, ...], Mapping[Stance, int]]:
    """Return the latest new sayings of some acts, and how many of each act there are.

    Those that bear on a happening come first: a denial of guilt before a denial of God.
    """
    rows: list[SaidRow] = []
    number: dict[Stance, int] = {}
    for act in acts:
        ask = SayingAsk(act=act, above=moves.saying_floor, sort="filed")
        found = sayings_of(ledger).find(ask, known=known, limit=MOST, is_counted=False)
        rows += found.rows
        if found.total:
            number[act] = found.total
    rows.sort(key=lambda row: row.said.incident_id is None)
    return tuple(rows[:MOST]), number


def _tolls(ledger: Ledger, moves: Moves) -> tuple[Toll, ...]:
    """Return the totals that moved, and those told first; a total that only repeats moved nothing."""
    new, old = _by_series(moves.tolls), _by_series(moves.tolls_before)
    wanted = [row.claim_id for rows in (*new.values(), *old.values()) for row in rows[:2]]
    entries = {
        entry.claim.id: as_corrected(entry)
        for entry in ledger.claims_by_id(wanted)
        if not is_left_out(entry)
    }
    found = []
    for series, rows in new.items():
        now = next((row for row in rows if _counts(entries.get(row.claim_id))), None)
        if now is None:
            continue
        earlier = [*old.get(series, ()), *(row for row in rows if row is not now)]
        was = next(
            (
                row
                for row in reading_sequence(earlier)
                if row.day <= now.day
                and _apart(row.day, now.day) <= MOST_APART
                and _counts(entries.get(row.claim_id))
            ),
            None,
        )
        if any(row.day > now.day for row in old.get(series, ())):
            continue
        toll = _toll(entries[now.claim_id], None if was is None else entries[was.claim_id], now.day)
        if toll is not None:
            found.append((now, toll))
    return tuple(
        toll for _, toll in sorted(found, key=lambda pair: (not pair[1].was, -pair[0].filed))
    )[:MOST]


def _apart(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _by_series(rows: Sequence[TollRow]) -> dict[Series, list[TollRow]]:
    found: dict[Series, list[TollRow]] = {}
    for row in rows:
        found.setdefault(row.series, []).append(row)
    return {series: reading_sequence(told) for series, told in found.items()}


def _counts(entry: Entry | None) -> bool:
    """Whether a total counts: nobody left it out, and whose loss it is and who says so are told."""
    if entry is None or not isinstance(entry.claim.payload, Casualty):
        return False
    return all(map(counts, (*entry.claim.payload.side, *entry.claim.speakers)))


def _toll(entry: Entry, before: Entry | None, day: str) -> Toll | None:
    payload = entry.claim.payload
    assert isinstance(payload, Casualty)
    was = "" if before is None else _number(before)
    now = _number(entry)
    if was == now:
        return None
    people = payload.subgroup or PERSONS[payload.category][1]
    harm = payload.outcome_words or HARMS[payload.outcome]
    return Toll(
        whose=f"{listed(plain_name(party.root) for party in payload.side)}, {people} {harm}",
        by=listed(plain_name(party.root) for party in entry.claim.speakers)
        or entry.outlet
        or "the report",
        was=was,
        now=now,
        day=date.fromisoformat(day),
        entry=entry,
        before=before,
    )


def _number(entry: Entry) -> str:
    payload = entry.claim.payload
    return str(payload.count) if isinstance(payload, Casualty) else ""
