"""Corrections reach what is counted and checked, on both databases; what was read stays as it was."""

from dataclasses import replace
from datetime import date

import pytest

from counterclaim.ledger import Ledger
from counterclaim.records.claim import Casualty, Event
from counterclaim.records.judgement import Judgement, Mendable
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.corrected_claims import value_of
from counterclaim.service.corrections import as_corrected, corrected_page, correction_marks
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import judge, view_incident
from tests.conftest import ReadText
from tests.ledger.conftest import Clock


@pytest.fixture
def filed(ledger: Ledger, first: Reading, second: Reading, clock: Clock) -> Ledger:
    for reading in (first, second):
        ledger.post(reading, link_into_ledger(reading))
    clock.later(days=3)
    return ledger


def twelve(ledger: Ledger) -> Entry:
    rows = ledger.claims(ClaimQuery(kind="casualty")).rows
    return next(
        entry
        for entry in rows
        if isinstance(entry.claim.payload, Casualty) and entry.claim.payload.count.low == 12
    )


def correct(ledger: Ledger, entry: Entry, name: Mendable, after: str) -> Judgement:
    said = Judgement(
        subject=entry.claim.id,
        verdict="corrected",
        by="Ada",
        field=name,
        before=value_of(as_corrected(ledger.claim(entry.claim.id)).claim, name),
        after=after,
    )
    judge(ledger, said)
    return said


def reject(ledger: Ledger, entry: Entry) -> Judgement:
    said = Judgement(subject=entry.claim.id, verdict="rejected", by="Ben", reason="misread")
    judge(ledger, said)
    return said


def numbers(ledger: Ledger, side: str | None = None, known: Known = EVERYTHING) -> set[str]:
    account = ledger_account(ledger, side, known=known).account
    return {str(point.count) for series in account.series for point in series.points}


def test_ledger_corrected_number_is_in_the_account_from_its_day_on(filed: Ledger) -> None:
    row = twelve(filed)
    before = Known(date(2031, 5, 6), "recorded")
    correct(filed, row, "number", "21")
    assert "21" in numbers(filed)
    assert "12" not in numbers(filed)
    assert "12" in numbers(filed, known=before)
    assert "21" not in numbers(filed, known=before)
    kept = ledger_account(filed).entries[row.claim.id]
    (mark,) = correction_marks(kept)
    assert (mark.field, mark.was, mark.now, mark.by) == ("number", "12", "21", "Ada")
    assert mark.at.date() == date(2031, 5, 7)
    assert filed.claim(row.claim.id).claim == row.claim
    assert filed.verify() == ()


def test_ledger_corrected_side_moves_the_figure_to_the_other_account(filed: Ledger) -> None:
    row = twelve(filed)
    correct(filed, row, "side", "Kestria")
    assert "12" in numbers(filed, "Kestria")
    said = correct(filed, row, "side", "Ardenia")
    assert "12" in numbers(filed, "Ardenia")
    assert "12" not in numbers(filed, "Kestria")
    page = corrected_page(filed, ClaimQuery(kind="casualty", party="Ardenia"), limit=50)
    assert row.claim.id in {entry.claim.id for entry in page.rows}
    judge(filed, Judgement(subject=said.id, verdict="withdrawn", by="Ada"))
    assert "12" in numbers(filed, "Kestria")
    assert "12" not in numbers(filed, "Ardenia")


def test_ledger_pages_of_a_party_go_on_past_what_was_corrected(filed: Ledger) -> None:
    correct(filed, twelve(filed), "side", "Ostland")
    query = ClaimQuery(kind="casualty", party="Ostland")
    assert len(filed.claims(query).rows) == 1
    for party in ("Ardenia", "Kestria"):
        whole = filed.claims(ClaimQuery(party=party), limit=500).rows
        found: list[str] = []
        after: str | None = None
        while True:
            page = filed.claims(ClaimQuery(party=party), limit=1, after=after)
            found += [entry.claim.id for entry in page.rows]
            after = page.next
            if after is None:
                break
        assert found == [entry.claim.id for entry in whole]


def test_ledger_rejected_figure_counts_nowhere_and_is_named(filed: Ledger) -> None:
    row = twelve(filed)
    said = reject(filed, row)
    kept = ledger_account(filed)
    assert "12" not in numbers(filed)
    assert [entry.claim.id for entry in kept.left_out] == [row.claim.id]
    assert correction_marks(kept.left_out[0])[0].reason == "misread"
    assert row.incident_id is not None
    slots = view_incident(filed, row.incident_id).findings
    assert row.claim.id not in {voice.claim_id for item in slots for voice in item.voices}
    earlier = view_incident(filed, row.incident_id, known=Known(date(2031, 5, 6), "recorded"))
    assert row.claim.id in {voice.claim_id for item in earlier.findings for voice in item.voices}
    judge(filed, Judgement(subject=said.id, verdict="withdrawn", by="Ben"))
    assert "12" in numbers(filed)
    assert filed.verify() == ()


def test_ledger_the_latest_verdict_says_whether_a_claim_counts(filed: Ledger) -> None:
    row = twelve(filed)
    reject(filed, row)
    judge(filed, Judgement(subject=row.claim.id, verdict="accepted", by="Ada"))
    assert "12" in numbers(filed)


def shelling(ledger: Ledger) -> Entry:
    rows = ledger.claims(ClaimQuery(kind="event")).rows
    return next(
        entry
        for entry in rows
        if isinstance(entry.claim.payload, Event) and entry.claim.payload.telling == "admitted"
    )


def statuses(ledger: Ledger, incident: str, known: Known = EVERYTHING) -> dict[str, str]:
    found = view_incident(ledger, incident, known=known).findings
    return {item.slot: item.status for item in found}


@pytest.mark.parametrize("clock_asked", ["recorded", "published"])
def test_ledger_corrected_speaker_changes_the_status(filed: Ledger, clock_asked: str) -> None:
    row = shelling(filed)
    home = row.incident_id
    assert home is not None
    assert statuses(filed, home)["occurred"] == "admitted"
    correct(filed, row, "speaker", "Kestria")
    now = Known(date(2031, 5, 9), clock_asked)  # type: ignore[arg-type]
    for known in (EVERYTHING, now):
        assert statuses(filed, home, known)["occurred"] != "admitted"
        view = view_incident(filed, home, known=known)
        parties = {str(v.party) for item in view.findings for v in item.voices}
        assert "Kestria" in parties
    card = next(item for item in filed.incidents().rows if item.id == home)
    assert {slot.slot: slot.status for slot in card.slots}["occurred"] != "admitted"
    then = Known(date(2031, 5, 6), "recorded")
    assert statuses(filed, home, then)["occurred"] == "admitted"
    assert "status" in {
        change.kind for change in filed.changes(filed.claim(row.claim.id).judged[0].recorded_at)
    }
    assert filed.verify() == ()


def test_ledger_corrected_stance_turns_a_telling_into_a_denial(filed: Ledger) -> None:
    row = shelling(filed)
    assert row.incident_id is not None
    said = correct(filed, row, "stance", "deny")
    assert "occurred" not in statuses(filed, row.incident_id)
    judge(filed, Judgement(subject=said.id, verdict="withdrawn", by="Ada"))
    assert statuses(filed, row.incident_id)["occurred"] == "admitted"


def test_ledger_corrected_place_is_looked_up(filed: Ledger) -> None:
    row = shelling(filed)
    correct(filed, row, "place", "Stepanakert")
    page = corrected_page(filed, ClaimQuery(kind="event"), limit=50)
    found = next(entry for entry in page.rows if entry.claim.id == row.claim.id)
    assert isinstance(found.claim.payload, Event)
    assert found.claim.payload.place is not None
    assert found.claim.payload.place.latitude is not None
    assert row.incident_id is not None
    view = view_incident(filed, row.incident_id)
    assert any("Stepanakert" in item.proposition for item in view.findings)


def test_ledger_correction_outlives_a_later_report_and_a_new_reading(
    filed: Ledger, first: Reading, read_text: ReadText
) -> None:
    row = shelling(filed)
    correct(filed, row, "speaker", "Kestria")
    assert row.incident_id is not None
    again = replace(first, signature={**first.signature, "counterclaim": "99"})
    filed.post(again, link_into_ledger(again))
    home = filed.claim(row.claim.id).incident_id
    assert home is not None
    assert statuses(filed, home)["occurred"] != "admitted"
    later = read_text("Ardenia had shelled Varn, Ostland said on Tuesday.\n", date(2031, 5, 4))
    filed.post(later, link_into_ledger(later))
    home = filed.claim(row.claim.id).incident_id
    assert home is not None
    view = view_incident(filed, home)
    stands = {
        str(voice.party)
        for item in view.findings
        for voice in item.voices
        if voice.claim_id == row.claim.id
    }
    assert stands <= {"Kestria"}
    assert filed.verify() == ()
