"""Growth: what a claim costs as the ledger fills, and how fast views answer on a million of them."""

import json
import math
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from bench.reports import BEGIN, DENSE, PARTIES, PLACES, SPREAD, make_readings
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.tables import (
    SEALED,
    claim_parties,
    incident_states,
    postings,
    state_parties,
)
from counterclaim.ledger.tables import claims as claims_table
from counterclaim.records.query import ClaimQuery, FigureQuery, IncidentQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger

Spent = tuple[float, float]
"""Seconds on the wall, and of the processor."""

SIZES = (1_000, 10_000, 100_000)
RESULTS = Path(__file__).parent / "results" / "growth.json"
NEW = 1_000
"""New claims filed in each ledger."""
ASKED = 40
"""Questions of each kind, each about something else."""


def fill(ledger: Ledger, claims: int, corpus: str = DENSE) -> Spent:
    """File readings one by one, linked with what is there; give the milliseconds a claim.

    Args:
        ledger: An empty one.
        claims: How many.
        corpus: Of ``bench.reports``.
    """
    return _file([ledger], make_readings(claims, corpus=corpus))[0]


def _file(ledgers: Sequence[Ledger], readings: Iterable[Reading]) -> list[Spent]:
    """File the same readings in ledgers, in turn, so that whatever else the machine does falls on all alike.

    Returns:
        Milliseconds a claim for each ledger; making the readings does not count.
    """
    spent = [(0.0, 0.0)] * len(ledgers)
    filed = 0
    for reading in readings:
        filed += len(reading.claims)
        for place, ledger in enumerate(ledgers):
            started, began = time.perf_counter(), time.process_time()
            ledger.post(reading, link_into_ledger(reading))
            wall, worked = time.perf_counter() - started, time.process_time() - began
            spent[place] = spent[place][0] + wall, spent[place][1] + worked
    return [
        (round(1_000 * wall / filed, 3), round(1_000 * worked / filed, 3)) for wall, worked in spent
    ]


def marginal(
    ledgers: dict[int, Ledger], corpus: str = DENSE, claims: int = NEW
) -> dict[int, Spent]:
    """File the same new readings in ledgers of several sizes, in turn; give the milliseconds a claim.

    New reports of the dense corpus fall anywhere in its five years. Those of the spread one tell of a day
    after all that the largest ledger holds, as news does, and of the days next to it: each ledger first gets
    the same ``NEW`` claims of those days, so that the new ones find as much to link with in all of them.

    Args:
        ledgers: By the number of claims that they hold.
        corpus: Of ``bench.reports``.
        claims: New ones for each.
    """
    held = list(ledgers.values())
    if corpus == SPREAD:
        begin = date(2030, 1, 1)
        _file(held, make_readings(NEW, 2, 10_000_000, corpus=corpus, begin=begin))
        spent = _file(held, make_readings(claims, 3, 20_000_000, corpus=corpus, begin=begin))
    else:
        spent = _file(held, make_readings(claims, 2, 10_000_000, corpus=corpus))
    return dict(zip(ledgers, spent, strict=True))


def grow(folder: Path, sizes: Sequence[int], corpus: str) -> dict[str, Any]:
    """Fill a ledger of each size, then file new readings in all of them."""
    with ExitStack() as stack:
        ledgers: dict[int, Ledger] = {}
        whole: dict[int, Spent] = {}
        for size in sizes:
            path = folder / f"{corpus}-{size}.db"
            ledgers[size] = stack.enter_context(open_ledger(str(path), create=True))
            whole[size] = fill(ledgers[size], size, corpus)
            print(corpus, size, whole[size], flush=True)
        found = marginal(ledgers, corpus)
    return {
        f"{corpus} corpus": {
            "all of a run, ms a claim": _told(whole, "{:,} claims in all"),
            "new ones, ms a claim": _told(found, "in a ledger of {:,}"),
        }
    }


def _told(spent: dict[int, Spent], words: str) -> dict[str, dict[str, float]]:
    """Name milliseconds by size, with the last over the first."""
    first, last = next(iter(spent.values())), list(spent.values())[-1]
    times = [round(late / early, 2) for early, late in zip(first, last, strict=True)]
    rows = {words.format(size): one for size, one in spent.items()}
    return {
        name: dict(zip(("wall", "processor"), row, strict=True))
        for name, row in {**rows, "last over first": times}.items()
    }


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
        "page of incidents of a status": lambda: ledger.incidents(IncidentQuery(status="admitted")),
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
    """Return the first day of a year."""
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


def run_growth(claims: int) -> int:
    """Time new claims in SQLite ledgers of several sizes; grow the largest by copies, and time its views.

    Args:
        claims: For the views: a million, or fewer to try.
    """
    RESULTS.unlink(missing_ok=True)
    sizes = [size for size in SIZES if size <= claims]
    with tempfile.TemporaryDirectory() as name:
        for corpus in (SPREAD, DENSE):
            write_results(grow(Path(name), sizes, corpus))
        return run_views(Path(name) / f"{DENSE}-{sizes[-1]}.db", claims)


def write_results(rows: dict[str, Any]) -> None:
    """Put figures into the results, over those of the same names."""
    before = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**before, **rows}, indent=1) + "\n", "utf-8")
    print(json.dumps(rows, indent=1), flush=True)


def run_views(path: Path, claims: int) -> int:
    """Grow a ledger to so many claims and time its views."""
    multiply(path, claims)
    with open_ledger(str(path)) as ledger:
        stats = ledger.stats()
        views = time_views(ledger)
    counts = {name: stats.counts[name] for name in ("claims", "documents", "incidents")}
    write_results({"views on": {**counts, "megabytes": round(path.stat().st_size / 1e6)}})
    write_results({"views": views})
    slow = [name for name, row in views.items() if row["median ms"] >= 100]
    print(f"slower than 100 ms at the median: {slow or 'none'}")
    return 1 if slow else 0


UNIQUE = {
    "documents": "id",
    "sightings": "mark",
    "signatures": "id",
    "readings": "id",
    "claims": "id",
    "figures": "id",
    "incidents": "id",
    "incident_members": "member",
}
"""Columns that tell rows apart: a copy's end in the copy's number."""


def multiply(path: Path, claims: int) -> None:
    """Copy all rows of a ledger inside it, until it holds so many claims.

    Copies keep their words and days, so that a question finds more the larger the ledger is. Their seals
    do not follow: such a ledger is only for timing.
    """
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-500000")
        held = raw.execute("SELECT count(*) FROM claims").fetchone()[0]
        sizes = {table: _largest(raw, table) for table in (*SEALED, postings)}
        for copy in range(1, math.ceil(claims / held)):
            for table in (postings, *SEALED, claim_parties, state_parties):
                raw.execute(_copy_statement(table, copy, sizes))
            _copy_words(raw, copy, sizes)
            raw.commit()


def _largest(raw: sqlite3.Connection, table: Table) -> int:
    key = table.primary_key.columns.keys()[0]
    found = raw.execute(f"SELECT coalesce(max({key}), 0) FROM {table.name}")  # noqa: S608 - our own names
    return int(found.fetchone()[0])


def _copy_statement(table: Table, copy: int, sizes: dict[Table, int]) -> str:
    """Write the statement that copies a table's first rows: numbers and references moved up."""
    values = []
    for column in table.columns:
        references = [key.column.table for key in column.foreign_keys]
        if column.name == "n":
            values.append(f"n + {copy * sizes[table]}")
        elif references:
            values.append(f"{column.name} + {copy * sizes[references[0]]}")
        elif UNIQUE.get(table.name) == column.name:
            values.append(f"{column.name} || '-{copy}'")
        else:
            values.append(f'"{column.name}"')
    key = table.primary_key.columns.keys()[0] if table in sizes else _reference(table)
    owner = table if key == "n" else claims_table if key == "claim" else incident_states
    return (
        f"INSERT INTO {table.name} SELECT {', '.join(values)} FROM {table.name} "  # noqa: S608 - our own names
        f"WHERE {key} <= {sizes[owner]}"
    )


def _reference(table: Table) -> str:
    return next(column.name for column in table.columns if column.foreign_keys)


def _copy_words(raw: sqlite3.Connection, copy: int, sizes: dict[Table, int]) -> None:
    """Index the copies' words as the ledger does."""
    first, last = copy * sizes[claims_table], (copy + 1) * sizes[claims_table]
    raw.execute(
        "INSERT INTO claim_words (rowid, words) SELECT c.n, substr(d.text, "
        "json_extract(c.body, '$.sentence[0]') + 1, json_extract(c.body, '$.sentence[1]') - "
        "json_extract(c.body, '$.sentence[0]')) || char(10) || c.speakers FROM claims c "
        "JOIN documents d ON d.n = c.document WHERE c.n > ? AND c.n <= ?",
        (first, last),
    )
