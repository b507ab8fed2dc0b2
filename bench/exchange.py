"""Exchange: how long a hundred thousand claims take to be written in each format, and how much memory."""

import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TextIO

from bench.growth import fill, multiply
from bench.results import keep
from counterclaim.exchange.formats import FORMATS
from counterclaim.exchange.tables import write_table
from counterclaim.ledger import open_ledger
from counterclaim.records.flat_columns import COLUMNS
from counterclaim.service.flat import ledger_rows

CLAIMS = 100_000
SECONDS, MEGABYTES = 20.0, 500.0
"""Budget of a Parquet file of ``CLAIMS`` claims."""

SEED = 2_000
"""Claims that are read; the rest are copies of their rows."""


def run_exchange(claims: int, formats: tuple[str, ...] = ("parquet", "csv", "geojson")) -> int:
    """Write a ledger in some formats; fail if Parquet takes more than its budget."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exchange.db"
        with open_ledger(str(path), create=True) as ledger:
            fill(ledger, min(SEED, claims))
        if claims > SEED:
            multiply(path, claims)
        # A process for each: what filling the ledger took, models and all, is none of an export's memory.
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as process:
            found = {
                name: process.submit(_time, path, name, Path(folder) / f"claims.{name}").result()
                for name in formats
            }
    keep("exchange", {"claims": claims, "formats": found})
    parquet = found["parquet"]
    print(found)
    is_kept = parquet["processor_seconds"] <= SECONDS and parquet["peak_megabytes"] <= MEGABYTES
    return 0 if is_kept or claims != CLAIMS else 1


def _time(path: Path, name: str, target: Path) -> dict[str, float]:
    wall, processor = time.perf_counter(), time.process_time()
    with open_ledger(str(path)) as ledger:
        rows = ledger_rows(ledger)
        if name in FORMATS:
            with target.open("w", encoding="utf-8") as stream:
                _write(name, rows, stream)
        else:
            write_table(rows, COLUMNS["claims"], name, target)
    return {
        "processor_seconds": round(time.process_time() - processor, 1),
        "seconds": round(time.perf_counter() - wall, 1),
        "megabytes": round(target.stat().st_size / 1e6, 1),
        "peak_megabytes": round(_peak() / 1024),
    }


def _peak() -> int:
    """Return the most memory that this process has held. Unit: kilobytes.

    Where the system tells it of a process by itself, that: the usual figure of a child begins with its parent's.
    """
    try:
        told = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM"))


def _write(name: str, rows: object, stream: TextIO) -> None:
    FORMATS[name].write(rows, stream)  # type: ignore[arg-type]  # rows of the flat table
