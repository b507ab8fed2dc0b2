"""Ctrl-C while several processes read: what was filed stands, and the same command again does the rest."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from counterclaim.ledger import open_ledger

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="interrupted by signal"),
]

REPORTS = 100
PATIENCE = 300.0
"""Seconds to wait for what takes a few: the machine may be slow."""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = (
        {
            "id": str(number),
            "text": f"Ardenia said on Monday that {number + 2} of its soldiers had been killed near Ostbridge. "
            f"Kestria denied that it had shelled the town. This was report {number}.\n",
            "published": "2031-03-04",
        }
        for number in range(REPORTS)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def add(reports: Path, ledger: Path) -> subprocess.Popen[str]:
    """Start the command in a group of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "counterclaim.cli.app", "add", str(reports), "--workers", "2"],
        env={**os.environ, "COUNTERCLAIM_LEDGER": str(ledger)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def documents(ledger: Path) -> int:
    with open_ledger(str(ledger)) as opened:
        return opened.stats().counts["documents"]


def wait_for(holds: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end, "nothing was filed"
        time.sleep(0.05)


def test_add_interrupted_leaves_a_ledger_that_verifies(tmp_path: Path, reports: Path) -> None:
    ledger = tmp_path / "counterclaim.db"
    open_ledger(str(ledger), create=True).close()
    running = add(reports, ledger)
    try:
        wait_for(lambda: documents(ledger) >= 1, running)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=PATIENCE)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
    assert running.returncode == 130, told
    assert "run the same command again" in told
    assert "Traceback" not in told
    held = documents(ledger)
    assert 1 <= held < REPORTS
    with open_ledger(str(ledger)) as opened:
        assert not opened.verify()
    again = add(reports, ledger)
    said, told = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, told
    assert f"{REPORTS - held} new" in said
    assert documents(ledger) == REPORTS
    with open_ledger(str(ledger)) as opened:
        assert not opened.verify()
