"""Commands that show: incidents, ceasefires, positions, search, diff, export."""

from typing import Annotated

import typer

from counterclaim.cli.options import (
    FormatOption,
    FromOption,
    KnownOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    PartyOption,
    RecordedOption,
    ToOption,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (incidents, ceasefires, positions, search, diff, export):
        app.command()(command)


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
    limit: LimitOption = 50,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List incidents, the latest changed first; or show one with all that bears on it."""
    from counterclaim.cli import showing  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_day, read_known  # noqa: PLC0415
    from counterclaim.records.query import IncidentQuery  # noqa: PLC0415

    known = read_known(known_on, recorded_by)
    if incident is not None:
        showing.show_incident(ledger, incident, known, format_, output)
        return
    query = IncidentQuery(
        kind=kind,
        party=party,
        status=status,
        first_day=read_day("--from", first),
        last_day=read_day("--to", last),
    )
    showing.show_incidents(ledger, query, known, limit, format_, output)


def ceasefires(
    party: PartyOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    limit: LimitOption = 500,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show each ceasefire's life as told: states, breaches alleged, who said so; count them by broker."""
    from counterclaim.cli import lives  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    known = read_known(known_on, recorded_by)
    lives.show_ceasefires(ledger, party, known, limit, format_, output)


def positions(
    party: PartyOption = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    limit: LimitOption = 500,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List demands, offers, refusals and backing with their answers, the latest first."""
    from counterclaim.cli import lives  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    known = read_known(known_on, recorded_by)
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
    limit: LimitOption = 50,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Find claims by the words of their sentences."""
    from counterclaim.cli import showing  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    known = read_known(known_on, recorded_by)
    order = "best" if best else "newest"
    showing.show_hits(ledger, words, order, known, limit, format_, output)


def diff(
    since: Annotated[str, typer.Option("--since", help="First day of what is new, as 2020-10-14.")],
    limit: LimitOption = 10_000,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Show what the ledger learnt: figures, denials, ceasefires, changed statuses, judgements."""
    from counterclaim.cli import showing  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_day  # noqa: PLC0415

    day = read_day("--since", since)
    assert day is not None
    showing.show_changes(ledger, day, limit, format_, output)


def export(
    what: Annotated[
        str, typer.Argument(help="claims, figures, incidents or documents.")
    ] = "claims",
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="jsonl, csv or, for claims, notation.")
    ] = "jsonl",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write all claims, figures, incidents or documents of the ledger."""
    from counterclaim.cli import exporting  # noqa: PLC0415 - keeps --help instant
    from counterclaim.cli.options import read_known  # noqa: PLC0415

    exporting.run_export(ledger, what, read_known(known_on, recorded_by), format_, output)
