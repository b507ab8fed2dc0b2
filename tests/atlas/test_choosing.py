"""One place is chosen for each name, all names of a text together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas.candidates import find_candidates
from counterclaim.atlas.choosing import NamedPlace, choose_places
from counterclaim.atlas.load import Atlas, load_atlas
from counterclaim.atlas.mentions import resolve_mentions
from counterclaim.records.text import Span


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def resolve(atlas: Atlas, text: str, **focus: float) -> list[str | None]:
    """Resolve the names that stand in square brackets; give country or division codes."""
    spans: list[Span] = []
    plain = ""
    for part in text.split("["):
        name, _, rest = part.rpartition("]")
        if name:
            spans.append(Span(len(plain), len(plain) + len(name)))
        plain += name + rest
    places = resolve_mentions(plain, spans, atlas, focus=focus)
    return [None if place is None else place.country for place in places]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Shells fell on [Tripoli] in northern [Lebanon].", ["LB", "LB"]),
        ("Shells fell on [Tripoli], in western [Libya].", ["LY", "LY"]),
        ("The bus from [Lebanon], [Ohio], was late.", ["US", "US"]),
        ("The delegation left [Lebanon] for [Syria].", ["LB", "SY"]),
        ("[Georgia] and [Armenia] share a border.", ["GE", "AM"]),
        (
            "A storm crossed [Alabama], [Georgia] and [Florida] near [Atlanta].",
            ["US", "US", "US", "US"],
        ),
        ("[Ganja] was hit.", ["AZ"]),
        ("The [Ky.] mine in [Paris], [Ky.], closed.", ["US", "US", "US"]),
        ("[Nowhereville] was hit.", [None]),
        ("[Gaza] was dark.", ["PS"]),
    ],
)
def test_atlas_chooses_by_context(atlas: Atlas, text: str, countries: list[str | None]) -> None:
    assert resolve(atlas, text) == countries


def test_atlas_chooses_by_focus(atlas: Atlas) -> None:
    assert resolve(atlas, "[Hama] and [Tripoli] were hit.", LB=5.0)[1] == "LB"
    assert resolve(atlas, "[Tripoli] was hit.", LY=5.0) == ["LY"]


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Shelling of [Idlib] province", "region"),
        ("the province of [Idlib]", "region"),
        ("the town of [Idlib]", "town"),
        ("the airport of [Idlib]", "town"),
        ("[Idlib] was hit", "town"),
    ],
)
def test_atlas_reads_the_word_for_what_a_place_is(atlas: Atlas, text: str, sort: str) -> None:
    start = text.index("[")
    plain = text.replace("[", "").replace("]", "")
    (place,) = resolve_mentions(plain, [Span(start, start + 5)], atlas)
    assert place is not None
    assert place.precision == sort


def test_atlas_keeps_one_meaning_for_a_name(atlas: Atlas) -> None:
    names = [
        NamedPlace("Tripoli"),
        NamedPlace("Lebanon", "in"),
        NamedPlace("Tripoli"),
        NamedPlace("Libya"),
    ]
    chosen = choose_places(atlas.gazetteer, names)
    assert chosen[0] is chosen[2]


def test_atlas_reads_two_capitals_as_a_division_only_after_a_comma(atlas: Atlas) -> None:
    assert find_candidates(atlas.gazetteer, "PA") == ()
    (state,) = find_candidates(atlas.gazetteer, "PA", after_comma=True)
    assert state.id == "adm:US.PA"


def test_atlas_tells_a_building_once(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    assert load_atlas(told.append) is atlas
    assert told == []


@given(names=st.lists(st.text(max_size=12), max_size=6))
def test_atlas_chooses_for_any_words(names: list[str]) -> None:
    gazetteer = load_atlas().gazetteer
    assert len(choose_places(gazetteer, [NamedPlace(name) for name in names])) == len(names)
