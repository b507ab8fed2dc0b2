"""Records survive being written: every field, also those outside their identity."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.ledger.codec import dump, load
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Problem, Step
from counterclaim.records.reading import Reading
from counterclaim.records.text import Span
from tests.strategies import attributions, claims


@given(claims)
def test_ledger_codec_round_trips_claims(claim: Claim) -> None:
    back = load(Claim, dump(claim))
    assert repr(back) == repr(claim)
    assert back.id == claim.id


@given(attributions)
def test_ledger_codec_round_trips_attributions(attribution: Attribution) -> None:
    assert repr(load(Attribution, dump(attribution))) == repr(attribution)


@given(st.text(), st.text())
def test_ledger_codec_keeps_any_characters(code: str, message: str) -> None:
    problem = Problem(code, message, Span(1, 2))
    assert load(Problem, dump(problem)) == problem


def test_ledger_codec_keeps_what_is_outside_identity(first: Reading, second: Reading) -> None:
    for reading in (first, second):
        for finding in reading.findings:
            assert repr(load(Finding, dump(finding))) == repr(finding)
        for incident in reading.incidents:
            assert repr(load(Incident, dump(incident))) == repr(incident)
    place = Place(
        name="Ost", gazetteer_id="gn:1", precision="town", country="XA", latitude=1.5, longitude=0.0
    )
    assert repr(load(Place, dump(place))) == repr(place)
    step = Step("link", "same place +1.0", "Ost", Span(0, 3))
    assert load(Step, dump(step)) == step
    party = Party("Ardenia", "army", "military", "XAR")
    assert repr(load(Party, dump(party))) == repr(party)


def test_ledger_codec_leaves_defaults_out() -> None:
    assert dump(Party("Ardenia")) == '{"root":"Ardenia"}'


def test_ledger_codec_reads_rows_of_a_record_that_lost_a_field() -> None:
    assert load(Party, '{"root":"Ardenia","gone":1}') == Party("Ardenia")


def test_ledger_codec_wants_what_has_no_default() -> None:
    assert {item.name for item in fields(Party)} >= {"root", "unit"}
    with pytest.raises(TypeError):
        load(Party, "{}")
