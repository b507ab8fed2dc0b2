"""Territorial wording: "inside Armenia", "occupied", "the Armenian town of ...", set beside whose land it is.

Never more exact than the text: a country named without a place in it, and land without a name, are
not computable, and the reading says so.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from counterclaim.atlas.borders import Wording, compare_holding, compare_wording, sovereignty
from counterclaim.atlas.countries import name_country
from counterclaim.lexicon.territorial_wording import WordingForm, load_wordings
from counterclaim.records.mention import PlaceMention, Resolution
from counterclaim.records.place import PlaceWording
from counterclaim.records.text import Document, Span
from counterclaim.syntax.sentence import Sentence

MOST_BETWEEN = 80
"""Most characters between a place and its country."""

INSIDE = frozenset({"inside", "within", "into"})
"""Words that place something in a country without saying where."""

_COUNTRIES = frozenset({"country", "adjective"})
_PLACES = frozenset({"town", "district", "region", "area", "feature"})


def check_wordings(
    document: Document, sentences: Sequence[Sentence], resolution: Resolution
) -> tuple[PlaceWording, ...]:
    """Compare each wording of whose land a place is with what is recognised, and held on the day.

    Args:
        document: ``published`` is the day asked for; without it a holder that changed stays open.
        sentences: Of the report, in document order.
        resolution: Of the same document.

    Returns:
        In reading order.
    """
    found: list[PlaceWording] = []
    for sentence in sentences:
        found.extend(_in_sentence(document, sentence, resolution.places_in(sentence.index)))
    return tuple(sorted(found, key=lambda item: item.span))


def _in_sentence(
    document: Document, sentence: Sentence, mentions: Sequence[PlaceMention]
) -> Iterator[PlaceWording]:
    placed: set[Span] = set()
    for one, next_ in pairwise(mentions):
        between = document.text[one.span.end : next_.span.start]
        if len(between) > MOST_BETWEEN:
            continue
        wording = _between(one, next_, between, mentions, document)
        if wording is not None:
            placed |= {one.span, next_.span}
            yield wording
    for mention in mentions:
        if mention.rule in _PLACES:
            yield from _beside(mention, sentence, document)
        elif _is_inside(mention) and mention.span not in placed:
            yield _without_place(mention, document.published)
    yield from _alone(sentence, document)


def _between(
    one: PlaceMention,
    next_: PlaceMention,
    between: str,
    mentions: Sequence[PlaceMention],
    document: Document,
) -> PlaceWording | None:
    """Read a place and a country side by side, in either order."""
    is_forward = one.rule in _PLACES and next_.rule == "country"
    is_owner = one.rule == "adjective" or between[:1] in {"'", "’"}
    if not is_forward and not (one.rule in _COUNTRIES and is_owner and next_.rule in _PLACES):
        return None
    place, country = (one, next_) if is_forward else (next_, one)
    side = "between" if is_forward else "between-back"
    for form in load_wordings():
        if form.where == side and form.pattern.fullmatch(between):
            if form.id == "place-comma-country" and _is_list(next_, mentions, document.text):
                return None
            span = Span(one.span.start, next_.span.end)
            return _compared(span, place, form, country.place.country, document.published)
    return None


def _is_list(country: PlaceMention, mentions: Sequence[PlaceMention], text: str) -> bool:
    """Return whether names stand in a row: ``Ganja, Armenia and Georgia``."""
    after = re.match(r"\s*(?:,\s*)?(?:and|or)\s+|\s*,\s+", text[country.span.end :])
    return after is not None and any(
        mention.span.start == country.span.end + after.end() for mention in mentions
    )


def _beside(
    mention: PlaceMention, sentence: Sentence, document: Document
) -> Iterator[PlaceWording]:
    """Read what stands right before or right after a place: ``Russian-occupied``."""
    start, end = sentence.words[0].start, sentence.words[-1].end
    for form in load_wordings():
        if form.where == "before":
            lead = document.text[max(start, mention.span.start - MOST_BETWEEN) : mention.span.start]
            match = form.pattern.search(lead)
            offset = mention.span.start - len(lead)
        elif form.where == "after":
            match = form.pattern.match(document.text, mention.span.end, end)
            offset = 0
        else:
            continue
        holder = _holder(match)
        if match is None or (form.says == "held" and holder is None):
            continue
        first = min(mention.span.start, offset + match.start())
        span = Span(first, max(mention.span.end, offset + match.end()))
        yield _compared(span, mention, form, holder, document.published)


def _holder(match: re.Match[str] | None) -> str | None:
    """Return the country of the holder that the words name; None for none, or for another party."""
    words = None if match is None else match.groupdict().get("holder")
    named = None if words is None else name_country(words)
    return None if named is None else named.country.iso2


def _compared(
    span: Span, mention: PlaceMention, form: WordingForm, country: str | None, on: date | None
) -> PlaceWording:
    land = sovereignty(mention.place, on)
    if form.says != "country":
        result = compare_holding(form.says, country, land)
    elif country is None:
        result = Wording("not computable", "The words name no country with a code.")
    else:
        result = compare_wording(country, land)
    return PlaceWording(
        span=span,
        place=mention.place,
        says=form.says,
        country=country,
        agreement=result.agreement,
        reason=result.reason,
        land=land,
        rule=form.id,
    )


def _is_inside(mention: PlaceMention) -> bool:
    within = (mention.place.within or "").lower().split()
    return mention.rule == "country" and bool(INSIDE.intersection(within))


def _without_place(mention: PlaceMention, on: date | None) -> PlaceWording:
    land = sovereignty(mention.place, on)
    return PlaceWording(
        span=mention.span,
        place=mention.place,
        says="country",
        country=mention.place.country,
        agreement="not computable",
        reason=land.note or "The words name a country and no place in it.",
        land=land,
        rule="no-place",
    )


def _alone(sentence: Sentence, document: Document) -> Iterator[PlaceWording]:
    """Read ``the occupied territories``: land without a name."""
    start, end = sentence.words[0].start, sentence.words[-1].end
    for form in load_wordings():
        if form.where != "alone":
            continue
        for match in form.pattern.finditer(document.text, start, end):
            span = Span(*match.span())
            yield PlaceWording(
                span=span,
                place=None,
                says=form.says,
                country=None,
                agreement="not computable",
                reason=f"“{document.words(span)}” names no place: whose land it was is not computable.",
                rule=form.id,
            )
