"""The corpus in the tree: how the ledger fares on wars left out of training."""

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.scoring import Counts, score, summary
from bench.tasks import ledger

ROOT = Path(__file__).parent.parent / "corpus"
RESULTS = Path(__file__).parent / "results"


def load_loader() -> ModuleType:
    """Load the corpus' own loader, which belongs to no package."""
    name = "counterclaim_corpus"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "load.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@cache
def _all_reports() -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = load_loader().load()
    return reports


def load_reports(split: str) -> list[dict[str, Any]]:
    """Load the reports of a split.

    Args:
        split: dev or test, as named in corpus/splits.json; train is what the two leave.
    """
    parts = json.loads((ROOT / "splits.json").read_text("utf-8"))
    reports = _all_reports()
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
        row = ledger(
            {"id": report["id"], "text": report["text"], "date": report["date"], "outlet": outlet}
        )
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
