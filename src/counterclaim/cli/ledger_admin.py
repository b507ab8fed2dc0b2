"""Commands about the ledger itself: verify, stats, backup, migrate, reindex, reread, problems."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.options import (
    FormatOption,
    FromOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    ToOption,
)
from counterclaim.cli.saying import say

app = typer.Typer(
    help="Manage the ledger: verify, count, back up and migrate it.",
    no_args_is_help=True,
)


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="ledger")


@app.command()
def verify(
    expect: Annotated[
        list[str] | None,
        typer.Option("--expect", help="A seal written down earlier, to be found; several may be."),
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Verify every seal, text, quote, index, account and table; name each fault, and what is not verified."""
    from counterclaim.cli.proving import run_verify  # noqa: PLC0415 - keeps --help instant

    run_verify(ledger, expect or [])


@app.command()
def stats(
    format_: FormatOption = "table", output: OutputOption = None, ledger: LedgerOption = None
) -> None:
    """Count what the ledger holds."""
    from counterclaim.cli.stats import show_stats  # noqa: PLC0415 - keeps --help instant

    show_stats(ledger, format_, output)


@app.command()
def backup(
    target: Annotated[str, typer.Argument(help="A new file, or the address of an empty database.")],
    ledger: LedgerOption = None,
) -> None:
    """Copy the whole ledger while it is in use, and verify the copy. From files to PostgreSQL and back."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.proving import tell_left  # noqa: PLC0415
    from counterclaim.ledger.database_url import hide_password  # noqa: PLC0415

    tell_left(target)
    with open_kept(ledger) as kept:
        rows = kept.copy_to(target)
    say(f"copied and proved {rows:,} rows to {hide_password(target)}")


@app.command()
def migrate(ledger: LedgerOption = None) -> None:
    """Bring a ledger made by an earlier version up to date; a file is copied beside itself first."""
    from counterclaim.ledger.database_url import find_address  # noqa: PLC0415 - keeps --help instant
    from counterclaim.ledger.upgrade import migrate_ledger  # noqa: PLC0415

    steps = migrate_ledger(find_address(ledger))
    say(
        f"brought to schema {steps[-1]}" if steps else "nothing to do: the schema is this version's"
    )


@app.command()
def reindex(ledger: LedgerOption = None) -> None:
    """Rebuild the indices of words and parties from the rows."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415 - keeps --help instant

    with open_kept(ledger) as kept:
        kept.reindex()
    say("indices made again")


@app.command()
def reread(ledger: LedgerOption = None) -> None:
    """Read again each document that another version read; each new reading is added beside the old one."""
    from collections import Counter  # noqa: PLC0415 - keeps --help instant

    from counterclaim.cli.options import open_kept  # noqa: PLC0415
    from counterclaim.pipeline.resources import load_tools  # noqa: PLC0415
    from counterclaim.service.ledger_service import read_again  # noqa: PLC0415

    with open_kept(ledger) as kept:
        done = Counter(posted.outcome for posted in read_again(kept, tools=load_tools()))
    told = ", ".join(f"{number:,} {outcome}" for outcome, number in done.items())
    say(told or "nothing to do: every document was read by this version")


@app.command()
def load(
    folder: Annotated[Path, typer.Argument(help="A folder made by 'counterclaim code'.")],
    first: FromOption = None,
    last: ToOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Add what an archive's folder holds, or some days of it, to the ledger; nothing is read again."""
    from counterclaim.cli.archive_code import run_load  # noqa: PLC0415 - keeps --help instant

    run_load(folder, ledger, first, last)


@app.command()
def problems(
    everything: Annotated[
        bool,
        typer.Option("--all", help="Include problems met while reading, and those resolved since."),
    ] = False,
    limit: LimitOption = 200,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List sources that could not be read, the latest first."""
    from counterclaim.cli.stats import show_problems  # noqa: PLC0415 - keeps --help instant

    show_problems(ledger, format_, output, limit, everything=everything)
