"""Workers: how much faster several processes add the development reports than one, and whether alike."""

import json
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from counterclaim.cli.add import run_add
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.reader_process import ReaderSetup

RESULTS = Path(__file__).parent / "results" / "workers.json"


def run_workers(shared: Path, workers: int) -> int:
    """Add the development reports with one process and with several, in turn; write times and their ratio.

    Loading the tools counts on both sides, since whoever adds pays it.

    Args:
        shared: Where the corpora are.
        workers: Processes that read, in the second ledger.
    """
    source = shared / "corpus" / "dev" / "texts.jsonl"
    if not source.exists():
        print(f"no corpus at {source}: nothing read; give --shared")
        return 0
    seconds: dict[int, float] = {}
    kept: dict[int, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in (workers, 1):
            path = str(Path(folder) / f"{number}.db")
            open_ledger(path, create=True).close()
            started = time.perf_counter()
            with suppress(SystemExit):  # some rows give only a month: they are kept as problems
                run_add([str(source)], path, again=False, setup=ReaderSetup(), workers=number)
            seconds[number] = round(time.perf_counter() - started, 2)
            with open_ledger(path) as ledger:
                kept[number] = _content(ledger)
    result = {
        "command": "python -m bench workers",
        "documents": len(kept[1][0]),
        "claims": kept[1][1],
        "seconds": {f"{number} reading": spent for number, spent in sorted(seconds.items())},
        "times as fast": round(seconds[1] / seconds[workers], 2),
        "same ledger": kept[1] == kept[workers],
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    return 0 if result["same ledger"] else 1


def _content(ledger: Ledger) -> tuple[list[str], int, list[Any]]:
    """Return what a ledger holds but for the time of filing: documents, claims, incidents in order."""
    documents = [card.id for card in ledger.documents(limit=10_000).rows]
    incidents = [
        (card.id, card.label, card.claims, card.slots)
        for card in ledger.incidents(limit=100_000).rows
    ]
    return documents, ledger.stats().counts["claims"], incidents
