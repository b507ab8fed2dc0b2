"""Erasing: the words are gone from every row and file, offsets hold, and the proof accepts that and nothing else."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import String, cast, select, text
from sqlalchemy.exc import DBAPIError

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.database_url import sqlite_file
from counterclaim.ledger.errors import KeptOutError, WithdrawalError
from counterclaim.ledger.redactions import STONE
from counterclaim.ledger.tables import documents, metadata
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.alert import Matter
from counterclaim.records.judgement import Judgement
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import file_reading, judge, view_incident
from counterclaim.service.withdrawing import erase_report, restore_report, withdraw_report
from tests.ledger.conftest import Clock

NAMED = (
    "Azerbaijan accused Armenia of shelling Ganja on Wednesday, said spokesman Quillan Zorvath. Quillan Zorvath said 7 "
    "civilians were killed in Ganja. QUILLAN  ZORVATH denied that Azerbaijani drones had shelled Vardenis."
)
OTHER = "Armenia denied on Wednesday that it had shelled Ganja. It said 3 soldiers were killed near Vardenis."
PARTS = ("quillan", "zorvath")


@pytest.fixture(scope="module")
def readings(tools: Tools) -> tuple[Reading, ...]:
    return tuple(
        read_document(
            Document(
                text=words,
                name=f"https://o{n}.example/",
                title="What Quillan Zorvath said" if n == 0 else None,
                author="Quillan Zorvath" if n == 0 else None,
                outlet=f"Outlet {n}",
                published=date(2020, 10, 14),
            ),
            tools=tools,
        )
        for n, words in enumerate((NAMED, OTHER))
    )


def fill(ledger: Ledger, readings: Sequence[Reading], clock: Clock) -> str:
    for item in readings:
        file_reading(ledger, item)
    claim = readings[0].claims[0]
    judge(
        ledger, Judgement(subject=claim.id, verdict="note", by="Ada", reason="ask Quillan Zorvath")
    )
    ledger.note_problem(
        "https://o0.example/", Problem("source", "Quillan Zorvath could not be read")
    )
    matter = Matter(
        rule="losses",
        base="figure|Quillan Zorvath",
        day=date(2020, 10, 14),
        headline="7 killed, says Quillan Zorvath",
        words="Quillan Zorvath said 7 civilians were killed in Ganja.",
        document_id=claim.document_id,
        claim_id=claim.id,
        recorded_at=clock.at.isoformat(),
    )
    ledger.outbox.collect([matter], {}, clock.at, {"losses": clock.at})
    return readings[0].document.id


def holds(ledger: Ledger, words: Sequence[str]) -> set[str]:
    """Name the tables that hold some words in any column, and the files that hold them in their bytes."""
    found: set[str] = set()
    with ledger._engine.connect() as connection:
        for table in metadata.sorted_tables:
            for column in table.columns:
                held = connection.execute(select(cast(column, String))).scalars()
                if any(part in (value or "").casefold() for value in held for part in words):
                    found.add(f"{table.name}.{column.name}")
    path = sqlite_file(ledger._engine.url)
    for name in () if path is None else (path, Path(f"{path}-wal")):
        if name.exists() and any(part.encode() in name.read_bytes().lower() for part in words):
            found.add(name.name)
    return found


def searched(ledger: Ledger, word: str) -> int:
    return len(ledger.search(word).rows)


def test_ledger_erased_name_is_nowhere_and_the_proof_holds(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    name = fill(ledger, readings, clock)
    assert {"documents.text", "claims.body", "outbox.body", "judgements.body"} <= holds(
        ledger, PARTS
    )
    assert searched(ledger, "Zorvath")
    before = [(entry.claim.id, entry.claim.span) for entry in ledger.claims().rows]
    totals = [str(total) for total in ledger_account(ledger).account.totals]
    done, is_swept = erase_report(ledger, name, ["Quillan Zorvath"], by="Ada", reason="asked for")
    assert is_swept
    assert done.rows > 5
    assert not done.is_whole
    assert holds(ledger, PARTS) == set()
    assert searched(ledger, "Zorvath") == 0
    assert searched(ledger, "Ganja")
    assert ledger.verify() == ()
    assert any("1 erasures vouch for" in words for words in ledger.remarks())
    filed = ledger.document(name)
    assert filed.document.id == name
    assert len(filed.document.text) == len(NAMED)
    assert (
        filed.document.text[-len("denied that Azerbaijani drones had shelled Vardenis.") :] in NAMED
    )
    assert STONE * 7 in filed.document.text
    assert [(entry.claim.id, entry.claim.span) for entry in ledger.claims().rows] == before
    assert [str(total) for total in ledger_account(ledger).account.totals] == totals
    said = {item.id for item in filed.attributions}
    for claim in filed.claims:
        assert filed.document.text[claim.span.start : claim.span.end] == claim.quote
        assert claim.attribution_id is None or claim.attribution_id in said
    for card in ledger.incidents(limit=100).rows:
        assert view_incident(ledger, card.id).findings
    withdraw_report(ledger, name, by="Ada", reason="x")
    restore_report(ledger, name, by="Ada", reason="y")
    assert [entry.claim.id for entry in ledger.claims().rows] == [item for item, _ in before]
    assert ledger.verify() == ()
    assert holds(ledger, PARTS) == set()


def test_ledger_erased_text_is_nowhere_and_counts_no_longer(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    name = fill(ledger, readings, clock)
    done, _ = erase_report(ledger, name, by="Ada", reason="a court's order")
    assert done.is_whole
    assert holds(ledger, (*PARTS, "civilians were killed", "accused armenia")) == set()
    assert ledger.verify() == ()
    assert {entry.claim.document_id for entry in ledger.claims().rows} == {readings[1].document.id}
    filed = ledger.document(name)
    assert set(filed.document.text) <= {STONE, " ", "\n"}
    assert len(filed.document.text) == len(NAMED)
    assert ledger.claim(readings[0].claims[0].id).claim.quote.strip(f"{STONE} ") == ""
    with pytest.raises(WithdrawalError, match="cannot come back"):
        restore_report(ledger, name, by="Ada", reason="x")
    with pytest.raises(KeptOutError, match="not taken in again"):
        file_reading(ledger, readings[0])
    again, _ = erase_report(ledger, name, by="Ada", reason="a court's order")
    assert again.rows == 0
    assert ledger.verify() == ()


def test_ledger_erasure_vouches_for_nothing_else(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    name = fill(ledger, readings, clock)
    erase_report(ledger, name, ["Quillan Zorvath"], by="Ada", reason="asked for")
    left = ledger.document(name).document.text
    for words in (left.replace("Ganja", "Gonja"), NAMED):
        with ledger._engine.begin() as connection:
            connection.execute(documents.update().where(documents.c.id == name).values(text=words))
        assert any(fault.kind == "changed-rows" for fault in ledger.verify()), words
    with ledger._engine.begin() as connection:
        connection.execute(documents.update().where(documents.c.id == name).values(text=left))
    assert ledger.verify() == ()
    for table in ("erasures", "erased", "withdrawals"):
        withdraw_report(ledger, name, by="Ada", reason="x") if table == "erasures" else None
        with pytest.raises(DBAPIError, match="only added"), ledger._engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


def test_ledger_does_not_vouch_for_what_others_changed(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    name = fill(ledger, readings, clock)
    with ledger._engine.begin() as connection:
        connection.execute(text("UPDATE claims SET first_day = '2020-01-01' WHERE n = 1"))
    with pytest.raises(WithdrawalError, match="is not what was sealed"):
        erase_report(ledger, name, ["Quillan Zorvath"], by="Ada", reason="asked for")
    assert "documents.text" in holds(ledger, PARTS)


def test_ledger_erasure_that_cannot_be_is_refused(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    name = fill(ledger, readings, clock)
    for words, by, reason, why in (
        (["Nobody Atall"], "Ada", "x", "nowhere in it"),
        (["Quillan Zorvath"], "Ada", "quillan zorvath asked", "leave the name"),
        (["--"], "Ada", "x", "no word"),
        (["Quillan Zorvath"], "", "x", "say who"),
    ):
        with pytest.raises(WithdrawalError, match=why):
            erase_report(ledger, name, words, by=by, reason=reason)
    with pytest.raises(WithdrawalError, match="withdraw it before"):
        ledger.erasures.erase(name, by="Ada", reason="x")
    assert ledger.verify() == ()


def test_ledger_erased_name_goes_from_earlier_reasons_and_twice(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock
) -> None:
    name = fill(ledger, readings, clock)
    withdraw_report(ledger, name, by="Ada", reason="Quillan Zorvath asked")
    restore_report(ledger, name, by="Ada", reason="he asked again")
    erase_report(ledger, name, ["Zorvath"], by="Ada", reason="asked for")
    assert ledger.verify() == ()
    assert holds(ledger, PARTS[1:]) == set()
    erase_report(ledger, name, ["Quillan"], by="Ada", reason="asked for")
    assert ledger.verify() == ()
    assert holds(ledger, PARTS) == set()
    assert [item.rows > 0 for item in ledger.withdrawals.erasures(name)] == [True, True]


def test_ledger_copy_of_an_erased_ledger_proves(
    ledger: Ledger, readings: tuple[Reading, ...], clock: Clock, tmp_path: Path
) -> None:
    name = fill(ledger, readings, clock)
    erase_report(ledger, name, ["Quillan Zorvath"], by="Ada", reason="asked for")
    ledger.copy_to(str(tmp_path / "copy.db"))
    with open_ledger(str(tmp_path / "copy.db")) as copy:
        assert copy.verify() == ()
        assert holds(copy, PARTS) == set()
