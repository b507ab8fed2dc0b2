"""Runs the commands over archives: what is done is told on standard error while it is done."""

import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counterclaim.archive.cluster import RayCluster
from counterclaim.archive.loading import read_back
from counterclaim.archive.pool import Pool
from counterclaim.archive.run import code_archives, make_pool
from counterclaim.archive.stages import ArchiveSettings
from counterclaim.archive.views import run_query
from counterclaim.cli.options import UsageError, open_kept, read_day
from counterclaim.cli.rows import check_format, show_rows
from counterclaim.ledger.errors import KeptOutError
from counterclaim.records.problem import Problem
from counterclaim.records.shown import shown
from counterclaim.service.ledger_service import file_reading

TOLD_EVERY = 5.0
"""Seconds between lines of progress."""

REASONS = ("not of war", "not English", "unreadable", "quarantined")


class _Told:
    """A line of progress every few seconds, and the counts so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._began = self._last = time.monotonic()

    def __call__(self, name: str, outcome: str) -> None:
        del name
        self.counts[outcome] += 1
        now = time.monotonic()
        if now - self._last >= TOLD_EVERY:
            self._last = now
            rate = self.counts.total() / (now - self._began)
            sys.stderr.write(shown(f"{tell_counts(self.counts)}; {rate:,.0f} documents a second\n"))


def tell_counts(counts: Mapping[str, int]) -> str:
    """Return counts as words, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number:,} {outcome}" for outcome, number in ordered) or "nothing new"


def run_code(
    archives: list[str],
    out: Path,
    settings: ArchiveSettings,
    *,
    workers: int,
    ray: str | None,
    part_items: int,
) -> None:
    """Code archives; leave with code 2 if one broke off, 130 if stopped."""
    pool: Pool = make_pool(workers, settings) if ray is None else RayCluster(ray, workers, settings)
    told = _Told()
    try:
        manifest = code_archives(
            archives, out, settings=settings, pool=pool, part_items=part_items, progress=told
        )
    except KeyboardInterrupt:
        sys.stderr.write("stopped; run the same command again to go on\n")
        raise SystemExit(130) from None
    sys.stdout.write(shown(f"{tell_counts(told.counts)}\n{tell_manifest(manifest)}\n"))
    broken = [source["error"] for source in manifest["sources"].values() if source["error"]]
    for error in broken:
        sys.stderr.write(shown(f"counterclaim: {error}\n"))
    if broken:
        raise SystemExit(2)


def tell_manifest(manifest: Mapping[str, Any]) -> str:
    """Return a manifest as words."""
    rows = ", ".join(f"{number:,} {table}" for table, number in manifest["rows"].items())
    sources = manifest["sources"].values()
    done = sum(source["done"] for source in sources)
    return (
        f"in all: {manifest['items']:,} documents: {tell_counts(manifest['outcomes'])}\n"
        f"rows: {rows}\n"
        f"sources: {done:,} of {len(sources):,} done, in {manifest['parts']:,} parts"
    )


def show_let_go(
    folder: Path, reason: str | None, limit: int, format_: str, output: Path | None
) -> None:
    """Show documents that were not read."""
    check_format(format_)
    if reason is not None and reason not in REASONS:
        msg = f"--reason {reason!r} is unknown: choose one of {', '.join(REASONS)}"
        raise UsageError(msg)
    where = "" if reason is None else f"WHERE reason = '{reason}' "
    names, rows = run_query(
        folder,
        f"SELECT * FROM let_go {where}ORDER BY score DESC NULLS LAST, name LIMIT {limit:d}",  # noqa: S608 - checked
    )
    found = [dict(zip(names, row, strict=True)) for row in rows]
    show_rows(found, names, format_, output, none="nothing was let go")


def show_query(folder: Path, sql: str, format_: str, output: Path | None) -> None:
    """Show what a query finds."""
    check_format(format_)
    names, rows = run_query(folder, sql)
    found = [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in rows]
    show_rows(found, names, format_, output, none="no row")


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def run_load(folder: Path, ledger: str | None, first: str | None, last: str | None) -> None:
    """File a folder's readings in a ledger."""
    done: Counter[str] = Counter()
    readings = read_back(folder, since=read_day("--from", first), until=read_day("--to", last))
    with open_kept(ledger) as kept:
        for reading in readings:
            try:
                done[file_reading(kept, reading).outcome] += 1
            except KeptOutError as error:
                done["kept out"] += 1
                kept.note_problem(reading.document.name, Problem("source", str(error)))
                sys.stderr.write(shown(f"counterclaim: {error}\n"))
    sys.stdout.write(shown(f"{tell_counts(done)}\n"))
