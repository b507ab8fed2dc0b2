"""A report's own abbreviations: both names are one party from there on."""

from collections.abc import Callable

import pytest

from counterclaim.records.reading import Reading
from counterclaim.resolve.declared_names import declared_names

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("text", "root", "kind"),
    [
        ("The Coordination of Azalai Movements (CMA), an alliance, denied it.", "CMA", "organisation"),
        ("Fighters of the Sotavel Liberation Army (SLA) stormed a station.", "SLA", "armed group"),
        ("On Monday the Popular Front for Renewal (FPR) said so.", "FPR", "armed group"),
        ("The Alta Mesa Central (AMC) met. AMC fighters fled.", "AMC", "armed group"),
        ("The Upper Lake Bloc (ULB) denied it. The truce with the ULB ended.", "ULB", "armed group"),
        ("The Lake Aid Network (LAN) counted 12 dead.", "LAN", "organisation"),
    ],
)  # fmt: skip
def test_a_name_and_its_letters_are_one_party(text: str, root: str, kind: str) -> None:
    found = {party.id: party.kind for party in declared_names(text)}
    assert found == {root: kind}


@pytest.mark.parametrize(
    "text",
    [
        "KYIV (AFP) - The army said 12 had died.",
        "The Federal Security Service (FSB) said so.",
        "Senator John Smith (R-Ariz.) said so.",
        "The World Food Programme (WFP) said so.",
        "The Kenya Defence Forces (KDF) said so.",
        "The figure (IDPs) is of May.",
        "Twelve people (A and B) were named.",
    ],
)
def test_organs_known_bodies_and_other_brackets_are_left_alone(text: str) -> None:
    assert not declared_names(text)


def test_the_reports_own_word_goes_before_the_lexicons(read_text: Read) -> None:
    reading = read_text(
        "The Southern Delta Front (SDF) shelled Ost on Friday, the harbour master said. The SDF denied the attack."
    )
    roots = {party.root for item in reading.attributions for party in item.speakers}
    assert "Southern Delta Front" in roots
    assert "SDF" not in roots


def test_who_is_his_groups_spokesman_speaks_for_it(read_text: Read) -> None:
    reading = read_text(
        "The Coordination of Azalai Movements (CMA) denied that jihadists were among the dead. "
        'CMA spokesman Idris Kolo said the army had "bombed a wedding".'
    )
    assert {party.root for item in reading.attributions for party in item.speakers} == {"CMA"}


def test_a_partys_affiliate_makes_it_no_side(read_text: Read) -> None:
    reading = read_text(
        "JNIM, an al-Qaeda affiliate, claimed responsibility for an ambush that killed 11 soldiers in Mali. "
        "Mali's army said it had killed 37 fighters in air strikes."
    )
    assert "al Qaeda" not in {party.root for party in reading.sides}
