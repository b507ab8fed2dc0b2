"""Commands that take reports down: withdraw, restore, erase, withdrawn."""

from typing import Annotated

import typer

from counterclaim.cli.options import FormatOption, LedgerOption, OutputOption, UsageError

DocumentArgument = Annotated[str, typer.Argument(metavar="DOC", help="A report's id (d-…).")]
ByOption = Annotated[str, typer.Option("--by", help="Who decides.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why: it is kept, and shown.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (withdraw, restore, erase, withdrawn):
        app.command()(command)


def withdraw(
    document: DocumentArgument, by: ByOption, reason: ReasonOption, ledger: LedgerOption = None
) -> None:
    """Withdraw a report from every view, total and incident. It stays in the record, and can come back."""
    from counterclaim.cli.erasing import run_withdraw  # noqa: PLC0415 - keeps --help instant

    run_withdraw(ledger, document, by, reason)


def restore(
    document: DocumentArgument, by: ByOption, reason: ReasonOption, ledger: LedgerOption = None
) -> None:
    """Bring a withdrawn report back, as it was read."""
    from counterclaim.cli.erasing import run_restore  # noqa: PLC0415 - keeps --help instant

    run_restore(ledger, document, by, reason)


def erase(
    document: DocumentArgument,
    by: ByOption,
    reason: ReasonOption,
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--words",
            help="A name, as the report has it; once for each form. Without it the whole text goes.",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="It cannot be undone: say that it is meant.")
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    """Take a name, or all words, out of a report and of what was read in it, for good."""
    from counterclaim.cli.erasing import run_erase  # noqa: PLC0415 - keeps --help instant

    if not yes:
        raise UsageError(
            "what is erased never comes back, and backups and exports keep it: if it is meant, give --yes"
        )
    run_erase(ledger, document, words or [], by, reason)


def withdrawn(
    format_: FormatOption = "table", output: OutputOption = None, ledger: LedgerOption = None
) -> None:
    """List the reports that are withdrawn, the latest first."""
    from counterclaim.cli.erasing import show_withdrawn  # noqa: PLC0415 - keeps --help instant

    show_withdrawn(ledger, format_, output)
