"""Cited: the citation of a row of a ledger as it stands now, by its id."""

from datetime import date

from counterclaim.errors import CounterclaimError
from counterclaim.exchange.citing import Citation, cite_account, cite_claim, cite_incident
from counterclaim.ledger import Ledger
from counterclaim.service.corrections import as_corrected
from counterclaim.service.flat import entry_row
from counterclaim.service.incident_list import brief_of
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.parties import find_party

MOST_CLAIMS = 100_000
"""Claims of one account."""


class NotCitableError(CounterclaimError):
    """What was named is no row that can be cited."""

    def __init__(self, row: str) -> None:
        super().__init__(
            f"{row[:80]!r} cannot be cited: give a claim's id (c-…), an incident's (i-…), account or account:SIDE"
        )


def citation_of(ledger: Ledger, row: str, seen: date, site: str = "") -> Citation:
    """Return the citation of a claim, an incident or an account.

    Args:
        ledger: Which.
        row: A claim's id, an incident's, ``account`` or ``account:SIDE``.
        seen: Today.
        site: Where the workbench is reached, for the lasting address.

    Raises:
        NotCitableError: If it names nothing of these.
        LedgerError: If the ledger has no such row.
    """
    if row.startswith("c-"):
        entry = as_corrected(ledger.claim(row))
        gone = ledger.withdrawals.standing(entry.claim.document_id)
        return cite_claim(entry_row(ledger, entry, site=site), seen, gone=str(gone or ""))
    if row.startswith("i-"):
        view, heirs = view_incident(ledger, row), ledger.lineage.heirs(row)
        return cite_incident(view, seen, site, title=brief_of(view).title.what, heirs=heirs)
    if row == "account" or row.startswith("account:"):
        name = row.partition(":")[2] or "all"
        side = None if name == "all" else find_party(ledger, name)
        kept = ledger_account(ledger, side, limit=MOST_CLAIMS)
        return cite_account(side or "all", kept.account, seen, site)
    raise NotCitableError(row)
