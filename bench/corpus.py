"""The corpus in the tree: how the ledger fares on wars left out of training."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.scoring import Counts, score, summary
from bench.tasks import ledger

ROOT = Path(__file__).parent.parent / "corpus"
RESULTS = Path(__file__).parent / "results"


def load_reports(split: str) -> list[dict[str, Any]]:
    """Load the reports of a split: train, dev or test.

    Args:
        split: As named in corpus/splits.json; train is what the other two leave.
    """
    sys.path.insert(0, str(ROOT))
    import load  # noqa: PLC0415 - the corpus' own loader, which needs no package

    parts = json.loads((ROOT / "splits.json").read_text("utf-8"))
    reports: list[dict[str, Any]] = load.load()
    if split == "train":
        held = {war for wars in parts.values() for war in wars}
        return [report for report in reports if report["conflict"] not in held]
    return [report for report in reports if report["conflict"] in parts[split]]


def measure(reports: Sequence[dict[str, Any]]) -> tuple[Counts, dict[str, Counts]]:
    """Read reports and score them.

    Returns:
        The counts of all, and those by kind of text.
    """
    whole: Counts = Counter()
    by_kind: dict[str, Counts] = {}
    for report in reports:
        outlet = report["outlet"] if report["outlet"] != "-" else None
        row = ledger({"id": report["id"], "text": report["text"], "date": report["date"], "outlet": outlet})
        counts = score(report, row)
        whole.update(counts)
        by_kind.setdefault(report["kind"], Counter()).update(counts)
    return whole, by_kind


def run_corpus(split: str) -> int:
    """Print and keep the figures of a split.

    Args:
        split: dev, test or train.
    """
    reports = load_reports(split)
    whole, by_kind = measure(reports)
    found = {
        "command": f"python -m bench corpus {split}",
        "reports": len(reports),
        "wars": len({report["conflict"] for report in reports}),
        "all": summary(whole),
        "by kind": {kind: summary(counts) for kind, counts in sorted(by_kind.items())},
    }
    print(json.dumps(found["all"], indent=1))
    (RESULTS / f"corpus-{split}.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0
