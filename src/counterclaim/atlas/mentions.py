"""Places for names whose positions in a text are known; nothing is parsed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from counterclaim.atlas.candidates import Candidate, as_place, find_candidates
from counterclaim.atlas.choosing import NamedPlace, choose_places, division_or_town
from counterclaim.atlas.load import Atlas
from counterclaim.records.place import Place
from counterclaim.records.text import Span

MOST_JOINT = 12
"""Most characters between a name and the one before it that are looked at."""

LEAST_PART = 4.5
"""Least prior of a single word that may place a longer name: a town of thirty thousand."""

_FIRST_WORD = re.compile(r"\s+([A-Za-z]+)")
_LAST_OF = re.compile(r"([A-Za-z]+) of (?:the )?$")
_WORDS = re.compile(r"[^\s,;()]+")


def resolve_mentions(
    text: str,
    spans: Sequence[Span],
    atlas: Atlas,
    *,
    focus: Mapping[str, float] | None = None,
    surmise: bool = False,
) -> tuple[Place | None, ...]:
    """Choose places for names whose positions in a text are known; parses nothing.

    Args:
        text: The whole text.
        spans: Of the names, in order, without overlaps.
        atlas: From ``load_atlas``.
        focus: As for ``find_places``.
        surmise: Whether a name that the atlas lacks gets a rough point all the same, from a known
            name inside it (``Manila Cathedral``) or else from the place named nearest to it. Such a
            place has no gazetteer id and is no more exact than ``region``: fit for a map, never for
            a statement on borders.

    Returns:
        For each span its place; None for a name that the atlas lacks.
    """
    names = tuple(_named(text, spans, atlas))
    parts = [_known_part(name.words, atlas) if surmise else None for name in names]
    asked = [
        name if part is None else replace(name, words=part, kind=None)
        for name, part in zip(names, parts, strict=True)
    ]
    chosen = choose_places(atlas.gazetteer, asked, focus=focus)
    found: list[Place | None] = []
    for at, (name, part, choice) in enumerate(zip(names, parts, chosen, strict=True)):
        if choice is not None and part is None:
            found.append(as_place(choice, name.words))
            continue
        near = choice or (_nearest(at, spans, chosen) if surmise else None)
        found.append(None if near is None else _roughly(near, name.words))
    return tuple(found)


def _named(text: str, spans: Sequence[Span], atlas: Atlas) -> Iterator[NamedPlace]:
    """Read what stands around each name."""
    before = 0
    for number, span in enumerate(spans):
        gap = text[before : span.start].strip() if number and span.start >= before else ""
        after = _FIRST_WORD.match(text, span.end)
        lead = _LAST_OF.search(text, max(0, span.start - 30), span.start)
        kind = atlas.words.kinds.get(after[1].lower()) if after else None
        if kind is None and lead:
            kind = atlas.words.kinds.get(lead[1].lower())
        joint = gap if len(gap) <= MOST_JOINT else ""
        yield NamedPlace(text[span.start : span.end], joint, division_or_town(kind))
        before = span.end


def _known_part(words: str, atlas: Atlas) -> str | None:
    """Find the longest known name inside a name that is not known itself; None where it is."""
    if find_candidates(atlas.gazetteer, words):
        return None
    every = [(match.start(), match.end()) for match in _WORDS.finditer(words)]
    for length in range(len(every) - 1, 0, -1):
        known = [
            (_best(part, atlas), -first, part)
            for first in range(len(every) - length + 1)
            for part in [words[every[first][0] : every[first + length - 1][1]]]
            if _may_name(part, atlas)
        ]
        if known:
            prior, _, part = max(known)
            if prior >= (LEAST_PART if length == 1 else 0):
                return part
    return None


def _may_name(part: str, atlas: Atlas) -> bool:
    word = part.lower().rstrip(".")
    words = atlas.words
    known = words.stop_words, words.stop_names, words.kinds, words.titles, words.bodies
    return part[0].isupper() and not any(word in group for group in (*known, words.directions))


def _best(part: str, atlas: Atlas) -> float:
    """Return the prior of the likeliest place of a name; below 0 for none."""
    return max((item.prior for item in find_candidates(atlas.gazetteer, part)), default=-1.0)


def _nearest(
    at: int, spans: Sequence[Span], chosen: Sequence[Candidate | None]
) -> Candidate | None:
    """Take the place of the name that stands nearest; a town or region rather than a country.

    What was named before counts as half as far as what comes after.
    """
    here = spans[at].start
    found = [
        (
            item.sort in {"country", "adjective"},
            abs(span.start - here) * (1 if number < at else 2),
            number,
        )
        for number, (span, item) in enumerate(zip(spans, chosen, strict=True))
        if item is not None
    ]
    return chosen[min(found)[2]] if found else None


def _roughly(item: Candidate, words: str) -> Place:
    is_wide = item.sort in {"country", "adjective", "area"}
    return Place(
        name=words,
        precision=item.precision if is_wide else "region",
        country=item.country,
        latitude=item.latitude,
        longitude=item.longitude,
    )
