"""Bodies that the lexicon does not know go by their own names, and by the last word of those."""

import pytest

from counterclaim.records.reading import Reading
from tests.conftest import ReadText


def speakers(reading: Reading) -> list[str]:
    """Return who says what, in reading order."""
    return [str(party) for item in reading.attributions for party in item.speakers]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Kenya's envoy spoke at the United Nations. The Organization of Lake Towns appealed for calm.",
            "Organization of Lake Towns",
        ),
        (
            "The UN sent observers. The Union of Ost Traders condemned the shelling.",
            "Union of Ost Traders",
        ),
        ("LAKON's chair condemned the shelling of Ost.", "LAKON/chair"),
        (
            "A Guyana Defence Force boat was hit. The force said six soldiers were hurt.",
            "Guyana/Guyana Defence Force",
        ),
        (
            "India's Border Security Force shot two men. The force said they were smugglers.",
            "India/Border Security Force",
        ),
        (
            "The Sahel Crisis Observatory counted 34 dead. The observatory said most were herders.",
            "Sahel Crisis Observatory",
        ),
    ],
)
def test_a_body_speaks_by_its_own_name(text: str, speaker: str, read_text: ReadText) -> None:
    assert speakers(read_text(text))[-1] == speaker


def test_an_ocean_s_body_is_no_organ_of_the_land_it_is_named_after(read_text: ReadText) -> None:
    [speaker] = speakers(read_text("The Indian Ocean Commission condemned the shelling."))
    assert not speaker.startswith("India/")


def test_a_body_told_without_a_name_before_stays_unnamed(read_text: ReadText) -> None:
    reading = read_text("India closed the road. The observatory said most were herders.")
    assert not any(speaker.startswith("India") for speaker in speakers(reading))


def test_gunmen_are_of_no_group_for_sure(read_text: ReadText) -> None:
    reading = read_text("Boko Haram is strong in the area. The gunmen said they would return.")
    assert all(
        party.evidence == "inferred" or party.root.endswith("(unnamed)")
        for item in reading.attributions
        for party in item.speakers
    )


def test_a_town_in_a_body_s_name_is_no_place(read_text: ReadText) -> None:
    reading = read_text(
        "More than 3,000 people have died in Chad, said the International Committee of the Red Cross."
    )
    assert [item.place.name for item in reading.resolution.places] == ["Chad"]
