"""Voices: whose words a whole document is, where its outlet is itself a party."""

import re

from counterclaim.records.party import Party
from counterclaim.resolve.names import load_names

BODIES = re.compile(
    r"\b(?:government|ministry|department|office|presidency|parliament|embassy|mission|army|navy|forces|"
    r"command|military|police|coalition|directorate|secretariat|council|administration)\b",
    re.IGNORECASE,
)
"""Words of a body that issues statements. An outlet with a country's name and none of them is press."""

_OWN_VOICE = frozenset(
    {"military", "government", "ministry", "armed group", "alliance", "mediator"}
)


def outlet_voice(outlet: str | None) -> Party | None:
    """Give the party that speaks through an outlet: the "US State Department", "CENTCOM".

    Args:
        outlet: Who published the document, as known.

    Returns:
        The party; None for press and for whoever is not known.
    """
    if not outlet:
        return None
    index = load_names()
    for start in (match.start() for match in re.finditer(r"\b\w", outlet)):
        for name, end in index.match(outlet, start):
            if name.party.unit is not None or name.party.kind in _OWN_VOICE:
                return name.party
            body = BODIES.search(outlet, end)
            if body is not None and name.party.kind in {"state", "de facto authority"}:
                unit = outlet[end:].strip(" ,'’s-") or None
                return Party(name.party.root, unit, "government", name.party.country)
    return None
