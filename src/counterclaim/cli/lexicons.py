"""The option for lexicons of one's own, which many commands share."""

from typing import Annotated

import typer


def _choose(names: list[str] | None) -> list[str] | None:
    """Choose them before the command reads any word."""
    if names:
        from counterclaim.desk.lexicons import choose_lexicons  # noqa: PLC0415 - keeps --help instant

        choose_lexicons(names)
    return names


LexiconOption = Annotated[
    list[str] | None,
    typer.Option(
        "--lexicon",
        metavar="DIR|NAME",
        help="Words of one's own: a folder of lexicon files, or a package's name for one. Repeatable.",
        callback=_choose,
        is_eager=True,
    ),
]
