"""Judgements: beside the row, by name, taken back by a further row."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import JudgementError, StaleJudgementError, UnknownRowError
from counterclaim.ledger.post import sha256
from counterclaim.records.judgement import Judgement
from counterclaim.records.query import Known
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_service import judge
from tests.ledger.conftest import MORNING, Clock
from tests.ledger.relinking import relink


def test_ledger_judgement_stands_beside_the_claim(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    claim = first.claims[0]
    said = Judgement(
        subject=claim.id,
        verdict="discounted",
        by="Ada",
        reason="combatants",
        text_sha256=sha256(first.document.text),
    )
    filed = judge(ledger, said)
    assert filed.judgement == said
    assert not filed.taken_back
    assert ledger.claim(claim.id).judgements == (said,)
    assert repr(ledger.claim(claim.id).claim) == repr(claim)
    assert judge(ledger, said) == filed
    assert len(ledger.judgements()) == 1
    assert ledger.verify() == ()


def test_ledger_judgement_taken_back_is_known_as_standing_before(
    ledger: Ledger, first: Reading, clock: Clock
) -> None:
    ledger.post(first)
    said = Judgement(subject=first.claims[0].id, verdict="verified_visual", by="Ada")
    judge(ledger, said)
    clock.later(days=1)
    judge(ledger, Judgement(subject=said.id, verdict="withdrawn", by="Ada"))
    assert ledger.claim(first.claims[0].id).judgements == ()
    assert ledger.judgements(first.claims[0].id)[0].taken_back
    known = Known(MORNING.date(), "recorded")
    assert ledger.claim(first.claims[0].id, known=known).judgements == (said,)
    judge(ledger, said)
    assert ledger.claim(first.claims[0].id).judgements == (said,)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"by": " "}, "--by"),
        ({"verdict": "discounted"}, "needs a reason: say why"),
        ({"verdict": "same"}, "--other"),
        ({"verdict": "withdrawn"}, "j-"),
    ],
)
def test_ledger_judgement_lacking_something_is_refused(
    ledger: Ledger, first: Reading, fields: dict[str, str], why: str
) -> None:
    ledger.post(first)
    said = Judgement(subject=first.claims[0].id, verdict="verified_visual", by="Ada")
    with pytest.raises(JudgementError, match=why):
        judge(ledger, replace(said, **fields))  # type: ignore[arg-type]
    assert ledger.judgements() == ()


def test_ledger_judgement_on_another_text_or_row_is_refused(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    said = Judgement(subject=first.claims[0].id, verdict="verified_visual", by="Ada")
    with pytest.raises(StaleJudgementError):
        judge(ledger, replace(said, text_sha256=sha256("another text")))
    with pytest.raises(UnknownRowError):
        judge(ledger, replace(said, subject="c-000000000000"))


def figures(reading: Reading) -> list[str]:
    return [
        claim.id
        for claim in reading.claims
        if claim.kind == "casualty" and claim.payload.outcome == "killed"  # type: ignore[union-attr]
    ]


def test_ledger_same_joins_incidents_over_documents_and_is_taken_back(
    ledger: Ledger, first: Reading, second: Reading, clock: Clock
) -> None:
    for reading in (first, second):
        ledger.post(reading, link_into_ledger(reading))
    one, other = figures(first)[0], figures(second)[0]
    clock.later(hours=1)
    same = Judgement(subject=one, verdict="same", other=other, by="Ada")
    judge(ledger, same)
    home = ledger.claim(one).incident_id
    assert home is not None
    assert home == ledger.claim(other).incident_id
    view = ledger.incident(home)
    assert {one, other} <= set(view.incident.claim_ids)
    assert view.card.documents == 2
    assert "same by Ada" in str(view.incident.trace[-1])
    merged = [change for change in ledger.changes(clock.at) if change.kind == "merged"]
    assert [change.after for change in merged] == [home]
    assert ledger.incident(merged[0].subject).merged_into == home
    assert ledger.verify() == ()
    clock.later(hours=1)
    judge(ledger, Judgement(subject=same.id, verdict="withdrawn", by="Ada"))
    assert ledger.claim(one).incident_id != ledger.claim(other).incident_id
    known = Known((clock.at - timedelta(hours=1)).date(), "recorded")
    assert ledger.claim(one, known=known) is not None
    assert ledger.verify() == ()


def test_ledger_same_outlives_a_new_reading(
    ledger: Ledger, first: Reading, second: Reading
) -> None:
    for reading in (first, second):
        ledger.post(reading, link_into_ledger(reading))
    one, other = figures(first)[0], figures(second)[0]
    judge(ledger, Judgement(subject=one, verdict="same", other=other, by="Ada"))
    newer = replace(second, signature={**second.signature, "counterclaim": "99"})
    ledger.post(newer, link_into_ledger(newer))
    assert ledger.claim(one).incident_id == ledger.claim(other).incident_id
    assert ledger.verify() == ()


def test_ledger_different_parts_an_incident(ledger: Ledger, first: Reading) -> None:
    from counterclaim.ledger.linking_view import LinkedIncidents

    ledger.post(first)
    two = [incident for incident in first.incidents if incident.kind == "casualty"]
    whole = replace(two[0], claim_ids=tuple(c for item in two for c in item.claim_ids))
    assert len(whole.claim_ids) > 1
    relink(ledger, LinkedIncidents(incidents=(whole,)))
    one, other = whole.claim_ids[0], whole.claim_ids[-1]
    assert ledger.claim(one).incident_id == ledger.claim(other).incident_id
    judge(ledger, Judgement(subject=one, verdict="different", other=other, by="Ada"))
    assert ledger.claim(one).incident_id != ledger.claim(other).incident_id
    assert ledger.verify() == ()


def test_ledger_same_of_two_kinds_is_refused(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    event = next(claim for claim in first.claims if claim.kind == "event")
    with pytest.raises(JudgementError, match="one kind"):
        judge(
            ledger, Judgement(subject=event.id, verdict="same", other=figures(first)[0], by="Ada")
        )
    assert ledger.judgements() == ()
