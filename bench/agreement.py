"""Agreement of two readers on the corpus: the second's marks scored against the first's."""

import json
from collections import Counter
from pathlib import Path

from bench.corpus import ROOT, load_loader
from bench.scoring import Counts, score, summary

RESULTS = Path(__file__).parent / "results"


def measure(names: str = "*.txt") -> tuple[Counts, int]:
    """Score the second reader's marks against the first's, over the reports that both marked.

    Args:
        names: The second's files, as a pattern of names.

    Returns:
        The counts, and how many reports.
    """
    loader = load_loader()
    first = {report["id"]: report for report in loader.load()}
    second = loader.load(sorted((ROOT / "second").glob(names)))
    counts: Counts = Counter()
    for report in second:
        known = {**first[report["id"]], "layers": ""}
        counts.update(score(known, report))
    return counts, len(second)


def run_agreement() -> int:
    """Print and keep the agreement by layer."""
    counts, reports = measure()
    retold, retold_reports = measure("retold.txt")
    found = {
        "command": "python -m bench agreement",
        "reports": reports,
        "agreement": summary(counts),
        "retold reports": retold_reports,
        "agreement on the retold alone": summary(retold),
    }
    print(json.dumps(found, indent=1))
    (RESULTS / "agreement.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0
