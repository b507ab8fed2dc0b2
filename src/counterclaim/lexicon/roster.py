"""The roster: named persons and bodies with the roles they held and when, and nouns of sectors.

Made by training/roster/build.py from PETRARCH's dictionaries (MIT, see NOTICE); reaches to about 2014.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role with the months in which it was held."""

    country: str
    """Alpha-3 of a state, or IGO, UNO, EUR, NGO, NGM, IMG."""
    sectors: tuple[str, ...]
    first: str
    """``YYYY-MM``; empty where open."""
    last: str

    def covers(self, day: date | None) -> bool:
        """Return whether the role was held on a day; an unknown day only where no months are given."""
        if day is None:
            return not self.first and not self.last
        month = day.isoformat()[:7]
        return (not self.first or self.first <= month) and (not self.last or month <= self.last)


@cache
def _lines() -> tuple[str, ...]:
    path = files("counterclaim.lexicon") / "data" / "roster.txt.gz"
    return tuple(gzip.decompress(path.read_bytes()).decode("utf-8").splitlines())


@cache
def _names() -> Mapping[str, str]:
    """Map each name to its roles as written: parsed when looked up, to keep loading short."""
    found: dict[str, str] = {}
    for line in _lines():
        if line[0] == "N":
            _, names, roles = line.split("\t")
            for name in names.split(";"):
                found.setdefault(name, roles)
    return found


@cache
def load_sector_nouns() -> Mapping[str, tuple[str, ...]]:
    """Load the agent nouns: lower-case words to PLOVER sectors, most telling first."""
    return {
        noun: tuple(sectors.split("+"))
        for line in _lines()
        if line[0] == "A"
        for _, nouns, sectors in (line.split("\t"),)
        for noun in nouns.split(";")
    }


def roles_of(name: str) -> tuple[HeldRole, ...]:
    """Return the roles that a person or body held; none for those who are not on the roster.

    Args:
        name: As a report writes it; case does not count.
    """
    return tuple(_roles(_names().get(name.lower().replace(".", "").replace("’", "'"), "")))


def _roles(written: str) -> Iterator[HeldRole]:
    for part in written.split(",") if written else ():
        pieces = part.split(" ")
        country, sectors, first, last = (*pieces, "", "", "")[:4]
        yield HeldRole(country, tuple(item for item in sectors.split("+") if item), first, last)


def role_on(name: str, day: date | None) -> HeldRole | None:
    """Return the role somebody held on a day: a dated one before an undated one.

    After all dated roles the last one's country still holds: a former minister is still from
    somewhere, with the sector ELI.
    """
    roles = roles_of(name)
    if not roles:
        return None
    dated = [role for role in roles if (role.first or role.last) and role.covers(day)]
    if dated and day is not None:
        return dated[0]
    plain = [role for role in roles if not role.first and not role.last]
    if plain:
        return plain[0]
    return HeldRole(roles[-1].country, ("ELI",), "", "")
