"""Initials that a report uses without explaining them mean the name that it wrote out before."""

import pytest

from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Troops fought the Bougainville Revolutionary Army on Sunday. The BRA said 14 soldiers died.",
            {"BRA"},
        ),
        (
            "The Lake People's Liberation Front attacked Ost. The LPLF said it took the town.",
            {"LPLF"},
        ),
        (
            "The Ogaden Relief and Rehabilitation Society counted 40 dead. ORRS said most were herders.",
            {"ORRS"},
        ),
    ],
)
def test_initials_mean_the_name_before(text: str, parties: set[str], read_text: ReadText) -> None:
    reading = read_text(text)
    [speaker] = [party for item in reading.attributions for party in item.speakers][-1:]
    named = {party.root for item in reading.resolution.names for party in (item.party,)}
    assert {speaker.root} == parties
    assert parties <= named


def test_other_letters_mean_something_else(read_text: ReadText) -> None:
    reading = read_text("The Lake Liberation Front attacked Ost. The KVQ said it took the town.")
    assert [party.root for party in reading.attributions[-1].speakers] == ["KVQ"]
