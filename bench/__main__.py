"""The measuring interface: one command, one task, rows in and rows out."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench.agreement import run_agreement
from bench.airwars import run_airwars
from bench.archives import run_archives
from bench.attacks.run import run_attacks
from bench.corpus import run_corpus
from bench.durability import run_durability
from bench.exchange import run_exchange
from bench.feeds.run import run_feeds
from bench.findings import run_findings
from bench.gate import run_gate
from bench.growth import run_growth
from bench.lands import run_borders, run_gazetteer
from bench.linkgrowth import run_growth as run_link_growth
from bench.linking import run_linking, run_scoring
from bench.mirror import run_mirror
from bench.notwar import run_not_war
from bench.pages import run_pages
from bench.peers import run_peers
from bench.reconciling import run_reconciling
from bench.recorded import run_recorded
from bench.report import run_report
from bench.rows import run_task
from bench.screenshots import run_screenshots
from bench.second import run_second
from bench.series import run_series
from bench.soundness import run_soundness
from bench.tasks import TASKS
from bench.throughput import run_throughput
from bench.voices import run_voices
from bench.war import run_war
from bench.wires import run_wires
from bench.workers import run_workers
from counterclaim.proposals.modes import MODES

MOST_FEED_KILLS = 40
"""A day of feeds takes a minute, and about twenty kills fall into it."""

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "airwars": lambda given: run_airwars(given.shared),
    "not-war": lambda _given: run_not_war(),
    "feeds": lambda given: run_feeds(min(given.kills, MOST_FEED_KILLS)),
    "findings": lambda given: run_findings(given.shared),
    "gate": lambda given: run_gate(reset=given.reset),
    "attacks": lambda given: run_attacks(str(given.source or "all"), given.kills),
    "agreement": lambda _given: run_agreement(),
    "corpus": lambda given: run_corpus(str(given.source or "dev")),
    "archives": lambda given: run_archives(given.shared, min(given.figures, 100_000)),
    "borders": lambda _given: run_borders(),
    "gazetteer": lambda _given: run_gazetteer(),
    "series": lambda given: run_series(given.shared, given.pictures),
    "reconciling": lambda given: run_reconciling(given.figures),
    "exchange": lambda given: run_exchange(given.claims),
    "growth": lambda given: run_growth(given.claims),
    "pages": lambda given: run_pages(given.source, given.claims),
    "screenshots": lambda given: run_screenshots(given.pictures),
    "durability": lambda given: run_durability(given.kills),
    "linkgrowth": lambda _given: run_link_growth(),
    "workers": lambda given: run_workers(given.shared, max(2, given.jobs)),
    "voices": lambda given: run_voices(given.shared),
    "wires": lambda given: run_wires(given.shared),
    "war": lambda given: run_war(given.shared),
    "peers": lambda given: run_peers(
        given.source or given.shared / "corpus" / "polnear" / "dev.jsonl", given.shared
    ),
    "mirror": lambda given: run_mirror(
        given.source or given.shared / "corpus" / "dev" / "texts.jsonl",
        rules_only=given.rules_only,
    ),
}
"""Measurements that find their own rows, by name."""

SOURCES: dict[str, Callable[[Path], int]] = {"soundness": run_soundness}
"""Measurements of one file of rows that keep their own figures."""

FILES: dict[str, Callable[[Path, Path], int]] = {"linking": run_linking, "linkscore": run_scoring}
"""Tasks over whole files, since each row's outcome depends on the others; ``linkscore`` takes GOLD and FOUND."""


def main() -> int:
    """Run a task; 0 when every row was read, 1 when some could not be, 2 for unusable arguments."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "task", choices=[*TASKS, *FILES, *SOURCES, "throughput", "report", "second", *COMMANDS]
    )
    parser.add_argument("source", type=Path, nargs="?", metavar="IN.jsonl")
    parser.add_argument("target", type=Path, nargs="?", metavar="OUT.jsonl")
    parser.add_argument("--jobs", type=int, default=1, help="processes; 1 by default")
    parser.add_argument("--rules-only", action="store_true", help="leave the model out")
    parser.add_argument("--reset", action="store_true", help="set the bounds of gate anew")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of throughput")
    parser.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="where the corpora are, for report"
    )
    parser.add_argument(
        "--pictures", type=Path, help="folder for the pictures of series and screenshots"
    )
    parser.add_argument("--figures", type=int, default=1_000_000, help="figures to reconcile")
    parser.add_argument(
        "--claims", type=int, default=1_000_000, help="claims in the ledger, for growth and pages"
    )
    parser.add_argument("--kills", type=int, default=200, help="on each database, for durability")
    parser.add_argument("--second-reader", default="http://127.0.0.1:8080/v1", help="for second")
    parser.add_argument("--model", default="", help="the second reader's, for second")
    parser.add_argument("--mode", choices=MODES, default=MODES[0], help="of asking, for second")
    arguments = parser.parse_args()
    if arguments.task == "report":
        return run_report(arguments.shared)
    if arguments.task in COMMANDS:
        return COMMANDS[arguments.task](arguments)
    if arguments.task == "second" and arguments.source is None:
        return run_recorded()
    if arguments.source is None or not arguments.source.exists():
        parser.error(f"{arguments.task} needs IN.jsonl, a file of rows; got {arguments.source}")
    if arguments.task == "throughput":
        return run_throughput(arguments.source, arguments.rounds)
    if arguments.task in SOURCES:
        return SOURCES[arguments.task](arguments.source)
    if arguments.target is None:
        parser.error(f"{arguments.task} needs OUT.jsonl, where its rows go")
    if arguments.task == "second":
        return run_second(
            arguments.source,
            arguments.target,
            arguments.second_reader,
            arguments.model,
            arguments.mode,
        )
    if arguments.task in FILES:
        return FILES[arguments.task](arguments.source, arguments.target)
    return run_task(
        arguments.task,
        arguments.source,
        arguments.target,
        arguments.jobs,
        rules_only=arguments.rules_only,
    )


if __name__ == "__main__":
    sys.exit(main())
