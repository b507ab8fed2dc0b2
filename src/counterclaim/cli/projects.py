"""Commands about projects, the wars that a ledger follows: list, show, add, new, assign, unassign."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.options import FormatOption, LedgerOption, OutputOption

app = typer.Typer(
    help="Look after projects: the wars that the ledger follows, each by a conflict file.",
    no_args_is_help=True,
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Of a project of the ledger.")]
DocumentArgument = Annotated[str, typer.Argument(metavar="DOC", help="Id of a report (d-…).")]
ByOption = Annotated[str, typer.Option("--by", help="Who decides.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="project")


@app.command("list")
def list_(
    format_: FormatOption = "table", output: OutputOption = None, ledger: LedgerOption = None
) -> None:
    """List the projects of the ledger, and the conflict files that ship and are none yet."""
    from counterclaim.cli.project_views import show_projects  # noqa: PLC0415 - keeps --help instant

    show_projects(ledger, format_, output)


@app.command()
def show(
    name: NameArgument,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show who stands where in a project, and which reports are of it, each with why."""
    from counterclaim.cli.project_views import show_project  # noqa: PLC0415 - keeps --help instant

    show_project(ledger, name, format_, output)


@app.command()
def add(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|NAME", help="A conflict file of yours (.toml), or a shipped one's name."
        ),
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="Of the project; else the file's own name.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who adds it.")] = "local",
    ledger: LedgerOption = None,
) -> None:
    """Make a project of a conflict file, or give a project its newer file; reports at hand are proposed to it."""
    from counterclaim.cli.project_views import run_add_project  # noqa: PLC0415 - keeps --help instant

    run_add_project(ledger, file, name, by)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the project and of its file.")],
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT", help="Ids of reports of the ledger (d-…), or files and addresses."
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here; else to NAME.toml.")
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Write a conflict file from reports: parties told to fight, places, outlets. All of it is for you to check."""
    from counterclaim.cli.project_views import run_new_project  # noqa: PLC0415 - keeps --help instant

    run_new_project(ledger, name, reports, output)


@app.command()
def assign(
    document: DocumentArgument,
    name: NameArgument,
    by: ByOption = "local",
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Put a report into a project by hand: whatever is proposed, it stays there."""
    from counterclaim.cli.project_views import run_assign  # noqa: PLC0415 - keeps --help instant

    run_assign(ledger, document, name, joined=True, by=by, reason=reason)


@app.command()
def unassign(
    document: DocumentArgument,
    name: NameArgument,
    by: ByOption = "local",
    reason: ReasonOption = "",
    ledger: LedgerOption = None,
) -> None:
    """Take a report out of a project by hand: whatever is proposed, it stays out."""
    from counterclaim.cli.project_views import run_assign  # noqa: PLC0415 - keeps --help instant

    run_assign(ledger, document, name, joined=False, by=by, reason=reason)
