"""Places in parsed sentences: names found, chosen, and left alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas.load import Atlas, load_atlas
from counterclaim.records.mention import PlaceMention
from counterclaim.records.text import Passage, Span
from counterclaim.resolve.places import find_places
from counterclaim.syntax.sentence import Sentence, Word, make_sentence

CLOSED = {
    "ADP": {"in", "at", "near", "from", "of", "inside", "to", "outside", "on", "by"},
    "DET": {"the", "a"},
    "CCONJ": {"and"},
    "VERB": {"hit", "said", "met", "reading", "left", "fell", "saw"},
    "ADJ": {"northern", "deep", "eastern", "southern"},
}


def parse(text: str) -> Sentence:
    """Lay words out as a parser might: capitals are names; ``Word/TAG`` sets an entity type."""
    words: list[Word] = []
    at = 0
    for token in re.findall(r"\S+|\s+", text):
        for piece in re.findall(r"[\w'’.]+(?:/[A-Z]+)?|[^\w\s]", token):
            bare, _, entity = piece.partition("/")
            bare = bare.rstrip(".") if bare.count(".") == 1 and len(bare) > 3 else bare
            lower = bare.lower()
            pos = next((pos for pos, some in CLOSED.items() if lower in some), "")
            pos = pos or (
                "PROPN" if bare[0].isupper() else "PUNCT" if not bare[0].isalnum() else "NOUN"
            )
            pos = "NUM" if bare.isdigit() else pos
            if bare[0].isupper() and words and pos == "VERB":
                pos = "PROPN"
            words.append(
                Word(len(words), at, at + len(bare), bare, lower, pos, "", "dep", 0, entity, lower)
            )
            at += len(bare)
        at += token.isspace()
    span = Span(0, at)
    return make_sentence(words, 0, Passage(index=0, span=span, kind="paragraph", region="report"))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def find(atlas: Atlas, *texts: str) -> list[PlaceMention]:
    return list(find_places([parse(text) for text in texts], atlas))


def told(mentions: list[PlaceMention]) -> list[tuple[str, str, str | None]]:
    return [(item.place.name, item.rule, item.place.country) for item in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azerbaijan hit Armenia", [("Azerbaijan", "country", "AZ"), ("Armenia", "country", "AM")]),
        ("Syrian troops left Idlib", [("Syrian", "adjective", "SY"), ("Idlib", "town", "SY")]),
        ("shells fell in Idlib province", [("Idlib", "region", "SY")]),
        (
            "Stepanakert in Nagorno - Karabakh was hit".replace(" - ", "-"),
            [("Stepanakert", "town", "AZ"), ("Nagorno-Karabakh", "area", "AZ")],
        ),
        ("rebels in Deir ez-Zor fell", [("Deir ez-Zor", "town", "SY")]),
        ("rebels left al-Bab in Syria", [("al-Bab", "town", "SY"), ("Syria", "country", "SY")]),
        ("a bus in Lebanon, Ohio", [("Lebanon", "town", "US"), ("Ohio", "region", "US")]),
        ("a man in Split, Croatia", [("Split", "town", "HR"), ("Croatia", "country", "HR")]),
        ("a ship in the Red Sea", [("Red Sea", "feature", None)]),
        ("Kurdish rebels left Kirkuk", [("Kurdish", "adjective", None), ("Kirkuk", "town", "IQ")]),
        ("the People's Republic of China said", [("People's Republic of China", "country", "CN")]),
        ("a town in Bosnia and Herzegovina", [("Bosnia and Herzegovina", "country", "BA")]),
        ("rebels in Syria and Iraq", [("Syria", "country", "SY"), ("Iraq", "country", "IQ")]),
    ],
)
def test_resolve_finds_places(
    atlas: Atlas, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert told(find(atlas, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "he met Paris/PERSON Hilton/PERSON",
        "the Washington/ORG Post/ORG said",
        "the New/ORG York/ORG Times/ORG said",
        "a teacher of Damascus/ORG University/ORG said",
        "President Ford/PERSON said",
        "the Mobile Police said",
        "she was reading in March",
        "The US/ORG Army/ORG said",
        "the Kremlin said",
        "the White House said",
        "the North and the South",
        "Russians said",
        "May said",
        "of bar and nice police",
    ],
)
def test_resolve_finds_no_place_in_other_names(atlas: Atlas, text: str) -> None:
    assert told(find(atlas, text)) == []


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("missiles inside Armenia", "inside"),
        ("a city deep inside Azerbaijan", "deep inside"),
        ("fighters from northern Syria", "northern"),
        ("a village 5 km north of Goris", "5 km north of"),
        ("the road near the Syrian town of Idlib", None),
        ("a post near the town of Idlib", None),
        ("a base outside Idlib", "outside"),
        ("a base in Idlib", None),
        ("most of Syria", None),
        ("the south of Syria", "south of"),
    ],
)
def test_resolve_keeps_modifiers(atlas: Atlas, text: str, within: str | None) -> None:
    assert find(atlas, text)[-1].place.within == within


def test_resolve_lets_the_text_decide_the_country(atlas: Atlas) -> None:
    assert find(atlas, "Lebanon was calm.", "shells fell in Tripoli")[-1].place.country == "LB"
    assert find(atlas, "Libya was calm.", "shells fell in Tripoli")[-1].place.country == "LY"
    (tripoli,) = find_places([parse("shells fell in Tripoli")], atlas, focus={"LB": 3.0})
    assert tripoli.place.country == "LB"


def test_resolve_doubts_small_places_of_other_countries(atlas: Atlas) -> None:
    assert told(find(atlas, "Syria was calm.", "Tirah/PERSON was calm"))[1:] == []


def test_resolve_gives_spans_in_the_document(atlas: Atlas) -> None:
    text = "shells fell near Idlib and Hama"
    for mention in find(atlas, text):
        assert text[mention.span.start : mention.span.end] == mention.place.name


def test_resolve_gives_points_and_ids(atlas: Atlas) -> None:
    (ganja,) = find(atlas, "missiles hit Ganja")
    assert ganja.place.gazetteer_id == "gn:586523"
    assert ganja.place.precision == "town"
    assert ganja.place.latitude == pytest.approx(40.68, abs=0.01)


@given(text=st.text(alphabet="AbIdlib SyriaTheof,.-' ", min_size=1, max_size=60))
def test_resolve_gives_places_in_order_without_overlaps(text: str) -> None:
    sentence = parse(f"x {text}")
    mentions = find_places([sentence], load_atlas())
    for before, after in pairwise(mentions):
        assert before.last < after.first
