"""Names at known positions: the likeliest place for each, and rough points where asked for."""

from counterclaim.atlas.load import load_atlas
from counterclaim.atlas.mentions import resolve_mentions
from counterclaim.records.place import Place
from counterclaim.records.text import Span


def places(text: str, *names: str, surmise: bool = False) -> list[Place | None]:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return list(resolve_mentions(text, spans, load_atlas(), surmise=surmise))


def test_atlas_keeps_the_name_that_the_source_used() -> None:
    [one] = places("Shells fell on Shushi.", "Shushi")
    [other] = places("Shells fell on Shusha.", "Shusha")
    assert one is not None
    assert other is not None
    assert one.gazetteer_id == other.gazetteer_id
    assert (one.name, other.name) == ("Shushi", "Shusha")


def test_atlas_leaves_unknown_names_alone_unless_asked() -> None:
    text = "A bomb went off near Manila Cathedral, in Manila."
    assert places(text, "Manila Cathedral") == [None]
    [rough] = places(text, "Manila Cathedral", surmise=True)
    assert rough is not None
    assert (rough.gazetteer_id, rough.country, rough.precision) == (None, "PH", "region")


def test_atlas_surmises_from_the_place_named_nearest() -> None:
    text = "In Odesa, people met at the Ostvik Arcade. Lviv was quiet."
    _, rough, _ = places(text, "Odesa", "Ostvik Arcade", "Lviv", surmise=True)
    assert rough is not None
    assert rough.latitude is not None
    assert abs(rough.latitude - 46.48) < 0.1


def test_atlas_has_nothing_to_surmise_from_in_an_empty_context() -> None:
    assert places("The Ostvik Arcade.", "Ostvik Arcade", surmise=True) == [None]


def test_atlas_reads_capitals_as_the_same_name() -> None:
    text = "MANSFIELD (Ohio). A man from Mansfield, Ohio, was held."
    heading, _, plain, _ = resolve_mentions(
        text, [Span(0, 9), Span(11, 15), Span(29, 38), Span(40, 44)], load_atlas()
    )
    assert heading is not None
    assert plain is not None
    assert heading.gazetteer_id == plain.gazetteer_id
