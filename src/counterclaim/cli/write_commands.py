"""Commands that write: init, add, watch, judge."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.lexicons import LexiconOption
from counterclaim.cli.options import (
    FormatOption,
    LedgerOption,
    OutputOption,
    UsageError,
    read_given,
    read_project,
)
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
from counterclaim.errors import unknown_word

IntoOption = Annotated[
    str | None,
    typer.Option(
        "--project",
        metavar="NAME",
        help="Put every report into this project of the ledger, and read it with its conflict file.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (init, add, watch, versions, judge):
        app.command()(command)


def init(ledger: LedgerOption = None) -> None:
    """Make a ledger: a file, or the tables in an empty PostgreSQL database."""
    from counterclaim.ledger import open_ledger  # noqa: PLC0415 - keeps --help instant
    from counterclaim.ledger.database_url import find_address, hide_password  # noqa: PLC0415

    address = find_address(ledger)
    open_ledger(address, create=True).close()
    say(f"made {hide_password(address)}; fill it with: counterclaim add SOURCES...")


def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, addresses, .jsonl or .warc files, or - for standard input.",
        ),
    ],
    ledger: LedgerOption = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Read stored documents again if another version of the program read them.",
        ),
    ] = False,
    pipeline: Annotated[str | None, typer.Option(help="spaCy pipeline to parse with.")] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, help="Number of reading processes; one more writes what they read."
        ),
    ] = 1,
    seconds: Annotated[
        int,
        typer.Option("--seconds", min=1, help="Processor seconds allowed for one report."),
    ] = 30,
    memory: Annotated[
        int,
        typer.Option("--memory", min=512, help="Memory limit of a reading process, in megabytes."),
    ] = 1_024,
    published: Annotated[
        str | None,
        typer.Option(
            help="Day of publication, as 2020-10-14, or 2020-10. Overrides the sources' own."
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help="Who published them. Overrides the sources' own.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="The title of one source. Overrides its own.")
    ] = None,
    project: IntoOption = None,
    lexicon: LexiconOption = None,
    second_reader: SecondOption = None,
    model: ModelOption = None,
    policy: PolicyOption = None,
    most_calls: CallsOption = None,
    most_tokens: TokensOption = None,
    key_file: KeyFileOption = None,
    fresh: FreshOption = False,
) -> None:
    """Read reports into the ledger. Reports already stored are skipped; you can interrupt and resume."""
    del lexicon
    from counterclaim.cli.add import run_add  # noqa: PLC0415 - keeps --help instant
    from counterclaim.parse import DEFAULT_PIPELINE  # noqa: PLC0415
    from counterclaim.pipeline.limits import Limits  # noqa: PLC0415
    from counterclaim.pipeline.reader_process import ReaderSetup, Reads  # noqa: PLC0415

    setup = ReaderSetup(
        pipeline=pipeline or DEFAULT_PIPELINE,
        limits=Limits(seconds=seconds, megabytes=memory),
        conflict=read_project(ledger, project),
    )
    if title is not None and len(sources) > 1:
        msg = "--title is that of one report: add the sources one by one"
        raise UsageError(msg)
    known = read_given(published, outlet, title)
    reader: Reads | None = None
    settings = settings_asked(
        second_reader,
        model,
        policy=policy,
        calls=most_calls,
        tokens=most_tokens,
        key_file=key_file,
        fresh=fresh,
    )
    if settings is not None:
        if workers > 1:
            raise UsageError(
                "a second reader is asked by one process: leave --workers out, or add --second-reader none"
            )
        from counterclaim.pipeline.reader_process import OwnReader  # noqa: PLC0415
        from counterclaim.pipeline.resources import load_tools  # noqa: PLC0415

        reader = OwnReader(add_second_reader(load_tools(setup.pipeline, setup.conflict), settings))
    run_add(
        sources,
        ledger,
        again=again,
        setup=setup,
        workers=workers,
        known=known,
        reader=reader,
        project=project,
    )


def watch(
    feeds: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCES",
            help="A YAML list of sources, or a TOML list of feeds: docs/watching.md.",
        ),
    ],
    ledger: LedgerOption = None,
    once: Annotated[
        bool,
        typer.Option(
            "--once", help="Check each source that is due, then exit; exit code 2 if one failed."
        ),
    ] = False,
    project: IntoOption = None,
    lexicon: LexiconOption = None,
) -> None:
    """Check feeds, sitemaps, pages, folders and mailboxes for new and changed reports, politely, and add them."""
    del lexicon
    from counterclaim.cli.add import run_watch  # noqa: PLC0415 - keeps --help instant

    run_watch(feeds, ledger, once=once, project=project)


def versions(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Of a report, as it was added or announced.")
    ],
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show the versions of the text at an address, and what changed in its claims."""
    from counterclaim.cli.changed import show_versions  # noqa: PLC0415 - keeps --help instant

    show_versions(ledger, address, format_, output)


def judge(
    subject: Annotated[str, typer.Argument(help="Id of a claim, incident, finding or judgement.")],
    verdict: Annotated[
        str,
        typer.Argument(
            help="discounted, duplicate, verified_visual, rejected, corrected, same, different, "
            "note or withdrawn. What became of a prediction is said by: foretold."
        ),
    ],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    other: Annotated[
        str | None,
        typer.Option("--other", help="The second row: for duplicate, corrected, same, different."),
    ] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help="Where the evidence stands.")
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Record a person's decision about a row. Nothing is overwritten; 'withdrawn' takes a decision back."""
    from counterclaim.cli.options import open_kept  # noqa: PLC0415
    from counterclaim.records.judgement import VERDICTS, Judgement  # noqa: PLC0415
    from counterclaim.service.ledger_service import judge as file_judgement  # noqa: PLC0415

    if verdict not in VERDICTS:
        msg = unknown_word("verdict", verdict, VERDICTS)
        raise UsageError(msg)
    said = Judgement(
        subject=subject,
        verdict=verdict,
        by=by,
        reason=reason,
        other=other,
        evidence=evidence,
    )
    with open_kept(ledger) as kept:
        filed = file_judgement(kept, said)
    say(f"{filed.judgement.id}: {subject} {verdict} by {by}")
