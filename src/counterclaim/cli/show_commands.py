"""Commands that show: incidents, ceasefires, positions, claims, search, diff, export, import, cite."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.options import (
    DocumentOption,
    FormatOption,
    FromOption,
    KindOption,
    KnownOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    PartyOption,
    ProjectOption,
    RecordedOption,
    SinceOption,
    SiteOption,
    SpeakerOption,
    StanceOption,
    TableFormatOption,
    ToOption,
    UntilOption,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (incidents, claims, ceasefires, positions, search, diff, export):
        app.command()(command)
    app.command("import")(import_)
    app.command()(cite)


def incidents(
    incident: Annotated[
        str | None, typer.Argument(help="Id of one: shows its positions, claims and reasons.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="event, casualty, ceasefire, position or withheld.")
    ] = None,
    party: PartyOption = None,
    status: Annotated[str | None, typer.Option(help="A status that one of its slots has.")] = None,
    first: FromOption = None,
    last: ToOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    limit: LimitOption = 50,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List incidents, the latest changed first; or show one with all that bears on it."""
    from counterclaim.cli import output_views  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_day, read_known  # noqa: PLC0415
    from counterclaim.records.query import IncidentQuery  # noqa: PLC0415

    known = read_known(known_on, recorded_by, project)
    if incident is not None:
        output_views.show_incident(ledger, incident, known, format_, output)
        return
    query = IncidentQuery(
        kind=kind,
        party=party,
        status=status,
        first_day=read_day("--from", first),
        last_day=read_day("--to", last),
    )
    output_views.show_incidents(ledger, query, known, limit, format_, output)


def ceasefires(
    party: PartyOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    limit: LimitOption = 500,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show each ceasefire's life as told: states, breaches alleged, who said so; count them by broker."""
    from counterclaim.cli import ceasefires as lives  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    known = read_known(known_on, recorded_by, project)
    lives.show_ceasefires(ledger, party, known, limit, format_, output)


def positions(
    party: PartyOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    limit: LimitOption = 500,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List demands, offers, refusals and backing with their answers, the latest first."""
    from counterclaim.cli import ceasefires as lives  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    known = read_known(known_on, recorded_by, project)
    lives.show_positions(ledger, party, known, limit, format_, output)


def search(
    words: Annotated[
        str, typer.Argument(help='Words; "a phrase" in quotation marks, -without, begin*.')
    ],
    best: Annotated[
        bool, typer.Option("--best", help="Best fit first instead of the latest first.")
    ] = False,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    limit: LimitOption = 50,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Find claims by the words of their sentences."""
    from counterclaim.cli import output_views  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    known = read_known(known_on, recorded_by, project)
    order = "best" if best else "newest"
    output_views.show_hits(ledger, words, order, known, limit, format_, output)


def diff(
    since: Annotated[str, typer.Option("--since", help="First day of what is new, as 2020-10-14.")],
    project: ProjectOption = None,
    limit: LimitOption = 10_000,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show what the ledger learnt: figures, denials, ceasefires, changed statuses, judgements."""
    from counterclaim.cli import output_views  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_day  # noqa: PLC0415

    day = read_day("--since", since)
    assert day is not None
    output_views.show_changes(ledger, day, limit, format_, output, project)


def claims(
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    party: PartyOption = None,
    kind: KindOption = None,
    document: DocumentOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    table: Annotated[
        str, typer.Option("--table", help="claims of every kind, figures, events or ceasefires.")
    ] = "claims",
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    limit: LimitOption = 50,
    format_: TableFormatOption = "table",
    output: OutputOption = None,
    site: SiteOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List claims by speaker, stance, target and day; or write them to a file."""
    from counterclaim.cli import export_tables  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415
    from counterclaim.service.asking import read_query  # noqa: PLC0415

    export_tables.show_flat(
        ledger,
        table,
        lambda kept: read_query(
            kept,
            speaker=speaker,
            party=party,
            stance=stance,
            kind=kind,
            document=document,
            since=since,
            until=until,
            mark="--",
        ),
        read_known(known_on, recorded_by, project),
        limit,
        format_,
        output,
        site,
    )


def export(
    what: Annotated[
        str, typer.Argument(help="claims, figures, events, ceasefires, incidents or documents.")
    ] = "claims",
    speaker: SpeakerOption = None,
    stance: StanceOption = None,
    party: PartyOption = None,
    kind: KindOption = None,
    document: DocumentOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="jsonl, csv, xlsx, parquet; for claims also notation, acled, ucdp, plover, polecat, gdelt2, "
            "hxl, geojson, ftm, ftm-statements, annotation, schema-org, or a format that a package brings.",
        ),
    ] = "jsonl",
    output: OutputOption = None,
    site: SiteOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write a whole table of the ledger, every field in a column of its own, or the claims that fit."""
    from counterclaim.cli import export_tables  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import open_kept, read_known  # noqa: PLC0415
    from counterclaim.service.asking import read_query  # noqa: PLC0415

    export_tables.check_table(what, format_, output)
    with open_kept(ledger) as kept:
        query = read_query(
            kept,
            speaker=speaker,
            party=party,
            stance=stance,
            kind=kind,
            document=document,
            since=since,
            until=until,
            mark="--",
        )
        known = read_known(known_on, recorded_by, project)
        export_tables.run_export(kept, what, query, known, format_, output, site)


def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file of another data set.")],
    format_as: Annotated[
        str,
        typer.Option(
            "--as",
            help="acled, ucdp, polecat, gdelt2, hxl, csv with --map, or one that a package brings.",
        ),
    ],
    meaning: Annotated[
        Path | None, typer.Option("--map", metavar="MAP.toml", help="What a CSV's columns mean.")
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table: filed and shown beside what was read; any that export has: written, not filed.",
        ),
    ] = "table",
    output: OutputOption = None,
    by: Annotated[str, typer.Option("--by", help="Who takes it in.")] = "local",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come of it, and file nothing.")
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    """File rows of another data set beside what was read. They corroborate nothing and are in no number."""
    from counterclaim.cli.importing import run_import  # noqa: PLC0415 - keeps --help instant

    run_import(path, format_as, meaning, format_, output, ledger, by=None if dry_run else by)


def cite(
    row: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A claim's id (c-…), an incident's (i-…), account or account:SIDE."
        ),
    ],
    style: Annotated[str, typer.Option("--style", help="text, bibtex or csl.")] = "text",
    site: SiteOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Cite a claim, an incident or an account: who says it, in which report, its lasting address, and today's day."""
    from counterclaim.cli.citing import run_cite  # noqa: PLC0415 - keeps --help instant

    run_cite(ledger, row, style, site)
