"""Locatives: the words of a sentence that say where something is.

What is no locative is no place of a happening, however near it stands: "the **U.S.** military",
"the killing of a **Syrian** officer", "the government of **Kestria**".
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from counterclaim.atlas.candidates import as_place, find_candidates
from counterclaim.atlas.countries import find_country
from counterclaim.atlas.load import load_atlas
from counterclaim.coders.casualties.side_from_location import DATELINE
from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children, is_below

_PARTS = frozenset(
    "part area outskirt outskirts edge side heart center centre rest most much swathe stretch portion half third "
    "north south east west northeast northwest southeast southwest corner street sky shore limit gate interior "
    "quarter sector zone pocket surroundings vicinity frontier neighbourhood neighborhood soil land".split()
)
"""Nouns that stand for a stretch of what is named behind their ``of``."""
_FACILITIES = frozenset(
    "airport airbase airfield base hotel mosque church cathedral monastery synagogue temple shrine school university "
    "college hospital clinic prison jail embassy consulate barracks garrison headquarters compound camp checkpoint "
    "station stadium palace plant refinery dam bridge tunnel crossing port harbour harbor market bazaar mall cafe "
    "restaurant nightclub club theater theatre museum airspace highway road depot outpost".split()
)
_SUFFERING = frozenset("experience see suffer witness endure face".split())
_NAME_PARTS = frozenset({"compound", "nmod", "amod", "poss", "nummod", "det"})
_WAYS = frozenset("way road route highway path border frontier".split())
"""Nouns whose other end stands behind ``to``, ``with`` or ``between``: "the **road** to Ost"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a sentence says that something is."""

    place: Place
    first: int
    last: int
    governor: int
    """The word that it belongs to in the grammar: what its preposition hangs on, or whose object it is."""
    manner: str
    """The preposition; ``object``; ``subject``; ``beside`` or ``owner`` before its noun; ``alone``."""
    is_container: bool = False
    """Whether it only tells where a narrower place lies."""
    is_pointer: bool = False
    """Whether the words point back to a place told before."""


def find_locatives(
    setting: DocumentContext, sentence: Sentence, earlier: Sequence[Spot] = ()
) -> tuple[Spot, ...]:
    """Find what says where in a sentence, from left to right.

    Accepts:
      1. a place behind a preposition          "in **Ost**", "on the outskirts of **Ost**"
      2. an object of an act                   "shelled **Ost**", "**Ost** saw heavy fighting"
      3. the seat of a state                   "in **Kestria's capital**", as the town's name
      4. a building or site by its name        "outside the **Corin Hotel**", "the **K2 air base**"
      5. a name beside a noun                  "the **Ost** bombing"
      6. land told by its people               "**Kestrian** airspace", "a **Kestrian** military base"
      7. a noun that points back               "in **the city**", to the last town told; "**here**", to the dateline
    Of a chain all but the narrowest are containers: "Ost, north of **Highton**"; "the village of Ost in
    **Lowland**".

    Args:
        setting: The document.
        sentence: Where to look.
        earlier: What was found in the sentences before, in order.
    """
    named = [
        (item.place, item.first, item.last)
        for item in setting.resolution.places_in(sentence.index)
        if item.rule != "adjective"
        and not _is_hyphened(sentence, item.last)
        and not _is_speakers(setting, sentence, item.place, item.first, item.last)
    ]
    taken = {at for _, first, last in named for at in range(first, last + 1)}
    seats = [
        item for item in _seats(setting, sentence) if not _is_speakers(setting, sentence, *item)
    ]
    held = {at for _, seat, _ in seats for at in _named_below(sentence, seat)}
    named = [item for item in named if not held & {item[1], item[2]}] + seats
    named += _sites(sentence, taken)
    named += _lands(setting, sentence, {at for _, a, b in named for at in range(a, b + 1)})
    pointing = [*_pointers(setting, sentence, named, earlier)]
    found = sorted((_spot(sentence, *item) for item in named), key=lambda spot: spot.first)
    found += [replace(_spot(sentence, *item), is_pointer=True) for item in pointing]
    found.sort(key=lambda spot: spot.first)
    return tuple(
        replace(spot, is_container=True) if _is_container(sentence, spot, found) else spot
        for spot in found
    )


def _is_speakers(
    setting: DocumentContext, sentence: Sentence, place: Place, first: int, last: int
) -> bool:
    """Return whether a capital only stands for a state that speaks, or tells where those who speak are.

    Accepts: "**Highton** denied any part in it"; "**MoH** in Ost said"; "diplomats in **the capital** said".
    Near miss: "residents of **Ost** said", who tell of their town.
    """
    span = sentence.cover(first, last)
    held = [
        item.speaker_span
        for item in setting.sayings.get(sentence.index, ())
        if item.speaker_span is not None and item.speaker_span.covers(span)
    ]
    if not held:
        return False
    behind = setting.document.text[span.end : held[0].end]
    if not behind.strip() and setting.document.text[held[0].start : span.start].lower() in {
        "",
        "the ",
    }:
        return True  # its name is the speaker's
    if behind.startswith((" in ", " at ")):
        return True
    country = None if place.country is None else find_country(place.country)
    return country is not None and place.name in country.capitals


def _is_hyphened(sentence: Sentence, last: int) -> bool:
    """Return whether a name only begins a compound: "**UK**-based", "**US**-backed"."""
    return last + 1 < len(sentence) and sentence[last + 1].text in {"-", "–"}


def _spot(sentence: Sentence, place: Place, first: int, last: int) -> Spot:
    """Say what a place belongs to in the grammar, and how."""
    head = _head(sentence, first, last)
    while True:
        word = sentence[head]
        above = word.head
        if word.dep in _NAME_PARTS and above != head:
            if not _is_ground(sentence, above):
                if sentence[above].pos == "NOUN" and word.dep in {"compound", "nmod"}:
                    return Spot(place, first, last, above, "beside")
                return Spot(place, first, last, above, "owner")
            head = above
        elif word.dep in {"conj", "appos"} and above != head:
            head = above
        elif word.dep == "pobj":
            prep = sentence[above]
            outer = prep.head
            if _is_stretch(sentence, prep.lower, outer):
                head = outer
                continue
            while sentence[outer].dep in {"prep", "advmod"} and sentence[outer].head != outer:
                outer = sentence[outer].head
            return Spot(place, first, last, outer, prep.lower)
        elif word.dep in {"dobj", "nsubjpass"}:
            return Spot(place, first, last, above, "object")
        elif word.dep == "nsubj":
            return Spot(place, first, last, above, "subject")
        else:
            return Spot(place, first, last, above, "alone")


def _head(sentence: Sentence, first: int, last: int) -> int:
    """Return the word of a name that hangs on a word outside it; the last, where none does."""
    for at in range(last, first - 1, -1):
        if not first <= sentence[at].head <= last or sentence[at].head == at:
            return at
    return last


def _is_ground(sentence: Sentence, index: int) -> bool:
    """Return whether a noun is itself a place or a part of one: "the **town** of Ost", "Ost **airport**"."""
    word = sentence[index]
    return word.lemma in _grounds() or word.lower in _grounds()


def _ground_of(sentence: Sentence, spot: Spot) -> int:
    """Return the noun that a name belongs to as a place: the **region** of "the Donetsk region"."""
    head = _head(sentence, spot.first, spot.last)
    while sentence[head].dep in _NAME_PARTS and _is_ground(sentence, sentence[head].head):
        head = sentence[head].head
    return head


def _is_stretch(sentence: Sentence, prep: str, noun: int) -> bool:
    """Return whether a preposition ties a name to a noun that is its ground: "the town **of** Ost"."""
    if prep == "of":
        return _is_ground(sentence, noun)
    return prep in {"to", "with", "between", "from"} and sentence[noun].lemma in _WAYS


@cache
def _linking() -> frozenset[str]:
    """Return the words that may stand between a place and what holds it."""
    return frozenset({",", "the", "of", "in", *load_atlas().words.within})


@cache
def _grounds() -> frozenset[str]:
    """Return the nouns that are themselves places or parts of one."""
    return frozenset({*_PARTS, *_FACILITIES, *load_atlas().words.kinds})


def _is_container(sentence: Sentence, spot: Spot, every: Sequence[Spot]) -> bool:
    """Return whether a place only tells where a narrower one lies.

    Accepts: "Ost in **Lowland**"; "Ost, **Lowland**"; "the **Lowland** town of Ost"; "Ost, north of
    **Highton**". Coordinated places stand beside each other.
    """
    for other in every:
        if other is spot:
            continue
        if other.last < spot.first:
            between = sentence.words[other.last + 1 : spot.first]
            lowers = {word.lower for word in between}
            is_near = len(between) <= 8 and not any(
                word.pos in {"VERB", "AUX", "CCONJ"} for word in between
            )
            below = is_below(sentence, spot.first, _ground_of(sentence, other))
            if is_near and (below or lowers <= _linking()):
                return True
        elif spot.last < other.first <= spot.last + 5 and spot.manner == other.manner:
            between = sentence.words[spot.last + 1 : other.first]
            if any(_is_ground(sentence, word.index) for word in between) and not any(
                word.pos in {"VERB", "AUX", "CCONJ"} or word.lower == "," for word in between
            ):
                return spot.governor == other.governor
    return False


def _seats(setting: DocumentContext, sentence: Sentence) -> Iterator[tuple[Place, int, int]]:
    """Read "Kestria's capital" and "the capital" as the town, where the sentence does not name it."""
    for word in sentence.words:
        if word.lower != "capital" or word.pos not in {"NOUN", "PROPN"} or word.dep == "compound":
            continue
        beside = [*children(sentence, word.index, "appos"), word.head]
        for prep in children(sentence, word.index, "prep"):
            beside += children(sentence, prep, "pobj")
        towns = {
            at
            for item in setting.resolution.places_in(sentence.index)
            if item.place.precision in {"town", "point"}
            for at in range(item.first, item.last + 1)
        }
        if towns & set(beside) or any(
            at in towns for at in range(word.index + 1, min(word.index + 4, len(sentence)))
        ):
            continue
        place = _seat_of(setting, _country_of(setting, sentence, word.index))
        if place is not None:
            yield place, word.index, word.index


def _country_of(setting: DocumentContext, sentence: Sentence, index: int) -> str | None:
    """Return the country whose capital is meant: the one named beside the word, else the report's own."""
    if any(sentence[i].lower == "provincial" for i in children(sentence, index, "amod")):
        return None
    near = [*children(sentence, index, "poss", "amod", "compound", "nmod")]
    for prep in children(sentence, index, "prep"):
        near += children(sentence, prep, "pobj")
    for at in near:
        for item in setting.resolution.places_in(sentence.index):
            if item.first <= at <= item.last:
                return item.place.country if item.place.precision == "country" else None
        name = setting.names.get((sentence.index, at))
        if name is not None:
            return name.party.country
    told = Counter(
        item.place.country
        for item in setting.resolution.places
        if item.place.country is not None and item.rule != "adjective"
    )
    return told.most_common(1)[0][0] if told else None


def _seat_of(setting: DocumentContext, code: str | None) -> Place | None:
    """Return a country's capital: as the report names it elsewhere, else from the gazetteer."""
    country = None if code is None else find_country(code)
    if country is None or not country.capitals:
        return None
    for item in setting.resolution.places:
        if item.place.name in country.capitals and item.place.country == country.iso2:
            return item.place
    name = country.capitals[0]
    rows = [
        item
        for item in find_candidates(load_atlas().gazetteer, name, countries=(country.iso2,))
        if item.country == country.iso2 and item.sort == "town"
    ]
    return as_place(max(rows, key=lambda item: item.prior), name) if rows else None


def _sites(sentence: Sentence, taken: Iterable[int]) -> Iterator[tuple[Place, int, int]]:
    """Find buildings and sites by their own names: "the Corin **Hotel**", "**Hotel** Corin", "K2 air **base**"."""
    used = set(taken)
    for word in sentence.words:
        if word.lemma not in _FACILITIES and word.lower not in _FACILITIES:
            continue
        if word.dep in {"compound", "amod"} and not word.text[0].isupper():
            continue
        first = last = word.index
        while first and _is_name_part(sentence, first - 1, word.index):
            first -= 1
        while (
            first < word.index
            and not sentence[first].text[0].isupper()
            and not sentence[first].text[0].isdigit()
        ):
            first += 1
        if first == word.index and word.text[0].isupper():
            while last + 1 < len(sentence) and _is_capital(sentence, last + 1):
                last += 1
        if first == last or used & set(range(first, last + 1)):
            continue
        name = " ".join(item.text for item in sentence.words[first : last + 1]).replace(" - ", "-")
        yield Place(name=name, precision="point"), first, last


def _is_name_part(sentence: Sentence, at: int, head: int) -> bool:
    word = sentence[at]
    if word.text == "-":
        return at > 0 and _is_capital(sentence, at - 1)
    return _is_capital(sentence, at) or (
        word.head == head and word.dep == "compound" and word.pos == "NOUN"
    )


def _is_capital(sentence: Sentence, at: int) -> bool:
    word = sentence[at]
    return word.text[0].isupper() and word.pos in {"PROPN", "NOUN", "NUM"}


_OWN_LAND = frozenset(
    "airspace territory waters soil base border frontier city town village province region capital coast land side".split()
)
"""Nouns of ground that belong to the people named before them; an embassy does not lie there."""


def _lands(
    setting: DocumentContext, sentence: Sentence, taken: set[int]
) -> Iterator[tuple[Place, int, int]]:
    """Read land told by its people: "**Kestrian airspace**", "a **Kestrian military base**"."""
    for item in setting.resolution.places_in(sentence.index):
        if item.rule != "adjective" or taken & {item.first, item.last}:
            continue
        head = sentence[item.last].head
        if not item.last < head <= item.last + 3 or sentence[head].lemma not in _OWN_LAND:
            continue
        if any(child_ in taken for child_ in _named_below(sentence, head)):
            continue
        name = " ".join(word.text for word in sentence.words[item.first : head + 1])
        yield replace(item.place, name=name, precision="country"), item.first, head


def _named_below(sentence: Sentence, noun: int) -> Iterator[int]:
    """Yield the words that may name a noun of ground: "the city **of Ost**", "the city, **Ost**"."""
    yield from children(sentence, noun, "appos", "compound", "poss")
    for prep in children(sentence, noun, "prep"):
        if sentence[prep].lower == "of":
            yield from children(sentence, prep, "pobj")
    if noun + 1 < len(sentence):
        yield noun + 1


_TOWNS = frozenset({"city", "town", "village", "suburb", "municipality", "settlement"})
_AREAS = frozenset(
    {
        "area",
        "region",
        "enclave",
        "province",
        "district",
        "territory",
        "scene",
        "neighborhood",
        "neighbourhood",
    }
)


def _pointers(
    setting: DocumentContext,
    sentence: Sentence,
    named: Sequence[tuple[Place, int, int]],
    earlier: Sequence[Spot],
) -> Iterator[tuple[Place, int, int]]:
    """Read nouns that point back: "**the city**", "**the base**", "**there**", "**the country**"; "**here**"."""
    taken = {at for _, first, last in named for at in range(first, last + 1)}
    for word in sentence.words:
        if word.index in taken:
            continue
        if word.lower == "there" and word.dep == "advmod":
            place = _last(earlier, lambda spot: not spot.is_container)
        elif word.lower == "here" and _is_writers(setting, sentence, word.index):
            place = dateline_place(setting, sentence)
        elif word.pos != "NOUN" or not _is_back(sentence, word.index, taken):
            continue
        else:
            place = _pointed(word.lemma, earlier)
        if place is not None:
            yield place, word.index, word.index


def _is_writers(setting: DocumentContext, sentence: Sentence, index: int) -> bool:
    """Return whether "here" is where the report was written: not in a quotation, whose speaker is elsewhere."""
    word = sentence[index]
    if index + 1 < len(sentence) and sentence[index + 1].lower in {"is", "are", "'s", "’s", "to"}:
        return False
    speech = setting.speaker_of(Span(word.start, word.end))
    return speech is None or speech.quotation == "indirect"


def dateline_place(setting: DocumentContext, sentence: Sentence) -> Place | None:
    """Return the place before the dash that opens the report, or the passage nearest above: "**KABUL** (AP) —"."""
    text = setting.document.text
    for item in reversed(setting.resolution.places):
        if item.sentence > sentence.index or item.rule == "adjective":
            continue
        passage = setting.sentences[item.sentence].passage
        if item.span.start - passage.span.start <= 2 and DATELINE.match(
            text[item.span.end : item.span.end + 60]
        ):
            return item.place
    return None


def _is_back(sentence: Sentence, noun: int, taken: set[int]) -> bool:
    """Return whether a noun points back: definite, without a name or a clause of its own."""
    articles = children(sentence, noun, "det")
    return (
        any(sentence[at].lower in {"the", "this", "that"} for at in articles)
        and not taken & {*_named_below(sentence, noun), *children(sentence, noun, "poss")}
        and not children(sentence, noun, "relcl", "acl")
    )


def _pointed(lemma: str, earlier: Sequence[Spot]) -> Place | None:
    if lemma in _TOWNS:
        return _last(earlier, lambda spot: spot.place.precision in {"town", "district"})
    if lemma in _AREAS:
        return _last(
            earlier, lambda spot: spot.place.precision != "country" and not spot.is_container
        )
    if lemma == "country":
        return _last(earlier, lambda spot: spot.place.precision == "country")
    if lemma in _FACILITIES:
        return _last(earlier, lambda spot: lemma in spot.place.name.lower().split())
    return None


def _last(earlier: Sequence[Spot], fits: Callable[[Spot], bool]) -> Place | None:
    return next((spot.place for spot in reversed(earlier) if fits(spot)), None)
