"""Verify: whatever is changed behind the ledger's back is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.engine import writing
from counterclaim.ledger.reindex import index_again
from counterclaim.records.reading import Reading

TAMPERINGS = [
    ("UPDATE documents SET text = replace(text, '12', '13') WHERE n = 1", "changed-text"),
    ("UPDATE documents SET text = replace(text, '12', '13') WHERE n = 1", "wrong-quote"),
    ("UPDATE documents SET text = 'short' WHERE n = 1", "span-outside"),
    ("UPDATE claims SET stance = 'admit' WHERE n = 2", "changed-rows"),
    ("UPDATE claims SET stance = 'admit' WHERE n = 2", "wrong-columns"),
    ("UPDATE claims SET body = replace(body, '12', '21')", "changed-rows"),
    ("UPDATE figures SET low = 120 WHERE low = 12", "wrong-columns"),
    ("DELETE FROM figures WHERE low = 12", "wrong-columns"),
    ("UPDATE findings SET status = 'agreed_by_both'", "changed-rows"),
    ("DELETE FROM findings WHERE n = 1", "changed-rows"),
    ("UPDATE postings SET at = '2031-05-04T07:00:00.000000Z' WHERE n = 1", "broken-chain"),
    ("UPDATE postings SET signed = 'nobody' WHERE n = 2", "broken-chain"),
    ("DELETE FROM incident_members WHERE n = 1", "dangling"),
    ("DELETE FROM claim_parties WHERE role = 'speaker'", "lost-index"),
    ("UPDATE attributions SET body = replace(body, '\"cue\":[', '\"cue\":[1')", "changed-rows"),
    (
        "INSERT INTO judgements (n, posting, id, subject, verdict, body) VALUES (1, 1, 'j-0', 'c-0', 'note', '{}')",
        "changed-rows",
    ),
]


ODD = [
    ("UPDATE incident_states SET is_open = 2 WHERE is_open = 1", "odd-value"),
    (
        "UPDATE claims SET speakers = char(63743) || printf('%04x', unicode(speakers)) || substr(speakers, 2)",
        "odd-value",
    ),
    ("UPDATE claims SET place = x'00ff' WHERE n = 1", "odd-value"),
    ("UPDATE postings SET at = x'00' WHERE n = 1", "odd-value"),
    ("UPDATE claims SET known_on = 12 WHERE n = 1", "changed-rows"),
    ("DROP TRIGGER IF EXISTS {trigger}", "changed-schema"),
    ("CREATE TRIGGER t AFTER INSERT ON claims BEGIN SELECT 1; END", "changed-schema"),
    ("DROP INDEX ix_sightings_name", "changed-schema"),
    ("DROP TABLE claim_keys", "changed-schema"),
    ("DROP TABLE claims", "changed-schema"),
    ("UPDATE claim_parties SET root = 'Nobody' WHERE role = 'speaker'", "lost-index"),
]
"""What reads alike, and what SQL sees otherwise: SQLite's own ways."""


@pytest.mark.parametrize(("statement", "kind"), ODD, ids=range(len(ODD)))
def test_ledger_verify_finds_what_reads_alike(
    made_file: Path, tmp_path: Path, first: Reading, statement: str, kind: str
) -> None:
    path = tmp_path / "odd.db"
    path.write_bytes(made_file.read_bytes())
    with open_ledger(str(path)) as ledger:
        ledger.post(first)
        assert ledger.verify() == ()
    with closing(sqlite3.connect(path)) as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        raw.execute(statement.format(trigger=names[0][0] if names else "none"))
        raw.commit()
    with open_ledger(str(path)) as ledger:
        faults = ledger.verify()
    assert kind in {fault.kind for fault in faults}
    assert all("\n" not in str(fault) for fault in faults)


@pytest.fixture
def sealed(ledger: Ledger, first: Reading, second: Reading) -> Ledger:
    ledger.post(first)
    ledger.post(second)
    assert ledger.verify() == ()
    return ledger


@pytest.mark.parametrize(("statement", "kind"), TAMPERINGS, ids=range(len(TAMPERINGS)))
def test_ledger_verify_finds_tampering(sealed: Ledger, statement: str, kind: str) -> None:
    with writing(sealed._engine) as connection:
        connection.execute(text(statement))
    assert kind in {fault.kind for fault in sealed.verify()}


def test_ledger_verify_finds_a_posting_taken_out(sealed: Ledger) -> None:
    with sealed._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("UPDATE postings SET n = 3 WHERE n = 2"))
        connection.commit()
        connection.invalidate()
    faults = sealed.verify()
    assert {"broken-chain", "dangling"} <= {fault.kind for fault in faults}


def test_ledger_verify_proves_a_seal_written_down(sealed: Ledger) -> None:
    seal = sealed.stats().seal or ""
    assert sealed.verify(expect=seal) == ()
    (fault,) = sealed.verify(expect="0" * 63 + "1")
    assert fault.kind == "seal-not-found"


def test_ledger_indices_are_made_again(sealed: Ledger) -> None:
    hits = sealed.search("soldiers").rows
    with writing(sealed._engine) as connection:
        connection.execute(text("DELETE FROM claim_parties"))
        index_again(connection)
    assert sealed.verify() == ()
    assert sealed.search("soldiers").rows == hits
