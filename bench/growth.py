"""Growth: what a claim costs as the ledger fills, and how fast views answer on a million of them."""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench.reports import BEGIN, PARTIES, PLACES, make_readings
from counterclaim.desk.relating import relate_reading
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger import engine as engines
from counterclaim.records.query import ClaimQuery, FigureQuery, IncidentQuery, Known

Spent = tuple[float, float]
"""Seconds on the wall, and of the processor."""

SIZES = (1_000, 10_000, 100_000)
RESULTS = Path(__file__).parent / "results" / "growth.json"
ASKED = 40
"""Questions of each kind, each about something else."""


def fill(ledger: Ledger, claims: int, marks: Sequence[int]) -> dict[int, Spent]:
    """File readings one by one; give the seconds spent filing up to each mark, wall and processor.

    Args:
        ledger: An empty one.
        claims: How many.
        marks: Numbers of claims at which to look at the clock.
    """
    filed, found = 0, {}
    spent = worked = 0.0
    for reading in make_readings(claims):
        started, began = time.perf_counter(), time.process_time()
        ledger.post(reading, relate_reading(reading))
        spent += time.perf_counter() - started
        worked += time.process_time() - began
        filed += len(reading.claims)
        for mark in marks:
            if mark not in found and filed >= mark:
                found[mark] = (spent, worked)
    return found


def costs(found: dict[int, Spent]) -> dict[str, Any]:
    """Give milliseconds for a claim in each stretch between marks, wall and processor."""
    rows: dict[str, Any] = {}
    before_claims, before = 0, (0.0, 0.0)
    for mark, spent in found.items():
        wall, processor = (
            round(1_000 * (now - then) / (mark - before_claims), 3)
            for now, then in zip(spent, before, strict=True)
        )
        rows[f"{before_claims:,} to {mark:,}"] = {"wall": wall, "processor": processor}
        before_claims, before = mark, spent
    return rows


def time_views(ledger: Ledger) -> dict[str, dict[str, float]]:
    """Time each view over many questions, in milliseconds."""
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    cards = [*ledger.incidents(limit=200).rows]
    middle = ledger.claims(limit=200, after=str(ledger.stats().counts["claims"] // 2)).rows
    held = [entry.incident_id for entry in middle if entry.incident_id] + [
        card.id for card in cards
    ]
    documents = [entry.claim.document_id for entry in middle]
    known = Known(first_day_of(2021), "published")

    def party() -> str:
        return chance.choice(PARTIES)

    views: dict[str, Callable[[], object]] = {
        "one incident": lambda: ledger.incident(chance.choice(held)),
        "one incident, as published by a day": lambda: ledger.incident(
            chance.choice(held), known=known
        ),
        "page of incidents": ledger.incidents,
        "page of incidents of a party": lambda: ledger.incidents(IncidentQuery(party=party())),
        "page of contested incidents": lambda: ledger.incidents(IncidentQuery(status="denied")),
        "series of a side": lambda: ledger.figures(
            FigureQuery(
                side=party(),
                outcome="killed",
                category="military",
                measure="cumulative",
                first_day=first_day_of(2021),
                last_day=first_day_of(2022),
            )
        ),
        "whole series of a side": lambda: ledger.figures(
            FigureQuery(side=party(), outcome="killed", category="military", measure="cumulative")
        ),
        "search, a rare phrase": lambda: ledger.search(
            f'"{party()} soldiers" {chance.choice(PLACES)}'
            if chance.random() < 0.2
            else f"struck {chance.choice(PLACES)} {party()}"
        ),
        "search, a common word": lambda: ledger.search(chance.choice(["soldiers", "shelling"])),
        "search, best fit first": lambda: ledger.search(
            f"{chance.choice(PLACES)} market", order="best"
        ),
        "page of claims": ledger.claims,
        "page of a party's denials or admissions": lambda: ledger.claims(
            ClaimQuery(speaker=party(), stance="admit")
        ),
        "one claim": lambda: ledger.claim(chance.choice(middle).claim.id),
        "one document": lambda: ledger.document(chance.choice(documents)),
    }
    return {name: _timed(view) for name, view in views.items()}


def first_day_of(year: int) -> date:
    """Give the first day of a year."""
    return BEGIN.replace(year=year)


def _timed(view: Callable[[], object]) -> dict[str, float]:
    """Time a view by the clock on the wall, and by the processor's own."""
    spent, worked = [], []
    for _ in range(ASKED):
        started, began = time.perf_counter(), time.process_time()
        view()
        spent.append(1_000 * (time.perf_counter() - started))
        worked.append(1_000 * (time.process_time() - began))
    return {
        "median ms": round(statistics.median(spent), 2),
        "slowest ms": round(max(spent), 2),
        "median processor ms": round(statistics.median(worked), 2),
    }


def run_growth(claims: int, folder: str | None = None) -> int:
    """Fill a SQLite ledger, timing each stretch, and time its views; write the figures.

    Args:
        claims: For the views: a million, or fewer to try.
        folder: Where the ledger goes; a temporary folder by default.
    """
    with tempfile.TemporaryDirectory(dir=folder) as name:
        path = Path(name) / "growth.db"
        with open_ledger(str(path), create=True) as ledger:
            marks = [size for size in SIZES if size <= claims]
            found = fill(ledger, max(marks), marks)
        rows: dict[str, Any] = {"filing and linking, ms a claim": costs(found)}
        first, last = marks[0], marks[-1]
        rows[f"time a claim, all of {last:,} over all of {first:,}"] = {
            name: round((found[last][at] / last) / (found[first][at] / first), 2)
            for at, name in enumerate(("wall", "processor"))
        }
        print(json.dumps(rows, indent=1), flush=True)
        path.unlink()
        rows["views"] = _views(Path(name) / "views.db", claims)
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    slow = [name for name, row in rows["views"]["ms"].items() if row["median ms"] >= 100]
    print(json.dumps(rows["views"], indent=1), f"slow: {slow}")
    return 1 if slow else 0


def _views(path: Path, claims: int) -> dict[str, Any]:
    """Fill a ledger without waiting for the disk, close it, and time its views."""
    kept: tuple[str, ...] = engines.PRAGMAS
    engines.PRAGMAS = tuple(
        "PRAGMA synchronous=OFF" if "synchronous" in pragma else pragma for pragma in kept
    )
    try:
        with open_ledger(str(path), create=True) as ledger:
            fill(ledger, claims, ())
    finally:
        engines.PRAGMAS = kept
    with open_ledger(str(path)) as ledger:
        stats = ledger.stats()
        return {
            "claims": stats.counts["claims"],
            "documents": stats.counts["documents"],
            "incidents": stats.counts["incidents"],
            "megabytes": round(path.stat().st_size / 1e6),
            "ms": time_views(ledger),
        }
