"""The command that sets two readings of one text side by side."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.saying import say


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("compare-readings")(compare_readings)


def compare_readings(
    one: Annotated[Path, typer.Argument(help="A reading, as read --format json writes it.")],
    other: Annotated[Path, typer.Argument(help="Another reading of the same text.")],
) -> None:
    """Compare two readings of one text: by two readers, under two policies, or by one reader twice."""
    from counterclaim.service import rereading  # noqa: PLC0415 - keeps --help instant

    found = rereading.compare_readings(rereading.load_reading(one), rereading.load_reading(other))
    say(f"{found.alike:,} rows are alike in both")
    for item in found.differences:
        say(f"differs  {item.field}: {item.one} | {item.other}  in “{item.words}”")
    for words in found.only_one:
        say(f"only in {one.name}  “{words}”")
    for words in found.only_other:
        say(f"only in {other.name}  “{words}”")
    for name, (first, second) in found.read_by.items():
        say(f"read by {name}: {first:,} rows | {second:,} rows")
