"""Commands over what was imported: list, refused, beside, withdraw."""

from typing import Annotated

import typer

from counterclaim.cli.options import FormatOption, LedgerOption, OutputOption

app = typer.Typer(
    help="Inspect imports: list them, show what was refused, compare with an incident, withdraw one.",
    no_args_is_help=True,
)

ImportArgument = Annotated[str, typer.Argument(metavar="ID", help="An import's id (m-…).")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="imports")


@app.command("list")
def list_(
    format_: FormatOption = "table", output: OutputOption = None, ledger: LedgerOption = None
) -> None:
    """List what was imported, the latest first."""
    from counterclaim.cli.importing import show_imports  # noqa: PLC0415 - keeps --help instant

    show_imports(ledger, None, format_, output)


@app.command()
def refused(
    name: ImportArgument,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List the rows of an import that were refused, and those that were taken though they are odd."""
    from counterclaim.cli.importing import show_imports  # noqa: PLC0415 - keeps --help instant

    show_imports(ledger, name, format_, output)


@app.command()
def beside(
    incident: Annotated[str, typer.Argument(help="An incident's id (i-…).")],
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List imported rows of the same kind, days, and place or party as an incident: nobody says they are the same."""
    from counterclaim.cli.importing import show_beside  # noqa: PLC0415 - keeps --help instant

    show_beside(ledger, incident, format_, output)


@app.command()
def withdraw(
    name: ImportArgument,
    by: Annotated[str, typer.Option("--by", help="Who takes it back.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    ledger: LedgerOption = None,
) -> None:
    """Take an import back: its rows are shown no more, and stay in the record."""
    from counterclaim.cli.importing import withdraw_import  # noqa: PLC0415 - keeps --help instant

    withdraw_import(ledger, name, by, reason)
