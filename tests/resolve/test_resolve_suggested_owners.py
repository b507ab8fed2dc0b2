"""Nobody is suggested as the owner of words that tell their owner themselves."""

from collections.abc import Callable

import pytest

from counterclaim.records.reading import Reading

Read = Callable[[str], Reading]

WORDS = (
    "{owner} said on Tuesday that rockets had hit a market in {town}, killing 14 people. "
    "Nine more were wounded in {town}. Two houses burnt in {town}."
)


@pytest.mark.parametrize("town", ["Tarka", "Kharkiv", "Gao", "Sirte"])
@pytest.mark.parametrize(
    "owner",
    [
        "Ovaria's defence ministry",
        "The Front's spokesman, Idris Kolo,",
        "Ovaria's army",
        "Each side",
        "The army of Ovaria",
    ],
)
def test_an_owner_that_is_told_is_not_replaced_by_the_land_of_a_town(
    read_text: Read, owner: str, town: str
) -> None:
    reading = read_text(WORDS.format(owner=owner, town=town))
    lands = {"Nigeria", "Ukraine", "Mali", "Libya", "Niger"}
    assert not [
        party for item in reading.attributions for party in item.speakers if party.root in lands
    ]


def test_an_organ_without_an_owner_is_still_suggested_one(read_text: Read) -> None:
    reading = read_text(WORDS.format(owner="The health ministry", town="Kharkiv"))
    (speaker,) = {party for item in reading.attributions for party in item.speakers}
    assert (speaker.root, speaker.evidence) == ("Ukraine", "inferred")
