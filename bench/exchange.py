"""Exchange: how long a hundred thousand claims take to be written in each format, and how much memory."""

import resource
import tempfile
import time
from pathlib import Path
from typing import TextIO

from bench.growth import fill, multiply
from bench.results import keep
from counterclaim.exchange.formats import FORMATS
from counterclaim.exchange.tables import write_table
from counterclaim.ledger import open_ledger
from counterclaim.records.flat import COLUMNS
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
        found = {name: _time(path, name, Path(folder) / f"claims.{name}") for name in formats}
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
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0),
    }


def _write(name: str, rows: object, stream: TextIO) -> None:
    FORMATS[name].write(rows, stream)  # type: ignore[arg-type]  # rows of the flat table
