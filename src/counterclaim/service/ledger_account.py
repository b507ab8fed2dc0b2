"""What the ledger keeps, brought into one casualty account as known on a day."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from counterclaim.ledger import Ledger
from counterclaim.link import Wires, forget_texts
from counterclaim.link.comparison_cache import Memory
from counterclaim.reconcile import figures_of, reconcile
from counterclaim.reconcile.wires import join_wires, with_repeats
from counterclaim.records.account import Account
from counterclaim.records.casualty_figure import Figure, Withholding
from counterclaim.records.claim import Casualty, Claim, Withheld
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.party import Party
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.records.text import Span
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.told import hand_names, hands_behind

MOST_CLAIMS = 2_000
"""Claims of one account, the latest filed first: with more, the account says that it is cut."""

ACCOUNTS = 32
"""Accounts that are remembered; the one asked for longest ago goes first."""

REPORTS = 8_192
"""Reports whose figures are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAccount:
    """One account with the claims that it stands on."""

    account: Account
    entries: dict[str, Entry]
    """By claim id."""
    is_cut: bool
    """Whether there were more claims than ``MOST_CLAIMS``."""
    left_out: tuple[Entry, ...] = ()
    """Those that people rejected or discounted: in no number of the account."""
    wires: Wires = field(default_factory=lambda: Wires(()))
    """Which of the reports that give the same numbers are by one hand: such a number is counted once."""


@dataclass(frozen=True, slots=True)
class _RestsOn:
    """All that an account is worked out from."""

    told: tuple[Entry, ...]
    sides: Mapping[str, tuple[Party, ...]]
    erasures: int


_Told = tuple[tuple[Figure, ...], tuple[Withholding, ...]]


class AccountMemory:
    """What was worked out for the accounts of an open ledger: used again while what it rests on is the same."""

    def __init__(self) -> None:
        self._accounts: OrderedDict[Hashable, tuple[_RestsOn, KeptAccount]] = OrderedDict()
        self._figures: Memory[Hashable, tuple[Sequence[Claim], _Told]] = Memory(REPORTS)
        self._erasures = 0
        self._lock = Lock()

    def forget(self, *, figures: bool = True) -> None:
        """Let go of the accounts; of the figures of single reports too, unless they are to stay."""
        with self._lock:
            self._accounts.clear()
            if figures:
                self._figures = Memory(REPORTS)

    def account(
        self, key: Hashable, rests_on: _RestsOn, make: Callable[[], KeptAccount]
    ) -> KeptAccount:
        """Return the account of a key, worked out anew where what it rests on has changed."""
        with self._lock:
            is_behind, self._erasures = self._erasures != rests_on.erasures, rests_on.erasures
        if is_behind:
            self.forget()
            forget_texts()
        with self._lock:
            held = self._accounts.get(key)
        if held is not None and held[0] == rests_on:
            return held[1]
        made = make()
        with self._lock:
            self._accounts[key] = rests_on, made
            self._accounts.move_to_end(key)
            while len(self._accounts) > ACCOUNTS:
                self._accounts.popitem(last=False)
        return made

    def figures(
        self,
        claims: Sequence[Claim],
        published: date | None,
        since: Mapping[Span, date],
        home: tuple[Party, ...],
    ) -> _Told:
        """Return the figures of one report's claims. Claims that are kept have numbers of their own: ``id``."""
        key = (tuple(map(id, claims)), published, tuple(since.items()), home)
        return self._figures.get(key, lambda: (claims, figures_of(claims, published, since, home)))[
            1
        ]


_open: "WeakKeyDictionary[Ledger, AccountMemory]" = WeakKeyDictionary()
_opening = Lock()


def memory_of(ledger: Ledger) -> AccountMemory:
    """Return what is remembered of an open ledger's accounts."""
    with _opening:
        return _open.setdefault(ledger, AccountMemory())


def ledger_account(
    ledger: Ledger,
    side: str | None = None,
    *,
    known: Known = EVERYTHING,
    limit: int = MOST_CLAIMS,
) -> KeptAccount:
    """Reconcile the figures that a ledger keeps, as corrected by people.

    Args:
        ledger: Which.
        side: Root of whose losses are meant; None for everybody's.
        known: As known on which day.
        limit: The most claims of each kind, the latest filed first.
    """
    told = ledger.losses.of(side, known=known, limit=limit + 1)
    sides = ledger.losses.sides(list(dict.fromkeys(entry.claim.document_id for entry in told)))
    rests_on = _RestsOn(told, sides, ledger.losses.erasures)
    return memory_of(ledger).account(
        (side, known, limit), rests_on, lambda: _work_out(ledger, side, known, limit, rests_on)
    )


def _work_out(
    ledger: Ledger, side: str | None, known: Known, limit: int, rests_on: _RestsOn
) -> KeptAccount:
    found: list[Entry] = []
    is_cut = False
    for kind in ("casualty", "withheld"):
        rows = [entry for entry in rests_on.told if entry.claim.kind == kind]
        is_cut = is_cut or len(rows) > limit
        found += [entry for entry in map(as_corrected, rows[:limit]) if _is_about(entry, side)]
    counted = [entry for entry in found if not is_left_out(entry)]
    figures, withheld = _figures(ledger, counted, rests_on.sides)
    wires, documents = hands_behind(ledger, figures)
    kept, repeats = join_wires(figures, hand_names(wires, documents))
    return KeptAccount(
        account=with_repeats(reconcile(kept, withheld, known_on=known.day), repeats),
        entries={entry.claim.id: entry for entry in found},
        is_cut=is_cut,
        left_out=tuple(entry for entry in found if is_left_out(entry)),
        wires=wires,
    )


def _is_about(entry: Entry, side: str | None) -> bool:
    payload = entry.claim.payload
    if side is None:
        return True
    if isinstance(payload, Casualty):
        return any(party.root == side for party in payload.side)
    return isinstance(payload, Withheld) and any(party.root == side for party in payload.owners)


def _figures(
    ledger: Ledger, entries: Sequence[Entry], parties: Mapping[str, tuple[Party, ...]]
) -> tuple[list[Figure], list[Withholding]]:
    """Turn claims into figures, document by document, each with the epochs that its reading found."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.claim.document_id, []).append(entry)
    readings = {
        entry.reading_id
        for entry in entries
        if isinstance(entry.claim.payload, Casualty) and entry.claim.payload.since is not None
    }
    epochs = _epochs(ledger.losses.accounts(sorted(readings)))
    memory = memory_of(ledger)
    figures: list[Figure] = []
    withheld: list[Withholding] = []
    for rows in groups.values():
        claims = sorted((entry.claim for entry in rows), key=lambda claim: claim.span)
        since = {
            claim.payload.since: epochs[claim.id]
            for claim in claims
            if isinstance(claim.payload, Casualty)
            and claim.payload.since is not None
            and claim.id in epochs
        }
        home = parties.get(claims[0].document_id, ())
        told, kept = memory.figures(claims, rows[0].published, since, home)
        figures += told
        withheld += kept
    return figures, withheld


def _epochs(accounts: dict[str, Account]) -> dict[str, date]:
    """Return the first day counted, by claim."""
    return {
        id_: series.key.epoch
        for account in accounts.values()
        for series in account.series
        if series.key.epoch is not None
        for point in series.points
        for id_ in point.figure_ids
    }
