"""Heads decide a field only where they are sure enough; what the words tell stays the grammar's."""

from dataclasses import replace

import pytest

from counterclaim.coders.casualties.figure_heads import FigureRead, decide
from counterclaim.decode import PartyReading
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.count import exactly
from counterclaim.records.evidence import Evidence
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span

ARDENIA = Party("Ardenia", None, "state")
KESTRIA = Party("Kestria", None, "state")
SENTENCE = Span(0, 60)
CLAIM = Claim(
    document_id="d", span=Span(10, 12), quote="12", sentence=SENTENCE,
    payload=Casualty(count=exactly(12), outcome="killed", category="military", side=(ARDENIA,), measure="incident"),
)  # fmt: skip
READ = FigureRead(
    loss=0.99, outcome=None, category=None, measure=None, background=False, side=None, reporter=None, sure={}
)  # fmt: skip


def side(claim: Claim) -> tuple[Party, ...]:
    assert isinstance(claim.payload, Casualty)
    return claim.payload.side


def known(evidence: Evidence | None) -> Claim:
    parties = () if evidence is None else (ARDENIA.known(evidence),)
    assert isinstance(CLAIM.payload, Casualty)
    return replace(CLAIM, payload=replace(CLAIM.payload, side=parties))


@pytest.mark.parametrize(
    ("evidence", "probability", "root"),
    [
        ("told", 0.9, "Ardenia"),
        ("told", 0.99, "Ardenia"),
        ("carried", 0.7, "Ardenia"),
        ("carried", 0.9, "Kestria"),
        ("inferred", 0.6, "Ardenia"),
        ("inferred", 0.75, "Kestria"),
        (None, 0.6, None),
        (None, 0.7, "Kestria"),
    ],
)
def test_heads_replace_a_side_by_how_it_was_known(
    evidence: Evidence | None, probability: float, root: str | None
) -> None:
    read = replace(READ, side=PartyReading((KESTRIA,), probability, Span(20, 27)))
    found = side(decide(SENTENCE, known(evidence), read))
    assert [party.root for party in found] == ([] if root is None else [root])


def test_heads_take_out_of_the_count_what_they_do_not_find() -> None:
    elsewhere = replace(READ, side=PartyReading((KESTRIA,), 0.5, Span(20, 27)))
    assert side(decide(SENTENCE, known("carried"), elsewhere))[0].evidence == "inferred"
    assert side(decide(SENTENCE, known("told"), elsewhere))[0].evidence == "told"
    nobody = replace(READ, reporter=PartyReading((), 0.9))
    claim = replace(CLAIM, speakers=(ARDENIA,))
    assert decide(SENTENCE, claim, nobody).speakers[0].evidence == "inferred"
    unsure = replace(READ, reporter=PartyReading((), 0.5))
    assert decide(SENTENCE, claim, unsure).speakers[0].evidence == "told"


def test_heads_a_person_of_no_stated_side_bears_no_loss() -> None:
    person = Party("Oru Banta", None, "official")
    assert isinstance(CLAIM.payload, Casualty)
    claim = replace(CLAIM, payload=replace(CLAIM.payload, side=(person,)))
    read = replace(READ, side=PartyReading((KESTRIA,), 0.7, Span(20, 27)))
    assert side(decide(SENTENCE, claim, read)) == (KESTRIA.known("inferred"),)


@pytest.mark.parametrize(("probability", "evidence"), [(0.93, "inferred"), (0.96, "told")])
def test_heads_say_how_a_side_is_known(probability: float, evidence: str) -> None:
    read = replace(READ, side=PartyReading((KESTRIA,), probability, Span(20, 27)))
    assert side(decide(SENTENCE, known("inferred"), read))[0].evidence == evidence


def test_heads_never_write_both_sides_over_one() -> None:
    read = replace(READ, side=PartyReading((), 0.99, is_both=True))
    assert side(decide(SENTENCE, known("inferred"), read))[0].root == "Ardenia"


def test_heads_leave_a_told_reporter() -> None:
    claim = replace(CLAIM, speakers=(ARDENIA,))
    read = replace(READ, reporter=PartyReading((KESTRIA,), 0.99, Span(20, 27)))
    assert decide(SENTENCE, claim, read).speakers == (ARDENIA,)


def test_heads_scope_and_background_are_written_with_their_step() -> None:
    unsaid = replace(CLAIM, trace=(Step("coders", "measure:default"),))
    assert decide(SENTENCE, CLAIM, replace(READ, measure="cumulative")) == CLAIM
    found = decide(SENTENCE, unsaid, replace(READ, measure="cumulative", background=True))
    assert isinstance(found.payload, Casualty)
    assert found.payload.measure == "cumulative"
    assert found.payload.background
    assert {step.rule for step in found.trace} >= {"head:measure", "head:background"}


def test_heads_a_sides_own_count_is_its_own() -> None:
    claim = replace(known("inferred"), speakers=(KESTRIA,))
    found = decide(
        SENTENCE, claim, replace(READ, side=PartyReading((KESTRIA,), 0.99, Span(20, 27)))
    )
    assert isinstance(found.payload, Casualty)
    assert found.payload.relation == "self"
