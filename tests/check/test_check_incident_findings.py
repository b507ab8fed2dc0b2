"""How the claims of one happening stand to each other, read from short reports of our own."""

from datetime import date

import pytest

from counterclaim.records.finding import Finding
from counterclaim.records.reading import Reading
from tests.conftest import ReadText

DAY = date(2020, 10, 14)


def slot(reading: Reading, name: str, *words: str) -> Finding:
    found = [
        item
        for item in reading.findings
        if item.slot == name and all(word in item.proposition for word in words)
    ]
    assert len(found) == 1, [
        (item.slot, item.proposition, item.status) for item in reading.findings
    ]
    return found[0]


def test_check_admitted_and_confirmed_is_agreed_by_both(read_text: ReadText) -> None:
    reading = read_text(
        "Azerbaijan admitted launching airstrikes inside Armenia. Armenia’s defence ministry confirmed areas inside the country were hit.",
        DAY,
    )
    finding = slot(reading, "occurred", "aerial")
    assert (finding.status, finding.rule) == ("agreed_by_both", 2)
    assert {voice.party.root for voice in finding.voices if voice.party} == {
        "Azerbaijan",
        "Armenia",
    }


def test_check_admitted_alone_is_admitted(read_text: ReadText) -> None:
    reading = read_text("Azerbaijan admitted launching airstrikes inside Armenia.", DAY)
    assert slot(reading, "occurred", "aerial").status == "admitted"


def test_check_a_general_denial_covers_a_special_charge(read_text: ReadText) -> None:
    reading = read_text(
        "Azerbaijan accused Armenian forces of targeting Ganja, a city in Azerbaijan. Armenia denied that it had fired inside Azerbaijan.",
        DAY,
    )
    finding = slot(reading, "occurred", "Armenia")
    assert (finding.status, finding.rule) == ("denied", 6)
    assert "scope_inferred" in finding.flags


def test_check_a_denial_elsewhere_covers_nothing(read_text: ReadText) -> None:
    reading = read_text(
        "Azerbaijan accused Armenian forces of targeting Ganja, a city in Azerbaijan. Armenia denied that it had fired inside Georgia.",
        DAY,
    )
    assert slot(reading, "occurred", "Armenia").status == "single_source"


def test_check_a_named_town_has_its_recognised_country(read_text: ReadText) -> None:
    reading = read_text(
        "Azerbaijan accused Armenian forces of targeting Ganja, a city in Azerbaijan.", DAY
    )
    finding = slot(reading, "border", "Ganja")
    assert "in Azerbaijan by the recognised border" in finding.proposition
    assert "outside" in finding.proposition


def test_check_inside_a_country_without_a_place_is_not_computable(read_text: ReadText) -> None:
    reading = read_text("Azerbaijan admitted launching airstrikes inside Armenia.", DAY)
    assert "not computable" in slot(reading, "border", "Armenia").proposition


def test_check_hearsay_is_unattributed_whoever_repeats_it(read_text: ReadText) -> None:
    reading = read_text(
        "Putin raised concerns about reports of fighters being sent from Syria to the front.", DAY
    )
    assert slot(reading, "occurred", "mobilize").status == "unattributed"


def test_check_own_losses_are_self_reported_and_never_admitted(read_text: ReadText) -> None:
    reading = read_text("Azerbaijan reported 42 civilians killed.", DAY)
    finding = slot(reading, "figure", "42")
    assert (finding.status, finding.rule) == ("self_reported", 3)
    assert "admit" not in finding.reason
    assert "self_reported" in finding.flags


def test_check_an_enemys_count_is_flagged(read_text: ReadText) -> None:
    reading = read_text(
        "Israel and Hamas fought on. The Israeli army said it had killed 40 Hamas fighters.", DAY
    )
    assert "enemy_count" in slot(reading, "figure", "40").flags


def test_check_what_is_withheld_is_undisclosed(read_text: ReadText) -> None:
    reading = read_text("Baku has yet to disclose military casualties.", DAY)
    assert slot(reading, "disclosure").status == "undisclosed"


@pytest.mark.parametrize(
    ("one", "two"), [("Azerbaijan", "Armenia"), ("Russia", "Ukraine"), ("Israel", "Syria")]
)
def test_check_swapping_the_sides_mirrors_the_findings(
    one: str, two: str, read_text: ReadText
) -> None:
    text = (
        f"{one} accused {two} of shelling the border. {two} denied that it had fired inside {one}."
    )
    mirrored = text.replace(one, "@").replace(two, one).replace("@", two)
    statuses = [(item.slot, item.status, item.rule) for item in read_text(text, DAY).findings]
    assert statuses == [
        (item.slot, item.status, item.rule) for item in read_text(mirrored, DAY).findings
    ]


def test_check_a_bare_denial_answers_the_charge_before_it(read_text: ReadText) -> None:
    reading = read_text(
        "Azerbaijan accused Armenian forces of targeting Ganja. Armenia denied the charge.", DAY
    )
    finding = slot(reading, "occurred", "Armenia")
    assert (finding.status, finding.rule) == ("denied", 6)
    assert finding.voices[-1].claim_id.startswith("a-")


def test_check_a_denial_aimed_at_somebody_answers_nobody_else(read_text: ReadText) -> None:
    reading = read_text(
        "Lebanese troops shelled Homs on Monday. Lebanon rejected Syria’s announcement of a withdrawal as a bluff."
    )
    shelled = slot(reading, "occurred", "Homs")
    assert all(voice.affirms for voice in shelled.voices)


def test_check_figures_of_two_happenings_are_two_findings(read_text: ReadText) -> None:
    reading = read_text(
        "A Syrian soldier was killed on Monday. Lebanon said twenty Syrian soldiers were killed in a later raid."
    )
    figures = [item for item in reading.findings if item.slot == "figure"]
    assert sorted(item.status for item in figures) == ["single_source", "single_source"]
    assert not any("/" in item.proposition for item in figures)


def test_check_one_figure_told_twice_is_one_finding(read_text: ReadText) -> None:
    reading = read_text(
        "Syria said twenty of its soldiers were killed in Homs. Lebanon said at least 18 Syrian soldiers were killed in Homs."
    )
    [figure] = [item for item in reading.findings if item.slot == "figure"]
    assert len(figure.voices) == 2
