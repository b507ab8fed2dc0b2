"""What speaks plainly of war, or of something else, is seen before a text's words are weighed together."""

from pathlib import Path

import pytest
import yaml

from counterclaim.gate.evidence import load_evidence, weigh_evidence
from counterclaim.gate.model import DATA
from counterclaim.gate.subject import tell_subject

ROWS = yaml.safe_load((Path(DATA) / "evidence.yaml").read_text("utf-8"))
FILLER = (
    "Residents spent the night in their kitchens, and trains to the coast were late by several hours. The railway said "
    "that buses would carry those who had missed a train. Schools have taught their lessons over the internet since "
    "September. Teachers said that power cuts made this hard, and that parents had asked for paper and books. The council "
    "met on Thursday to speak of the budget for roads. Farmers expect a poor harvest of sunflowers after the dry summer."
)
LEADS = [
    "Two people were killed by Kestrian shelling of Varn on Monday, the interior ministry said.",
    "Strikes on clinics in Ardenia killed 41 health workers last year, a rights group said.",
    "Rebels captured nine soldiers near Ost, the army said.",
    "Three villagers were wounded when Kestrian forces fired on a bus in Ost.",
]
ELSEWHERE = [
    "Seven people were killed when a lorry left the road near Ost on Sunday.",
    "Northfield killed off Varn Rovers with three late strikes.",
    "The novel tells of a town under siege. The shelling, the hunger and a truce that fails are seen by a child.",
    "Soldier ants of the Brend attack the nest in waves, biologists said.",
    "A man of 40 was sentenced to twelve years for the murder of his neighbour, whom he had attacked with an axe.",
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_evidence_rows_match_their_examples_and_no_near_miss(row: dict[str, list[str]]) -> None:
    words = load_evidence()[str(row["id"])]
    for text in row["examples"]:
        assert words.count(text.lower()), text
    for text in row["not"]:
        assert not words.count(text.lower()), text


@pytest.mark.parametrize("lead", LEADS)
def test_subject_one_plain_sentence_of_war_is_enough(lead: str) -> None:
    assert weigh_evidence(lead).is_war
    assert tell_subject(f"{lead} {FILLER}").is_war
    assert tell_subject(f"{FILLER} {lead}").is_war
    assert not tell_subject(FILLER).is_war


@pytest.mark.parametrize("text", ELSEWHERE)
def test_subject_plain_words_of_something_else_refuse_a_short_text(text: str) -> None:
    assert not weigh_evidence(text).is_war
    assert not tell_subject(text).is_war


def test_subject_mishaps_do_not_hide_war() -> None:
    assert tell_subject("An earthquake and shelling killed 300 people in Ost.").is_war
    assert tell_subject("A rocket killed nine people in a bus near Ost.").is_war


def test_evidence_weekdays_are_no_names() -> None:
    assert not weigh_evidence("Soldiers attacked the cake on Monday.").is_war
    assert weigh_evidence("Soldiers attacked the town of Ost on Monday.").is_war
