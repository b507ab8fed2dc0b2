"""Conflict files: the shipped ones load and settle; a wrong one is refused in one line that says what to do."""

from datetime import date
from pathlib import Path

import pytest

from counterclaim.errors import CounterclaimError
from counterclaim.lexicon.conflicts import (
    ConflictError,
    conflict_names,
    load_conflict,
    read_conflict,
)
from counterclaim.resolve import settle_conflict

PAGE = (Path(__file__).parents[2] / "docs" / "conflicts.md").read_text("utf-8")
GOOD = """
name = "The valley war"
epoch = 2031-05-01
[[party]]
name = "Sudan"
side = "A"
[[party]]
name = "Valley Front"
kind = "armed group"
aliases = ["VF"]
side = "B"
"""


@pytest.mark.parametrize("name", conflict_names())
def test_lexicon_conflict_is_shipped_whole_and_told_of(name: str) -> None:
    conflict = settle_conflict(load_conflict(name))
    day = conflict.epoch
    assert conflict.against(day), "two sides on the first day"
    assert conflict.places
    assert conflict.source, "where its facts can be looked up"
    assert conflict.languages
    assert f"`{name}`" in PAGE


def test_lexicon_conflicts_of_ten_wars_ship() -> None:
    assert len(conflict_names()) >= 10


def test_lexicon_conflict_of_the_page_loads() -> None:
    example = PAGE.split("```toml\n")[1].split("```")[0]
    conflict = settle_conflict(read_conflict(example.encode(), "valley"))
    assert [str(party) for party in conflict.parties_on(None)] == ["Sudan", "Valley Front"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("epoch = 2031-05-01", ""), "has no epoch"),
        (("2031-05-01", '"2031-05-01"'), "without quotes"),
        (('side = "B"', ""), "has no side"),
        (('side = "B"', 'side = "A"'), "fewer than two sides"),
        (('side = "B"', 'patron = "Nowhere"'), "fewer than two sides"),
        (('side = "B"', 'side = "B"\npatron = "Nowhere"'), "no party of the file"),
        (('side = "B"', 'side = "B"\ncolour = "red"'), "'colour'"),
        (('side = "B"', 'side = "B"\nfrom = 2032-01-01\nto = 2031-01-01'), "before it begins"),
        (('kind = "armed group"', 'kind = "gang"'), "use one of"),
        (('aliases = ["VF"]', 'aliases = "VF"'), "not a list"),
        (('name = "Valley Front"', 'name = "Sudan"'), "stands twice"),
        (("[[party]]", "[party]"), "[[party]]"),
        (("name = ", "name == "), "not TOML"),
    ],
)
def test_lexicon_conflict_refusal_says_what_to_do(change: tuple[str, str], told: str) -> None:
    content = GOOD.replace(*change, 1) if "[party]" in change[1] else GOOD.replace(*change)
    if change[0] == "[[party]]":
        content = GOOD.split("[[party]]", maxsplit=1)[0] + "[party]" + GOOD.split("[[party]]")[1]
    with pytest.raises(ConflictError) as error:
        read_conflict(content.encode(), "valley")
    assert told in str(error.value)
    assert "\n" not in str(error.value).split("TOML in UTF-8")[0]
    assert "valley" in str(error.value)


def test_lexicon_conflict_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ConflictError, match="ukraine"):
        load_conflict("atlantis")
    with pytest.raises(ConflictError, match="cannot read"):
        load_conflict("no-such-folder/war.toml")


def test_resolve_conflict_refuses_a_party_that_nothing_knows() -> None:
    content = GOOD.replace('kind = "armed group"\n', "")
    with pytest.raises(CounterclaimError, match="Valley Front"):
        settle_conflict(read_conflict(content.encode(), "valley"))


def test_records_conflict_sides_change_with_the_day() -> None:
    conflict = settle_conflict(load_conflict("ethiopia-tigray"))
    assert conflict.side_of("Fano", date(2021, 1, 1)) == conflict.side_of("Ethiopia", None)
    assert conflict.side_of("Fano", date(2024, 1, 1)) == "C"
    assert "Eritrea" not in [party.root for party in conflict.parties_on(date(2024, 1, 1))]


def test_records_conflict_proxy_counts_with_its_patron() -> None:
    conflict = settle_conflict(load_conflict("nagorno-karabakh-2020"))
    day = date(2020, 10, 14)
    assert conflict.side_of("Nagorno-Karabakh", day) == conflict.side_of("Armenia", day)
    pairs = {frozenset({left.root, right.root}) for left, right in conflict.against(day)}
    assert frozenset({"Azerbaijan", "Nagorno-Karabakh"}) in pairs
    assert frozenset({"Armenia", "Nagorno-Karabakh"}) not in pairs


def test_records_conflict_counts_from_the_latest_phase() -> None:
    conflict = load_conflict("ukraine")
    assert conflict.epoch_on(date(2015, 1, 1)) == conflict.epoch
    assert conflict.epoch_on(date(2023, 1, 1)) == date(2022, 2, 24)
