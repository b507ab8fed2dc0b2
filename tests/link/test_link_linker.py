"""The linker: claims of many documents; never on a number alone, the same in any order, with reasons."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.link.linker import Linker, link_documents
from counterclaim.link.origins import EACH_ITS_OWN, find_origins
from counterclaim.link.wires import find_wires
from counterclaim.records.claim import Claim
from counterclaim.records.link import SamenessJudgement
from counterclaim.records.text import Document
from tests.happenings import ARDENIA, DAY, KESTRIA, claim, document, killed, place, shelling, truce

Read = tuple[Document, tuple[Claim, ...]]


def told(text: str, payload: object, **more: object) -> Read:
    keep = {key: more.pop(key) for key in ("speakers", "stance") if key in more}
    carrier = document(text, **more)  # type: ignore[arg-type]  # a test names the fields it needs
    return carrier, (claim(carrier, payload, **keep),)  # type: ignore[arg-type]


def groups(rows: list[Read]) -> set[frozenset[str]]:
    return {frozenset(item.claim_ids) for item in link_documents(rows).incidents()}


def ids(*rows: Read) -> frozenset[str]:
    return frozenset(item.id for _, claims in rows for item in claims)


def test_link_one_shelling_in_two_reports_is_one_incident() -> None:
    one = told(
        "Kestria said Ardenian guns shelled the mill at Ost.", shelling(), speakers=(KESTRIA,)
    )
    two = told(
        "Ardenia confirmed shelling Ost on Sunday, its army said.",
        shelling(),
        speakers=(ARDENIA,),
        stance="confirm",
    )
    assert groups([one, two]) == {ids(one, two)}


def test_link_two_towns_are_two_incidents() -> None:
    one = told("Guns shelled the mill at Ost.", shelling())
    two = told("Guns shelled the mill at Varn.", shelling(at=place("Varn")))
    assert groups([one, two]) == {ids(one), ids(two)}


def test_link_two_days_told_are_two_incidents() -> None:
    one = told("Guns shelled the mill at Ost on Sunday.", shelling())
    two = told("Guns shelled the mill at Ost on Thursday.", shelling(on=DAY + timedelta(days=4)))
    assert groups([one, two]) == {ids(one), ids(two)}


def test_link_never_on_a_number_alone() -> None:
    one = told("Seventeen people died near the ferry.", killed(17, at=place("Ost")))
    two = told("In another valley, 17 were buried by their families.", killed(17, at=place("Varn")))
    assert groups([one, two]) == {ids(one), ids(two)}


def test_link_a_toll_that_rises_is_one_incident() -> None:
    one = told(
        "Twelve people of Kestria were killed when the market at Ost was shelled.", killed(12)
    )
    two = told(
        "The market at Ost was shelled; 17 people of Kestria were killed.",
        killed(17),
        day=DAY + timedelta(days=1),
    )
    assert groups([one, two]) == {ids(one, two)}


def test_link_losses_of_two_sides_are_never_one() -> None:
    one = told("Nine soldiers were killed at Ost.", killed(9, of=KESTRIA))
    two = told("Nine soldiers were killed at Ost, they said.", killed(9, of=ARDENIA))
    assert groups([one, two]) == {ids(one), ids(two)}


def test_link_a_truce_of_72_hours_is_not_one_of_five_days() -> None:
    one = told("They agreed on a 72-hour truce.", truce("agreed", on=DAY, terms="72-hour"))
    two = told("A three-day truce began.", truce("in force", on=DAY, terms="three-day"))
    three = told(
        "A five-day truce was agreed.",
        truce("agreed", terms="five-day"),
        day=DAY + timedelta(days=3),
    )
    assert groups([one, two, three]) == {ids(one, two), ids(three)}


def test_link_a_denial_without_the_place_stands_alone() -> None:
    one = told("Kestria said guns shelled the mill at Ost.", shelling(), speakers=(KESTRIA,))
    two = told(
        "Ardenia denied shelling anything.",
        shelling(at=place("Ardenia"), telling="denied"),
        speakers=(ARDENIA,),
        stance="deny",
    )
    assert groups([one, two]) == {ids(one), ids(two)}


def test_link_judgements_win_over_the_weights() -> None:
    one = told("Guns shelled the mill at Ost.", shelling())
    two = told("Guns shelled the mill at Varn.", shelling(at=place("Varn")))
    left, right = one[1][0].id, two[1][0].id
    merge = SamenessJudgement(
        verdict="merge", left=left, right=right, by="reader", at=datetime(2031, 5, 5, tzinfo=UTC)
    )
    linker = link_documents([one, two], [merge])
    assert [set(item.claim_ids) for item in linker.incidents()] == [{left, right}]
    assert linker.incidents()[0].trace[0].rule == "judgement"


def test_link_a_text_that_is_there_already_changes_nothing() -> None:
    one = told("Guns shelled the mill at Ost.", shelling())
    linker = link_documents([one])
    before = linker.incidents()
    assert linker.add(*one) == frozenset()
    assert linker.incidents() == before


def test_link_a_new_document_touches_its_neighbours_alone() -> None:
    one = told("Guns shelled the mill at Ost.", shelling())
    far = told(
        "Guns shelled the depot at Varn.",
        shelling(at=place("Varn"), on=DAY + timedelta(days=90)),
        day=DAY + timedelta(days=90),
    )
    linker = link_documents([one, far])
    two = told("Shells hit the mill at Ost, farmers said.", shelling())
    assert linker.add(*two) == ids(one, two)


def test_link_says_why() -> None:
    one = told("Guns shelled the mill at Ost.", shelling())
    two = told("Shells hit the mill at Ost, farmers said.", shelling())
    linker = link_documents([one, two])
    link = linker.link(one[1][0].id, two[1][0].id)
    assert link is not None
    assert link.points == pytest.approx(sum(part.points for part in link.parts))
    assert {"same place", "same day", "same actor"} <= {
        part.name for part in link.parts if part.points > 0
    }
    assert str(link) in {step.rule for step in linker.incidents()[0].trace}


TEXTS = [
    ("Kestria said guns shelled the mill at Ost.", place("Ost"), 0),
    ("Guns shelled the mill at Ost, farmers said.", place("Ost"), 0),
    ("The mill at Ost was shelled, Ardenia confirmed.", place("Ost"), 1),
    ("Guns shelled the bridge at Varn.", place("Varn"), 0),
    ("The bridge at Varn was hit by guns on Monday.", place("Varn"), 1),
    ("At Kel, a barn burned after shells fell.", place("Kel"), 2),
]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(len(TEXTS))))
def test_link_incidents_are_the_same_in_any_order(order: list[int]) -> None:
    rows = [
        told(
            text, shelling(at=where, on=DAY + timedelta(days=days)), day=DAY + timedelta(days=days)
        )
        for text, where, days in TEXTS
    ]
    assert (
        link_documents([rows[index] for index in order]).incidents()
        == link_documents(rows).incidents()
    )


# ---------------------------------------------------------------- origins


def test_link_one_statement_in_three_outlets_is_one_origin() -> None:
    rows = [
        told(
            f"Kestria said the mill was hit, {outlet} reports.",
            shelling(),
            speakers=(KESTRIA,),
            outlet=outlet,
            day=DAY + timedelta(days=number),
        )
        for number, outlet in enumerate(("The Bugle", "The Courier", "The Post"))
    ]
    found = find_origins(
        [row[1][0] for row in rows], {row[0].id: row[0] for row in rows}, EACH_ITS_OWN
    )
    assert [(item.speaker, len(item.claim_ids)) for item in found] == [("Kestria", 3)]


def test_link_a_speaker_after_more_than_48_hours_is_another_origin() -> None:
    rows = [
        told(
            f"Kestria said on day {number} the mill was hit.",
            shelling(),
            speakers=(KESTRIA,),
            day=DAY + timedelta(days=number),
        )
        for number in (0, 5)
    ]
    found = find_origins(
        [row[1][0] for row in rows], {row[0].id: row[0] for row in rows}, EACH_ITS_OWN
    )
    assert [item.first_day for item in found] == ["2031-05-04", "2031-05-09"]


def test_link_copies_of_one_report_are_one_origin() -> None:
    one = told("The mill at Ost was hit.", shelling(), outlet="The Bugle")
    two = told(
        "The mill at Ost was hit!", shelling(), outlet="The Courier", day=DAY + timedelta(days=1)
    )
    documents = {one[0].id: one[0], two[0].id: two[0]}
    found = find_origins([one[1][0], two[1][0]], documents, find_wires(documents.values()))
    assert [item.speaker for item in found] == ["report The Bugle"]


def test_link_to_deny_is_another_origin_than_to_affirm() -> None:
    one = told("Ardenia said it shelled Ost.", shelling(), speakers=(ARDENIA,))
    two = told(
        "Ardenia denied it shelled Ost.",
        shelling(telling="denied"),
        speakers=(ARDENIA,),
        stance="deny",
    )
    found = find_origins(
        [one[1][0], two[1][0]], {one[0].id: one[0], two[0].id: two[0]}, EACH_ITS_OWN
    )
    assert {item.act for item in found} == {"affirms", "denies"}


def test_link_a_linker_without_documents_has_no_incidents() -> None:
    assert Linker().incidents() == ()
