"""The command ``ledger verify``: faults, and where there are none what was proved and what was not."""

from collections.abc import Sequence

import typer

from counterclaim.cli.options import open_kept
from counterclaim.cli.saying import say
from counterclaim.ledger.backup import clear_left
from counterclaim.ledger.database_url import database_url, sqlite_file
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
                say(str(fault))
            if faults:
                say(f"{len(faults):,} faults", err=True)
                raise typer.Exit(1)
            stats, remarks = kept.stats(), kept.remarks()
    except StorageError as error:
        words = "keep this ledger as it is, and restore a backup"
        say(f"unreadable at {error.where}: the database failed ({error.why}); {words}")
        raise typer.Exit(1) from error
    say(
        f"proved: {stats.counts['postings']:,} postings, {stats.counts['documents']:,} documents, "
        f"{stats.counts['claims']:,} claims; seal {stats.seal or 'none yet'}"
    )
    for remark in remarks:
        say(remark)
    if not expect:
        say(OUTSIDE)


def tell_left(target: str) -> None:
    """Remove what backups that were killed left beside a target, and say so."""
    path = sqlite_file(database_url(target))
    for name in () if path is None else clear_left(path.parent):
        say(f"removed {name}, which a backup that was killed had left", err=True)
