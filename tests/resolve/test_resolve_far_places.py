"""A village in a land that nothing in the report speaks for is likely another of its name."""

from collections.abc import Callable

import pytest

from counterclaim.records.reading import Reading

Read = Callable[[str], Reading]


def evidence(reading: Reading, name: str) -> set[str]:
    """Return how the places of a name are known."""
    return {item.place.evidence for item in reading.resolution.places if item.place.name == name}


@pytest.mark.parametrize(
    ("land", "town"),
    [("Mali", "Timbuktu"), ("Colombia", "Cali"), ("Ethiopia", "Mekele"), ("Nepal", "Kathmandu")],
)
def test_a_small_place_of_a_far_land_is_a_suggestion(read_text: Read, land: str, town: str) -> None:
    reading = read_text(
        f"{land}'s army said that 37 fighters were killed near Ber, north of {town}. "
        "A local official said that 16 bodies had been buried in Ber."
    )
    assert evidence(reading, "Ber") == {"inferred"}
    assert evidence(reading, town) == {"told"}
    assert "Greece" not in {party.root for item in reading.attributions for party in item.speakers}


@pytest.mark.parametrize(
    "text",
    [
        "Greek police said that two people were hurt in Ber.",
        "Two people were hurt in Ber, Greece, and nobody in Mali.",
    ],
)
def test_a_small_place_is_told_where_its_land_is(read_text: Read, text: str) -> None:
    assert evidence(read_text(text), "Ber") == {"told"}


def test_the_only_place_of_a_name_is_told_where_no_land_is_named(read_text: Read) -> None:
    reading = read_text("Twelve people were killed in Dungu at dawn.")
    assert evidence(reading, "Dungu") == {"told"}


def test_two_small_places_near_each_other_speak_for_their_land(read_text: Read) -> None:
    reading = read_text("Mali's minister was told of raids in Grevena and in Ber, where 12 died.")
    assert evidence(reading, "Ber") == {"told"}


def test_a_small_place_across_the_frontier_of_a_named_land_is_told(read_text: Read) -> None:
    reading = read_text(
        "Turkish drones killed three people near Kobani on Tuesday, officials said."
    )
    assert evidence(reading, "Kobani") == {"told"}
