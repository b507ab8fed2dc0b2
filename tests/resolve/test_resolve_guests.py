"""Who speaks in a town or for a charity, and is not of its land."""

import pytest

from tests.conftest import ReadText

NOT_OF = [
    ("A Chadian Red Cross official said 41 people were killed.", "Chad"),
    ("A Kenyan Red Cross spokesman said 41 people were killed.", "Kenya"),
    ("A Yemeni charity official said 41 people were killed.", "Yemen"),
    ("Western diplomats in Nairobi believe that 600 Ethiopians have been killed.", "Kenya"),
    ("Diplomats in Nairobi said 600 Ethiopians were killed.", "Kenya"),
    ("Western officials in Kyiv said 60 people were killed.", "Ukraine"),
]
OF = [
    ("A Chadian army official said 41 people were killed.", "Chad"),
    ("The foreign ministry in Nairobi said 60 people were killed.", "Kenya"),
    ("Officials in Nairobi said 60 people were killed.", "Kenya"),
]


def speakers(text: str, read_text: ReadText) -> set[str]:
    return {party.root for claim in read_text(text).claims for party in claim.speakers}


@pytest.mark.parametrize(("text", "land"), NOT_OF)
def test_resolve_guests_and_charities_speak_for_no_land(
    text: str, land: str, read_text: ReadText
) -> None:
    assert land not in speakers(text, read_text)


@pytest.mark.parametrize(("text", "land"), OF)
def test_resolve_near_misses_speak_for_their_land(
    text: str, land: str, read_text: ReadText
) -> None:
    assert land in speakers(text, read_text)
