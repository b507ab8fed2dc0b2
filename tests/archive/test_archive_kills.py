"""Killed at random: the folder goes on where it was, and nothing is lost or double."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from counterclaim.archive.pool import Here
from counterclaim.archive.run import code_archives
from counterclaim.archive.views import run_query
from tests.archive.test_archive_run import SETTINGS, files_of, write_archive
from tests.archive.workers import Quick

KILLS = int(os.environ.get("COUNTERCLAIM_KILLS", "6"))
"""How often; fifty were gone through once, in seven minutes of a crowded machine."""


def code_here(archive: Path, out: Path, pause: float = 0.0) -> None:
    def progress(name: str, outcome: str) -> None:
        del name, outcome
        time.sleep(pause)

    pool = Here(SETTINGS, Quick)
    code_archives(
        [str(archive)], out, settings=SETTINGS, pool=pool, part_items=15, progress=progress
    )


def in_child(archive: Path, out: Path, patience: float) -> bool:
    """Code in a process of its own, which is killed after some seconds; return whether it ended by itself."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code_here(archive, out, pause=0.002)
            code = 0
        finally:
            os._exit(code)
    end = time.monotonic() + patience
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert os.waitstatus_to_exitcode(status) == 0, "it failed by itself"
            return True
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that part")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_archive_killed_at_random_loses_and_doubles_nothing(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "a.jsonl", 60)
    began = time.monotonic()
    code_here(archive, tmp_path / "whole", pause=0.002)
    whole = time.monotonic() - began
    chance = random.Random(50)
    kills, rounds = 0, 0
    while kills < KILLS:
        out = tmp_path / f"parts-{rounds}"
        while not in_child(archive, out, chance.uniform(0.02, 0.5) * whole):
            kills += 1
            if kills >= KILLS:
                code_here(archive, out)
                break
        assert files_of(out).keys() == files_of(tmp_path / "whole").keys()
        assert files_of(out) == files_of(tmp_path / "whole")
        names, rows = run_query(out, "SELECT count(*), count(DISTINCT name) FROM documents")
        assert names
        assert rows[0][0] == rows[0][1]
        rounds += 1
    assert rounds >= 1
