"""Withdrawing: a report leaves every view, total and incident, and comes back as if it had never been away."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest

from counterclaim.ingest import Opened
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import KeptOutError, WithdrawalError
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools
from counterclaim.records.alert import Matter
from counterclaim.records.judgement import Judgement
from counterclaim.records.query import EVERYTHING, IncidentQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.incident_list import IncidentAsk, catalogue_of
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import file_opened, file_reading, judge, view_incident
from counterclaim.service.statement_views import SayingAsk, sayings_of
from counterclaim.service.today import tell_today
from counterclaim.service.withdrawing import restore_report, withdraw_report
from tests.ledger.conftest import Clock

TEXTS = (
    "Azerbaijan acknowledged on Wednesday that it had carried out airstrikes inside Armenia near the town of Vardenis.",
    "Armenia's defence ministry confirmed that areas near Vardenis were hit by Azerbaijani airstrikes. It denied firing at Ganja.",
    "Azerbaijan accused Armenia of shelling Ganja on Wednesday. It said 7 civilians were killed in Ganja.",
    "Azerbaijan said on Wednesday that 9 civilians were killed in Ganja. Armenia denied the charge.",
)
EARLY = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def readings(tools: Tools) -> tuple[Reading, ...]:
    return tuple(
        read_document(
            Document(
                text=text,
                name=f"https://o{n}.example/",
                outlet=f"Outlet {n}",
                published=date(2020, 10, 14 + n % 2),
            ),
            tools=tools,
        )
        for n, text in enumerate(TEXTS)
    )


def fill(ledger: Ledger, readings: tuple[Reading, ...]) -> None:
    for item in readings:
        file_reading(ledger, item)


def told(ledger: Ledger, known: Known = EVERYTHING) -> dict[str, object]:
    """Return all that views show, without numbers of rows and times of recording."""
    incidents = {}
    for card in ledger.incidents(limit=1_000, known=known).rows:
        view = ledger.incident(card.id, known=known)
        incidents[frozenset(entry.claim.id for entry in view.entries)] = (
            card.label,
            card.parties,
            card.claims,
            card.documents,
            card.first_day,
            frozenset(item.id for item in view.attributions),
            sorted(
                (item.slot, item.proposition, item.status, sorted(v.claim_id for v in item.voices))
                for item in view.findings
            ),
        )
    account = ledger_account(ledger, known=known).account
    return {
        "documents": {card.id for card in ledger.documents(limit=1_000, known=known).rows},
        "claims": [entry.claim.id for entry in ledger.claims(limit=1_000, known=known).rows],
        "figures": [item.claim_id for item in ledger.figures(known=known)],
        "found": {
            hit.entry.claim.id for hit in ledger.search("Ganja", limit=1_000, known=known).rows
        },
        "incidents": incidents,
        "account": [str(point.count) for row in account.series for point in row.points],
        "totals": [str(total) for total in account.totals],
    }


def beside(ledger: Ledger) -> dict[str, object]:
    """Return what is kept in memory, or shown as it stands now alone."""
    listed = catalogue_of(ledger).find(IncidentAsk(single=True), limit=1_000)
    said = sayings_of(ledger).find(SayingAsk(), limit=1_000)
    today = tell_today(ledger, EARLY)
    return {
        "listed": {item.id for item in listed.facts},
        "outlets": sorted((item.value, item.rows) for item in listed.counts["outlet"]),
        "said": [row.said.attribution.id for row in said.rows],
        "reports": today.reports,
        "tolls": len(today.tolls),
        "parties": {(row.root, row.named, row.said) for row in ledger.parties(limit=1_000).rows},
        "sides": {(row.root, row.named) for row in ledger.figure_sides(limit=100)},
        "names": ledger.facts.party_names(),
        "kinds": dict(ledger.stats().claims_by_kind),
        "problems": ledger.problem_codes(),
        "stale": {item.id for item in ledger.stale_documents({"other": "version"})},
        "changes": {
            item.subject
            for item in ledger.changes(EARLY)
            if item.kind in {"document", "figure", "denial", "admission"}
        },
    }


@pytest.mark.parametrize("which", range(len(TEXTS)))
def test_ledger_without_a_report_is_as_if_it_had_never_been_added(
    ledger: Ledger, readings: tuple[Reading, ...], which: int
) -> None:
    others = tuple(item for n, item in enumerate(readings) if n != which)
    fill(ledger, others)
    wanted, wanted_beside = told(ledger), beside(ledger)
    file_reading(ledger, readings[which])
    whole, whole_beside = told(ledger), beside(ledger)
    assert whole != wanted
    gone = readings[which].document.id
    withdraw_report(ledger, gone, by="Ada", reason="added by mistake")
    assert told(ledger) == wanted
    assert beside(ledger) == wanted_beside
    assert ledger.verify() == ()
    restore_report(ledger, gone, by="Ada", reason="it was none")
    assert told(ledger) == whole
    assert beside(ledger) == whole_beside
    assert ledger.verify() == ()


def test_ledger_withdrawal_is_known_from_its_day_on(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    fill(ledger, readings)
    before, day = told(ledger), clock.at.date()
    clock.later(days=2)
    withdraw_report(ledger, readings[0].document.id, by="Ada", reason="asked to be taken down")
    then = Known(day=day, clock="recorded")
    assert told(ledger, then)["claims"] == before["claims"]
    assert told(ledger, then)["incidents"] == before["incidents"]
    assert told(ledger)["claims"] != before["claims"]
    now = Known(day=day + timedelta(days=2), clock="recorded")
    assert told(ledger, now)["claims"] == told(ledger)["claims"]
    published = told(ledger, Known(day=date(2020, 10, 20), clock="published"))
    assert published["claims"] == told(ledger)["claims"]


def test_ledger_withdrawal_says_who_when_and_why(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    fill(ledger, readings)
    name = readings[0].document.id
    assert ledger.withdrawals.standing(name) is None
    withdraw_report(ledger, name, by="Ada", reason="asked to be taken down")
    held = ledger.withdrawals.standing(name)
    assert held is not None
    assert str(held) == f"withdrawn on {clock.at.date()} by Ada: asked to be taken down"
    assert ledger.withdrawals.now() == (held,)
    assert ledger.withdrawals.among([item.document.id for item in readings]) == {name}
    assert ledger.claim(readings[0].claims[0].id).incident_id is None
    restore_report(ledger, name, by="Ben", reason="the outlet stands by it")
    assert ledger.withdrawals.standing(name) is None
    assert [item.by for item in ledger.withdrawals.of(name)] == ["Ada", "Ben"]
    assert [item.what for item in ledger.changes(EARLY) if item.kind == "withdrawal"] == [
        f"Ada withdrew {name}: asked to be taken down",
        f"Ben brought back {name}: the outlet stands by it",
    ]


def test_ledger_withdrawal_twice_or_without_a_reason_is_refused(
    ledger: Ledger, readings: tuple[Reading, ...]
) -> None:
    fill(ledger, readings[:1])
    name = readings[0].document.id
    with pytest.raises(WithdrawalError, match="not withdrawn"):
        restore_report(ledger, name, by="Ada", reason="why not")
    for by, reason in (("", "x"), ("Ada", " ")):
        with pytest.raises(WithdrawalError, match="say"):
            withdraw_report(ledger, name, by=by, reason=reason)
    withdraw_report(ledger, name, by="Ada", reason="x")
    with pytest.raises(WithdrawalError, match="was withdrawn on"):
        withdraw_report(ledger, name, by="Ada", reason="x")
    assert ledger.verify() == ()


def test_ledger_withdrawn_text_does_not_come_back_by_itself(
    ledger: Ledger, readings: tuple[Reading, ...], tools: Tools
) -> None:
    fill(ledger, readings)
    name = readings[0].document.id
    withdraw_report(ledger, name, by="Ada", reason="x")
    before = ledger.last_posting()
    elsewhere = Document(
        text=TEXTS[0], name="https://mirror.example/", published=date(2020, 10, 14)
    )
    reader = OwnReader(tools)
    for again in (readings[0].document, elsewhere):
        with pytest.raises(KeptOutError, match=f"counterclaim restore {name}"):
            file_opened(ledger, Opened(again, (), None), reader=reader)
        with pytest.raises(KeptOutError):
            file_reading(ledger, read_document(again, tools=tools))
    assert ledger.last_posting() == before


def test_ledger_reports_met_meanwhile_are_linked_with_what_comes_back(
    ledger: Ledger, readings: tuple[Reading, ...]
) -> None:
    fill(ledger, readings)
    whole = told(ledger)["incidents"]
    assert isinstance(whole, dict)
    first, second = readings[0].document.id, readings[1].document.id
    withdraw_report(ledger, first, by="Ada", reason="x")
    withdraw_report(ledger, second, by="Ada", reason="x")
    restore_report(ledger, first, by="Ada", reason="y")
    restore_report(ledger, second, by="Ada", reason="y")
    assert told(ledger)["incidents"] == whole
    open_ones = ledger.incidents(IncidentQuery(), limit=100).rows
    members = [
        name for card in open_ones for name in view_incident(ledger, card.id).incident.claim_ids
    ]
    assert sorted(members) == sorted(
        claim.id for claim in chain(*(item.claims for item in readings))
    )


def test_ledger_judgements_on_a_withdrawn_report_hold_when_it_comes_back(
    ledger: Ledger, readings: tuple[Reading, ...]
) -> None:
    fill(ledger, readings)
    claim, other = readings[0].claims[0], readings[1].claims[0]
    withdraw_report(ledger, claim.document_id, by="Ada", reason="x")
    judge(ledger, Judgement(subject=claim.id, verdict="rejected", by="Ben", reason="misread"))
    judge(ledger, Judgement(subject=claim.id, other=other.id, verdict="different", by="Ben"))
    assert ledger.verify() == ()
    restore_report(ledger, claim.document_id, by="Ada", reason="y")
    assert ledger.verify() == ()
    home, beside_it = (ledger.claim(name).incident_id for name in (claim.id, other.id))
    assert home != beside_it
    assert not any(
        voice.claim_id == claim.id
        for finding in view_incident(ledger, home or "").findings
        for voice in finding.voices
    )


def test_ledger_what_was_found_in_a_withdrawn_report_is_in_no_feed(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    fill(ledger, readings)
    matters = [
        Matter(
            rule="losses",
            base=f"figure|{item.document.id}",
            day=date(2020, 10, 14),
            headline="told",
            words="told",
            document_id=item.document.id,
            claim_id=item.claims[0].id,
            recorded_at=clock.at.isoformat(),
        )
        for item in readings
    ]
    ledger.outbox.collect(matters, {}, clock.at, {"losses": clock.at})
    assert len(ledger.outbox.listed()) == len(readings)
    withdraw_report(ledger, readings[0].document.id, by="Ada", reason="x")
    shown = {item.matter.document_id for item in ledger.outbox.listed()}
    assert shown == {item.document.id for item in readings[1:]}
