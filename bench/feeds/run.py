"""Runs the day: once in peace, then killed at random moments; keeps the figures."""

import json
import os
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.feeds.day import Day, read_day
from bench.feeds.proving import ASKED, Proof, claims_of, prove
from bench.feeds.serving import Clock, serving
from bench.feeds.watching import KEPT, kill, prepare, start, wait_for, warm_up
from bench.results import keep
from counterclaim.ledger import open_ledger
from counterclaim.pipeline.resources import Tools, load_tools

NAME = "feeds"

LEAST_KILLS = 30
"""Where nobody asks for another number."""

KILLS_A_DAY = 20
"""About so many kills fall into one day."""


def run_peaceful(day: Day, folder: Path, tools: Tools) -> tuple[Proof, float]:
    """Watch a day that nobody disturbs; return what came of it, and the seconds that it took."""
    clock = Clock(day.starts)
    with serving(day, clock, folder / ASKED) as port:
        prepare(day, folder, clock, port)
        begun = time.perf_counter()
        status = wait_for(start(day, folder, clock, port, tools))
        took = time.perf_counter() - begun
    proof = prove(day, folder)
    if status:
        proof.faults.append(f"the process ended with {status}")
    return proof, took


def run_killed(
    day: Day, folder: Path, tools: Tools, seconds: float, chance: random.Random
) -> tuple[Proof, int]:
    """Watch a day in which the process is killed at random moments; the ledger is proved after each kill.

    Args:
        day: What is watched.
        folder: An empty one.
        tools: What reads.
        seconds: That the day takes in peace.
        chance: Gives the moments.

    Returns:
        What came of it, and how often the process was killed.
    """
    clock, kills, faults = Clock(day.starts), 0, []
    with serving(day, clock, folder / ASKED) as port:
        prepare(day, folder, clock, port)
        while True:
            child = start(day, folder, clock, port, tools)
            wait = chance.expovariate(KILLS_A_DAY / seconds)
            if _ends_within(child, wait):
                break
            kills += 1
            with open_ledger(str(folder / KEPT)) as ledger:
                faults += [str(item) for item in ledger.verify()]
    proof = prove(day, folder)
    proof.faults += faults
    return proof, kills


def _ends_within(child: int, seconds: float) -> bool:
    """Return whether a process comes to its end by itself; it is killed otherwise."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.002)
    kill(child)
    return wait_for(child) == 0


def run_feeds(wanted: int = LEAST_KILLS) -> int:
    """Run the day in peace, then with kills until there were so many; print and keep what came of it.

    Returns:
        0 where nothing was lost, nothing was twice, and the alerts were as in the list; else 1.
    """
    day, tools, chance = read_day(), load_tools(), random.SystemRandom()
    warm_up(day, tools)
    told: dict[str, Any] = {"command": f"python -m bench feeds --kills {wanted}"}
    told |= {"feeds": len(day.feeds), "projects": len(day.wars)}
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held) / "peace"
        folder.mkdir()
        proof, seconds = run_peaceful(day, folder, tools)
        peace = claims_of(folder)
        told["in peace"] = {**proof.figures, "seconds": round(seconds, 1), "wrong": proof.wrong()}
        print(json.dumps(told, indent=1))
        kills, days, wrong, alike = 0, 0, dict[str, list[str]](), 0
        again = 0
        while kills < wanted:
            place = Path(held) / "killed"
            place.mkdir()
            proof, fell = run_killed(day, place, tools, seconds, chance)
            kills, days = kills + fell, days + 1
            alike += claims_of(place) == peace
            again += proof.figures["posts to the webhook again, under the same id"]
            for name, found in proof.wrong().items():
                wrong.setdefault(name, []).extend(found)
            shutil.rmtree(place)
            print(f"{kills} kills in {days} days; wrong: {json.dumps(wrong)}", flush=True)
    told["killed"] = {
        "days": days,
        "kills": kills,
        "ledgers with the claims of the peaceful day": alike,
        "posts to the webhook again, under the same id": again,
        "wrong": wrong,
    }
    keep(NAME, told)
    print(json.dumps(told, indent=1))
    return 1 if wrong or told["in peace"]["wrong"] or alike < days else 0
