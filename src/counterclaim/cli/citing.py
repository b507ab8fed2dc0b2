"""Cites a claim, an incident or an account."""

from datetime import UTC, datetime

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.saying import screen
from counterclaim.exchange.citing import (
    STYLES,
    cite_account,
    cite_claim,
    cite_incident,
    write_citation,
)
from counterclaim.service.corrections import as_corrected
from counterclaim.service.flat import entry_row
from counterclaim.service.incident_list import brief_of
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.parties import find_party

MOST_CLAIMS = 100_000
"""Claims of one account."""


def run_cite(address: str | None, row: str, style: str, site: str | None) -> None:
    """Print the citation of a claim, an incident or an account.

    Raises:
        UsageError: If the style or the kind of row is unknown.
    """
    if style not in STYLES:
        raise UsageError(f"--style {style!r} is unknown: choose one of {', '.join(STYLES)}")
    today = datetime.now(UTC).date()
    with open_kept(address) as ledger:
        if row.startswith("c-"):
            entry = as_corrected(ledger.claim(row))
            gone = ledger.withdrawals.standing(entry.claim.document_id)
            flat_row = entry_row(ledger, entry, site=site or "")
            cited = cite_claim(flat_row, today, gone=str(gone or ""))
        elif row.startswith("i-"):
            view, heirs = view_incident(ledger, row), ledger.lineage.heirs(row)
            cited = cite_incident(
                view, today, site or "", title=brief_of(view).title.what, heirs=heirs
            )
        elif row == "account" or row.startswith("account:"):
            name = row.partition(":")[2] or "all"
            side = None if name == "all" else find_party(ledger, name)
            kept = ledger_account(ledger, side, limit=MOST_CLAIMS)
            cited = cite_account(side or "all", kept.account, today, site or "")
        else:
            raise UsageError(
                f"{row!r} cannot be cited: give a claim's id (c-…), an incident's (i-…), account or account:SIDE"
            )
    screen().write(write_citation(cited, style))
