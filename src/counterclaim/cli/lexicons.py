"""The option for lexicons of one's own, which many commands share."""

from typing import Annotated

import typer


def _choose(names: list[str] | None) -> list[str] | None:
    """Choose them before the command reads any word."""
    if names:
        from counterclaim.pipeline.lexicons import choose_lexicons  # noqa: PLC0415 - keeps --help instant

        choose_lexicons(names)
    return names


LexiconOption = Annotated[
    list[str] | None,
    typer.Option(
        "--lexicon",
        metavar="DIR|NAME",
        help="Your own lexicon: a folder of lexicon files, or the name of a package that has one. Repeatable.",
        callback=_choose,
        is_eager=True,
    ),
]
