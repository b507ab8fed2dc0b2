"""What is inferred is shown and never counted; nobody is made to admit what it did not say of itself."""

from dataclasses import replace

import pytest

from counterclaim.check import Material, check_incidents
from counterclaim.link import link_documents
from counterclaim.records.attribution import Stance
from counterclaim.records.claim import Claim, Payload
from counterclaim.records.finding import Finding
from counterclaim.records.party import Party
from counterclaim.records.text import Document
from tests.happenings import (
    ARDENIA,
    KESTRIA,
    MONITORS,
    claim,
    document,
    killed,
    place,
    shelling,
    truce,
)

LOWLAND = Party("Lowland", None, "state", "LOW")
OFFICIALS = Party("officials (unnamed)", None, "official")
MOUTHS = {"admitted", "agreed_by_both", "confirmed_by_adversary", "self_reported"}
"""Statuses that put words into a side's mouth."""

Said = tuple[Party | None, Stance, Payload]


def findings(*said: Said, sides: tuple[Party, ...] = (ARDENIA, KESTRIA)) -> tuple[Finding, ...]:
    rows: list[tuple[Document, tuple[Claim, ...]]] = []
    for number, (party, stance, payload) in enumerate(said):
        carrier = document(f"Report {number} tells of the mill at Ost.", outlet=f"Paper {number}")
        speakers = () if party is None else (party,)
        rows.append((carrier, (claim(carrier, payload, speakers=speakers, stance=stance),)))
    linker = link_documents(rows)
    incidents = linker.incidents()
    assert len(incidents) == 1
    material = Material(
        claims={item.id: item for _, claims in rows for item in claims},
        documents={carrier.id: carrier for carrier, _ in rows},
        origins=linker.origin_index(incidents),
        sides={carrier.id: sides for carrier, _ in rows},
    )
    return check_incidents(incidents, material)


def slot(found: tuple[Finding, ...], name: str) -> Finding:
    [one] = [item for item in found if item.slot == name]
    return one


def test_check_the_doers_own_word_is_an_admission() -> None:
    found = findings((ARDENIA, "state", shelling(telling="admitted")))
    assert slot(found, "occurred").status == "admitted"


@pytest.mark.parametrize(
    "stance", ["accuse", "allege", "reject", "predict", "demand", "warn", "threaten", "withhold"]
)
def test_check_what_is_not_owned_is_not_admitted(stance: Stance) -> None:
    found = findings((ARDENIA, stance, shelling(telling="admitted")))
    assert {item.status for item in found}.isdisjoint(MOUTHS)


def test_check_confirming_anothers_strike_is_no_admission_of_ones_own() -> None:
    found = findings(
        (KESTRIA, "accuse", shelling()), (ARDENIA, "confirm", shelling(by=(), telling="admitted"))
    )
    assert {item.status for item in found}.isdisjoint(MOUTHS)


@pytest.mark.parametrize("stance", ["state", "confirm", "admit"])
def test_check_an_inferred_speaker_is_shown_and_takes_no_stand(stance: Stance) -> None:
    found = findings((ARDENIA.known("inferred"), stance, shelling(telling="admitted")))
    finding = slot(found, "occurred")
    [voice] = finding.voices
    assert (voice.evidence, voice.alignment, voice.affirms) == ("inferred", "unknown", None)
    assert (finding.status, finding.rule) == ("unattributed", 10)


def test_check_an_inferred_denial_denies_nothing() -> None:
    found = findings(
        (KESTRIA, "accuse", shelling()),
        (ARDENIA.known("inferred"), "deny", shelling(telling="denied")),
    )
    assert slot(found, "occurred").status == "single_source"


def test_check_an_inferred_doer_admits_nothing() -> None:
    guess = shelling(by=(ARDENIA.known("inferred"),), telling="admitted")
    found = findings((ARDENIA, "state", guess), (KESTRIA, "confirm", guess))
    assert {item.status for item in found}.isdisjoint(MOUTHS)
    assert not [item for item in found if item.slot == "actor"]
    assert "actor_inferred" in slot(found, "occurred").flags
    assert "Ardenia" not in slot(found, "occurred").proposition


def test_check_an_inferred_place_makes_nobody_the_other_side() -> None:
    at = replace(place(), evidence="inferred")
    found = findings((ARDENIA, "state", shelling(at=at, to=(), telling="admitted")))
    assert [item.slot for item in found] == ["occurred", "actor"]


@pytest.mark.parametrize("telling", ["admitted", "alleged", "fact"])
def test_check_officials_of_no_stated_side_have_no_side(telling: str) -> None:
    found = findings(
        (OFFICIALS, "state", shelling(by=(OFFICIALS,), telling=telling))  # type: ignore[arg-type]  # parametrised
    )
    [voice] = slot(found, "occurred").voices
    assert voice.alignment == "unknown"
    assert slot(found, "occurred").status == "single_source"


def test_check_a_third_state_that_confirms_is_not_the_opposing_side() -> None:
    strike = shelling(telling="admitted")
    found = findings((ARDENIA, "admit", strike), (LOWLAND, "confirm", shelling()))
    assert slot(found, "occurred").status == "admitted"


def test_check_who_suffered_it_is_the_opposing_side() -> None:
    found = findings(
        (ARDENIA, "admit", shelling(telling="admitted")), (KESTRIA, "confirm", shelling())
    )
    assert slot(found, "occurred").status == "agreed_by_both"


def test_check_nobody_told_is_filled_in_as_the_doer() -> None:
    found = findings((KESTRIA, "accuse", shelling(by=(), telling="alleged")))
    finding = slot(found, "occurred")
    assert (finding.status, finding.flags) == ("single_source", ())
    assert "by" not in finding.proposition.split()


def test_check_a_side_reports_its_own_dead() -> None:
    own = replace(killed(14), relation="self")
    finding = slot(findings((KESTRIA, "state", own)), "figure")
    assert (finding.status, finding.rule) == ("self_reported", 3)


@pytest.mark.parametrize("stance", ["deny", "reject"])
def test_check_a_denied_figure_is_denied(stance: Stance) -> None:
    own, theirs = replace(killed(14), relation="self"), replace(killed(14), relation="enemy")
    finding = slot(findings((KESTRIA, "state", own), (ARDENIA, stance, theirs)), "figure")
    assert (finding.status, finding.rule) == ("contested", 5)
    assert "Ardenia denies what Kestria affirms" in finding.reason


def test_check_a_denied_figure_alone_is_nobodys() -> None:
    theirs = replace(killed(14), relation="enemy")
    finding = slot(findings((ARDENIA, "deny", theirs)), "figure")
    assert finding.status == "unassessed"
    assert "Ardenia denies it" in finding.reason


def test_check_both_sides_agree_on_the_same_number_alone() -> None:
    own, theirs = replace(killed(14), relation="self"), replace(killed(14), relation="enemy")
    same = slot(findings((KESTRIA, "state", own), (ARDENIA, "confirm", theirs)), "figure")
    assert same.status == "agreed_by_both"
    fewer = replace(theirs, count=replace(theirs.count, low=10, high=None, qualifier="at_least"))
    other = slot(findings((KESTRIA, "state", own), (ARDENIA, "state", fewer)), "figure")
    assert other.status == "self_reported"
    assert "Ardenia gives another number" in other.reason


def test_check_an_army_that_counts_its_enemys_dead_confirms_nothing_against_itself() -> None:
    theirs = replace(killed(14), relation="enemy")
    found = findings((ARDENIA, "confirm", theirs), (MONITORS, "state", killed(14)))
    assert slot(found, "figure").status == "corroborated"


@pytest.mark.parametrize("where", ["speaker", "side"])
def test_check_an_inferred_loss_is_nobodys_own(where: str) -> None:
    guess = KESTRIA.known("inferred")
    own = replace(killed(14, of=guess if where == "side" else KESTRIA), relation="self")
    found = findings((guess if where == "speaker" else KESTRIA, "state", own))
    assert slot(found, "figure").status not in MOUTHS


def test_check_a_truce_that_both_bound_affirm_is_agreed() -> None:
    found = findings((ARDENIA, "confirm", truce("agreed")), (KESTRIA, "state", truce("agreed")))
    assert slot(found, "agreement").status == "agreed_by_both"
    one = findings((ARDENIA, "reject", truce("agreed")))
    assert slot(one, "agreement").status not in MOUTHS
