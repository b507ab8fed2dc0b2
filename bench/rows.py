"""Rows in, rows out: order and ids kept, bad rows told, time told on the last line."""

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from bench.tasks import TASKS, use

Row = dict[str, Any]


def run_task(task: str, source: Path, target: Path, jobs: int, *, rules_only: bool = False) -> int:
    """Run one task over every row of a file.

    Rows end at line feeds alone: a text may hold U+2028 and other breaks that JSON allows.
    A row that cannot be read becomes ``{"id": ..., "error": ...}``; the others go on.
    """
    lines = [line for line in source.read_text("utf-8").split("\n") if line.strip()]
    use(rules_only=rules_only)
    warm(task)
    started = time.perf_counter()
    failed = 0
    with target.open("w", encoding="utf-8") as stream:
        for row in _results(task, lines, jobs, rules_only=rules_only):
            failed += "error" in row
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    seconds = time.perf_counter() - started
    rate = len(lines) / seconds if seconds else 0.0
    print(
        f"{len(lines)} documents, {seconds:.2f} seconds, {rate:.2f} documents per second"
        + (f", {failed} failed" if failed else "")
    )
    return 1 if failed else 0


def warm(task: str) -> None:
    """Load what a task needs, so that the clock sees the reading alone."""
    TASKS[task](
        {
            "id": "warm",
            "doc_id": "warm",
            "text": "Ardenia denied on Monday that it had shelled Ost.",
            "dct": "2020-10-14",
        }
    )


def _results(task: str, lines: list[str], jobs: int, *, rules_only: bool) -> Iterator[Row]:
    if jobs <= 1:
        for line in lines:
            yield do_row(task, line)
        return
    with ProcessPoolExecutor(jobs, initializer=partial(use, rules_only=rules_only)) as pool:
        yield from pool.map(
            do_row, [task] * len(lines), lines, chunksize=max(1, len(lines) // (jobs * 8))
        )


def do_row(task: str, line: str) -> Row:
    """Do one row; whatever goes wrong becomes its error."""
    row: Row = {}
    try:
        row = json.loads(line)
        return TASKS[task](row)
    except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
        sys.stderr.write(
            f"row {row.get('id', row.get('doc_id'))}: {type(error).__name__}: {error}\n"
        )
        return {"id": row.get("id", row.get("doc_id")), "error": f"{type(error).__name__}: {error}"}
