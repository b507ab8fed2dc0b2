"""Watching: one process that watches the day and sends its alerts, to be killed at any moment and started again."""

import os
import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine, event

from bench.durability import fork
from bench.feeds.day import Day
from bench.feeds.serving import HOOK, PATIENCE, Clock, reach
from counterclaim.alerts.rules import Secrets, read_setup
from counterclaim.alerts.running import collect, deliver
from counterclaim.ingest import http_client
from counterclaim.ingest.feeds import read_feed_list
from counterclaim.ledger import open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools
from counterclaim.records.text import Document
from counterclaim.service.feed_watcher import FeedWatcher
from counterclaim.service.projects import add_project

STEP = timedelta(minutes=5)
"""How often the process is run, as by cron."""

SOURCES, RULES, KEPT = "sources.yaml", "alerts.yaml", "kept.db"
"""Names of the files of one day."""

CHANNELS: dict[str, dict[str, Any]] = {
    "log": {"kind": "file", "path": "alerts.jsonl"},
    "feed": {"kind": "atom", "path": "alerts.atom"},
}


def prepare(day: Day, folder: Path, clock: Clock, port: int) -> None:
    """Write the list that is watched and the file of rules, make the ledger and its projects, and let the rules begin."""
    listed = [dict(feed.listed) for feed in day.feeds.values()]
    (folder / SOURCES).write_text(yaml.safe_dump({"sources": listed}), "utf-8")
    hook = {"kind": "webhook", "address": f"http://127.0.0.1:{port}{HOOK}", "private": True}
    channels = {**CHANNELS, "hook": hook}
    rules = [{"to": list(channels), **rule} for rule in day.rules]
    (folder / RULES).write_text(yaml.safe_dump({"channels": channels, "rules": rules}), "utf-8")
    with open_ledger(str(folder / KEPT), create=True, now=clock) as ledger:
        for war in day.wars:
            add_project(ledger, war, by="Ada")
        clock.sleep(60)
        collect(ledger, read_setup(folder / RULES), clock())


def watch_on(
    day: Day, folder: Path, clock: Clock, port: int, tools: Tools, *, step: timedelta = STEP
) -> int:
    """Watch and alert from the clock's moment to the day's end, once in a step; return how many problems were told."""
    http_client.TOTAL_SECONDS = PATIENCE
    poll, fetch = reach(port)
    setup = read_setup(folder / RULES)
    problems = 0
    with open_ledger(str(folder / KEPT), now=clock) as ledger:
        feeds = read_feed_list(str(folder / SOURCES))
        watch = FeedWatcher(
            ledger, feeds, OwnReader(tools), poll=poll, fetch=fetch, now=clock, sleep=clock.sleep
        )
        while clock() < day.ends:
            begun = clock()
            problems += sum(seen.is_problem for seen in watch.once())
            clock.sleep(1)
            deliver(ledger, setup, Secrets(), clock(), collect(ledger, setup, clock()))
            clock.move(begun + step)
    return problems


def warm_up(day: Day, tools: Tools) -> None:
    """Read a few reports, so that the processes that are forked from this one need not load what reading loads."""
    for report in day.reports[:4]:
        read_document(Document(text=report.texts[0].words, published=report.at.date()), tools=tools)


def start(
    day: Day,
    folder: Path,
    clock: Clock,
    port: int,
    tools: Tools,
    *,
    step: timedelta = STEP,
    dies_at: int | None = None,
) -> int:
    """Start a process that watches to the day's end; give its number.

    Args:
        day: What is watched.
        folder: Where its files are.
        clock: Shared with the server.
        port: The server's.
        tools: What reads.
        step: How often it looks.
        dies_at: The so-manieth edge of a transaction (its begin or, before it is done, its commit) at which the process
            kills itself; None for never.
    """

    def work() -> None:
        if dies_at is not None:
            _die_at(dies_at)
        watch_on(day, folder, clock, port, tools, step=step)

    return fork(work)


def _die_at(edge: int) -> None:
    left = edge

    def pass_by(_: object) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "begin", pass_by)
    event.listen(Engine, "commit", pass_by)


def wait_for(child: int) -> int:
    """Wait for a process; return its status: 0 where it came to the day's end."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(child: int) -> None:
    """Kill a process of ours without warning."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
