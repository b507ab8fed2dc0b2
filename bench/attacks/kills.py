"""Kills: filing killed without warning at random moments, on each database; counted on from where the last run stopped."""

import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.durability import (
    REPORTS,
    Killed,
    Work,
    kill_once,
    post_work,
    postgresql_ledgers,
    sqlite_ledgers,
    time_work,
)
from bench.reports import write_reports
from bench.results import RESULTS, keep
from counterclaim.pipeline.resources import load_tools

NAME = "attacks-kills"

BEGUN = {"kills": 0, "killed while filing": 0, "killed between the first and the last posting": 0}
BEGUN |= {"ledgers with faults": 0, "not completed by a further run": 0}


def run_kills(wanted: int) -> dict[str, Any]:
    """Kill until each database has had so many, those of earlier runs counted; keep the figures after every kill.

    Args:
        wanted: Kills on each database.
    """
    path = RESULTS / f"{NAME}.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        work = post_work(write_reports(folder / "reports.jsonl", REPORTS, load_tools()))
        (folder / "sqlite").mkdir()
        (folder / "postgresql").mkdir()
        with sqlite_ledgers(folder / "sqlite") as make:
            _kill(told, "SQLite", make, work, wanted)
        with postgresql_ledgers(folder / "postgresql") as make:
            _kill(told, "PostgreSQL", make, work, wanted)
    return told


def _kill(
    told: dict[str, Any], database: str, make: Callable[[], str], work: Work, wanted: int
) -> None:
    counts = told.setdefault(database, dict(BEGUN))
    if counts["kills"] >= wanted:
        return
    seconds = time_work(make, work)
    chance = random.Random()
    while counts["kills"] < wanted:
        count(counts, kill_once(make(), work, chance.uniform(0, seconds)))
        keep(NAME, {"command": f"python -m bench attacks kills --kills {wanted}", **told})


def count(counts: dict[str, int], killed: Killed) -> None:
    """Add one kill to the counts."""
    counts["kills"] += 1
    counts["killed while filing"] += killed.was_running
    counts["killed between the first and the last posting"] += 0 < killed.documents < REPORTS
    counts["ledgers with faults"] += bool(killed.faults)
    counts["not completed by a further run"] += not killed.completed
