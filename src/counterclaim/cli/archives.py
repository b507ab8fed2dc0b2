"""Commands over archives: code, and what looks into the folder that it makes."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.lexicons import LexiconOption
from counterclaim.cli.options import FormatOption, LimitOption, OutputOption, UsageError
from counterclaim.cli.saying import say

app = typer.Typer(
    help="Inspect a folder that 'code' made: count it, list what was let go, ask it in SQL.",
    no_args_is_help=True,
)

FolderArgument = Annotated[Path, typer.Argument(help="A folder made by 'counterclaim code'.")]


def register(root: typer.Typer) -> None:
    """Add the command and the group to the command line."""
    root.command()(code)
    root.add_typer(app, name="archive")


def code(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE...",
            help="WARC, WET, JSONL (.gz, .zst), Parquet, lists of files (.csv, .tsv), or folders.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the tables; a run goes on in it.")],
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Processes that sift and read.")
    ] = 1,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray", metavar="ADDRESS", help="Work on a Ray cluster; 'local' makes one here."
        ),
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="Skip texts that are not about war.")
    ] = True,
    threshold: Annotated[
        float | None,
        typer.Option(help="The gate's threshold; lower lets more pass. Default: as shipped."),
    ] = None,
    copies: Annotated[
        bool, typer.Option("--copies/--all-copies", help="Read near copies of one text once.")
    ] = True,
    pipeline: Annotated[str | None, typer.Option(help="spaCy pipeline to parse with.")] = None,
    conflict: Annotated[
        str | None, typer.Option(metavar="FILE|NAME", help="Conflict file, as for 'read'.")
    ] = None,
    rules_only: Annotated[
        bool,
        typer.Option("--rules-only", help="Do not use the trained models: faster, but finds less."),
    ] = False,
    lexicon: LexiconOption = None,
    part_items: Annotated[
        int,
        typer.Option("--part", min=1, help="Documents of an archive to one part of the tables."),
    ] = 2_000,
) -> None:
    """Code archives into Parquet tables by day. It can be stopped at any time and resumes when run again."""
    del lexicon
    from counterclaim.archive.stages import ArchiveSettings  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.archive_code import run_code  # noqa: PLC0415
    from counterclaim.parse import DEFAULT_PIPELINE  # noqa: PLC0415

    if threshold is not None and not gate:
        raise UsageError("give --threshold or --no-gate, not both")
    settings = ArchiveSettings(
        pipeline=pipeline or DEFAULT_PIPELINE,
        conflict=conflict,
        rules_only=rules_only,
        gate=gate,
        threshold=threshold,
        copies=copies,
    )
    run_code(archives, out, settings, workers=workers, ray=ray, part_items=part_items)


@app.command()
def stats(folder: FolderArgument) -> None:
    """Count what a folder holds: documents by what became of them, rows by table, sources."""
    from counterclaim.archive.store import (  # noqa: PLC0415 - keeps --help instant
        read_manifest,
        read_notes,
        summarise,
    )
    from counterclaim.cli.archive_code import tell_manifest  # noqa: PLC0415

    settings = read_manifest(folder)["settings"]
    say(tell_manifest(summarise(settings, read_notes(folder))))


@app.command("let-go")
def let_go(
    folder: FolderArgument,
    reason: Annotated[
        str | None,
        typer.Option(
            help="not of war, not English, unreadable or quarantined; all of them if not given."
        ),
    ] = None,
    limit: LimitOption = 200,
    format_: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """List documents that were not read, those nearest to the gate's threshold first."""
    from counterclaim.cli.archive_code import show_let_go  # noqa: PLC0415 - keeps --help instant

    show_let_go(folder, reason, limit, format_, output)


@app.command()
def query(
    folder: FolderArgument,
    sql: Annotated[str, typer.Argument(help="One query over the views, in DuckDB's SQL.")],
    format_: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """Query a folder in SQL: documents, claims, figures, events, problems, let_go, figures_by_day."""
    from counterclaim.cli.archive_code import show_query  # noqa: PLC0415 - keeps --help instant

    show_query(folder, sql, format_, output)
