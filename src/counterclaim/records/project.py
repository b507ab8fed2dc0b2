"""Projects: wars that are followed, which reports are of which, and why."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from counterclaim.records.conflict import Conflict

Basis = Literal["proposed", "by its feed", "by hand"]
"""Whether the program proposed that a report is of a project, its feed is one whose reports are put there, or a person
put it there or took it out. What stands later here holds against what stands before it."""

EVERY = "all"
"""Word that asks for the reports of all projects; no project may be called so."""

PROJECT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""How a project's id is written: it stands in addresses, options and file names."""

AFTERWARDS = timedelta(days=366)
"""How long after a war's last day a report is still taken to be of it: counts and inquiries come late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEvent:
    """What a report speaks of, as far as it tells of which wars it is."""

    roots: Collection[str]
    """Roots of the parties that its claims name, in any role."""
    places: Collection[str]
    """Names of the places of which its claims speak."""
    outlet: str | None = None
    day: date | None = None
    """On which it was published."""


@dataclass(frozen=True, slots=True)
class ProjectScope:
    """What a project's file names: by it reports and claims are found to be of the project."""

    conflict: Conflict
    _parties: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _places: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _outlets: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold the names once."""
        parties = {
            fold(name): member.party.root
            for member in self.conflict.members
            for name in (*member.aliases, member.party.root)
        }
        places = {fold(name): name for name in self.conflict.places}
        object.__setattr__(self, "_parties", MappingProxyType(parties))
        object.__setattr__(self, "_places", MappingProxyType(places))
        object.__setattr__(self, "_outlets", frozenset(map(fold, self.conflict.outlets)))

    def speaks(self, roots: Iterable[str], place: str | None) -> bool:
        """Return whether a claim speaks of a party or a place of the project.

        Args:
            roots: Of the parties that the claim names, speakers included.
            place: Of which it speaks.
        """
        if place is not None and fold(place) in self._places:
            return True
        return any(fold(root) in self._parties for root in roots)

    def why(self, told: ProjectEvent) -> str | None:
        """Return why a report is proposed to be of the project, in words; None where it is not.

        Holds:
          1. it speaks of parties of two sides        "speaks of both sides: Sudan, RSF"
          2. of a party and of a place                "speaks of RSF and of el-Fasher"
          3. it is by an outlet of the project and    "by Radio Dabanga, which reports on it, and speaks
             speaks of a party or a place              of RSF"

        A report from before the first day, or from more than a year after the last, is of none.
        """
        if told.day is not None and not self._is_in_time(told.day):
            return None
        roots, spots = {fold(root) for root in told.roots}, {fold(name) for name in told.places}
        named = tuple(dict.fromkeys(root for key, root in self._parties.items() if key in roots))
        places = tuple(name for key, name in self._places.items() if key in spots)
        sides: dict[str, str] = {}
        for root in named:
            side = self.conflict.side_of(root, told.day)
            if side is not None:
                sides.setdefault(side, root)
        if len(sides) > 1:
            return f"speaks of both sides: {', '.join([*sides.values()][:3])}"
        if sides and places:
            return f"speaks of {next(iter(sides.values()))} and of {places[0]}"
        is_own = told.outlet is not None and fold(told.outlet) in self._outlets
        if is_own and (named or places):
            what = (*named, *places)[0]
            return f"by {told.outlet}, which reports on it, and speaks of {what}"
        return None

    def _is_in_time(self, day: date) -> bool:
        until = self.conflict.until
        return self.conflict.epoch <= day and (until is None or day <= until + AFTERWARDS)


def projects_of(
    reaches: Mapping[str, ProjectScope], roots: Collection[str], place: str | None
) -> tuple[str, ...]:
    """Return of which of its report's projects a claim, or something else that is said, is.

    Of a report of one war all is of that war. In a report of several, what speaks of a party or a place of one
    is of that one; what speaks of none of them is of all.

    Args:
        reaches: Of the report's projects, by id.
        roots: Of the parties that it names.
        place: Of which it speaks.
    """
    if len(reaches) < 2:
        return tuple(reaches)
    own = tuple(name for name, reach in reaches.items() if reach.speaks(roots, place))
    return own or tuple(reaches)


@lru_cache(maxsize=16_384)
def fold(words: str) -> str:
    """Return a name without case, accents, hyphens and apostrophes, by which it is compared."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub("[-‐‑’'ʿ`]", " ", kept).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCard:
    """A project as it stands."""

    id: str
    name: str
    conflict: Conflict
    digest: str
    """SHA-256 of its conflict file, in hex."""
    by: str
    recorded_at: datetime
    documents: int
    """Reports that are of it now."""
    claims: int
    """Claims of the latest readings of those that are of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """That a report is of a project, or is not, as it stands."""

    project: str
    document_id: str
    joined: bool
    basis: Basis
    by: str
    why: str
    recorded_at: datetime
