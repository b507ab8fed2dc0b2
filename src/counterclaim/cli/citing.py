"""Cites a claim or an incident."""

from datetime import UTC, datetime

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.saying import screen
from counterclaim.desk.corrections import as_corrected
from counterclaim.desk.filing import view_incident
from counterclaim.desk.flat import entry_row
from counterclaim.exchange.citing import STYLES, cite_claim, cite_incident, write_citation


def run_cite(address: str | None, row: str, style: str, site: str | None) -> None:
    """Print the citation of a claim or an incident.

    Raises:
        UsageError: If the style or the kind of row is unknown.
    """
    if style not in STYLES:
        raise UsageError(f"--style {style!r} is unknown: choose one of {', '.join(STYLES)}")
    today = datetime.now(UTC).date()
    with open_kept(address) as ledger:
        if row.startswith("c-"):
            entry = as_corrected(ledger.claim(row))
            cited = cite_claim(entry_row(ledger, entry, site=site or ""), today)
        elif row.startswith("i-"):
            cited = cite_incident(view_incident(ledger, row), today, site or "")
        else:
            raise UsageError(
                f"{row!r} cannot be cited: give a claim's id (c-…) or an incident's (i-…)"
            )
    screen().write(write_citation(cited, style))
