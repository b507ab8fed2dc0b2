"""What a project's file reaches: the rule by which reports are proposed, told as words, and where claims go."""

from datetime import date

import pytest

from counterclaim.lexicon.conflicts import read_conflict
from counterclaim.records.project import ProjectEvent, ProjectScope, fold, projects_of
from tests.ledger.wars import COAST, VALLEY

SUDAN = b"""
name = "Sudan"
epoch = 2023-04-15
until = 2024-01-31
places = ["el-Fasher", "Nyala"]
outlets = ["River Post"]
[[party]]
name = "Sudan"
side = "A"
[[party]]
name = "RSF"
side = "B"
aliases = ["Rapid Support Forces"]
[[party]]
name = "SPLM-N"
side = "B"
from = 2023-09-01
[[mediator]]
name = "United States"
"""
REACH = ProjectScope(read_conflict(SUDAN, "sudan"))
DAY = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (
            ProjectEvent(roots=["RSF", "Sudan"], places=[], day=DAY),
            "speaks of both sides: Sudan, RSF",
        ),
        (
            ProjectEvent(roots=["rapid support forces", "SUDAN"], places=[]),
            "speaks of both sides: Sudan, RSF",
        ),
        (ProjectEvent(roots=["RSF"], places=["El Fasher"]), "speaks of RSF and of el-Fasher"),
        (
            ProjectEvent(roots=["RSF"], places=[], outlet="river post"),
            "by river post, which reports on it, and speaks of RSF",
        ),
        (
            ProjectEvent(roots=[], places=["Nyala"], outlet="River Post"),
            "by River Post, which reports on it, and speaks of Nyala",
        ),
        (ProjectEvent(roots=["RSF"], places=[]), None),
        (ProjectEvent(roots=["RSF"], places=[], outlet="Other Post"), None),
        (ProjectEvent(roots=[], places=["Nyala", "El Fasher"]), None),
        (ProjectEvent(roots=["RSF", "United States"], places=[]), None),
        (ProjectEvent(roots=["RSF", "SPLM-N"], places=[], day=date(2023, 10, 1)), None),
        (ProjectEvent(roots=["Sudan", "SPLM-N"], places=[], day=DAY), None),
        (ProjectEvent(roots=["Sudan", "RSF"], places=[], day=date(2023, 4, 14)), None),
        (ProjectEvent(roots=["Sudan", "RSF"], places=[], day=date(2025, 6, 1)), None),
        (
            ProjectEvent(roots=["Sudan", "RSF"], places=[], day=date(2024, 12, 1)),
            "speaks of both sides: Sudan, RSF",
        ),
        (ProjectEvent(roots=[], places=[], outlet="River Post"), None),
    ],
)
def test_project_is_proposed_by_a_rule_told_as_words(told: ProjectEvent, why: str | None) -> None:
    assert REACH.why(told) == why


@pytest.mark.parametrize(
    ("roots", "place", "own"),
    [
        (["Kestria"], None, ("valley",)),
        (["the kestrians"], None, ("valley",)),
        (["Thelia"], None, ("coast",)),
        (["Turkey"], "Varn", ("valley",)),
        (["Kestria"], "Sellin", ("valley", "coast")),
        (["Ardenia"], None, ("valley", "coast")),
        (["Turkey"], "Paris", ("valley", "coast")),
        ([], None, ("valley", "coast")),
    ],
)
def test_claims_of_two_wars_go_where_they_speak_of(
    roots: list[str], place: str | None, own: tuple[str, ...]
) -> None:
    reaches = {
        name: ProjectScope(read_conflict(content, name))
        for name, content in (("valley", VALLEY), ("coast", COAST))
    }
    assert projects_of(reaches, roots, place) == own
    alone = {"valley": reaches["valley"]}
    assert projects_of(alone, roots, place) == ("valley",)
    assert projects_of({}, roots, place) == ()


def test_names_are_compared_plainly() -> None:
    assert fold("El-Fásher") == fold("el fasher")
    assert fold("Ta’ang") == fold("Ta'ang")
    assert fold("Sudan") != fold("South Sudan")
