"""Reconciling a million figures, beside a DuckDB and a pandas group-by of the same rows."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from counterclaim.reconcile import reconcile
from counterclaim.records.casualty_figure import Figure, Line, SeriesKey
from counterclaim.records.count import exactly
from counterclaim.records.party import Party

RESULTS = Path(__file__).parent / "results"
DAYS = 500
"""Days of one invented series: about 1,125 figures, with repeats and corrections."""


LINES: tuple[Line, ...] = ("self", "third", "enemy")


def run_reconciling(figures: int) -> int:
    """Measure time and memory at an eighth, a quarter, a half and the whole, each in its own process."""
    if find_spec("duckdb") is None:
        print("reconciling is measured beside DuckDB: uv sync --group bench")
        return 0
    sizes = [figures // 8, figures // 4, figures // 2, figures]
    rows = [_alone(size) for size in sizes]
    for row in rows:
        print(
            f"{row['figures']:>9,} figures: reconcile {row['reconcile s']:.2f} s ({row['process s']:.2f} s of processor), DuckDB group-by {row['duckdb s']:.2f} s, "
            f"pandas group-by {row['pandas s']:.2f} s; figures {row['figures MiB']:.0f} MiB, account {row['account MiB']:.0f} MiB more"
        )
    per_figure = [row["account bytes per figure"] for row in rows]
    print(f"bytes of account for each figure, from an eighth to the whole: {per_figure}")
    result = {"command": f"python -m bench reconciling --figures {figures}", "rows": rows}
    (RESULTS / "reconciling.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 0


def _alone(size: int) -> dict[str, Any]:
    command = [sys.executable, "-c", f"from bench.reconciling import measure; measure({size})"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    row: dict[str, Any] = json.loads(told)
    return row


def measure(size: int) -> None:
    """Print one row: the same figures grouped by DuckDB, by pandas, and reconciled."""
    import duckdb  # noqa: PLC0415 - only this measurement needs it

    figures = list(histories(size))
    Random(7).shuffle(figures)  # noqa: S311 - invented figures, no secret
    before = _peak()
    started, used = time.perf_counter(), time.process_time()
    account = reconcile(figures)
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    after = _peak()
    points = sum(len(item.points) for item in account.series)
    frame = pd.DataFrame(
        {
            "reporter": [figure.key.reporters[0].root for figure in figures],
            "measure": [figure.measure for figure in figures],
            "day": pd.to_datetime([str(figure.day) for figure in figures]),
            "known": pd.to_datetime([str(figure.known) for figure in figures]),
            "number": [figure.count.low for figure in figures],
        }
    )
    started = time.perf_counter()
    grouped = (
        duckdb.connect()
        .execute(
            "select reporter, measure, day, arg_max(number, known), count(*) from frame group by all order by all"
        )
        .fetchall()
    )
    by_duckdb = time.perf_counter() - started
    started = time.perf_counter()
    by_slot = frame.sort_values("known").groupby(["reporter", "measure", "day"])["number"]
    rows = len(by_slot.agg(["last", "count"]))
    by_pandas = time.perf_counter() - started
    assert rows == len(grouped)
    row = {
        "figures": size,
        "series": len(account.series),
        "points": points,
        "findings": len(account.findings),
        "groups": rows,
        "reconcile s": round(seconds, 3),
        "process s": round(processor, 3),
        "duckdb s": round(by_duckdb, 3),
        "pandas s": round(by_pandas, 3),
        "figures MiB": round(before / 1024, 1),
        "account MiB": round((after - before) / 1024, 1),
        "account bytes per figure": round((after - before) * 1024 / size),
    }
    print(f"\n{json.dumps(row)}\n")  # on a line of its own: DuckDB prints its progress


def _peak() -> int:
    """Return the most memory this process has held. Unit: KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def histories(size: int) -> Iterator[Figure]:
    """Invent series of ``DAYS`` days: new figures and totals, a fifth repeated, a twentieth corrected."""
    random = Random(1)  # noqa: S311 - invented figures, no secret
    days = [date(2030, 1, 1) + timedelta(days=step) for step in range(DAYS + 3)]
    made = 0
    series = 0
    while True:
        key = SeriesKey(
            reporters=(Party(f"Reporter {series}"),),
            side=(Party(f"Side {series % 7}"),),
            line=LINES[series % 3],
            category="military",
        )
        for figure in _history(random, key, series, days):
            yield figure
            made += 1
            if made == size:
                return
        series += 1


def _history(random: Random, key: SeriesKey, series: int, days: list[date]) -> Iterator[Figure]:
    total = 0
    for step in range(DAYS):
        new, day = random.randrange(30), days[step]
        total += new
        name = f"{series}:{step}"
        told: dict[str, Any] = {"key": key, "day": day, "order": step}
        yield Figure(id=f"{name}n", measure="new", count=exactly(new), start=day, known=day, **told)
        told["measure"] = "cumulative"
        yield Figure(id=f"{name}c", count=exactly(total), known=day, source="a", **told)
        if random.random() < 0.2:
            yield Figure(
                id=f"{name}r", count=exactly(total), known=days[step + 1], source="b", **told
            )
        if random.random() < 0.05:
            later = exactly(total + 3)
            yield Figure(id=f"{name}v", count=later, known=days[step + 2], source="c", **told)
