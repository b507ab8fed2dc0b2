"""Entities: parties by the codes of event data sets."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from counterclaim.atlas.countries import Country, find_country
from counterclaim.resolve.known_names import known_party


@dataclass(frozen=True, slots=True)
class CodedParty:
    """A party as event data code it."""

    name: str
    root: str
    unit: str | None
    kind: str
    country: str
    """ISO alpha-3; empty where none is known."""
    sector: str
    """PLOVER's sector; UNK where it is not told."""
    code: str
    """Country and sector joined, as CAMEO and GDELT write actors; a group's has no country of its own."""


@cache
def entity(name: str) -> CodedParty:
    """Return a party's codes by its normal form: ``Azerbaijan/Ministry of Defence``."""
    root, _, unit = name.partition("/")
    party = known_party(root)
    kind = party.kind if party is not None else "unknown"
    country = (party.country or "") if party is not None else ""
    sector = _sector(kind, unit)
    code = f"{country}{sector if sector != 'UNK' else ''}"
    return CodedParty(name, root, unit or None, kind, country, sector, code)


def _sector(kind: str, unit: str) -> str:
    table = load_table("sectors")
    lower = unit.casefold()
    for sector, found in table["units"].items():
        if any(word in lower for word in found):
            return str(sector)
    if unit:
        return "UNK"
    return str(table["kinds"].get(kind, "UNK"))


@cache
def load_table(name: str) -> dict[str, dict[str, list[str]]]:
    """Return one of the tables that this room ships."""
    text = files("counterclaim.exchange").joinpath(f"data/{name}.yaml").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return found


def country_of(code: str) -> Country | None:
    """Return a country by its ISO code; None for none."""
    return find_country(code) if code else None
