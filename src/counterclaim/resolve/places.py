"""Places: where the names of places stand in a text, and which places they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from counterclaim.atlas.areas import name_area
from counterclaim.atlas.candidates import Candidate, abbreviations, as_place, region_adjectives
from counterclaim.atlas.choosing import (
    NamedPlace,
    choose_places,
    confirmed,
    division_or_town,
    flat_km,
)
from counterclaim.atlas.countries import name_countries
from counterclaim.atlas.evidence import DOUBTS, LENIENT, SEEN, SMALL, weigh_choice, weigh_evidence
from counterclaim.atlas.frontiers import frontier_within
from counterclaim.atlas.load import Atlas
from counterclaim.atlas.names import ARTICLES, fold_name
from counterclaim.atlas.words import PlaceWords
from counterclaim.records.evidence import Evidence
from counterclaim.records.mention import PlaceMention
from counterclaim.syntax.sentence import Sentence, Word

LONGEST = 7
"""Most words of a name, hyphens counted: ``Port-au-Prince`` has five."""

CLOSED = frozenset({"DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "PUNCT", "NUM", "INTJ"})
"""Parts of speech that start no name."""

MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
"""Short names of months, which towns bear too: "MANILA, **Nov** 4"."""

LARGE = 100_000
"""Population from which a seat of government that is a town is read as one."""

FEW = 4
"""A name with at most so many bearers is rare enough to be known by its country."""

NEIGHBOURS_KM = 200.0
"""How far apart two small places of one country lie at most that speak for one another."""

MOST_WITHIN = 5
"""Most words before a name that are read as modifiers: ``50 km north of``."""


@dataclass(slots=True, eq=False)
class _Spot:
    """Some words that are the name of a place somewhere."""

    sentence: Sentence
    first: int
    last: int
    words: str
    is_adjective: bool
    is_country: bool
    kind: str | None = None
    joint: str = ""
    evidence: list[str] = field(default_factory=list)


def find_places(
    sentences: Sequence[Sentence], atlas: Atlas, *, focus: Mapping[str, float] | None = None
) -> tuple[PlaceMention, ...]:
    """Find the places that a text names, and choose for each name the place that it means.

    Accepts:
      1. countries and areas, by name or adjective    "inside Armenia", "Syrian troops"
      2. towns, regions, seas by any Latin spelling   "Stepanakert", "Idlib province", "the Red Sea"
      3. a name with what holds it                    "Lebanon, Ohio"
      4. modifiers, kept in ``Place.within``          "deep inside Azerbaijan", "northern Syria"

    A name inside the name of a person or a body is no place: ``Paris Hilton``, ``Washington Post``.

    Args:
        sentences: Of one document, parsed, in order.
        atlas: From ``load_atlas``.
        focus: ISO alpha-2 to weight: countries that the document is known to be about; a weight
            of 1 counts as one mention of the country.

    Returns:
        In reading order, without overlaps. ``rule`` says what was found: ``country``,
        ``adjective``, ``area``, ``region``, ``district``, ``town`` or ``feature``. The evidence of a
        small place is *inferred* where nothing else in the text speaks for the land it would lie in.
    """
    ordinary = _ordinary_words(sentences)
    known: dict[str, bool] = {}
    spots: list[_Spot] = []
    for sentence in sentences:
        found = list(_spots(sentence, atlas, known))
        _join(found, atlas)
        for spot in found:
            spot.evidence = list(_evidence(spot, atlas, ordinary))
        spots += (spot for spot in found if weigh_evidence(spot.evidence) > LENIENT)
    names = [NamedPlace(spot.words, spot.joint, spot.kind) for spot in spots]
    chosen = choose_places(atlas.gazetteer, names, focus=focus)
    told = _told(spots, chosen) | frozenset(focus or {})
    for at in confirmed(names, chosen):
        spots[at].evidence.append("qualified")
    pairs = [
        (spot, choice, _weigh(spot, choice, told, atlas))
        for spot, choice in zip(spots, chosen, strict=True)
        if choice is not None
    ]
    seen = {spot.words for spot, _, weight in pairs if weight >= 0}
    kept = [
        (spot, choice)
        for spot, choice, weight in pairs
        if weight >= (0 if spot.words not in seen or DOUBTS & set(spot.evidence) else -SEEN)
    ]
    lands = _named_lands(kept) | frozenset(focus or {})
    return tuple(
        _mention(
            spot,
            choice,
            atlas,
            _evidence_of(spot, choice, kept, lands, atlas),
        )
        for spot, choice in kept
    )


def _is_only(words: str, atlas: Atlas) -> bool:
    """Return whether all places of a name lie in one country."""
    rows = atlas.gazetteer.look_up(words, limit=FEW + 1)
    return len({row.country for row in rows}) == 1


def _named_lands(kept: Sequence[tuple[_Spot, Candidate]]) -> frozenset[str | None]:
    """Collect the countries that the text names, or one of whose large places it names."""
    return frozenset(
        choice.country
        for spot, choice in kept
        if choice.sort in {"country", "adjective"}
        or choice.prior >= SMALL
        or "qualified" in spot.evidence
    )


def _evidence_of(
    spot: _Spot,
    choice: Candidate,
    kept: Sequence[tuple[_Spot, Candidate]],
    lands: frozenset[str | None],
    atlas: Atlas,
) -> Evidence:
    """Grade how it is known that a name means the gazetteer's place.

    Many villages bear one name, and most villages of a war are in no gazetteer: a small place in a land
    that nothing in the text speaks for is likely another of its name.
    """
    if choice.country is None or choice.country in lands:
        return "told"
    if _borders_on(choice, lands) or (not lands and _is_only(spot.words, atlas)):
        return "told"
    name = fold_name(spot.words)
    is_among_neighbours = any(
        other.country == choice.country
        and fold_name(near.words) != name
        and flat_km(choice, other.latitude, other.longitude) <= NEIGHBOURS_KM
        for near, other in kept
    )
    return "told" if is_among_neighbours else "inferred"


def _borders_on(choice: Candidate, lands: frozenset[str | None]) -> bool:
    """Return whether a place lies near the frontier of a land that the text names."""
    return any(
        frontier_within(land, choice.latitude, choice.longitude, NEIGHBOURS_KM) is not None
        for land in lands
        if land is not None
    )


def _told(spots: Sequence[_Spot], chosen: Sequence[Candidate | None]) -> frozenset[str | None]:
    """Collect the countries that the text names, and those of the places it names beyond doubt."""
    return frozenset(
        choice.country
        for spot, choice in zip(spots, chosen, strict=True)
        if choice is not None
        and choice.country is not None
        and weigh_choice(spot.evidence, choice, frozenset()) >= 0
    )


def _weigh(spot: _Spot, choice: Candidate, told: frozenset[str | None], atlas: Atlas) -> float:
    """Weigh whether a name is a place here, given the place that it would be."""
    rows = atlas.gazetteer.look_up(spot.words, limit=FEW + 1)
    is_only = 0 < len(rows) <= FEW and all(row.country in told for row in rows)
    return weigh_choice(spot.evidence, choice, told, is_only=is_only)


def _spots(sentence: Sentence, atlas: Atlas, known: dict[str, bool]) -> Iterator[_Spot]:
    """Find the longest known names, from left to right."""
    at = 0
    while at < len(sentence):
        word = sentence[at]
        last = at
        if _starts(sentence, at) and word.lower not in atlas.words.titles:
            for end in range(_reach(sentence, at, atlas.words), at - 1, -1):
                if not _ends(sentence, end, atlas.words):
                    continue
                words = _surface(sentence, at, end)
                if words not in known:
                    known[words] = _is_known(words, atlas)
                if known[words]:
                    yield _spot(sentence, at, end, words)
                    last = end
                    break
        at = last + 1


def _spot(sentence: Sentence, first: int, last: int, words: str) -> _Spot:
    matches = name_countries(words)
    area = name_area(words)
    kinds = {match.kind for match in matches}
    shared = all(match.shared for match in matches)
    is_adjective = ("name" not in kinds and "adjective" in kinds) or words in region_adjectives()
    if area is not None and not kinds:
        is_adjective = area.kind == "adjective"
    is_country = ("name" in kinds and not shared) or (area is not None and area.kind == "name")
    return _Spot(sentence, first, last, words, is_adjective, is_country)


def _starts(sentence: Sentence, at: int) -> bool:
    word = sentence[at]
    if word.lower.rstrip(".") in MONTHS or (word.text == "Line" and _is_drawn(sentence, at)):
        return False
    if word.text[0].isupper():
        return word.pos not in CLOSED or (word.pos == "DET" and word.lower != "the" and at > 0)
    follower = at + 2 < len(sentence) and sentence[at + 1].text == "-"
    return follower and word.lower in ARTICLES and sentence[at + 2].text[0].isupper()


def _is_drawn(sentence: Sentence, at: int) -> bool:
    """Return whether a line on the map is meant and no town: "the **Line** of Control", "the Blue **Line**"."""
    behind = at + 1 < len(sentence) and sentence[at + 1].lower == "of"
    return behind or (at > 0 and sentence[at - 1].text[:1].isupper())


def _reach(sentence: Sentence, first: int, words: PlaceWords) -> int:
    """Return the last word that a name starting here could have."""
    end = first
    for at in range(first + 1, min(first + LONGEST, len(sentence))):
        word = sentence[at]
        if not (
            word.text[0].isupper() or word.text in words.joiners or sentence[at - 1].text == "-"
        ):
            break
        end = at
    return end


def _ends(sentence: Sentence, at: int, words: PlaceWords) -> bool:
    return sentence[at].text[0].isalpha() and sentence[at].text not in words.joiners


def _surface(sentence: Sentence, first: int, last: int) -> str:
    """Return the words as they stand, with one space for any."""
    words = sentence[first].text
    for at in range(first + 1, last + 1):
        space = " " if sentence[at].start > sentence[at - 1].end else ""
        words += space + sentence[at].text
    return words


def _is_known(words: str, atlas: Atlas) -> bool:
    if all(word in atlas.words.directions for word in fold_name(words).split()):
        return False
    kinds = {match.kind for match in name_countries(words)}
    if kinds == {"seat"}:
        # The Kremlin is no place here; La Paz and Tel Aviv are.
        return any(row.population > LARGE for row in atlas.gazetteer.look_up(words, limit=1))
    area = name_area(words)
    if kinds == {"people"} or (area is not None and area.kind == "people"):
        return False
    return (
        bool(kinds - {"capital"})
        or words in abbreviations()
        or (area is not None and area.kind != "seat")
        or _in_gazetteer(words, atlas)
    )


def _in_gazetteer(words: str, atlas: Atlas) -> bool:
    if words.isupper() and len(words) <= 3:
        return False
    return len(words) > 2 and atlas.gazetteer.has_key(fold_name(words))


def _join(spots: Sequence[_Spot], atlas: Atlas) -> None:
    """Note what stands between each two names, and what a word beside a name says it is."""
    for at, spot in enumerate(spots):
        sentence = spot.sentence
        if at and spot.first - spots[at - 1].last <= 3:
            spot.joint = _surface(sentence, spots[at - 1].last + 1, spot.first - 1)
        kinds = atlas.words.kinds
        if spot.last + 1 < len(sentence):
            spot.kind = division_or_town(kinds.get(sentence[spot.last + 1].lower))
        if spot.kind is None and spot.first >= 2 and sentence[spot.first - 1].lower == "of":
            spot.kind = division_or_town(kinds.get(sentence[spot.first - 2].lower))


def _evidence(spot: _Spot, atlas: Atlas, ordinary: frozenset[str]) -> Iterator[str]:
    """Tell what speaks for and against the name being a place here."""
    sentence, words = spot.sentence, atlas.words
    first, last = sentence[spot.first], sentence[spot.last]
    before = sentence[spot.first - 1] if spot.first else None
    after = sentence[spot.last + 1] if spot.last + 1 < len(sentence) else None
    if spot.is_country:
        yield "country"
    if spot.is_adjective:
        yield "adjective"
    yield from _entity_evidence(spot)
    if before is not None:
        if before.lower.rpartition("-")[2] in words.holdings:
            yield from ("called", "locative")  # a person is not occupied
        elif before.lower in words.locatives or _is_measured(spot, words):
            yield "locative"
        if before.lower.rstrip(".") in words.titles:
            yield "title"
        elif _is_name(before) and not (
            before.lower in words.directions or before.lower in words.kinds
        ):
            yield "run before"
    if spot.is_adjective:
        pass
    elif _is_inside_name(spot, words):
        yield "inside name"
    elif after is not None and _is_name(after) and after.lower not in words.kinds:
        yield "run after"
    if spot.joint == "," and not spot.is_adjective:
        yield "after comma"
    if spot.kind is not None:
        yield "called" if before is not None and before.lower == "of" else "kind"
    key = fold_name(spot.words)
    is_saint = key.startswith("saint ")  # rather a church, if it is small
    if is_saint or key in words.stop_words or key in words.kinds or key in ordinary:
        yield "common word"
    if key in words.stop_names:
        yield "personal name"
    if last.pos != "PROPN" and not spot.is_adjective and not spot.is_country:
        yield "not a name"
    if last.dep in {"nsubj", "nsubjpass"} and sentence[last.head].lemma in words.speech:
        yield "speaks"
    if first.text.isupper() and len(spot.words) > 3:
        yield "capitals"


def _is_inside_name(spot: _Spot, words: PlaceWords) -> bool:
    """Return whether the name is part of a person's or a body's: ``Paris Hilton``, ``Bank of Ardenia``."""
    sentence, entity = spot.sentence, spot.sentence[spot.last].entity
    if spot.last + 1 < len(sentence):
        after = sentence[spot.last + 1]
        same = after.entity == entity and entity not in {"", "GPE", "LOC"}
        if _is_name(after) and after.lower not in words.kinds:
            return same or after.lower in words.bodies
    if spot.first < 2 or sentence[spot.first - 1].lower != "of" or spot.is_country:
        return False
    whole = sentence[spot.first - 2]
    return _is_name(whole) and whole.lower in words.bodies


def _is_measured(spot: _Spot, words: PlaceWords) -> bool:
    """Return whether a bearing leads to the name: ``north of``, ``close to``."""
    if spot.first < 2 or spot.sentence[spot.first - 1].lower not in {"of", "to"}:
        return False
    return spot.sentence[spot.first - 2].lower in words.turning


def _entity_evidence(spot: _Spot) -> Iterator[str]:
    kinds = {spot.sentence[at].entity for at in range(spot.first, spot.last + 1)} - {""}
    if not kinds:
        yield "no entity"
    elif kinds & {"GPE", "LOC", "FAC"}:
        yield "entity place"
    elif "PERSON" in kinds:
        yield "entity person"
    elif "NORP" in kinds:
        yield "entity people"
    else:
        yield "entity body" if "ORG" in kinds else "entity other"


def _is_name(word: Word) -> bool:
    return word.text[0].isupper() and word.pos == "PROPN"


def _ordinary_words(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Collect the words that the text also writes in lower case."""
    return frozenset(
        word.text for sentence in sentences for word in sentence if word.text.islower()
    )


def _mention(spot: _Spot, choice: Candidate, atlas: Atlas, evidence: Evidence) -> PlaceMention:
    place = as_place(choice, spot.words, _within(spot, atlas))
    return PlaceMention(
        sentence=spot.sentence.index,
        first=spot.first,
        last=spot.last,
        span=spot.sentence.cover(spot.first, spot.last),
        place=place if evidence == "told" else replace(place, evidence=evidence),
        rule=choice.sort,
    )


def _within(spot: _Spot, atlas: Atlas) -> str | None:
    """Read the modifiers before a name: ``deep inside``, ``50 km north of``, ``northern``."""
    sentence, words = spot.sentence, atlas.words
    first = spot.first
    while first and sentence[first - 1].lower in {"the", "of", "to"}:
        first -= 1
    begin = first
    while begin and spot.first - begin < MOST_WITHIN:
        before = sentence[begin - 1].lower
        is_amount = sentence[begin - 1].pos == "NUM" and sentence[begin].lower in words.measures
        if before not in words.within and not is_amount:
            break
        begin -= 1
    kept = [sentence[at] for at in range(begin, spot.first)]
    while kept and kept[0].lower in {"of", "to", "from", "the", "all", "most", "over"}:
        kept.pop(0)
    if not any(word.lower in words.turning for word in kept):
        return None
    while kept and kept[-1].lower == "the":
        kept.pop()
    return " ".join(word.text for word in kept)
