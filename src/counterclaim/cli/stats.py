"""Shows how much a ledger holds, and what could not be read."""

from pathlib import Path
from typing import Any

from counterclaim.cli.options import open_kept
from counterclaim.cli.rows import check_format, show_rows


def show_stats(address: str | None, format_: str, output: Path | None) -> None:
    """Show the counts of a ledger, one a row."""
    check_format(format_)
    with open_kept(address) as ledger:
        stats = ledger.stats()
    told: dict[str, Any] = {
        "database": stats.database,
        "schema": stats.schema,
        **{name.replace("_", " "): number for name, number in stats.counts.items()},
        **{f"claims: {kind}": number for kind, number in stats.claims_by_kind.items()},
        "first recorded": None
        if stats.first_recorded is None
        else stats.first_recorded.isoformat(),
        "last recorded": None if stats.last_recorded is None else stats.last_recorded.isoformat(),
        "bytes": stats.bytes,
        "seal": stats.seal,
    }
    rows = [{"what": name, "number": value} for name, value in told.items()]
    show_rows(rows, ("what", "number"), format_, output, none="")


def show_problems(
    address: str | None, format_: str, output: Path | None, limit: int, *, everything: bool
) -> None:
    """Show problems, the latest first."""
    check_format(format_)
    with open_kept(address) as ledger:
        kept = ledger.problems(of_sources=not everything, limit=limit)
    rows = [
        {
            "recorded": item.recorded_at.strftime("%Y-%m-%d %H:%M"),
            "source": item.source,
            "code": item.problem.code,
            "message": item.problem.message,
            "document": item.document_id,
        }
        for item in kept
    ]
    columns = ("recorded", "source", "code", "message")
    show_rows(rows, columns, format_, output, none="every source could be read")
