"""Corrections: one field, with before and after; taken back and made again; refused when stale."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import JudgementError
from counterclaim.records.claim import Casualty
from counterclaim.records.judgement import Judgement
from counterclaim.records.reading import Reading
from counterclaim.service.corrected_claims import CorrectionError
from counterclaim.service.ledger_service import judge


def figure(reading: Reading) -> str:
    return next(
        claim.id
        for claim in reading.claims
        if isinstance(claim.payload, Casualty) and claim.payload.count.low == 12
    )


def correction(subject: str, before: str, after: str, by: str = "Ada") -> Judgement:
    return Judgement(
        subject=subject, verdict="corrected", by=by, field="number", before=before, after=after
    )


def test_ledger_correction_keeps_before_and_after(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    row = figure(first)
    said = correction(row, "12", "13")
    judge(ledger, said)
    judge(ledger, correction(row, "13", "14", "Ben"))
    assert [(item.before, item.after) for item in ledger.claim(row).judgements] == [
        ("12", "13"),
        ("13", "14"),
    ]
    assert ledger.verify() == ()


@pytest.mark.parametrize(
    ("before", "after"), [("12", "12"), ("12", "lots"), ("11", "13"), ("12", "99-3")]
)
def test_ledger_correction_that_cannot_stand_is_refused(
    ledger: Ledger, first: Reading, before: str, after: str
) -> None:
    ledger.post(first)
    with pytest.raises((CorrectionError, JudgementError)):
        judge(ledger, correction(figure(first), before, after))
    assert ledger.judgements() == ()


def test_ledger_corrections_at_once_are_not_both_taken(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    row = figure(first)
    now = 12
    for by in (
        "Ada",
        "Ben",
    ):  # before they decide, neither sees the other's words, and both may correct
        judge(ledger, Judgement(subject=row, verdict="accepted", by=by))
    for turn in range(4):
        together = Barrier(2)

        def correct(by: str, after: int, before: int = now, together: Barrier = together) -> bool:
            together.wait()
            try:
                judge(ledger, correction(row, str(before), str(after), by))
            except CorrectionError as error:
                assert "changed meanwhile" in str(error)  # noqa: PT017 - in a thread
                return False
            return True

        after = {"Ada": 100 + turn, "Ben": 200 + turn}
        with ThreadPoolExecutor(2) as pool:
            taken = dict(zip(after, pool.map(correct, after, after.values()), strict=True))
        (winner,) = [name for name, is_taken in taken.items() if is_taken]
        now = after[winner]
    assert len(ledger.claim(row).judgements) == 6


def test_ledger_correction_of_no_claim_is_refused(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    said = Judgement(
        subject=first.document.id, verdict="corrected", by="Ada", field="number", after="3"
    )
    with pytest.raises(JudgementError, match="only a claim"):
        ledger.judge(said)


def test_ledger_judgement_is_undone_each_time_it_is_made(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    row = first.claims[0].id
    said = Judgement(subject=row, verdict="accepted", by="Ada")
    undo = Judgement(subject=said.id, verdict="withdrawn", by="Ada")
    for _ in range(3):
        judge(ledger, said)
        assert ledger.claim(row).judgements == (said,)
        judge(ledger, undo)
        judge(ledger, undo)
        assert ledger.claim(row).judgements == ()
    assert len(ledger.judgements(row)) == 3
    with pytest.raises(JudgementError, match="already"):
        judge(ledger, Judgement(subject=said.id, verdict="withdrawn", by="Ben"))
    with pytest.raises(JudgementError, match="judge the row again"):
        judge(ledger, Judgement(subject=undo.id, verdict="withdrawn", by="Ada"))
    assert ledger.verify() == ()


def test_ledger_id_of_a_judgement_without_correction_is_as_it_was() -> None:
    said = Judgement(subject="c-000000000001", verdict="note", by="Ada", reason="so")
    assert said.id == "j-5e351bfdf88b"
