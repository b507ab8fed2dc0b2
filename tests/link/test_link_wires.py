"""Wires: one text in many outlets is one origin; two hands, a form filled in anew and old background are not."""

import random
from datetime import date, timedelta

import pytest
from bench.wires import read_gold, score

from counterclaim.link.wires import find_tie, find_wires, make_wire_text
from counterclaim.records.link import Tie
from counterclaim.records.text import Document

DAY = date(2031, 5, 5)
LEAST = 0.95
"""The floor that issue and bench ask for, on the pairs that the rules were not made on."""

WIRE = (
    "At least nine people were killed when rockets struck a bread queue in the Kestrian town of Ost on Monday, a nurse said.\n\n"
    "The rockets hit the corner of Mill Street shortly before noon, when the bakery had just opened, two residents said.\n\n"
    "Ardenia's army said that it had fired at a depot and regretted any harm to civilians.\n\n"
    "The war over the lowlands began three years ago and has driven half a million people from their homes."
)
EDITED = (
    "Rockets struck a bread queue in Ost, in Kestria, on Monday, killing at least nine people, a nurse said.\n\n"
    "Two residents said the rockets had hit the corner of Mill Street shortly before noon, when the bakery had just opened.\n\n"
    "The Ardenian army said it regretted any harm to civilians and that it had fired at a depot."
)
OWN = (
    "Nine bodies lay under blankets in the yard of the school at Ost by Monday evening.\n\n"
    "Ivo Fenwick, the baker, had gone to fetch flour when the first rocket came; his brother was serving.\n\n"
    "The war over the lowlands began three years ago and has driven half a million people from their homes."
)


def report(text: str, outlet: str = "The Bugle", day: date = DAY) -> Document:
    return Document(text=text, outlet=outlet, published=day)


def tie(left: Document, right: Document, *, one_matter: bool = False) -> Tie | None:
    return find_tie(make_wire_text(left), make_wire_text(right), one_matter=one_matter)


def test_link_an_edited_wire_is_one_text_and_its_words_show_it() -> None:
    left, right = report(WIRE), report(EDITED, "The Post")
    found = tie(left, right)
    assert found is not None
    assert found.by == "passages"
    assert found.left_span is not None
    span = found.left_span
    assert " ".join(left.text[span.start : span.end].split()) == found.left_words
    assert found.right_words in " ".join(right.text.split())


def test_link_two_hands_that_share_numbers_names_and_background_are_two() -> None:
    assert tie(report(WIRE), report(OWN, "The Post")) is None


def test_link_an_old_text_printed_weeks_later_is_no_wire_unless_it_is_the_same() -> None:
    late = DAY + timedelta(days=20)
    cut = report(WIRE.split("\n\n", 1)[0] + "\n\n" + OWN, "The Post", late)
    assert tie(report(WIRE), cut) is None
    assert tie(report(WIRE), report(f"{WIRE} Reprinted.", "The Post", late)) is not None


def test_link_a_mark_ties_other_words_only_on_one_matter() -> None:
    one = report(f"OST (AFP) - {WIRE}")
    same = report(
        "Nine dead in the bread queue of Ost, Mill Street: rockets, a nurse, a bakery, Kestria. (AFP)",
        "The Post",
    )
    other = report(
        "GENEVA (AFP) - Wheat prices rose for a third week, a trade body said on Monday.",
        "The Post",
    )
    assert tie(one, other) is None
    assert tie(one, other, one_matter=True) is not None
    found = tie(one, same)
    assert found is not None
    assert (found.by, found.agency) == ("mark", "AFP")


def test_link_the_same_quotation_ties_a_statement_and_not_the_reports() -> None:
    said = "“We fired at a depot that the enemy had hidden among the houses of the town,”"
    left = report(f"Smoke rose over Ost. {said} the army wrote. Nobody believed it at the bakery.")
    right = report(
        f"Ardenia keeps silent no more. {said} said its spokesman in Kelford.", "The Post"
    )
    found = tie(left, right)
    assert found is not None
    assert found.by == "statement"
    wires = find_wires([left, right])
    assert wires.copies_of(left.id) == (left.id,)


def test_link_wires_do_not_hang_on_the_order_of_reports() -> None:
    rows = [
        report(WIRE, "A"),
        report(EDITED, "B"),
        report(OWN, "C"),
        report(WIRE.split("\n\n", maxsplit=1)[0] + "\n\n" + WIRE.split("\n\n")[1], "D"),
    ]
    rows += [
        report(
            f"A cow number {number} strayed from the meadow at Dorwick, said its keeper Ven Garrow.",
            "E",
        )
        for number in range(14)
    ]
    expected = find_wires(rows).copies_of(rows[0].id)
    assert len(expected) == 3
    for seed in range(5):
        shuffled = rows[:]
        random.Random(seed).shuffle(shuffled)
        assert find_wires(shuffled).copies_of(rows[0].id) == expected


def test_link_a_wire_is_named_by_its_agency() -> None:
    rows = [report(WIRE, "The Bugle"), report(f"{EDITED}\n\n(AFP)", "The Post")]
    rows[1] = report(f"{EDITED} (AFP)", "The Post")
    wires = find_wires(rows)
    assert wires.agency_of(rows[0].id) == "AFP"
    assert find_wires([report(OWN)]).agency_of(report(OWN).id) is None


@pytest.mark.parametrize("half", ["tuned", "aside"])
def test_link_wires_of_the_gold_pairs_keep_their_floor(half: str) -> None:
    texts, pairs = read_gold()
    found = score(texts, [pair for pair in pairs if pair["half"] == half])
    assert found["pairs"] >= 40
    assert found["f1"] >= LEAST


def bulletin(number: int, day: date) -> Document:
    """Return one of the bulletins that fill in the same form every day."""
    sentences = (
        f"Ardenia said {number} soldiers were killed near Ost on the day.",
        f"The toll rose to {number * 7} since the fighting began, Ardenia said.",
        f"Kestria said {number + 13} of its guns had fired {number * 11} times at the bridge of Varn.",
    )
    return report(" ".join(sentences), "The Bugle", day)


def test_link_bulletins_days_apart_with_other_figures_are_told_apart_before_they_are_cut() -> None:
    left = make_wire_text(bulletin(12, DAY))
    right = make_wire_text(bulletin(31, DAY + timedelta(days=9)))
    assert find_tie(left, right) is None
    assert "passages" not in left.__dict__
    again = report(bulletin(12, DAY).text, "The Post", DAY + timedelta(days=9))
    assert find_tie(left, make_wire_text(again)) is not None


def test_link_only_the_pairs_that_are_asked_about_are_compared() -> None:
    one, other, third = report(WIRE, "A"), report(EDITED, "B"), report(WIRE, "C")
    wires = find_wires([one, other, third], among=[(other.id, one.id)])
    assert [{tie.left, tie.right} for tie in wires.ties] == [{one.id, other.id}]
    assert find_wires([one, other], among=[]).ties == []
