"""The commands. Nothing heavy is imported before a command needs it: ``--help`` must be instant."""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli import (
    alerts,
    archives,
    foretold,
    imported,
    ledger_admin,
    people,
    projects,
    publishing,
    rereading,
    serve_command,
    show_commands,
    withdrawing,
    write_commands,
)
from counterclaim.cli.lexicons import LexiconOption
from counterclaim.cli.options import LedgerOption, ProjectOption, UsageError, read_day, read_given
from counterclaim.cli.saying import say
from counterclaim.cli.second import (
    CallsOption,
    FreshOption,
    KeyFileOption,
    ModelOption,
    PolicyOption,
    SecondOption,
    TokensOption,
    add_second_reader,
    settings_asked,
)
from counterclaim.errors import CounterclaimError, unknown_word
from counterclaim.records.shown import shown
from counterclaim.version import __version__

app = typer.Typer(
    name="counterclaim",
    help="Read reporting on armed conflict and keep who says what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

FORMAT_NAMES = ("table", "notation", "json", "jsonl", "html")
ACCOUNT_FORMAT_NAMES = ("table", "json", "jsonl", "csv")


def _show_version(value: bool) -> None:
    if value:
        say(f"counterclaim {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Read reporting on armed conflict and keep who says what happened."""


@app.command()
def read(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files (.txt, .md, .html, .pdf, .jsonl, .warc), addresses, or - for standard input.",
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            help="Day of publication, as 2020-10-14, or 2020-10. Overrides the source's own."
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help="Who published it. Overrides the source's own.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Its title. Overrides the source's own.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, notation, json, jsonl or html.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file instead of the screen."),
    ] = None,
    pipeline: Annotated[str | None, typer.Option(help="spaCy pipeline to parse with.")] = None,
    conflict: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|NAME",
            help="Conflict file: a .toml of yours, or a shipped name such as ukraine. Without one the sides are inferred.",
        ),
    ] = None,
    rules_only: Annotated[
        bool,
        typer.Option("--rules-only", help="Do not use the trained models: faster, but finds less."),
    ] = False,
    lexicon: LexiconOption = None,
    second_reader: SecondOption = None,
    model: ModelOption = None,
    policy: PolicyOption = None,
    most_calls: CallsOption = None,
    most_tokens: TokensOption = None,
    key_file: KeyFileOption = None,
    fresh: FreshOption = False,
) -> None:
    """Read reports and print their ledgers: who says what, the losses, the ceasefires, the findings."""
    del lexicon
    from counterclaim.cli.reading import run_read  # noqa: PLC0415 - keeps --help instant

    if format_ not in FORMAT_NAMES:
        raise UsageError(unknown_word("--format", format_, FORMAT_NAMES))
    settings = settings_asked(
        second_reader,
        model,
        policy=policy,
        calls=most_calls,
        tokens=most_tokens,
        key_file=key_file,
        fresh=fresh,
    )
    run_read(
        sources,
        read_given(published, outlet, title),
        format_,
        output,
        pipeline,
        conflict,
        rules_only=rules_only,
        second=lambda tools: add_second_reader(tools, settings),
    )


@app.command()
def trace(
    source: Annotated[str, typer.Argument(help="A file, an address, or - for standard input.")],
    sentence: Annotated[
        int, typer.Option("--sentence", "-s", help="Number of the sentence, from 1.")
    ] = 1,
    published: Annotated[
        str | None, typer.Option(help="Day of publication, as 2020-10-14.")
    ] = None,
    lexicon: LexiconOption = None,
) -> None:
    """Follow one sentence through the program: what each step received and returned, and by which rule."""
    del lexicon
    from counterclaim.cli.reading import run_trace  # noqa: PLC0415 - keeps --help instant

    run_trace(source, sentence, read_day("--published", published))


@app.command()
def demo(
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, notation, json, jsonl or html.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file instead of the screen."),
    ] = None,
) -> None:
    """Read the report that comes with the program, and print its ledger."""
    from counterclaim.cli.reading import run_demo  # noqa: PLC0415 - keeps --help instant

    if format_ not in FORMAT_NAMES:
        raise UsageError(unknown_word("--format", format_, FORMAT_NAMES))
    run_demo(format_, output)


@app.command()
def casualties(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Reports (.txt, .md, .html, .pdf, addresses, -) and count tables (.csv, .tsv, .json, .jsonl).",
        ),
    ] = None,
    series: Annotated[
        list[Path] | None,
        typer.Option(
            "--series",
            metavar="MAP.toml",
            help="What a table's columns mean; one for each table, or one for all.",
        ),
    ] = None,
    as_known: Annotated[
        str | None,
        typer.Option("--as-known", metavar="DAY", help="Leave out what became public later."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication of the reports, as 2020-10-14.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, json, jsonl or csv.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file instead of the screen."),
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="Also draw it: a .svg, .png or .html file.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the chart.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Print every figure and finding.")] = False,
    project: ProjectOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Print one account of the dead and wounded in many reports and tables, and draw it.

    Without sources, of the ledger kept.
    """
    from counterclaim.cli.casualties import run_casualties  # noqa: PLC0415 - keeps --help instant

    if format_ not in ACCOUNT_FORMAT_NAMES:
        raise UsageError(unknown_word("--format", format_, ACCOUNT_FORMAT_NAMES))
    run_casualties(
        sources or [],
        series or [],
        published=read_day("--published", published),
        known_on=read_day("--as-known", as_known),
        format_=format_,
        output=output,
        chart=chart,
        title=title,
        every=every,
        project=project,
        ledger=ledger,
    )


write_commands.register(app)
archives.register(app)
rereading.register(app)
show_commands.register(app)
publishing.register(app)
imported.register(app)
withdrawing.register(app)
ledger_admin.register(app)
serve_command.register(app)
people.register(app)
alerts.register(app)
projects.register(app)
foretold.register(app)


def main() -> None:
    """Run the command line; a mendable error prints one line and leaves with code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a screen of another charset shows ? and goes on
            stream.reconfigure(errors="replace")
    try:
        app()
    except CounterclaimError as error:
        sys.stderr.write(shown(f"counterclaim: {error}\n"))
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
