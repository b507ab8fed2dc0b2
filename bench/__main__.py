"""The measuring interface: one command, one task, rows in and rows out."""

import argparse
import sys
from pathlib import Path

from bench.lands import run_borders, run_gazetteer
from bench.reconciling import run_reconciling
from bench.report import run_report
from bench.rows import run_task
from bench.series import run_series
from bench.tasks import TASKS
from bench.throughput import run_throughput

ALONE = {"borders": run_borders, "gazetteer": run_gazetteer}
"""Commands that need no rows: what they measure on is installed with the package."""


def main() -> int:
    """Run a task; 0 when every row was read, 1 when some could not be, 2 for unusable arguments."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    alone = [*ALONE, "throughput", "report", "series", "reconciling"]
    parser.add_argument("task", choices=[*TASKS, *alone])
    parser.add_argument("source", type=Path, nargs="?", metavar="IN.jsonl")
    parser.add_argument("target", type=Path, nargs="?", metavar="OUT.jsonl")
    parser.add_argument("--jobs", type=int, default=1, help="processes; 1 by default")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of throughput")
    parser.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="where the corpora are, for report"
    )
    parser.add_argument("--pictures", type=Path, help="folder for the pictures of series")
    parser.add_argument("--figures", type=int, default=1_000_000, help="figures to reconcile")
    arguments = parser.parse_args()
    if arguments.task in ALONE:
        return ALONE[arguments.task]()
    if arguments.task == "report":
        return run_report(arguments.shared)
    if arguments.task == "series":
        return run_series(arguments.shared, arguments.pictures)
    if arguments.task == "reconciling":
        return run_reconciling(arguments.figures)
    if arguments.source is None or not arguments.source.exists():
        parser.error(f"{arguments.task} needs IN.jsonl, a file of rows; got {arguments.source}")
    if arguments.task == "throughput":
        return run_throughput(arguments.source, arguments.rounds)
    if arguments.target is None:
        parser.error(f"{arguments.task} needs OUT.jsonl, where its rows go")
    return run_task(arguments.task, arguments.source, arguments.target, arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
