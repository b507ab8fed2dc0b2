"""Commands that make pages of a ledger for others: publish and sheet."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.options import (
    FromOption,
    KindOption,
    KnownOption,
    LedgerOption,
    OutputOption,
    PartyOption,
    ProjectOption,
    RecordedOption,
    SiteOption,
    ToOption,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(publish)
    app.command()(sheet)


def publish(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new folder, or a site published before.")
    ],
    incident: Annotated[
        list[str] | None, typer.Option("--incident", help="Id of an incident. Repeatable.")
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option("--account", help="Whose losses: a side, or all. Repeatable."),
    ] = None,
    party: PartyOption = None,
    kind: KindOption = None,
    status: Annotated[str | None, typer.Option(help="A status that one of its slots has.")] = None,
    first: FromOption = None,
    last: ToOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every incident that fits.")] = False,
    title: Annotated[str, typer.Option("--title", help="Of the site.")] = "Who says what happened",
    about: Annotated[
        Path | None,
        typer.Option(
            "--about", help="A text file: who publishes this, for whom, how to be reached."
        ),
    ] = None,
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="Draw the accounts.")] = True,
    warc: Annotated[
        bool,
        typer.Option("--warc", help="With a copy of each report as it was read: mind its rights."),
    ] = False,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    site: SiteOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Make a site of chosen incidents and accounts: it needs no server, and says how its figures were made.

    Choose incidents by --incident, or by what they have with --party, --kind, --status, --from, --to or --all; accounts by --account.
    """
    from counterclaim.cli.options import read_day, read_known  # noqa: PLC0415
    from counterclaim.cli.publish_run import run_publish  # noqa: PLC0415 - keeps --help instant
    from counterclaim.records.query import IncidentQuery  # noqa: PLC0415

    query = IncidentQuery(
        kind=kind,
        party=party,
        status=status,
        first_day=read_day("--from", first),
        last_day=read_day("--to", last),
    )
    run_publish(
        folder,
        incident or [],
        account or [],
        query if every or query != IncidentQuery() else None,
        title=title,
        about=about,
        charts=charts,
        warc=warc,
        known=read_known(known_on, recorded_by, project),
        site=site or "",
        address=ledger,
    )


def sheet(
    row: Annotated[
        str,
        typer.Argument(metavar="ID", help="An incident's id (i-…), account, or account:SIDE."),
    ],
    output: OutputOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    site: SiteOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Make one page to print: an incident or an account with its sentences, lasting address and today's day."""
    from counterclaim.cli.options import read_known  # noqa: PLC0415
    from counterclaim.cli.publish_run import run_sheet  # noqa: PLC0415 - keeps --help instant

    run_sheet(
        row,
        output,
        known=read_known(known_on, recorded_by, project),
        site=site or "",
        address=ledger,
    )
