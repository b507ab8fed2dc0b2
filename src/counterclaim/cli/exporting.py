"""Writes whole tables of a ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.rows import check_format, open_output, write_lines
from counterclaim.cli.showing import claims_of, entry_row, figure_row, full_row, incident_row
from counterclaim.desk.figures import corrected_figures
from counterclaim.export.plain import plain
from counterclaim.export.separated import write_csv
from counterclaim.ledger import Ledger
from counterclaim.records.notation import print_claim
from counterclaim.records.query import ClaimQuery, Known

WHOLE = 2**31 - 1
"""No limit."""

TABLES = ("claims", "figures", "incidents", "documents")


def run_export(
    address: str | None, what: str, known: Known, format_: str, output: Path | None
) -> None:
    """Write one table of a ledger, page by page, so that its size does not matter.

    Raises:
        UsageError: If there is no such table or format.
    """
    if what not in TABLES:
        raise UsageError(f"{what!r} cannot be exported: choose one of {', '.join(TABLES)}")
    check_format(format_, ("jsonl", "csv", "notation") if what == "claims" else ("jsonl", "csv"))
    with open_kept(address) as ledger, open_output(output) as stream:
        if format_ == "notation":
            for entry in claims_of(ledger, ClaimQuery(), known, WHOLE):
                stream.write(print_claim(entry.claim, entry.published) + "\n")
        elif format_ == "csv":
            write_csv(_rows(ledger, what, known, is_flat=True), stream)
        else:
            write_lines(_rows(ledger, what, known, is_flat=False), stream)


def _rows(ledger: Ledger, what: str, known: Known, *, is_flat: bool) -> Iterator[dict[str, Any]]:
    if what == "claims":
        make = entry_row if is_flat else full_row
        yield from (make(entry) for entry in claims_of(ledger, ClaimQuery(), known, WHOLE))
    elif what == "figures":
        yield from (figure_row(row) for row in corrected_figures(ledger, known=known, limit=WHOLE))
    else:
        after: str | None = None
        while True:
            if what == "incidents":
                cards = ledger.incidents(known=known, limit=500, after=after)
                yield from (incident_row(card) for card in cards.rows)
                after = cards.next
            else:
                held = ledger.documents(known=known, limit=500, after=after)
                yield from (plain(card) for card in held.rows)
                after = held.next
            if after is None:
                return
