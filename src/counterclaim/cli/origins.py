"""Prints by how many outlets something is told, from how many origins, and the words that show it."""

from rich.console import Console
from rich.text import Text

from counterclaim.records.link import Told, ToldOrigin

BY = {
    "statement": "its own statement",
    "mark": "the agency's mark",
    "passages": "passages that are the same",
    "alone": "a report by its own hand",
}
_WORDS = 160
"""Characters of the words that show an origin."""


def print_told(console: Console, told: Told) -> None:
    """Print the count, then each origin with its outlets and its words."""
    console.print(Text(str(told)))
    for origin in told.origins:
        console.print(Text(f"  {origin_line(origin)}"))
        for shown in origin.shown[:2]:
            console.print(Text(f"    “{shown.words[:_WORDS]}”", style="dim"))


def origin_line(origin: ToldOrigin) -> str:
    """Name an origin, how it is known, and the outlets that have it from there."""
    few = ", ".join(origin.outlets[:4])
    more = f" and {len(origin.outlets) - 4} more" if len(origin.outlets) > 4 else ""
    return f"{origin.name}, by {BY[origin.by]}: in {few}{more}"
