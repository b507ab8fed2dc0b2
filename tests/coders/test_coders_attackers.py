"""Who attacks: men of whom nothing more is told are no civilians, and a machine acts for whoever has it."""

from collections.abc import Callable

import pytest

from counterclaim.records.claim import Event
from counterclaim.records.reading import Reading

Read = Callable[[str], Reading]


def attackers(reading: Reading) -> set[str]:
    """Return the roots of those who are told to attack."""
    return {
        party.root
        for claim in reading.claims
        if isinstance(claim.payload, Event) and claim.payload.type == "ASSAULT"
        for party in claim.payload.actors
    }


@pytest.mark.parametrize(
    "text",
    [
        "On 17 October armed men attacked a camp for displaced persons.",
        "Men in uniform shot dead a mayor in Ost.",
        "Two men on a motorcycle opened fire on a bus in Ost.",
    ],
)
def test_men_are_no_civilians(read_text: Read, text: str) -> None:
    assert all(root.endswith("(unnamed)") for root in attackers(read_text(text)))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Four passengers were shot by men of Hezbollah on Friday.", "Hezbollah"),
        ("The Taliban said its men killed 55 Afghan soldiers.", "Taliban"),
        ("Thai F-16s bombed a casino complex on Friday.", "Thailand"),
        ("Russian Su-25s bombed the depot on Friday.", "Russia"),
    ],
)
def test_men_and_machines_act_for_their_own(read_text: Read, text: str, root: str) -> None:
    assert attackers(read_text(text)) == {root}


@pytest.mark.parametrize("word", ["Villagers", "Residents", "Protesters"])
def test_civilians_who_attack_stay_civilians(read_text: Read, word: str) -> None:
    found = attackers(read_text(f"{word} attacked a police post in Ost on Friday."))
    assert not any(root.endswith("(unnamed)") for root in found)
