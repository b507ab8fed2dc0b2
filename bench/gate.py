"""The gate: floors under what is read off a few reports of the corpus in the tree, for every run of the tests.

The reports are of the corpus' development part, on wars that nothing was trained on. Floors stand a little
below what was measured when they were set: a change that costs more than that fails the tests, and whoever
makes it must say why before lowering a floor.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpus import load_reports
from bench.findings import MOUTH, Judge
from bench.scoring import Counts, Report, f1, score
from bench.tasks import ledger

Row = dict[str, Any]
Reader = Callable[[Row], Row]
PLAN = Path(__file__).parent / "gate.json"
"""Which reports are read, and the bound of each figure."""

ALLOWED, ALLOWED_SHARE = 0.03, 0.2
"""What a figure may lose before the gate shuts: so few reports that one happening moves a point; of a small
figure, a fifth."""


@dataclass(frozen=True)
class Figure:
    """One figure beside its bound."""

    name: str
    value: float
    bound: float
    is_ceiling: bool

    @property
    def holds(self) -> bool:
        """Whether the figure keeps to its bound."""
        return self.value <= self.bound if self.is_ceiling else self.value >= self.bound

    def __str__(self) -> str:
        """Write the figure as a line of the report."""
        relation = "at most" if self.is_ceiling else "at least"
        verdict = "holds" if self.holds else "FAILS"
        return f"{verdict}  {self.name}: {self.value:.3f} ({relation} {self.bound:.3f})"


def load_plan() -> dict[str, Any]:
    """Load which reports the gate reads, and its floors and ceilings."""
    plan: dict[str, Any] = json.loads(PLAN.read_text("utf-8"))
    return plan


def gate_reports(ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the reports of the gate, in their order.

    Raises:
        ValueError: If an id is none of the corpus' development part.
    """
    by_id = {report["id"]: report for report in load_reports("dev")}
    missing = [id_ for id_ in ids if id_ not in by_id]
    if missing:
        raise ValueError(
            f"{PLAN.name} names reports that are not in the corpus' dev part: {missing}"
        )
    return [by_id[id_] for id_ in ids]


def measure(reports: Sequence[dict[str, Any]], read: Reader = ledger) -> dict[str, float]:
    """Read the reports and return every figure of the gate.

    Args:
        reports: Reports of the corpus.
        read: Reads a row to its ledger in the gold's form.
    """
    counts: Counts = Counter()
    tally: Counter[str] = Counter()
    for report in reports:
        outlet = report["outlet"] if report["outlet"] != "-" else None
        row = read(
            {"id": report["id"], "text": report["text"], "date": report["date"], "outlet": outlet}
        )
        counts.update(score(report, row))
        tally.update(_findings(report, row))
        tally.update(_sides(Report(report), row))
    return {
        "false words in a mouth, share of findings": _share(tally["false"], tally["made"]),
        "own acts told, share found": _share(tally["kept"], tally["told"]),
        "sides, precision": _share(tally["sides right"], tally["sides found"]),
        "sides, recall": _share(tally["sides right"], tally["sides told"]),
        "claims full, F1": f1(counts, "claims full"),
        "casualties every field, F1": f1(counts, "casualties +reporter"),
        "events type, F1": f1(counts, "events type"),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def _findings(report: dict[str, Any], row: Mapping[str, Any]) -> dict[str, int]:
    known = Report(report)
    truces = [
        {**truce, "parties": (truce["parties"] or "").split(" & ")}
        for truce in report["ceasefires"]
    ]
    judge = Judge(known.roots, known.near, {**report, "ceasefires": truces})
    made = [finding for finding in row["findings"] if finding["status"] in MOUTH]
    told = list(judge.told())
    return {
        "made": len(made),
        "false": sum(not judge.is_true(finding) for finding in made),
        "told": len(told),
        "kept": sum(judge.is_kept(party, span, row["findings"]) for party, span in told),
    }


def _sides(known: Report, row: Mapping[str, Any]) -> dict[str, int]:
    found = {known.roots(party["party"]) for party in row["parties"]}
    told = {
        known.roots(party["party"])
        for party in known.gold["parties"]
        if party["role"] not in {"M", "T", "?"}
    }
    found, told = found - {frozenset()}, told - {frozenset()}
    return {"sides found": len(found), "sides told": len(told), "sides right": len(found & told)}


def judge_figures(measured: Mapping[str, float], plan: Mapping[str, Any]) -> list[Figure]:
    """Put every figure beside its floor or ceiling.

    Raises:
        ValueError: If a figure has no bound, or a bound no figure.
    """
    floors, ceilings = plan["floors"], plan["ceilings"]
    if set(measured) != {*floors, *ceilings}:
        odd = sorted(set(measured) ^ {*floors, *ceilings})
        raise ValueError(f"{PLAN.name} and what is measured name different figures: {odd}")
    return [
        Figure(name, value, ceilings.get(name, floors.get(name)), name in ceilings)
        for name, value in measured.items()
    ]


def run_gate(*, reset: bool = False) -> int:
    """Print each figure beside its bound; 1 where one does not hold.

    Args:
        reset: Set every bound anew, a little beside what is measured now.
    """
    plan = load_plan()
    measured = measure(gate_reports(plan["reports"]))
    if reset:
        plan["ceilings"] = {name: round(measured[name] + ALLOWED, 3) for name in plan["ceilings"]}
        plan["floors"] = {
            name: round(measured[name] - min(ALLOWED, ALLOWED_SHARE * measured[name]), 3)
            for name in measured
            if name not in plan["ceilings"]
        }
        PLAN.write_text(json.dumps(plan, indent=1) + "\n", "utf-8")
    figures = judge_figures(measured, plan)
    sys.stdout.write("".join(f"{figure}\n" for figure in figures))
    return 0 if all(figure.holds for figure in figures) else 1
