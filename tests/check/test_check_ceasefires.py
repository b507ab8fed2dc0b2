"""Ceasefires: the table of states is whole, and lives follow it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from counterclaim.check.ceasefires import (
    NEXT,
    STATES,
    TOLD,
    CeasefireLifecycle,
    State,
    Told,
    count_by_broker,
    run_lifecycle,
)
from counterclaim.records.claim import Ceasefire, Claim
from counterclaim.records.party import Party
from counterclaim.records.text import Document
from tests.happenings import ARDENIA, DAY, KESTRIA, claim, document, truce

EGRET = Party("Egretland", None, "state")


@pytest.mark.parametrize("state", STATES)
def test_check_table_answers_everything_that_can_be_told(state: State) -> None:
    assert set(NEXT[state]) == set(TOLD)
    assert set(NEXT[state].values()) <= set(STATES)


@pytest.mark.parametrize("told", TOLD)
def test_check_telling_the_same_twice_changes_nothing_more(told: Told) -> None:
    for state in STATES:
        once = NEXT[state][told]
        assert NEXT[once][told] == once, f"{told} twice from {state}"


def test_check_a_breach_never_ends_a_ceasefire() -> None:
    assert {NEXT[state]["violated"] for state in STATES} <= {
        "in force",
        "suspended",
        "ended",
        "expired",
    }
    assert NEXT["in force"]["violated"] == "in force"


def test_check_what_is_over_holds_again_only_by_agreement() -> None:
    for state in ("ended", "expired"):
        again = {told for told in TOLD if NEXT[state][told] == "in force"}
        assert again == {"agreed", "in force"}


def life(
    *rows: tuple[int, Ceasefire, tuple[Party, ...]], today: date | None = None
) -> CeasefireLifecycle:
    claims: list[Claim] = []
    documents: list[Document] = []
    for number, (day, payload, speakers) in enumerate(rows):
        carrier = document(f"Telling {number} of a truce.", DAY + timedelta(days=day))
        documents.append(carrier)
        claims.append(claim(carrier, payload, speakers=speakers))
    return run_lifecycle("i-1", claims, {item.id: item.published for item in documents}, today)


def test_check_life_from_call_to_end() -> None:
    found = life(
        (0, truce("called for"), (EGRET,)),
        (1, truce("proposed"), (EGRET,)),
        (2, truce("agreed", on=DAY + timedelta(days=3)), (ARDENIA, KESTRIA)),
        (3, truce("in force"), ()),
        (4, truce("violated", broken=(KESTRIA,)), (KESTRIA,)),
        (6, truce("collapsed"), ()),
    )
    assert [change.state for change in found.changes] == [
        "called for",
        "proposed",
        "agreed",
        "in force",
        "ended",
    ]
    assert found.start == DAY + timedelta(days=3)
    assert found.state == "ended"
    assert found.was_agreed


def test_check_a_breach_is_kept_with_its_accuser_and_the_accused() -> None:
    found = life((0, truce("in force"), ()), (1, truce("violated", broken=(KESTRIA,)), (KESTRIA,)))
    assert [(item.alleged_by, item.accused) for item in found.breaches] == [
        ("Kestria", ("Ardenia",))
    ]
    assert found.state == "in force"


def test_check_a_third_party_accuses_nobody_in_particular() -> None:
    found = life((0, truce("violated", broken=(EGRET,)), (EGRET,)))
    assert [(item.alleged_by, item.accused) for item in found.breaches] == [("Egretland", ())]


def test_check_a_stated_term_runs_out() -> None:
    found = life(
        (0, truce("in force", on=DAY, terms="72-hour"), ()), today=DAY + timedelta(days=10)
    )
    assert [(change.state, change.day) for change in found.changes] == [
        ("in force", DAY),
        ("expired", DAY + timedelta(days=3)),
    ]


def test_check_a_term_is_not_over_before_it_is() -> None:
    found = life((0, truce("in force", on=DAY, terms="72-hour"), ()), today=DAY + timedelta(days=2))
    assert found.state == "in force"


def test_check_without_a_term_nothing_expires() -> None:
    found = life(
        (0, truce("in force", on=DAY, terms="humanitarian"), ()), today=DAY + timedelta(days=99)
    )
    assert found.state == "in force"


def test_check_an_extension_brings_it_back() -> None:
    found = life(
        (0, truce("in force", on=DAY, terms="24-hour"), ()),
        (3, truce("in force"), ()),
    )
    assert [change.state for change in found.changes] == ["in force", "expired", "in force"]


def test_check_stands_are_kept_by_party() -> None:
    found = life((0, truce("agreed"), (ARDENIA,)), (0, truce("rejected"), (KESTRIA,)))
    assert found.stands == {"Ardenia": ("accepts",), "Kestria": ("rejects",)}


def test_check_brokers_are_counted_by_what_was_agreed() -> None:
    lives = [
        life((0, truce("agreed", brokers=(EGRET,)), ())),
        life((0, truce("in force", brokers=(EGRET,)), ())),
        life((0, truce("agreed"), ())),
        life((0, truce("proposed", brokers=(EGRET,)), ())),
    ]
    assert count_by_broker(lives) == {"Egretland": 2, "not told": 1}


def test_check_page_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "codebook" / "ceasefires.md").read_text("utf-8")
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith(("| **", "| state"))
    ]
    head, rows = lines[0][1:], lines[1:]
    assert head == list(TOLD)
    assert [row[0].strip("*") for row in rows] == list(STATES)
    for state, row in zip(STATES, rows, strict=True):
        shown = [state if cell == "·" else cell for cell in row[1:]]
        assert shown == [NEXT[state][told] for told in TOLD], state
