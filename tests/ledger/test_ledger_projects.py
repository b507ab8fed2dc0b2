"""Projects: what is proposed and why, what hands decide, and that every view keeps two wars apart."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.engine import make_engine
from counterclaim.ledger.errors import LedgerError, UnknownProjectError, UnknownRowError
from counterclaim.lexicon.conflicts import ConflictError
from counterclaim.records.problem import Problem
from counterclaim.records.query import ClaimQuery, FigureQuery, IncidentQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.incident_list import IncidentAsk, catalogue_of
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.statement_views import SayingAsk, sayings_of
from counterclaim.service.today import tell_today
from counterclaim.service.withdrawing import restore_report, withdraw_report
from tests.conftest import ReadText
from tests.ledger.conftest import Clock
from tests.ledger.wars import COAST, TEXTS, VALLEY

OF_VALLEY, OF_COAST = Known(project="valley"), Known(project="coast")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def war_readings(read_text: ReadText) -> Mapping[str, Reading]:
    return {name: read_text(words, day) for name, (words, day) in TEXTS.items()}


@pytest.fixture
def wars(ledger: Ledger, war_readings: Mapping[str, Reading]) -> Ledger:
    """Return a ledger of two projects: one added before its reports, one after."""
    ledger.projects.add("valley", VALLEY, by="Ada")
    for reading in war_readings.values():
        ledger.post(reading, link_into_ledger(reading))
    ledger.projects.add("coast", COAST, by="Ada")
    return ledger


def told(ledger: Ledger, reading: Reading) -> dict[str, tuple[bool, str, str]]:
    return {
        item.project: (item.joined, item.basis, item.why)
        for item in ledger.projects.of_document(reading.document.id)
    }


def test_projects_are_proposed_by_what_a_report_speaks_of(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    valley = (True, "proposed", "speaks of both sides: Ardenia, Kestria")
    coast = (True, "proposed", "speaks of both sides: Ardenia, Thelia")
    assert told(wars, war_readings["valley"]) == {"valley": valley}
    assert told(wars, war_readings["coast"]) == {"coast": coast}
    assert told(wars, war_readings["both"]) == {"coast": coast, "valley": valley}
    assert told(wars, war_readings["neither"]) == {}
    assert wars.verify() == ()


def test_claims_of_a_report_of_two_wars_go_where_they_speak_of(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    both = war_readings["both"].document.id
    speakers = {
        known.project: {
            party.root
            for entry in wars.claims(ClaimQuery(document_id=both), known=known).rows
            for party in entry.claim.speakers
        }
        for known in (OF_VALLEY, OF_COAST)
    }
    assert speakers == {"valley": {"Kestria", "Ardenia"}, "coast": {"Thelia", "Ardenia"}}


def test_every_list_is_of_the_project_asked_for(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    other = {claim.id for claim in war_readings["coast"].claims}
    other |= {claim.id for claim in war_readings["neither"].claims}
    own = {claim.id for claim in war_readings["valley"].claims}
    listed = {entry.claim.id for entry in wars.claims(known=OF_VALLEY, limit=500).rows}
    assert own <= listed
    assert not listed & other
    for query in (ClaimQuery(kind="event"), ClaimQuery(stance="deny"), ClaimQuery(party="Ardenia")):
        every = {entry.claim.id for entry in wars.claims(query, limit=500).rows}
        some = {entry.claim.id for entry in wars.claims(query, known=OF_VALLEY, limit=500).rows}
        assert some == every & listed
        assert some != every
    assert {card.id for card in wars.documents(known=OF_VALLEY).rows} == {
        war_readings[name].document.id for name in ("valley", "both")
    }
    hits = wars.search("killed", known=OF_VALLEY).rows
    assert hits
    assert {hit.entry.claim.id for hit in hits} <= listed
    best = wars.search("killed", known=OF_VALLEY, order="best").rows
    assert {hit.entry.claim.id for hit in best} == {hit.entry.claim.id for hit in hits}
    figures = wars.figures(FigureQuery(), known=OF_VALLEY)
    assert figures
    assert {row.claim_id for row in figures} <= listed
    names = {row.root for row in wars.parties(known=OF_VALLEY).rows}
    assert {"Ardenia", "Kestria"} <= names
    assert not names & {"Thelia", "Turkey"}
    assert {row.root for row in wars.figure_sides(known=OF_VALLEY)} <= names


def test_a_party_is_counted_in_its_project_alone(wars: Ledger) -> None:
    every = {row.root: row.named for row in wars.parties().rows}
    own = {row.root: row.named for row in wars.parties(known=OF_VALLEY).rows}
    assert own["Kestria"] == every["Kestria"]
    assert own["Ardenia"] < every["Ardenia"]


def test_incidents_sayings_and_today_are_of_the_project(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    listed = {entry.claim.id for entry in wars.claims(known=OF_VALLEY, limit=500).rows}
    cards = wars.incidents(IncidentQuery(), known=OF_VALLEY, limit=500).rows
    assert 0 < len(cards) < len(wars.incidents(IncidentQuery(), limit=500).rows)
    for card in cards:
        assert listed & set(wars.incident(card.id).incident.claim_ids)
    found = catalogue_of(wars).find(IncidentAsk(single=True), known=OF_VALLEY, limit=500)
    assert {item.id for item in found.facts} == {card.id for card in cards}
    sayings = sayings_of(wars).find(SayingAsk(), known=OF_VALLEY, limit=500)
    said = {row.said.document_id for row in sayings.rows}
    assert said == {war_readings[name].document.id for name in ("valley", "both")}
    speakers = {party.root for row in sayings.rows for party in row.speakers}
    assert "Kestria" in speakers
    assert not speakers & {"Thelia", "Turkey"}
    every, own = tell_today(wars, LONG_AGO), tell_today(wars, LONG_AGO, project="valley")
    assert (every.reports, own.reports) == (4, 2)
    assert 0 < sum(own.denied.values()) < sum(every.denied.values())


def test_lists_of_a_project_go_on_from_page_to_page(wars: Ledger) -> None:
    for known in (OF_VALLEY, OF_COAST):
        for ask in (wars.claims, wars.documents, wars.incidents):
            whole = list(ask(known=known, limit=500).rows)
            paged: list[object] = []
            after: str | None = None
            while True:
                page = ask(known=known, limit=1, after=after)
                paged += page.rows
                after = page.next
                if after is None:
                    break
            assert paged == whole
            assert len(whole) > 1


def test_problems_are_of_the_project_or_of_no_report(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    wars.note_problem("https://news.example/a", Problem("source", "it cannot be read"))
    told = {item.document_id for item in wars.problems(known=OF_VALLEY)}
    assert None in told
    assert told <= {None, *(war_readings[name].document.id for name in ("valley", "both"))}


def test_two_wars_give_two_accounts(wars: Ledger) -> None:
    numbers = {}
    for known in (OF_VALLEY, OF_COAST):
        kept = ledger_account(wars, known=known)
        numbers[known.project] = {
            str(point.count) for series in kept.account.series for point in series.points
        }
    assert numbers == {"valley": {"12", "5"}, "coast": {"7", "9"}}


def test_what_hands_decide_stays(
    wars: Ledger, war_readings: Mapping[str, Reading], read_text: ReadText
) -> None:
    document = war_readings["coast"].document.id
    catalogue, sayings = catalogue_of(wars), sayings_of(wars)
    before = catalogue.find(IncidentAsk(single=True), known=OF_COAST).total
    said = sayings.find(SayingAsk(), known=OF_COAST).total
    assert wars.projects.assign(document, "coast", joined=False, by="Ben", why="a drill")
    assert not wars.projects.assign(document, "coast", joined=False, by="Ben", why="a drill")
    assert told(wars, war_readings["coast"])["coast"] == (False, "by hand", "a drill")
    assert document not in {card.id for card in wars.documents(known=OF_COAST).rows}
    assert catalogue.find(IncidentAsk(single=True), known=OF_COAST).total < before
    assert sayings.find(SayingAsk(), known=OF_COAST).total < said
    wars.projects.add("coast", COAST + b"# seen again\n", by="Ada")
    assert told(wars, war_readings["coast"])["coast"] == (False, "by hand", "a drill")
    other = war_readings["neither"].document.id
    assert wars.projects.assign(other, "coast", joined=True, by="Ben", why="")
    assert other in {card.id for card in wars.documents(known=OF_COAST).rows}
    assert wars.claims(ClaimQuery(document_id=other), known=OF_COAST).rows
    assert wars.verify() == ()


def test_a_newer_file_proposes_anew(wars: Ledger, war_readings: Mapping[str, Reading]) -> None:
    changed = COAST.replace(b"Thelia", b"Turkey").replace(b"Ardenia", b"Syria")
    card, touched = wars.projects.add("coast", changed, by="Ada")
    assert touched == 3
    assert card.documents == 1
    assert [item.document_id for item in wars.projects.documents_of("coast") if item.joined] == [
        war_readings["neither"].document.id
    ]
    assert told(wars, war_readings["coast"])["coast"][0] is False
    assert wars.projects.file("coast") == changed
    assert wars.projects.add("coast", changed, by="Ada")[1] == 0
    assert wars.verify() == ()


def test_a_withdrawn_report_is_in_no_list_of_its_project(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    document = war_readings["valley"].document.id
    withdraw_report(wars, document, by="Ada", reason="a mistake")
    assert wars.projects.card("valley").documents == 1
    assert document not in {card.id for card in wars.documents(known=OF_VALLEY).rows}
    assert document not in {
        entry.claim.document_id for entry in wars.claims(known=OF_VALLEY, limit=500).rows
    }
    assert wars.verify() == ()
    restore_report(wars, document, by="Ada", reason="it was none")
    assert wars.projects.card("valley").documents == 2
    assert document in {card.id for card in wars.documents(known=OF_VALLEY).rows}


def test_what_is_asked_for_by_its_id_is_shown_whole(
    wars: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    claim = war_readings["coast"].claims[0]
    assert wars.claim(claim.id, known=OF_VALLEY).claim.id == claim.id
    whole = wars.document(claim.document_id, known=OF_VALLEY)
    assert len(whole.claims) == len(war_readings["coast"].claims)


def test_an_earlier_day_and_a_project_narrow_together(wars: Ledger, clock: Clock) -> None:
    early = Known(TEXTS["valley"][1], project="valley")
    assert {entry.document_name for entry in wars.claims(known=early).rows}
    assert len(wars.documents(known=early).rows) == 1
    recorded = Known(clock.at.date(), "recorded", project="valley")
    assert len(wars.documents(known=recorded).rows) == 2


def test_an_unknown_project_is_an_error_that_helps(
    wars: Ledger, ledger: Ledger, war_readings: Mapping[str, Reading]
) -> None:
    with pytest.raises(UnknownProjectError, match="did you mean valley"):
        wars.claims(known=Known(project="vally"))
    with pytest.raises(UnknownProjectError, match="there are coast, valley"):
        catalogue_of(wars).find(IncidentAsk(), known=Known(project="xyz"))
    with pytest.raises(UnknownProjectError):
        sayings_of(wars).find(SayingAsk(), known=Known(project="xyz"))
    document = war_readings["valley"].document.id
    with pytest.raises(UnknownProjectError):
        wars.projects.assign(document, "xyz", joined=True, by="Ada", why="")
    with pytest.raises(UnknownRowError):
        wars.projects.assign("d-none", "valley", joined=True, by="Ada", why="")


def test_an_empty_ledger_says_how_to_begin(ledger: Ledger) -> None:
    with pytest.raises(UnknownProjectError, match="project add"):
        ledger.claims(known=OF_VALLEY)


@pytest.mark.parametrize("name", ["all", "", "Valley", "a b", "../x", "x" * 61, "-x"])
def test_a_project_has_a_name_for_addresses(ledger: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="small letters"):
        ledger.projects.add(name, VALLEY, by="Ada")


@pytest.mark.parametrize(
    "content", [b"\xff", b"name = 1", b"x = [", VALLEY.replace(b"epoch", b"e")]
)
def test_what_is_no_conflict_file_is_refused(ledger: Ledger, content: bytes) -> None:
    with pytest.raises(ConflictError):
        ledger.projects.add("valley", content, by="Ada")
    assert ledger.projects.names() == ()


def test_a_lost_index_is_told_and_made_again(wars: Ledger, empty: str) -> None:
    engine = make_engine(empty)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM claim_projects WHERE project = 'valley'"))
    engine.dispose()
    faults = wars.verify()
    assert [fault.where for fault in faults] == ["claim_projects"]
    assert "reindex" in faults[0].what
    wars.reindex()
    assert wars.verify() == ()
    assert wars.claims(known=OF_VALLEY).rows


def test_a_copy_has_the_projects(wars: Ledger, tmp_path: object) -> None:
    target = f"{tmp_path}/copy.db"
    wars.copy_to(target)
    with open_ledger(target) as copy:
        assert copy.projects.names() == wars.projects.names()
        ids = [entry.claim.id for entry in copy.claims(known=OF_VALLEY).rows]
        assert ids == [entry.claim.id for entry in wars.claims(known=OF_VALLEY).rows]
