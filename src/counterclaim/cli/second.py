"""Options of the second reader, and what the program says before any text leaves the machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterclaim.cli.saying import say

if TYPE_CHECKING:
    from counterclaim.pipeline.resources import Tools
    from counterclaim.proposals import Estimate, SecondReaderSettings
    from counterclaim.records.reading import Reading
    from counterclaim.records.text import Document

SecondOption = Annotated[
    str | None,
    typer.Option(
        "--second-reader",
        metavar="URL",
        help="OpenAI-compatible endpoint of a language model that may point at words. The text is sent to it. "
        "Else $COUNTERCLAIM_SECOND_READER, else the settings file's; none: no second reader this time.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Its model's name; else $COUNTERCLAIM_SECOND_READER_MODEL, else the settings file's.",
    ),
]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        help="Where the readers differ: contest (not counted until a person decides), first-wins, "
        "second-wins-when-grounded or agreed-only. Contest, unless the settings say otherwise.",
    ),
]
CallsOption = Annotated[
    int | None,
    typer.Option(
        "--most-calls",
        min=1,
        help="Maximum number of requests to the second reader in one run: 200, unless the settings say otherwise.",
    ),
]
TokensOption = Annotated[
    int | None,
    typer.Option(
        "--most-tokens",
        min=1,
        help="Maximum number of tokens in one run, input and output together: 500,000, unless the settings say "
        "otherwise.",
    ),
]
KeyFileOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        help="File with the endpoint's key, readable by you alone; else $COUNTERCLAIM_SECOND_READER_KEY.",
    ),
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Ask the second reader again, whatever replies are stored.")
]


def add_second_reader(tools: "Tools", settings: "SecondReaderSettings | None") -> "Tools":
    """Return the tools with a second reader, where there is one; and say that text will leave."""
    if settings is None:
        return tools
    from counterclaim.pipeline.second_reader import with_second_reader  # noqa: PLC0415

    both = with_second_reader(tools, settings, _announce)
    say(settings.sending, err=True)
    return both


def settings_asked(
    url: str | None,
    model: str | None,
    *,
    policy: str | None,
    calls: int | None,
    tokens: int | None,
    key_file: Path | None,
    fresh: bool,
) -> "SecondReaderSettings | None":
    """Return the settings of a second reader as options, environment and settings file have them; None for none.

    Raises:
        SecondReaderError: If it cannot be used as it is set, or its options stand without it.
    """
    from counterclaim.proposals import Wishes, choose_second_reader  # noqa: PLC0415 - for start-up time

    given = Wishes(
        url=url, model=model, policy=policy, calls=calls, tokens=tokens, key_file=key_file
    )
    return choose_second_reader(given, fresh=fresh)


def _announce(document: "Document", cost: "Estimate") -> None:
    words = f"{document.name}: about {cost.calls:,} calls, at most {cost.tokens:,} tokens"
    say(words, err=True)


def tell_cost(readings: "list[Reading]") -> None:
    """Say on standard error what the second reader came to."""
    for reading in readings:
        second = reading.second
        if second is None:
            continue
        cost = second.cost
        about = "about " if cost.estimated else ""
        say(
            f"{reading.document.name}: second reader {second.reader}: {cost.calls:,} calls, "
            f"{about}{cost.tokens_in + cost.tokens_out:,} tokens, {cost.from_cache:,} replies kept; "
            f"{len(second.agreed):,} rows agreed, {len(second.added):,} added, "
            f"{len(second.contests):,} fields differ, {len(second.dropped):,} proposals dropped",
            err=True,
        )
        for problem in reading.problems:
            if problem.code == "second-reader-unread":
                say(f"{reading.document.name}: {problem.message}", err=True)
