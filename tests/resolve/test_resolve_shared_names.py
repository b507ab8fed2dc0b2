"""A name that several bodies bear is the known one's only where the report gives it to no other."""

from collections.abc import Callable

import pytest

from counterclaim.records.reading import Reading

Read = Callable[[str], Reading]


def speakers(reading: Reading) -> set[str]:
    """Return the roots of all who speak."""
    return {party.root for item in reading.attributions for party in item.speakers}


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("The Ovarian Red Cross said that 40 people had died. The Red Cross added", "International Committee of the Red Cross"),
        ("Georgia's Security Council met on Friday. The Security Council said", "United Nations"),
        ("The Windward Legal Observatory found that 15 people had died. The Observatory said", "Syrian Observatory for Human Rights"),
        ("The Ovarian State Department denied it. The State Department said", "United States"),
    ],
)  # fmt: skip
def test_anothers_name_is_not_the_known_bodys(read_text: Read, words: str, known: str) -> None:
    assert known not in speakers(read_text(f"{words} that shells had hit a school."))


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("The Red Cross said", "International Committee of the Red Cross"),
        ("The UN Security Council met on Friday. The Security Council said", "United Nations"),
        ("The Syrian Observatory for Human Rights counted 15 dead. The Observatory said", "Syrian Observatory for Human Rights"),
        ("US Central Command denied it. Central Command said", "United States"),
    ],
)  # fmt: skip
def test_the_known_bodys_name_is_its_own(read_text: Read, words: str, known: str) -> None:
    assert known in speakers(read_text(f"{words} that shells had hit a school."))


@pytest.mark.parametrize("kind", ["monitoring", "human rights", "aid", "war-monitoring"])
@pytest.mark.parametrize("fighters", ["The Wagner Group", "Hezbollah", "The Taliban"])
def test_a_watching_group_is_not_the_armed_one_told_before(
    read_text: Read, kind: str, fighters: str
) -> None:
    reading = read_text(
        f"{fighters} bombed a wedding in Mali. More than 4,000 people have died this year, "
        f"according to the {kind} group Ledger Watch."
    )
    assert speakers(reading) == {"Ledger Watch"}


@pytest.mark.parametrize("ally", ["Iran-aligned", "Iran-backed", "Iranian-supplied"])
def test_a_movements_ally_owns_none_of_its_spokesmen(read_text: Read, ally: str) -> None:
    reading = read_text(
        f"The {ally} movement's military spokesman, Yahya Sarin, said 63 mercenaries had been killed."
    )
    assert "Iran" not in speakers(reading)
