"""Claims about losses are decoded once, and are what the ledger holds at every asking."""

from datetime import date

import pytest

from counterclaim.ledger import Ledger
from counterclaim.ledger.casualty_cache import CasualtyCache
from counterclaim.records.query import ClaimQuery, FigureQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.figures import corrected_figures
from counterclaim.service.incremental_linking import link_into_ledger
from tests.ledger.conftest import Clock
from tests.ledger.test_ledger_corrected import correct, reject, twelve


@pytest.fixture
def filed(ledger: Ledger, first: Reading, second: Reading, clock: Clock) -> Ledger:
    for reading in (first, second):
        ledger.post(reading, link_into_ledger(reading))
    clock.later(days=3)
    return ledger


def test_ledger_losses_are_the_casualty_and_withheld_claims(filed: Ledger) -> None:
    rows = [
        row.claim.id
        for kind in ("casualty", "withheld")
        for row in filed.claims(ClaimQuery(kind=kind)).rows
    ]
    assert [entry.claim.id for entry in filed.losses.of(limit=50)] == rows
    assert [entry.claim.kind for entry in filed.losses.of("Kestria", limit=50)] == ["withheld"]
    assert [entry.claim.kind for entry in filed.losses.of(limit=1)] == ["casualty", "withheld"]


def test_ledger_losses_held_are_those_decoded_anew(filed: Ledger) -> None:
    held = filed.losses.of(limit=50)
    assert filed.losses.of(limit=50) == held
    filed.losses.forget()
    assert filed.losses.of(limit=50) == held


def test_ledger_losses_held_follow_judgements_and_days(filed: Ledger) -> None:
    row = twelve(filed)
    before = filed.losses.of(limit=50)
    said = reject(filed, row)
    after = {entry.claim.id: entry for entry in filed.losses.of(limit=50)}
    assert after[row.claim.id].judgements == (said,)
    then = filed.losses.of(known=Known(date(2031, 5, 6), "recorded"), limit=50)
    assert then == before[: len(then)] or not then
    assert filed.losses.of(known=Known(date(2030, 1, 1)), limit=50) == ()


def test_ledger_losses_keep_no_more_than_there_is_room_for(filed: Ledger) -> None:
    small = CasualtyCache(filed._engine, room=1)
    assert small.of(limit=50) == filed.losses.of(limit=50)
    assert len(small._claims) == 1


def test_ledger_what_belongs_to_reports_is_that_of_the_ledger(filed: Ledger) -> None:
    names = [card.id for card in filed.documents().rows]
    read = [entry.reading_id for entry in filed.losses.of(limit=50)]
    for _ in range(2):
        assert filed.losses.sides(names) == filed.sides(names)
        assert filed.losses.documents(names) == filed.carriers.documents(names)
        assert filed.losses.accounts(read) == filed.accounts(read)
    assert filed.losses.documents(["d-nobody"]) == {}


def test_ledger_figures_follow_corrections_with_their_mark(filed: Ledger) -> None:
    row = twelve(filed)
    assert corrected_figures(filed, limit=50) == filed.figures(limit=50)
    correct(filed, row, "number", "21")
    correct(filed, row, "side", "Ostland")
    (figure,) = corrected_figures(filed, FigureQuery(side="Ostland"), limit=50)
    assert (figure.low, figure.high, figure.claim_id) == (21, 21, row.claim.id)
    assert [words.partition(" by ")[0] for words in figure.corrections] == [
        "side corrected from “Ardenia” to “Ostland”",
        "number corrected from “12” to “21”",
    ]
    as_read = filed.figures(limit=50)
    now = corrected_figures(filed, limit=50)
    assert len(now) == len(as_read)
    assert {item.low for item in now} == {item.low for item in as_read} - {12} | {21}
    kestrian = corrected_figures(filed, FigureQuery(side="Kestria"), limit=50)
    assert row.claim.id not in {item.claim_id for item in kestrian}


def test_ledger_figures_left_out_say_so(filed: Ledger) -> None:
    row = twelve(filed)
    reject(filed, row)
    (out,) = [item for item in corrected_figures(filed, limit=50) if item.left_out]
    assert out.claim_id == row.claim.id
    assert out.corrections[0].startswith("rejected by Ben on ")
    before = Known(date(2031, 5, 6), "recorded")
    assert not any(item.left_out for item in corrected_figures(filed, known=before, limit=50))


def test_ledger_figures_are_cut_after_corrections(filed: Ledger) -> None:
    every = corrected_figures(filed, limit=50)
    correct(filed, twelve(filed), "side", "Ostland")
    assert len(corrected_figures(filed, limit=len(every) - 1)) == len(every) - 1
