"""Shows the versions of a report: what stood at an address, and what changed in claims."""

from pathlib import Path
from typing import Any

from rich.text import Text

from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.rows import check_format, open_output, show_rows
from counterclaim.cli.saying import make_console
from counterclaim.service.versions import Version, versions_of


def show_versions(address: str | None, name: str, format_: str, output: Path | None) -> None:
    """Show each version with what changed against the one before."""
    check_format(format_)
    with open_kept(address) as ledger:
        found = versions_of(ledger, name)
    if not found:
        msg = f"nothing was met at {name!r}: give the address as `counterclaim export documents` has it"
        raise UsageError(msg)
    if format_ != "table":
        show_rows([_row(item) for item in found], (), format_, output, none="")
        return
    with open_output(output) as stream:
        console = make_console(file=stream, highlight=False, width=None if output is None else 140)
        for number, item in enumerate(found, 1):
            console.print(Text(_head(number, item), style="bold"), soft_wrap=True)
            for change in item.changes:
                console.print(Text(f"  {change}"), soft_wrap=True)
            if number > 1 and not item.changes:
                console.print(Text("  no claim changed"))


def _head(number: int, item: Version) -> str:
    stands = "stands" if item.stands else "counts no longer"
    title = f", {item.title}" if item.title else ""
    return (
        f"{number}. {item.document_id}, met {item.recorded_at:%Y-%m-%d %H:%M}{title}: "
        f"{item.claims} claims, {stands}"
    )


def _row(item: Version) -> dict[str, Any]:
    return {
        "document": item.document_id,
        "title": item.title,
        "outlet": item.outlet,
        "published": None if item.published is None else item.published.isoformat(),
        "recorded_at": item.recorded_at.isoformat(),
        "stands": item.stands,
        "claims": item.claims,
        "changes": [str(change) for change in item.changes],
    }
