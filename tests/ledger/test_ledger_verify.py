"""Verify: whatever is changed behind the ledger's back is found."""

import pytest
from sqlalchemy import text

from counterclaim.ledger import Ledger
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
    seal = sealed.stats().seal
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
