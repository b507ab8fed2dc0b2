"""A day of 20 feeds with faults: nothing lost, nothing twice, alerts as a list made by hand says; killed at random moments too."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools
from counterclaim.records.query import IncidentQuery
from counterclaim.service.ledger_service import view_incident
from counterclaim.service.told import incident_told
from counterclaim.service.versions import versions_of
from tests import day

KILLS = int(os.environ.get("COUNTERCLAIM_KILLS", "2"))
"""In one day; more of them on a machine with time."""


def check(folder: Path) -> None:
    """Hold a day's ledger and its alerts against what was made by hand."""
    with open_ledger(str(folder / "day.db")) as ledger:
        cards = ledger.documents(limit=100).rows
        assert {card.name for card in cards} == day.DOCUMENTS
        names = Counter(card.name for card in cards)
        assert {name: number for name, number in names.items() if number > 1} == {
            "https://edits.example/edited": 2
        }
        versions = versions_of(ledger, "https://edits.example/edited")
        assert [item.stands for item in versions] == [False, True]
        assert any(
            "5 killed" in str(change) and "8 killed" in str(change)
            for change in versions[1].changes
        )
        (wire,) = [
            card
            for card in ledger.incidents(IncidentQuery(kind="casualty")).rows
            if card.documents == 3
        ]
        told = incident_told(ledger, view_incident(ledger, wire.id))
        assert str(told) == "told by 3 outlets, 1 origin"
        assert ledger.verify() == ()
        failed = {item.source for item in ledger.problems(of_sources=True)}
        assert {f"https://{name}.example/feed" for name in ("broken", "gone", "cut-off")} <= failed
    rows = [json.loads(line) for line in (folder / "told.jsonl").read_text("utf-8").splitlines()]
    assert len({row["key"] for row in rows}) == len(rows)
    lines = [f"{row['rule']}: {row['told']}" for row in rows]
    assert len(lines) == len(day.ALERTS), lines
    for wanted in day.ALERTS:
        assert sum(line.startswith(wanted) for line in lines) == 1, (wanted, lines)


@pytest.mark.slow
def test_service_a_day_of_twenty_feeds_loses_nothing_and_tells_nothing_twice(
    tmp_path: Path, tools: Tools
) -> None:
    open_ledger(str(tmp_path / "day.db"), create=True).close()
    with day.World(day.Clock(tmp_path / "clock")) as world:
        day.live(tmp_path, world.port, OwnReader(tools))
    check(tmp_path)


@pytest.mark.slow
def test_service_a_day_survives_kill_9_at_random_moments(tmp_path: Path) -> None:
    open_ledger(str(tmp_path / "day.db"), create=True).close()
    chance = random.Random(16)
    with day.World(day.Clock(tmp_path / "clock")) as world:
        kills = 0
        for _ in range(KILLS + 5):
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.day", str(tmp_path), str(world.port)]
            )
            if kills < KILLS:
                began = (tmp_path / "clock").exists()
                while child.poll() is None and (tmp_path / "clock").exists() == began and not began:
                    time.sleep(0.05)
                time.sleep(chance.uniform(0.2, 6.0))
                child.send_signal(signal.SIGKILL)
                kills += 1
            if child.wait() == 0:
                break
        assert child.returncode == 0
    check(tmp_path)
