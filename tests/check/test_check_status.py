"""The twelve rules, one by one, and what may never come out of them."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.check.status import decide_status
from counterclaim.records.attribution import STANCES, Stance
from counterclaim.records.finding import RULE_NUMBERS, Alignment, Status, Voice
from counterclaim.records.party import Party

DOER, OTHER, THIRD = Party("Ardenia"), Party("Kestria"), Party("Lowland")


def voice(
    party: Party | None,
    alignment: Alignment,
    *,
    affirms: bool = True,
    stance: Stance = "state",
    inferred: bool = False,
) -> Voice:
    return Voice(
        party=party,
        alignment=alignment,
        affirms=affirms,
        stance=stance,
        claim_id="c-1",
        scope_inferred=inferred,
    )


ADMITS = voice(DOER, "doer", stance="admit")
AFFIRMS = voice(OTHER, "other side", stance="confirm")
ACCUSES = voice(OTHER, "other side", stance="accuse")
DENIES = voice(DOER, "doer", affirms=False, stance="deny")
MONITOR = voice(THIRD, "third party")
NOBODY = voice(None, "unknown")
OUTLET = voice(Party("the report"), "unknown")


@pytest.mark.parametrize(
    ("voices", "rule", "status"),
    [
        ([ADMITS, AFFIRMS], 2, "agreed_by_both"),
        ([ADMITS], 3, "admitted"),
        ([ADMITS, MONITOR], 3, "admitted"),
        ([AFFIRMS, MONITOR], 4, "confirmed_by_adversary"),
        ([MONITOR, DENIES], 5, "contested"),
        (
            [ADMITS, AFFIRMS, voice(THIRD, "third party", affirms=False, stance="deny")],
            5,
            "contested",
        ),
        ([ACCUSES, DENIES], 6, "denied"),
        ([ACCUSES, MONITOR], 7, "corroborated"),
        ([OUTLET, MONITOR], 7, "corroborated"),
        (
            [voice(OTHER, "other side"), voice(Party("Kestrian allies"), "other side")],
            8,
            "one_sided",
        ),
        ([ACCUSES], 9, "single_source"),
        ([MONITOR], 9, "single_source"),
        ([NOBODY], 10, "unattributed"),
        ([], 12, "unassessed"),
    ],
)
def test_check_rules_in_order(voices: list[Voice], rule: int, status: Status) -> None:
    ruling = decide_status(voices)
    assert (ruling.rule, ruling.status) == (rule, status)
    assert ruling.reason


def test_check_withdrawn_goes_before_everything() -> None:
    assert decide_status([ADMITS, AFFIRMS], withdrawn=True).rule == 1


def test_check_ranges_apart_are_contested() -> None:
    assert decide_status([ADMITS, MONITOR], conflicting=True).status == "contested"


def test_check_withheld_is_undisclosed_until_a_figure_stands() -> None:
    assert decide_status([], withheld=True).rule == 11
    assert decide_status([ADMITS], withheld=True).rule == 3


def test_check_one_speaker_is_one_origin_however_often_repeated() -> None:
    assert decide_status([ACCUSES, ACCUSES, ACCUSES]).status == "single_source"


def test_check_an_inferred_scope_is_said() -> None:
    ruling = decide_status(
        [ACCUSES, voice(DOER, "doer", affirms=False, stance="deny", inferred=True)]
    )
    assert ruling.status == "denied"
    assert "inferred" in ruling.reason


voices = st.lists(
    st.builds(
        Voice,
        party=st.sampled_from([None, DOER, OTHER, THIRD]),
        alignment=st.sampled_from(get_args(Alignment)),
        affirms=st.booleans(),
        stance=st.sampled_from(STANCES),
        claim_id=st.just("c-1"),
        scope_inferred=st.booleans(),
    ),
    max_size=6,
)


@given(voices, st.booleans(), st.booleans())
def test_check_a_status_is_always_of_the_closed_list_and_never_a_verdict(
    items: list[Voice], conflicting: bool, withheld: bool
) -> None:
    ruling = decide_status(items, conflicting=conflicting, withheld=withheld)
    assert ruling.status in get_args(Status)
    assert RULE_NUMBERS[ruling.status] == ruling.rule
    assert "true" not in ruling.reason.split()
    assert "false" not in ruling.reason.split()


@given(voices)
def test_check_repeating_a_voice_changes_nothing(items: list[Voice]) -> None:
    assert decide_status([*items, *items]).status == decide_status(items).status
