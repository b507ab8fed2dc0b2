"""Officials of no stated side accuse nobody by telling what was done; and a person's clause is his own."""

import pytest

from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ethiopian troops stormed the island before dawn, officials said.", "state"),
        ("A security source said that Ethiopian troops had shelled Ost.", "state"),
        ("The Somali government said that Ethiopian troops had shelled Ost.", "accuse"),
    ],
)
def test_only_a_side_has_a_rival(text: str, stance: str, read_text: ReadText) -> None:
    [item] = read_text(text).attributions
    assert item.stance == stance


@pytest.mark.parametrize(
    "text",
    [
        '"We hold it," said army chief Ali Dero. Mohamed Varn fled to Ost, where he asked France for asylum, the ministry said.',
        '"We hold it," said army chief Ali Dero. Mohamed Varn left for Ost after he asked France for asylum, the ministry said.',
    ],
)
def test_he_is_who_does_what_his_clause_hangs_on(text: str, read_text: ReadText) -> None:
    [asked] = [item for item in read_text(text).attributions if item.cue_entry == "ask"]
    assert [party.root for party in asked.speakers] == ["Mohamed Varn"]
