"""The command that sets two readings of one text side by side."""

from pathlib import Path
from typing import Annotated

import typer

from counterclaim.cli.saying import say

HOLDS = {
    "first": "the first reader's stands",
    "second": "the second reader's stands",
    "neither": "not counted until a person decides",
}


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
    for path, disputed in ((one, found.disputed_one), (other, found.disputed_other)):
        for field in disputed:
            say(
                f"in {path.name} the readers differ  {field.field}: {field.first} | {field.second}  in "
                f"“{field.words}”; {HOLDS[field.holds]}"
            )
    for name, (first, second) in found.read_by.items():
        say(f"read by {name}: {first:,} rows | {second:,} rows")
