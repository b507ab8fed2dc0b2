"""A conflict file drafted from reports: who is told to fight, on which side, and nothing that a report smuggles in."""

from collections import Counter
from datetime import date

import pytest

from counterclaim.lexicon.conflicts import read_conflict
from counterclaim.resolve import settle_conflict
from counterclaim.service.conflict_drafting import NoSidesError, choose_sides, write_project
from tests.conftest import ReadText

TEXT = (
    "Sudan's army shelled Omdurman on Monday, the RSF said. The RSF attacked Sudan's army in Nyala on Tuesday. "
    "Sudan said 12 of its soldiers were killed in Khartoum. The United Nations called for a ceasefire.\n"
)
DAY = date(2023, 5, 3)
HOSTILE = 'Ost "Courier"\n[[party]]\nname = "Nobody" \\'


def test_drafting_proposes_who_is_told_to_fight(read_text: ReadText) -> None:
    claims = read_text(TEXT, DAY).claims
    words = write_project("sudan war", [(claims, HOSTILE, DAY)])
    conflict = settle_conflict(read_conflict(words.encode(), "sudan-war"))
    roots = [member.party.root for member in conflict.members]
    assert set(roots) == {"Sudan", "RSF"}
    assert conflict.side_of("Sudan", DAY) != conflict.side_of("RSF", DAY)
    assert conflict.epoch == DAY
    assert {"Khartoum", "Nyala"} & set(conflict.places)
    assert conflict.outlets == (HOSTILE.replace("\n", " "),)
    assert words.count("proposed") >= 4


def test_drafting_needs_two_who_fight(read_text: ReadText) -> None:
    claims = read_text("The weather was fine in Khartoum, Sudan said.", DAY).claims
    with pytest.raises(NoSidesError, match="by hand"):
        write_project("war", [(claims, None, DAY)])


@pytest.mark.parametrize(
    ("against", "sides"),
    [
        ({}, {"a": "A", "b": "B", "c": "C"}),
        ({("a", "b"): 1, ("c", "b"): 2}, {"a": "A", "b": "B", "c": "A"}),
        ({("a", "b"): 1, ("c", "b"): 2, ("a", "c"): 1}, {"a": "A", "b": "B", "c": "C"}),
    ],
)
def test_drafting_puts_together_who_fights_the_same(
    against: dict[tuple[str, str], int], sides: dict[str, str]
) -> None:
    assert choose_sides(["a", "b", "c"], Counter(against)) == sides
