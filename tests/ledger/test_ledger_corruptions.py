"""Every table, column, index and trigger damaged in turn: each damage is found, and told with what to do."""

from datetime import UTC, datetime, timedelta

import pytest
from bench.attacks.corruptions import list_damages, try_all
from bench.attacks.filled import fill_beside
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from counterclaim.ledger import Ledger
from counterclaim.records.feed import FeedState
from counterclaim.records.judgement import Judgement
from counterclaim.records.problem import Problem
from counterclaim.records.query import Known
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger
from tests.ledger.conftest import Clock

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(ledger: Ledger, first: Reading, second: Reading) -> Ledger:
    """Return a ledger none of whose tables is empty."""
    ledger.post(first, link_into_ledger(first))
    ledger.people.add("Ada", "admin", "correct horse battery", by="test")
    ledger.people.add("Ben", "analyst", "correct horse battery", by="Ada")
    assert ledger.people.log_in("Ada", "correct horse battery", timedelta(hours=1))
    for number in range(3):
        ledger.people.note("Ada", "POST", f"/{number}", "303", "127.0.0.1")
    ledger.post(second, link_into_ledger(second))
    claim = first.claims[0].id
    ledger.judge(Judgement(subject=claim, verdict="verified_visual", by="Ada"))
    ledger.note_problem("https://news.example/a", Problem("unreadable", "it cannot be read"))
    ledger.note_feed(
        FeedState(address="https://news.example/rss", etag="a", polled_at=datetime.now(UTC))
    )
    fill_beside(ledger, claim)
    ledger.people.note("Ada", "POST", "/last", "303", "127.0.0.1")
    return ledger


SAMPLE = 12
"""Of so many damages one is tried here; ``python -m bench attacks corruptions`` tries all."""


def test_ledger_verify_finds_damages(filled: Ledger) -> None:
    assert filled.verify() == ()
    with filled._engine.connect() as connection:
        damages = list_damages(connection)
    assert len(damages) > 400
    told = try_all(filled._engine, damages[::SAMPLE])
    assert told["missed"] == []
    assert told["ended otherwise than in a sentence that says what to do"] == []
    assert filled.verify() == ()


def test_ledger_verify_says_what_it_leaves_out(filled: Ledger) -> None:
    remarks = " ".join(filled.remarks())
    for words in (
        "feeds",
        "visits",
        "outbox",
        "bookmarks",
        "sessions",
        "accounts: 2 rows; seal",
        "audit: 4 rows; seal",
    ):
        assert words in remarks


def test_ledger_verify_expects_the_seal_of_an_account(filled: Ledger) -> None:
    (audit,) = (words for words in filled.remarks() if words.startswith("audit"))
    assert filled.verify(expect=(audit.split()[-1], filled.stats().seal or "")) == ()
    (fault,) = filled.verify(expect="0" * 63 + "1")
    assert fault.kind == "seal-not-found"


def test_ledger_posting_seals_where_the_audit_log_ended(filled: Ledger) -> None:
    """Who seals accounts and audit log anew, ends and all, is found by the postings that saw them."""
    with filled._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("DROP TRIGGER audit_no_delete"))
            connection.execute(text("DELETE FROM audit"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("TRUNCATE audit"))
        connection.execute(
            text("UPDATE heads SET n = 0, seal = :seal WHERE chain = 'audit'"), {"seal": "0" * 64}
        )
    assert any("saw another row" in fault.what for fault in filled.verify())


@pytest.mark.parametrize("table", ["accounts", "audit"])
def test_ledger_database_refuses_to_empty_the_people(filled: Ledger, table: str) -> None:
    empty = "DELETE FROM" if filled._engine.dialect.name == "sqlite" else "TRUNCATE"
    with pytest.raises(DBAPIError, match="only added"), filled._engine.begin() as connection:
        connection.execute(text(f"{empty} {table}{' CASCADE' if empty == 'TRUNCATE' else ''}"))


def test_ledger_row_follows_the_end_that_was_kept(filled: Ledger) -> None:
    """Rows cut off the end are not written over by the next one."""
    with filled._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_delete"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM audit WHERE n = 4"))
    filled.people.note("Eve", "POST", "/", "303", "127.0.0.1")
    assert any(fault.where == "audit row 5" for fault in filled.verify())


def test_ledger_clock_once_ahead_does_not_date_what_follows(
    ledger: Ledger, first: Reading, second: Reading, clock: Clock
) -> None:
    ledger.note_problem("a", Problem("source", "it cannot be read"))
    morning = clock.at
    clock.at = datetime(2099, 1, 1, tzinfo=UTC)
    ledger.post(first)
    clock.at = morning + timedelta(hours=1)
    assert "2099-01-01" in (ledger.clock_ahead() or "")
    ledger.post(second)
    document = ledger.documents().rows[0]
    assert document.recorded_at == clock.at
    assert len(ledger.documents(known=Known(morning.date(), "recorded")).rows) == 2
    assert any("follows one dated 2099-01-01" in words for words in ledger.remarks())
    assert ledger.verify() == ()


def test_ledger_clock_set_back_before_everything_dates_nothing(
    ledger: Ledger, first: Reading, clock: Clock
) -> None:
    ledger.note_problem("a", Problem("source", "it cannot be read"))
    morning = clock.at
    clock.at = datetime(1970, 1, 1, tzinfo=UTC)
    ledger.post(first)
    assert ledger.documents().rows[0].recorded_at == morning


@pytest.mark.parametrize("back", [timedelta(seconds=5), timedelta(hours=3)])
def test_ledger_clock_set_back_a_little_keeps_the_order(
    ledger: Ledger, first: Reading, clock: Clock, back: timedelta
) -> None:
    ledger.note_problem("a", Problem("source", "it cannot be read"))
    morning = clock.at
    clock.at -= back
    ledger.post(first)
    assert ledger.documents().rows[0].recorded_at == morning
    assert ledger.clock_ahead() is None
