"""Nothing lost: killed at random moments, the disk full, two writers. The long form is in bench/durability.py."""

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.durability import REPORTS, add_work, full_disk, kill_once, post_work, two_writers
from bench.reports import write_reports
from sqlalchemy import event

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.engine import writing
from counterclaim.ledger.errors import BusyError, FullError
from counterclaim.pipeline.resources import Tools
from counterclaim.records.reading import Reading

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="killed by signal"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crash")


@pytest.fixture(scope="module")
def readings(folder: Path, tools: Tools) -> tuple[Reading, ...]:
    return write_reports(folder / "reports.jsonl", REPORTS, tools)


@pytest.mark.parametrize("wait", [0.05, 0.12])
def test_ledger_outlives_add_killed(
    empty: str, folder: Path, readings: tuple[Reading, ...], wait: float
) -> None:
    assert len(readings) == REPORTS
    told = kill_once(empty, add_work(folder / "reports.jsonl"), wait)
    assert told.faults == ()
    assert told.completed


def test_ledger_outlives_filing_killed(empty: str, readings: tuple[Reading, ...]) -> None:
    told = kill_once(empty, post_work(readings), random.Random(1).uniform(0.02, 0.2))
    assert told.faults == ()
    assert told.completed


def test_ledger_takes_two_writers(empty: str, readings: tuple[Reading, ...]) -> None:
    told = two_writers(lambda: empty, post_work(readings))
    assert told == {
        "both ended well": True,
        "documents": REPORTS,
        "readings": REPORTS,
        "faults": 0,
    }


def test_ledger_outlives_a_full_disk(tmp_path: Path, readings: tuple[Reading, ...]) -> None:
    told = full_disk(tmp_path, post_work(readings))
    if "skipped" in told:
        pytest.skip(told["skipped"])
    assert told["refused"]
    assert told["documents when full"] < REPORTS
    assert told["faults when full"] == 0
    assert told["documents after making room"] == REPORTS
    assert told["completed"]


def post_all(ledger: Ledger, readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        ledger.post(reading)


@contextmanager
def pages(ledger: Ledger, most: int) -> Iterator[None]:
    """Let a SQLite database have so many pages and no more."""
    engine = ledger._engine

    def limit(raw: sqlite3.Connection, record: object) -> None:
        raw.execute(f"PRAGMA max_page_count={most}")

    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


def test_ledger_full_database_is_told_and_nothing_is_half_filed(
    made_file: Path, tmp_path: Path, readings: tuple[Reading, ...]
) -> None:
    path = tmp_path / "full.db"
    path.write_bytes(made_file.read_bytes())
    with open_ledger(str(path)) as ledger:
        size = path.stat().st_size // 4096
        with pages(ledger, size + 4), pytest.raises(FullError, match="make room"):
            post_all(ledger, readings)
        assert ledger.verify() == ()
        post_all(ledger, readings)
        assert ledger.stats().counts["documents"] == REPORTS
        assert ledger.verify() == ()


def test_ledger_held_by_another_says_so(
    made_file: Path, tmp_path: Path, readings: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "held.db"
    path.write_bytes(made_file.read_bytes())
    monkeypatch.setattr(
        "counterclaim.ledger.engine.PRAGMAS", ("PRAGMA journal_mode=WAL", "PRAGMA busy_timeout=50")
    )
    with (
        open_ledger(str(path)) as ledger,
        open_ledger(str(path)) as other,
        writing(other._engine),
        pytest.raises(BusyError, match="again"),
    ):
        ledger.post(readings[0])
