"""People in the ledger: accounts change by further rows, tokens are kept as hashes, the audit log is sealed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.engine import make_engine, writing
from counterclaim.ledger.errors import PeopleError
from counterclaim.ledger.migrate import migrate
from counterclaim.ledger.passwords import hash_password, matches
from counterclaim.records.judgement import Judgement
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.reading import Reading
from tests.ledger.conftest import Clock

WORDS = "four plain words here"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterclaim.ledger.passwords.COST", (16, 8, 1))


@pytest.fixture
def staffed(ledger: Ledger) -> Iterator[Ledger]:
    ledger.people.add("Ada", "admin", WORDS, by="test")
    ledger.people.add("Ben", "analyst", WORDS, by="Ada")
    yield ledger
    assert ledger.verify() == ()


def test_ledger_people_password_is_hashed_with_a_salt_of_its_own() -> None:
    one, other = hash_password(WORDS), hash_password(WORDS)
    assert one != other
    assert WORDS not in one
    assert matches(WORDS, one)
    assert matches(WORDS, other)
    assert not matches(WORDS + " ", one)
    assert not matches(WORDS, None)


def test_ledger_people_hash_made_at_another_cost_still_matches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = hash_password(WORDS)
    monkeypatch.setattr("counterclaim.ledger.passwords.COST", (32, 8, 1))
    assert matches(WORDS, kept)


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "reader", WORDS),
        (" Zoe", "reader", WORDS),
        ("Z\n", "reader", WORDS),
        ("ﬁn", "reader", WORDS),
        ("Z" * 81, "reader", WORDS),
        ("Zoe", "king", WORDS),
        ("Zoe", "reader", "short"),
        ("Zoe", "reader", "aaaaaaaaaaaaaaaa"),
        ("Zoe", "reader", "x" * 2_000),
        ("ada", "reader", WORDS),
        ("four plain words here", "reader", WORDS),
    ],
)
def test_ledger_people_account_that_will_not_do_is_refused(
    staffed: Ledger, name: str, role: str, password: str
) -> None:
    with pytest.raises(PeopleError):
        staffed.people.add(name, role, password, by="test")
    assert [card.name for card in staffed.people.accounts()] == ["Ada", "Ben"]


def test_ledger_people_session_opens_for_its_time_and_kind(staffed: Ledger, clock: Clock) -> None:
    people = staffed.people
    assert people.log_in("Ben", "wrong words here", HOUR) is None
    assert people.log_in("Nobody", WORDS, HOUR) is None
    opened = people.log_in("Ben", WORDS, HOUR)
    assert opened is not None
    assert people.whose(opened.token) == WorkbenchUser("Ben", "analyst")
    assert people.whose(opened.token, "token") is None
    assert people.whose(opened.token + "x") is None
    clock.later(minutes=59)
    assert people.whose(opened.token) is not None
    clock.later(minutes=1)
    assert people.whose(opened.token) is None


def test_ledger_people_change_ends_all_sessions(staffed: Ledger) -> None:
    people = staffed.people
    for change in (
        {"role": "reader"},
        {"password": "another four words"},
        {"is_open": False},
    ):
        token = people.make_token("Ben", HOUR).token
        assert people.whose(token, "token") is not None
        people.change("Ben", by="Ada", **change)
        assert people.whose(token, "token") is None
    assert people.log_in("Ben", "another four words", HOUR) is None
    with pytest.raises(PeopleError):
        people.make_token("Ben", HOUR)
    people.change("Ben", by="Ada", is_open=True)
    opened = people.log_in("Ben", "another four words", HOUR)
    assert opened is not None
    assert opened.person == WorkbenchUser("Ben", "reader")
    people.log_out(opened.token)
    assert people.whose(opened.token) is None


def test_ledger_people_last_admin_stays(staffed: Ledger) -> None:
    for change in ({"role": "analyst"}, {"is_open": False}):
        with pytest.raises(PeopleError, match="last admin"):
            staffed.people.change("Ada", by="Ada", **change)
    staffed.people.change("Ben", by="Ada", role="admin")
    assert staffed.people.change("Ada", by="Ben", is_open=False).is_open is False
    with pytest.raises(PeopleError, match="no account"):
        staffed.people.change("Zoe", by="Ben", role="admin")


def test_ledger_people_rows_are_only_added(staffed: Ledger) -> None:
    staffed.people.note("Ada", "log in", "session", "begun", "127.0.0.1")
    for statement in (
        "UPDATE audit SET name = 'Eve'",
        "DELETE FROM audit",
        "UPDATE accounts SET role = 'admin'",
        "DELETE FROM accounts",
    ):
        with pytest.raises(DBAPIError, match="only added"), staffed._engine.begin() as connection:
            connection.execute(text(statement))


def test_ledger_people_audit_is_paged_and_proved(staffed: Ledger) -> None:
    for number in range(7):
        staffed.people.note("Ada", "POST", f"/{number}" + "x" * 900, "303", "127.0.0.1")
    first = staffed.people.audit(limit=4)
    rest = staffed.people.audit(limit=4, after=first.next)
    assert [row.subject[:2] for row in (*first.rows, *rest.rows)] == [
        f"/{n}" for n in range(6, -1, -1)
    ]
    assert rest.next is None
    assert max(len(row.subject) for row in first.rows) == 300


def test_ledger_people_audit_changed_by_hand_is_found(ledger: Ledger) -> None:
    for number in range(3):
        ledger.people.note("Ada", "POST", f"/{number}", "303", "127.0.0.1")
    with ledger._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("UPDATE audit SET name = 'Eve' WHERE n = 2"))
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
                "BEGIN SELECT RAISE(ABORT, 'rows of audit are only added'); END"
            )
        else:
            connection.execute(text("SET session_replication_role = DEFAULT"))
    (fault,) = ledger.verify()
    assert fault.where == "audit row 2"


@pytest.mark.parametrize("change", ["factor = NULL", "factor = 'B'", "must_change = true"])
def test_ledger_people_second_factor_changed_by_hand_is_found(ledger: Ledger, change: str) -> None:
    ledger.people.add("Ben", "analyst", WORDS, by="test")
    ledger.people.change("Ben", by="Ben", factor="A")
    assert ledger.verify() == ()
    number = 2
    with ledger._engine.begin() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        trigger = connection.scalar(
            text("SELECT sql FROM sqlite_master WHERE name = 'accounts_no_update'")
            if is_sqlite
            else text("SELECT 'SET session_replication_role = DEFAULT'")
        )
        connection.exec_driver_sql(
            "DROP TRIGGER accounts_no_update"
            if is_sqlite
            else "SET session_replication_role = replica"
        )
        connection.execute(text(f"UPDATE accounts SET {change} WHERE n = {number}"))
        connection.exec_driver_sql(str(trigger))
    (fault,) = ledger.verify()
    assert fault.where == f"account row {number}"


def test_ledger_people_are_copied_and_sessions_are_not(staffed: Ledger, tmp_path: object) -> None:
    token = staffed.people.make_token("Ben", HOUR).token
    staffed.people.note("Ada", "POST", "/", "303", "127.0.0.1")
    target = f"{tmp_path}/copy.db"
    staffed.copy_to(target)
    with open_ledger(target, now=staffed._now) as copy:
        assert copy.people.accounts() == staffed.people.accounts()
        assert copy.people.audit() == staffed.people.audit()
        assert copy.people.whose(token, "token") is None
        assert copy.people.log_in("Ben", WORDS, HOUR) is not None


def test_ledger_people_come_to_a_ledger_of_the_previous_schema(
    address: str, first: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(address)
    migrate(engine, "0002")
    said = Judgement(subject=first.claims[0].id, verdict="verified_visual", by="Ada")
    before = Ledger(engine)
    with monkeypatch.context() as patch:
        patch.setattr("counterclaim.ledger.post.tell_kept_out", lambda *_: None)
        patch.setattr("counterclaim.ledger.post.propose", lambda *_: False)
        patch.setattr("counterclaim.ledger.posting.moved_heads", lambda _: ())
        patch.setattr("counterclaim.ledger.posting.PostingDraft.witness", lambda *_: None)
        before.post(first)
        before.judge(said)
    assert migrate(engine) == ("0003", "0004", "0005", "0007", "0008", "0009", "0010", "0011")
    with open_ledger(address) as ledger:
        assert ledger.claim(first.claims[0].id).judgements == (said,)
        assert ledger.people.accounts() == ()
        ledger.people.add("Ada", "admin", WORDS, by="test")
        ledger.people.note("", "account: add", "Ada", "admin", "test")
        assert ledger.verify() == ()
    with pytest.raises(DBAPIError, match="only added"), writing(engine) as connection:
        connection.execute(text("DELETE FROM accounts"))
    engine.dispose()
