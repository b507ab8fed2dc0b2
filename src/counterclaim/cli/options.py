"""Options that several commands share, and how their words are read."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterclaim.errors import CounterclaimError

if TYPE_CHECKING:
    from counterclaim.ingest.sources import KnownOfSource
    from counterclaim.ledger import Ledger
    from counterclaim.records.conflict import Conflict
    from counterclaim.records.query import Known

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        "-l",
        help="File or postgresql:// address; else $COUNTERCLAIM_LEDGER, else ./counterclaim.db.",
        show_default=False,
    ),
]
FormatOption = Annotated[str, typer.Option("--format", "-f", help="table, json, jsonl or csv.")]
TableFormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        help="table, csv, xlsx, parquet, jsonl, or any that export has for claims.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file instead of the screen."),
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="Maximum number of rows.")]
KnownOption = Annotated[
    str | None,
    typer.Option("--known-on", help="Only what was published by the end of this day."),
]
RecordedOption = Annotated[
    str | None,
    typer.Option("--recorded-by", help="Only what this ledger held at the end of this day (UTC)."),
]
FromOption = Annotated[str | None, typer.Option("--from", help="First day, as 2020-10-14.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last day, as 2020-10-14.")]
SinceOption = Annotated[
    str | None, typer.Option("--since", "--from", help="Known on this day or later, as 2020-10-14.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", "--to", help="Known on this day or earlier.")
]
SpeakerOption = Annotated[
    str | None,
    typer.Option("--speaker", help='Who says it: "Azerbaijan", also "azeri", "Baku" or "IDF".'),
]
StanceOption = Annotated[
    str | None, typer.Option("--stance", help="What is done by saying it: deny, admit, accuse ...")
]
KindOption = Annotated[
    str | None, typer.Option("--kind", help="event, casualty, ceasefire, position or withheld.")
]
DocumentOption = Annotated[str | None, typer.Option("--document", help="Id of one report.")]
ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project", metavar="NAME", help="Of this war alone: the name of a project of the ledger."
    ),
]
SiteOption = Annotated[
    str | None,
    typer.Option(
        "--site",
        envvar="COUNTERCLAIM_SITE",
        help="Where the workbench is reached, for permalinks: https://ledger.example.org.",
        show_default=False,
    ),
]
PartyOption = Annotated[
    str | None, typer.Option("--party", help='A party with any role in it: "Azerbaijan".')
]


class UsageError(CounterclaimError):
    """The command was given words it cannot use."""


def read_day(name: str, words: str | None) -> date | None:
    """Read a day given to an option.

    Raises:
        UsageError: If the words are no day.
    """
    if words is None:
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        msg = f"{name} {words!r} is not a day: write it as 2020-10-14"
        raise UsageError(msg) from error


def read_given(published: str | None, outlet: str | None, title: str | None) -> "KnownOfSource":
    """Read what a person says of a report.

    Raises:
        UsageError: If the day of publication is no day, month or year.
    """
    from counterclaim.ingest.publication import read_published  # noqa: PLC0415 - for start-up time
    from counterclaim.ingest.sources import KnownOfSource  # noqa: PLC0415

    if published is None:
        return KnownOfSource(outlet=outlet, title=title)
    found = read_published(published)
    if found is None:
        msg = f"--published {published!r} is not a day: write it as 2020-10-14, or 2020-10 where the day is not known"
        raise UsageError(msg)
    return KnownOfSource(found[0], found[1], outlet, title)


def read_known(
    known_on: str | None, recorded_by: str | None, project: str | None = None
) -> "Known":
    """Read which knowledge is meant.

    Raises:
        UsageError: If both days are given, or one is no day.
    """
    from counterclaim.records.query import Known  # noqa: PLC0415 - for start-up time

    if known_on is not None and recorded_by is not None:
        raise UsageError("give --known-on or --recorded-by, not both")
    if recorded_by is not None:
        return Known(read_day("--recorded-by", recorded_by), "recorded", project)
    return Known(read_day("--known-on", known_on), project=project)


def read_project(address: str | None, project: str | None) -> "Conflict | None":
    """Return the conflict in which a project's reports are read; None where none is named.

    Raises:
        UnknownProjectError: If the ledger has no such project.
    """
    if project is None:
        return None
    from counterclaim.service.projects import conflict_of  # noqa: PLC0415 - for start-up time

    with open_kept(address) as ledger:
        return conflict_of(ledger, project)


def open_kept(address: str | None) -> "Ledger":
    """Open the ledger that is meant."""
    from counterclaim.ledger import open_ledger  # noqa: PLC0415 - for start-up time
    from counterclaim.ledger.database_url import find_address  # noqa: PLC0415

    return open_ledger(find_address(address))
