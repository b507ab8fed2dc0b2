"""Agency marks: the words by which a report says that an agency wrote it, or that an agency's words are in it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from counterclaim.lexicon.agencies import load_agencies
from counterclaim.records.text import Span

Extent = Literal["whole", "part"]

MOST_LINES = 400
"""Lines that are looked at from the beginning, and as many from the end: credits stand there."""


@dataclass(frozen=True, slots=True)
class AgencyMark:
    """An agency's mark on a report."""

    agency: str
    extent: Extent
    """``part`` where the agency is only said to have contributed."""
    words: str
    span: Span | None = None
    """None where the outlet itself is the agency."""


@cache
def _names() -> tuple[dict[str, str], str]:
    """Return agencies by name, and a pattern of one or several names."""
    by_name = {name: agency.id for agency in load_agencies() for name in agency.names}
    longest = sorted(by_name, key=lambda name: (-len(name), name))
    one = rf"(?:[Tt]he )?(?:{'|'.join(map(re.escape, longest))})(?![\w-])"
    return by_name, rf"(?P<names>{one}(?:(?:\s*[,/&+]\s*|,? and )(?:{one}))*)"


@cache
def _patterns() -> tuple[tuple[Extent, re.Pattern[str]], ...]:
    names = _names()[1]
    credit = r"(?:files|material|materials|reporting|additional reporting|inputs?|information|copy)"
    return (
        # KHARTOUM, March 11 (AFP) -     MOSCOW, August 12. /TASS/.
        ("whole", re.compile(rf"\A[^\n(/]{{0,80}}[(\[/]{names}[)\]/]\.?\s*[-–—:.]")),
        ("whole", re.compile(rf"^[^\n(/a-z]{{2,60}}[^\n(/]{{0,30}}[(\[/]{names}[)\]/]\.?\s*[-–—:.]", re.MULTILINE)),
        # By The Associated Press     Source: Reuters     Jane Doe, Associated Press
        ("whole", re.compile(rf"^(?:By |Source: ?|From )?{names}\.?\s*$", re.MULTILINE)),
        ("whole", re.compile(rf"^By [^\n.]{{2,60}}(?:,| for| \|) {names}\.?\s*$", re.MULTILINE)),
        # ... they said. (AFP)     ... they said. – AFP
        ("whole", re.compile(rf"(?<=[.!?”\"’'])\s*[(\[]{names}[)\]]\.?\s*$", re.MULTILINE)),
        ("whole", re.compile(rf"(?<=[.!?”\"’'])\s*[-–—]+\s*{names}\.?\s*$", re.MULTILINE)),
        ("part", re.compile(rf"{names}[^.\n]{{0,60}}\bcontributed\b")),
        ("part", re.compile(rf"\b[Ww]ith {credit} (?:from|by|of) {names}")),
        ("part", re.compile(rf"\b[Aa]dditional (?:reporting|material) (?:from|by) {names}")),
        ("part", re.compile(rf"[-–—(]\s*[Ww]ith {names}\)?\.?\s*$", re.MULTILINE)),
        ("part", re.compile(rf"\b[Tt]his (?:report|story|article) (?:includes|contains|uses) {credit} from {names}")),
    )  # fmt: skip


def find_marks(
    text: str, outlet: str | None = None, author: str | None = None
) -> tuple[AgencyMark, ...]:
    """Find the agencies' marks on a report, each agency once; ``whole`` before ``part``.

    Args:
        text: Of the report.
        outlet: Who published it: an agency's own site is marked by its name.
        author: Who wrote it, as its page says.
    """
    by_name, _ = _names()
    found: dict[str, AgencyMark] = {}
    for said in (outlet, author):
        agency = by_name.get((said or "").strip())
        if agency is not None and said is not None:
            found.setdefault(agency, AgencyMark(agency, "whole", said))
    for extent, pattern in _patterns():
        for match in pattern.finditer(text):
            words = " ".join(match[0].split()).rstrip("-–— ")
            span = Span(match.start(), match.end())
            for agency in _agencies(match["names"], by_name):
                found.setdefault(agency, AgencyMark(agency, extent, words[-80:], span))
    return tuple(found.values())


def _agencies(names: str, by_name: dict[str, str]) -> list[str]:
    parts = re.split(r"\s*[,/&+]\s*|,? and ", names)
    bare = [part.strip().removeprefix("the ") for part in parts]
    found = [by_name.get(part) or by_name.get(part.removeprefix("The ")) for part in bare]
    return [agency for agency in found if agency is not None]
