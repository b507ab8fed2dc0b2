"""States of truces and silences that the heads find, beside those that the grammar knows."""

from collections.abc import Callable

import pytest

from counterclaim.records.claim import Ceasefire, Event, Withheld
from counterclaim.records.evidence import counts
from counterclaim.records.reading import Reading

Read = Callable[[str], Reading]


def truces(reading: Reading) -> list[Ceasefire]:
    return [claim.payload for claim in reading.claims if isinstance(claim.payload, Ceasefire)]


def silences(reading: Reading) -> list[Withheld]:
    return [claim.payload for claim in reading.claims if isinstance(claim.payload, Withheld)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (
            (
                "The Kestrian army and the Ardenian rebels laid down their arms for two days. "
                "By Tuesday the guns were speaking again and the halt in the fighting lay in ruins."
            ),
            "collapsed",
        ),
        (
            "Kestria and Ardenia agreed to hold their fire for three days from Friday.",
            "agreed",
        ),
    ],
)
def test_heads_find_truces_that_no_name_tells(read_text: Read, words: str, status: str) -> None:
    told = truces(read_text(words))
    assert status in {truce.status for truce in told}


def test_heads_leave_one_state_a_sentence_beside_the_grammars(read_text: Read) -> None:
    told = truces(
        read_text(
            "Kestria called for a ceasefire on Friday, saying that a deal could be had within days."
        )
    )
    assert [truce.status for truce in told] == ["called for"]


@pytest.mark.parametrize(
    "words",
    [
        "Ardenia shelled Ost. The Kestrian army would not tell how many of its men it had buried.",
        "Ardenia shelled Ost. Asked about its dead, the Kestrian ministry kept silent.",
        "Ardenia shelled Ost. Kestria's army said it would not be drawn on its own losses.",
    ],
)
def test_heads_find_silences_that_no_formula_tells(read_text: Read, words: str) -> None:
    assert silences(read_text(words))


@pytest.mark.parametrize(
    "words",
    [
        "Kestria said that 12 of its soldiers were killed in Ost.",
        "Kestria denied striking any target inside Ardenia.",
        "Kestria rejected the charge that it had hidden its losses.",
    ],
)
def test_heads_find_no_silence_in_what_is_said(read_text: Read, words: str) -> None:
    assert not silences(read_text(words))


def test_a_target_beside_the_trigger_goes_before_one_of_another_sentence(read_text: Read) -> None:
    reading = read_text(
        "Kestria said 5 of its soldiers were killed. Thelia said 9 of its soldiers were killed. "
        "Ardenia denied that it had fired on Kestria."
    )
    (event,) = (claim.payload for claim in reading.claims if isinstance(claim.payload, Event))
    assert "Thelia" not in {party.root for party in event.recipients}


def test_a_side_that_only_the_other_implies_is_never_counted(read_text: Read) -> None:
    told = truces(
        read_text(
            "Kestria shelled Ardenia on Monday. Ardenia shelled Kestria on Tuesday. "
            "A truce was violated within hours, Kestria said."
        )
    )
    for truce in told:
        assert all(party.root in {"Kestria", "Ardenia"} for party in truce.parties)
        assert not all(counts(party) for party in truce.parties) or len(truce.parties) < 2
