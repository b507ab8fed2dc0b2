"""Event location: which of the places that a report tells is the place of a happening, or none of them.

A small choice model over named features of grammar and discourse; no feature holds words of a text.
Its weights are readable in data/whereabouts.json: each option's points are the sum of its features',
and the option with most points is taken. What is taken from another sentence is marked so.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from counterclaim.coders.arguments import described_place, shares_clause
from counterclaim.coders.casualties.side_from_location import DATELINE
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.places_of_saying import acts_elsewhere, is_of_saying
from counterclaim.coders.locatives import Spot, find_locatives
from counterclaim.records.evidence import Evidence, EvidenceLink, weakest
from counterclaim.records.place import Place
from counterclaim.records.problem import Step
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children, is_below, prepositional_object

_SPEECH = frozenset(
    "say tell report announce add state declare claim write note warn deny confirm accuse condemn acknowledge "
    "estimate describe explain quote speak".split()
)
_SUFFERING = frozenset("experience see suffer witness endure face".split())
_ROADS = frozenset({"MOBILIZE", "CONSULT", "AID", "COOPERATE"})
"""Types of acts that end where they are told to go: "flew **to Ost**", "sent troops **to Ost**"."""
_CLAUSES = frozenset({"relcl", "ccomp", "advcl", "acl", "csubj", "parataxis"})
_BACK = frozenset(
    "city town village area region province district scene there site base school hospital mosque hotel building "
    "country enclave territory neighborhood neighbourhood camp capital here".split()
)
"""Words that point back to a place when they stand without a name."""
_PREPOSITIONS = frozenset(
    "in at near on inside outside around across into to toward towards from of over against through along between "
    "with off within throughout by for".split()
)
LONGEST_DATELINE = 40
"""Characters from a passage's start within which a dateline's places stand."""
REACH = 4
"""Sentences back in which places are looked for; farther back only the lead and the commonest count."""


@dataclass(frozen=True, slots=True)
class Option:
    """A place that may be a happening's; ``spot`` None stands for no place."""

    spot: Spot | None
    sentence: Sentence | None
    features: frozenset[str]

    @property
    def place(self) -> Place | None:
        """The place; None for none."""
        return None if self.spot is None else self.spot.place


@dataclass(frozen=True)
class EventLocations:
    """What a document tells of places, sentence by sentence."""

    setting: DocumentContext
    spots: tuple[tuple[Spot, ...], ...]
    counts: Mapping[str, int]
    """How often each place is told, by its key."""
    lead: frozenset[str]
    """Keys of the places told in the first two sentences."""
    dateline: str | None
    acts: Mapping[int, frozenset[str]]
    """Types of the happenings that each sentence tells, by its index."""
    most: int
    """How often the place that is told most is told."""

    @classmethod
    def of(
        cls, setting: DocumentContext, acts: Mapping[int, frozenset[str]] = MappingProxyType({})
    ) -> "EventLocations":
        """Find the places of a document.

        Args:
            setting: The document.
            acts: Types of the happenings that each sentence tells, by its index.
        """
        spots: list[tuple[Spot, ...]] = []
        told: list[Spot] = []
        for sentence in setting.sentences:
            spots.append(find_locatives(setting, sentence, told))
            told += spots[-1]
        counts = Counter(_key(spot.place) for found in spots for spot in found)
        lead = frozenset(_key(spot.place) for found in spots[:2] for spot in found)
        return cls(
            setting,
            tuple(spots),
            counts,
            lead,
            _dateline(setting, spots),
            acts,
            max(counts.values(), default=0),
        )


def _key(place: Place) -> str:
    return place.gazetteer_id or place.name


def _dateline(setting: DocumentContext, spots: Sequence[Sequence[Spot]]) -> str | None:
    """Return the place before the dash that opens the report: "**KABUL**, Afghanistan (AP) — ..."."""
    for sentence, found in zip(setting.sentences[:3], spots[:3], strict=False):
        for spot in found[:1]:
            end = sentence[spot.last].end
            if spot.first == 0 and DATELINE.match(setting.document.text[end : end + 40]):
                return _key(spot.place)
    return None


@cache
def load_weights() -> Mapping[str, float]:
    """Load the shipped weights once."""
    path = files("counterclaim.coders") / "data" / "whereabouts.json"
    weights: dict[str, float] = json.loads(path.read_text("utf-8"))["weights"]
    return weights


def resolve_event_location(
    known: EventLocations, sentence: Sentence, index: int, kind: str
) -> tuple[Place | None, tuple[Step, ...]]:
    """Choose the place of the happening at a word.

    Args:
        known: The document's places.
        sentence: That holds the happening.
        index: Its trigger.
        kind: Its PLOVER type.

    Returns:
        The place, None where it has none or none is told; and a step where the place stands in another
        sentence.
    """
    written = _written_here(known, sentence, index)
    if written is not None:
        return replace(written, evidence="carried"), ()
    described = described_place(known.setting, sentence, index)
    if described is not None and not _has_place(known, sentence, index):
        return described, ()
    own = _own_place(known, sentence, index)
    if own is not None:
        return _first_of(known, sentence, own).place, ()
    weights = load_weights()
    best = max(
        find_options(known, sentence, index, kind),
        key=lambda option: sum([weights[name] for name in option.features if name in weights]),
    )
    if best.spot is None:
        return None, ()
    home = best.sentence
    if home is None or home.index == sentence.index:
        return _first_of(known, sentence, best.spot).place, ()
    place = (
        None
        if best.place is None
        else replace(best.place, evidence=weakest((best.place, EvidenceLink(_grade(sentence)))))
    )
    span = home.cover(best.spot.first, best.spot.last)
    words = known.setting.document.text[span.start : span.end]
    return place, (Step("coders", "place:told before", words, span),)


def _written_here(known: EventLocations, sentence: Sentence, index: int) -> Place | None:
    """Return the dateline's place where a happening is told to be "here", in its own clause."""
    for spot in known.spots[sentence.index]:
        word = sentence[spot.first]
        if not (spot.is_pointer and word.lower == "here"):
            continue
        host = word.head
        while sentence[host].dep in {"prep", "pobj", "advmod"} and sentence[host].head != host:
            host = sentence[host].head
        if shares_clause(sentence, index, host) and not _has_locative(known, sentence, index):
            return spot.place
    return None


def _has_locative(known: EventLocations, sentence: Sentence, index: int) -> bool:
    """Return whether the clause also tells a place by its name: "here and in **Ost**"."""
    return any(
        spot.manner in _INSIDE and not spot.is_pointer and shares_clause(sentence, index, spot.last)
        for spot in known.spots[sentence.index]
    )


def _first_of(known: EventLocations, sentence: Sentence, spot: Spot) -> Spot:
    """Return the first of the places told in one breath: "shelled **Ost**, Vale and Dell"."""
    head = spot.last
    while sentence[head].dep == "conj":
        head = sentence[head].head
    if head == spot.last:
        return spot
    found = [other for other in known.spots[sentence.index] if other.first <= head <= other.last]
    return found[0] if found else spot


def _grade(sentence: Sentence) -> Evidence:
    """Grade a place told in another sentence: carried where words point back to it, else inferred."""
    points = any(
        (
            word.lower in _BACK
            and any(
                sentence[i].lower in {"the", "that", "this"}
                for i in children(sentence, word.index, "det")
            )
        )
        or (word.lower in {"there", "here"} and word.dep == "advmod")
        for word in sentence.words
    )
    return "carried" if points else "inferred"


_INSIDE = frozenset({"in", "inside", "within", "near", "at", "around", "outside", "across"})
"""Prepositions that say where: what they bring to a deed, or to its object, is its place."""


def _own_place(known: EventLocations, sentence: Sentence, index: int) -> Spot | None:
    """Return the place that a deed's own words bring: "launching airstrikes **inside Kestria**".

    Of a land and a town in it, the town: "inside Kestria near the town of **Ost**". None where they bring none or several.
    """
    hosts = [index, *children(sentence, index, "dobj", "nsubjpass")]
    found = {
        spot.first: spot
        for host in hosts
        for prep in children(sentence, host, "prep")
        if sentence[prep].lower in _INSIDE
        for pobj in children(sentence, prep, "pobj")
        for noun in (pobj, _named_town(sentence, pobj))
        for spot in known.spots[sentence.index]
        if noun is not None and spot.first <= noun <= spot.last and not spot.is_pointer
    }
    lands = [spot for spot in found.values() if spot.place.precision == "country"]
    towns = [
        spot for spot in found.values() if spot.place.precision in {"town", "point", "district"}
    ]
    if (
        len(lands) == len(towns) == 1
        and len(found) == 2
        and lands[0].place.country == towns[0].place.country
    ):
        return towns[0]
    return next(iter(found.values())) if len(found) == 1 else None


def _named_town(sentence: Sentence, noun: int) -> int | None:
    """Return the name behind a noun for a town: "the town of **Ost**"."""
    return prepositional_object(sentence, noun, "of") if sentence[noun].lemma in _TOWNS else None


_TOWNS = frozenset({"town", "city", "village", "district", "province", "region"})


def _has_place(known: EventLocations, sentence: Sentence, index: int) -> bool:
    """Return whether a place stands below a word of happening by its name."""
    low, high = sentence.first[index], sentence.last[index]
    return any(
        low <= spot.first <= high and not spot.is_pointer for spot in known.spots[sentence.index]
    )


def find_options(
    known: EventLocations, sentence: Sentence, index: int, kind: str
) -> tuple[Option, ...]:
    """Return every place that may be a happening's, each place once, and none.

    Accepts the sentence's own places; those of the ``REACH`` sentences before it; that of the lead that
    is told most.
    """
    here = tuple(
        spot
        for spot in known.spots[sentence.index]
        if not _is_dateline(known, sentence, spot)
        and not is_of_saying(known.setting, sentence, spot, index)
        and not acts_elsewhere(spot, index)
    )
    common = tuple(_of_happening(sentence, index, kind, here))
    found = [
        Option(spot, sentence, frozenset(_of_spot(known, sentence, spot, index, kind)))
        for spot in here
    ]
    seen = {_key(spot.place) for spot in here}
    shared = tuple(f"earlier {name}" for name in common)
    for earlier in _sentences_before(known, sentence):
        spots = known.spots[earlier.index]
        for spot in reversed(spots):
            if _key(spot.place) not in seen and not _is_dateline(known, earlier, spot):
                is_last = spot is spots[-1]
                names = _of_earlier(known, sentence, earlier, spot, kind, is_last=is_last)
                found.append(Option(spot, earlier, frozenset((*names, *shared))))
        seen.update(_key(spot.place) for spot in spots)
    return (Option(None, None, frozenset(f"none {name}" for name in common)), *found)


def _is_dateline(known: EventLocations, sentence: Sentence, spot: Spot) -> bool:
    """Return whether a place only tells where the report was written: "**KABUL**, Afghanistan (AP) —"."""
    end = sentence[spot.last].end
    text = known.setting.document.text
    return (
        spot.first <= 4
        and sentence[spot.first].start - sentence.passage.span.start < LONGEST_DATELINE
        and DATELINE.match(text[end : end + 60]) is not None
    )


def _sentences_before(known: EventLocations, sentence: Sentence) -> Iterator[Sentence]:
    """Yield the sentences just before, the last first; then those of the lead."""
    low = max(0, sentence.index - REACH)
    yield from reversed(known.setting.sentences[low : sentence.index])
    yield from known.setting.sentences[: min(2, low)]


def _of_happening(sentence: Sentence, index: int, kind: str, here: Sequence[Spot]) -> Iterator[str]:
    """Describe what tells whether any place is to be expected here."""
    yield "any"
    yield f"type={kind}"
    good = [
        spot for spot in here if spot.manner not in {"beside", "owner", "subject", "by", "with"}
    ]
    yield f"places here={min(2, len(good))}"
    word = sentence[index]
    if word.pos == "VERB":
        yield "verb"
    elif any(
        sentence[i].lower in {"the", "this", "that", "these", "those"}
        for i in children(sentence, index, "det")
    ):
        yield "definite"
    else:
        yield "bare"
    if any(
        item.lower in _BACK
        and not any(spot.first <= item.index + 3 and item.index <= spot.last for spot in here)
        for item in sentence.words
    ):
        yield "points back"
    if any(
        sentence[above].dep in {"relcl", "advcl", "acl"}
        for above in (index, *ancestors(sentence, index))
    ):
        yield "subordinate"


def _of_place(known: EventLocations, place: Place) -> Iterator[str]:
    yield f"precision={place.precision}"
    if place.gazetteer_id is None:
        yield "site"
    key = _key(place)
    told = known.counts.get(key, 0)
    yield f"told={'once' if told < 2 else 'twice' if told < 3 else 'often'}"
    if key in known.lead:
        yield "lead"
    if told and told == known.most:
        yield "commonest"
    if key == known.dateline:
        yield "dateline"


def _of_spot(
    known: EventLocations, sentence: Sentence, spot: Spot, index: int, kind: str
) -> Iterator[str]:
    for name in _of_place(known, spot.place):
        yield f"here {name}"
    relation, clauses = _relation(sentence, spot.governor, index)
    wide = spot.place.precision == "country"
    yield f"manner={_manner(spot)}"
    yield f"manner={_manner(spot)} {relation}"
    yield f"manner={_manner(spot)} country={wide}"
    yield f"{relation}"
    yield f"{relation} clauses={min(2, clauses)}"
    yield f"before={_preposition_before(sentence, spot)}"
    if spot.manner in {"to", "from", "into"}:
        yield f"{spot.manner} road={kind in _ROADS} retreat={kind == 'RETREAT'}"
    if spot.is_container:
        yield "container"
    if spot.is_pointer:
        yield "pointer"
    if sentence[spot.governor].lemma in _SPEECH:
        yield "at speech"
    if sentence[spot.governor].lemma in _SUFFERING and spot.manner == "subject":
        yield "sufferer"
    if spot.last < index:
        yield "front" if spot.first < 4 else "ahead"
    else:
        yield "behind"
    apart = abs(spot.first - index)
    yield f"apart={'3' if apart <= 3 else '8' if apart <= 8 else '15' if apart <= 15 else 'far'}"
    rivals = [
        other
        for other in known.spots[sentence.index]
        if other is not spot and not other.is_container and abs(other.first - index) < apart
    ]
    yield f"nearer={min(2, len(rivals))}"
    if wide and rivals:
        yield "country with others nearer"


def _manner(spot: Spot) -> str:
    known = {"object", "subject", "beside", "owner", "alone"}
    return spot.manner if spot.manner in known | _PREPOSITIONS else "other"


def _preposition_before(sentence: Sentence, spot: Spot) -> str:
    """Return the preposition that leads up to a name, whatever the parser made of it."""
    for at in range(spot.first - 1, max(-1, spot.first - 7), -1):
        word = sentence[at]
        if word.lower in _PREPOSITIONS and word.pos == "ADP":
            return word.lower
        if word.pos not in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV"}:
            return "none"
    return "none"


def _relation(sentence: Sentence, governor: int, index: int) -> tuple[str, int]:
    """Say how a place's word stands to a happening's, and how many clause edges lie between."""
    if governor == index:
        return "own", 0
    if sentence[index].head == governor and sentence[index].dep in {"nsubj", "dobj", "nsubjpass"}:
        return "carrier", 0
    if is_below(sentence, governor, index):
        return "below", _edges(sentence, governor, index)
    if is_below(sentence, index, governor):
        return "above", _edges(sentence, index, governor)
    common = next(
        (above for above in ancestors(sentence, index) if is_below(sentence, governor, above)), None
    )
    if common is None:
        return "apart", 2
    return "aside", _edges(sentence, index, common) + _edges(sentence, governor, common)


def _edges(sentence: Sentence, low: int, high: int) -> int:
    """Count the clause edges on the way up from one word to another above it."""
    count = 0
    node = low
    while node != high:
        word = sentence[node]
        own_subject = child(sentence, node, "nsubj", "nsubjpass") is not None
        count += word.dep in _CLAUSES or (word.dep == "conj" and word.pos == "VERB" and own_subject)
        node = word.head
    return count


def _of_earlier(
    known: EventLocations,
    sentence: Sentence,
    earlier: Sentence,
    spot: Spot,
    kind: str,
    *,
    is_last: bool,
) -> Iterator[str]:
    for name in _of_place(known, spot.place):
        yield f"earlier {name}"
    back = sentence.index - earlier.index
    yield f"earlier by={min(back, REACH + 1)}"
    yield f"earlier last={is_last}"
    yield f"earlier manner={_manner(spot)}"
    yield f"earlier paragraph={'same' if earlier.passage.index == sentence.passage.index else 'other'}"
    same = kind in known.acts.get(earlier.index, ())
    yield f"earlier same act={same}"
    if same and back == 1:
        yield "earlier same act just before"
    if spot.is_container:
        yield "earlier container"
