"""The sheet: an incident or an account as one page that stands alone, to be printed, with its address and the day."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.publish.gather import PublishedContent, gather
from counterclaim.publish.rendering import render, static_text, style
from counterclaim.publish.site import (
    SiteWords,
    account_rows_of,
    account_title,
    cited_account,
    cited_incident,
)
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.serve import Sheets
from counterclaim.serve.rules import RULES
from counterclaim.service.parties import find_party

WORDS = SiteWords(title="Counterclaim")


class NoSheetError(CounterclaimError):
    """What was named has no sheet."""

    def __init__(self, row: str) -> None:
        super().__init__(
            f"{row[:80]!r} has no sheet: give an incident's id (i-…), account or account:SIDE"
        )


class PartedError(CounterclaimError):
    """The claims of an incident are in several now."""

    def __init__(self, row: str, heirs: tuple[str, ...]) -> None:
        super().__init__(f"{row}: its claims are in {' and '.join(heirs)} now; give one of them")


def sheet_of(
    ledger: Ledger,
    row: str,
    *,
    known: Known = EVERYTHING,
    site: str = "",
    made_at: datetime,
    stylesheet: str = "",
) -> str:
    """Return one incident or account as a page to print.

    Args:
        ledger: Which.
        row: An incident's id, also one whose claims were merged into another; ``account``, or ``account:SIDE``.
        known: As known on which day.
        site: Where the workbench is reached, for the lasting address.
        made_at: Now.
        stylesheet: Address of the style sheet; without one the page holds it.

    Raises:
        NoSheetError: If it is neither.
        PartedError: If the incident's claims are in several now.
        LedgerError: If the ledger has no such row.
    """
    base = site.rstrip("/")
    if row.startswith("i-"):
        made = gather(ledger, [row], (), known=known, made_at=made_at)
        if len(made.incidents) != 1:
            raise PartedError(row, tuple(item.id for item in made.incidents))
        path = f"/incidents/{made.incidents[0].id}"
    elif row == "account" or row.startswith("account:"):
        name = row.partition(":")[2] or "all"
        side = name if name == "all" else find_party(ledger, name)
        made = gather(ledger, (), [side], known=known, made_at=made_at)
        path = "/casualties" if side == "all" else f"/casualties?party={quote(side, safe='')}"
    else:
        raise NoSheetError(row)
    return _page(ledger, made, base + path, path if stylesheet else "", stylesheet)


def _page(ledger: Ledger, gathered: PublishedContent, link: str, home: str, stylesheet: str) -> str:
    shared: dict[str, Any] = {
        "site": WORDS, "made": gathered, "alone": True, "style": style(), "stylesheet": stylesheet, "link": link,
        "home": home, "up": "", "rules": RULES,
    }  # fmt: skip
    if gathered.incidents:
        (item,) = gathered.incidents
        return render(
            "incident.html", **shared, item=item, cited=cited_incident(item, gathered, link)
        )
    (account,) = gathered.accounts
    return render(
        "account.html",
        **shared,
        item=account,
        title=account_title(account.name),
        rows=account_rows_of(ledger, account),
        chart=None,
        cited=cited_account(account, gathered, link),
    )


SHEETS = Sheets(sheet_of, lambda: static_text("site.css"))
"""As the workbench has them."""
