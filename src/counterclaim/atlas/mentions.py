"""Places for names whose positions in a text are known; nothing is parsed."""

import re
from collections.abc import Mapping, Sequence

from counterclaim.atlas.candidates import as_place
from counterclaim.atlas.choosing import Named, choose_places, division_or_town
from counterclaim.atlas.load import Atlas
from counterclaim.records.place import Place
from counterclaim.records.text import Span

MOST_JOINT = 12
"""Most characters between a name and the one before it that are looked at."""

_FIRST_WORD = re.compile(r"\s+([A-Za-z]+)")
_LAST_OF = re.compile(r"([A-Za-z]+) of (?:the )?$")


def resolve_mentions(
    text: str,
    spans: Sequence[Span],
    atlas: Atlas,
    *,
    focus: Mapping[str, float] | None = None,
) -> tuple[Place | None, ...]:
    """Choose places for names whose positions in a text are known; parses nothing.

    Args:
        text: The whole text.
        spans: Of the names, in order, without overlaps.
        atlas: From ``load_atlas``.
        focus: As for ``find_places``.

    Returns:
        For each span its place; None for a name that the atlas lacks.
    """
    names: list[Named] = []
    before = 0
    for span in spans:
        gap = text[before : span.start].strip() if names and span.start >= before else ""
        after = _FIRST_WORD.match(text, span.end)
        lead = _LAST_OF.search(text, max(0, span.start - 30), span.start)
        kind = atlas.words.kinds.get(after[1].lower()) if after else None
        if kind is None and lead:
            kind = atlas.words.kinds.get(lead[1].lower())
        joint = gap if len(gap) <= MOST_JOINT else ""
        names.append(Named(text[span.start : span.end], joint, division_or_town(kind)))
        before = span.end
    chosen = choose_places(atlas.gazetteer, names, focus=focus)
    return tuple(
        None if choice is None else as_place(choice, name.words)
        for name, choice in zip(names, chosen, strict=True)
    )
