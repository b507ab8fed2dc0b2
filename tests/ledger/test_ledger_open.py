"""Opening: each wrong address says what to do; old schemas are brought up to date."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from counterclaim.ledger import open_ledger
from counterclaim.ledger.database_url import database_url, find_address, hide_password
from counterclaim.ledger.engine import make_engine, writing
from counterclaim.ledger.errors import (
    ForeignDatabaseError,
    LedgerAddressError,
    LedgerExistsError,
    NewSchemaError,
    NoLedgerError,
    OldSchemaError,
    UnreachableError,
)
from counterclaim.ledger.migrate import migrate, newest_schema, schema_of
from counterclaim.ledger.table_metadata import metadata
from counterclaim.records.reading import Reading


def test_ledger_is_found_where_it_is_said() -> None:
    assert find_address("a.db", {"COUNTERCLAIM_LEDGER": "b.db"}) == "a.db"
    assert find_address(None, {"COUNTERCLAIM_LEDGER": "b.db"}) == "b.db"
    assert find_address(None, {}) == "counterclaim.db"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("a.db", "sqlite:///a.db"),
        ("sqlite:///a.db", "sqlite:///a.db"),
        ("postgresql://ada@host/kept", "postgresql+psycopg://ada@host/kept"),
    ],
)
def test_ledger_address_is_understood(given: str, meant: str) -> None:
    assert database_url(given).render_as_string() == meant


@pytest.mark.parametrize("given", ["mysql://host/x", "sqlite://", "http://host/x", "://"])
def test_ledger_address_of_something_else_is_refused(given: str) -> None:
    with pytest.raises(LedgerAddressError, match=r"counterclaim\.db"):
        open_ledger(given)


def test_ledger_password_is_never_shown() -> None:
    shown = hide_password("postgresql://ada:secret@host/kept")
    assert "secret" not in shown
    with pytest.raises(UnreachableError) as told:
        open_ledger("postgresql://ada:secret@127.0.0.1:1/kept")
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_ledger_missing_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoLedgerError, match="counterclaim init"):
        open_ledger(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_ledger_in_no_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="check the address"):
        open_ledger(str(tmp_path / "no" / "none.db"), create=True)


def test_ledger_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    connection.close()
    for create in (False, True):
        with pytest.raises(ForeignDatabaseError, match="not a Counterclaim ledger"):
            open_ledger(str(path), create=create)


def test_ledger_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("This is a report, not a database. " * 200)
    with pytest.raises(ForeignDatabaseError, match="not a Counterclaim ledger"):
        open_ledger(str(path))


def test_ledger_is_made_once(address: str) -> None:
    open_ledger(address, create=True).close()
    with pytest.raises(LedgerExistsError):
        open_ledger(address, create=True)


def test_ledger_schema_follows_the_tables(address: str) -> None:
    with open_ledger(address, create=True) as ledger:
        held = inspect(ledger._engine)
        for table in metadata.sorted_tables:
            assert {column["name"] for column in held.get_columns(table.name)} == set(
                table.columns.keys()
            )
            assert {index["name"] for index in held.get_indexes(table.name)} >= {
                index.name for index in table.indexes
            }


def test_ledger_of_the_previous_schema_is_brought_up_to_date(
    address: str, first: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(address)
    migrate(engine, "0001")
    with monkeypatch.context() as patch:
        patch.setattr("counterclaim.ledger.post.index_words", lambda *_: None)
        patch.setattr("counterclaim.ledger.post.tell_kept_out", lambda *_: None)
        patch.setattr("counterclaim.ledger.posting.moved_heads", lambda _: ())
        patch.setattr("counterclaim.ledger.post.propose", lambda *_: False)
        patch.setattr("counterclaim.ledger.posting.PostingDraft.witness", lambda *_: None)
        from counterclaim.ledger.ledger import Ledger

        Ledger(engine).post(first)
    with pytest.raises(OldSchemaError, match="counterclaim ledger migrate"):
        open_ledger(address)
    assert migrate(engine) == (
        "0002",
        "0003",
        "0004",
        "0005",
        "0007",
        "0008",
        "0009",
        "0010",
        "0011",
    )
    assert migrate(engine) == ()
    with open_ledger(address) as ledger:
        assert ledger.verify() == ()
        assert ledger.search("soldiers").rows
    engine.dispose()


def test_ledger_migration_is_all_or_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = make_engine(address)
    migrate(engine, "0001")
    with monkeypatch.context() as patch:
        patch.setattr(
            "counterclaim.ledger.reindex._documents", lambda _: (_ for _ in ()).throw(MemoryError)
        )
        with pytest.raises(MemoryError):
            migrate(engine)
    assert schema_of(engine) == "0001"
    assert migrate(engine) == (
        "0002",
        "0003",
        "0004",
        "0005",
        "0007",
        "0008",
        "0009",
        "0010",
        "0011",
    )
    engine.dispose()


def test_ledger_of_a_later_schema_is_left_alone(address: str) -> None:
    open_ledger(address, create=True).close()
    engine = make_engine(address)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewSchemaError, match="later"):
        open_ledger(address)
    assert newest_schema() == "0011"
    engine.dispose()
