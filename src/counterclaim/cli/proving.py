"""The command ``ledger verify``: faults, and where there are none what was proved and what was not."""

from collections.abc import Sequence

import typer

from counterclaim.cli.options import open_kept
from counterclaim.ledger.errors import StorageError

OUTSIDE = (
    "not proved: that nobody who can write to the database sealed all of it anew, or cut off its end; against that, "
    "keep the seals elsewhere (ledger stats prints them), and give them with --expect"
)


def run_verify(address: str | None, expect: Sequence[str]) -> None:
    """Prove a ledger and say what was found; leave with 1 where there are faults."""
    try:
        with open_kept(address) as kept:
            faults = kept.verify(expect=expect)
            for fault in faults:
                typer.echo(str(fault))
            if faults:
                typer.echo(f"{len(faults):,} faults", err=True)
                raise typer.Exit(1)
            stats, remarks = kept.stats(), kept.remarks()
    except StorageError as error:
        words = "keep this ledger as it is, and restore a backup"
        typer.echo(f"unreadable at {error.where}: the database failed ({error.why}); {words}")
        raise typer.Exit(1) from error
    typer.echo(
        f"proved: {stats.counts['postings']:,} postings, {stats.counts['documents']:,} documents, "
        f"{stats.counts['claims']:,} claims; seal {stats.seal or 'none yet'}"
    )
    for remark in remarks:
        typer.echo(remark)
    if not expect:
        typer.echo(OUTSIDE)
