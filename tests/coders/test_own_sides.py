"""Sides of a conflict that only the report itself knows by name."""

from collections.abc import Callable

import pytest

from counterclaim.records.reading import Reading

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
