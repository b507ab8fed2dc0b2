"""Outlet party: whose words a whole document is, where its outlet is itself a party."""

import re
from itertools import islice

from counterclaim.records.party import Party
from counterclaim.records.text import Span
from counterclaim.resolve.known_names import load_names

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
    """Return the party that speaks through an outlet: the "US State Department", "CENTCOM", "United Nations".

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


_NAMING = re.compile(
    r"^[^\S\n]*(?:(?P<account>[^\n@]{2,70}?)[ \t]*\(?@\w{2,20}\b"
    r"|[^\n]{0,60}?\b(?i:by|of|from|with|to)\s+(?i:the\s+)?(?P<name>[^\n]{3,120})$)",
    re.MULTILINE,
)
"""A line that may name whose words follow: an account's, a statement's or an interview's heading."""

_JOINING = frozenset({"of", "the", "and", "for", "The"})
"""Small words of a body's name."""

LONGEST_LETTERHEAD = 90
"""Characters of a first line that may be a body's name alone."""

MOST_NAMED = 200
"""Such lines looked at in one document."""


def line_voices(text: str) -> tuple[tuple[Span, Party], ...]:
    """Return the bodies that lines of a text name behind "by", "of" or "with", or before an account's handle.

    The first line is one of them where it is a body's name and nothing else, as on a letterhead.
    """
    head = _letterhead(text)
    found: list[tuple[Span, Party]] = [] if head is None else [head]
    for match in islice(_NAMING.finditer(text), MOST_NAMED):
        group = "account" if match["account"] else "name"
        party = outlet_voice(match[group])
        if party is not None:
            found.append((Span(*match.span(group)), party))
    return tuple(found)


def _letterhead(text: str) -> tuple[Span, Party] | None:
    """Return the body whose bare name is the first line: "Ministry of Defence of Ardenia", "Ardenian Armed Forces"."""
    line = text.lstrip().split("\n", 1)[0].rstrip()
    start = len(text) - len(text.lstrip())
    begin = len(line) - len(re.sub(r"\A[Tt]he\s+", "", line))
    party = outlet_voice(line) if line and len(line) <= LONGEST_LETTERHEAD else None
    if party is None:
        return None
    index = load_names()
    places = [match.start() for match in re.finditer(r"\b\w", line)]
    if not all(word[0].isupper() or word in _JOINING for word in line.split()):
        return None
    bodies = list(BODIES.finditer(line))
    is_name = any(end == len(line) for _, end in index.match(line, begin))
    is_of = any(
        end == len(line) and _OF.search(line, 0, at) and BODIES.search(line, 0, at)
        for at in places
        for _, end in index.match(line, at)
    )
    is_body = (
        bool(bodies)
        and bodies[-1].end() == len(line)
        and any(True for _ in index.match(line, begin))
    )
    return (Span(start, start + len(line)), party) if is_name or is_of or is_body else None
