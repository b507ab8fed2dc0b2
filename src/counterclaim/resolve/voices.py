"""Voices: whose words a whole document is, where its outlet is itself a party."""

import re

from counterclaim.records.party import Party
from counterclaim.resolve.names import load_names

BODIES = re.compile(
    r"\b(?:government|ministry|department|office|presidency|parliament|embassy|mission|army|navy|forces|"
    r"command|military|police|coalition|directorate|secretariat|council|administration|general staff|spokesman|"
    r"spokeswoman|spokesperson|guard|border service|security service|health authority|authorities)\b",
    re.IGNORECASE,
)
"""Words of a body that issues statements. An outlet with a country's name and none of them is press."""

_OF = re.compile(r"\s+of\s+(?:the\s+)?(?:Republic\s+of\s+(?:the\s+)?)?\Z")
"""Between a body and its land: "General Staff of the Armed Forces **of** Ardenia"."""

_WITHIN = re.compile(
    r"\A[Tt]he\s+|\s+of\s+the\s+(?:[Aa]rmed\s+[Ff]orces|[Aa]rmy|[Mm]ilitary|[Gg]overnment)\Z"
)
"""What a body's name can do without: "General Staff **of the Armed Forces**"."""

_OWN_VOICE = frozenset(
    {
        "military",
        "government",
        "ministry",
        "armed group",
        "alliance",
        "mediator",
        "organisation",
    }
)


def outlet_voice(outlet: str | None) -> Party | None:
    """Give the party that speaks through an outlet: the "US State Department", "CENTCOM", "United Nations".

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
            if name.party.kind not in {"state", "de facto authority"}:
                continue
            if BODIES.search(outlet, end) is not None:
                unit = outlet[end:].strip(" ,'’s-") or None
                return Party(name.party.root, unit, "government", name.party.country)
            before = _OF.search(outlet, 0, start)
            if before is not None and BODIES.search(outlet, 0, start) is not None:
                unit = _WITHIN.sub("", outlet[: before.start()]).strip(" ,-")
                return Party(name.party.root, unit, "government", name.party.country)
    return None
