"""Cites a claim, an incident or an account."""

from datetime import UTC, datetime

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.saying import say_aside, screen
from counterclaim.errors import unknown_word
from counterclaim.exchange.cited import NotCitableError, citation_of
from counterclaim.exchange.citing import STYLES, write_citation


def run_cite(address: str | None, row: str, style: str, site: str | None) -> None:
    """Print the citation of a claim, an incident or an account.

    Raises:
        UsageError: If the style or the kind of row is unknown.
    """
    if style not in STYLES:
        raise UsageError(unknown_word("--style", style, STYLES))
    today = datetime.now(UTC).date()
    with open_kept(address) as ledger:
        try:
            cited = citation_of(ledger, row, today, site or "")
        except NotCitableError as error:
            raise UsageError(str(error)) from error
    screen().write(write_citation(cited, style))
    tell_of_host(site)


def tell_of_host(site: str | None) -> None:
    """Say that an address leads nowhere by itself, where nobody said at which host the workbench is reached."""
    if not site:
        say_aside(
            "the address has no host: give --site https://…, or set COUNTERCLAIM_SITE, for one that others can follow"
        )
