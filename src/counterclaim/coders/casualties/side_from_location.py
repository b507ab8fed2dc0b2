"""Side from location: whose people are hurt where only the place tells."""

import re
from collections import Counter
from functools import cache

from counterclaim.atlas.countries import people_of
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.event_triggers import trigger_index
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.mention import PlaceMention
from counterclaim.records.party import Party
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, is_below

_STATES = frozenset({"state", "de facto authority"})
_PLACING = frozenset({"in", "at", "inside", "near", "outside", "across", "on", "around", "of"})
DATELINE = re.compile(
    r"(?:, [A-Z][\w.’' ]+?)?(?:, ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"\s*(?:\([A-Z][\w /]+\))?\s*(?:—|–|--|-|_)\s"
)
LABELLED = re.compile(r"\s*:\s")
REACH = 3
"""Sentences back in which a place still holds; reports rarely say again where they are."""


def side_from_location(
    setting: DocumentContext, sentence: Sentence, at: int, doers: frozenset[str]
) -> tuple[Party, str] | None:
    """Return whose country the harm was done in, unless that is the doer's own.

    The order of evidence: a place in the sentence, outside other clauses; one told in the sentences
    just before. A dateline tells where the report was written, and no more.

    Args:
        setting: The document.
        sentence: Where the number stands.
        at: The word of harm, or the noun counted.
        doers: Roots of the parties that did it.

    Returns:
        The party and the rule; None where no place tells.
    """
    here = sorted(
        (item for item in _located(setting, sentence) if not _is_elsewhere(sentence, item, at)),
        key=lambda item: (item.place.precision == "country", abs(item.first - at)),
    )
    near = [
        item
        for item in setting.sentences[max(0, sentence.index - REACH) : sentence.index]
        if item.passage.index >= sentence.passage.index - 1
    ]
    before = [item for earlier in reversed(near) for item in reversed(_located(setting, earlier))]
    for rule, places in (("place", here), ("place-before", before)):
        for place in places:
            party = _party_of(setting, place)
            if party is not None and party.root not in doers:
                return party, rule
    return None


def party_before_deed(
    setting: DocumentContext, sentence: Sentence, doers: frozenset[str]
) -> Party | None:
    """Suggest whose land a deed is told by: "the **Mali** ambush killed 12 soldiers"."""
    for item in setting.resolution.places_in(sentence.index):
        if sentence[item.last].dep == "compound" and is_placing(sentence, item.last):
            party = _party_of(setting, item)
            if party is not None and party.root not in doers:
                return party
    return None


MOST = 0.66
"""Share of a report's places that must be one party's for it to be where the report is set."""


def party_of_setting(setting: DocumentContext, doers: frozenset[str]) -> Party | None:
    """Suggest whose land a report is set on: nearly all that happens in it happens there."""
    found = [
        party
        for sentence in setting.sentences
        for item in _located(setting, sentence)
        if (party := _party_of(setting, item)) is not None
    ]
    counts = Counter(party.root for party in found)
    if not counts:
        return None
    root, count = counts.most_common(1)[0]
    if count < MOST * counts.total() or root in doers:
        return None
    return next(party for party in found if party.root == root)


def _is_elsewhere(sentence: Sentence, place: PlaceMention, at: int) -> bool:
    """Return whether a place stands in a relative clause that the harm is no part of."""
    return any(
        sentence[above].dep == "relcl" and not is_below(sentence, at, above)
        for above in (place.last, *ancestors(sentence, place.last))
    )


def _located(setting: DocumentContext, sentence: Sentence) -> list[PlaceMention]:
    """Return the places of a sentence that say where: behind a preposition, not an adjective."""
    return [
        item
        for item in setting.resolution.places_in(sentence.index)
        if item.rule != "adjective"
        and (is_placing(sentence, item.last) or is_label(setting, sentence, item))
        and not is_dateline(setting, sentence, item)
    ]


def is_dateline(setting: DocumentContext, sentence: Sentence, item: PlaceMention) -> bool:
    """Return whether a place opens a passage before a dash: "KABUL, Afghanistan (AP) — ..."."""
    after = setting.document.text[item.span.end : item.span.end + 30]
    return item.span.start - sentence.passage.span.start < 40 and DATELINE.match(after) is not None


def is_label(setting: DocumentContext, sentence: Sentence, item: PlaceMention) -> bool:
    """Return whether a place heads its line before a colon: "* **Ukraine**: missile hits flats, five dead"."""
    text = setting.document.text
    opening = text[sentence.passage.span.start : item.span.start]
    return not any(map(str.isalnum, opening)) and LABELLED.match(text, item.span.end) is not None


@cache
def _attacks() -> frozenset[str]:
    """Lemmas of the verbs of force: what they hit is where the harm is done."""
    return frozenset(
        name
        for name, triggers in trigger_index().verbs.items()
        if any(trigger.type == "ASSAULT" for trigger in triggers)
    )


def is_placing(sentence: Sentence, index: int) -> bool:
    """Return whether a place says where: behind a preposition, or before a deed: "the **Mali** ambush"."""
    if sentence[index].dep == "dobj":
        return sentence[sentence[index].head].lemma in _attacks()
    if sentence[index].dep == "compound":
        return sentence[sentence[index].head].lemma in load_harm().occasions
    return any(
        sentence[above].dep == "prep" and sentence[above].lower in _PLACING
        for above in [*ancestors(sentence, index)][:3]
    )


def _party_of(setting: DocumentContext, found: PlaceMention) -> Party | None:
    """Return the party whose people live at a place: the one its name stands for, else its country's."""
    name = setting.names.get((found.sentence, found.first))
    if name is not None and name.party.kind in _STATES and name.kind in {"name", "alias"}:
        return name.party
    if found.place.evidence == "inferred":
        return None  # a village of that name in some land: whose people live there is not known
    return people_of(found.place, setting.resolution.parties_named)
