"""Sides of a conflict that only the report itself knows by name."""

from collections.abc import Callable

import pytest

from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document

Read = Callable[[str], Reading]


def roots(reading: Reading) -> set[str]:
    return {party.root for party in reading.sides}


@pytest.mark.parametrize("group", ["VLK", "TRF", "PAO"])
def test_a_group_that_the_report_names_often_is_a_side(read_text: Read, group: str) -> None:
    text = (
        f"Fighters of the {group} attacked an army post near Ost on Monday, killing nine soldiers. "
        f"The army shelled {group} positions in reply. The {group} said it had lost four men. "
        f"On Tuesday {group} gunmen ambushed a patrol."
    )
    assert group in roots(read_text(text))


def test_a_relief_body_that_the_report_names_often_is_no_side(read_text: Read) -> None:
    text = (
        "The army shelled Ost on Monday. Volunteers of the VLK carried 12 wounded to hospital, the VLK said. "
        "The VLK asked both sides for a road to bring in flour. Doctors of the VLK counted nine dead."
    )
    assert "VLK" not in roots(read_text(text))


def test_a_group_named_once_is_left_open(read_text: Read) -> None:
    assert "VLK" not in roots(
        read_text("The VLK attacked Ost on Monday, and nothing more is known.")
    )


@pytest.mark.parametrize("outlet", ["OCHA Sudan", "UN Resident Coordinator", "United Nations"])
@pytest.mark.parametrize("organ", ["The Ministry of Defence", "The army", "The police"])
def test_the_united_nations_have_no_ministries(tools: Tools, outlet: str, organ: str) -> None:
    words = f"{organ} said it had struck a boat-yard on Monday."
    reading = read_document(Document(text=words, outlet=outlet), tools=tools)
    assert not [
        party
        for claim in reading.claims
        for party in claim.speakers
        if party.root == "United Nations"
    ]


def test_residents_who_tell_of_a_raid_admit_nothing(read_text: Read) -> None:
    reading = read_text(
        "About a hundred insurgents held Ost for two days, looted the food of three agencies and withdrew at dawn, "
        "residents said."
    )
    assert not [finding for finding in reading.findings if finding.status == "admitted"]
