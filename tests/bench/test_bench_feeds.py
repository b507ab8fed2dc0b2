"""A day of twenty feeds over two wars, watched by a process that is killed again and again: nothing lost, nothing twice."""

from datetime import timedelta
from pathlib import Path

from bench.feeds.day import read_day
from bench.feeds.proving import ASKED, prove
from bench.feeds.serving import Clock, serving
from bench.feeds.watching import KEPT, prepare, start, wait_for, warm_up

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.resources import Tools

BEGINS, ENDS = timedelta(hours=5), "10:20"
"""Of the recorded day; the whole of it is for ``python -m bench feeds``."""

HALF_AN_HOUR = timedelta(minutes=30)

EDGES = (331, 84, 85, 127, 211, 151)
"""At which edge of a transaction each process in turn kills itself: before a commit, or as the next one begins."""


def test_bench_day_of_twenty_feeds_over_two_wars(tmp_path: Path, tools: Tools) -> None:
    day = read_day(until=ENDS)
    assert (len(day.feeds), len(day.wars), len(day.reports), len(day.alerts)) == (20, 2, 20, 12)
    warm_up(day, tools)
    clock = Clock(day.starts + BEGINS)
    with serving(day, clock, tmp_path / ASKED) as port:
        prepare(day, tmp_path, clock, port)
        for edge in EDGES:
            child = start(day, tmp_path, clock, port, tools, step=HALF_AN_HOUR, dies_at=edge)
            assert wait_for(child) == -9
        with open_ledger(str(tmp_path / KEPT)) as ledger:
            assert ledger.verify() == ()
        assert clock() < day.ends
        assert wait_for(start(day, tmp_path, clock, port, tools, step=HALF_AN_HOUR)) == 0
    assert prove(day, tmp_path).wrong() == {}
