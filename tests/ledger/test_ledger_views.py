"""Views: what the ledger shows, and as known on which day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import SearchError, UnknownRowError
from counterclaim.records.claim import Casualty
from counterclaim.records.query import ClaimQuery, FigureQuery, IncidentQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger
from tests.ledger.conftest import MORNING, Clock
from tests.ledger.relinking import relink


@pytest.fixture
def both(ledger: Ledger, first: Reading, second: Reading, clock: Clock) -> Ledger:
    ledger.post(first)
    clock.later(days=2)
    ledger.post(second)
    return ledger


def test_ledger_claims_come_newest_first_and_page(both: Ledger) -> None:
    everything = both.claims(limit=1_000)
    assert everything.next is None
    numbers, after = [], None
    while True:
        page = both.claims(limit=2, after=after)
        numbers += [entry.claim.id for entry in page.rows]
        after = page.next
        if after is None:
            break
    assert numbers == [entry.claim.id for entry in everything.rows]


def test_ledger_claims_narrow(both: Ledger, first: Reading, second: Reading) -> None:
    figures = both.claims(ClaimQuery(kind="casualty")).rows
    assert {entry.claim.kind for entry in figures} == {"casualty"}
    own = both.claims(ClaimQuery(document_id=first.document.id)).rows
    assert {entry.claim.id for entry in own} == {claim.id for claim in first.claims}
    said = both.claims(ClaimQuery(speaker="Ardenia")).rows
    assert said
    assert all("Ardenia" in {party.root for party in entry.claim.speakers} for entry in said)
    assert both.claims(ClaimQuery(party="nobody")).rows == ()
    assert both.claims(ClaimQuery(stance="deny", first_day=date(2031, 5, 7))).rows == ()
    by_day = both.claims(ClaimQuery(first_day=date(2031, 5, 5))).rows
    assert {entry.claim.document_id for entry in by_day} == {second.document.id}


def test_ledger_entry_says_whose_words_and_where(both: Ledger, first: Reading) -> None:
    for claim in first.claims:
        entry = both.claim(claim.id)
        assert entry.claim == claim
        assert entry.known_on == date(2031, 5, 3)
        assert entry.recorded_at == MORNING
        assert (entry.attribution is None) == (claim.attribution_id is None)
        if entry.attribution is not None:
            assert entry.attribution.id == claim.attribution_id
        assert entry.incident_id is not None
        assert claim.id in both.incident(entry.incident_id).incident.claim_ids


def test_ledger_as_published_by_a_day(both: Ledger, first: Reading) -> None:
    known = Known(date(2031, 5, 4))
    assert {entry.claim.document_id for entry in both.claims(known=known).rows} == {
        first.document.id
    }
    assert {row.id for row in both.documents(known=known).rows} == {first.document.id}
    assert len(both.incidents(known=known).rows) == len(first.incidents)
    assert both.claims(known=Known(date(2031, 5, 2))).rows == ()


def test_ledger_as_recorded_by_a_day(both: Ledger, first: Reading) -> None:
    known = Known(MORNING.date(), "recorded")
    assert {entry.claim.document_id for entry in both.claims(known=known).rows} == {
        first.document.id
    }
    assert both.documents(known=Known(MORNING.date() - timedelta(days=1), "recorded")).rows == ()
    assert len(both.search("Ardenia", known=known).rows) < len(both.search("Ardenia").rows)
    assert len(both.figures(known=known)) < len(both.figures())


def test_ledger_figures_give_a_series(both: Ledger, first: Reading, second: Reading) -> None:
    coded = [
        (claim.id, claim.payload.count.low, claim.payload.measure)
        for claim in (*first.claims, *second.claims)
        if isinstance(claim.payload, Casualty) and claim.payload.outcome == "killed"
    ]
    figures = both.figures(FigureQuery(outcome="killed"))
    assert [(row.claim_id, row.low, row.measure) for row in figures] == coded
    assert [row.low for row in figures] == [12, 40]
    (ardenian,) = both.figures(FigureQuery(reporter="Ardenia"))
    assert ardenian.low == 40
    assert both.figures(FigureQuery(first_day=date(2031, 5, 7))) == ()


def test_ledger_search_finds_words(both: Ledger) -> None:
    (hit,) = both.search("wounded soldier").rows[:1]
    assert "12 soldiers were killed and 30 wounded" in hit.words
    assert both.search('"respect the ceasefire"').rows
    assert both.search('"ceasefire respect"').rows == ()
    assert both.search("shell*").rows
    assert both.search("soldiers -wounded").rows
    assert all("wounded" not in row.words for row in both.search("soldiers -wounded").rows)
    assert both.search("killed", order="best").rows


def test_ledger_search_pages(both: Ledger) -> None:
    for order in ("newest", "best"):
        whole = [hit.entry.claim.id for hit in both.search("said", order=order, limit=100).rows]
        one = both.search("said", order=order, limit=1)
        rest = both.search("said", order=order, limit=100, after=one.next)
        assert [hit.entry.claim.id for hit in (*one.rows, *rest.rows)] == whole
        assert len(whole) > 1


@pytest.mark.parametrize("words", ["", " ", '""', "-", "-killed", "*'\"()"])
def test_ledger_search_wants_a_word(both: Ledger, words: str) -> None:
    with pytest.raises(SearchError, match="word"):
        both.search(words)


@pytest.mark.parametrize(
    "words", ["it's", 'a"b', "NEAR(x", "x OR", "col:x", "a & b | !c", "'; drop --", "é\x00\udc00x"]
)
def test_ledger_search_takes_any_words(both: Ledger, words: str) -> None:
    both.search(words)


def test_ledger_incidents_narrow(both: Ledger) -> None:
    kinds = {row.kind for row in both.incidents(IncidentQuery(kind="casualty")).rows}
    assert kinds == {"casualty"}
    for row in both.incidents(IncidentQuery(party="Kestria")).rows:
        assert "Kestria" in row.parties
    told = both.incidents(IncidentQuery(status="undisclosed")).rows
    assert told
    assert all("undisclosed" in {slot.status for slot in row.slots} for row in told)
    assert both.incidents(IncidentQuery(first_day=date(2040, 1, 1))).rows == ()


def test_ledger_changes_since(both: Ledger, second: Reading) -> None:
    changes = both.changes(MORNING + timedelta(days=1))
    assert {change.document_id for change in changes if change.document_id} == {second.document.id}
    kinds = {change.kind for change in changes}
    assert {"document", "figure", "denial", "incident"} <= kinds
    (figure,) = [change for change in changes if change.kind == "figure"]
    assert figure.what.endswith("military: 40 killed (cumulative), by Ardenia")
    assert both.changes(MORNING + timedelta(days=3)) == ()


def test_ledger_changed_status_shows(ledger: Ledger, first: Reading, clock: Clock) -> None:
    ledger.post(first)
    clock.later(days=1)
    finding = next(item for item in first.findings if item.status == "undisclosed")
    changed = replace(finding, status="withdrawn")
    from counterclaim.ledger.linking_view import LinkedIncidents

    incident = next(item for item in first.incidents if item.id == finding.incident_id)
    assert relink(ledger, LinkedIncidents(incidents=(incident,), findings=(changed,)))
    (change,) = ledger.changes(clock.at - timedelta(hours=1))
    assert (change.kind, change.before, change.after) == ("status", "undisclosed", "withdrawn")
    before = ledger.incident(incident.id, known=Known(MORNING.date(), "recorded"))
    assert finding in before.findings
    assert not relink(ledger, LinkedIncidents(incidents=(incident,), findings=(changed,)))


@pytest.mark.parametrize("row", ["c-000000000000", "x", "", "i-1"])
def test_ledger_unknown_rows_are_said_so(both: Ledger, row: str) -> None:
    for view in (both.claim, both.incident, both.document):
        with pytest.raises(UnknownRowError, match="no such row"):
            view(row)


def test_ledger_quick_stats_are_the_counted_ones(
    ledger: Ledger, first: Reading, second: Reading
) -> None:
    assert set(ledger.stats(quick=True).counts.values()) == {0}
    for reading in (first, second):
        ledger.post(reading, link_into_ledger(reading))
    whole, quick = ledger.stats(), ledger.stats(quick=True)
    assert {name: whole.counts[name] for name in quick.counts} == dict(quick.counts)
    assert quick.counts["claims"] == len(first.claims) + len(second.claims)
    assert quick.last_recorded == whole.last_recorded
