"""A head makes a saying a denial only where something negative is said."""

from collections.abc import Callable

import pytest

from counterclaim.records.reading import Reading

Read = Callable[[str], Reading]


def stances(reading: Reading) -> set[str]:
    return {item.stance for item in reading.attributions if item.is_claim}


@pytest.mark.parametrize(
    "words",
    [
        "Velmora shelled Ost on Monday. Tarsk says it is responding to provocation.",
        "Shells fell on Ost on Monday. Kestria says its army acts in self-defence.",
        "Two schools were hit on Monday. Ardenia says it keeps to the agreement.",
    ],
)
def test_an_answer_without_a_no_is_no_denial(read_text: Read, words: str) -> None:
    assert not stances(read_text(words)) & {"deny", "reject"}


@pytest.mark.parametrize(
    "words",
    [
        "Ardenia accused Kestria of shelling Ost. Kestria said it had not fired a single shell.",
        "Ardenia accused Kestria of shelling Ost. Kestria denied the charge.",
    ],
)
def test_a_no_is_a_denial(read_text: Read, words: str) -> None:
    assert "deny" in stances(read_text(words))
