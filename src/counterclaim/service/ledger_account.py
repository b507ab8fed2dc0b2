"""What the ledger keeps, brought into one casualty account as known on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from counterclaim.ledger import Ledger
from counterclaim.link import Wires
from counterclaim.reconcile import figures_of, reconcile
from counterclaim.reconcile.wires import join_wires, with_repeats
from counterclaim.records.account import Account
from counterclaim.records.casualty_figure import Figure, Withholding
from counterclaim.records.claim import Casualty, Withheld
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.told import hand_names, hands_behind

MOST_CLAIMS = 2_000
"""Claims of one account, the latest filed first: with more, the account says that it is cut."""


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
    found: list[Entry] = []
    is_cut = False
    told = ledger.losses.of(side, known=known, limit=limit + 1)
    for kind in ("casualty", "withheld"):
        rows = [entry for entry in told if entry.claim.kind == kind]
        is_cut = is_cut or len(rows) > limit
        found += [entry for entry in map(as_corrected, rows[:limit]) if _is_about(entry, side)]
    counted = [entry for entry in found if not is_left_out(entry)]
    figures, withheld = _figures(ledger, counted)
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


def _figures(ledger: Ledger, entries: Sequence[Entry]) -> tuple[list[Figure], list[Withholding]]:
    """Turn claims into figures, document by document, each with the epochs that its reading found."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.claim.document_id, []).append(entry)
    readings = {
        entry.reading_id
        for entry in entries
        if isinstance(entry.claim.payload, Casualty) and entry.claim.payload.since is not None
    }
    epochs = _epochs(ledger.accounts(sorted(readings)))
    parties = ledger.sides(sorted(groups))
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
        told, kept = figures_of(claims, rows[0].published, since, home)
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
